"""The sums that curvature is made of, at points: what their letters stand for by hypothesis."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from flint import fmpq

from dlnproof.definitions.curvature import (
    COMPLETE,
    PAIRS,
    POLYNOMIALS,
    RADIAL,
    SPLITS,
    TRIPLES,
    complete,
    of_pair,
    of_products,
    of_triple,
    of_values,
    radial,
    split,
)
from dlnproof.kernel.terms import Term, integer, opened
from dlnproof.numeric.interpretation import Dependent, Point
from dlnproof.numeric.sentences import value
from dlnproof.numeric.values import Value


def _defined(hypothesis: Term, *, counted: bool) -> Callable[..., Value]:
    """Return a family by its equation, at indices from 1 to d; elsewhere it is another.

    The first argument is (``counted``) no index but a number >= 0.
    """

    def found(point: Point, *args: int) -> Value:
        count, indices = (args[0], args[1:]) if counted else (0, args)
        depth, width = point.values["N"], point.values["d"]
        if count < 0 or depth < 1 or not all(1 <= index <= width for index in indices):
            return fmpq(2)
        equation = opened(hypothesis, *map(integer, args))[-1]
        return value(equation.args[1], point)

    return found


SUMS: Final = {
    symbol.name: Dependent(_defined(hypothesis, counted=symbol is complete))
    for symbol, [hypothesis] in (
        (complete, COMPLETE),
        (of_pair, PAIRS),
        (split, SPLITS),
        (radial, RADIAL),
        (of_values, POLYNOMIALS[:1]),
        (of_products, POLYNOMIALS[1:]),
        (of_triple, TRIPLES),
    )
}
"""By name."""
