"""The Riemann tensor of g^N, from derivatives of A_{N,W} up to the second.

With constant fields X and Y, P_X = A^{-1}(X) and the Christoffel symbols Gamma,

    R(X, Y, X, Y) = D_X D_Y g(X, Y) - D_X D_X g(Y, Y)/2 - D_Y D_Y g(X, X)/2
                    + g(Gamma(X, Y), Gamma(X, Y)) - g(Gamma(X, X), Gamma(Y, Y)),
    D_H D_K g(S, T) = g(DA[H](P_S), DA[K](P_T)) + g(DA[K](P_S), DA[H](P_T))
                      - Tr(P_S^T D^2A[H, K](P_T)).

Derivatives of A are divided differences, so that nothing is singular where singular values meet.
All is in the coordinates U^T . V of the frame of W.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from dlnproof.depth import Depth
from dlnproof.errors import InputError
from dlnproof.numeric.floats.arrays import (
    Array,
    as_matrices,
    check_together,
    epsilon,
    first,
    home_of,
    in_range,
    known,
    like,
    namespace,
    number,
)
from dlnproof.numeric.floats.decomposition import svd
from dlnproof.numeric.floats.differentiation import no_derivative, size_of
from dlnproof.numeric.floats.kernels import eigenvalues
from dlnproof.numeric.floats.matrix_powers import check_invertible, differences, nodes
from dlnproof.numeric.floats.operator_power import OperatorPower
from dlnproof.numeric.normalization import Normalization, inverse_depth_and_scale

_NO_DERIVATIVE: Final = "a curvature"


@np.errstate(all="ignore")
def ricci(
    Z1: ArrayLike,
    Z2: ArrayLike,
    W: ArrayLike,
    depth: Depth,
    *,
    normalization: Normalization = "mean",
) -> Array:
    """Return the Ricci curvature Ric(Z1, Z2) of g^N at W: the trace of the Riemann tensor.

    Its trace for g^N is :func:`scalar_curvature`, and it takes both signs (N >= 2, d >= 2), while
    that is positive. Symmetric and linear in Z1 and Z2, which with W have shapes (..., d, d) that
    broadcast; the result has the batch's shape, a number if there is none. It is the same for both
    normalisations, and 0 for N = 1 and for d = 1. Guaranteed: error (1e-12 + 100 d eps
    (sigma_1/sigma_d)^2) |Z1| |Z2| s, with the norms of g^N ("mean") and s = sigma_d^{-2/N},
    coincidences included, d <= 8. Cost: the tensor at d^2 directions. Raises
    :class:`~dlnproof.errors.InputError`, also for singular W (N >= 2). Source: the definition; not
    found in closed form in the sources listed.
    Arrays of torch and jax come back as what they are, without derivatives (docs/arrays.md); of
    float32, eps is 1.2e-7, and 1e-12 reads 1e-5.

    >>> W, A = np.diag([2.0, 1.0]), np.array([[0.0, -1.0], [1.0, 0.0]])
    >>> round(float(ricci(W, W, W, 2)), 12) + 0.0  # along the cone's rays there is none
    0.0
    """
    q, _ = inverse_depth_and_scale(depth, normalization)
    one, two, base = _given(W, Z1=Z1, Z2=Z2)
    size = size_of(base)
    tensor, (x, y) = RiemannTensor.at(base / size, q, one / size, two / size)
    if q == 1 or base.shape[-1] == 1:
        return number(namespace(base).zeros_like(tensor.inner(x, y)))
    lengths = [tensor.length(z)[..., None, None] for z in (x, y)]
    x, y = (z / _or_one(length) for z, length in zip((x, y), lengths, strict=True))
    found = (tensor.traced(x + y) - tensor.traced(x - y)) / 4
    return number(in_range(found * (lengths[0] * lengths[1])[..., 0, 0], "ricci"))


@np.errstate(all="ignore")
def sectional_curvature(
    Z1: ArrayLike,
    Z2: ArrayLike,
    W: ArrayLike,
    depth: Depth,
    *,
    normalization: Normalization = "mean",
) -> Array:
    """Return the sectional curvature of g^N at W of the plane that Z1 and Z2 span.

    It takes both signs for N >= 2 and d >= 2, and is 0 on planes of diagonal matrices in the frame
    of W and for N = 1. Z1, Z2 and W have shapes (..., d, d) that broadcast; the result has the
    batch's shape, a number if there is none. "sum" is N times "mean", finite depth only.
    Guaranteed: error (1e-12 + 100 d eps (sigma_1/sigma_d)^2) sigma_d^{-2/N}, times one over the
    squared sine of the angle of Z1 and Z2, coincidences included, d <= 8. Raises
    :class:`~dlnproof.errors.InputError`, also for singular W (N >= 2) and where Z1 and Z2 span no
    plane. Source: the definition; not found in closed form in the sources listed.
    Arrays of torch and jax come back as what they are, without derivatives (docs/arrays.md); of
    float32, eps is 1.2e-7, and 1e-12 reads 1e-5.

    >>> A, B = np.array([[0.0, 1.0], [1.0, 0.0]]), np.array([[0.0, -1.0], [1.0, 0.0]])
    >>> W = np.diag([2.0, 1.0])  # of scalar curvature 1/3 ("sum")
    >>> round(float(sectional_curvature(A, B, W, 2, normalization="sum")) * 6, 12)
    -1.0
    """
    q, scale = inverse_depth_and_scale(depth, normalization)
    one, two, base = _given(W, Z1=Z1, Z2=Z2)
    size = size_of(base)
    tensor, (x, y) = RiemannTensor.at(base / size, q, one / size, two / size)
    x = x / _or_one(tensor.length(x))[..., None, None]
    y = y / _or_one(tensor.length(y))[..., None, None]
    y = y - tensor.inner(x, y)[..., None, None] * x
    height = tensor.length(y)
    _check_plane(height * (tensor.length(x) > 0), one + two + base)
    y = y / _or_one(height)[..., None, None]
    if q == 1:
        return number(namespace(base).zeros_like(height))
    found = scale * tensor.quadratic(x, y) * size[..., 0, 0] ** (-2 * q)
    return number(in_range(found, "sectional_curvature"))


def _given(W: ArrayLike, **directions: ArrayLike) -> list[Array]:
    """Return the directions and W as arrays of one batch. Raises :class:`InputError`."""
    home = home_of(**directions, W=W)
    given = {name: as_matrices(Z, name, home) for name, Z in directions.items()}
    given["W"] = as_matrices(W, "W", home)
    check_together(**given)
    return [no_derivative(x, _NO_DERIVATIVE) for x in given.values()]


def _or_one(lengths: Array) -> Array:
    xp = namespace(lengths)
    return xp.where(lengths == 0, xp.ones_like(lengths), lengths)


def _check_plane(sines: Array, together: Array) -> None:
    """Raise :class:`InputError` where two directions span no plane."""
    flat = ~(sines > 1e3 * epsilon(sines))
    if known(namespace(sines).any(flat)):
        where = first(flat) if flat.ndim else ()
        name = f"Z2[{', '.join(map(str, where))}]" if where else "Z2"
        advice = "of d = 1 there is none" if together.shape[-1] == 1 else "take another direction"
        raise InputError(
            f"{name}: got a multiple of Z1 (the sine of their angle is {float(sines[where]):.1g}), "
            f"expected two directions that span a plane; {advice}"
        )


@dataclass(frozen=True)
class RiemannTensor:
    """The tensor of "mean" at an invertible W, in coordinates of its frame."""

    q: float
    sigma: Array
    values: Array
    """lambda_il."""
    left: tuple[Array, ...]
    """sigma^{2a} for the exponents a on the left, and its divided differences of order 1 and 2."""
    right: tuple[Array, ...]
    """The same on the right, times the weights."""

    @classmethod
    def at(cls, W: Array, q: float, *directions: Array) -> tuple[RiemannTensor, list[Array]]:
        """Return it at W, and the coordinates of directions. Raises :class:`InputError`."""
        U, sigma, Vt = svd(W)
        xp = namespace(W)
        if q == 1:
            return cls(q, sigma, xp.ones_like(W), (), ()), list(directions)
        check_invertible(sigma, "curvature", "a matrix near it has one")
        s, w = nodes(q)
        weights = like(sigma, w)
        right = [differences(sigma**2, like(sigma, s), k) for k in range(3)]
        left = [differences(sigma**2, like(sigma, s[::-1].copy()), k) for k in range(3)]
        right = [x * weights.reshape(-1, *[1] * (k + 1)) for k, x in enumerate(right)]
        values = eigenvalues(sigma, q)
        return (
            cls(q, sigma, values, tuple(left), tuple(right)),
            [U.mT @ Z @ Vt.mT for Z in directions],
        )

    def inner(self, x: Array, y: Array) -> Array:
        """Return g^N of two directions."""
        return namespace(x).sum(x * y / self.values, axis=(-2, -1))

    def length(self, x: Array) -> Array:
        """Return the length of a direction."""
        return self.inner(x, x) ** 0.5

    def traced(self, x: Array) -> Array:
        """Return the Ricci curvature Ric(x, x): a sum over an orthonormal basis."""
        xp, d = namespace(x), x.shape[-1]
        batch = [1] * (max(x.ndim, self.values.ndim) - 2)
        units = like(x, np.eye(d * d).reshape(d * d, *batch, d, d))
        return xp.sum(self.quadratic(units * xp.sqrt(self.values), x), axis=0)

    def quadratic(self, x: Array, y: Array) -> Array:
        """Return R(x, y, x, y): the sectional curvature, of orthonormal directions."""
        P, Q = x / self.values, y / self.values
        xP, xQ, yP, yQ = (self._change(h, z) for h, z in ((x, P), (x, Q), (y, P), (y, Q)))
        mixed = self._connection(P, Q, xQ + yP)
        found = self.inner(xP, yQ) + self.inner(yP, xQ) - self.inner(xQ, xQ) - self.inner(yP, yP)
        found = found + self.inner(mixed, mixed)
        found = found - self.inner(self._connection(P, P, 2 * xP), self._connection(Q, Q, 2 * yQ))
        xp = namespace(found)
        straight = P * self._second(x, y, Q)
        straight = straight - (Q * self._second(x, x, Q) + P * self._second(y, y, P)) / 2
        return found - xp.sum(straight, axis=(-2, -1))

    def _connection(self, P: Array, Q: Array, changes: Array) -> Array:
        """Return Gamma of two directions, from their momenta and the changes of A at these."""
        slopes = OperatorPower(self.q, 1.0).adjoint_in_frame(P, Q, self.sigma)
        return (self.values * slopes - changes) / 2

    def _change(self, h: Array, z: Array) -> Array:
        """Return DA[h](z)."""
        (a, b), (da, db) = self._ends(), self._slopes(h)
        z = z[..., None, :, :]
        return namespace(z).sum((da @ z) * b + a * (z @ db), axis=-3)

    def _second(self, h: Array, k: Array, z: Array) -> Array:
        """Return D^2A[h, k](z)."""
        (a, b), (ha, hb), (ka, kb) = self._ends(), self._slopes(h), self._slopes(k)
        E, F = zip(self._squares(h), self._squares(k), strict=True)
        on_left = self._bent(self.left, h @ k.mT + k @ h.mT, *E)
        on_right = self._bent(self.right, h.mT @ k + k.mT @ h, *F)
        z = z[..., None, :, :]
        crossed = ha @ z @ kb + ka @ z @ hb
        return namespace(z).sum((on_left @ z) * b + a * (z @ on_right) + crossed, axis=-3)

    def _ends(self) -> tuple[Array, Array]:
        """Return the powers on the left and on the right, to multiply rows and columns by."""
        return self.left[0][..., :, None], self.right[0][..., None, :]

    def _slopes(self, h: Array) -> tuple[Array, Array]:
        """Return how the powers of W W^T and of W^T W change along h."""
        E, F = self._squares(h)
        return self.left[1] * E[..., None, :, :], self.right[1] * F[..., None, :, :]

    def _squares(self, h: Array) -> tuple[Array, Array]:
        """Return how W W^T and W^T W change along h."""
        s = self.sigma[..., None, :]
        right, left = h * s, h.mT * s
        return right + right.mT, left + left.mT

    def _bent(self, powers: tuple[Array, ...], square: Array, one: Array, other: Array) -> Array:
        """Return the second derivative of powers, from that of what they are powers of."""
        one, other = one[..., None, :, :], other[..., None, :, :]
        twice = one[..., :, :, None] * other[..., None, :, :]
        twice = twice + other[..., :, :, None] * one[..., None, :, :]
        bent = namespace(square).sum(powers[2] * twice, axis=-2)
        return bent + powers[1] * square[..., None, :, :]
