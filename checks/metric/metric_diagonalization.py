"""Numeric checks of the diagonal form and the determinant of g^N."""

from flint import arb_mat, fmpq

from dlnproof.claims.check import ConvergentCheck, ExactCheck, Groups
from dlnproof.core.precision import bits_of, working_precision
from dlnproof.numeric.exact.exact_geometry import eigenvalue_sizes, eigenvectors, sum_operator
from dlnproof.numeric.exact.points import ExactPoint, diagonal
from dlnproof.numeric.exact.predictions import Parts, Value, in_order, over_pairs, product_value
from dlnproof.numeric.exact.pullback import determinant_pullback, metric_pullback
from dlnproof.numeric.exact.stencil import working_digits

COVERS = frozenset({"entry", "entry_coincident", "determinant"})


def measure_exact(point: ExactPoint) -> Groups:
    """(V kron U)^T g^N (V kron U), g^N the inverse of the operator built from the factors; det."""
    metric = (sum_operator(point) * fmpq(1, int(point.depth))).inv()
    K = eigenvectors(point)
    return [(K.transpose() * metric * K).entries(), [metric.det()]]


def predict_exact(parts: Parts, point: ExactPoint) -> Groups:
    """D^N; then the product."""
    return [diagonal(tuple(_entries(parts, point))).entries(), _determinant(parts, point)]


def measure_pullback(point: ExactPoint, step: fmpq, digits: int) -> Groups:
    """The same from finite differences in factor space, in units of the entries' sizes; det."""
    guarded = working_digits(point, digits)  # small entries are what is left of large ones
    with working_precision(bits_of(guarded)):
        basis = arb_mat(eigenvectors(point) * diagonal(tuple(eigenvalue_sizes(point))))
        metric = basis.transpose() * metric_pullback(point, step, guarded) * basis
    return [metric.entries(), [determinant_pullback(point, step, digits)]]


def predict_pullback(parts: Parts, point: ExactPoint) -> Groups:
    """D^N in the same units; then the product."""
    entries = zip(_entries(parts, point), eigenvalue_sizes(point), strict=True)
    relative = diagonal(tuple(x * size**2 for x, size in entries))
    return [relative.entries(), _determinant(parts, point)]


def _entries(parts: Parts, point: ExactPoint) -> list[Value]:
    return in_order(over_pairs(parts["entry"], parts["entry_coincident"], point))


def _determinant(parts: Parts, point: ExactPoint) -> list[Value]:
    return [product_value(parts["determinant"], point)]


CHECKS = (
    ExactCheck(COVERS, measure_exact, predict_exact),
    ConvergentCheck(
        COVERS,
        measure_pullback,
        predict_pullback,
        truncates=lambda point: point.depth > 1,  # phi is the identity at N = 1
    ),
)
