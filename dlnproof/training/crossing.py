"""Where a flow crosses a loss level, or is at a time: its step taken again, ending there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dlnproof.numeric.floats.arrays import FloatArray
from dlnproof.training.batch import Batch
from dlnproof.training.rodas import rodas_step
from dlnproof.training.spectral_point import Observed, Point
from dlnproof.training.svd_chart import Chart

LOCATED: Final = 1e-3
"""A level counts as located when the loss is known to this part: the rest is rounding."""

_EXACT: Final = 1e-12
_ITERATIONS: Final = 60


@dataclass(frozen=True)
class Crossing(Batch):
    """Steps of length ``h`` from ``point`` at ``time``, each to a loss at or below its ``level``.

    ``runs`` and ``number`` say whose step and which level it is; ``end_loss`` is the loss after it.
    """

    runs: NDArray[np.int64]
    number: NDArray[np.int64]
    level: FloatArray
    point: Point
    h: FloatArray
    time: FloatArray
    end_loss: FloatArray


@dataclass(frozen=True)
class Moment(Batch):
    """Steps of length ``h`` from ``point``, to the time of that number asked for."""

    runs: NDArray[np.int64]
    number: NDArray[np.int64]
    point: Point
    h: FloatArray


def at_moments(moment: Moment, observed: Observed) -> Point:
    """Return the points at the times, each one step of the method, no longer than the accepted."""
    chart = Chart(moment.point, observed)
    y, _error = rodas_step(chart.field, chart.start, chart.jacobian(), moment.h)
    return chart.move(y)


def locate(crossing: Crossing, observed: Observed) -> tuple[Point, FloatArray, FloatArray]:
    """Return the points where the loss is the level, their times and their losses.

    Each point is one step of the method, no longer than the accepted one, so its error is of the
    method's full order.
    """
    chart = Chart(crossing.point, observed)
    jacobian = chart.jacobian()

    def after(h: FloatArray) -> Point:
        y, _error = rodas_step(chart.field, chart.start, jacobian, h)
        return chart.move(y)

    h, loss = step_length(
        lambda h: observed.loss(after(h)),
        crossing.level,
        chart.loss,
        crossing.h,
        crossing.end_loss,
    )
    return after(h).sorted(), crossing.time + h, loss


def step_length(
    losses: Callable[[FloatArray], FloatArray],
    level: FloatArray,
    start: FloatArray,
    h: FloatArray,
    end: FloatArray,
) -> tuple[FloatArray, FloatArray]:
    """Return the lengths of steps after which the loss is the level, and the losses there.

    ``losses``: of step lengths, (batch,), those after these steps, which fall from ``start`` to
    ``end`` over the length ``h``. Found by regula falsi (Illinois) in log loss; where rounding
    forbids 1e-12, the bracket shrinks to neighbouring lengths.
    """

    def excess(loss: FloatArray) -> FloatArray:
        return np.asarray(np.log(np.maximum(loss, np.finfo(float).tiny) / level))

    low, high = np.zeros_like(h), h
    above, below = excess(start), excess(end)
    loss = end
    active, last = np.ones(len(h), dtype=bool), np.zeros(len(h))
    for _ in range(_ITERATIONS):
        middle = (low * below - high * above) / (below - above)
        new_loss = losses(middle)
        value = excess(new_loss)
        h, loss = np.where(active, middle, h), np.where(active, new_loss, loss)
        # an end kept twice in a row counts half, or it would never move
        side = np.where(value > 0, 1.0, -1.0)
        weight = np.where(side == last, 0.5, 1.0)
        low, high = np.where(value > 0, middle, low), np.where(value > 0, high, middle)
        above = np.where(value > 0, value, above * weight)
        below = np.where(value > 0, below * weight, value)
        last = side
        active &= (np.abs(value) > _EXACT) & (high - low > 4 * np.finfo(float).eps * high)
        if not active.any():
            break
    return h, loss
