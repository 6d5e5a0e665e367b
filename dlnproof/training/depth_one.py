"""The flow at depth one, in closed form: the residuals decay like exp(-t)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from dlnproof.numeric.floats.arrays import FloatArray
from dlnproof.training.completion import Completion
from dlnproof.training.runs import Ending, Runs
from dlnproof.training.spectral_point import ROUNDING, spectrum
from dlnproof.training.stepping import TRUSTED, AcceptedStep, Control, Hook


def decay(runs: Runs, where: NDArray[np.int64], control: Control, on_step: Hook | None) -> None:
    """Enter the outcomes of the runs ``where``, which stand at W(0).

    A_{1,W} is the identity: what is not observed stays, the loss decays like exp(-2 t), and det W
    may change its sign.
    """
    problem = runs.problem
    W0, start = runs.W[where], runs.loss[where]
    # the loss at which rounding is all that W holds of the residuals that matter
    size = np.abs(problem.values) + np.abs(W0[(slice(None), *problem.indices)])
    floor = (ROUNDING / TRUSTED) ** 2 * (size * size).sum(axis=-1) / 2
    for number, level in enumerate(runs.levels):
        crossed = (start > level) & (level >= floor) & (level >= control.stop_loss)
        runs.W_at[where[crossed], number], _ = _at(problem, W0[crossed], start[crossed], level)
    for number, t in enumerate(runs.times):
        runs.W_at_time[where, number] = _after(problem, W0, np.full(len(where), np.exp(-t)))
    stop = np.maximum(control.stop_loss, floor)
    runs.ending[where[(start > control.stop_loss) & (stop > control.stop_loss)]] = Ending.IMPRECISE
    moved = start > stop
    W, time = _at(problem, W0[moved], start[moved], stop[moved])
    where, stop = where[moved], stop[moved]
    if len(where):
        runs.W[where], runs.time[where], runs.loss[where], runs.steps[where] = W, time, stop, 1
        runs.log_singular_values[where], runs.det_sign[where] = logs, sign = spectrum(W)
        if on_step is not None:
            on_step(AcceptedStep(where, time, stop, W, logs, sign))


def _at(
    problem: Completion, W0: FloatArray, start: FloatArray, level: FloatArray | float
) -> tuple[FloatArray, FloatArray]:
    """Return W, and the time, at which the loss has fallen from ``start`` to ``level``."""
    part = np.sqrt(level / start)
    return _after(problem, W0, part), -np.log(part)


def _after(problem: Completion, W0: FloatArray, part: FloatArray) -> FloatArray:
    """Return W where such a part of the residuals is left."""
    W = W0.copy()
    W[(slice(None), *problem.indices)] = problem.values + part[:, None] * (
        W0[(slice(None), *problem.indices)] - problem.values
    )
    return W
