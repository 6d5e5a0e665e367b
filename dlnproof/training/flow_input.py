"""What the gradient flow is given, or one clear line about what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dlnproof.depth import show_depth
from dlnproof.errors import InputError
from dlnproof.limits import whole
from dlnproof.numeric.floats.arrays import FloatArray, as_real
from dlnproof.training.problem import Problem
from dlnproof.training.settings import checked
from dlnproof.training.stepping import Control


def checked_matrices(problem: Problem, W0: Any) -> FloatArray:
    """Return W0, shape (n, d, d), for a square problem. Raises :class:`InputError`."""
    d, columns = problem.shape
    if d != columns:
        raise InputError(
            f"problem: got shape ({d}, {columns}), expected d x d; the end-to-end flow is for "
            "square problems, gradient_descent is the method for rectangular ones"
        )
    W: FloatArray = as_real(W0, "W0")
    if W.ndim not in (2, 3) or W.shape[-2:] != (d, d) or W.size == 0:
        raise InputError(f"W0: got shape {W.shape}, expected (n, {d}, {d}), one matrix a run")
    return W.reshape(-1, d, d)


def refuse_singular(det_sign: NDArray[np.int8], depths: FloatArray) -> None:
    """Raise :class:`InputError` where det W0 = 0 at a depth that keeps the rank."""
    singular = (depths > 1) & (det_sign == 0)
    if singular.any():
        run = int(np.argmax(singular))
        raise InputError(
            f"W0: got a matrix singular to rounding in run {run} (depth {depths[run]:g}), expected "
            "det W0 != 0; the flow keeps the rank: start nearby, or use gradient_descent"
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
