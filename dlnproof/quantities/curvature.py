"""The scalar curvature of the metric, from its Taylor series of order two at a rational point."""

from typing import Final

from flint import fmpq

from dlnproof.numeric.exact.curvature import Series, metric, scalar_curvature_of
from dlnproof.numeric.exact.points import ExactPoint, unturned
from dlnproof.quantities.metric import METRIC, SUM_INVERSE
from dlnproof.quantities.operator import OPERATOR
from dlnproof.quantities.quantity import Quantity, W

_SIGN: Final = (
    r"curvature: the sum of $g^{ik}g^{jl}R_{ijkl}$, which of the unit sphere in $n$ dimensions is "
    r"$n(n-1)$"
)
WIDEST: Final = 3
"""A point of d = 3 takes some hundredths of a second; d = 4 would take ten times that."""


def mean_series(point: ExactPoint) -> Series:
    """Return the metric's series at Sigma, where it has few entries.

    W -> U^T W V is an isometry, as the definition of the operator shows.
    """
    return metric(unturned(point))


def sum_series(point: ExactPoint) -> Series:
    """Return that of the metric that is the inverse of dphi dphi^*."""
    part = fmpq(1, int(point.depth))
    return mean_series(point).mapped(lambda x: x * part)


def size(point: ExactPoint) -> fmpq:
    """Return 1 / sigma_d^(2/N): curvature goes as the square of an inverse length."""
    return 1 / point.roots[-1] ** 2


SCALAR_CURVATURE: Final = Quantity(
    "scalar-curvature",
    r"$\operatorname{Scal}(g^{N})$",
    f"the scalar curvature of {METRIC}, with {OPERATOR}",
    (W, _SIGN),
    exact=lambda point: scalar_curvature_of(mean_series(point)),
    scale=size,
    widest=WIDEST,
    floats="scalar_curvature",
    sympy="scalar_curvature",
)
SUM_SCALAR_CURVATURE: Final = Quantity(
    "submersion-scalar-curvature",
    r"$\operatorname{Scal}(g)$, $g=(d\phi\,d\phi^{*})^{-1}$",
    f"the scalar curvature of the metric that is {SUM_INVERSE}",
    (W, _SIGN),
    exact=lambda point: scalar_curvature_of(sum_series(point)),
    scale=size,
    widest=WIDEST,
    floats="scalar_curvature",
    sympy="scalar_curvature",
)
