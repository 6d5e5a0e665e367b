"""Numeric checks of the gradient of the volume density: along u_i v_i^T, where sigma_i moves."""

from collections.abc import Sequence

from flint import arb, fmpq

from dlnproof.claims.check import ConvergentCheck, ExactCheck, Groups
from dlnproof.core.side import Side
from dlnproof.language.precision import bits_of, working_precision
from dlnproof.numeric.exact.points import ExactPoint, PointKey, Stratum
from dlnproof.numeric.exact.predictions import Parts, over_pairs
from dlnproof.numeric.exact.pullback import determinant_pullback
from dlnproof.numeric.exact.slopes import slopes
from dlnproof.numeric.exact.stencil import working_digits
from dlnproof.quantities.gradients import density_slope

COVERS = frozenset({"own", "first", "second"})
COINCIDENT = (Stratum.PAIR, Stratum.EQUAL)


def distinct(keys: Sequence[PointKey]) -> list[PointKey]:
    """Return the points whose singular values differ."""
    return [key for key in keys if key.stratum not in COINCIDENT]


def narrow(keys: Sequence[PointKey]) -> list[PointKey]:
    """Return some of them: each is many determinants, and of close values only rounding is seen."""
    far = [key for key in distinct(keys) if key.stratum is not Stratum.NEAR]
    return [key for key in far if key.sign == 1 and key.width < 4 and key.depth < 5]


def measure_exact(point: ExactPoint) -> Groups:
    """The derivative of log sqrt(det g^N) by each sigma_i, by dual numbers."""
    return [[density_slope(point, i) for i in range(point.width)]]


def measure_pullback(point: ExactPoint, step: fmpq, digits: int) -> Groups:
    """The same by finite differences of what finite differences in factor space give."""

    def log_density(at: ExactPoint) -> arb:
        return determinant_pullback(at, step, 2 * digits).log() / 2

    with working_precision(bits_of(2 * working_digits(point, digits))):
        return [list(slopes(log_density, point, step))]


def by_value(parts: Parts, own: Side, point: ExactPoint) -> Groups:
    """What sigma_i adds alone, and what it adds with each other value."""
    first, second = (over_pairs(parts[name], own, point) for name in ("first", "second"))
    d = range(point.width)
    return [[sum((first[i][l] if i <= l else second[l][i] for l in d), fmpq(0)) for i in d]]


def predict(parts: Parts, point: ExactPoint) -> Groups:
    """Of the density."""
    return by_value(parts, parts["own"], point)


CHECKS = (
    ExactCheck(COVERS, measure_exact, predict, visits=distinct),
    ConvergentCheck(
        COVERS,
        measure_pullback,
        predict,
        truncates=lambda point: point.depth != 1,
        visits=narrow,
    ),
)
