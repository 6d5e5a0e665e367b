"""Numeric checks of the inverse at infinite depth, in balls."""

from flint import acb, arb, fmpq

from dlnproof.claims.check import ConvergentCheck, EnclosureCheck, Groups
from dlnproof.claims.limits.kubo_mori import CLAIM
from dlnproof.claims.measured import enclosed
from dlnproof.core.expression import Expression
from dlnproof.numeric.exact.matrices import generic
from dlnproof.numeric.exact.points import ExactPoint
from dlnproof.numeric.exact.predictions import Parts, over_pairs

from . import infinite_depth
from .infinite_depth import OF_LIMIT, from_eigenvalues

STATED = enclosed(CLAIM.quantities)


def integrated_resolvents(point: ExactPoint) -> list[arb]:
    """Enclose int_0^1 ds / ((1 - s + s sigma_i^2) (1 - s + s sigma_l^2)) for all i and l."""

    def integral(p: fmpq, q: fmpq) -> arb:
        def integrand(s: acb, _: bool) -> acb:
            return 1 / ((1 - s + s * p) * (1 - s + s * q))

        return acb.integral(integrand, 0, 1).real

    squares = [sigma * sigma for sigma in point.sigma]
    found = {(p, q): integral(p, q) for p in squares for q in squares if p >= q}
    return [found[max(p, q), min(p, q)] for p in squares for q in squares]


def measure_enclosed(point: ExactPoint) -> Groups:
    """The integral of the resolvents; the reciprocals of the eigenvalues."""
    found = iter(integrated_resolvents(point))
    table = [[next(found) for _ in range(point.width)] for _ in range(point.width)]
    whole = from_eigenvalues(point, table, generic(point.width))
    return [whole.entries(), *STATED.measure(point)]


def predict_enclosed(parts: Parts, point: ExactPoint) -> Groups:
    """The same from the closed forms."""
    table = over_pairs(parts["distinct"], parts["coincident"], point)
    whole = from_eigenvalues(point, table, generic(point.width))
    return [whole.entries(), *STATED.predict(parts, point)]


def predict_limit(parts: Parts, point: ExactPoint) -> Groups:
    """The limit from factor space, of which the stated are the reciprocals."""
    turned = {}
    for name, value in parts.items():
        assert isinstance(value, Expression)
        turned[name] = 1 / value
    return infinite_depth.predict_limit(turned, point)


CHECKS = (
    EnclosureCheck(STATED.covers, measure_enclosed, predict_enclosed),
    ConvergentCheck(STATED.covers, infinite_depth.measure_limit, predict_limit, **OF_LIMIT),
)
