"""What the spectrum of A_{N,W} is checked by beside its eigenvalues: symmetry and positivity."""

from flint import fmpq

from dlnproof.claims.measured import exact
from dlnproof.claims.metric.operator_spectrum import CLAIM
from dlnproof.numeric.exact.exact_geometry import pivots
from dlnproof.numeric.exact.points import ExactPoint
from dlnproof.quantities.operator import mean_operator


def asymmetry(point: ExactPoint) -> fmpq:
    """The largest entry of A - A^T."""
    A = mean_operator(point)
    return max(abs(x) for x in (A - A.transpose()).entries())


def not_positive(point: ExactPoint) -> fmpq:
    """How many of the d^2 pivots of A are not positive."""
    return point.width**2 - fmpq(sum(p > 0 for p in pivots(mean_operator(point))))


CHECKS = (exact(CLAIM.quantities, (asymmetry, not_positive)),)
