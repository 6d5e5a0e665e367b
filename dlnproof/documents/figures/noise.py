"""What noise along the orbits does to outcomes with the unit diagonal observed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from dlnproof.documents.figures import captions
from dlnproof.documents.figures.captions import DRAWN
from dlnproof.documents.figures.outcomes import MARKERS, plane, points
from dlnproof.documents.figures.style import INK, PAGE, sheet
from dlnproof.training.orbit_volume import BETAS, WITH, WITHOUT, Gain, Outcomes, outcomes
from dlnproof.training.runs import Runs

SHOWN: Final = captions.NOISE


def trained(runs: int, seed: int) -> dict[tuple[int, float, float], Runs]:
    """Follow Langevin's equation as the experiment does."""
    return outcomes(runs, seed)


def draw(data: Mapping[tuple[int, float, float], Runs], note: str) -> Figure:
    """Draw the outcomes without and with that noise, and the gain in log vol(O_W)."""
    figure = sheet(PAGE, 3.1, note)
    left, middle, right = figure.subplots(1, 3)
    for axes, vertical, title in (
        (left, WITHOUT, "(a) without noise along"),
        (middle, WITH, "(b) with noise along"),
    ):
        plane(axes, title)
        points(axes, data[*DRAWN, vertical])
    _gains(right, data)
    figure.legend(
        [left.get_lines()[0], *left.collections],
        [
            "rank one: $w_{12}w_{21}=1$",
            *(rf"$\det W{'>' if s > 0 else '<'}0$" for *_, s in MARKERS),
        ],
        loc="outside upper center",
        ncols=3,
    )
    return figure


def _gains(axes: Axes, data: Outcomes) -> None:
    place = np.arange(len(SHOWN.depths))
    for beta, marker, colour, shift in zip(BETAS, "os", (INK, "0.5"), (-0.08, 0.08), strict=True):
        gains = [Gain.by_noise(data, int(depth), beta) for depth in SHOWN.depths]
        axes.errorbar(
            place + shift, [gain.mean for gain in gains], [gain.half for gain in gains],
            color=colour, marker=marker, ls="", ms=3.5, elinewidth=0.7, capsize=2,
            label=rf"$\beta={beta:g}$",
        )  # fmt: skip
    axes.axhline(0, color=INK, lw=0.5)
    axes.set(xlabel="depth $N$", ylabel="gain in log vol$(O_W)$", title="(c)", box_aspect=1)
    axes.set_xticks(place, [str(depth) for depth in SHOWN.depths])
    axes.set_xlim(-0.5, len(place) - 0.5)
    axes.legend(loc="upper left")
