"""The checks of a claim that says: a quantity equals a formula. They need no code of their own.

``about`` names each quantity (or is one, of your own) and the parts of the claim that state it: one
for a number; for a quantity with indices i and l two, where sigma_i and sigma_l differ and where
they do not; for a sum the term of an index, or also those of a pair, as before. The measurement is
the quantity's, from its definition; the prediction evaluates the parts. ``given`` are further
fields of the check (``visits``, ``questions``, ``printed``, ...).
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, TypeVar

from flint import arb, arb_mat, fmpq, fmpq_mat

from dlnproof.claims.check import (
    Check,
    ConvergentCheck,
    EnclosureCheck,
    ExactCheck,
    Groups,
    Number,
    Parts,
    PointCheck,
)
from dlnproof.claims.schema import CatalogueError, Claim
from dlnproof.core.expression import Expression
from dlnproof.core.product import PairProduct
from dlnproof.core.verdict import Route
from dlnproof.numeric.exact.points import ExactPoint, diagonal
from dlnproof.numeric.exact.predictions import (
    Value,
    in_order,
    over_pairs,
    product_value,
    sum_over_index,
    sum_over_pairs,
)
from dlnproof.quantities.catalogue import QUANTITIES, quantity_named
from dlnproof.quantities.quantity import Quantity

About = Mapping[Any, tuple[str, ...]]
Found = TypeVar("Found")


def exact(about: About, **given: Any) -> ExactCheck:
    """Return the check over QQ."""
    named = _named(about)
    sources = [_measured(q, q.exact, "over QQ") for q, _ in named]

    def measure(point: ExactPoint) -> Groups:
        return [_entries(source(point)) for source in sources]

    def predict(parts: Parts, point: ExactPoint) -> Groups:
        return [_alike(q, _stated(q, names, parts, point), point) for q, names in named]

    return ExactCheck(_covered(about), measure, predict, **given)


def enclosed(about: About, **given: Any) -> EnclosureCheck:
    """Return the check in balls, to half of the digits.

    A number is compared in units of its scale, and beside 1: where it vanishes there is no other.
    """
    named = _named(about)
    sources = [_measured(q, q.balls, "in balls") for q, _ in named]

    def groups(found: Sequence[Sequence[Number]], point: ExactPoint) -> Groups:
        return [
            x if q.indices else [x[0] / q.scale(point), arb(1)]
            for (q, _), x in zip(named, found, strict=True)
        ]

    def measure(point: ExactPoint) -> Groups:
        return groups([source(point) for source in sources], point)

    def predict(parts: Parts, point: ExactPoint) -> Groups:
        tables = [_stated(q, names, parts, point) for q, names in named]
        return groups([[arb(x) for row in table for x in row] for table in tables], point)

    return EnclosureCheck(_covered(about), measure, predict, **given)


def pullback(about: About, **given: Any) -> ConvergentCheck:
    """Return the check by finite differences in factor space, in the units of each quantity.

    Of an even power the sign is compared beside: what is measured is not negative.
    """
    named = _named(about)
    sources = [_measured(q, q.pullback, "by finite differences") for q, _ in named]
    signs = [source.power % 2 == 0 for source in sources]

    def measure(point: ExactPoint, step: fmpq, digits: int) -> Groups:
        found = [_entries(source.measure(point, step, digits)) for source in sources]
        return [*found, [fmpq(1)] * sum(signs)]

    def predict(parts: Parts, point: ExactPoint) -> Groups:
        found, turned = [], []
        for (q, names), source, sign in zip(named, sources, signs, strict=True):
            units = source.units(point) if source.units else [q.scale(point)]
            values = in_order(_stated(q, names, parts, point))
            relative = [x / unit for x, unit in zip(values, units, strict=True)]
            found.append(_diagonal([x**source.power for x in relative]))
            turned += [fmpq(1 if relative[0] >= 0 else -1)] * sign
        return [*found, turned]

    first = sources[0]
    given = {"truncates": first.truncates, "ladder": first.steps} | given
    return ConvergentCheck(_covered(about), measure, predict, **given)


_MADE: Final[Mapping[Route, Callable[[About], PointCheck]]] = {
    Route.EXACT: exact,
    Route.PULLBACK: pullback,
    Route.ENCLOSURE: enclosed,
}


def completed(claim: Claim, checks: Sequence[Check]) -> tuple[Check, ...]:
    """Return a claim's checks, and those that its quantities give of its other routes, in order.

    Raises :class:`CatalogueError` for a quantity that is not known, or not measured by a route.
    """
    own = {check.route for check in checks}
    lacking = [route for route in claim.routes if route in _MADE and route not in own]
    try:
        for quantity, names in _named(claim.quantities):
            kind = PairProduct if _multiplied(quantity) else Expression
            for name in names:
                if not isinstance(claim.parts[name], kind):
                    what = "a product" if _multiplied(quantity) else "an expression"
                    raise CatalogueError(f"'{quantity.name}': expected {what} as the part '{name}'")
        made = [_MADE[route](claim.quantities) for route in lacking]
    except CatalogueError as error:
        raise CatalogueError(f"claim '{claim.id}': field 'quantities': {error}") from None
    order = {route: place for place, route in enumerate(claim.routes)}
    return tuple(sorted((*checks, *made), key=lambda check: order.get(check.route, len(order))))


def _named(about: About) -> list[tuple[Quantity, tuple[str, ...]]]:
    return [(_quantity(each, len(parts)), parts) for each, parts in about.items()]


def _quantity(given: Quantity | str, parts: int) -> Quantity:
    try:
        quantity = quantity_named(given)
    except KeyError:
        names = ", ".join(QUANTITIES)
        raise CatalogueError(f"got '{given}', expected one of {names}") from None
    if len(quantity.indices) == 1:
        raise CatalogueError(f"'{quantity.name}': has one index, expected a check of its own")
    numbers = (1, 3) if quantity.additive else (2,) if quantity.indices else (1,)
    if parts not in numbers:
        expected = " or ".join(map(str, numbers))
        raise CatalogueError(f"'{quantity.name}': got {parts} parts, expected {expected}")
    return quantity


def _multiplied(quantity: Quantity) -> bool:
    """Whether the part that states a quantity is a product over i and over pairs."""
    return not (quantity.indices or quantity.additive)


def _covered(about: About) -> frozenset[str]:
    return frozenset(part for parts in about.values() for part in parts)


def _measured(quantity: Quantity, found: Found | None, how: str) -> Found:
    if found is None:
        raise CatalogueError(f"'{quantity.name}': is not measured {how}, expected a check of it")
    return found


def _stated(
    quantity: Quantity, names: tuple[str, ...], parts: Parts, point: ExactPoint
) -> list[list[Value]]:
    """Return [i][l]: what the parts say; of a number [[it]]."""
    if quantity.additive:
        whole = sum_over_index(parts[names[0]], point)
        if len(names) > 1:
            whole += sum_over_pairs(parts[names[1]], parts[names[2]], point)
        return [[whole]]
    if not quantity.indices:
        return [[product_value(parts[names[0]], point)]]
    distinct, coincident = names
    return over_pairs(parts[distinct], parts[coincident], point)


def _alike(quantity: Quantity, stated: list[list[Value]], point: ExactPoint) -> Sequence[Number]:
    """Return what is stated in the order in which a quantity is measured over QQ."""
    if quantity.keys is None:
        return _diagonal(in_order(stated))
    return [stated[i - 1][l - 1] for i, l in quantity.keys(point)]


def _diagonal(values: Sequence[Value]) -> list[fmpq]:
    return diagonal(tuple(values)).entries()


def _entries(found: fmpq | arb | fmpq_mat | arb_mat | list[fmpq]) -> Sequence[Number]:
    if isinstance(found, fmpq_mat | arb_mat):
        return found.entries()
    return found if isinstance(found, list) else [found]
