"""Gradient descent against gradient flow at depth 2: the bound that only the flow obeys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.ticker import NullFormatter

from dlnproof.errors import InputError
from dlnproof.figures.norms import bound, bound_line, entry_curves, median
from dlnproof.figures.style import INK, PAGE, POSITIVE, power_label, sheet
from dlnproof.numeric.arrays import FloatArray
from dlnproof.training.experiments import NORMS, descents, flows
from dlnproof.training.runs import Runs

RUNS: Final = 20
SCALE: Final = 1e-3
LRS: Final = (6e-3, 3e-3, 1.5e-3, 7.5e-4)
STOP_LOSS: Final = 1e-4
ZOOM: Final = ((2e-2, 1e-3), (4.5, 9.5))
"""Losses and |w11| of the panel where descent leaves the flow."""
LEVELS: Final = tuple(
    map(
        float,
        np.concatenate(
            [
                np.geomspace(1, ZOOM[0][0], 45)[1:-1],
                np.geomspace(ZOOM[0][0], 5e-3, 70),
                np.geomspace(5e-3, STOP_LOSS, 25)[1:],
            ]
        ),
    )
)
"""Closest where descent falls below the bound."""

_LOOKS: Final = (("#F0B42B", "v"), ("#E07B1A", "s"), ("#B5450F", "D"), ("#6B1D0A", "o"))
"""A sequence in lightness, which survives grey printing; a marker for each."""


@dataclass(frozen=True)
class FlowAndDescents:
    """The runs with det W(0) > 0, by the flow and by descent with each step size."""

    starts: int
    flow: Runs
    descents: tuple[Runs, ...]


def trained(runs: int, seed: int) -> FlowAndDescents:
    """Train from the same starts, and keep those with det W(0) > 0."""
    settings: dict[str, Any] = {"scale": SCALE, "runs": runs, "seed": seed, "stop_loss": STOP_LOSS}
    [flow] = flows(NORMS, [2], at_loss=LEVELS, **settings)
    chosen = flow.det_sign > 0
    if not chosen.any():
        raise InputError(
            f"--runs: got {runs}, but with seed {seed} no start has det W(0) > 0; expected more "
            "runs or another --seed"
        )
    by_step = (descents(NORMS, 2, lr=lr, at_loss=LEVELS, **settings) for lr in LRS)
    return FlowAndDescents(runs, flow.take(chosen), tuple(runs.take(chosen) for runs in by_step))


def departure(curve: FloatArray) -> int | None:
    """Return the first level at which |w11| is below the bound: from there on det W < 0."""
    below = np.flatnonzero(curve < bound(np.array(LEVELS)) * (np.array(LEVELS) < 0.5))
    return int(below[0]) if len(below) else None


def draw(data: FlowAndDescents, seed: int) -> Figure:
    """Draw |w11| against the loss; a mark where a median run of descent falls below the bound."""
    figure = sheet(
        PAGE,
        3.05,
        [
            r"Depth 2; $w_{12}=w_{21}=1$, $w_{22}=0$ observed. From "
            rf"$W(0)={power_label(SCALE)}\times$ standard Gaussian, balanced factors: the "
            rf"{len(data.flow)} of {data.starts} starts (seed {seed}) with $\det W(0)>0$.",
            r"Thin: runs, bold: their median. Marks: where the median of descent falls below the "
            r"bound, which only $\det W<0$ allows.",
        ],
    )
    whole, near = figure.subplots(1, 2)
    for axes in (whole, near):
        line = bound_line(axes, STOP_LOSS)
        line.set_label(r"proved for $\det W>0$: $|w_{11}|\geq(1-\rho)^2/\rho$, $\rho=\sqrt{2\ell}$")
        _draw_runs(axes, data)
        axes.set(xlabel=r"loss $\ell(W)$, decreasing", ylabel=r"$|w_{11}|$", xscale="log")
    whole.set(yscale="log", xlim=(1, STOP_LOSS), ylim=(5e-2, 2e3), title="(a)")
    whole.legend(loc="upper left", labelspacing=0.2)
    (left, right), (low, high) = ZOOM
    whole.add_patch(Rectangle((right, low), left - right, high - low, fill=False, ec=INK, lw=0.5))
    near.set(xlim=(left, right), ylim=(low, high), title="(b) the rectangle in (a)")
    ticks = (2e-2, 1e-2, 5e-3, 2e-3, 1e-3)
    near.set_xticks(ticks, [rf"${_scientific(tick)}$" for tick in ticks])
    near.xaxis.set_minor_formatter(NullFormatter())
    return figure


def _scientific(value: float) -> str:
    """Return a number of one or two digits as mathematics."""
    digits, _, power = f"{value:.1e}".partition("e")
    digits = digits.removesuffix(".0")
    return (rf"{digits}\times" if digits != "1" else "") + f"10^{{{int(power)}}}"


def _draw_runs(axes: Axes, data: FlowAndDescents) -> None:
    _curves(axes, entry_curves(data.flow, 1), POSITIVE, 2.4, "gradient flow")
    for lr, runs, (colour, marker) in zip(LRS, data.descents, _LOOKS, strict=True):
        # not by the sign at the end, which descent has changed
        curves = np.abs(runs.W_at[:, :, 0, 0])
        middle = _curves(axes, curves, colour, 1.2, rf"gradient descent, step ${_scientific(lr)}$")
        if (level := departure(middle)) is not None:
            axes.plot(
                LEVELS[level], middle[level], marker=marker, color=colour, mec=INK, mew=0.4,
                ms=5, zorder=6,
            )  # fmt: skip


def _curves(axes: Axes, curves: FloatArray, colour: str, width: float, label: str) -> FloatArray:
    """Draw the runs and their median, which is returned."""
    axes.plot(LEVELS, curves.T, color=colour, lw=0.3, alpha=0.5)
    middle = median(curves)
    axes.plot(LEVELS, middle, color=colour, lw=width, label=label)
    return middle
