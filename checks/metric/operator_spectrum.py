"""Numeric checks of the spectrum of A_{N,W}."""

from flint import arb_mat, fmpq

from dlnproof.claims.check import ConvergentCheck, ExactCheck, Groups
from dlnproof.core.precision import bits_of, working_precision
from dlnproof.numeric.exact.exact_geometry import (
    eigenvalue_sizes,
    eigenvectors,
    pivots,
    sum_operator,
)
from dlnproof.numeric.exact.points import ExactPoint, diagonal
from dlnproof.numeric.exact.predictions import Parts, in_order, over_pairs
from dlnproof.numeric.exact.pullback import operator_pullback
from dlnproof.numeric.exact.stencil import working_digits

COVERS = frozenset({"distinct", "coincident"})


def measure_exact(point: ExactPoint) -> Groups:
    """A in the basis of the u_i v_l^T; then A - A^T, and how many of its pivots are positive."""
    A = sum_operator(point) * fmpq(1, int(point.depth))
    K = eigenvectors(point)
    skew = (A - A.transpose()).entries()
    definite = fmpq(sum(p > 0 for p in pivots(A)))
    return [(K.transpose() * A * K).entries(), skew, [definite]]


def predict_exact(parts: Parts, point: ExactPoint) -> Groups:
    """The diagonal matrix of the lambda_il; then zero, and d^2 positive pivots."""
    eigenvalues = in_order(over_pairs(parts["distinct"], parts["coincident"], point))
    size = len(eigenvalues)
    spectrum = diagonal(tuple(eigenvalues))
    return [spectrum.entries(), [fmpq(0)] * size**2, [fmpq(size)]]


def measure_pullback(point: ExactPoint, step: fmpq, digits: int) -> Groups:
    """N A_{N,W} from finite differences in factor space, in the basis of the u_i v_l^T.

    In units of the eigenvalues' sizes.
    """
    operator = operator_pullback(point, step, digits)
    # small eigenvalues are what is left of large ones
    with working_precision(bits_of(working_digits(point, digits))):
        sizes = diagonal(tuple(1 / size for size in eigenvalue_sizes(point)))
        basis = arb_mat(eigenvectors(point) * sizes)
        return [(basis.transpose() * operator * basis).entries()]


def predict_pullback(parts: Parts, point: ExactPoint) -> Groups:
    """The diagonal matrix of the N lambda_il, in the same units."""
    eigenvalues = in_order(over_pairs(parts["distinct"], parts["coincident"], point))
    relative = [x / size**2 for x, size in zip(eigenvalues, eigenvalue_sizes(point), strict=True)]
    return [(diagonal(tuple(relative)) * int(point.depth)).entries()]


CHECKS = (
    ExactCheck(COVERS, measure_exact, predict_exact),
    ConvergentCheck(
        COVERS,
        measure_pullback,
        predict_pullback,
        truncates=lambda point: point.depth > 1,  # phi is the identity at N = 1
    ),
)
