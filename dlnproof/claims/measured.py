"""The checks of a claim that says: a quantity equals a formula. They need no code of their own.

``about`` names each quantity and the parts that state it: one for a number; for a quantity with
indices i and l two, where sigma_i and sigma_l differ and where they do not. The measurement is the
quantity's, from its definition; the prediction evaluates the parts. Further fields of the check
(``visits``, ``printed``, ``sides``, ...) are ``given``.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from flint import arb, arb_mat, fmpq, fmpq_mat

from dlnproof.claims.check import (
    ConvergentCheck,
    EnclosureCheck,
    ExactCheck,
    Groups,
    Number,
    Parts,
    PointCheck,
)
from dlnproof.core.verdict import Route
from dlnproof.numeric.exact.points import ExactPoint, diagonal
from dlnproof.numeric.exact.predictions import in_order, over_pairs, product_value
from dlnproof.quantities.catalogue import QUANTITIES
from dlnproof.quantities.quantity import Pullback, Quantity

About = Mapping[str, tuple[str, ...]]
Vanishing = Callable[[ExactPoint], fmpq]


def exact(about: About, vanishing: Sequence[Vanishing] = (), **given: Any) -> ExactCheck:
    """Return the check over QQ; what else has to vanish at a point is measured beside."""

    def measure(point: ExactPoint) -> Groups:
        found = [_required(q.exact, q, "over QQ")(point) for q, _ in _named(about)]
        return [*map(_entries, found), [zero(point) for zero in vanishing]]

    def predict(parts: Parts, point: ExactPoint) -> Groups:
        stated = [_matrix(q, _stated(q, names, parts, point)) for q, names in _named(about)]
        return [*stated, [fmpq(0)] * len(vanishing)]

    return ExactCheck(_covered(about), measure, predict, **given)


def enclosed(about: About, **given: Any) -> EnclosureCheck:
    """Return the check in balls: half the digits, on a scale of 1 at least if it may vanish."""

    def group(q: Quantity, values: Sequence[Number], point: ExactPoint) -> Sequence[Number]:
        return values if q.indices else [*(x / q.scale(point) for x in values), arb(1)]

    def measure(point: ExactPoint) -> Groups:
        return [
            group(q, _required(q.balls, q, "in balls")(point), point) for q, _ in _named(about)
        ]

    def predict(parts: Parts, point: ExactPoint) -> Groups:
        return [group(q, _stated(q, names, parts, point), point) for q, names in _named(about)]

    given = {"reach": lambda digits: [fmpq(1, 10 ** (digits // 2))]} | given
    return EnclosureCheck(_covered(about), measure, predict, **given)


def pullback(about: About, **given: Any) -> ConvergentCheck:
    """Return the check by finite differences in factor space, in the units of each quantity."""
    sources = [_required(q.pullback, q, "by finite differences") for q, _ in _named(about)]

    def measure(point: ExactPoint, step: fmpq, digits: int) -> Groups:
        groups = [_entries(source.measure(point, step, digits)) for source in sources]
        return [g for found, s in zip(groups, sources, strict=True) for g in _signed(found, s, 1)]

    def predict(parts: Parts, point: ExactPoint) -> Groups:
        found: list[Sequence[Number]] = []
        for (q, names), source in zip(_named(about), sources, strict=True):
            units = source.units(point) if source.units else [q.scale(point)]
            stated = _stated(q, names, parts, point)
            values = [x / unit for x, unit in zip(_ordered(q, stated, point), units, strict=True)]
            powers = [x**source.power for x in values]
            found += _signed(_diagonal(q, powers), source, 1 if values[0] >= 0 else -1)
        return found

    first = sources[0]
    given = {"truncates": first.truncates, "ladder": first.steps} | given
    return ConvergentCheck(_covered(about), measure, predict, **given)


_BY_ROUTE: Final[Mapping[Route, Callable[[About], PointCheck]]] = {
    Route.EXACT: exact,
    Route.PULLBACK: pullback,
    Route.ENCLOSURE: enclosed,
}
