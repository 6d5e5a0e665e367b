"""The claim svd-jacobian: what its routes must notice, and the Gaussian integral."""

from fractions import Fraction
from importlib import import_module
from math import comb, factorial, prod
from typing import Any

import pytest
import sympy
from flint import acb, arb, fmpq, fmpq_mat

from dlnproof import Grid, check
from dlnproof.claims.volume.svd_jacobian import CLAIM
from dlnproof.core.product import PairProduct, per_index, per_pair
from dlnproof.core.spectrum import I, L, N
from dlnproof.core.verdict import Verdict
from dlnproof.language.precision import working_precision
from dlnproof.numeric.exact import charts
from dlnproof.numeric.exact.gaussian import (
    chamber_integral,
    inner_integrals,
    orthogonal_group_volume,
    polynomial,
)
from dlnproof.numeric.exact.points import ExactPoint
from dlnproof.quantities.svd_jacobian import jacobian

svd_jacobian = import_module("dlnproof.checks.volume.svd_jacobian")
ID = "svd-jacobian"
GRID = Grid(depths=(1, 2), widths=(1, 2, 3))


def test_frames_that_are_not_orthogonal_are_refuted_exactly(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(
        ExactPoint, "U", property(lambda at: at.frames[-1] * fmpq(10**9 + 1, 10**9))
    )
    [claim] = check([ID], grid=GRID, expression="exact").claims
    assert claim.verdict is Verdict.REFUTED


def test_an_angle_wrong_in_the_thirtieth_digit_is_not_sampled(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    right = charts._skew
    monkeypatch.setattr(charts, "_skew", lambda entries, d: right(entries, d) * (1 + arb("1e-30")))
    [claim] = check([ID], grid=GRID, expression="pullback").claims
    assert claim.verdict.fails


# --- the Gaussian integral ------------------------------------------------------------------------


def test_the_gaussian_integral_is_done_once_for_each_width() -> None:
    [claim] = check([ID], grid=Grid(depths=(1, 2)), expression="enclosure").claims
    details = claim.evidence[0].details
    assert (details["points"], details["scope"]) == (3, "N = 1; d = 1..3")
    assert float(details["worst_error"]) < 1e-60


def test_forgetting_the_covering_is_refuted(monkeypatch: pytest.MonkeyPatch) -> None:
    right = orthogonal_group_volume
    monkeypatch.setattr(svd_jacobian, "orthogonal_group_volume", lambda d: right(d) / 2)
    [claim] = check([ID], grid=Grid(depths=(1,), widths=(3,)), expression="enclosure").claims
    assert claim.verdict is Verdict.REFUTED


@pytest.mark.parametrize("m", range(2, 10))
def test_the_inner_integral_is_what_it_says(m: int) -> None:
    u = acb(fmpq(2, 3))
    closed = inner_integrals(u)
    for c in range(m - 1):

        def integrand(v: acb, analytic: bool, c: int = c) -> acb:
            return v**c * (1 + u * u + v * v).pow(fmpq(-m, 2), analytic=analytic)

        direct = acb.integral(integrand, 0, u)
        assert direct.overlaps(closed(c, m))
        assert closed(c, m).rad() < 1e-12
        assert not direct.overlaps(closed(c, m) + arb("1e-10"))


def test_only_homogeneous_polynomials_in_sigma_are_integrated() -> None:
    with pytest.raises(ValueError, match="degrees"):
        chamber_integral(per_index(I.sigma + 1), 2)
    with pytest.raises(ValueError, match="width 4"):
        chamber_integral(CLAIM.parts["jacobian"], 4)
    with pytest.raises(KeyError):
        polynomial(per_pair(N), 2)
    with pytest.raises(TypeError):
        polynomial(per_index(I.root), 2)


def test_the_polynomial_of_van() -> None:
    assert polynomial(CLAIM.parts["jacobian"], 2) == {(2, 0): 1, (0, 2): -1}
    assert polynomial(PairProduct(pair=I.sigma + L.sigma), 1) == {(0,): 1}


# Exactly, for d = 1..6, by de Bruijn's formula: the integral over x_1 > ... > x_d > 0 of
# det[f_j(x_k)] is the Pfaffian of the matrix of int int sgn(y - x) f_j(x) f_k(y), with the border
# int f_j for odd d. Here f_j(x) = x^(2j) exp(-x^2 / 2), and van(x^2) is the determinant.


def double_factorial(n: int) -> int:
    return prod(range(n, 0, -2))


def entry(j: int, k: int) -> Fraction:
    """int int sgn(y - x) x^(2j) y^(2k) e^{-(x^2 + y^2) / 2} over x, y > 0.

    In polar coordinates: 2^n n! with n = j + k, times the integral over 0 < a < pi/4 of
    cos^2j sin^2k - cos^2k sin^2j, negated (there y < x). By c = cos 2a it is an integral over
    0 < c < 1, of ((1 + c)^j (1 - c)^k - (1 + c)^k (1 - c)^j) / (2^(n+1) sqrt(1 - c^2)), whose
    numerator is odd in c: only int c^(2p+1) / sqrt(1 - c^2) = (2p)!! / (2p+1)!! occurs.
    """
    n = j + k
    odd = Fraction(0)
    for a in range(j + 1):
        for b in range(k + 1):
            if (a + b) % 2:
                p = (a + b - 1) // 2
                ratio = Fraction(double_factorial(2 * p), double_factorial(2 * p + 1))
                odd += 2 * comb(j, a) * comb(k, b) * (-1) ** b * ratio
    return -odd * factorial(n) / 2


def pfaffian(A: list[list[Fraction]]) -> Fraction:
    if not A:
        return Fraction(1)
    rest = range(1, len(A))
    return sum(
        (
            (-1) ** (k - 1)
            * A[0][k]
            * pfaffian([[A[r][c] for c in rest if c != k] for r in rest if r != k])
            for k in rest
        ),
        Fraction(0),
    )


def chamber(width: int) -> tuple[Fraction, int]:
    """The integral of van(Sigma^2) exp(-|sigma|^2 / 2), as q and p of q (pi/2)^(p/2)."""
    # van(x^2) = det[x_k^(2(d-1-j))] for x_1 > ... > x_d: de Bruijn's formula orders upwards
    powers = range(width)
    A = [[entry(j, k) for k in powers] for j in powers]
    if width % 2:
        border = [Fraction(double_factorial(2 * j - 1)) for j in powers]  # times sqrt(pi / 2)
        A = [[*row, b] for row, b in zip(A, border, strict=True)]
        A.append([*(-b for b in border), Fraction(0)])
    return pfaffian(A), width % 2


def group(width: int) -> tuple[Fraction, int]:
    """vol(O_d) for dU as q and p of q pi^(p/2): the product of 2 pi^(k/2) / Gamma(k/2)."""
    q, p = Fraction(1), 0
    for k in range(1, width + 1):
        if k % 2:  # Gamma(k/2) = (k-2)!! sqrt(pi) / 2^((k-1)/2)
            q *= Fraction(2 * 2 ** ((k - 1) // 2), double_factorial(k - 2))
            p += k - 1
        else:
            q *= Fraction(2, factorial(k // 2 - 1))
            p += k
    return q, p


@pytest.mark.parametrize("width", range(1, 7))
def test_the_gaussian_integral_exactly(width: int) -> None:
    """vol(O_d)^2 / 2^d times the integral over spectra is (2 pi)^(d^2 / 2). Squared: rational."""
    (spectra, odd), (volume, power) = chamber(width), group(width)
    assert spectra > 0
    q = (volume**2 * spectra / 2**width) ** 2 / Fraction(2) ** odd
    assert (q, 4 * power // 2 + odd) == (Fraction(2) ** width**2, width**2)


@pytest.mark.parametrize("width", [1, 2, 3])
def test_the_enclosed_integral_is_the_exact_one(width: int) -> None:
    with working_precision(300):
        spectra, odd = chamber(width)
        exact = arb(fmpq(spectra.numerator, spectra.denominator)) * (arb.pi() / 2) ** fmpq(odd, 2)
        found = chamber_integral(CLAIM.parts["jacobian"], width)
        assert found.overlaps(exact)
        assert found.rad() / exact < arb("1e-80")
        volume, power = group(width)
        volume_ball = arb(fmpq(volume.numerator, volume.denominator)) * arb.pi() ** fmpq(power, 2)
        assert orthogonal_group_volume(width).overlaps(volume_ball)
        assert orthogonal_group_volume(width).rad() < arb("1e-80")


# --- independently, by fractions ------------------------------------------------------------------


def test_the_jacobian_of_a_two_by_two_by_hand() -> None:
    """U^T dW V = dSigma + omega_U Sigma - Sigma omega_V, entries (11, 21, 12, 22)."""
    s1, s2 = Fraction(7, 2), Fraction(5, 3)
    one, zero = Fraction(1), Fraction(0)
    sigma = [[one, zero, zero, zero], [zero, zero, zero, one]]
    turns = [[zero, -s1, s2, zero], [zero, s2, -s1, zero]]
    by_hand = abs(sympy.Matrix([*sigma, *turns]).det())
    assert by_hand == s1**2 - s2**2
    frame = fmpq_mat([[fmpq(3, 5), fmpq(4, 5)], [fmpq(-4, 5), fmpq(3, 5)]])
    at = ExactPoint(1, (fmpq(7, 2), fmpq(5, 3)), (frame, frame * frame))
    assert Fraction(str(jacobian(at))) == by_hand


def test_its_points_at_any_order_are_one_for_each_width() -> None:
    keys: Any = list(Grid().keys(CLAIM))
    chosen = svd_jacobian.once_per_width(keys)
    assert [key.width for key in chosen] == [1, 2, 3]
    assert svd_jacobian.once_per_width([k for k in keys if k.width == 4]) == []
