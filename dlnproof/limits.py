"""What may be asked for: every default and every bound of a run's settings, each written once.

The options and their help, the library, and whatever reads a record take them from here. Nothing
else is imported, so that help is immediate.
"""

from math import inf
from operator import index

from dlnproof.errors import InputError

TYPE_CHECKING = False  # typing costs more than argparse
if TYPE_CHECKING:
    from typing import Any


def whole(
    name: str,
    value: "Any",
    least: int,
    most: int | None = None,
    *,
    got: str = "",
    expected: str = "",
) -> int:
    """Return an integer between bounds: what says that it is one, and no bool.

    ``got`` and ``expected`` are how the message puts them, where it is otherwise than usual. Raises
    :class:`InputError`.

    >>> whole("width", 3, 1)
    3
    """
    try:
        number = None if isinstance(value, bool) else index(value)
    except TypeError:
        number = None
    if number is None or number < least or (most is not None and number > most):
        usual = f"an integer >= {least}" if most is None else f"an integer from {least} to {most}"
        raise InputError(f"{name}: got {got or repr(value)}, expected {expected or usual}")
    return number


class Whole:
    """An integer that may be chosen: what it is where nothing is said, and its bounds.

    ``quick`` is what it is with ``--quick``, if that is another number.
    """

    def __init__(self, usual: int, least: int, most: int, quick: int | None = None) -> None:
        self.usual, self.least, self.most = usual, least, most
        self.quick = usual if quick is None else quick

    def checked(self, name: str, value: "Any") -> int:
        """Return an integer between the bounds. Raises :class:`InputError`."""
        return whole(name, value, self.least, self.most)


# --- where a run is made --------------------------------------------------------------------------

DEPTHS, QUICK_DEPTHS, MOST_DEPTH = (1, 2, 3, 4, 5, inf), (1, 2, 3, inf), 256
WIDTHS, QUICK_WIDTHS, MOST_WIDTH = (1, 2, 3, 4), (1, 2), 16
POINTS = Whole(1, 1, 1000)
"""Points of each kind."""
DIGITS = Whole(50, 20, 1000, quick=30)
"""Digits of finite differences and balls."""
MOST_POINTS = 10**6
"""Points of one run, those of every claim and route counted; the default run has 3,500."""
MOST_UNASKED = 3600
"""Seconds of one processor, as estimated, that a record may ask for with nobody's consent."""
RUNS = Whole(500, 0, 10**6, quick=0)
"""Training runs of one experiment."""
SEED = Whole(0, 0, 2**63 - 1)
NUMBERS = {"points": POINTS, "digits": DIGITS, "runs": RUNS, "seed": SEED}
"""By the names that options, the grid and records have for them."""

# --- who does it, and what is shown ---------------------------------------------------------------

JOBS = Whole(1, 1, 256)
"""Processes. The command line takes one per processor where nothing is said."""
SHARDS = Whole(1, 1, 10_000)
"""Parts of a run that are made apart."""
SLOWEST = Whole(0, 0, 10**6)
"""How many of the slowest pieces are named."""
PRINTED = Whole(1, 1, 1000)
"""Which of a claim's printed statements."""

# --- matrices, formulas, figures ------------------------------------------------------------------

EVALUATED_DIGITS = Whole(15, 1, 10_000)
EVALUATED_WIDTH = 300
"""Of a matrix: a certified evaluation takes about a minute there."""
"""Digits of what is evaluated at a user's matrix."""
MOST_AT_DEPTH, MOST_AT_WIDTH = 12, 6
"""Of the matrix at which claims are read: determinants of maps of matrices are computed there."""
MOST_DEPTH_LENGTH = 100
"""Digits of the depth of a user's network: its measurements stay affordable."""
MOST_FORMULA_DEPTH, MOST_FORMULA_WIDTH = 12, 6
"""Where a counterexample to a user's formula is computed again: definitions cost more there."""
MOST_FORMULA_BYTES = 2**16
MOST_LISTED_BYTES = 2**22
"""Of one formula, and of a list of them."""
WIDEST = 1000
"""Rows or columns of a user's completion problem."""
HIDDEN = Whole(1, 1, 10_000)
"""A hidden width of a network that descends."""
MOST_TRAINED = 2**31
"""Entries of the matrices of all training runs of a problem: 16 GiB."""
TRAINED_RUNS = Whole(100, 1, 10**7)
STEPS, DESCENT_STEPS = Whole(20_000, 1, 10**12), Whole(100_000, 1, 10**12)
NOISY_STEPS = Whole(10_000, 1, 10**12)
"""Steps of a run: by the flow, by descent, with noise."""
FIGURE_RUNS = Whole(500, 1, 10**5)
"""Training runs of one setting of a figure."""
