"""Numbers: floats for speed, exact rationals and balls for certainty."""
