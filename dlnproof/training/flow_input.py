"""What the gradient flow is given, or one clear line about what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dlnproof.depth import as_depth, show_depth
from dlnproof.errors import InputError
from dlnproof.numeric.floats.arrays import FloatArray, as_real
from dlnproof.training.completion import Completion


def checked_matrices(problem: Completion, W0: Any) -> FloatArray:
    """Return W0, shape (n, d, d), for a square problem. Raises :class:`InputError`."""
    d, columns = problem.shape
    if d != columns:
        raise InputError(
            f"problem: got shape ({d}, {columns}), expected d x d; the end-to-end flow is for "
            "square problems, gradient_descent is the method for rectangular ones"
        )
    W = as_real(W0, "W0")
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


def checked_depths(depth: Any, n: int) -> FloatArray:
    """Return the depth of each of n runs, as floats. Raises :class:`InputError`."""
    if not isinstance(depth, Iterable):
        return np.full(n, float(as_depth(depth)))
    depths = np.array([float(as_depth(value)) for value in depth])
    if len(depths) != n:
        raise InputError(f"depth: got {len(depths)} depths, expected one, or one a run: {n}")
    return depths


def plain_depth(depth: Any, depths: FloatArray) -> Any:
    """Return the depth, or the list of depths, as records write it."""
    plain = [show_depth(N) for N in depths.tolist()]
    return plain if isinstance(depth, Iterable) else plain[0]


def checked_levels(at_loss: Iterable[float]) -> tuple[float, ...]:
    """Return decreasing positive losses. Raises :class:`InputError`."""
    levels = tuple(checked_number(level, "at_loss", np.inf) for level in at_loss)
    if any(later >= earlier for earlier, later in pairwise(levels)):
        raise InputError(f"at_loss: got {list(levels)}, expected decreasing levels, each once")
    return levels


def checked_number(value: Any, name: str, below: float) -> float:
    """Return a number between 0 and ``below``, both excluded. Raises :class:`InputError`."""
    number = as_real(value, name)
    if number.ndim or not 0 < number < below:
        raise InputError(f"{name}: got {value!r}, expected a number > 0 and < {below:g}")
    return float(number)


def checked_count(value: Any, name: str) -> int:
    """Return an integer >= 1. Raises :class:`InputError`."""
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise InputError(f"{name}: got {value!r}, expected an integer >= 1")
    return value
