"""Numeric checks of the gradient of the entropy: along u_i v_i^T, where sigma_i moves."""

from flint import arb, fmpq

from dlnproof.claims.check import ConvergentCheck, ExactCheck, Groups
from dlnproof.core.expression import Number
from dlnproof.language.precision import bits_of, working_precision
from dlnproof.numeric.exact.points import ExactPoint
from dlnproof.numeric.exact.predictions import Parts
from dlnproof.numeric.exact.slopes import slopes
from dlnproof.numeric.exact.stencil import working_digits
from dlnproof.quantities.gradients import entropy_slope, fibred
from dlnproof.quantities.orbit import squared_differences

from ..volume.volume_gradient import by_value, distinct, narrow

COVERS = frozenset({"first", "second"})


def measure_exact(point: ExactPoint) -> Groups:
    """The derivative of log vol(O_W) by each sigma_i, by dual numbers."""
    return [[entropy_slope(point, i) for i in range(point.width)]]


def measure_pullback(point: ExactPoint, step: fmpq, digits: int) -> Groups:
    """The same by finite differences of what finite differences in factor space give."""

    def entropy(at: ExactPoint) -> arb:
        return squared_differences(at, step, 2 * digits).log() / 2 if fibred(at) else arb(0)

    with working_precision(bits_of(2 * working_digits(point, digits))):
        return [list(slopes(entropy, point, step))]


def predict(parts: Parts, point: ExactPoint) -> Groups:
    """What sigma_i adds with each other value; alone it adds nothing."""
    return by_value(parts, Number(0), point)


CHECKS = (
    ExactCheck(COVERS, measure_exact, predict, visits=distinct),
    ConvergentCheck(COVERS, measure_pullback, predict, truncates=fibred, visits=narrow),
)
