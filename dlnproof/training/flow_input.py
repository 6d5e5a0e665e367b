"""What the gradient flow is given, or one clear line about what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

import numpy as np

from dlnproof.depth import show_depth
from dlnproof.errors import InputError
from dlnproof.limits import whole
from dlnproof.numeric.floats.arrays import FloatArray, as_real
from dlnproof.training.problem import Problem
from dlnproof.training.settings import checked
from dlnproof.training.spectral_point import lost
from dlnproof.training.stepping import Control


def checked_matrices(problem: Problem, W0: Any) -> FloatArray:
    """Return W0, shape (n, d, d'). Raises :class:`InputError`."""
    d, columns = problem.shape
    W: FloatArray = as_real(W0, "W0")
    if W.ndim not in (2, 3) or W.shape[-2:] != (d, columns) or W.size == 0:
        raise InputError(f"W0: got shape {W.shape}, expected (n, {d}, {columns}), one matrix a run")
    return W.reshape(-1, d, columns)


def refuse_lower_rank(
    logs: FloatArray, shape: tuple[int, ...], rank: int, depths: FloatArray
) -> None:
    """Raise :class:`InputError` where W0 has a lower rank at a depth that keeps the rank.

    ``logs``: log singular values, (n, min(d, d')).
    """
    singular = (depths > 1) & lost(logs, shape, rank)
    if singular.any():
        run = int(np.argmax(singular))
        full = "det W0 != 0" if shape[-2] == shape[-1] == rank else f"rank {rank}"
        raise InputError(
            f"W0: got a matrix singular to rounding in run {run} (depth {depths[run]:g}), expected "
            f"{full}; the flow keeps the rank: start nearby, or use gradient_descent"
        )


def checked_depths(depth: Any, n: int) -> tuple[FloatArray, Any]:
    """Return the depth of each of n runs, as floats, and what was given as records write it.

    Raises :class:`InputError`.
    """
    if not isinstance(depth, Iterable):
        N = checked("depth", depth)
        return np.full(n, float(N)), show_depth(N)
    listed = [checked("depth", N) for N in depth]
    if len(listed) != n:
        raise InputError(f"depth: got {len(listed)} depths, expected one, or one a run: {n}")
    return np.array(listed, dtype=np.float64), [show_depth(N) for N in listed]


def checked_control(
    stop_loss: Any, at_loss: Iterable[float], at_time: Any, rtol: Any, max_steps: Any
) -> Control:
    """Return when steps are accepted and runs end. Raises :class:`InputError`."""
    levels = tuple(_number("at_loss", level) for level in at_loss)
    if any(later >= earlier for earlier, later in pairwise(levels)):
        raise InputError(f"at_loss: got {list(levels)}, expected decreasing levels, each once")
    most = whole("max_steps", max_steps, 1)
    times = checked("at_time", at_time)
    return Control(_number("stop_loss", stop_loss), levels, times, _number("rtol", rtol, 1), most)


def _number(name: str, value: Any, below: float = np.inf) -> float:
    number = as_real(value, name)
    if number.ndim or not 0 < number < below:
        raise InputError(f"{name}: got {value!r}, expected a number > 0 and < {below:g}")
    return float(number)
