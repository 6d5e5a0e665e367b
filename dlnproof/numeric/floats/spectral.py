"""Scalar functions of singular values, and their gradients in W.

A symmetric function f of sigma has the gradient U diag(g) V^T with g = df/dsigma, and the second
derivative, at a change H with coordinates H^ = U^T H V,

    i = l:   sum over j of dg_i/dsigma_j H^_jj,
    i /= l:  (g_i - g_l)/(s_i - s_l) (H^_il + H^_li)/2 + (g_i + g_l)/(s_i + s_l) (H^_il - H^_li)/2.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from dlnproof.numeric.floats.arrays import Array, like, namespace
from dlnproof.numeric.floats.decomposition import singular_values, svd
from dlnproof.numeric.floats.differentiation import Primitive, ScalarPrimitive, no_further
from dlnproof.numeric.floats.kernels import in_parts, log_ratio, pairs
from dlnproof.numeric.floats.log_shc import langevin_slope, psi_series
from dlnproof.numeric.floats.matrix_powers import check_invertible

_ACROSS: Final = 1.0
"""Points of psi at most so far apart are near: there the mean of psi', by Gauss's rule."""
_NEAR: Final = 0.05
_PLACES, _WEIGHTS = np.polynomial.legendre.leggauss(9)


@dataclass(frozen=True)
class PairPotential:
    """f = linear sum_i x_i + pairs sum_{i<l} [S(x_i - x_l) - S(q (x_i - x_l))], x = log sigma.

    log sqrt(det g^N) has linear = -(1 - q) d and pairs = -1; log vol(O_W) has (1 - q)(d - 1)/2 and
    1/2. With psi(t) = S'(t) - q S'(q t) the gradient is g_i = e_i / sigma_i,
    e_i = linear + pairs sum_l psi(x_i - x_l): nothing in it is singular where values coincide.
    """

    q: float
    linear: float
    pairs: float

    def _psi(self, t: Array) -> Array:
        """Return psi(t) = coth t - q coth(q t), to eps: beside e_i that is enough."""
        xp, q = namespace(t), self.q
        size = xp.abs(t)
        near = size < _NEAR
        big = xp.where(near, xp.ones_like(t), size)
        rest = 2 * q / xp.expm1(2 * q * big) + q if q else 1 / big
        far = 1 + 2 / xp.expm1(2 * big) - rest
        return xp.where(near, t * psi_series(t * t, q), xp.where(t < 0, -far, far))

    def _slope(self, t: Array) -> Array:
        return langevin_slope(t) - self.q**2 * langevin_slope(self.q * t)

    def gradient(self, sigma: Array) -> Array:
        """Return g, shape (..., d), for decreasing sigma."""
        d, columns = sigma.shape[-1], namespace(sigma).reshape(sigma, (-1, sigma.shape[-1])).T
        places = np.arange(d)[:, None]
        larger, smaller = np.triu_indices(d, 1)
        signs = like(sigma, 1.0 * (places == larger) - 1.0 * (places == smaller))

        def gradient(columns: Array) -> Array:
            psi = self._psi(log_ratio(*pairs(columns)))
            return (self.linear + self.pairs * (signs @ psi)) / columns

        return namespace(sigma).reshape(in_parts(gradient, columns).T, sigma.shape)

    def _numerators(self, x: Array) -> Array:
        psi = self._psi(x[..., :, None] - x[..., None, :])
        return self.linear + self.pairs * namespace(x).sum(psi, axis=-1)

    def second(self, sigma: Array) -> tuple[Array, Array]:
        """Return dg_i/dsigma_j, and (g_i - g_l)/(sigma_i - sigma_l) off the diagonal."""
        xp = namespace(sigma)
        x, eye = xp.log(sigma), like(sigma, np.eye(sigma.shape[-1]))
        t, e = x[..., :, None] - x[..., None, :], self._numerators(x)
        products = sigma[..., :, None] * sigma[..., None, :]
        slopes = self.pairs * self._slope(t) * (1 - eye)
        own = xp.sum(slopes, axis=-1) - e
        jacobian = (own[..., :, None] * eye - slopes) / products
        # e_i s_l - e_l s_i = (e_i - e_l)(s_i + s_l)/2 - (e_i + e_l)(s_i - s_l)/2
        half = t / 2
        small = xp.abs(half) < 1e-8  # t/2 coth(t/2) = 1 + t^2/12
        ratio = xp.where(small, xp.ones_like(t), half / xp.tanh(xp.where(small, 1 + 0 * t, half)))
        both = e[..., :, None] + e[..., None, :]
        return jacobian, (self._quotients(x) * ratio - both / 2) / products

    def _quotients(self, x: Array) -> Array:
        """Return (e_i - e_l) / (x_i - x_l)."""
        xp = namespace(x)
        a = x[..., :, None, None] - x[..., None, None, :]
        b = x[..., None, :, None] - x[..., None, None, :]
        apart = xp.abs(a - b) > _ACROSS
        gap = xp.where(apart, a - b, xp.ones_like(a - b))
        far = (self._psi(a) - self._psi(b)) / gap
        near = 0 * (a + b)
        for place, weight in zip(_PLACES.tolist(), _WEIGHTS.tolist(), strict=True):
            near = near + weight / 2 * self._slope((a + b) / 2 + place / 2 * (a - b))
        return self.pairs * xp.sum(xp.where(apart, far, near), axis=-1)


@dataclass(frozen=True)
class SpectralFunction(ScalarPrimitive):
    """A scalar function of singular values: ``of_values`` of the decreasing ones, (..., d).

    With ``rank`` it is one of matrices of this rank, less than the largest of their shape: of so
    many values, and its derivative is that along these matrices.
    """

    potential: Any
    of_values: Callable[[Array], Array]
    rank: int | None = None

    def value(self, *arrays: Array) -> Array:
        """Return the function's value."""
        [W] = arrays
        return self.of_values(singular_values(W, self.rank))

    def with_gradient(self, W: Array) -> tuple[Array, Array, Array]:
        """Return value and gradient, and the singular values."""
        U, sigma, Vt = svd(W, self.rank)
        return self.of_values(sigma), _assembled(self.potential, U, sigma, Vt), sigma

    def check(self, told: Array) -> None:
        """Raise :class:`InputError` for a zero singular value."""
        check_invertible(told)

    def gradient(self, *arrays: Array) -> Array:
        """Return the gradient, or its derivative."""
        return SpectralGradient(self.potential, self.rank)(*arrays)


def _assembled(potential: Any, U: Array, sigma: Array, Vt: Array) -> Array:
    """Return U diag(g) V^T."""
    return (U * potential.gradient(sigma)[..., None, :]) @ Vt


@dataclass(frozen=True)
class SpectralGradient(Primitive):
    """The gradient U diag(g) V^T; a second array makes it its derivative there, linear in that."""

    potential: Any
    rank: int | None = None

    def value(self, *arrays: Array) -> Array:
        """Return the gradient, or its derivative. Raises :class:`InputError` at a singular W."""
        W, *along = arrays
        U, sigma, Vt = svd(W, self.rank)
        check_invertible(sigma)
        if not along:
            return _assembled(self.potential, U, sigma, Vt)
        if not hasattr(self.potential, "second"):
            no_further("second order of an effective rank")
        if self.rank is not None:
            no_further("second order along matrices of a lower rank")
        xp = namespace(W)
        H = U.mT @ along[0] @ Vt.mT
        largest = sigma[..., :1]  # of degree -2: squares would leave the dtype
        sigma, H, across = (x / largest[..., None] for x in (sigma[..., None], H, along[0]))
        sigma = sigma[..., 0]
        jacobian, minus = self.potential.second(sigma)
        g, eye = self.potential.gradient(sigma), like(W, np.eye(sigma.shape[-1]))
        plus = (g[..., :, None] + g[..., None, :]) / (sigma[..., :, None] + sigma[..., None, :])
        off = minus * (H + H.mT) / 2 + plus * (H - H.mT) / 2
        diagonal = xp.sum(jacobian * xp.sum(eye * H, axis=-1)[..., None, :], axis=-1)
        found = U @ ((off * (1 - eye) + eye * diagonal[..., None]) / largest[..., None]) @ Vt
        ratio = (g / sigma)[..., None, :] / largest[..., None]  # of the edges: g_i is 0 beside them
        if W.shape[-2] > W.shape[-1]:
            found = found + ((across @ Vt.mT - U @ H) * ratio) @ Vt
        elif W.shape[-1] > W.shape[-2]:
            found = found + (U * ratio) @ (U.mT @ across - H @ Vt)
        return found

    def push(self, place: int, arrays: tuple[Array, ...], tangent: Array) -> Array:
        """Return the derivative along the tangent: second derivatives are symmetric."""
        if len(arrays) == 1 or place == 1:
            return self(arrays[0], tangent)
        return no_further("third order in W")

    def pull(self, place: int, arrays: tuple[Array, ...], cotangent: Array) -> Array:
        """Return the same."""
        return self.push(place, arrays, cotangent)
