"""The orbit of balanced factorizations."""
