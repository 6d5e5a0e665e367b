"""The density of the volume of g^N in the coordinates of the singular value decomposition."""

from typing import Final

from flint import arb, fmpq

from dlnproof.core.product import PairProduct
from dlnproof.core.spectrum import I, L, N
from dlnproof.numeric.exact.points import ExactPoint
from dlnproof.numeric.exact.predictions import product_value
from dlnproof.numeric.exact.pullback import density_pullback
from dlnproof.quantities.metric import INVERSE, SUM_INVERSE, density, sum_determinant
from dlnproof.quantities.quantity import MEASURE, Pullback, Quantity, Root, W
from dlnproof.quantities.svd_jacobian import jacobian


def form(point: ExactPoint) -> fmpq:
    """Return |det J| sqrt(det g^N), J the differential of (Sigma, U, V) -> U Sigma V^T."""
    return jacobian(point) * density(point)


def _scale(point: ExactPoint) -> fmpq:
    """Return the density with sums in place of differences."""
    sums = PairProduct(pair=N * (I.root**2 + L.root**2), index=I.root / I.sigma)
    return product_value(sums, point)


def _squared(point: ExactPoint, step: fmpq, digits: int) -> arb:
    return density_pullback(point, step, digits).squared / _scale(point) ** 2


def varies(point: ExactPoint) -> bool:
    """Whether a density is neither 0, as where values coincide, nor 1, as at N = d = 1."""
    return point.distinct and (point.depth, point.width) != (1, 1)


VOLUME_FORM: Final = Quantity(
    "volume-form",
    r"$\sqrt{\det g^{N}}\,dW / (d\Sigma\,dU\,dV)$",
    r"the density of the volume of $g^{N}$ with respect to $d\Sigma\,dU\,dV$, in the coordinates "
    rf"$W=U\Sigma V^{{T}}$; {INVERSE}",
    (W, MEASURE),
    exact=form,
    pullback=Pullback(_squared, varies, power=2),
    scale=_scale,
    floats="log_volume_form",
    sympy="volume_form",
)


def _sum_squared(point: ExactPoint) -> fmpq:
    return jacobian(point) ** 2 * sum_determinant(point)


SUM_VOLUME_FORM: Final = Quantity(
    "submersion-volume-form",
    r"$\sqrt{\det g}\,dW / (d\Sigma\,dU\,dV)$, $g=(d\phi\,d\phi^{*})^{-1}$",
    r"the density with respect to $d\Sigma\,dU\,dV$, in the coordinates $W=U\Sigma V^{T}$, of the "
    f"volume of the metric that is {SUM_INVERSE}",
    (W, MEASURE),
    root=Root(
        Quantity("submersion-volume-form-squared", "", "its square", exact=_sum_squared), degree=2
    ),
)
