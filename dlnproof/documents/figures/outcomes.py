"""Outcomes with the unit diagonal of 2 x 2 matrices observed, beside the hyperbola (CMV2023)."""

from __future__ import annotations

from importlib import import_module
from typing import Any, Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Circle

from dlnproof.documents.figures import captions
from dlnproof.documents.figures.style import (
    INK,
    NEGATIVE,
    PAGE,
    POSITIVE,
    depth_label,
    note,
    power_label,
    rank_inset,
    sheet,
)
from dlnproof.numeric.floats.arrays import FloatArray
from dlnproof.training import orbit_volume
from dlnproof.training.runs import Runs
from dlnproof.training.shares import Share

SHOWN: Final = captions.OUTCOMES
CLAIM: Final = import_module("dlnproof.checks.completion.rank_one_minimizers")
"""What the claim trains, and how it counts: the figure shows nothing else."""
REACH: Final = orbit_volume.REACH
"""The plane is drawn for |w12|, |w21| <= REACH."""

MARKERS: Final = (("o", POSITIVE, 1), ("^", NEGATIVE, -1))


def hyperbola(reach: float) -> tuple[FloatArray, FloatArray]:
    """Return points of the branch x, y > 0 of xy = 1 with x, y <= reach; the other is its mirror.

    >>> x, y = hyperbola(2)
    >>> bool(np.allclose(x * y, 1)), float(x[0]), float(x[-1])
    (True, 0.5, 2.0)
    """
    x = np.geomspace(1 / reach, reach, 201)
    return x, 1 / x


def trained(runs: int, seed: int) -> dict[float, list[Runs]]:
    """Train as the claim does, from each scale."""
    return {scale: CLAIM.train(scale, runs, seed) for scale in SHOWN.scales}


def draw(data: dict[float, list[Runs]], note: str) -> Figure:
    """Draw the outcomes of each depth, and the share near a corner against depth and scale.

    The outcomes are those from the first scale, the statement's.
    """
    figure = sheet(PAGE, 5.15, note)
    panels = figure.subplots(2, 3)
    first = zip(panels.flat, "abcde", SHOWN.depths, data[SHOWN.scales[0]], strict=False)
    for axes, letter, depth, found in first:
        plane(axes, f"({letter}) {depth_label(depth)}")
        points(axes, found)
        _shares(axes, found)
        chosen = [found.effective_rank[found.det_sign == sign] for *_, sign in MARKERS]
        rank_inset(axes, (0.07, 0.66), chosen, [colour for _, colour, _ in MARKERS], 2)
    _trend(panels[1, 2], data)
    marks = [Line2D([], [], color=c, marker=m, ls="", ms=4) for m, c, _ in MARKERS]
    figure.legend(
        [Line2D([], [], color=INK, lw=0.8), *marks],
        ["rank one: $w_{12}w_{21}=1$", r"$\det W(0)>0$", r"$\det W(0)<0$"],
        loc="outside upper center",
        ncols=3,
    )
    return figure


def plane(axes: Axes, title: str, colour: str = INK, dash: Any = "-") -> None:
    """Draw the hyperbola and the circles around its corners."""
    x, y = hyperbola(REACH)
    for sign in (1, -1):
        axes.plot(sign * x, sign * y, color=colour, ls=dash, lw=0.8, zorder=2)
        axes.add_patch(Circle((sign, sign), CLAIM.NEAR, fill=False, ec=colour, lw=0.6, zorder=4))
    axes.set(xlim=(-REACH, REACH), ylim=(-REACH, REACH), aspect="equal", title=title)
    axes.set(xlabel="$w_{12}$", ylabel="$w_{21}$", xticks=range(-2, 3), yticks=range(-2, 3))


def points(axes: Axes, found: Runs, size: float = 5.0) -> None:
    """Draw the outcomes, marked by the sign of det W(0)."""
    for marker, colour, sign in MARKERS:
        W = found.W[found.det_sign == sign]
        axes.scatter(
            W[:, 0, 1], W[:, 1, 0], s=size, marker=marker, color=colour, alpha=0.55, lw=0, zorder=3
        )


def _shares(axes: Axes, found: Runs) -> None:
    near = CLAIM.near(found)
    note(axes, 0.96, 0.24, f"near: {Share.where(near).count}", ha="right")
    for line, (_, colour, sign) in enumerate(MARKERS):
        where = rf"$\det W(0){'>' if sign > 0 else '<'}0$"
        text = f"{where}: {Share.where(near[found.det_sign == sign]).count}"
        note(axes, 0.96, 0.165 - 0.075 * line, text, ha="right", color=colour)


def _trend(axes: Axes, data: dict[float, list[Runs]]) -> None:
    """Draw the share near a corner against depth, for each scale."""
    place = np.arange(len(SHOWN.depths))
    looks = (("s", ":", "0.55"), ("o", "-", INK), ("D", "--", "0.35"))
    falling = sorted(SHOWN.scales, reverse=True)
    for shift, (scale, (marker, dash, colour)) in enumerate(zip(falling, looks, strict=True)):
        shares = [Share.where(CLAIM.near(found)) for found in data[scale]]
        middle = np.array([share.seen / share.of for share in shares])
        ends = np.array([share.interval() for share in shares]).T
        axes.errorbar(
            place + 0.1 * (shift - 1), middle, np.abs(ends - middle),
            color=colour, marker=marker, ls=dash, ms=3, elinewidth=0.6, capsize=1.5, capthick=0.6,
            label=f"scale ${power_label(scale)}$",
        )  # fmt: skip
    axes.set(ylim=(0, 1.05), xlabel="depth $N$", ylabel="share near a corner", title="(f)")
    axes.set_xticks(place, ["2", "5", "10", "20", r"$\infty$"])
    axes.legend(loc="lower center")
