"""Checks of the metric as a cone: at multiples of W, and along curves of balanced factors."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from flint import arb, arb_mat, fmpq, fmpq_mat

from dlnproof.claims.check import ConvergentCheck, ExactCheck, Groups, narrow
from dlnproof.core.expression import Expression
from dlnproof.language.precision import bits_of, working_precision
from dlnproof.numeric.exact.exact_geometry import Dual, eigenvalue_sizes, eigenvectors, turned
from dlnproof.numeric.exact.gradient import lift
from dlnproof.numeric.exact.matrices import generic, trace
from dlnproof.numeric.exact.points import ExactPoint, cayley, diagonal
from dlnproof.numeric.exact.predictions import Parts, common, sum_over_index
from dlnproof.numeric.exact.pullback import metric_pullback
from dlnproof.numeric.exact.stencil import working_digits
from dlnproof.quantities.operator import mean_operator

ALONG = frozenset({"weight", "radius", "field", "length"})
COVERS = ALONG | {"growth"}
ROOT = fmpq(3, 2)
"""By which the factors are multiplied, and W by its N-th power."""


def larger(point: ExactPoint, by: fmpq = ROOT) -> ExactPoint:
    """Return the point whose factors are multiples."""
    return replace(point, roots=tuple(by * t for t in point.roots))


def column(matrix: fmpq_mat) -> fmpq_mat:
    """Return vec of a matrix, column-major."""
    return fmpq_mat(matrix.nrows() * matrix.ncols(), 1, matrix.transpose().entries())


@lru_cache(maxsize=1)
def metric(point: ExactPoint) -> fmpq_mat:
    """Return the matrix of g^N; every wrong variant is predicted from the same."""
    return mean_operator(point).inv()


def radius(factors: Sequence[fmpq_mat]) -> fmpq:
    """Return |W_1|^2 + ... + |W_N|^2."""
    return sum((trace(W.transpose() * W) for W in factors), fmpq(0))


def growing(point: ExactPoint) -> fmpq_mat:
    """Return how g grows along 2 N W: the factors move by 2 W_j.

    It is quadratic in a multiple of the factors, of which the difference is right to order 4.
    """

    def at(by: fmpq) -> fmpq_mat:
        return metric(larger(point, by)) * by ** (2 * int(point.depth))

    h = fmpq(1, 4)
    a, b, c, e = (at(1 + h * k) for k in (1, -1, fmpq(1, 2), fmpq(-1, 2)))
    return ((c - e) * 8 - (a - b)) * (2 / (6 * h))


# --- by factors -----------------------------------------------------------------------------------


def measure_exact(point: ExactPoint) -> Groups:
    """g at c W; the sum of |W_j|^2, its differential, the length of its gradient; how g grows."""
    depth, w = int(point.depth), column(point.W)
    [square] = (w.transpose() * metric(point) * w).entries()
    return [
        (metric(larger(point)) * ROOT ** (2 * depth)).entries(),
        [radius(point.factors)],
        [2 * x for W in point.factors for x in W.entries()],
        [4 * depth * square],
        growing(point).entries(),
    ]


def predict_exact(parts: Parts, point: ExactPoint) -> Groups:
    """Return the same as it is stated: the differential by what lifts to it."""
    size, field = point.width, value(parts, "field", point)
    image = metric(point) * column(point.W) * (field / int(point.depth))
    covector = fmpq_mat(size, size, image.entries()).transpose()
    return [
        (metric(point) * grown(parts, point)).entries(),
        [sum_over_index(parts["radius"], point)],
        [x for W in lift(point.factors, covector) for x in W.entries()],
        [value(parts, "length", point) * radius(point.factors)],
        (metric(point) * value(parts, "growth", point)).entries(),
    ]


def value(parts: Parts, name: str, point: ExactPoint) -> fmpq:
    """Return what a part is that depends on N alone."""
    part = parts[name]
    assert isinstance(part, Expression)
    found = part.at(common(point))
    assert isinstance(found, fmpq)
    return found


def grown(parts: Parts, point: ExactPoint) -> fmpq:
    """Return c to the weight."""
    return ROOT ** int(int(point.depth) * value(parts, "weight", point))


# --- by finite differences ------------------------------------------------------------------------


def speeds(point: ExactPoint) -> list[fmpq]:
    """Return how fast the logarithms of the roots move."""
    return [fmpq(1, k + 2) for k in range(point.width)]


def turns(point: ExactPoint, j: int) -> fmpq_mat:
    """Return the skew matrix by which the frame Q_j turns."""
    some = generic(point.width)
    return (some - some.transpose()) * fmpq(1, j + 1)


def moved(point: ExactPoint, h: fmpq) -> list[fmpq_mat]:
    """Return factors whose frames turn by Cayley transforms, as their roots stretch likewise."""
    frames = [Q * cayley(turns(point, j) * h) for j, Q in enumerate(point.frames)]
    stretch = [(1 + h * x / 2) / (1 - h * x / 2) for x in speeds(point)]
    middle = diagonal(tuple(t * x for t, x in zip(point.roots, stretch, strict=True)))
    return [after * middle * Q.transpose() for Q, after in pairwise(frames)]


def measure_pullback(point: ExactPoint, step: fmpq, digits: int) -> Groups:
    """g at c W, in units of its size, and of c W itself; how fast the sum of |W_j|^2 moves."""
    depth, big, guarded = int(point.depth), larger(point), working_digits(point, digits)
    with working_precision(bits_of(guarded)):
        basis = arb_mat(eigenvectors(point) * diagonal(tuple(eigenvalue_sizes(big))))
        found = basis.transpose() * metric_pullback(big, step, guarded) * basis
        w = arb_mat(along_radius(big))
        [square] = (w.transpose() * found * w).entries()
        a, b, c, e = (radius(moved(point, step * k)) for k in (1, -1, fmpq(1, 2), fmpq(-1, 2)))
        return [
            found.entries(),
            [4 * depth * square],
            [arb(((c - e) * 8 - (a - b)) / (6 * step))],
        ]


def along_radius(point: ExactPoint) -> fmpq_mat:
    """Return W in the basis in units of the eigenvalues' sizes."""
    d, t = point.width, point.roots
    return fmpq_mat(d * d, 1, [t[i] if i == l else fmpq(0) for l in range(d) for i in range(d)])


def predict_pullback(parts: Parts, point: ExactPoint) -> Groups:
    """Return the same as it is stated."""
    depth = int(point.depth)
    basis = eigenvectors(point) * diagonal(tuple(eigenvalue_sizes(larger(point))))
    scale = grown(parts, point) / ROOT ** (2 * depth)
    stretch = tuple(depth * s * x for s, x in zip(point.sigma, speeds(point), strict=True))
    upper, lower = (turned(point.frames[j], turns(point, j)) for j in (depth, 0))
    moves = (upper * Dual(diagonal(point.sigma), diagonal(stretch)) * lower.transpose()).derivative
    [speed] = (column(point.W).transpose() * metric(point) * column(moves)).entries()
    return [
        (basis.transpose() * metric(point) * basis * scale).entries(),
        [value(parts, "length", point) * sum_over_index(parts["radius"], larger(point))],
        [value(parts, "field", point) / depth * speed],
    ]


CHECKS = (
    ExactCheck(COVERS, measure_exact, predict_exact),
    ConvergentCheck(ALONG, measure_pullback, predict_pullback, visits=narrow),
)
