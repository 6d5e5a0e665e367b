"""One module per claim: what a referee recomputes of it, with nothing but Python."""
