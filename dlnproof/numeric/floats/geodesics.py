"""Geodesics of g^N: the exponential map."""

from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from dlnproof.depth import Depth
from dlnproof.errors import InputError
from dlnproof.numeric.floats.arrays import (
    Array,
    FloatArray,
    as_matrices,
    as_real,
    check_together,
    home_of,
    in_range,
)
from dlnproof.numeric.floats.by_numpy import back, to_numpy
from dlnproof.numeric.floats.decomposition import singular_values
from dlnproof.numeric.floats.hamiltonian import MOST_STEPS, follow
from dlnproof.numeric.floats.matrix_powers import check_invertible
from dlnproof.numeric.normalization import Normalization, inverse_depth_and_scale

_END: Final = {
    False: "comes as near to the singular matrices, where g^N ends, as floats tell",
    True: "leaves the matrices with sigma_d > d eps sigma_1 and 1e-150 < sigma < 1e150",
}
"""How a geodesic ends in floats, at finite depth and at infinite depth."""


def geodesic(
    W: ArrayLike,
    velocity: ArrayLike,
    t: ArrayLike,
    depth: Depth,
    *,
    normalization: Normalization = "mean",
    return_velocity: bool = False,
) -> Array:
    """Return where the geodesic of g^N from W with a velocity is at time t: the exponential map.

    W(0) = W, W'(0) = velocity, W'' = -Gamma(W', W') (:func:`christoffel`); t = 1 is exp_W, and t
    may be negative. Where singular vectors stay, sigma_i^{1/N} is linear in t, at infinite depth
    log sigma_i. W and velocity have shapes (..., d, d), t that of a batch, and they broadcast; with
    ``return_velocity`` the pair of W(t) and W'(t) comes back. It is the same for both
    normalisations. At finite depth N >= 2 a geodesic may reach the singular matrices in finite
    time, where g^N ends: by the time t, or nearer than floats tell from it, is an error for one
    geodesic, and NaN in a batch. Guaranteed: in each step the error of W and of its momentum
    A^{-1}(W') is estimated, and below 1e-13 + 8 eps sigma_1/sigma_d of their norms. Cost: some 40
    SVDs a step, of the whole batch together. Raises :class:`~dlnproof.errors.InputError`, also for
    singular W (N >= 2). Source: Hamilton's equations.
    Arrays of torch and jax come back as what they are, without derivatives, computed by numpy, so
    not under ``jit`` and ``vmap`` (docs/arrays.md).

    >>> geodesic(np.diag([4.0, 1.0]), np.diag([4.0, 2.0]), 1, 2).round(12)  # (2 + t)^2, (1 + t)^2
    array([[9., 0.],
           [0., 4.]])
    """
    q, _ = inverse_depth_and_scale(depth, normalization)
    home = home_of(W=W, velocity=velocity, t=t)
    given = {"W": as_matrices(W, "W", home), "velocity": as_matrices(velocity, "velocity", home)}
    check_together(**given)
    times = as_real(t, "t", home)
    base, move = (to_numpy(x, "a geodesic") for x in given.values())
    found, speed = exponential(base, move, to_numpy(times, "a geodesic"), q)
    beside = (*given.values(), times)
    ends = back(found, "a geodesic", *beside)
    return (ends, back(speed, "a geodesic", *beside)) if return_velocity else ends


@np.errstate(all="ignore")
def exponential(
    W: FloatArray, velocity: FloatArray, t: FloatArray, q: float
) -> tuple[FloatArray, FloatArray]:
    """Return W(t) and W'(t). Raises :class:`InputError` for one that ends, if it is alone."""
    batch = _batch(W=W, velocity=velocity, t=t[..., None, None])
    matrices, moves = (_flat(x, batch) for x in (W, velocity))
    times = np.broadcast_to(t, batch).reshape(-1)
    if q == 1:
        found, speed = in_range(matrices + times[:, None, None] * moves, "geodesic"), moves.copy()
    else:
        check_invertible(singular_values(W), "geodesic", "start at a matrix near it")
        found, speed, reached = _scaled(matrices, moves, times, q)
        if not batch and reached[0] != times[0]:
            raise InputError(
                f"t: got {times[0]:.6g}, expected a time before the geodesic {_END[q == 0]}, at "
                f"about {reached[0]:.6g} (or further than {MOST_STEPS} steps lead)"
            )
    return found.reshape(*batch, *W.shape[-2:]), speed.reshape(*batch, *W.shape[-2:])


def _scaled(
    W: FloatArray, velocity: FloatArray, t: FloatArray, q: float
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return W(t) and W'(t), NaN where one ends, and the time it comes to.

    A multiple of W and of the velocity have that multiple of the geodesic: entries are made of the
    order of 1, by powers of two.
    """
    size, pace = power_of_two(W), power_of_two(velocity)
    way = in_range(t * (pace / size)[:, 0, 0], "t times the velocity, over W")
    sign = np.copysign(1.0, way)[:, None, None]
    ends = follow(W / size, sign * velocity / pace, np.abs(way), q)
    there = ends.time == np.abs(way)
    kept = np.where(there, 1.0, np.nan)[:, None, None]
    found, speed = kept * size * ends.W, kept * sign * pace * ends.velocity
    in_range(np.stack([found, speed])[:, there], "geodesic")
    return found, speed, np.where(there, t, t * (ends.time / np.abs(way)))


def power_of_two(matrices: FloatArray) -> FloatArray:
    """Return about the largest entry of each, 1 for zero: dividing by it is exact."""
    largest = np.max(np.abs(matrices), axis=(-2, -1), keepdims=True)
    return np.where(largest == 0, 1.0, np.exp2(np.frexp(largest)[1] - 1.0))


def _flat(matrices: FloatArray, batch: tuple[int, ...]) -> FloatArray:
    """Return a batch of them, as one axis."""
    return np.broadcast_to(matrices, (*batch, *matrices.shape[-2:])).reshape(
        -1, *matrices.shape[-2:]
    )


def _batch(**given: FloatArray) -> tuple[int, ...]:
    """Return the shape of the batch of all. Raises :class:`InputError`."""
    try:
        return np.broadcast_shapes(*(x.shape[:-2] for x in given.values()))
    except ValueError as error:
        got = ", ".join(f"{name} {x.shape[:-2]}" for name, x in given.items())
        raise InputError(
            f"batches: got {got}, expected shapes that broadcast; of one matrix at many times t "
            "takes the only axes, of many at many insert axes of length 1"
        ) from error
