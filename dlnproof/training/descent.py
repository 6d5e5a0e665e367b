"""Gradient descent on the factors of a deep linear network, many runs at once."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import isfinite
from typing import Any, Final

import numpy as np

from dlnproof.errors import InputError
from dlnproof.numeric.floats.arrays import FloatArray, as_real, in_range
from dlnproof.training.completion import Completion
from dlnproof.training.lanes import Lanes, end_to_end
from dlnproof.training.runs import Runs
from dlnproof.training.spectra import determinant, log_singular_values

MAX_ITERATIONS: Final = 100_000


def gradient_descent(
    problem: Completion,
    factors: Any,
    *,
    lr: float,
    stop_loss: float = 1e-12,
    max_iterations: int = MAX_ITERATIONS,
    at_loss: Sequence[float] = (),
) -> Runs:
    """Run W_j <- W_j - lr dl/dW_j from many initial factors until the loss is ``stop_loss``.

    ``factors``: W_1, ..., W_N, W_1 first, each (n, d_j, d_{j-1}) with d_0 = d' and d_N = d for a
    problem of shape (d, d'); any depth N >= 1, any hidden widths. A run ends REACHED at
    l <= ``stop_loss``; STATIONARY when a step moves no entry by more than rounding (looked at
    every 64 iterations); UNFINISHED after ``max_iterations``; DIVERGED when the loss exceeds 1e12
    times the larger of its first value and l(0), or is no number: its last iterate below that is
    kept. ``W_at`` is linear in the loss between the two iterates around each level of ``at_loss``,
    as Euler's method is of first order; NaN where a run never crosses one, be it that it starts
    below.
    ``time`` is N lr ``steps``, see :class:`Runs`.

    Guaranteed: a run's result does not depend on the other runs of the batch, to the last bit.
    Raises :class:`~dlnproof.errors.InputError`. Source: slides; Arora, Cohen and Hazan 2018.

    >>> problem = Completion((1, 1), {(0, 0): 1})
    >>> runs = gradient_descent(problem, [[[[0.5]]], [[[0.5]]]], lr=0.1)
    >>> runs.ending[0], bool(abs(runs.W[0, 0, 0] - 1) < 2e-6)
    (np.str_('reached'), True)
    """
    layers = _layers(problem, factors)
    lr, stop_loss = positive("lr", lr), positive("stop_loss", stop_loss, zero=True)
    levels = loss_levels(at_loss)
    if max_iterations < 0:
        raise InputError(f"max_iterations: got {max_iterations}, expected an integer >= 0")
    with np.errstate(all="ignore"):
        start = end_to_end([np.moveaxis(layer, 0, -1) for layer in layers])
        in_range(problem.loss(np.moveaxis(start, -1, 0)), "factors")
    done = Lanes(
        problem, layers, lr=lr, stop_loss=stop_loss, most=max_iterations, levels=levels
    ).descend()
    with np.errstate(all="ignore"):
        W = end_to_end([np.moveaxis(layer, 0, -1) for layer in done.factors])
    W = np.ascontiguousarray(np.moveaxis(W, -1, 0))
    sign, log_abs = determinant(done.factors)
    return Runs(
        problem,
        {
            "method": "descent",
            "depth": len(layers),
            "lr": lr,
            "stop_loss": stop_loss,
            "max_steps": int(max_iterations),
            "at_loss": list(levels),
        },
        W,
        done.loss,
        log_singular_values(W, log_abs),
        sign,
        done.ending,
        done.steps,
        np.asarray(len(layers) * lr * done.steps, dtype=np.float64),
        levels,
        done.W_at,
    )


def positive(name: str, value: Any, *, zero: bool = False) -> float:
    """Return a finite number > 0, or >= 0 with ``zero``. Raises :class:`InputError`."""
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        number = float("nan")
    if not isfinite(number) or number < 0 or (number == 0 and not zero):
        raise InputError(
            f"{name}: got {value!r}, expected a finite number {'>=' if zero else '>'} 0"
        )
    return number


def loss_levels(at_loss: Sequence[float]) -> tuple[float, ...]:
    """Return the levels asked for, decreasing, each once. Raises :class:`InputError`."""
    return tuple(sorted({positive("at_loss", level) for level in at_loss}, reverse=True))


def _layers(problem: Completion, factors: Any) -> list[FloatArray]:
    layers = [as_real(factor, f"factors[{j}]") for j, factor in enumerate(factors)]
    shapes = [layer.shape for layer in layers]
    widths = [shape[-1:] + shape[-2:-1] for shape in shapes]
    chain = all(here[1:] == after[:1] for here, after in pairwise(widths))
    if (
        not layers
        or any(len(shape) != 3 or 0 in shape[1:] for shape in shapes)
        or len({shape[0] for shape in shapes}) != 1
        or not chain
        or (widths[-1][1], widths[0][0]) != problem.shape
    ):
        raise InputError(
            f"factors: got shapes {shapes}, expected W_1, ..., W_N, each (n, d_j, d_(j-1)), whose "
            f"product has the problem's shape {problem.shape}; one run is a batch of n = 1"
        )
    return layers
