"""Gradient descent against gradient flow at depth 2: the bound that only the flow obeys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.ticker import NullFormatter

from dlnproof.documents.figures import captions
from dlnproof.documents.figures.norms import bound, bound_line, entry_curves, median
from dlnproof.documents.figures.style import INK, PAGE, POSITIVE, sheet
from dlnproof.errors import InputError
from dlnproof.notation.texts import number
from dlnproof.numeric.floats.arrays import FloatArray
from dlnproof.training.experiments import NORMS, descents, flows
from dlnproof.training.runs import Runs

SHOWN: Final = captions.DESCENT_VERSUS_FLOW
ZOOM: Final = ((2e-2, 1e-3), (4.5, 9.5))
"""Losses and |w11| of the panel where descent leaves the flow."""
LEVELS: Final = tuple(
    map(
        float,
        np.concatenate(
            [
                np.geomspace(1, ZOOM[0][0], 45)[1:-1],
                np.geomspace(ZOOM[0][0], 5e-3, 70),
                np.geomspace(5e-3, SHOWN.stop_loss, 25)[1:],
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

    flow: Runs
    descents: tuple[Runs, ...]


def trained(runs: int, seed: int) -> FlowAndDescents:
    """Train from the same starts, and keep those with det W(0) > 0."""
    [depth], [scale] = SHOWN.depths, SHOWN.scales
    settings: dict[str, Any] = {"scale": scale, "runs": runs, "seed": seed}
    settings |= {"stop_loss": SHOWN.stop_loss, "at_loss": LEVELS}
    [flow] = flows(NORMS, [depth], **settings)
    chosen = flow.det_sign > 0
    if not chosen.any():
        raise InputError(
            f"--runs: got {runs}, but with seed {seed} no start has det W(0) > 0; expected more "
            "runs or another --seed"
        )
    by_step = (descents(NORMS, int(depth), lr=lr, **settings) for lr in SHOWN.steps)
    return FlowAndDescents(flow.take(chosen), tuple(runs.take(chosen) for runs in by_step))


def departure(curve: FloatArray) -> int | None:
    """Return the first level at which |w11| is below the bound: from there on det W < 0."""
    below = np.flatnonzero(curve < bound(np.array(LEVELS)) * (np.array(LEVELS) < 0.5))
    return int(below[0]) if len(below) else None


def draw(data: FlowAndDescents, note: str) -> Figure:
    """Draw |w11| against the loss; a mark where a median run of descent falls below the bound."""
    figure = sheet(PAGE, 3.05, note)
    whole, near = figure.subplots(1, 2)
    for axes in (whole, near):
        line = bound_line(axes, SHOWN.stop_loss)
        line.set_label(r"bound for $\det W>0$: $|w_{11}|\geq(1-\rho)^2/\rho$, $\rho=\sqrt{2\ell}$")
        _draw_runs(axes, data)
        axes.set(xlabel=r"loss $\ell(W)$, decreasing", ylabel=r"$|w_{11}|$", xscale="log")
    whole.set(yscale="log", xlim=(1, SHOWN.stop_loss), ylim=(5e-2, 2e3), title="(a)")
    whole.legend(loc="upper left", labelspacing=0.2)
    (left, right), (low, high) = ZOOM
    whole.add_patch(Rectangle((right, low), left - right, high - low, fill=False, ec=INK, lw=0.5))
    near.set(xlim=(left, right), ylim=(low, high), title="(b) the rectangle in (a)")
    ticks = (2e-2, 1e-2, 5e-3, 2e-3, 1e-3)
    near.set_xticks(ticks, [f"${number(captions.written(tick))}$" for tick in ticks])
    near.xaxis.set_minor_formatter(NullFormatter())
    return figure


def _draw_runs(axes: Axes, data: FlowAndDescents) -> None:
    _curves(axes, entry_curves(data.flow, 1), POSITIVE, 2.4, "gradient flow")
    for lr, runs, (colour, marker) in zip(SHOWN.steps, data.descents, _LOOKS, strict=True):
        # not by the sign at the end, which descent has changed
        curves = np.abs(runs.W_at[:, :, 0, 0])
        middle = _curves(
            axes, curves, colour, 1.2, f"gradient descent, step ${number(captions.written(lr))}$"
        )
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
