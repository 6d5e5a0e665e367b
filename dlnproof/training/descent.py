"""Gradient descent on the factors of a deep linear network, many runs at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from math import isfinite
from typing import Any

import numpy as np

from dlnproof.errors import InputError
from dlnproof.limits import whole
from dlnproof.numeric.floats.arrays import (
    Array,
    FloatArray,
    as_numpy,
    as_real,
    home_of,
    in_range,
    library,
)
from dlnproof.training import block, engines, stack
from dlnproof.training.frames import rows
from dlnproof.training.lanes import Lanes
from dlnproof.training.placed import placed
from dlnproof.training.runs import Runs
from dlnproof.training.settings import MAX_STEPS, check_problem, checked
from dlnproof.training.spectra import determinant, log_singular_values


@np.errstate(all="ignore")  # a run may diverge: its loss says so
def gradient_descent(
    problem: Any,
    factors: Any,
    *,
    lr: float,
    stop_loss: float = 1e-12,
    max_iterations: int = MAX_STEPS["descent"],
    at_loss: Sequence[float] = (),
    at_time: Sequence[float] = (),
    engine: str | None = None,
) -> Runs:
    """Run W_j <- W_j - lr dl/dW_j from many initial factors until the loss is ``stop_loss``.

    ``factors``: W_1, ..., W_N, W_1 first, each (n, d_j, d_{j-1}) with d_0 = d' and d_N = d for a
    problem of shape (d, d'); any depth N >= 1, any hidden widths. A run ends REACHED at
    l <= ``stop_loss``; STATIONARY when a step moves no entry by more than rounding (looked at
    every 64 iterations); UNFINISHED after ``max_iterations``; DIVERGED when the loss exceeds 1e12
    times the larger of its first value and l(0), or is no number: its last iterate below that is
    kept. ``W_at`` is linear in the loss between the two iterates around each level of ``at_loss``,
    as Euler's method is of first order; NaN where a run never crosses one, be it that it starts
    below. ``time`` is N lr ``steps``, see :class:`Runs`; ``W_at_time`` is linear in time between
    the two iterates around each of ``at_time``; NaN after the run's end.

    ``problem``: a :class:`~dlnproof.training.Completion`, or anything with its ``shape``, ``loss``
    and ``gradient``. ``engine`` says what iterates: "lanes", for completions, entry by entry, all
    runs at once; "numpy", products of matrices by numpy's BLAS; by default lanes where no layer is
    wider than 4, and numpy beyond. Factors of torch or jax are iterated there ("torch", "jax"), on
    their device and in their dtype, with the problem's data beside them; the runs that come back
    are of numpy, and no bits are promised. ``settings["engine"]`` says which it was.

    Guaranteed: a run's result does not depend on the other runs of the batch, to the last bit; of
    the engine numpy with OpenBLAS, one number of its threads and one kind of processor, where the
    problem's loss and gradient keep that promise. Of lanes the bits are the same on all machines.
    Raises :class:`~dlnproof.errors.InputError`. Source: slides; Arora, Cohen and Hazan 2018.

    >>> from dlnproof.training import Completion
    >>> problem = Completion((1, 1), {(0, 0): 1})
    >>> runs = gradient_descent(problem, [[[[0.5]]], [[[0.5]]]], lr=0.1)
    >>> runs.ending[0], bool(abs(runs.W[0, 0, 0] - 1) < 2e-6)
    (np.str_('reached'), True)
    """
    check_problem(problem)
    layers = _layers(problem, factors)
    lr, stop_loss = checked("lr", lr), checked("stop_loss", stop_loss)
    levels: tuple[float, ...] = checked("at_loss", at_loss)
    times: tuple[float, ...] = checked("at_time", at_time)
    most = whole("max_iterations", max_iterations, 0)
    if not isfinite(len(layers) * lr):
        raise InputError(
            f"lr: got {lr!r}, of which a step takes a time N lr beyond float64; expected less"
        )
    widths = [layers[0].shape[2], *(layer.shape[1] for layer in layers)]
    engine = _engine(problem, layers, widths, engine)
    by_lanes = engine == "lanes"
    in_range(problem.loss(_product([as_numpy(layer) for layer in layers], by_lanes)), "factors")
    here, compiled = placed(problem, layers[0])
    iteration = stack.Iteration(here, lr, compiled)
    done, last = Lanes(
        problem,
        layers,
        (lambda lanes: block.Block(problem, widths, lanes, lr))
        if by_lanes
        else (lambda lanes: stack.Stack.idle(iteration, layers, lanes)),
        stop_loss=stop_loss,
        most=most,
        levels=levels,
        times=times,
        time_of_one=len(layers) * lr,
    ).descend()
    W, (sign, log_abs) = _product(last, by_lanes), determinant(last)
    settings = {
        "method": "descent",
        "depth": len(layers),
        "lr": lr,
        "stop_loss": stop_loss,
        "max_steps": int(max_iterations),
        "at_loss": list(levels),
        "at_time": list(times),
        "engine": engine,
    }
    return replace(
        done,
        settings=settings,
        W=W,
        log_singular_values=log_singular_values(W, log_abs),
        det_sign=sign,
        time=len(layers) * lr * done.steps.astype(np.float64),
    )


def _product(layers: Sequence[FloatArray], by_lanes: bool) -> FloatArray:
    """Return W = W_N ... W_1, (n, d, d'), summed as the iteration sums."""
    if by_lanes:
        return rows(block.end_to_end([np.moveaxis(layer, 0, -1) for layer in layers]))
    return np.asarray(stack.end_to_end(layers))


def _engine(problem: Any, layers: Sequence[Array], widths: Sequence[int], asked: str | None) -> str:
    found = library(layers[0])
    if found == "numpy":
        possible = engines.DESCENT if hasattr(problem, "observed") else ("numpy",)
        found = asked or engines.of_descent(problem, widths)
    else:
        possible = (found,)
    if (asked or found) not in possible:
        raise InputError(
            f"engine: got {asked!r}, expected {' or '.join(possible)} for factors of "
            f"{library(layers[0])} and a problem of the kind {type(problem).__name__}"
        )
    return found


def _layers(problem: Any, factors: Any) -> list[Array]:
    if not isinstance(factors, Iterable):
        raise InputError(f"factors: got {type(factors).__name__}, expected W_1, ..., W_N")
    named = {f"factors[{j}]": factor for j, factor in enumerate(factors)}
    home = home_of(**named)
    layers = [as_real(factor, name, home) for name, factor in named.items()]
    # nothing is differentiated here: tensors of torch leave their graph
    layers = [layer.detach() if hasattr(layer, "detach") else layer for layer in layers]
    shapes = [tuple(layer.shape) for layer in layers]
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
