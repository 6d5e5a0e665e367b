"""What a formula can be a formula of: quantities, with the closed forms that claims prove of them.

A formula of the user's is judged like a claim about the quantity whose formula is theirs. The
closed form is the claim's, and decides for all N and d; at points a formula is compared with what
is measured from the quantity's definition, never with a closed form.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import product
from types import MappingProxyType
from typing import Final

from dlnproof.claims import CLAIMS
from dlnproof.core.expression import Expression, Number
from dlnproof.core.product import PairProduct
from dlnproof.core.spectrum import MERGE, I, L, N
from dlnproof.errors import InputError, nearest
from dlnproof.files.fields import shortened
from dlnproof.formulas import (
    CURVATURE_PAIR,
    CURVATURE_PAIR_COINCIDENT,
    CURVATURE_SPLIT,
    CURVATURE_SPLIT_COINCIDENT,
    DENSITY_PAIR_SLOPE,
    DENSITY_SLOPE,
    DRIFT,
    ENTROPY_SLOPE,
    INFINITE_EIGENVALUE,
    INFINITE_EIGENVALUE_COINCIDENT,
    INFINITE_METRIC_DETERMINANT,
    INFINITE_METRIC_ENTRY,
    INFINITE_METRIC_ENTRY_COINCIDENT,
    METRIC_ENTRY,
    METRIC_ENTRY_COINCIDENT,
    N_PER_INDEX,
    N_PER_PLACE,
    ORBIT_EIGENVALUE,
    RICCI_RADIAL,
    RICCI_RADIAL_COINCIDENT,
    SUM_EIGENVALUE,
    SUM_EIGENVALUE_COINCIDENT,
    SUM_METRIC_DETERMINANT,
    SUM_METRIC_ENTRY,
    SUM_METRIC_ENTRY_COINCIDENT,
    SUM_VOLUME_FORM_SQUARED,
)
from dlnproof.judge.hypotheses import NONE, Hypotheses
from dlnproof.judge.places import Place, measured, point_at
from dlnproof.language.arithmetic import UnclearError, UndefinedError
from dlnproof.language.deciding import AtTwo, Closed, Eigenvalues, Rooted
from dlnproof.language.exponents import NotReducibleError
from dlnproof.language.factors import NoValueError
from dlnproof.language.forms import form_of
from dlnproof.language.renaming import free_indices
from dlnproof.language.slopes import Sloped, sloped
from dlnproof.language.sums import NOTHING, Summed, summed, vanishes
from dlnproof.language.tree import ONE, ZERO, Call, Node, Operation, in_order
from dlnproof.language.value import Allowance, value_at
from dlnproof.numeric.exact.points import ExactPoint
from dlnproof.quantities.catalogue import QUANTITIES
from dlnproof.quantities.quantity import Measured, Quantity, Root

_MOST_STEPS: Final = 400_000


@dataclass(frozen=True)
class Target:
    """What formulas are judged for: a quantity, its closed form, and the claims that prove it.

    ``where`` is what is assumed of N, d and the singular values. ``other`` is there where it is no
    quantity but a formula, to which others are compared: "closed" is then that of their quotient,
    or their difference where both are logarithms.
    """

    name: str
    free: tuple[str, ...]
    finite: bool
    closed: Closed
    claims: tuple[str, ...]
    quantity: Quantity | None = None
    other: Node | None = None
    where: Hypotheses = NONE

    @property
    def log(self) -> bool:
        """Whether it is the logarithm of a product."""
        return isinstance(self.closed, Rooted) and self.closed.log

    @property
    def provable(self) -> bool:
        """Whether its claims prove that a closed form is it, and do not measure that at points."""
        return not any(CLAIMS[claim].empirical for claim in self.claims)

    @property
    def of_pair(self) -> bool:
        """Whether it depends on the singular values of its two indices, and on no other."""
        return len(self.free) > 1 and not isinstance(self.closed, AtTwo)

    def within(self, width: int) -> bool:
        """Whether formulas are compared with it at a width."""
        widest = None if self.quantity is None else self.quantity.widest
        return widest is None or width <= widest

    def relative(self, formula: Node) -> Node:
        """Return what of a formula is compared with the closed form."""
        if self.other is None:
            return formula
        by_terms = self.log or isinstance(self.closed, Summed | Sloped)
        if in_order(formula) == in_order(self.other):
            return Call("log", ONE) if self.log else ZERO if by_terms else ONE
        return Operation("-" if by_terms else "/", formula, self.other)

    def measured(self, place: Place, allowed: Allowance) -> Measured:
        """Return its values at a place, from the definition, in the working precision.

        ``allowed`` is what may be spent on another formula, which costs what its author likes.
        """
        if self.other is None:
            return measured(self.name, place)
        return self._evaluated(point_at(place), allowed)

    def values(self, point: ExactPoint) -> Measured:
        """Return its values at a point, in the working precision."""
        if self.quantity is None:
            return self._evaluated(point, Allowance(_MOST_STEPS))
        return self.quantity.values(point)

    def _evaluated(self, point: ExactPoint, allowed: Allowance) -> Measured:
        """Return the values of the other formula, where it has one."""
        assert self.other is not None
        found: Measured = {}
        for indices in product(range(1, point.width + 1), repeat=len(self.free)):
            free = dict(zip(self.free, indices, strict=True))
            with suppress(UndefinedError, UnclearError):
                found[indices] = value_at(self.other, point.depth, point.sigma, free, allowed)
        return found


def _over_all(distinct: Expression, coincident: Expression) -> Summed:
    """Return the sum over all i and l of what is symmetric in them."""
    return Summed(coincident, 2 * distinct, 2 * coincident)


_Found = PairProduct | Eigenvalues | Summed | Sloped | AtTwo
_Stated = Mapping[str, tuple[str, _Found]]
_WHOLE: Final = Number(1)
_SHARE: Final = L.root**2 / (I.root**2 + L.root**2)
"""The squared cosine between u_i v_i^T and what is across W of it and u_l v_l^T."""


def _of_pair(whole: int, split: int, share: Expression = _WHOLE) -> Eigenvalues:
    """Return half of so many times kappa_il and theta_il (claim curvature-sign), of a share."""
    return Eigenvalues(
        share * (whole * CURVATURE_PAIR + split * CURVATURE_SPLIT) / 2,
        share.substitute(MERGE)
        * (whole * CURVATURE_PAIR_COINCIDENT + split * CURVATURE_SPLIT_COINCIDENT)
        / 2,
    )


def _normalised(name: str, claim: str, pair: Eigenvalues, *, at_two: bool = False) -> _Stated:
    """Return what is stated of a curvature, which is N times as large without the mean."""
    mean = Eigenvalues(pair.distinct / N, pair.coincident / N)
    return {
        each: (claim, AtTwo(found) if at_two else found)
        for each, found in ((name, mean), (f"submersion-{name}", pair))
    }


_STATED: Final[_Stated] = MappingProxyType(
    {
        "gram-eigenvalue": (
            "orbit-volume",
            Eigenvalues(ORBIT_EIGENVALUE, ORBIT_EIGENVALUE.substitute(MERGE)),
        ),
        "volume-gradient": (
            "volume-gradient",
            Sloped.alike(DENSITY_SLOPE, DENSITY_PAIR_SLOPE),
        ),
        "entropy-gradient": ("entropy-gradient", Sloped.alike(NOTHING, ENTROPY_SLOPE)),
        **_normalised("scalar-curvature", "scalar-curvature", _of_pair(2, 0), at_two=True),
        "ricci-diagonal": (
            "ricci-sectional",
            Sloped.alike(NOTHING, RICCI_RADIAL / (N * I.sigma**2)),
        ),
        "ricci-mixed": (
            "ricci-sectional",
            Eigenvalues(
                0 - RICCI_RADIAL / (N * I.sigma * L.sigma),
                0 - RICCI_RADIAL_COINCIDENT / (N * I.sigma**2),
            ),
        ),
        **_normalised("ricci-symmetric", "ricci-sectional", _of_pair(0, 1), at_two=True),
        **_normalised("ricci-skew", "ricci-sectional", _of_pair(0, -1), at_two=True),
        **_normalised("sectional-symmetric", "curvature-sign", _of_pair(1, 1, _SHARE)),
        **_normalised("sectional-skew", "curvature-sign", _of_pair(1, -1, _SHARE)),
        **_normalised("sectional-turns", "curvature-sign", _of_pair(-1, 0)),
        "brownian-drift": ("laplacian-of-matrix", Sloped(DRIFT)),
        "submersion-brownian-drift": ("laplacian-of-matrix", Sloped(N * DRIFT)),
        "infinite-metric-determinant": ("infinite-depth", INFINITE_METRIC_DETERMINANT),
        "infinite-metric-entry": (
            "infinite-depth",
            Eigenvalues(INFINITE_METRIC_ENTRY, INFINITE_METRIC_ENTRY_COINCIDENT),
        ),
        "submersion-metric-entry": (
            "metric-diagonalization",
            Eigenvalues(SUM_METRIC_ENTRY, SUM_METRIC_ENTRY_COINCIDENT),
        ),
        "submersion-metric-determinant": ("metric-diagonalization", SUM_METRIC_DETERMINANT),
        "submersion-volume-form-squared": ("volume-form", SUM_VOLUME_FORM_SQUARED),
        "submersion-operator-trace": (
            "operator-trace",
            _over_all(SUM_EIGENVALUE, SUM_EIGENVALUE_COINCIDENT),
        ),
        "power-map-density": ("power-map", N_PER_PLACE),
        "submersion-power-map-density-squared": ("power-map", N_PER_INDEX),
        "submersion-metric-trace": (
            "metric-diagonalization",
            _over_all(SUM_METRIC_ENTRY, SUM_METRIC_ENTRY_COINCIDENT),
        ),
        "metric-trace": (
            "metric-diagonalization",
            _over_all(METRIC_ENTRY, METRIC_ENTRY_COINCIDENT),
        ),
        "infinite-operator-trace": (
            "infinite-depth",
            _over_all(INFINITE_EIGENVALUE, INFINITE_EIGENVALUE_COINCIDENT),
        ),
    }
)
"""What no claim states by one part: the product or the sum of what one states of each pair; a
multiple by powers of N."""

_BESIDE: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "submersion-eigenvalue": ("operator-spectrum", "end-to-end-flow"),
        "submersion-operator-trace": ("operator-trace", "end-to-end-flow"),
        "infinite-metric-entry": ("infinite-depth", "metric-diagonalization"),
        "infinite-metric-determinant": ("infinite-depth", "metric-diagonalization"),
        "infinite-volume-density": ("infinite-depth", "metric-diagonalization"),
        "infinite-log-volume-density": ("infinite-depth", "metric-diagonalization"),
    }
)
"""All claims that a closed form rests on, where that is not only the one that states it."""


def _target(quantity: Quantity) -> Target:
    root = quantity.root or Root(quantity)
    claim, closed = _closed(root)
    claims = _BESIDE.get(quantity.name, (claim,))
    return Target(quantity.name, quantity.indices, quantity.finite, closed, claims, quantity)


def _closed(root: Root) -> tuple[str, Closed]:
    """Return the claim that states a quantity, and the closed form of the root."""
    name = root.of.name
    if name in _STATED:
        claim, found = _STATED[name]
        if not isinstance(found, PairProduct):
            return claim, found
        return claim, _rooted(found, root)
    stating = next(claim for claim in CLAIMS.values() if name in claim.quantities)
    parts = [stating.parts[part] for part in stating.quantities[name]]
    if root.of.additive:
        return stating.id, Summed(*parts)  # type: ignore[arg-type]
    match parts:
        case [PairProduct() as product]:
            return stating.id, _rooted(product, root)
        case [Expression() as distinct, Expression() as coincident]:
            return stating.id, Eigenvalues(distinct, coincident)
        case _:
            raise TypeError(f"{stating.id}: got {parts}, expected a product or two expressions")


def _rooted(product: PairProduct, root: Root) -> Rooted:
    return Rooted(product, root.degree, root.group, root.log, ball=root.ball)


TARGETS: Final = {name: _target(each) for name, each in QUANTITIES.items()}
SUMS: Final[Mapping[str, str]] = MappingProxyType(
    {
        name: f"submersion-{name}"
        for name in (
            "eigenvalue",
            "operator-trace",
            "metric-entry",
            "metric-determinant",
            "metric-trace",
            "volume-density",
            "log-volume-density",
            "volume-form",
            "ball-volume",
            "scalar-curvature",
            "ricci-symmetric",
            "ricci-skew",
            "sectional-symmetric",
            "sectional-skew",
            "sectional-turns",
            "brownian-drift",
        )
    }
)
"""What is meant where the operator is normalised as a sum, not as a mean."""


def formula_target(name: str, other: Node, free: tuple[str, ...]) -> Target:
    """Return what a formula is compared to that another formula should equal."""
    closed: Closed = Eigenvalues(Number(1), Number(1))
    if not free:
        closed = Summed() if _is_sum(other) else Rooted(PairProduct(), log=_is_log(other))
    elif _is_slope(other):
        closed = Sloped()
    return Target(name, free, True, closed, (), other=other)


def _is_sum(other: Node) -> bool:
    """Whether a formula is a sum over indices or pairs, and neither a product nor a logarithm."""
    for log in (False, True):
        with suppress(NotReducibleError, NoValueError):
            form_of(other, log=log)
            return False
    with suppress(NotReducibleError, NoValueError):
        found = summed(other)
        return not (vanishes(found.index) and vanishes(found.pair))
    return False


def _is_slope(other: Node) -> bool:
    """Whether a formula has one free index, and sums over the others."""
    with suppress(NotReducibleError, NoValueError):
        found = sloped(other)
        return set(free_indices(other)) <= {"i"} and not all(
            map(vanishes, (found.before, found.after))
        )
    return False


def _is_log(other: Node) -> bool:
    """Whether a formula is a sum of logarithms, and no product."""
    for log in (False, True):
        with suppress(NotReducibleError, NoValueError):
            form_of(other, log=log)
            return log
    return False


def target_named(name: str) -> Target:
    """Return the target of this name. Raises :class:`InputError`."""
    if name in TARGETS:
        return TARGETS[name]
    hint = nearest(name, TARGETS)
    if name in CLAIMS:
        hint = (
            f"; {name} is a claim that is no formula of one quantity over indices and pairs: "
            f"'dlnproof explain {name}' shows what it says"
        )
    raise InputError(
        f"target: got {shortened(name)!r}, expected one that 'dlnproof formula --list' shows{hint}"
    )
