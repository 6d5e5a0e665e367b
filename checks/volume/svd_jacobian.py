"""A check of the SVD's Jacobian of its own: the Gaussian integral over all matrices, in balls."""

from collections.abc import Sequence

from flint import arb, fmpq

from dlnproof.claims.check import EnclosureCheck, Groups, Parts
from dlnproof.numeric.exact.gaussian import MOST, chamber_integral, orthogonal_group_volume
from dlnproof.numeric.exact.points import ExactPoint, PointKey


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
    EnclosureCheck(
        frozenset({"jacobian"}), measure_gaussian, predict_gaussian, visits=once_per_width
    ),
)
