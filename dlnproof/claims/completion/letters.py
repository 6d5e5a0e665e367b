"""Letters that claims about completion share: entries of 2 x 2 matrices, and shares of runs."""

from typing import Final

from dlnproof.core.expression import Expression, Letter, Number

# W = [[b11, x], [y, b22]], the diagonal observed
B11: Final = Letter("b11", "b_{11}")
B22: Final = Letter("b22", "b_{22}")
X: Final = Letter("x", "x")
"""The free entry, or the first of two."""
Y: Final = Letter("y", "y")


def share(percent: int) -> Expression:
    """Return a share of the runs: a number of per cent."""
    return Number(percent)
