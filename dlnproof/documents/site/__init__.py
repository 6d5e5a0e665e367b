"""The web page of a record: one static folder that a browser reads from disk."""
