"""One module per claim: its numeric checks, independent of the derivation."""
