"""Numeric checks of Theorem 1.1: the volume form of g^N."""

from flint import fmpq

from dlnproof.numeric.exact_geometry import sum_operator, svd_differential
from dlnproof.numeric.points import ExactPoint
from dlnproof.numeric.predictions import Parts, product_value
from dlnproof.run.check import ExactCheck, Groups

COVERS = frozenset({"form"})


def measure_exact(point: ExactPoint) -> Groups:
    """det(J)^2 / det(A), with J the exact differential of the SVD and A from the factors; and +1.

    This is the squared density of g^N = A^(-1) in the coordinates (Sigma, U, V); a density is not
    negative.
    """
    A = sum_operator(point) * fmpq(1, int(point.depth))
    return [[svd_differential(point).det() ** 2 / A.det()], [fmpq(1)]]


def predict_exact(parts: Parts, point: ExactPoint) -> Groups:
    """The square of the closed form, and its sign."""
    form = product_value(parts["form"], point)
    return [[form**2], [fmpq(1 if form >= 0 else -1)]]


CHECKS = (ExactCheck(COVERS, measure_exact, predict_exact),)
