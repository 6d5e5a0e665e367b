"""The gradient flow of the end-to-end matrix, dW/dt = -A_{N,W}(G), for a batch of runs."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from dlnproof.depth import Depth
from dlnproof.numeric.floats.arrays import FloatArray, in_range
from dlnproof.training.completion import Completion
from dlnproof.training.crossing import joined, locate
from dlnproof.training.depth_one import decay
from dlnproof.training.flow_input import (
    checked_count,
    checked_depths,
    checked_levels,
    checked_matrices,
    checked_number,
    plain_depth,
    refuse_singular,
)
from dlnproof.training.runs import Ending, Runs
from dlnproof.training.spectral_point import INFINITE_DEPTH, Observed, Point, spectrum
from dlnproof.training.stepping import AcceptedStep, Control, Hook, Outcome, integrate

__all__ = ["AcceptedStep", "gradient_flow"]

MAX_STEPS: Final = 20_000

_CHUNK: Final = 4096
_JACOBIANS: Final = 2**20
"""At most so many runs, and entries of Jacobians (d^4 each), are advanced together."""

_LOCATED: Final = 1e-3
"""A level counts as located when the loss is known to this part: the rest is rounding."""


@np.errstate(all="ignore")  # what overflows in a step refuses the step
def gradient_flow(
    problem: Completion,
    depth: Depth | Iterable[Depth],
    W0: Any,
    *,
    stop_loss: float = 1e-12,
    at_loss: Iterable[float] = (),
    rtol: float = 1e-7,
    max_steps: int = MAX_STEPS,
    on_step: Hook | None = None,
) -> Runs:
    """Follow dW/dt = -A_{N,W}(grad l(W)) from each W0, shape (n, d, d), until l(W) = ``stop_loss``.

    ``depth``: an int >= 1 or ``math.inf``, or one for each run; (d, d) stands for one run. From
    N = 2 on W0 must be invertible: rank and sign of det W are constant along the flow, and kept
    exactly. The state is (log singular values, frames), so sigma_r may leave the range of float64;
    steps are Rodas5P's, a stiff method of order 5 with an exact Jacobian, each run with its own
    step sizes, whose errors are kept to ``rtol``: of log sigma_r relative to 1 + |log sigma_r|, of
    u_i^T W v_l relative to max(sigma_i, sigma_l). N = 1 is done in closed form.

    Every run ends REACHED, with loss = ``stop_loss`` to 1e-6 or what rounding allows; STATIONARY at
    a saddle or local minimum above it; UNFINISHED after ``max_steps`` steps tried; or IMPRECISE
    where the residuals are no longer known to 1%, with the last state at which they were. A run
    that starts at or below ``stop_loss`` stays there. ``at_loss``: decreasing levels at which W is
    wanted too; NaN where a run never crosses one, be it that it starts below. ``on_step`` is called
    with an :class:`AcceptedStep` of some runs after every step they take.

    A run's bits do not depend on the batch it is in. A coincidence sigma_i = sigma_l of W0, where
    frames are not unique, is broken by a relative change of W0 of about 1e-11.
    Raises :class:`~dlnproof.errors.InputError`. Source: CMV2023; RC2020; Bah et al. 2022.

    >>> problem = Completion((2, 2), {(0, 0): 1, (1, 1): 1})
    >>> runs = gradient_flow(problem, math.inf, [[[0.1, 0.2], [0.3, 0.1]]], at_loss=[1e-2])
    >>> [str(ending) for ending in runs.ending], int(runs.det_sign[0]), runs.W_at.shape
    (['reached'], -1, (1, 1, 2, 2))
    """
    W0 = checked_matrices(problem, W0)
    depths = checked_depths(depth, len(W0))
    levels = checked_levels(at_loss)
    control = Control(
        stop_loss=checked_number(stop_loss, "stop_loss", math.inf),
        levels=levels,
        rtol=checked_number(rtol, "rtol", 1),
        max_steps=checked_count(max_steps, "max_steps"),
    )
    log_sigma, det_sign = spectrum(W0)
    deep = depths > 1
    refuse_singular(det_sign, depths)
    n, d = log_sigma.shape
    runs = Runs(
        problem=problem,
        settings={
            "method": "flow",
            "depth": plain_depth(depth, depths),
            "stop_loss": control.stop_loss,
            "at_loss": list(levels),
            "rtol": control.rtol,
            "max_steps": control.max_steps,
        },
        W=W0.copy(),
        loss=in_range(problem.loss(W0), "loss of W0"),
        log_singular_values=log_sigma,
        det_sign=det_sign,
        ending=np.full(n, Ending.REACHED, dtype="<U16"),
        steps=np.zeros(n, dtype=np.int64),
        time=np.zeros(n),
        levels=levels,
        W_at=np.full((n, len(levels), d, d), np.nan),
    )
    decay(runs, np.flatnonzero(~deep), control, on_step)
    size = max(1, min(_CHUNK, _JACOBIANS // d**4))
    for start in range(0, n, size):
        chunk = start + np.flatnonzero(deep[start : start + size])
        if len(chunk):
            _integrate(runs, chunk, depths[chunk], control, on_step)
    return runs


def _integrate(
    runs: Runs, chunk: NDArray[np.int64], depths: FloatArray, control: Control, on_step: Hook | None
) -> None:
    """Enter the outcomes of the runs in ``chunk``, all of depth >= 2."""
    observed = Observed.of(runs.problem)
    U, sigma, Vt = np.linalg.svd(runs.W[chunk])
    point = Point(
        np.maximum(1 / depths, INFINITE_DEPTH),
        np.ascontiguousarray(np.log(sigma).T),
        np.stack([U.transpose(1, 2, 0), Vt.transpose(2, 1, 0)], axis=2),
    )

    def report(index: NDArray[np.int64], at: Point, time: FloatArray, loss: FloatArray) -> None:
        if on_step is not None:
            where = chunk[index]
            W, logs = _rows(at.W), np.ascontiguousarray(at.x.T)
            on_step(AcceptedStep(where, time, loss, W, logs, runs.det_sign[where]))

    outcome = integrate(point, observed, control, None if on_step is None else report)
    moved = outcome.steps > 0
    runs.steps[chunk], runs.ending[chunk] = outcome.steps, outcome.ending.astype(str)
    _enter(runs, chunk[moved], outcome.point.take(moved), outcome.time[moved], observed)
    _enter_crossings(runs, chunk, outcome, observed)


def _enter_crossings(
    runs: Runs, chunk: NDArray[np.int64], outcome: Outcome, observed: Observed
) -> None:
    """Locate the crossings, and enter W at the levels and the final states at the stop loss."""
    if not outcome.crossings:
        return
    crossing = joined(outcome.crossings)
    point, time, loss = locate(crossing, observed)
    located = np.abs(loss / crossing.level - 1) <= _LOCATED
    final = crossing.number == len(runs.levels)
    at_level = located & ~final
    W = _rows(point.W)
    runs.W_at[chunk[crossing.runs[at_level]], crossing.number[at_level]] = W[at_level]
    runs.ending[chunk[crossing.runs[final & ~located]]] = Ending.IMPRECISE
    end = located & final
    _enter(runs, chunk[crossing.runs[end]], point.take(end), time[end], observed)


def _enter(
    runs: Runs, where: NDArray[np.int64], point: Point, time: FloatArray, observed: Observed
) -> None:
    runs.W[where], runs.log_singular_values[where] = _rows(point.W), point.x.T
    runs.loss[where], runs.time[where] = observed.loss(point), time


def _rows(matrices: FloatArray) -> FloatArray:
    """Return matrices (d, d, n) as (n, d, d)."""
    return np.ascontiguousarray(matrices.transpose(2, 0, 1))
