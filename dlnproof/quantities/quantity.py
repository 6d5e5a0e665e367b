"""What a quantity is: something with a definition, which can be measured without a closed form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Final

from flint import arb, arb_mat, fmpq, fmpq_mat

from dlnproof.language.arithmetic import Value, logarithm, times
from dlnproof.language.radical import group_volume, rational
from dlnproof.language.unit_ball import unit_ball
from dlnproof.notation.plain import plain
from dlnproof.numeric.exact.points import ExactPoint
from dlnproof.numeric.exact.stencil import steps_of

W: Final = r"$W=U\Sigma V^{T}$ in $\mathrm{GL}(d)$, $\sigma_1\ge\dots\ge\sigma_d>0$"
MEASURE: Final = (
    "$dU$, $dV$: the wedge products over $i<l$ of the entries of $U^{T}dU$ and $V^{T}dV$"
)

Indices = tuple[int, ...]
Measured = dict[Indices, Value]
"""The values of a quantity at a point, by its free indices counted from 1."""


def one(point: ExactPoint) -> fmpq:
    """Return the scale of what never vanishes."""
    return fmpq(1)


@dataclass(frozen=True)
class Pullback:
    """A quantity by finite differences of step h in factor space, with an error of order h^4.

    ``measure(point, h, digits)`` returns a number, to the power ``power``; of a quantity with
    indices the matrix in the basis of the u_i v_l^T, which has to be diagonal. It is in
    ``units(point)``: one for each index, in the order of the columns of V kron U, so that none is
    hidden by larger ones; None stands for the quantity's scale. There is a truncation error
    wherever ``truncates(point)``, to be observed at the ``steps``.
    """

    measure: Callable[[ExactPoint, fmpq, int], arb | arb_mat]
    truncates: Callable[[ExactPoint], bool]
    units: Callable[[ExactPoint], Sequence[fmpq]] | None = None
    power: int = 1
    steps: Callable[[ExactPoint], Sequence[fmpq]] = steps_of


@dataclass(frozen=True)
class Root:
    """A quantity that is c_d^(N-1), if ``group``, times a root of another, or the log of that.

    c_d is the volume of O_d for the metric Tr(a^T a) on skew-symmetric matrices. If ``ball``, the
    volume of the unit ball of R^(d x d) stands in place of c_d^(N-1).
    """

    of: Quantity
    degree: int = 1
    group: bool = False
    log: bool = False
    ball: bool = False

    def value(self, point: ExactPoint) -> Value:
        """Return the value at a point, from that of the other quantity."""
        [base] = self.of.values(point).values()
        if isinstance(base, arb):
            found: Value = base.root(self.degree)
        else:
            found = base.raised(Fraction(1, self.degree))
            if self.group:
                found = group_volume(point.width).raised(Fraction(int(point.depth) - 1)) * found
        if self.ball:
            found = times(unit_ball(point.width), found)
        return logarithm(found) if self.log else found


@dataclass(frozen=True)
class Quantity:
    """What statements are about: named, defined in words, and measured from that definition.

    ``symbol``, ``definition`` and ``conventions`` are texts with formulas in dollars. It has a
    value for each pair (i, l) where ``indices`` are these two, for each i where they are this one,
    and one value else; at finite depth, or at infinite depth alone. Where ``additive`` its formulas
    are sums over i and over pairs, else products; where ``ranked`` it is one of matrices of any
    shape and rank, which is d. Every measurement starts from the definition (factors,
    differentials, Gram matrices, integrals) and never from a formula that a claim states, as a
    claim's formula is compared with it.

    ``exact(point)``, over QQ, is the number; with one index the list of them; with two the matrix
    in the basis of the u_i v_l^T (columns of V kron U), whose diagonal it is and whose other
    entries have to vanish, or the list for the indices that are its ``keys``. ``balls(point)`` are
    the values enclosed, (1, 1), (1, 2), ... in order, at the working precision, or those of its
    ``keys``. A quantity that is a ``root`` of another is measured through that.
    ``scale(point)`` is what its errors are relative to where it may vanish. ``widest`` is the
    largest d at which formulas are compared with it, where it is dear to measure. ``floats`` is the
    public function of :mod:`dlnproof` that computes it, or its logarithm, and ``sympy`` that of
    :mod:`dlnproof.symbolic`, by name.
    """

    name: str
    symbol: str
    definition: str
    conventions: tuple[str, ...] = (W,)
    indices: tuple[str, ...] = ()
    finite: bool = True
    additive: bool = False
    ranked: bool = False
    exact: Callable[[ExactPoint], fmpq | fmpq_mat | list[fmpq]] | None = None
    balls: Callable[[ExactPoint], Sequence[arb]] | None = None
    pullback: Pullback | None = None
    root: Root | None = None
    keys: Callable[[ExactPoint], Sequence[Indices]] | None = None
    scale: Callable[[ExactPoint], fmpq] = one
    widest: int | None = None
    floats: str = ""
    sympy: str = ""

    @property
    def plain(self) -> str:
        """The symbol in plain text."""
        return plain(self.symbol)

    def values(self, point: ExactPoint) -> Measured:
        """Return the values at a point, exact where they can be, else in the working precision."""
        if self.exact is not None:
            found = self.exact(point)
            if isinstance(found, fmpq):
                return {(): rational(found)}
            if isinstance(found, list):
                return dict(zip(self._keys(point), map(rational, found), strict=True))
            d = point.width
            return {
                (i + 1, l + 1): rational(found[l * d + i, l * d + i])
                for i, l in product(range(d), repeat=2)
            }
        if self.balls is not None:
            return dict(zip(self._keys(point), self.balls(point), strict=True))
        assert self.root is not None
        return {(): self.root.value(point)}

    def _keys(self, point: ExactPoint) -> Sequence[Indices]:
        if self.keys is not None:
            return self.keys(point)
        return list(product(range(1, point.width + 1), repeat=len(self.indices)))
