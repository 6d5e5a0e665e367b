"""The flow at depth one, in closed form: the residuals decay exponentially.

With the observations as rows of a matrix B = P diag(s) Q^T, the residuals r = B vec W - y obey
dr/dt = -B B^T r: the part P_i^T r decays like exp(-s_i^2 t), and what is orthogonal to the columns
of P stays. Of observed entries all s_i are 1.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from dlnproof.numeric.floats.arrays import FloatArray
from dlnproof.training.completion import Completion
from dlnproof.training.runs import Ending, Runs
from dlnproof.training.sensing import Sensing
from dlnproof.training.spectral_point import ROUNDING, spectrum
from dlnproof.training.stepping import TRUSTED, AcceptedStep, Control, Hook

_ABOVE: Final = 2.0**-46
"""How near the least loss, relative to it, a run counts as having come to rest."""
_NEWTON: Final = 200


def decay(runs: Runs, where: NDArray[np.int64], control: Control, on_step: Hook | None) -> None:
    """Enter the outcomes of the runs ``where``, which stand at W(0).

    A_{1,W} is the identity: what is not observed stays, and det W may change its sign.
    """
    problem = runs.problem
    assert isinstance(problem, Completion | Sensing)
    path = EntriesDecay(problem) if isinstance(problem, Completion) else MeasuredDecay(problem)
    W0, start = runs.W[where], runs.loss[where]
    # the loss at which rounding is all that W holds of the residuals that matter
    floor = (ROUNDING / TRUSTED) ** 2 * path.size(W0)
    least = path.least(W0)
    for number, level in enumerate(runs.levels):
        crossed = (
            (start > level) & (level >= np.maximum(floor, least)) & (level >= control.stop_loss)
        )
        runs.W_at[where[crossed], number], _ = path.at(W0[crossed], start[crossed], level)
    for number, t in enumerate(runs.times):
        runs.W_at_time[where, number] = path.after(W0, t)
    stop = np.maximum(control.stop_loss, np.maximum(floor, least))
    above = (start > control.stop_loss) & (stop > control.stop_loss)
    runs.ending[where[above]] = Ending.IMPRECISE
    runs.ending[where[above & (least > floor)]] = Ending.STATIONARY
    moved = start > stop
    W, time = path.at(W0[moved], start[moved], stop[moved])
    where, stop = where[moved], stop[moved]
    if len(where):
        runs.W[where], runs.time[where], runs.loss[where], runs.steps[where] = W, time, stop, 1
        runs.log_singular_values[where], runs.det_sign[where] = logs, sign = spectrum(W)
        if on_step is not None:
            on_step(AcceptedStep(where, time, stop, W, logs, sign))


class EntriesDecay:
    """The decay of observed entries: all residuals at one rate."""

    def __init__(self, problem: Completion) -> None:
        self._problem = problem

    def size(self, W0: FloatArray) -> FloatArray:
        """Return half the square of what the residuals are computed from, shape (n,)."""
        problem = self._problem
        size = np.abs(problem.values) + np.abs(W0[(slice(None), *problem.indices)])
        return np.asarray((size * size).sum(axis=-1) / 2)

    def least(self, W0: FloatArray) -> FloatArray:
        """Return the loss that is never fallen below, shape (n,)."""
        return np.zeros(len(W0))

    def at(
        self, W0: FloatArray, start: FloatArray, level: FloatArray | float
    ) -> tuple[FloatArray, FloatArray]:
        """Return W, and the time, at which the loss has fallen from ``start`` to ``level``."""
        part = np.sqrt(level / start)
        return self._left(W0, part), -np.log(part)

    def after(self, W0: FloatArray, time: float) -> FloatArray:
        """Return W at a time."""
        return self._left(W0, np.full(len(W0), np.exp(-time)))

    def _left(self, W0: FloatArray, part: FloatArray) -> FloatArray:
        """Return W where such a part of the residuals is left."""
        problem, W = self._problem, W0.copy()
        W[(slice(None), *problem.indices)] = problem.values + part[:, None] * (
            W0[(slice(None), *problem.indices)] - problem.values
        )
        return W


class MeasuredDecay:
    """The decay of measurements, at rates of their own; part of the residuals may stay."""

    def __init__(self, problem: Sensing) -> None:
        P, s, Qt = np.linalg.svd(problem.design, full_matrices=False)
        kept = s > len(problem.design) * np.finfo(float).eps * s[0]
        self._problem, self._P, self._s, self._Qt = problem, P[:, kept], s[kept], Qt[kept]

    def _parts(self, W0: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return P^T r, (n, rank), and half the square of what stays of r, (n,)."""
        r = self._problem.residuals(W0)
        parts = _each(r, self._P)
        rest = r - _each(parts, self._P.T)
        return parts, (rest * rest).sum(axis=-1) / 2

    def size(self, W0: FloatArray) -> FloatArray:
        """Return half the square of what the residuals are computed from, shape (n,)."""
        problem = self._problem
        flat = np.abs(W0).reshape(len(W0), problem.design.shape[1])
        size = np.abs(problem.values) + flat @ np.abs(problem.design).T
        return np.asarray((size * size).sum(axis=-1) / 2)

    def least(self, W0: FloatArray) -> FloatArray:
        """Return the loss that is never fallen below, shape (n,), and rounding above it."""
        return self._parts(W0)[1] * (1 + _ABOVE)

    def at(
        self, W0: FloatArray, start: FloatArray, level: FloatArray | float
    ) -> tuple[FloatArray, FloatArray]:
        """Return W, and the time, at which the loss has fallen from ``start`` to ``level``.

        The logarithm of a sum of exponentials is convex in t: Newton's method, from the left,
        approaches its root from the left and never passes it.
        """
        parts, rest = self._parts(W0)
        goal = np.log(level - rest)
        time, rates = np.zeros(len(W0)), 2 * self._s**2
        for _ in range(_NEWTON):
            terms = parts**2 / 2 * np.exp(-rates * time[:, None])
            total = terms.sum(axis=-1)
            excess = np.log(total) - goal
            if not (excess > 1e-14).any():
                break
            time += np.maximum(excess, 0) * total / (terms * rates).sum(axis=-1)
        return self._moved(W0, parts, time), time

    def after(self, W0: FloatArray, time: float) -> FloatArray:
        """Return W at a time."""
        return self._moved(W0, self._parts(W0)[0], np.full(len(W0), time))

    def _moved(self, W0: FloatArray, parts: FloatArray, time: FloatArray) -> FloatArray:
        gone = -np.expm1(-(self._s**2) * time[:, None]) / self._s * parts
        return np.asarray(W0 - _each(gone, self._Qt).reshape(W0.shape))


def _each(rows: FloatArray, A: FloatArray) -> FloatArray:
    """Return each row times A: one product a run, whose bits do not depend on the others."""
    return np.asarray((rows[:, None, :] @ A)[:, 0])
