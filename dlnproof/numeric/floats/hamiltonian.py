"""The geodesic flow of g^N: that of Tr(P^T A_{N,W}(P)) / 2, in matrices and their momenta.

    W' = A_{N,W}(P),    P' = -grad_W Tr(P^T A_{N,W}(P)) / 2.

The speed |W'| is constant, so within the distance to the singular matrices over the speed no
geodesic gets there: a step is at most a part of that.
"""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dlnproof.numeric.floats.arrays import FloatArray
from dlnproof.numeric.floats.decomposition import svd
from dlnproof.numeric.floats.extrapolation import ERROR_ORDER, extrapolated_step
from dlnproof.numeric.floats.kernels import eigenvalues
from dlnproof.numeric.floats.operator_power import OperatorPower

RTOL: Final = 1e-13
"""The tolerance of W and of its momentum, in each step."""
_NOISE: Final = 8 * 2.0**-52
"""What rounding adds to that, over the condition of W."""
_PART: Final = 0.5
_LEAST: Final = 1e-13
"""A step so much shorter than the whole way leads nowhere."""
MOST_STEPS: Final = 10_000


class Ends(NamedTuple):
    """Where geodesics are, of shape (batch, d, d), and after what time: less where one stopped."""

    W: FloatArray
    velocity: FloatArray
    time: FloatArray


class _Ways(NamedTuple):
    """Geodesics under way: (2, batch, d, d), W and its momentum; the step to try; time left."""

    state: FloatArray
    step: FloatArray
    left: FloatArray
    speed: FloatArray


@np.errstate(all="ignore")
def follow(W: FloatArray, velocity: FloatArray, time: FloatArray, q: float) -> Ends:
    """Return the ends of geodesics of invertible W after times >= 0, for q < 1.

    Entries should be of the order of 1.
    """
    U, sigma, Vt = svd(W)
    coordinates = U.mT @ velocity @ Vt.mT
    momenta = coordinates / eigenvalues(sigma, q)
    speed = np.sqrt(np.sum(coordinates * momenta, axis=(-2, -1)))
    state = np.stack([W, U @ momenta @ Vt])
    ways = _Ways(state, _PART * sigma[:, -1] ** q / speed, time.copy(), speed)
    under_way = np.flatnonzero((time > 0) & (speed > 0))
    for _ in range(MOST_STEPS):
        if not len(under_way):
            break
        some = _Ways(ways.state[:, under_way], *(x[under_way] for x in ways[1:]))
        some, on = _advanced(some, _LEAST * time[under_way], q)
        ways.state[:, under_way] = some.state
        ways.step[under_way], ways.left[under_way] = some.step, some.left
        under_way = under_way[on]
    still = np.where(speed > 0, ways.left, 0.0)
    return Ends(ways.state[0], _slopes(ways.state, q)[0], time - still)


def _advanced(ways: _Ways, least: FloatArray, q: float) -> tuple[_Ways, NDArray[np.bool_]]:
    """Return them one step on, where it is accepted, and which are to go on."""
    sigma = svd(ways.state[0])[1]
    longest = np.inf if q == 0 else _PART * sigma[:, -1] ** q / q / ways.speed
    step = np.minimum(np.minimum(ways.step, longest), ways.left)
    there, error = extrapolated_step(lambda y: _slopes(y, q), ways.state, step[:, None, None])
    size = np.linalg.norm(error, axis=(-2, -1)) / np.linalg.norm(ways.state, axis=(-2, -1))
    size = np.max(size, axis=0) / (RTOL + _NOISE * sigma[:, 0] / sigma[:, -1])
    taken = size <= 1
    factor = np.where(size < np.inf, np.clip(0.9 * size ** (-1 / ERROR_ORDER), 0.2, 4.0), 0.2)
    state = np.where(taken[:, None, None], there, ways.state)
    left = np.where(taken, ways.left - step, ways.left)
    moved = _Ways(state, step * factor, left, ways.speed)
    return moved, (left > 0) & (step > least) & (svd(state[0])[1][:, -1] > 0)


def _slopes(state: FloatArray, q: float) -> FloatArray:
    """Return W' and P', NaN where W is not invertible: shape (..., 2, batch, d, d)."""
    W, P = state[..., 0, :, :, :], state[..., 1, :, :, :]
    good = np.asarray(np.isfinite(state).all(axis=(-4, -2, -1)))
    U, sigma, Vt = svd(np.where(good[..., None, None], W, 0.0))
    good = good & (sigma[..., -1] > 0)
    sigma = np.where(good[..., None], sigma, 1.0)
    p = U.mT @ np.where(good[..., None, None], P, np.nan) @ Vt.mT
    forces = OperatorPower(q, 1.0).adjoint_in_frame(p, p, sigma) / -2
    moves = np.stack([eigenvalues(sigma, q) * p, forces], axis=-4)
    return np.asarray(U[..., None, :, :, :] @ moves @ Vt[..., None, :, :, :])
