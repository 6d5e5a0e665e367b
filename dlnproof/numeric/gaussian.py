"""The Gaussian integral over matrices, done in the coordinates of the SVD."""

from flint import acb, arb, fmpq

from dlnproof.core.product import PairProduct
from dlnproof.core.step import Side

MOST = 2
"""The largest width for which the integral over spectra is enclosed here."""


def orthogonal_group_volume(width: int) -> arb:
    """Return the volume of O_d for the measure dU (wedge over i < l of (U^T dU)_{il}).

    It is prod_{k=1}^d vol(S^{k-1}), with vol(S^0) = 2 for the two components.
    """
    volume = arb(1)
    for k in range(1, width + 1):
        half = fmpq(k, 2)
        volume = volume * 2 * arb.pi() ** half / arb(half).gamma()
    return volume


def chamber_integral(jacobian: Side, width: int) -> arb:
    """Enclose the integral of a homogeneous jacobian times exp(-|sigma|^2 / 2).

    Over sigma_1 >= ... >= sigma_d >= 0, for d <= 2, in polar coordinates: the radius gives a value
    of the gamma function, the slope u = sigma_2 / sigma_1 an integral over [0, 1].
    """
    assert isinstance(jacobian, PairProduct)

    def at(*sigma: acb) -> acb:
        return acb(jacobian.at({}, [(s, s, s) for s in sigma]))

    # homogeneous of this degree: compare two points on a ray
    ray = [at(*(acb(scale * (3 - k)) for k in range(width))).real for scale in (2, 1)]
    degree = ((ray[0] / ray[1]).log() / arb(2).log()).unique_fmpz()
    if degree is None:
        raise ValueError("the precision is too low to tell the degree of the Jacobian")
    radial = fmpq(int(degree) + width, 2)
    integral = arb(2) ** (radial - 1) * arb(radial).gamma()
    if width == 1:
        return integral * at(acb(1)).real
    return (
        integral
        * acb.integral(
            lambda u, analytic: at(acb(1), u) / (1 + u * u).pow(radial, analytic=analytic), 0, 1
        ).real
    )
