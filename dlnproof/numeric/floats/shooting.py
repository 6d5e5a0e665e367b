"""The velocity of a geodesic of g^N that leads from one matrix to another, by shooting.

Newton's method, with the derivative of the exponential map by differences, in coordinates that are
orthonormal for g^N; where it fails, along a path of ends: that of the polar factors, on which no
matrix is singular.
"""

from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike

from dlnproof.depth import Depth
from dlnproof.errors import InputError
from dlnproof.numeric.floats.arrays import (
    FloatArray,
    as_matrices,
    check_together,
    home_of,
    in_range,
    indices_like,
)
from dlnproof.numeric.floats.by_numpy import back, to_numpy
from dlnproof.numeric.floats.decomposition import singular_values, svd
from dlnproof.numeric.floats.geodesics import power_of_two
from dlnproof.numeric.floats.hamiltonian import follow
from dlnproof.numeric.floats.kernels import eigenvalues
from dlnproof.numeric.floats.matrix_powers import check_invertible
from dlnproof.numeric.normalization import Normalization, inverse_depth_and_scale

_REACHED: Final = 1e-10
"""How far from its aim a geodesic may end, relative to that in the Frobenius norm."""
_ROUNDING: Final = 1e-14
_DIFFERENCE: Final = 1e-7
_SHORTEST: Final = 2.0**-6
"""The part of the way that is tried last."""
_ITERATIONS: Final = 12


def log_map(
    W1: ArrayLike, W2: ArrayLike, depth: Depth, *, normalization: Normalization = "mean"
) -> Any:
    """Return the velocity Z of a geodesic of g^N from W1 that is at W2 at time 1: log_{W1} W2.

    It is found by shooting, starting from the path of the polar factors, and a geodesic: near W1
    the shortest one, far away perhaps not; its length is sqrt(inner_product(Z, Z, W1, depth)). None
    joins determinants of different signs (N >= 2), and since g^N ends at the singular matrices
    there may be none (finite depth). W1 and W2 have shapes (..., d, d) that broadcast. Of two
    matrices Z comes back, or :class:`~dlnproof.errors.InputError` is raised where none was found;
    of batches the pair of Z and of whether each was found, NaN where not. Z is the same for both
    normalisations, and W2 - W1 for N = 1. Guaranteed: ``geodesic(W1, Z, 1, depth)`` is within
    1e-9 |W2| of W2. Cost: d^2 geodesics an iteration, some three iterations, one pair after the
    other. Raises :class:`~dlnproof.errors.InputError`, also for singular matrices (N >= 2).
    Arrays of torch and jax come back as what they are, without derivatives, computed by numpy, so
    not under ``jit`` and ``vmap`` (docs/arrays.md).

    >>> log_map(np.diag([4.0, 1.0]), np.diag([9.0, 4.0]), 2).round(9) + 0.0
    array([[4., 0.],
           [0., 2.]])
    """
    q, _ = inverse_depth_and_scale(depth, normalization)
    home = home_of(W1=W1, W2=W2)
    given = {"W1": as_matrices(W1, "W1", home), "W2": as_matrices(W2, "W2", home)}
    check_together(**given)
    starts, aims = np.broadcast_arrays(*(to_numpy(x, "log_map") for x in given.values()))
    if q < 1:
        for matrices in (starts, aims):
            check_invertible(singular_values(matrices), "logarithm", "take a matrix near it")
    found = np.empty(starts.shape)
    for place in np.ndindex(starts.shape[:-2]):
        found[place] = (
            aims[place] - starts[place] if q == 1 else _log(starts[place], aims[place], q)
        )
    there = np.isfinite(found).all(axis=(-2, -1))
    beside = tuple(given.values())
    if found.ndim > 2:
        return back(found, "a logarithm", *beside), indices_like(beside[0], there)
    if not there:
        signs = np.linalg.slogdet(np.stack([starts, aims]))[0]
        why = (
            "of one sign of the determinant: the singular matrices, where g^N ends, are between"
            if signs[0] != signs[1]
            else "that a geodesic joins: shooting found none; take steps, to matrices in between"
        )
        raise InputError(f"W2: got a matrix that no geodesic led to from W1, expected two {why}")
    return back(found, "a logarithm", *beside)


@np.errstate(all="ignore")
def _log(W: FloatArray, aim: FloatArray, q: float) -> FloatArray:
    """Return the velocity, NaN where it is not found."""
    size = power_of_two(W)
    shots = _Shots(W / size, q)
    way = _Way(W / size, in_range(aim / size, "log_map: W2 over W1"), q)
    done, found, part = 0.0, np.zeros(W.size), 1.0
    slope = shots.coordinates((way.at(1e-6) - W / size) * 1e6)
    while done < 1 and np.linalg.slogdet(W)[0] == np.linalg.slogdet(aim)[0]:
        to = min(1.0, done + part)
        guess = found * (to / done) if done else slope * to
        reached = shots.hit(way.at(to), guess)
        if reached is not None:
            done, found = to, reached
        elif part <= _SHORTEST:
            break
        else:
            part /= 2
    return size * shots.velocities(found) if done == 1 else np.full(W.shape, np.nan)


class _Way:
    """A path of invertible matrices between two of one component."""

    def __init__(self, W: FloatArray, aim: FloatArray, q: float) -> None:
        self._q, self._aim = q, aim
        (self._Q, one), (other, two) = (self._polar(x) for x in (W, aim))
        self._ends = one, two
        turn = self._Q.T @ other
        # a Hermitian matrix with the same vectors: those found of it are orthonormal
        self._axes = np.linalg.eigh((turn + turn.T) / 2 - 0.7j * (turn - turn.T) / 2)[1]
        self._turn = np.diagonal(self._axes.conj().T @ turn @ self._axes)

    def at(self, part: float) -> FloatArray:
        """Return it at a part of the way."""
        if part == 1:
            return self._aim
        one, two = self._ends
        values, vectors = np.linalg.eigh((1 - part) * one + part * two)
        stretched = np.exp(values) if self._q == 0 else values ** (1 / self._q)
        turned = (self._axes * self._turn**part) @ self._axes.conj().T
        return np.asarray(self._Q @ turned.real @ (vectors * stretched) @ vectors.T)

    def _polar(self, W: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return the orthogonal factor, and the N-th root (logarithm) of the positive one."""
        U, sigma, Vt = svd(W)
        root = np.log(sigma) if self._q == 0 else sigma**self._q
        return U @ Vt, (Vt.T * root) @ Vt


class _Shots:
    """Geodesics from W, by the coordinates of their velocities: their lengths are Euclidean."""

    def __init__(self, W: FloatArray, q: float) -> None:
        self._W, self._q = W, q
        self._U, sigma, self._Vt = svd(W)
        self._roots = np.sqrt(eigenvalues(sigma, q))

    def coordinates(self, Z: FloatArray) -> FloatArray:
        return np.asarray((self._U.T @ Z @ self._Vt.T / self._roots).reshape(-1))

    def velocities(self, coordinates: FloatArray) -> FloatArray:
        found = coordinates.reshape(*coordinates.shape[:-1], *self._W.shape) * self._roots
        return np.asarray(self._U @ found @ self._Vt)

    def ends(self, coordinates: FloatArray) -> FloatArray:
        """Return where they are at time 1, (count, d, d): NaN where one does not get there."""
        start = np.broadcast_to(self._W, (len(coordinates), *self._W.shape))
        ends = follow(start, self.velocities(coordinates), np.ones(len(coordinates)), self._q)
        return np.where((ends.time == 1)[:, None, None], ends.W, np.nan)

    def hit(self, aim: FloatArray, guess: FloatArray) -> FloatArray | None:
        """Return the coordinates of one that ends at the aim, by Newton's method from a guess."""
        U, sigma, Vt = svd(aim)
        roots = np.sqrt(eigenvalues(sigma, self._q))
        moved, best, found = _DIFFERENCE * np.eye(len(guess)), np.inf, None
        for _ in range(_ITERATIONS):
            ends = self.ends(guess + np.concatenate([0 * guess[None], moved]))
            if not np.isfinite(ends).all():
                break
            error = float(np.linalg.norm(ends[0] - aim) / np.linalg.norm(aim))
            if error < best / 2:
                best, found = error, guess
            elif best <= _REACHED:
                break  # no better by rounding
            if best <= _ROUNDING:
                break
            off = (U.T @ (ends - aim) @ Vt.T / roots).reshape(len(ends), -1)
            if not np.isfinite(off).all():
                break
            slopes = (off[1:] - off[0]).T / _DIFFERENCE
            step = np.linalg.lstsq(slopes, off[0], rcond=None)[0]
            if np.linalg.norm(step) > 1 + np.linalg.norm(guess):
                break
            guess = guess - step
        return found if best <= _REACHED else None
