"""Numeric checks of the metric along singular values and singular vectors."""

from itertools import combinations

from flint import arb_mat, fmpq, fmpq_mat

from dlnproof.claims.check import ConvergentCheck, ExactCheck, Groups, narrow
from dlnproof.core.expression import Number
from dlnproof.language.precision import bits_of, working_precision
from dlnproof.numeric.exact.exact_geometry import svd_differential
from dlnproof.numeric.exact.points import ExactPoint
from dlnproof.numeric.exact.predictions import Parts, over_pairs
from dlnproof.numeric.exact.pullback import metric_pullback
from dlnproof.numeric.exact.stencil import working_digits
from dlnproof.quantities.operator import deep, mean_operator

COVERS = frozenset({"radial", "together", "apart", "coincident"})


def measure_exact(point: ExactPoint) -> Groups:
    """The inner products of the derivatives of W in sigma_i, in U and in V, by dual numbers."""
    J = svd_differential(point)
    return [(J.transpose() * mean_operator(point).inv() * J).entries()]


def measure_pullback(point: ExactPoint, step: fmpq, digits: int) -> Groups:
    """The same, of the metric by finite differences in factor space."""
    guarded = working_digits(point, digits)
    with working_precision(bits_of(guarded)):
        J = arb_mat(svd_differential(point))
        return [(J.transpose() * metric_pullback(point, step, guarded) * J).entries()]


def predict(parts: Parts, point: ExactPoint) -> Groups:
    """Diagonal in the sigma_i; a block of the turns of U and of V for each pair."""
    d, pairs = point.width, list(combinations(range(point.width), 2))
    radial = over_pairs(parts["radial"], parts["radial"], point)
    together = over_pairs(parts["together"], Number(0), point)  # 0 where they coincide
    apart = over_pairs(parts["apart"], parts["coincident"], point)
    found = fmpq_mat(d * d, d * d)
    for i in range(d):
        found[i, i] = radial[i][i]
    for k, (i, l) in enumerate(pairs, d):
        ends, other = (k, k + len(pairs)), together[i][l] - apart[i][l]
        for end in ends:
            found[end, end] = together[i][l] + apart[i][l]
        found[ends], found[ends[::-1]] = other, other
    return [found.entries()]


CHECKS = (
    ExactCheck(COVERS, measure_exact, predict),
    ConvergentCheck(COVERS, measure_pullback, predict, visits=narrow, truncates=deep),
)
