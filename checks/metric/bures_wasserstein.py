"""Checks at positive semidefinite matrices: the operator, and the metric of two factors."""

from collections.abc import Sequence
from dataclasses import replace

from flint import arb, arb_mat, fmpq, fmpq_mat

from dlnproof.claims.check import ConvergentCheck, ExactCheck, Groups
from dlnproof.language.precision import bits_of, working_precision
from dlnproof.numeric.exact.exact_geometry import kronecker
from dlnproof.numeric.exact.matrices import generic, trace
from dlnproof.numeric.exact.points import ExactPoint, PointKey, diagonal, identity
from dlnproof.numeric.exact.predictions import Parts
from dlnproof.numeric.exact.pullback import metric_pullback, operator_pullback
from dlnproof.numeric.exact.stencil import working_digits
from dlnproof.quantities.operator import mean_operator

from .riemannian_cone import column, metric, value

OF_TWO = frozenset({"half", "weight"})
COVERS = OF_TWO | {"share", "cross"}
TIME = fmpq(1, 3)


def definite(point: ExactPoint) -> ExactPoint:
    """Return the point with U = V: its W is positive definite."""
    return replace(point, frames=(*point.frames[:-1], point.V))


def moved(W: fmpq_mat, X: fmpq_mat) -> fmpq_mat:
    """Return W X + X W."""
    return W * X + X * W


def some(point: ExactPoint) -> tuple[fmpq_mat, fmpq_mat]:
    """Return a matrix X and a symmetric one."""
    X = generic(point.width)
    return X, X + X.transpose()


def measure_exact(point: ExactPoint) -> Groups:
    """The operator; of two factors it, two inner products; a matrix on the path."""
    at = definite(point)
    (X, K), W, operator = some(at), at.W, mean_operator(at).entries()
    two: Groups = [[], []]
    if point.depth == 2:
        pairs = ((X.transpose(), moved(W, X)), (moved(W, K), moved(W, K)))
        g, half = metric(at), fmpq(1, 2)
        inner = [(column(one).transpose() * g * column(other))[0, 0] * half for one, other in pairs]
        two = [operator, inner]
    straight = identity(at.width) + K * TIME
    return [operator, *two, (straight * W * straight).entries()]


def predict_exact(parts: Parts, point: ExactPoint) -> Groups:
    """The same as it is stated."""
    at, depth = definite(point), int(point.depth)
    root = at.V * diagonal(at.roots) * at.V.transpose()
    (X, K), W, one = some(at), at.W, identity(at.width)
    terms = [
        kronecker(root ** (2 * (j - 1)), root ** (2 * (depth - j))) for j in range(1, depth + 1)
    ]
    whole = sum(terms[1:], terms[0]) * value(parts, "share", point)
    two: Groups = [[], []]
    if depth == 2:
        lyapunov = (kronecker(one, W) + kronecker(W, one)) * value(parts, "half", point)
        weight = value(parts, "weight", point)
        two = [lyapunov.entries(), [weight * trace(X * X) / 2, weight * trace(K * W * K)]]
    end, cross = one + K, value(parts, "cross", point) * TIME * (1 - TIME)
    path = W * (1 - TIME) ** 2 + end * W * end * TIME**2 + (W * end + end * W) * cross / 2
    return [whole.entries(), *two, path.entries()]


def two_factors(keys: Sequence[PointKey]) -> Sequence[PointKey]:
    """Return the points of two factors."""
    return [key for key in keys if key.depth == 2]


def measure_pullback(point: ExactPoint, step: fmpq, digits: int) -> Groups:
    """The operator, and a squared length, by finite differences in factor space."""
    at = definite(point)
    z = column(moved(at.W, some(at)[1]))
    with working_precision(bits_of(working_digits(at, digits))):
        g = metric_pullback(at, step, digits)
        square = (arb_mat(z.transpose()) * g * arb_mat(z))[0, 0] / 2
        return [(operator_pullback(at, step, digits) / 2).entries(), [arb(square)]]


def predict_pullback(parts: Parts, point: ExactPoint) -> Groups:
    """The same as it is stated."""
    at = definite(point)
    K, W, one = some(at)[1], at.W, identity(at.width)
    lyapunov = (kronecker(one, W) + kronecker(W, one)) * value(parts, "half", point)
    return [lyapunov.entries(), [value(parts, "weight", point) * trace(K * W * K)]]


CHECKS = (
    ExactCheck(COVERS, measure_exact, predict_exact),
    ConvergentCheck(OF_TWO, measure_pullback, predict_pullback, visits=two_factors),
)
"""The operator, the metric and a path, at W = V Sigma V^T."""
