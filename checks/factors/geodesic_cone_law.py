"""Numeric checks of what geodesics of balanced factors conserve, and of their radius."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from flint import arb, arb_mat, fmpq, fmpq_mat

from dlnproof.claims.check import (
    RUNGE_KUTTA,
    ConvergentCheck,
    ExactCheck,
    Groups,
    Number,
    Parts,
    Question,
)
from dlnproof.core.expression import Expression, Letter
from dlnproof.core.spectrum import ELAPSED, I, N
from dlnproof.language.precision import bits_of, working_precision
from dlnproof.numeric.exact.geodesics import accelerations, follow, velocities
from dlnproof.numeric.exact.matrices import generic, trace
from dlnproof.numeric.exact.points import ExactPoint, PointKey, Stratum

IN_TIME = frozenset({"rate", "growth", "leading"})
TIMES, TIME = (fmpq(1, 3), fmpq(2)), fmpq(1, 16)
"""Of one time a power could not be told; a time until which geodesics are followed."""
NONE: Mapping[Letter, fmpq] = {}


@dataclass(frozen=True)
class Moving:
    """Factors, their velocities and accelerations."""

    factors: Sequence[fmpq_mat]
    moves: Sequence[fmpq_mat]
    forces: Sequence[fmpq_mat]


def moving(point: ExactPoint) -> Moving:
    """Return a geodesic at one moment: what balance leaves of an acceleration that is normal."""
    moves = velocities(point)
    return Moving(point.factors, moves, accelerations(point.factors, moves))


def paired(one: Sequence[fmpq_mat | arb_mat], other: Sequence[fmpq_mat | arb_mat]) -> Number:
    """Return the sum of Tr(A_j^T B_j)."""
    first, *rest = (trace(a.transpose() * b) for a, b in zip(one, other, strict=True))
    return sum(rest, first)


def stated(
    parts: Parts,
    name: str,
    point: ExactPoint,
    elapsed: fmpq = TIME,
    at: Mapping[Letter, fmpq] = NONE,
) -> fmpq:
    """Return a number that is stated, for a time, of some letters."""
    part = parts[name]
    assert isinstance(part, Expression)
    found: fmpq = part.at({ELAPSED: elapsed, N: fmpq(int(point.depth)), **at})
    return found


# --- exactly, at one moment -----------------------------------------------------------------------


def measure_exact(point: ExactPoint) -> Groups:
    """The square of the radius, its derivatives, and what the second one adds after a time."""
    at = moving(point)
    second = 2 * (paired(at.moves, at.moves) + paired(at.factors, at.forces))
    first = paired(at.factors, at.moves) + paired(at.moves, at.factors)
    here = paired(at.factors, at.factors)
    return [[here], [first], [second], [e * e * second / 2 for e in TIMES]]


def predict_exact(parts: Parts, point: ExactPoint) -> Groups:
    """What is stated, of the singular values and of the velocities alone."""
    moves = velocities(point)
    energy = paired(moves, moves)
    first = stated(parts, "rate", point) * paired(point.factors, moves)
    after = [stated(parts, "leading", point, e) * energy for e in TIMES]
    values = zip(point.roots, point.sigma, strict=True)
    here = sum(
        (stated(parts, "value", point, at={I.root: x, I.sigma: y}) for x, y in values), fmpq(0)
    )
    return [[here], [first], [stated(parts, "growth", point) * energy], after]


def drifts(at: Moving) -> list[fmpq]:
    """Return the derivatives of the squared speed, and of what turns at each frame."""
    slope = paired(at.moves, at.forces)
    assert isinstance(slope, fmpq)
    found = [2 * slope]
    left, right = [], []
    for W, F in zip(at.factors, at.forces, strict=True):
        A, B = F * W.transpose(), W.transpose() * F  # the squares of the velocities are symmetric
        left.append(A - A.transpose())
        right.append(B - B.transpose())
    between = [a - b for a, b in zip(left, right[1:], strict=False)]
    for M in (right[0], *between, left[-1]):
        found += M.entries()
    return found


def pushed(at: Moving) -> list[Moving]:
    """Return one with a force that is not normal, at the first of the factors."""
    first, *others = at.forces
    return [replace(at, forces=[first + generic(first.nrows()) * at.factors[0], *others])]


# --- followed in time -----------------------------------------------------------------------------


def measure_flow(point: ExactPoint, step: fmpq, digits: int) -> Groups:
    """How the square of the radius and its derivative change, by a method of order 4."""
    with working_precision(bits_of(digits)):
        factors, moves = (list(map(arb_mat, x)) for x in (point.factors, velocities(point)))
        W, X = follow(factors, moves, TIME, int(TIME / step))
        return [
            [paired(W, W) - paired(factors, factors)],
            [2 * (paired(W, X) - paired(factors, moves))],
        ]


def predict_flow(parts: Parts, point: ExactPoint) -> Groups:
    """What is stated, of where they start."""
    moves = velocities(point)
    energy = paired(moves, moves)
    first = stated(parts, "rate", point) * TIME * paired(point.factors, moves)
    return [
        [arb(first + stated(parts, "leading", point) * energy)],
        [arb(stated(parts, "growth", point) * TIME * energy)],
    ]


def bent(keys: Sequence[PointKey]) -> Sequence[PointKey]:
    """Return a few of the points whose factors turn against each other, not too unevenly."""
    return [
        key
        for key in keys
        if key.depth in (2, 3)
        and key.width in (2, 3)
        and key.sign == 1
        and key.stratum is not Stratum.TINY
    ]


CHECKS = (
    ExactCheck(
        IN_TIME | {"value"},
        measure_exact,
        predict_exact,
        questions=(Question("what is conserved, differentiated", moving, drifts, pushed),),
    ),
    ConvergentCheck(
        IN_TIME,
        measure_flow,
        predict_flow,
        **RUNGE_KUTTA,
        visits=bent,
    ),
)
