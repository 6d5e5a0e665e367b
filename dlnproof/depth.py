"""The depth N of a network: an integer >= 1, or infinity."""

import math
from collections.abc import Iterable

from dlnproof.errors import InputError
from dlnproof.limits import whole

INFINITE = math.inf

Depth = int | float
"""An ``int`` >= 1, or ``math.inf``. No other float is a depth."""


def as_depth(value: object, *, finite_for: str = "") -> Depth:
    """Return ``value`` as a depth: an ``int`` >= 1 or ``math.inf``.

    ``finite_for`` names an object that exists at finite depth only (factors, orbits, the "sum"
    normalisation); infinity is then refused. Raises :class:`InputError`.

    >>> as_depth(3), as_depth(math.inf)
    (3, inf)
    """
    if isinstance(value, float) and value == math.inf:
        if finite_for:
            raise InputError(f"depth: got infinity, but {finite_for} exists at finite depth only")
        return math.inf
    return whole("depth", value, 1, expected="an integer >= 1 or math.inf")


def as_finite_depth(value: object, what: str) -> int:
    """Return ``value`` as a finite depth, for an object (named ``what``) that has no infinite one.

    Raises :class:`InputError`.
    """
    return int(as_depth(value, finite_for=what))


def show_depth(depth: Depth) -> int | str:
    """Return the depth as records write it: the integer, or ``"inf"``."""
    return "inf" if depth == math.inf else int(depth)


def in_a_row(values: Iterable[Depth]) -> list[list[Depth]]:
    """Return a set of depths or widths, ascending, in runs of which each follows the one before.

    >>> in_a_row([3, 1, 2, 2, math.inf, 7])
    [[1, 2, 3], [7], [inf]]
    """
    runs: list[list[Depth]] = []
    for value in sorted(set(values)):
        if runs and value == runs[-1][-1] + 1:
            runs[-1].append(value)
        else:
            runs.append([value])
    return runs
