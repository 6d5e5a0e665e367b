"""One module per claim: its derivation, readable as mathematics."""
