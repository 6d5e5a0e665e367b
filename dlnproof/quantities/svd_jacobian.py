"""The Jacobian of (Sigma, U, V) -> U Sigma V^T."""

from collections.abc import Sequence
from typing import Final

from flint import arb, fmpq

from dlnproof.core.product import PairProduct
from dlnproof.core.spectrum import I, L
from dlnproof.numeric.exact.exact_geometry import svd_differential
from dlnproof.numeric.exact.points import ExactPoint
from dlnproof.numeric.exact.predictions import product_value
from dlnproof.numeric.exact.pullback import jacobian_pullback
from dlnproof.numeric.exact.stencil import coarse_steps
from dlnproof.quantities.quantity import MEASURE, Pullback, Quantity, W


def jacobian(point: ExactPoint) -> fmpq:
    """Return |det J|, J the differential of (Sigma, U, V) -> U Sigma V^T by dual numbers."""
    return abs(svd_differential(point).det())


def _scale(point: ExactPoint) -> fmpq:
    """Return the Jacobian with sums in place of differences."""
    return product_value(PairProduct(pair=I.sigma**2 + L.sigma**2), point)


def _squared(point: ExactPoint, step: fmpq, digits: int) -> arb:
    return jacobian_pullback(point, step, digits).squared / _scale(point) ** 2


def _steps(point: ExactPoint) -> Sequence[fmpq]:
    return coarse_steps(1)  # W alone is differenced: the steps of a network of depth 1


SVD_JACOBIAN: Final = Quantity(
    "svd-jacobian",
    r"$dW / (d\Sigma\,dU\,dV)$",
    r"the absolute value of the Jacobian of $(\Sigma,\,U,\,V)\to W=U\Sigma V^{T}$",
    (W, MEASURE),
    exact=jacobian,
    pullback=Pullback(
        _squared,
        lambda point: point.width > 1 and point.distinct,  # elsewhere 1, or 0
        power=2,
        steps=_steps,
    ),
    scale=_scale,
    sympy="svd_jacobian",
)
