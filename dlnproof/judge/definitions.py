"""The targets at exact points, from their definitions: no closed form is used here."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import prod

from flint import arb, fmpq

from dlnproof.language.arithmetic import Value, logarithm
from dlnproof.language.radical import Radical, group_volume, rational
from dlnproof.numeric.exact.exact_geometry import (
    eigenvectors,
    exact_root,
    orbit_tangents,
    sum_operator,
    svd_differential,
)
from dlnproof.numeric.exact.limit_geometry import integrated_eigenvalues
from dlnproof.numeric.exact.points import ExactPoint

Indices = tuple[int, ...]
Measured = dict[Indices, Value]
"""The values of a target, by its free indices counted from 1."""


def sum_eigenvalues(point: ExactPoint) -> Measured:
    """<u_i v_l^T, dphi dphi^*(u_i v_l^T)>, dphi from the factors."""
    spectrum = eigenvectors(point).transpose() * sum_operator(point) * eigenvectors(point)
    d = point.width
    return {
        (i + 1, l + 1): rational(spectrum[l * d + i, l * d + i])
        for i, l in product(range(d), repeat=2)
    }


def eigenvalues(point: ExactPoint) -> Measured:
    """The same over N."""
    scale = rational(fmpq(1, int(point.depth)))
    return {key: scale * value for key, value in _exact(sum_eigenvalues(point)).items()}


def _exact(found: Measured) -> dict[Indices, Radical]:
    return {key: value for key, value in found.items() if not isinstance(value, arb)}


def metric_determinant(point: ExactPoint) -> Measured:
    """det g^N = 1 / det A, A = dphi dphi^* / N as a d^2 x d^2 matrix."""
    return {(): rational(1 / _operator_determinant(point))}


def volume_density(point: ExactPoint) -> Measured:
    """sqrt(det g^N)."""
    return {(): rational(1 / exact_root(_operator_determinant(point)))}


def volume_form(point: ExactPoint) -> Measured:
    """|det J| sqrt(det g^N), J the differential of (Sigma, U, V) -> U Sigma V^T."""
    root = exact_root(_operator_determinant(point))
    return {(): rational(abs(svd_differential(point).det()) / root)}


def _operator_determinant(point: ExactPoint) -> fmpq:
    return (sum_operator(point) * fmpq(1, int(point.depth))).det()


def svd_jacobian(point: ExactPoint) -> Measured:
    """|det J|."""
    return {(): rational(abs(svd_differential(point).det()))}


def orbit_volume(point: ExactPoint) -> Measured:
    """c_d^(N-1) times the density of the orbit over that of O_d^(N-1)."""
    rest = int(point.depth) - 1
    volume = group_volume(point.width).raised(Fraction(rest))
    coordinates = rest * point.width * (point.width - 1) // 2
    if coordinates == 0:
        return {(): volume}
    rows = orbit_tangents(point)
    gram = (rows * rows.transpose()).det() / fmpq(2) ** coordinates
    return {(): volume * rational(gram).raised(Fraction(1, 2))}


def entropy(point: ExactPoint) -> Measured:
    """The logarithm of the same."""
    return {(): logarithm(orbit_volume(point)[()])}


# --- infinite depth, in balls -------------------------------------------------------------------


def infinite_eigenvalues(point: ExactPoint) -> Measured:
    """int_0^1 (sigma_i^2)^(1-s) (sigma_l^2)^s ds."""
    indices = product(range(1, point.width + 1), repeat=2)
    return dict(zip(indices, integrated_eigenvalues(point), strict=True))


def infinite_metric_determinant(point: ExactPoint) -> Measured:
    """1 / det A_inf."""
    return {(): 1 / prod(integrated_eigenvalues(point), start=arb(1))}


def infinite_volume_density(point: ExactPoint) -> Measured:
    """sqrt(det g^inf)."""
    return {(): 1 / prod(integrated_eigenvalues(point), start=arb(1)).sqrt()}


def infinite_volume_form(point: ExactPoint) -> Measured:
    """|det J| sqrt(det g^inf)."""
    root = prod(integrated_eigenvalues(point), start=arb(1)).sqrt()
    return {(): abs(svd_differential(point).det()) / root}
