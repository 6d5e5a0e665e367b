"""Powers of the operator A_{N,W}, and their derivatives in W.

In the coordinates hat = U^T . V, with the weights w_j and exponents a_j = 1 - q - s_j, b_j = s_j of
:mod:`dlnproof.numeric.floats.matrix_powers`, p = sigma^2, E = H W^T + W H^T, F = H^T W + W^T H, the
derivative of A at Z along H is

    sum over m of  D[i,m,l] E^_im Z^_ml + Z^_im D[l,m,i] F^_ml,
    D[i,m,l] = sum_j w_j (p_i^{a_j} - p_m^{a_j})/(p_i - p_m) p_l^{b_j},

a sum of positive terms, the quotients as divided differences. In the derivative of A^r each term
has as another factor the divided difference of x^r at lambda_il and lambda_ml, at lambda_il and
lambda_im in the second.
"""

from dataclasses import dataclass

import numpy as np

from dlnproof.numeric.floats.arrays import Array, in_range, like, namespace
from dlnproof.numeric.floats.decomposition import singular_values, svd
from dlnproof.numeric.floats.differentiation import (
    Adjoint,
    Primitive,
    constant,
    differentiable,
    no_derivative,
)
from dlnproof.numeric.floats.frame import Frame
from dlnproof.numeric.floats.kernels import eigenvalues
from dlnproof.numeric.floats.matrix_powers import (
    PowerDifference,
    check_invertible,
    differences,
    first_difference,
    nodes,
    power_of_right,
    with_exponents,
)


@dataclass(frozen=True)
class OperatorPower(Primitive):
    """(Z, W) -> (scale A_{N,W})^power (Z), q = 1/N < 1. Batches of Z and W broadcast.

    With ``rank`` it is that of the tangent part of Z, for a negative power of a tangent Z. As a
    primitive W is square, without rank; :meth:`at_full_rank` is the same with the derivatives of
    rectangular ones.
    """

    q: float
    scale: float
    power: float = 1
    rank: int | None = None

    @np.errstate(all="ignore")
    def value(self, *arrays: Array) -> Array:
        """Return the image. Raises :class:`InputError` for a negative power at a singular W."""
        Z, W = arrays
        frame = Frame.at(W, self.q, self.scale, self.rank)
        coordinates = frame.coordinates(Z)
        if self.power < 0:
            frame.metric_roots()  # refuses it
            frame.check_tangent(Z, coordinates)
        tables = frame.eigenvalues, frame.edges
        values, edges = tables if self.power == 1 else (x**self.power for x in tables)
        return in_range(frame.assembled(frame.times(values, edges, coordinates)), "A_{N,W}(Z)")

    def at_full_rank(self, Z: Array, W: Array) -> Array:
        """Return the same of rectangular matrices, with derivatives where their rank is full.

        W = Q S with S = (W^T W)^{1/2}, if it has not more columns than rows: along the image of Q
        the operator is that of S, across it (scale/N) S^{2 - 2/N}.
        """
        if self.rank is not None:
            fixed = no_derivative(W, "A_{N,W} along matrices of a lower rank")
            return differentiable(self.value, lambda Z, _: self.value(Z, fixed), Z, W)
        return differentiable(self.value, self._by_gram, Z, W)

    def _by_gram(self, Z: Array, W: Array) -> Array:
        if W.shape[-2] < W.shape[-1]:
            return self._by_gram(Z.mT, W.mT).mT
        check_invertible(singular_values(constant(W)))
        powers = power_of_right(W, (0.5, -0.5, (1 - self.q) * self.power))
        root, inverse, across = (powers[..., k, :, :] for k in range(3))
        Q = W @ inverse
        along = Q.mT @ Z
        edge = (self.scale * self.q) ** self.power
        return Q @ self(along, root) + edge * (Z - Q @ along) @ across

    def push(self, place: int, arrays: tuple[Array, ...], tangent: Array) -> Array:
        """Return the derivative: linear in Z; in W as said above."""
        Z, W = arrays
        if place == 0:
            return self(tangent, W)
        return self._changed(Z, tangent, W)

    def pull(self, place: int, arrays: tuple[Array, ...], cotangent: Array) -> Array:
        """Return the adjoint: A is self-adjoint."""
        Z, W = arrays
        if place == 0:
            return _summed(self(cotangent, W), Z.shape)
        return _summed(self._pulled(Z, cotangent, W), W.shape)

    def _changed(self, Z: Array, H: Array, W: Array) -> Array:
        """Return the derivative of the image of Z along H: as a map of Z it is self-adjoint."""
        adjoints: tuple[Adjoint, ...] = (
            lambda given, C: _summed(self._changed(C, given[1], given[2]), given[0].shape),
            lambda given, C: _summed(self._pulled(given[0], C, given[2]), given[1].shape),
        )
        value, expression = self.change, self._change_by_powers
        return differentiable(value, expression, Z, H, W, adjoints=adjoints)

    def _pulled(self, Z: Array, C: Array, W: Array) -> Array:
        """Return the adjoint of that in H: symmetric in Z and C."""
        adjoints: tuple[Adjoint, ...] = (
            lambda given, X: _summed(self._changed(given[1], X, given[2]), given[0].shape),
            lambda given, X: _summed(self._changed(given[0], X, given[2]), given[1].shape),
        )
        value, expression = self.adjoint, self._adjoint_by_powers
        return differentiable(value, expression, Z, C, W, adjoints=adjoints)

    def _tables(self, sigma: Array) -> tuple[Array, Array]:
        """Return what E^_im Z^_ml and Z^_im F^_ml are multiplied by: shape (..., d, d, d)."""
        check_invertible(sigma)
        xp, d = namespace(sigma), sigma.shape[-1]
        s, w = nodes(self.q)
        weights, exponents = like(sigma, self.scale * w)[:, None], like(sigma, s)[:, None]
        powers = weights * (sigma**2)[..., None, :] ** exponents
        quotients = differences(sigma**2, like(sigma, s[::-1].copy()), 1)
        flat = xp.reshape(quotients, (*quotients.shape[:-2], d * d))
        left = xp.reshape(flat.mT @ powers, (*sigma.shape[:-1], d, d, d))
        right = xp.swapaxes(left, -3, -1)
        if self.power == 1:
            return left, right
        values = self.scale * eigenvalues(sigma, self.q)
        il = values[..., :, None, :]
        left = left * self._quotient(il, values[..., None, :, :])
        return left, right * self._quotient(il, values[..., :, :, None])

    def _quotient(self, x: Array, y: Array) -> Array:
        xp = namespace(x)
        return first_difference(xp.maximum(x, y), xp.minimum(x, y), self.power)

    def change(self, Z: Array, H: Array, W: Array) -> Array:
        """Return the derivative, in W along H, of the image of Z: a value without derivatives."""
        U, sigma, Vt = svd(W)
        left, right = self._tables(sigma)
        z, h, s = U.mT @ Z @ Vt.mT, U.mT @ H @ Vt.mT, sigma[..., None, :]
        E, F = h * s + (h * s).mT, (h.mT * s) + (h.mT * s).mT
        terms = left * E[..., :, :, None] * z[..., None, :, :]
        terms = terms + right * z[..., :, :, None] * F[..., None, :, :]
        return U @ namespace(W).sum(terms, axis=-2) @ Vt

    def adjoint(self, Z: Array, C: Array, W: Array) -> Array:
        """Return the gradient in W of Tr(C^T image of Z): a value without derivatives."""
        U, sigma, Vt = svd(W)
        return U @ self.adjoint_in_frame(U.mT @ Z @ Vt.mT, U.mT @ C @ Vt.mT, sigma) @ Vt

    def adjoint_in_frame(self, z: Array, c: Array, sigma: Array) -> Array:
        """Return the same in the coordinates of the frame of W."""
        left, right = self._tables(sigma)
        xp, s = namespace(sigma), sigma[..., None, :]
        G = xp.sum(left * c[..., :, None, :] * z[..., None, :, :], axis=-1)
        H = xp.sum(right * c[..., :, None, :] * z[..., :, :, None], axis=-3)
        return (G + G.mT) * s + s.mT * (H + H.mT)

    # the same once more, of primitives: for the derivative after it

    def _change_by_powers(self, Z: Array, H: Array, W: Array) -> Array:
        if self.power == -1:
            inverse, forward = self, OperatorPower(self.q, self.scale)
            return -inverse(forward.push(1, (inverse(Z, W), W), H), W)
        if self.power != 1:
            return self.change(Z, H, self._once(W))
        xp, (left, right, weights) = namespace(W), self._powers(W)
        E, F = H @ W.mT + W @ H.mT, H.mT @ W + W.mT @ H
        Z = Z[..., None, :, :]
        terms = left[1](W, with_exponents(E, len(weights))) @ Z @ right[0](W.mT)
        terms = terms + left[0](W) @ Z @ right[1](W.mT, with_exponents(F, len(weights)))
        return xp.sum(weights * terms, axis=-3)

    def _adjoint_by_powers(self, Z: Array, C: Array, W: Array) -> Array:
        if self.power == -1:
            inverse, forward = self, OperatorPower(self.q, self.scale)
            # not its pull, which sums over a batch: here the batch is that of Z, C and W together
            return -forward._pulled(inverse(Z, W), inverse(C, W), W)
        if self.power != 1:
            return self.adjoint(Z, C, self._once(W))
        xp, (left, right, weights) = namespace(W), self._powers(W)
        Z, C = Z[..., None, :, :], C[..., None, :, :]
        on_left = weights * (C @ right[0](W.mT) @ Z.mT)
        on_right = weights * (Z.mT @ left[0](W) @ C)
        base = xp.broadcast_to(W, (*on_left.shape[:-3], *W.shape[-2:]))
        G = xp.sum(left[1](base, on_left), axis=-3)
        H = xp.sum(right[1](base.mT, on_right), axis=-3)
        return (G + G.mT) @ base + base @ (H + H.mT)

    def _once(self, W: Array) -> Array:
        return no_derivative(W, f"second order in W of A^p for p = {self.power}")

    def _powers(self, W: Array) -> tuple[list[PowerDifference], list[PowerDifference], Array]:
        """Return P^a and its difference, Q^b and its difference, for each weight."""
        s, w = nodes(self.q)
        exponents = (tuple(s[::-1].tolist()), tuple(s.tolist()))
        left, right = ([PowerDifference(e, k) for k in (0, 1)] for e in exponents)
        return left, right, like(W, self.scale * w)[:, None, None]


def _summed(array: Array, shape: tuple[int, ...]) -> Array:
    """Return what was broadcast, summed to the shape that it had: the adjoint of that."""
    xp, extra = namespace(array), array.ndim - len(shape)
    if extra:
        array = xp.sum(array, axis=tuple(range(extra)))
    once = tuple(k for k, n in enumerate(shape) if n == 1 and array.shape[k] != 1)
    return xp.sum(array, axis=once, keepdims=True) if once else array
