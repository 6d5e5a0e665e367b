"""The syntaxes of documents."""
