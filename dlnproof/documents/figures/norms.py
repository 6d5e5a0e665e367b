"""Norms against the loss: w12 = w21 = 1 and w22 = 0 observed, |w11| free (RC2020)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from dlnproof.documents.figures import captions
from dlnproof.documents.figures.style import (
    INK,
    NEGATIVE,
    PAGE,
    POSITIVE,
    depth_label,
    power_label,
    sheet,
)
from dlnproof.numeric.floats.arrays import FloatArray
from dlnproof.training.experiments import NORMS, flows
from dlnproof.training.runs import Runs

SHOWN: Final = captions.NORMS
LEVELS: Final = tuple(map(float, np.geomspace(1, SHOWN.stop_loss, 121)[1:]))


def bound(loss: FloatArray) -> FloatArray:
    """Return (1 - rho)^2 / rho for rho = sqrt(2 l) < 1: |w11| is at least that if det W > 0."""
    rho = np.sqrt(2 * loss)
    return np.asarray((1 - rho) ** 2 / rho)


def bound_line(axes: Axes, least: float) -> Line2D:
    """Draw the bound down to the loss ``least``, and return its line."""
    loss = np.geomspace(0.499, least, 400)  # it holds below 1/2, where it is zero
    [line] = axes.plot(loss, bound(loss), color=INK, ls=(0, (4, 1.5)), lw=1.1, zorder=5)
    return line


def entry_curves(runs: Runs, sign: int) -> FloatArray:
    """Return |w11| at the levels, one row for each run whose det W(0) has the sign."""
    return np.asarray(np.abs(runs.W_at[runs.det_sign == sign, :, 0, 0]))


def median(curves: FloatArray) -> FloatArray:
    """Return the median at each level of the runs that cross it, NaN where none does."""
    # numpy's nanmedian warns of such levels
    masked: Any = np.ma
    return np.asarray(masked.median(masked.masked_invalid(curves), axis=0).filled(np.nan))


def trained(runs: int, seed: int) -> Mapping[float, Sequence[Runs]]:
    """Follow the flow from each scale, at all depths."""
    return {
        scale: flows(
            NORMS,
            SHOWN.depths,
            scale=scale,
            runs=runs,
            seed=seed,
            stop_loss=SHOWN.stop_loss,
            at_loss=LEVELS,
        )
        for scale in SHOWN.scales
    }


def draw(data: Mapping[float, Sequence[Runs]], note: str) -> Figure:
    """Draw |w11| against the loss: a row of panels for each scale, a column for each depth."""
    figure = sheet(PAGE, 5.0, note)
    grid = figure.subplots(len(SHOWN.scales), len(SHOWN.depths), sharex=True, sharey=True)
    for row, scale in zip(grid, SHOWN.scales, strict=True):
        for axes, runs in zip(row, data[scale], strict=True):
            line = bound_line(axes, SHOWN.stop_loss)
            for sign, colour in ((1, POSITIVE), (-1, NEGATIVE)):
                _curves(axes, entry_curves(runs, sign), colour, "-" if sign > 0 else (0, (3, 2)))
        row[-1].set_ylabel(f"scale ${power_label(scale)}$", rotation=270, labelpad=11)
        row[-1].yaxis.set_label_position("right")
    for axes, depth in zip(grid[0], SHOWN.depths, strict=True):
        axes.set_title(depth_label(depth))
    axes = grid[0, 0]
    axes.set(xscale="log", yscale="log", xlim=(1, SHOWN.stop_loss), ylim=(5e-3, 2e3))
    axes.set_xticks([1, 1e-2, 1e-4, 1e-6])
    for axes in grid[-1]:
        axes.set_xlabel(r"loss $\ell(W)$, decreasing")
    for axes in grid[:, 0]:
        axes.set_ylabel(r"$|w_{11}|$")
    positive = Line2D([], [], color=POSITIVE, lw=1.6)
    negative = Line2D([], [], color=NEGATIVE, lw=1.6, ls=(0, (3, 2)))
    figure.legend(
        [line, positive, negative],
        [
            r"bound for $\det W>0$: $|w_{11}|\geq(1-\rho)^2/\rho$, $\rho=\sqrt{2\ell}<1$",
            r"$\det W(0)>0$",
            r"$\det W(0)<0$",
        ],
        loc="outside upper center",
        ncols=3,
    )
    return figure


def _curves(axes: Axes, curves: FloatArray, colour: str, dash: str | tuple[int, object]) -> None:
    if not len(curves):
        return
    axes.plot(LEVELS, curves.T, color=colour, lw=0.4, alpha=0.6)
    axes.plot(LEVELS, median(curves), color=colour, lw=1.6, ls=dash)
