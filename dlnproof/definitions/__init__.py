"""What statements speak of: letters, primitive definitions, hypotheses; and formulas as terms."""
