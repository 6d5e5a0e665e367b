"""Checks of the tower of polar decompositions, at a point and along a curve of balanced factors."""

from collections.abc import Sequence
from functools import reduce
from itertools import pairwise
from operator import mul
from typing import NamedTuple

from flint import fmpq, fmpq_mat

from dlnproof.claims.check import ConvergentCheck, ExactCheck, Groups, Question
from dlnproof.core.expression import Expression, Letter
from dlnproof.core.spectrum import (
    FIRST,
    FIRST_T,
    LAST,
    POLAR_BEFORE,
    POLAR_POWER,
    SHARED,
    SYMMETRIC,
    TURN,
    TURN_BEFORE,
    TURN_BEFORE_T,
    TURN_T,
)
from dlnproof.numeric.exact.exact_geometry import Dual, turned
from dlnproof.numeric.exact.matrices import generic, product
from dlnproof.numeric.exact.points import ExactPoint, cayley, diagonal, identity
from dlnproof.numeric.exact.predictions import Parts

COVERS = frozenset({"factor", "product", "polar"})


def turns(point: ExactPoint) -> list[fmpq_mat]:
    """Return skew matrices by which the frames Q_0, ..., Q_N turn."""
    some = generic(point.width)
    skew = some - some.transpose()
    return [skew * fmpq(1, j + 1) for j in range(len(point.frames))]


def stretches(point: ExactPoint) -> fmpq_mat:
    """Return how Sigma^(1/N) moves."""
    return diagonal(tuple(t / (k + 2) for k, t in enumerate(point.roots)))


def choice(point: ExactPoint) -> fmpq_mat:
    """Return an orthogonal matrix by which all frames may be turned."""
    return cayley(turns(point)[0] * 3)


# --- measured -------------------------------------------------------------------------------------


def groups(factors: Sequence[fmpq_mat]) -> list[fmpq_mat]:
    """Return the factors, their product, and W_1^T W_1."""
    return [*factors, product(factors), factors[0].transpose() * factors[0]]


def measure_exact(point: ExactPoint) -> Groups:
    """The factors, their product, and W_1^T W_1."""
    return [matrix.entries() for matrix in groups(point.factors)]


def measure_pullback(point: ExactPoint, step: fmpq, digits: int) -> Groups:
    """How these move where frames turn by Cayley transforms and Sigma^(1/N) stretches."""

    def moved(h: fmpq) -> list[fmpq_mat]:
        moving = zip(point.frames, turns(point), strict=True)
        frames = [Q * cayley(turn * h) for Q, turn in moving]
        middle = diagonal(point.roots) + stretches(point) * h
        return groups([after * middle * Q.transpose() for Q, after in pairwise(frames)])

    a, b, c, e = (moved(step * k) for k in (1, -1, fmpq(1, 2), fmpq(-1, 2)))
    slopes = (((r - s) * 8 - (p - q)) / (6 * step) for p, q, r, s in zip(a, b, c, e, strict=True))
    return [slope.entries() for slope in slopes]


# --- stated ---------------------------------------------------------------------------------------


def stated(parts: Parts, point: ExactPoint) -> list[Dual]:
    """Return the same as it is stated, with how it moves."""
    depth, still = int(point.depth), fmpq_mat(point.width, point.width)
    frames = [turned(Q, turn) for Q, turn in zip(point.frames, turns(point), strict=True)]
    middle = Dual(diagonal(point.roots), stretches(point))
    factors = [after * middle * Q.transpose() for Q, after in pairwise(frames)]
    own = [Q * middle * Q.transpose() for Q in frames]  # (W_j^T W_j)^(1/2)
    polar, below, towers = own[0], Dual(identity(point.width), still), []
    for j in range(depth + 1):
        towers.append(reduce(mul, [polar.inverse()] * j, below))
        below = factors[j] * below if j < depth else below
    other = Dual(choice(point), still)
    common = {
        SHARED: polar,
        POLAR_POWER: reduce(mul, [polar] * depth),
        LAST: towers[-1],
        FIRST: frames[0] * other,
        FIRST_T: (frames[0] * other).transpose(),
        SYMMETRIC: other.transpose() * middle * other,
    }
    found = [
        _at(
            parts["factor"],
            {
                **common,
                TURN: here,
                TURN_T: here.transpose(),
                TURN_BEFORE: before,
                TURN_BEFORE_T: before.transpose(),
                POLAR_BEFORE: root,
            },
        )
        for (before, here), root in zip(pairwise(towers), own[:-1], strict=True)
    ]
    square = _at(parts["polar"], common)
    return [*found, _at(parts["product"], common), square * square]


def _at(side: object, values: dict[Letter, Dual]) -> Dual:
    assert isinstance(side, Expression)
    found = side.at(values)
    assert isinstance(found, Dual)
    return found


def predict_exact(parts: Parts, point: ExactPoint) -> Groups:
    """Return the factors, their product, and the square of P."""
    return [matrix.value.entries() for matrix in stated(parts, point)]


def predict_pullback(parts: Parts, point: ExactPoint) -> Groups:
    """Return how these move."""
    return [matrix.derivative.entries() for matrix in stated(parts, point)]


# --- other towers ---------------------------------------------------------------------------------


class Tower(NamedTuple):
    """Factors, and what their product is to be."""

    factors: list[fmpq_mat]
    product: fmpq_mat


def other_tower(point: ExactPoint) -> Tower:
    """Return the tower of a symmetric matrix that is neither diagonal nor positive."""
    some, frames = generic(point.width), point.frames
    X = some + some.transpose() - identity(point.width) * 3
    factors = [after * X * Q.transpose() for Q, after in pairwise(frames)]
    return Tower(factors, frames[-1] * X ** int(point.depth) * frames[0].transpose())


def imbalance(found: Tower) -> list[fmpq]:
    """Return by how much neighbours do not balance, and the product is another."""
    pairs = pairwise(found.factors)
    off = [after.transpose() * after - W * W.transpose() for W, after in pairs]
    return [x for D in (*off, product(found.factors) - found.product) for x in D.entries()]


def stretched(found: Tower) -> list[Tower]:
    """The tower with one factor twice what it is."""
    first, *others = found.factors
    return [Tower([first * 2, *others], found.product)]


def moving(point: ExactPoint) -> bool:
    """Whether differences are truncated: a number moves by a factor, as its roots do."""
    return point.width > 1 or point.depth > 4


CHECKS = (
    ExactCheck(
        COVERS,
        measure_exact,
        predict_exact,
        questions=(
            Question(
                "the imbalance of the factors $R_jXR_{j-1}^T$, or what their product is less",
                other_tower,
                imbalance,
                stretched,
            ),
        ),
    ),
    ConvergentCheck(COVERS, measure_pullback, predict_pullback, truncates=moving),
)
