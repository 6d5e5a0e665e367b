"""Checks of straight lines of balanced factors, at a point and along a curve of towers."""

from collections.abc import Sequence
from functools import reduce
from itertools import pairwise
from operator import mul
from typing import NamedTuple, TypeVar

from flint import fmpq, fmpq_mat

from dlnproof.claims.check import (
    ConvergentCheck,
    ExactCheck,
    Groups,
    Question,
    deep_and_narrow,
    deeper_than_one,
)
from dlnproof.core.expression import Expression, Letter
from dlnproof.core.spectrum import (
    ALONG,
    ALONG_T,
    FRAME,
    FRAME_BEFORE_T,
    FRAME_T,
    JOINT,
    JOINT_T,
    POWER_AFTER,
    POWER_BEFORE,
    POWER_LESS,
    SHARED,
)
from dlnproof.numeric.exact.exact_geometry import Dual, turned
from dlnproof.numeric.exact.gradient import lift
from dlnproof.numeric.exact.matrices import generic, product
from dlnproof.numeric.exact.points import ExactPoint, cayley, diagonal, identity
from dlnproof.numeric.exact.predictions import Parts

COVERS = frozenset({"lift", "defect", "square", "commuted", "speed", "last"})
STEP = fmpq(1, 3)
"""How far along the line."""
Some = TypeVar("Some", fmpq_mat, Dual)


def turns(point: ExactPoint) -> list[fmpq_mat]:
    """Return skew matrices by which the frames R_0, ..., R_N turn."""
    some = generic(point.width)
    skew = some - some.transpose()
    return [skew * fmpq(1, j + 1) for j in range(len(point.frames))]


def basis(point: ExactPoint) -> fmpq_mat:
    """Return the orthogonal O of P = O^T Sigma^(1/N) O, with R_j = Q_j O."""
    return cayley(turns(point)[0] * 2)


def kinds(point: ExactPoint) -> list[int]:
    """Return which of the distinct singular values each of them is."""
    distinct = sorted(set(point.roots), reverse=True)
    return [distinct.index(t) for t in point.roots]


def stretches(point: ExactPoint) -> fmpq_mat:
    """Return how Sigma^(1/N) moves: equal values alike."""
    pairs = zip(point.roots, kinds(point), strict=True)
    return diagonal(tuple(t / (k + 2) for t, k in pairs))


def commuting(point: ExactPoint) -> fmpq_mat:
    """Return a normal matrix that commutes with P: skew but for a multiple of I, on each space."""
    found, which = fmpq_mat(point.width, point.width), kinds(point)
    for i, k in enumerate(which):
        for l, other in enumerate(which):
            if k == other:
                found[i, l] = fmpq(k + 2) if i == l else fmpq(l - i)
    return basis(point).transpose() * found * basis(point)


def of_joint(P: Some, K: Some, below: int, after: int) -> Some:
    """Return P^a K P^b."""
    return reduce(mul, [P] * below + [K] + [P] * after)


# --- measured -------------------------------------------------------------------------------------


class Tower(NamedTuple):
    """Frames R_0, ..., R_N, and P."""

    frames: Sequence[fmpq_mat]
    P: fmpq_mat

    @property
    def factors(self) -> list[fmpq_mat]:
        """The factors R_j P R_{j-1}^T."""
        return [after * self.P * R.transpose() for R, after in pairwise(self.frames)]

    def moved(self, K: fmpq_mat, step: fmpq = STEP) -> list[fmpq_mat]:
        """Return the factors some way along the horizontal direction of R_N K R_0^T."""
        ways = lift(self.factors, self.frames[-1] * K * self.frames[0].transpose())
        return [W + H * step for W, H in zip(self.factors, ways, strict=True)]


def tower(point: ExactPoint, h: fmpq = fmpq(0)) -> Tower:  # noqa: B008 - a number
    """Return the tower of the point, whose frames turn and whose P stretches with h."""
    O = basis(point)
    moving = zip(point.frames, turns(point), strict=True)
    frames = [Q * cayley(turn * h) * O for Q, turn in moving]
    return Tower(frames, O.transpose() * (diagonal(point.roots) + stretches(point) * h) * O)


def unbalance(factors: Sequence[fmpq_mat]) -> list[fmpq_mat]:
    """Return W_{j+1}^T W_{j+1} - W_j W_j^T for each joint."""
    return [after.transpose() * after - W * W.transpose() for W, after in pairwise(factors)]


def measured(point: ExactPoint, at: Tower) -> list[list[fmpq_mat]]:
    """The direction, the defect; of a commuting matrix K^T K, K P and the product; of two factors.

    The last is the product along the line, in the direction of any matrix.
    """
    some, K = generic(point.width), commuting(point)
    way = lift(at.factors, at.frames[-1] * some * at.frames[0].transpose())
    two = Tower(at.frames[:3], at.P)
    return [
        list(way),
        [D * (1 / STEP**2) for D in unbalance(at.moved(some))],
        [K.transpose() * K],
        [K * at.P],
        [product(at.moved(K))],
        [product(two.moved(some))],
    ]


# --- stated ---------------------------------------------------------------------------------------


def stated(parts: Parts, point: ExactPoint) -> list[list[Dual]]:
    """Return the same as it is stated, with how it moves."""
    depth, size = int(point.depth), point.width
    still, one = fmpq_mat(size, size), identity(size)

    def fixed(matrix: fmpq_mat) -> Dual:
        return Dual(matrix, still)

    O = fixed(basis(point))
    R = [turned(Q, turn) * O for Q, turn in zip(point.frames, turns(point), strict=True)]
    P = O.transpose() * Dual(diagonal(point.roots), stretches(point)) * O
    some, K, s = fixed(generic(size)), fixed(commuting(point)), fixed(one * STEP)

    def powers(exponent: int) -> Dual:
        return reduce(mul, [P] * exponent, fixed(one))

    def at(name: str, along: Dual, j: int = 1) -> Dual:
        part, joint = parts[name], along
        if j < depth:
            joint = of_joint(P, along, depth - 1 - j, j - 1)
        assert isinstance(part, Expression)
        values: dict[Letter, Dual] = {
            FRAME: R[j],
            FRAME_T: R[j].transpose(),
            FRAME_BEFORE_T: R[j - 1].transpose(),
            SHARED: P,
            POWER_AFTER: powers(depth - j),
            POWER_BEFORE: powers(j - 1),
            POWER_LESS: powers(depth - 1),
            ALONG: along,
            ALONG_T: along.transpose(),
            JOINT: joint,
            JOINT_T: joint.transpose(),
        }
        found = part.at(values)
        assert isinstance(found, Dual)
        return found

    step, unit = P + s * at("speed", K), fixed(one)
    whole = R[-1] * reduce(mul, [step] * depth) * R[0].transpose()
    both = (unit + s * some) * P * P * (unit + s * at("last", some))
    return [
        [at("lift", some, j) for j in range(1, depth + 1)],
        [at("defect", some, j) for j in range(1, depth)],
        [at("square", K)],
        [at("commuted", K)],
        [whole],
        [R[2] * both * R[0].transpose()],
    ]


# --- both -----------------------------------------------------------------------------------------


def measure_exact(point: ExactPoint) -> Groups:
    """What is measured, at the point."""
    return [[x for M in group for x in M.entries()] for group in measured(point, tower(point))]


def predict_exact(parts: Parts, point: ExactPoint) -> Groups:
    """What is stated, at the point."""
    return [[x for M in group for x in M.value.entries()] for group in stated(parts, point)]


def measure_pullback(point: ExactPoint, step: fmpq, digits: int) -> Groups:
    """How what is measured moves with the tower: of K^T K, which does not, the value."""
    ends = [measured(point, tower(point, step * k)) for k in (1, -1, fmpq(1, 2), fmpq(-1, 2))]
    groups = []
    for a, b, c, e in zip(*ends, strict=True):
        slopes = (
            ((r - t) * 8 - (p - q)) / (6 * step) for p, q, r, t in zip(a, b, c, e, strict=True)
        )
        groups.append([x for slope in slopes for x in slope.entries()])
    groups[2] = ends[0][2][0].entries()
    return groups


def predict_pullback(parts: Parts, point: ExactPoint) -> Groups:
    """How what is stated moves."""
    found = stated(parts, point)
    groups: list[list[fmpq]] = [
        [x for M in group for x in M.derivative.entries()] for group in found
    ]
    groups[2] = found[2][0].value.entries()
    return groups


# --- lines that are straight, and one that is not -------------------------------------------------


def lines(point: ExactPoint) -> list[list[fmpq_mat]]:
    """Return factors along lines of a commuting normal matrix; of any normal one, for two."""
    at, rotation = tower(point), cayley(turns(point)[0] * 3)
    two = Tower(at.frames[:3], at.P)
    return [at.moved(commuting(point)), two.moved(rotation)]


def off(found: list[list[fmpq_mat]]) -> list[fmpq]:
    """Return by how much neighbours do not balance."""
    return [x for factors in found for D in unbalance(factors) for x in D.entries()]


def bent(found: list[list[fmpq_mat]]) -> list[list[list[fmpq_mat]]]:
    """The lines with one factor twice what it is."""
    (first, *others), *rest = found
    return [[[first * 2, *others], *rest]]


def moving(point: ExactPoint) -> bool:
    """Whether differences are truncated: those of numbers are of polynomials of some degree."""
    return point.width > 1 or point.depth > 2


CHECKS = (
    ExactCheck(
        COVERS,
        measure_exact,
        predict_exact,
        visits=deeper_than_one,
        questions=(
            Question(
                "the imbalance along the line of a normal $K$ that commutes with $P$, or of any "
                "normal one for two factors",
                lines,
                off,
                bent,
            ),
        ),
    ),
    ConvergentCheck(
        COVERS, measure_pullback, predict_pullback, visits=deep_and_narrow, truncates=moving
    ),
)
