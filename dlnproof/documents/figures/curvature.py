"""The scalar curvature of g^N over the plane of the singular values of 2 x 2 matrices."""

from __future__ import annotations

from typing import Final

import numpy as np
from matplotlib.figure import Figure

from dlnproof.depth import Depth
from dlnproof.documents.figures import captions
from dlnproof.documents.figures.style import PAGE, depth_label, sheet
from dlnproof.numeric.floats.arrays import FloatArray
from dlnproof.numeric.floats.curvature import scalar_curvature

SHOWN: Final = captions.CURVATURE
CELLS: Final = 160
REACH: Final = 3.0
"""Up to where singular values are shown."""
MOST: Final = 0.5
"""The curvature from which on all is one colour."""


def trained(runs: int, seed: int) -> dict[Depth, tuple[FloatArray, FloatArray]]:
    """Return the centres of the cells, and the curvature at (sigma_1, sigma_2) = (x[j], x[i])."""
    x = np.asarray((np.arange(CELLS) + 0.5) * (REACH / CELLS), dtype=np.float64)
    W = np.zeros((CELLS, CELLS, 2, 2))
    W[..., 0, 0], W[..., 1, 1] = x[None, :], x[:, None]
    return {depth: (x, np.asarray(scalar_curvature(W, depth))) for depth in SHOWN.depths}


def draw(data: dict[Depth, tuple[FloatArray, FloatArray]], note: str) -> Figure:
    """Draw it at each depth."""
    figure = sheet(PAGE, 6.75, note)
    panels = figure.subplots(2, 2, sharex=True, sharey=True)
    for axes, letter, (depth, (x, values)) in zip(panels.flat, "abcd", data.items(), strict=True):
        mesh = axes.pcolormesh(x, x, values, cmap="viridis", vmin=0, vmax=MOST, rasterized=True)
        axes.contour(
            x, x, values, levels=np.arange(1, 20) / 20, colors="white", linewidths=0.4, alpha=0.7
        )
        axes.set(title=f"({letter}) {depth_label(depth)}", aspect="equal")
        axes.set(xlim=(0, REACH), ylim=(0, REACH), xlabel=r"$\sigma_1$", ylabel=r"$\sigma_2$")
        axes.label_outer()
    bar = figure.colorbar(mesh, ax=panels, extend="max", shrink=0.75, aspect=32, pad=0.02)
    bar.set_label(f"scalar curvature, clipped at {MOST:g}")
    return figure
