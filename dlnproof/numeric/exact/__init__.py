"""Over the rationals, and finite differences in high precision."""
