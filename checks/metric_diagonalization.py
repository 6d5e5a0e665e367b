"""Numeric checks of the diagonal form and the determinant of g^N."""

from flint import fmpq

from dlnproof.numeric.exact_geometry import eigenvectors, sum_operator
from dlnproof.numeric.points import ExactPoint, diagonal
from dlnproof.numeric.predictions import Parts, in_order, over_pairs, product_value
from dlnproof.numeric.pullback import determinant_pullback, metric_pullback
from dlnproof.numeric.stencil import ORDER, coarse_steps, fine_step, reach
from dlnproof.run.check import ConvergentCheck, ExactCheck, Groups

COVERS = frozenset({"entry", "entry_coincident", "determinant"})


def measure_exact(point: ExactPoint) -> Groups:
    """g^N, the inverse of the operator built from the factors; then its determinant."""
    metric = (sum_operator(point) * fmpq(1, int(point.depth))).inv()
    return [metric.entries(), [metric.det()]]


def predict(parts: Parts, point: ExactPoint) -> Groups:
    """(V kron U) D^N (V kron U)^T; then the product."""
    entries = over_pairs(parts["entry"], parts["entry_coincident"], point)
    K = eigenvectors(point)
    metric = K * diagonal(tuple(in_order(entries))) * K.transpose()
    return [metric.entries(), [product_value(parts["determinant"], point)]]


def measure_pullback(point: ExactPoint, step: fmpq, digits: int) -> Groups:
    """g^N from finite differences in factor space; then its determinant."""
    return [
        metric_pullback(point, step, digits).entries(),
        [determinant_pullback(point, step, digits)],
    ]


CHECKS = (
    ExactCheck(COVERS, measure_exact, predict),
    ConvergentCheck(
        COVERS,
        measure_pullback,
        predict,
        order=ORDER,
        ladder=lambda point: coarse_steps(int(point.depth)),
        fine=fine_step,
        reach=reach,
    ),
)
