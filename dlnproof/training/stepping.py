"""A batch of flows: a step size for each run, accepted or refused, until every run has ended.

A step is accepted where its error estimate is within tolerance and the loss does not grow. The
error is measured where it matters: to rtol, that of log sigma_r relative to 1 + |log sigma_r|, and
entry (i, l) of the error of W in its frames relative to max(sigma_i, sigma_l), which is blind to
what coincident singular values leave free; to :data:`RESIDUAL` rtol, the residuals' relative to
their own norm, which may be far smaller than W.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dlnproof.numeric.floats.arrays import FloatArray
from dlnproof.training.batch import Batch, joined
from dlnproof.training.crossing import Crossing, Moment
from dlnproof.training.frames import apply, half_square, pairs, rows
from dlnproof.training.rodas import ERROR_ORDER, rodas_step
from dlnproof.training.runs import Ending
from dlnproof.training.spectral_point import Observed, Point
from dlnproof.training.svd_chart import Chart

RESIDUAL: Final = 1e3
"""The residuals' tolerance over that of W."""

TRUSTED: Final = 1e-2
"""A run ends as imprecise when rounding may be this part of the residuals' norm."""

VANISHED: Final = 2.0**-40
"""What counts as zero in a gradient, relative to its norm or to the loss."""

SMALLEST_STEP: Final = 2.0**-48
"""No step is tried that changes the coordinates by less."""


@dataclass(frozen=True)
class AcceptedStep:
    """The states of some runs, each after a step accepted: what ``on_step`` is called with.

    ``runs``: (m,), indices into W0; ``time``, ``loss``: (m,); ``W``: (m, d, d); ``log_sigma``:
    (m, d), decreasing; ``det_sign``: (m,). The step that crosses the stop loss comes whole.
    """

    runs: NDArray[np.int64]
    time: FloatArray
    loss: FloatArray
    W: FloatArray
    log_sigma: FloatArray
    det_sign: NDArray[np.int8]


Hook = Callable[[AcceptedStep], None]


@dataclass(frozen=True)
class Control:
    """When steps are accepted and runs end."""

    stop_loss: float
    at_loss: tuple[float, ...]
    at_time: tuple[float, ...]
    rtol: float
    max_steps: int


@dataclass(frozen=True)
class State(Batch):
    """Where some runs are; the last axis of every array is the batch.

    ``runs``: indices into W0. ``ending`` is None while a run is under way. A run that reached the
    stop loss is left at the start of the step that crosses it.
    """

    runs: NDArray[np.int64]
    point: Point
    det_sign: NDArray[np.int8]
    time: FloatArray
    h: FloatArray
    steps: NDArray[np.int64]
    ending: NDArray[np.object_]


class Passed(NamedTuple):
    """What the flow passed of the levels and times asked for."""

    levels: list[Crossing]
    times: list[Moment]


def integrate(
    point: Point,
    observed: Observed,
    control: Control,
    *,
    runs: NDArray[np.int64],
    det_sign: NDArray[np.int8],
    on_step: Hook | None,
) -> tuple[State, Passed]:
    """Follow the flow from ``point`` until every run has ended; return where, and what it passed.

    ``runs`` and ``det_sign`` go with the points. Crossings of the stop loss are
    numbered after those of the levels.
    """
    point = point.sorted()
    n = len(runs)
    slope = np.abs(Chart(point, observed).start).max(axis=0)
    h = 0.01 / np.where(slope > 0, slope, 1.0)
    ending = np.full(n, None, dtype=object)
    ending[observed.loss(point) <= control.stop_loss] = Ending.REACHED
    steps = np.zeros(n, dtype=np.int64)
    state = State(runs, point, det_sign, np.zeros(n), h, steps, ending)
    ended: list[State] = []
    passed = Passed([], [])
    while len(state.runs):
        over = state.ending.astype(bool)
        if over.any():
            ended.append(state.take(over))
            state = state.take(~over)
        if len(state.runs):
            state = _advance(state, observed, control, passed, on_step)
    return joined(ended), passed


def _advance(
    runs: State,
    observed: Observed,
    control: Control,
    passed: Passed,
    on_step: Hook | None,
) -> State:
    """Try one step of each run."""
    chart = Chart(runs.point, observed)
    y, error = rodas_step(chart.field, chart.start, chart.jacobian(), runs.h)
    there = chart.move(y).sorted()
    loss, new_loss = chart.loss, observed.loss(there)
    noise = half_square(observed.rounding(there))
    size = _error_size(chart, error, new_loss, noise, control.rtol)
    # where the loss stagnates, rounding may hide that it falls
    accepted = (size <= 1) & (new_loss <= loss + 2 * np.sqrt(loss * noise))
    trusted = noise <= TRUSTED**2 * new_loss
    taken = accepted & trusted
    for number, level in enumerate((*control.at_loss, control.stop_loss)):
        crossed = taken & (loss > level) & (new_loss <= level)
        if crossed.any():
            step, end = runs.take(crossed), new_loss[crossed]
            which = np.full(len(end), number), np.full(len(end), level)
            passed.levels.append(Crossing(step.runs, *which, step.point, step.h, step.time, end))
    for number, t in enumerate(control.at_time):
        due = taken & (runs.time < t) & (t <= runs.time + runs.h)
        if due.any():
            step = runs.take(due)
            numbers = np.full(len(step.runs), number)
            passed.times.append(Moment(step.runs, numbers, step.point, t - step.time))
    if on_step is not None and taken.any():
        step, end = runs.take(taken), there.take(taken)
        state = (rows(end.W), rows(end.x), step.det_sign)
        on_step(AcceptedStep(step.runs, step.time + step.h, new_loss[taken], *state))

    factor = np.clip(0.9 * np.maximum(size, 1e-10) ** (-1 / ERROR_ORDER), 0.2, 5.0)
    factor = np.where(accepted, factor, np.fmin(factor, 0.5))
    steps = runs.steps + 1
    reached = taken & (new_loss <= control.stop_loss)
    stuck = ~accepted & (runs.h * np.abs(chart.start).max(axis=0) < SMALLEST_STEP)
    ending = np.full(len(steps), None, dtype=object)
    ending[steps >= control.max_steps] = Ending.UNFINISHED
    ending[stuck | (accepted & ~trusted)] = Ending.IMPRECISE
    ending[_stationary(chart)] = Ending.STATIONARY
    ending[reached] = Ending.REACHED
    moved = taken & ~reached
    point = runs.point.replaced(moved, there)
    time = np.where(moved, runs.time + runs.h, runs.time)
    return State(runs.runs, point, runs.det_sign, time, runs.h * factor, steps, ending)


def _error_size(
    chart: Chart, error: FloatArray, loss: FloatArray, noise: FloatArray, rtol: float
) -> FloatArray:
    """Return the largest part of the error over its tolerance, as the module's docstring says.

    ``loss`` and ``noise``: halves of the squared norms of the new residuals and of their rounding.
    """
    x = chart.point.x
    d = len(x)
    i, l = pairs(d)
    dx, a, b = error[:d], error[d : d + len(i)], error[d + len(i) :]
    fall = np.exp(x[l] - x[i])
    parts = np.concatenate([dx / (1 + np.abs(x)), b - a * fall, a - b * fall])
    residual = half_square(apply(chart.residual_slopes, error)[None])
    allowed = RESIDUAL * rtol * np.sqrt(loss) + np.sqrt(noise)
    size: FloatArray = np.maximum(np.abs(parts).max(axis=0) / rtol, np.sqrt(residual) / allowed)
    return size


def _stationary(chart: Chart) -> NDArray[np.bool_]:
    """Return where nothing is left for the flow to do: a saddle or a local minimum.

    To rounding, M = U^T G V is diagonal and nonnegative, and positive only where sigma_r M_rr, what
    the loss may still lose through sigma_r -> 0, is nothing beside the loss.
    """
    M, loss, r = chart.M, chart.loss, np.arange(len(chart.M))
    negligible = VANISHED * np.sqrt(2 * loss)
    diagonal = M[r, r]
    off = np.abs(M)
    off[r, r] = 0
    sunk = np.exp(chart.point.x) * diagonal <= VANISHED * loss
    return np.asarray(
        (off.max(axis=(0, 1)) <= negligible)
        & (diagonal >= -negligible).all(axis=0)
        & ((diagonal <= negligible) | sunk).all(axis=0)
    )
