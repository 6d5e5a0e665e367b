"""What computes a training run, where its caller leaves that open: measured on both sides."""

from collections.abc import Sequence
from typing import Any, Final

DESCENT: Final = ("lanes", "numpy")
FLOW: Final = ("stiff", "explicit")

WIDEST_OF_LANES: Final = 4
"""The widest layer up to which descent is faster entry by entry than by products of a BLAS."""


def of_descent(problem: Any, widths: Sequence[int]) -> str:
    """Return the engine of numpy that descent with layers of these widths runs on.

    That depends on nothing else, so that a run's bits do not: not on how many runs there are.
    """
    entries = hasattr(problem, "observed")  # lanes know the loss of a completion alone
    return "lanes" if entries and max(widths) <= WIDEST_OF_LANES else "numpy"
