"""Numeric checks of the Jacobian of (Sigma, U, V) -> U Sigma V^T."""

from collections.abc import Sequence

from flint import arb, fmpq

from dlnproof.claims.check import ConvergentCheck, EnclosureCheck, ExactCheck, Groups
from dlnproof.core.product import PairProduct
from dlnproof.core.spectrum import I, L
from dlnproof.numeric.exact.exact_geometry import svd_differential
from dlnproof.numeric.exact.gaussian import MOST, chamber_integral, orthogonal_group_volume
from dlnproof.numeric.exact.points import ExactPoint, PointKey
from dlnproof.numeric.exact.predictions import Parts, product_value
from dlnproof.numeric.exact.pullback import jacobian_pullback
from dlnproof.numeric.exact.stencil import coarse_steps

COVERS = frozenset({"jacobian"})


def measure_exact(point: ExactPoint) -> Groups:
    """The absolute value of the determinant of the exact differential."""
    return [[abs(svd_differential(point).det())]]


def predict(parts: Parts, point: ExactPoint) -> Groups:
    """The closed form."""
    return [[product_value(parts["jacobian"], point)]]


def size(point: ExactPoint) -> fmpq:
    """The Jacobian with sums in place of differences: the scale on which it may vanish."""
    return product_value(PairProduct(pair=I.sigma**2 + L.sigma**2), point)


def measure_pullback(point: ExactPoint, step: fmpq, digits: int) -> Groups:
    """The squared determinant of the finite differences of U Sigma V^T, in units of the scale."""
    return [[jacobian_pullback(point, step, digits).squared / size(point) ** 2]]


def predict_pullback(parts: Parts, point: ExactPoint) -> Groups:
    """The square of the closed form."""
    return [[(product_value(parts["jacobian"], point) / size(point)) ** 2]]


def once_per_width(keys: Sequence[PointKey]) -> list[PointKey]:
    """Return one point of each width: the Gaussian integral depends on nothing else."""
    first = {key.width: key for key in reversed(keys) if key.width <= MOST}
    return sorted(first.values(), key=lambda key: key.width)


def measure_gaussian(point: ExactPoint) -> Groups:
    """The integral of exp(-|W|^2 / 2) over all d x d matrices."""
    return [[(2 * arb.pi()) ** (fmpq(point.width) ** 2 / 2)]]


def predict_gaussian(parts: Parts, point: ExactPoint) -> Groups:
    """The same integral in the coordinates (Sigma, U, V), which cover each W 2^d times."""
    group = orthogonal_group_volume(point.width)
    spectra = chamber_integral(parts["jacobian"], point.width)
    return [[group * group * spectra / 2**point.width]]


CHECKS = (
    ExactCheck(COVERS, measure_exact, predict),
    ConvergentCheck(
        COVERS,
        measure_pullback,
        predict_pullback,
        truncates=lambda point: point.width > 1 and point.distinct,  # elsewhere 1, or 0
        # W alone is differenced: the steps of a network of depth 1
        ladder=lambda point: coarse_steps(1),
    ),
    EnclosureCheck(
        COVERS,
        measure_gaussian,
        predict_gaussian,
        reach=lambda digits: [fmpq(1, 10 ** (digits // 2))],
        visits=once_per_width,
    ),
)
