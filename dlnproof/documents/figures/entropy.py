"""log vol(O_W) over the plane of minimisers with unit diagonal, and outcomes with noise on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import QuadMesh
from matplotlib.figure import Figure

from dlnproof.documents.figures import captions
from dlnproof.documents.figures.outcomes import REACH, plane
from dlnproof.documents.figures.style import PAGE, depth_label, sheet
from dlnproof.documents.figures.volume import CELLS
from dlnproof.numeric.floats.arrays import FloatArray
from dlnproof.numeric.floats.gradients import entropy
from dlnproof.training.orbit_volume import WITH, outcomes
from dlnproof.training.runs import Runs

SHOWN: Final = captions.ENTROPY
CORNER: Final = ((1.0, 1.0), (1.0, 1.0))
LEAST: Final = -0.25
MOST: Final = 1.0
"""What the colours show."""


def beside_corner(depth: int) -> tuple[FloatArray, FloatArray]:
    """Return the centres of the cells and S(W) - S(corner) at (w12, w21) = (x[j], x[i])."""
    edges = np.linspace(-REACH, REACH, CELLS + 1)
    centres = (edges[1:] + edges[:-1]) / 2
    W = np.ones((CELLS, CELLS, 2, 2))
    W[..., 0, 1], W[..., 1, 0] = centres[None, :], centres[:, None]
    return centres, np.asarray(entropy(W, depth)) - float(entropy(CORNER, depth))


def trained(runs: int, seed: int) -> dict[tuple[int, float, float], Runs]:
    """Follow Langevin's equation at all depths, with noise along the orbits."""
    return outcomes(runs, seed, SHOWN.betas, (WITH,))


def draw(data: Mapping[tuple[int, float, float], Runs], note: str) -> Figure:
    """Draw the entropy at each depth, and the outcomes on it."""
    figure = sheet(PAGE, 6.75, note)
    panels = figure.subplots(2, 2, sharex=True, sharey=True)
    for axes, letter, (depth, _, _), found in zip(
        panels.flat, "abcd", data, data.values(), strict=True
    ):
        mesh = _mesh(axes, depth)
        plane(axes, f"({letter}) {depth_label(depth)}", "black", dash=(0, (4, 2)))
        W = found.W
        axes.scatter(W[:, 0, 1], W[:, 1, 0], s=7, color="black", ec="white", lw=0.3, zorder=3)
    bar = figure.colorbar(mesh, ax=panels, extend="both", shrink=0.75, aspect=32, pad=0.02)
    bar.set_label("$S(W)$ beside $S$ at the corners")
    for axes in panels.flat:
        axes.label_outer()
    return figure


def _mesh(axes: Axes, depth: int) -> QuadMesh:
    centres, values = beside_corner(depth)
    mesh = axes.pcolormesh(
        centres, centres, values, cmap="viridis", vmin=LEAST, vmax=MOST, rasterized=True
    )
    axes.contour(
        centres, centres, values, levels=np.arange(-4, 8) / 4, colors="white", linewidths=0.4,
        linestyles="solid", alpha=0.7,
    )  # fmt: skip
    return mesh
