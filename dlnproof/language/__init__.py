"""Formulas as people write them: read, understood, reduced to the core, evaluated."""
