"""Numeric checks of two factors out of balance by a multiple of the identity."""

from collections.abc import Callable, Iterator, Sequence

from flint import arb_mat, fmpq, fmpq_mat

from dlnproof.claims.check import ConvergentCheck, ExactCheck, Groups, at_least_depth
from dlnproof.core.expression import Expression
from dlnproof.core.spectrum import SPREAD_I, SPREAD_L, UNBALANCE, I
from dlnproof.language.precision import bits_of, working_precision
from dlnproof.numeric.exact.exact_geometry import Dual
from dlnproof.numeric.exact.gradient import velocities
from dlnproof.numeric.exact.matrices import generic, product
from dlnproof.numeric.exact.points import ExactPoint, PointKey, diagonal
from dlnproof.numeric.exact.predictions import Parts
from dlnproof.numeric.exact.stencil import derivative
from dlnproof.numeric.exact.unbalanced import Unbalanced, unbalanced
from dlnproof.numeric.values import exact_root

COVERS = frozenset({"last", "first", "speed"})
SIGNS = (1, -1)
SCOPE = "$N=2$, both signs"
"""Of lambda."""


def of_two(keys: Sequence[PointKey]) -> Sequence[PointKey]:
    """Return the points of two factors, or of the least depth: frames are all that is used."""
    return [key for key in keys if key.depth == 2] or at_least_depth(keys)


def pairs(point: ExactPoint) -> Iterator[Unbalanced]:
    """Yield factors between the frames of the point, with lambda > 0 and with lambda < 0."""
    between = point.U * point.V.transpose()
    for sign in SIGNS:
        yield unbalanced(point.U, between, point.V, list(point.roots), sign)


def within(frame: fmpq_mat, matrix: fmpq_mat) -> list[fmpq]:
    """Return the entries of Q^T M Q."""
    found: list[fmpq] = (frame.transpose() * matrix * frame).entries()
    return found


def measure_exact(point: ExactPoint) -> Groups:
    """W_2 W_2^T and W_1^T W_1 in singular vectors, and the velocity of W_2 W_1 by dual numbers."""
    last, first, moves = [], [], []
    for pair in pairs(point):
        last += within(point.U, pair.second * pair.second.transpose())
        first += within(point.V, pair.first.transpose() * pair.first)
        factors = pair.first, pair.second
        below, above = map(Dual, factors, velocities(factors, generic(point.width)))
        moves += (point.U.transpose() * (above * below).derivative * point.V).entries()
    return [last, first, moves]


def predict(parts: Parts, point: ExactPoint) -> Groups:
    """The same as it is stated, by lambda and the singular values of the product."""
    inner = (point.U.transpose() * generic(point.width) * point.V).entries()
    last, first, moves = [], [], []
    for pair in pairs(point):
        at = [values(pair, size) for size in pair.sizes]
        last += diagonal(tuple(stated(parts, "last", x, x) for x in at)).entries()
        first += diagonal(tuple(stated(parts, "first", x, x) for x in at)).entries()
        speeds = [stated(parts, "speed", x, y) for x in at for y in at]
        moves += [-speed * entry for speed, entry in zip(speeds, inner, strict=True)]
    return [last, first, moves]


def values(pair: Unbalanced, size: fmpq) -> tuple[fmpq, fmpq, fmpq]:
    """Return lambda, a singular value, and the root of lambda^2 + 4 sigma^2, which is rational."""
    root = exact_root(pair.gap**2 + 4 * size**2, 2)
    assert root is not None
    return pair.gap, size, root


Values = tuple[fmpq, fmpq, fmpq]


def stated(parts: Parts, name: str, one: Values, other: Values) -> fmpq:
    """Return a part of the statement for two singular values."""
    formula = parts[name]
    assert isinstance(formula, Expression)
    at = {UNBALANCE: one[0], I.sigma: one[1], SPREAD_I: one[2], SPREAD_L: other[2]}
    found: fmpq = formula.at(at)
    return found


def differenced(
    start: Sequence[fmpq_mat],
    velocity: Sequence[fmpq_mat],
    of: Callable[[list[arb_mat]], list[arb_mat]],
    step: fmpq,
) -> list[arb_mat]:
    """Return, by finite differences, how what is made of matrices moves with them.

    Any curve with this velocity will do: sin h, so that there is an error to observe.
    """
    both = [(arb_mat(W), arb_mat(V)) for W, V in zip(start, velocity, strict=True)]
    return derivative(lambda h: of([W + V * h.sin() for W, V in both]), step)


def measure_flow(point: ExactPoint, step: fmpq, digits: int) -> Groups:
    """The velocity of W_2 W_1 by finite differences, beside what is measured exactly."""
    last, first, _ = measure_exact(point)
    moves = []
    with working_precision(bits_of(2 * digits)):
        U, V = arb_mat(point.U.transpose()), arb_mat(point.V)
        for pair in pairs(point):
            factors = pair.first, pair.second
            pushed = velocities(factors, generic(point.width))
            [rate] = differenced(factors, pushed, lambda W: [product(W)], step)
            moves += (U * rate * V).entries()
    return [last, first, moves]


CHECKS = (
    ExactCheck(COVERS, measure_exact, predict, visits=of_two, scope=SCOPE),
    ConvergentCheck(COVERS, measure_flow, predict, visits=of_two, scope=SCOPE),
)
