"""What documents say, composed once from a record and the catalogue."""
