"""The Gaussian integral over matrices, done in the coordinates of the SVD."""

from collections.abc import Callable
from functools import cache

from flint import Ordering, acb, arb, fmpq, fmpq_mpoly_ctx

from dlnproof.core.product import PairProduct
from dlnproof.core.side import Side

MOST = 3
"""The largest width for which the integral over spectra is enclosed here."""

Terms = dict[tuple[int, ...], fmpq]
"""A polynomial: exponents of sigma_1, ..., sigma_d, and coefficients."""


def orthogonal_group_volume(width: int) -> arb:
    """Return the volume of O_d for the measure dU (wedge over i < l of (U^T dU)_{il}).

    It is prod_{k=1}^d vol(S^{k-1}), with vol(S^0) = 2 for the two components.
    """
    volume = arb(1)
    for k in range(1, width + 1):
        half = fmpq(k, 2)
        volume = volume * 2 * arb.pi() ** half / arb(half).gamma()
    return volume


def polynomial(product: Side, width: int) -> Terms:
    """Return the terms of a product that is a polynomial in sigma_1, ..., sigma_d, and no more."""
    assert isinstance(product, PairProduct)
    context = fmpq_mpoly_ctx.get([f"sigma_{k + 1}" for k in range(width)], Ordering.lex)
    levels = [(sigma, None, None) for sigma in context.gens()]  # no roots, no logarithms
    value = product.at({}, levels, number=context.constant)
    return {tuple(map(int, powers)): c for powers, c in value.to_dict().items()}


def chamber_integral(jacobian: Side, width: int) -> arb:
    """Enclose the integral of a homogeneous polynomial times exp(-|sigma|^2 / 2).

    Over sigma_1 >= ... >= sigma_d >= 0, for d <= 3. The radius gives a value of the gamma function;
    the slopes u = sigma_2 / sigma_1 >= v = sigma_3 / sigma_1 an integral over [0, 1], that over v
    being elementary. Raises ``ValueError`` for any other polynomial or width.
    """
    terms = polynomial(jacobian, width)
    degrees = {sum(powers) for powers in terms}
    if len(degrees) != 1 or width > MOST:
        raise ValueError(f"got degrees {sorted(degrees)}, width {width}: expected one, at most 3")
    m = degrees.pop() + width
    radius = arb(2) ** (fmpq(m, 2) - 1) * arb(fmpq(m, 2)).gamma()
    if width == 1:
        return radius * sum(terms.values())

    def slopes(u: acb, analytic: bool) -> acb:
        inner = inner_integrals(u, analytic) if width == 3 else None
        total = acb(0)
        for (_, p, *rest), c in terms.items():
            total = total + c * u**p * (inner(rest[0], m) if inner else 1)
        return total if inner else total * (1 + u * u).pow(fmpq(-m, 2), analytic=analytic)

    return radius * acb.integral(slopes, 0, 1).real


def inner_integrals(u: acb, analytic: bool = False) -> Callable[[int, int], acb]:
    """Return (c, m) -> int_0^u v^c (1 + u^2 + v^2)^(-m/2) dv, for 0 <= c <= m - 2.

    By parts: c falls by 2 with m; then, at c = 0, m alone, to an elementary function.
    """
    a = 1 + u * u
    near, far = a.sqrt(analytic=analytic), (a + u * u).sqrt(analytic=analytic)

    @cache
    def integral(c: int, m: int) -> acb:
        if c >= 2:
            return ((c - 1) * integral(c - 2, m - 2) - u ** (c - 1) / far ** (m - 2)) / (m - 2)
        if c == 1:
            return (near ** (2 - m) - far ** (2 - m)) / (m - 2)
        if m == 3:
            return u / (a * far)
        if m == 2:  # atan(u / near) / near, its branch cuts known to the logarithms
            z = acb(0, 1) * u / near
            return ((1 + z).log(analytic=analytic) - (1 - z).log(analytic=analytic)) / (2j * near)
        return (u / far ** (m - 2) + (m - 3) * integral(0, m - 2)) / ((m - 2) * a)

    return integral
