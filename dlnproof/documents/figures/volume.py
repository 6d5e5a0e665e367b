"""The volume over the plane of minimisers with unit diagonal, and where training ends in it."""

from __future__ import annotations

from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import QuadMesh
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from dlnproof.depth import Depth
from dlnproof.documents.figures import captions
from dlnproof.documents.figures.captions import CLIP
from dlnproof.documents.figures.outcomes import REACH, plane
from dlnproof.documents.figures.style import PAGE, depth_label, sheet
from dlnproof.numeric.floats.arrays import FloatArray
from dlnproof.numeric.floats.volume import log_volume_density
from dlnproof.training.experiments import DIAGONAL, flows
from dlnproof.training.runs import Runs

SHOWN: Final = captions.VOLUME
CELLS: Final = 480
LEAST: Final = -3.5
"""What the colours show, up to CLIP: nothing in the plane is below."""

_MARKERS: Final = (("o", "black", "white", 1), ("^", "white", "black", -1))
"""Marker, face and edge by the sign of det W(0): legible on every colour."""


def density(depth: Depth) -> tuple[FloatArray, FloatArray]:
    """Return the centres of the cells and log sqrt(det g^N) at (w12, w21) = (x[j], x[i]).

    The number of cells is even, and no centre is on the hyperbola.
    """
    edges = np.linspace(-REACH, REACH, CELLS + 1)
    centres = (edges[1:] + edges[:-1]) / 2
    W = np.ones((CELLS, CELLS, 2, 2))
    W[..., 0, 1], W[..., 1, 0] = centres[None, :], centres[:, None]
    return centres, np.asarray(log_volume_density(W, depth))


def trained(runs: int, seed: int) -> list[Runs]:
    """Follow the flow at all depths."""
    [scale] = SHOWN.scales
    stop = SHOWN.stop_loss
    return flows(DIAGONAL, SHOWN.depths, scale=scale, runs=runs, seed=seed, stop_loss=stop)


def draw(data: list[Runs], note: str) -> Figure:
    """Draw the logarithm of the density at each depth, and the outcomes on it."""
    figure = sheet(PAGE, 6.75, note)
    panels = figure.subplots(2, 2, sharex=True, sharey=True)
    for axes, letter, depth, found in zip(panels.flat, "abcd", SHOWN.depths, data, strict=True):
        mesh = _mesh(axes, depth)
        plane(axes, f"({letter}) {depth_label(depth)}", "black", dash=(0, (4, 2)))
        for marker, face, edge, sign in _MARKERS:
            W = found.W[found.det_sign == sign]
            axes.scatter(
                W[:, 0, 1], W[:, 1, 0], s=9, marker=marker, color=face, ec=edge, lw=0.3, zorder=3
            )
    bar = figure.colorbar(mesh, ax=panels, extend="max", shrink=0.75, aspect=32, pad=0.02)
    bar.set_label(rf"$\log\,\sqrt{{\det\,g^N}}$ (with respect to $dW$), clipped at {CLIP:g}")
    handles = [
        Line2D([], [], marker=marker, mfc=face, mec=edge if face == "white" else face, ls="", ms=4)
        for marker, face, edge, _ in _MARKERS
    ]
    labels = [rf"outcome, $\det W(0){sign}0$" for sign in "><"]
    figure.legend(handles, labels, loc="outside upper center", ncols=2)
    for axes in panels.flat:
        axes.label_outer()
    return figure


def _mesh(axes: Axes, depth: Depth) -> QuadMesh:
    centres, values = density(depth)
    mesh = axes.pcolormesh(
        centres, centres, values, cmap="viridis", vmin=LEAST, vmax=CLIP, rasterized=True
    )
    lines = np.arange(np.ceil(LEAST), CLIP)
    axes.contour(
        centres, centres, values, levels=lines, colors="white", linewidths=0.4,
        linestyles="solid", alpha=0.7,
    )  # fmt: skip
    return mesh
