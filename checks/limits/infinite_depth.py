"""Numeric checks of the infinite-depth limit, in balls."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Final

from flint import arb, arb_mat, fmpq, fmpq_mat

from dlnproof.claims.check import ConvergentCheck, EnclosureCheck, Groups, Number, halving
from dlnproof.claims.limits.infinite_depth import CLAIM
from dlnproof.claims.measured import enclosed
from dlnproof.language.precision import bits_of, working_precision
from dlnproof.numeric.exact.limit_geometry import (
    integrated_determinant,
    integrated_operator,
    operator_from_factors,
    summed_determinant,
)
from dlnproof.numeric.exact.matrices import generic
from dlnproof.numeric.exact.points import ExactPoint
from dlnproof.numeric.exact.predictions import Parts, over_pairs, sum_over_index

DEEP = 1000
"""The depth at which the distance to the limit is enclosed."""


# --- enclosures: A_inf from its defining integral, and the rate -----------------------------------


STATED = enclosed(CLAIM.quantities)


def measure_enclosed(point: ExactPoint) -> Groups:
    """A_inf(Z) entry by entry; the eigenvalues and the density; the rate, which may be 0, and 1."""
    ratio = integrated_determinant(point) / summed_determinant(point, DEEP)
    rate = _rate(point, DEEP * ratio.log() / 2)
    Z = generic(point.width)
    return [integrated_operator(point, Z), *STATED.measure(point), [rate, arb(1)]]


def predict_enclosed(parts: Parts, point: ExactPoint) -> Groups:
    """The same from the closed forms."""
    table = over_pairs(parts["distinct"], parts["coincident"], point)
    rate = arb(sum_over_index(parts["rate"], point))
    Z = from_eigenvalues(point, table, generic(point.width))
    return [Z.entries(), *STATED.predict(parts, point), [rate, arb(1)]]


def _rate(point: ExactPoint, distance: arb) -> arb:
    """Enclose lim N log(form_N / form_inf) from its value at N = DEEP.

    That is the limit plus N/2 sum_il log(sinh(x) / x) with x = (log sigma_i^2 - log sigma_l^2)/2N,
    and 0 <= x^2/6 - log(sinh(x)/x) <= x^4/180 (the product for sinh, factor by factor).
    """
    logs = [level[2] for level in point.levels()]
    squares = [(a - b) * (a - b) / (2 * DEEP) ** 2 for a in logs for b in logs]
    upper = sum((y / 6 for y in squares), arb(0)) * DEEP / 2
    lower = upper - sum((y * y / 180 for y in squares), arb(0)) * DEEP / 2
    return distance - lower.union(upper)


# --- the limit from factor space ----------------------------------------------------------------

LEVELS = 4
"""Depths N, 2N, 4N, 8N are extrapolated to infinity: an error of order (1/N)^4."""


def measure_limit(point: ExactPoint, step: fmpq, digits: int) -> Groups:
    """U^T ((1/N) dphi dphi^*(U P V^T)) V, at balanced factors of W of depths N = 1/step and up.

    Extrapolated, and in units of max(sigma_i, sigma_l)^2.
    """
    with working_precision(bits_of(digits) + 64):
        Z = point.U * generic(point.width) * point.V.transpose()
        depths = [int(1 / step) << k for k in range(LEVELS)]
        column = [operator_from_factors(point, Z, depth) for depth in depths]
        for k in range(1, LEVELS):  # Richardson: each level removes one power of 1/N
            column = [(fine * 2**k - coarse) / (2**k - 1) for coarse, fine in pairwise(column)]
        return [
            _sized(point, (arb_mat(point.U.transpose()) * column[0] * arb_mat(point.V)).table())
        ]


def predict_limit(parts: Parts, point: ExactPoint) -> Groups:
    """lambda_il P_il, in the same units."""
    table = over_pairs(parts["distinct"], parts["coincident"], point)
    inner = generic(point.width).table()
    scaled = [
        [x * y for x, y in zip(*rows, strict=True)] for rows in zip(table, inner, strict=True)
    ]
    return [_sized(point, scaled)]


def _sized(point: ExactPoint, table: Sequence[Sequence[Number]]) -> list[arb]:
    return [
        arb(x) / max(a, b) ** 2
        for row, a in zip(table, point.sigma, strict=True)
        for x, b in zip(row, point.sigma, strict=True)
    ]


def from_eigenvalues(point: ExactPoint, table: Sequence[Sequence[Number]], Z: fmpq_mat) -> arb_mat:
    """Return U (lambda o (U^T Z V)) V^T."""
    inner = point.U.transpose() * Z * point.V
    scaled = [
        [arb(table[i][l]) * inner[i, l] for l in range(point.width)] for i in range(point.width)
    ]
    return arb_mat(point.U) * arb_mat(scaled) * arb_mat(point.V).transpose()


OF_LIMIT: Final[dict[str, Any]] = {
    "order": LEVELS,
    # at W orthogonal, or nearly, every depth has the limit's operator
    "truncates": lambda point: max(abs(s - 1) for s in point.sigma) > fmpq(1, 1000),
    "ladder": halving(16),
    "fine": lambda digits: fmpq(1, 128),
    "reach": lambda digits: fmpq(1, 10**6),
}
"""How the limit from factor space is approached."""

CHECKS = (
    EnclosureCheck(
        STATED.covers | {"rate"},
        measure_enclosed,
        predict_enclosed,
        reach=lambda digits: [fmpq(1, 10 ** (digits // 2))] * 3 + [fmpq(1, 1000)],
    ),
    ConvergentCheck(
        frozenset({"distinct", "coincident"}), measure_limit, predict_limit, **OF_LIMIT
    ),
)
