"""What may be asked for: bounds, each written once."""

from typing import Final

MOST_DEPTH: Final = 256
MOST_WIDTH: Final = 16
MOST_FORMULA_DEPTH: Final = 12
MOST_FORMULA_WIDTH: Final = 6
"""Where a counterexample to a user's formula is computed again: definitions cost more there."""
