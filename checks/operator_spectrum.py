"""Numeric checks of the spectrum of A_{N,W}."""

from flint import fmpq

from dlnproof.numeric.exact_geometry import eigenvectors, pivots, sum_operator
from dlnproof.numeric.points import ExactPoint, diagonal
from dlnproof.numeric.predictions import Parts, in_order, over_pairs
from dlnproof.numeric.pullback import operator_pullback
from dlnproof.numeric.stencil import ORDER, coarse_steps, fine_step, reach
from dlnproof.run.check import ConvergentCheck, ExactCheck, Groups

COVERS = frozenset({"distinct", "coincident"})


def measure_exact(point: ExactPoint) -> Groups:
    """A applied to every u_i v_l^T; then A - A^T, and whether its pivots are positive."""
    A = sum_operator(point) * fmpq(1, int(point.depth))
    skew = (A - A.transpose()).entries()
    definite = fmpq(sum(p > 0 for p in pivots(A)))
    return [(A * eigenvectors(point)).entries(), skew, [definite]]


def predict_exact(parts: Parts, point: ExactPoint) -> Groups:
    """lambda_il u_i v_l^T; then zero, and d^2 positive pivots."""
    size = point.width**2
    eigenvalues = over_pairs(parts["distinct"], parts["coincident"], point)
    columns = eigenvectors(point) * diagonal(tuple(in_order(eigenvalues)))
    return [columns.entries(), [fmpq(0)] * size**2, [fmpq(size)]]


def summed_over_i(point: ExactPoint) -> list[Groups]:
    """The printed sum over i: one reading for each value of j, which it leaves unbound.

    The sum runs over i = 1..N and needs sigma_i, so it has a meaning for N <= d only.
    """
    depth, size, t = int(point.depth), point.width, point.roots
    if depth > size:
        return []
    readings: list[Groups] = []
    for j in range(1, depth + 1):
        total = sum((t[i] ** (2 * (depth - j)) for i in range(depth)), fmpq(0)) / depth
        row = [total * t[l] ** (2 * (j - 1)) for l in range(size)]
        eigenvalues = diagonal(tuple(in_order([row] * size)))
        _, *rest = measure_exact(point)
        readings.append([(eigenvectors(point) * eigenvalues).entries(), *rest])
    return readings


def measure_pullback(point: ExactPoint, step: fmpq, digits: int) -> Groups:
    """N A_{N,W} from finite differences in factor space."""
    return [operator_pullback(point, step, digits).entries()]


def predict_pullback(parts: Parts, point: ExactPoint) -> Groups:
    """(V kron U) diag(N lambda_il) (V kron U)^T."""
    eigenvalues = over_pairs(parts["distinct"], parts["coincident"], point)
    K = eigenvectors(point)
    middle = diagonal(tuple(int(point.depth) * x for x in in_order(eigenvalues)))
    return [(K * middle * K.transpose()).entries()]


CHECKS = (
    ExactCheck(COVERS, measure_exact, predict_exact, printed={"summed-over-i": summed_over_i}),
    ConvergentCheck(
        COVERS,
        measure_pullback,
        predict_pullback,
        order=ORDER,
        ladder=lambda point: coarse_steps(int(point.depth)),
        fine=fine_step,
        reach=reach,
    ),
)
