"""The gradient flow of the end-to-end matrix, dW/dt = -A_{N,W}(G), for a batch of runs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from dlnproof.depth import Depth
from dlnproof.errors import InputError
from dlnproof.numeric.floats.arrays import FloatArray, in_range
from dlnproof.numeric.floats.decomposition import as_rank
from dlnproof.training.batch import joined
from dlnproof.training.crossing import LOCATED, Crossing, at_moments, locate
from dlnproof.training.depth_one import decay
from dlnproof.training.engines import of_flow
from dlnproof.training.explicit import follow
from dlnproof.training.flow_input import (
    checked_control,
    checked_depths,
    checked_matrices,
    refuse_lower_rank,
)
from dlnproof.training.frames import rows
from dlnproof.training.observed import Observed
from dlnproof.training.problem import Problem
from dlnproof.training.runs import Ending, Runs
from dlnproof.training.settings import MAX_STEPS, check_known
from dlnproof.training.spectral_point import INFINITE_DEPTH, Point, spectrum
from dlnproof.training.stepping import AcceptedStep, Control, Hook, integrate

__all__ = ["AcceptedStep", "gradient_flow"]

_CHUNK: Final = 4096
_JACOBIANS: Final = 2**20
"""At most so many runs, and entries of Jacobians (d^4 each, or what measurements add to them), are
advanced together.
"""


@np.errstate(all="ignore")  # what overflows in a step refuses the step
def gradient_flow(
    problem: Problem,
    depth: Depth | Iterable[Depth],
    W0: Any,
    *,
    stop_loss: float = 1e-12,
    at_loss: Iterable[float] = (),
    at_time: Iterable[float] = (),
    rtol: float = 1e-7,
    max_steps: int = MAX_STEPS["flow"],
    on_step: Hook | None = None,
    engine: str | None = None,
    rank: int | None = None,
) -> Runs:
    """Follow dW/dt = -A_{N,W}(grad l(W)) from each W0, (n, d, d'), until l(W) = ``stop_loss``.

    ``depth``: an int >= 1 or ``math.inf``, or one for each run; (d, d') stands for one run. From
    N = 2 on W0 must have full rank: rank and sign of det W are constant along the flow, and kept
    exactly; with a lower ``rank`` the flow is that of the matrices of this rank, from the nearest
    to each W0. It is that of hidden layers whose least width is the rank, whatever the others are.
    N = 1, which has no hidden layers, is done in closed form. Each run has its own step sizes, of
    the engine

    - "stiff", by default up to d = 20 and impossible beyond, as its Jacobian has d^4 entries. The
      state is (log singular values, frames), so sigma_r may leave the range of float64; steps are
      Rodas5P's, a stiff method of order 5. Errors of a step are kept to ``rtol``: of log sigma_r
      relative to 1 + |log sigma_r|, of u_i^T W v_l relative to max(sigma_i, sigma_l).
    - "explicit", by default beyond, and the only one of rectangular W and of a lower rank, for
      finite depths: Dormand and Prince's method of order 5 on balanced factors of W0, a step of
      which costs six of gradient descent. Errors of a step are kept to ``rtol`` of the norm of each
      factor. Observed: W(t) to 5e-7 of its norm with the
      default; log sigma_r to 1e-6 down to sigma_r = 1e-20 sigma_1 at N = 2, as the factors hold
      sigma_r^(1/N), where rounding adds about eps (sigma_1/sigma_r)^(1/N). Where that, or what
      grows from it, makes the factors' determinants differ by 1%, the run ends IMPRECISE, as may
      what sinks towards a saddle. Steps are as short as stability wants: where singular values of
      very different size matter, the stiff engine takes fewer, a fortieth in one example with d = 8
      and N = 3; elsewhere the explicit one is faster, a hundred times at d = 20.

    Every run ends REACHED, with loss = ``stop_loss`` to 1e-6 or what rounding allows; STATIONARY at
    a saddle or local minimum above it; UNFINISHED after ``max_steps`` steps tried; or IMPRECISE
    where the residuals are no longer known to 1%, with the last state at which they were. A run
    that starts at or below ``stop_loss`` stays there. ``at_loss``: decreasing levels at which W is
    wanted too; NaN where a run never crosses one, be it that it starts below. ``at_time``: times at
    which W is wanted; NaN after the run's end. ``on_step`` is called with an :class:`AcceptedStep`
    of some runs after every step they take.

    A run's bits do not depend on the batch it is in. A coincidence sigma_i = sigma_l of W0, where
    frames are not unique, is broken by a relative change of W0 of about 1e-11.
    Raises :class:`~dlnproof.errors.InputError`. Source: CMV2023; RC2020; Bah et al. 2022.

    >>> from dlnproof.training import Completion
    >>> problem = Completion((2, 2), {(0, 0): 1, (1, 1): 1})
    >>> runs = gradient_flow(problem, float("inf"), [[[0.1, 0.2], [0.3, 0.1]]], at_loss=[1e-2])
    >>> [str(ending) for ending in runs.ending], int(runs.det_sign[0]), runs.W_at.shape
    (['reached'], -1, (1, 1, 2, 2))
    """
    check_known(problem, "with the flow")
    W0 = checked_matrices(problem, W0)
    depths, plain = checked_depths(depth, len(W0))
    control = checked_control(stop_loss, at_loss, at_time, rtol, max_steps)
    deep = depths > 1
    lower = as_rank(rank, W0)
    engine = of_flow(W0.shape, float(depths.max()), engine, lower)
    log_sigma, det_sign = spectrum(W0)
    n, d = log_sigma.shape
    refuse_lower_rank(log_sigma, W0.shape, lower or d, depths)
    if lower is not None:
        W0, log_sigma, det_sign = _nearest(W0, depths, log_sigma, lower)
    along = {name: list(getattr(control, name)) for name in ("at_loss", "at_time")}
    settings = {"method": "flow", "depth": plain, **vars(control), **along, "engine": engine}
    settings |= {} if lower is None else {"rank": lower}
    runs = replace(
        Runs.unknown(problem, settings, n, control.at_loss, control.at_time),
        W=W0.copy(),
        loss=in_range(problem.loss(W0), "loss of W0"),
        log_singular_values=log_sigma,
        det_sign=det_sign,
        ending=np.full(n, Ending.REACHED, dtype="<U16"),
        time=np.zeros(n),
    )
    decay(runs, np.flatnonzero(~deep), control, on_step)
    if engine == "explicit":
        follow(runs, np.flatnonzero(deep), depths[deep], control, on_step)
    size = max(1, min(_CHUNK, _JACOBIANS // (d * d * max(d * d, problem.observations))))
    for start in range(0, n if engine == "stiff" else 0, size):
        chunk = start + np.flatnonzero(deep[start : start + size])
        if len(chunk):
            _integrate(runs, chunk, depths[chunk], control, on_step)
    for number, t in enumerate(runs.times):
        if t == 0:
            runs.W_at_time[:, number] = W0
        runs.W_at_time[runs.time < t, number] = np.nan
    return runs


def _nearest(
    W0: FloatArray, depths: FloatArray, logs: FloatArray, rank: int
) -> tuple[FloatArray, FloatArray, NDArray[np.int8]]:
    """Return the matrices of a lower rank nearest to W0, their log singular values, det W = 0."""
    if (depths == 1).any():
        raise InputError(
            f"rank: got {rank} at depth 1, whose flow keeps no rank; expected none, or depths >= 2"
        )
    U, sigma, Vt = np.linalg.svd(W0, full_matrices=False)
    W: FloatArray = (U[:, :, :rank] * sigma[:, None, :rank]) @ Vt[:, :rank]
    kept = np.arange(logs.shape[1]) < rank
    return W, np.where(kept, logs, -np.inf), np.zeros(len(W), dtype=np.int8)


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
    done, passed = integrate(
        point, observed, control, runs=chunk, det_sign=runs.det_sign[chunk], on_step=on_step
    )
    runs.steps[done.runs], runs.ending[done.runs] = done.steps, done.ending.astype(str)
    moved = done.take(done.steps > 0)
    _enter(runs, moved.runs, moved.point, moved.time, observed)
    if passed.times:
        moment = joined(passed.times)
        runs.W_at_time[moment.runs, moment.number] = rows(at_moments(moment, observed).W)
    if passed.levels:
        _enter_crossings(runs, joined(passed.levels), observed)


def _enter_crossings(runs: Runs, crossing: Crossing, observed: Observed) -> None:
    """Locate the crossings, and enter W at the levels and the final states at the stop loss."""
    point, time, loss = locate(crossing, observed)
    located = np.abs(loss / crossing.level - 1) <= LOCATED
    final = crossing.number == len(runs.levels)
    level, end = located & ~final, located & final
    runs.W_at[crossing.runs[level], crossing.number[level]] = rows(point.W)[level]
    runs.ending[crossing.runs[final & ~located]] = Ending.IMPRECISE
    _enter(runs, crossing.runs[end], point.take(end), time[end], observed)


def _enter(
    runs: Runs, where: NDArray[np.int64], point: Point, time: FloatArray, observed: Observed
) -> None:
    runs.W[where], runs.log_singular_values[where] = rows(point.W), rows(point.x)
    runs.loss[where], runs.time[where] = observed.loss(point), time
