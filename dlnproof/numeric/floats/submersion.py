"""The map phi from factors to the end-to-end matrix as a submersion: minimal-norm preimages.

With P_j = W_N ... W_{j+1} and R_j = W_{j-1} ... W_1 the derivative of phi is
dphi(A) = sum_j P_j A_j R_j, its adjoint dphi^*(Y) = (P_j^T Y R_j^T)_j. At balanced factors
dphi dphi^* is N A_{N,W}, so the lift's squared norm is the metric in "sum" normalisation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from dlnproof.errors import InputError
from dlnproof.numeric.floats.arrays import (
    Array,
    as_layers,
    as_rectangular,
    check_batches,
    epsilon,
    first,
    home_of,
    in_range,
    known,
    like,
    namespace,
)
from dlnproof.numeric.floats.decomposition import decomposable
from dlnproof.numeric.floats.differentiation import differentiable
from dlnproof.numeric.floats.factors import stacked


@np.errstate(all="ignore")
def horizontal_lift(Z: ArrayLike, factors: Any) -> Any:
    """Return dphi^*(dphi dphi^*)^+ Z, the shortest (A_1, ..., A_N) with dphi(A) = Z.

    ``factors`` are W_1, ..., W_N of shapes (..., d_j, d_{j-1}), in a list or, where all are d x d,
    an array (N, ..., d, d); Z has shape (..., d_N, d_0), and the batches
    broadcast; the result has the shapes of the factors, a list where they differ. The lift is
    orthogonal to ker dphi. At balanced factors of rank r, Z must be tangent to the matrices of rank
    r, and the squared norm is Tr(Z^T (N A_{N,W})^+ Z). A singular value of dphi at or below D eps
    times the largest counts as zero, D = sum_j d_j d_{j-1}, or d_N d_0 if larger. Guaranteed:
    relative error 30 D eps kappa in the Frobenius norm, kappa the largest over the smallest
    nonzero singular value of dphi; for balanced factors kappa <= sqrt(N)
    (sigma_1/sigma_r)^{1-1/N}. Cost: an SVD of d_N d_0 x D. Raises
    :class:`~dlnproof.errors.InputError`, also for Z outside the range of dphi by more than
    30 D eps kappa |Z|. Source: MY2025; M2024 (slides "Theorem 13").
    Arrays of torch and jax come back as what they are, with derivatives (docs/arrays.md); of
    float32, eps is 1.2e-7, and 1e-12 reads 1e-5.

    >>> horizontal_lift([[4, 5], [0, 0]], [[[2, 0], [0, 1]], [[2, 0], [0, 1]]])
    array([[[1., 2.],
            [0., 0.]],
    <BLANKLINE>
           [[1., 1.],
            [0., 0.]]])
    """
    home = home_of(factors=factors, Z=Z)
    layers, direction = as_layers(factors, home), as_rectangular(Z, "Z", home)
    shape = layers[-1].shape[-2], layers[0].shape[-1]
    if tuple(direction.shape[-2:]) != shape:
        raise InputError(
            f"Z: got shape {tuple(direction.shape)} beside factors whose product is {shape[0]} x "
            f"{shape[1]}, expected that size; check the last two axes, and the same width d of all"
        )
    check_batches({f"W_{j}": tuple(W.shape) for j, W in enumerate([direction, *layers])})
    chain = Chain.of(layers)
    found = differentiable(chain.shortest, chain.by_pseudoinverse, direction, chain.flat(layers))
    return stacked(chain.layers(found))


@dataclass(frozen=True)
class Chain:
    """The shapes of layers, whose entries are in one array, (..., D)."""

    shapes: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, layers: list[Array]) -> Chain:
        """Return the shapes of layers."""
        return cls(tuple(tuple(W.shape[-2:]) for W in layers))

    @property
    def sizes(self) -> list[int]:
        """How many entries each has."""
        return [m * n for m, n in self.shapes]

    def flat(self, layers: list[Array]) -> Array:
        """Return the entries of W_1, ..., W_N, one layer after the other."""
        xp = namespace(layers[0])
        batch = np.broadcast_shapes(*(tuple(W.shape[:-2]) for W in layers))
        each = (xp.broadcast_to(W, (*batch, *W.shape[-2:])) for W in layers)
        rows = [xp.reshape(W, (*batch, size)) for W, size in zip(each, self.sizes, strict=True)]
        return xp.concat(rows, axis=-1)

    def layers(self, entries: Array) -> list[Array]:
        """Return W_1, ..., W_N."""
        ends = list(accumulate(self.sizes, initial=0))
        rows = (entries[..., i:j] for i, j in pairwise(ends))
        return [
            namespace(entries).reshape(row, (*row.shape[:-1], *shape))
            for row, shape in zip(rows, self.shapes, strict=True)
        ]

    def shortest(self, direction: Array, entries: Array) -> Array:
        """Return the entries of the lift, by the singular value decomposition of dphi."""
        xp, N = namespace(entries), len(self.shapes)
        # dphi is homogeneous: with layers of norm at most 1 no product of them overflows
        in_range(entries, "factors")
        layers, factors = zip(*map(decomposable, self.layers(entries)), strict=True)
        norms = xp.stack([xp.linalg.matrix_norm(W, ord=2) for W in layers])
        size = xp.max(norms, axis=0)
        unit = xp.where(size == 0, xp.ones_like(size), size)[..., None, None]
        U, s, Vt = xp.linalg.svd(_derivative([W / unit for W in layers]), full_matrices=False)
        floor = self._most() * epsilon(entries)
        kept = s > floor * s[..., :1]
        inverse = xp.where(kept, 1 / xp.where(kept, s, xp.ones_like(s)), xp.zeros_like(s))
        largest = xp.max(xp.abs(direction), axis=(-2, -1), keepdims=True)
        length = xp.exp2(xp.frexp(largest)[1] - 1.0)  # a power of two: dividing by it is exact
        vector = _column(direction / length)
        coordinates = U.mT @ vector
        noise = 30 * floor * s[..., 0]
        _check_tangent(vector, U @ (kept[..., None] * coordinates), noise, kept, s)
        lifted = Vt.mT @ (inverse[..., None] * coordinates)
        back = length * unit ** float(1 - N)
        for factor in factors:
            back = back if isinstance(factor, float) else back * factor
        return in_range((lifted * back)[..., 0], "horizontal_lift")

    def by_pseudoinverse(self, direction: Array, entries: Array) -> Array:
        """Return the same by a pseudoinverse, which libraries differentiate rightly."""
        derivative, factor = decomposable(_derivative(self.layers(entries)))
        rtol = self._most() * epsilon(entries)
        inverse = factor * namespace(entries).linalg.pinv(derivative, rtol=rtol)
        return (inverse @ _column(direction))[..., 0]

    def _most(self) -> int:
        """Return the larger side of the matrix of dphi."""
        return max(sum(self.sizes), self.shapes[-1][0] * self.shapes[0][1])


def _column(Z: Array) -> Array:
    """Return the entries of a matrix, row after row, as a column."""
    return namespace(Z).reshape(Z, (*Z.shape[:-2], Z.shape[-2] * Z.shape[-1], 1))


def layers_first(column: Array, N: int, d: int) -> Array:
    """Return the entries of A_1, ..., A_N, shape (..., N d^2, 1), as (N, ..., d, d)."""
    return stacked(Chain(((d, d),) * N).layers(column[..., 0]))


def _derivative(layers: Sequence[Array]) -> Array:
    """Return the matrix of dphi: rows are the entries of Z, columns those of A_1, ..., A_N."""
    xp, first, last = namespace(layers[0]), layers[0], layers[-1]
    eye_0, eye_N = (like(first, np.eye(d)) for d in (first.shape[-1], last.shape[-2]))
    right = list(accumulate(layers[:-1], lambda R, W: W @ R, initial=eye_0))
    left = list(accumulate(layers[:0:-1], lambda P, W: P @ W, initial=eye_N))[::-1]
    batch = first.shape[:-2]
    blocks = []
    for P, R in zip(left, right, strict=True):
        block = xp.einsum("...ac,...eb->...abce", P, R)
        m, n, c, e = block.shape[-4:]
        block = xp.broadcast_to(block, (*batch, m, n, c, e))
        blocks.append(xp.reshape(block, (*batch, m * n, c * e)))
    return xp.concat(blocks, axis=-1)


def _check_tangent(vector: Array, projected: Array, noise: Array, kept: Array, s: Array) -> None:
    """Raise :class:`InputError` unless the projection on dphi's range leaves Z where it is."""
    xp = namespace(s)
    smallest = xp.min(xp.where(kept, s, xp.full_like(s, xp.inf)), axis=-1)
    length = xp.linalg.matrix_norm(vector)
    outside = xp.linalg.matrix_norm(vector - projected)
    full = xp.all(kept, axis=-1)
    off = ~full & (outside > noise / smallest * length)
    if known(xp.any(off)):
        where = first(off) if off.ndim else ()
        name = f"Z[{', '.join(map(str, where))}]" if where else "Z"
        rank = int(xp.broadcast_to(xp.sum(kept, axis=-1), off.shape)[where])
        part = float(xp.broadcast_to(outside / length, off.shape)[where])
        raise InputError(
            f"{name}: got {part:.2g} of its norm outside the range of dphi, of dimension {rank} of "
            f"{kept.shape[-1]} at these factors, expected a tangent vector: at rank r the "
            "component u_i v_l^T with i, l > r is none, remove it"
        )
