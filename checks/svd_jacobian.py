"""Numeric checks of the Jacobian of (Sigma, U, V) -> U Sigma V^T."""

from flint import arb, fmpq

from dlnproof.numeric.exact_geometry import svd_differential
from dlnproof.numeric.gaussian import MOST, chamber_integral, orthogonal_group_volume
from dlnproof.numeric.points import ExactPoint, PointKey, Stratum
from dlnproof.numeric.predictions import Parts, product_value
from dlnproof.run.check import EnclosureCheck, ExactCheck, Groups

COVERS = frozenset({"jacobian"})


def measure_exact(point: ExactPoint) -> Groups:
    """The absolute value of the determinant of the exact differential."""
    return [[abs(svd_differential(point).det())]]


def predict(parts: Parts, point: ExactPoint) -> Groups:
    """The closed form."""
    return [[product_value(parts["jacobian"], point)]]


def once_per_width(key: PointKey) -> bool:
    """Whether the Gaussian integral, which depends on the width only, is done at this point."""
    return key.width <= MOST and (key.stratum, key.sign, key.index) == (Stratum.SIMPLE, 1, 0)


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
    EnclosureCheck(
        COVERS,
        measure_gaussian,
        predict_gaussian,
        reach=lambda digits: fmpq(1, 10 ** (digits // 2)),
        applies=once_per_width,
    ),
)
