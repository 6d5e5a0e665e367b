"""Numbers with a certified radius."""
