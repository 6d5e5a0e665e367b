"""Outcomes with the unit diagonal of 3 x 3 matrices observed: rank and clusters (CMV2023)."""

from __future__ import annotations

from importlib import import_module
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from dlnproof.documents.figures import captions
from dlnproof.documents.figures.style import INK, PAGE, depth_label, note, rank_inset, sheet
from dlnproof.training.runs import Runs

SHOWN: Final = captions.OUTCOMES_3X3
CLAIM: Final = import_module("dlnproof.checks.completion.diagonal_3x3")
"""What the claim trains, and how it counts: the figure shows nothing else."""

RANKS: Final = ((1, "o", "#009E73"), (2, "^", "#E69F00"), (3, "s", "#56B4E9"))
"""Rank, marker, colour (Okabe and Ito)."""


def trained(runs: int, seed: int) -> list[Runs]:
    """Train as the claim does, at each depth."""
    return [CLAIM.train(setting, runs, seed) for setting in CLAIM.MAIN]


def draw(data: list[Runs], note: str) -> Figure:
    """Draw sigma_2 against sigma_1 at each depth, and the shares of the ranks against depth."""
    figure = sheet(PAGE, 5.3, note)
    panels = figure.subplots(2, 3)
    for axes, letter, depth, found in zip(panels.flat, "abcde", SHOWN.depths, data, strict=False):
        axes.set_title(f"({letter}) {depth_label(depth)}")
        _spectra(axes, found)
        chosen = [found.effective_rank[CLAIM.ranks(found) == value] for value, *_ in RANKS]
        rank_inset(axes, (0.6, 0.66), chosen, [colour for *_, colour in RANKS], 3)
    _shares(panels[1, 2], data)
    handles = [Line2D([], [], color=c, marker=m, ls="", ms=4) for _, m, c in RANKS]
    labels = [f"rank {rank}" for rank, *_ in RANKS]
    corner = Line2D([], [], color=INK, marker="o", mfc="none", ls="", ms=7, mew=0.8)
    line = Line2D([], [], color=INK, lw=0.8)
    figure.legend(
        [*handles, corner, line],
        [
            *labels,
            r"sign patterns $w_{ij}=\pm1$: $(3,0,0)$",
            r"$\sigma_1+\sigma_2=3$ (below it $\sigma_3>0$)",
        ],
        loc="outside upper center",
        ncols=5,
    )
    return figure


def _spectra(axes: Axes, found: Runs) -> None:
    sigma, rank = np.exp(found.log_singular_values), CLAIM.ranks(found)
    for value, marker, colour in RANKS:
        chosen = sigma[rank == value]
        axes.scatter(
            chosen[:, 0], chosen[:, 1], s=6, marker=marker, color=colour, alpha=0.6, lw=0, zorder=3
        )
    # the trace is 3 and at most the sum of the singular values: below the line sigma_3 > 0
    axes.plot([1.5, 3], [1.5, 0], color=INK, lw=0.8, zorder=2)
    axes.plot(3, 0, "o", color=INK, mfc="none", ms=7, mew=0.8, zorder=4, clip_on=False)
    axes.set(xlim=(1, 3.5), ylim=(-0.06, 1.6), xlabel=r"$\sigma_1$", ylabel=r"$\sigma_2$")
    share, centre = CLAIM.largest_cluster(found.W)
    values = np.linalg.svd(centre, compute_uv=False)
    kind = (values > CLAIM.RANK * values[0]).sum()
    note(axes, 0.04, 0.3, f"largest cluster:\n{share.seen} of {share.of}, rank {kind}")


def _shares(axes: Axes, data: list[Runs]) -> None:
    """Draw the shares of the ranks as bars, one for each depth."""
    place, below = np.arange(len(SHOWN.depths)), np.zeros(len(SHOWN.depths))
    for value, _, colour in RANKS:
        counts = np.array([(CLAIM.ranks(found) == value).sum() for found in data])
        share = counts / [len(found.W) for found in data]
        axes.bar(place, share, 0.7, below, color=colour)
        for x, y, height, count in zip(range(len(data)), below, share, counts, strict=True):
            if height > 0.08:  # a number in less would not be within its bar
                axes.text(
                    x, y + height / 2, str(count), color="black", fontsize=7.5,
                    ha="center", va="center",
                )  # fmt: skip
        below += share
    axes.set(ylim=(0, 1), xlabel="depth $N$", ylabel="share of the outcomes, counts", title="(f)")
    axes.set_xticks(place, ["2", "3", "5", "10", r"$\infty$"])
    axes.tick_params(axis="x", length=0)
