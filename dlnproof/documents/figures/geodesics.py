"""Geodesics of g^N through diagonal matrices, and where it ends at finite depth."""

from __future__ import annotations

from typing import Final

import numpy as np
from matplotlib.figure import Figure

from dlnproof.depth import Depth
from dlnproof.documents.figures import captions
from dlnproof.documents.figures.style import INK, NEGATIVE, PAGE, POSITIVE, depth_label, sheet
from dlnproof.numeric.floats.arrays import FloatArray
from dlnproof.numeric.floats.geodesics import geodesic
from dlnproof.numeric.floats.metric import operator

SHOWN: Final = captions.GEODESICS
START: Final = np.diag([1.5, 1.0])
DIRECTIONS: Final = 20
AROUND: Final = 4
"""So many points of a circle are found for each geodesic that is drawn."""
TIMES: Final = np.linspace(0, 3, 31)
RADII: Final = np.arange(1, 7) / 2
REACH: Final = 4.0

Drawn = tuple[FloatArray, FloatArray]


def trained(runs: int, seed: int) -> dict[Depth, Drawn]:
    """Return the diagonals on geodesics of speed 1, by direction and time, and on circles.

    Where a geodesic ended before they are NaN.
    """
    return {
        depth: (_ends(depth, DIRECTIONS, TIMES), _ends(depth, AROUND * DIRECTIONS, RADII))
        for depth in SHOWN.depths
    }


def _ends(depth: Depth, directions: int, times: FloatArray) -> FloatArray:
    angles = 2 * np.pi * np.arange(directions) / directions
    units = np.zeros((directions, 1, 2, 2))
    units[:, 0, 0, 0], units[:, 0, 1, 1] = np.cos(angles), np.sin(angles)
    found = geodesic(START, operator(units, START, depth, power=1 / 2), times, depth)
    return np.diagonal(found, axis1=-2, axis2=-1)


def draw(data: dict[Depth, Drawn], note: str) -> Figure:
    """Draw them at each depth, beside straight lines, with circles of points equally far."""
    figure = sheet(PAGE, 6.9, note)
    panels = figure.subplots(2, 2, sharex=True, sharey=True)
    for axes, letter, (depth, drawn) in zip(panels.flat, "abcd", data.items(), strict=True):
        ways, circles = drawn
        start = ways[0, 0]
        for way in ways:
            along = way[1] - start
            line = start + np.outer([0, 9 / np.linalg.norm(along)], along)
            axes.plot(*line.T, color=INK, lw=0.4, ls=(0, (2, 3)), zorder=1)
            axes.plot(*way.T, color=POSITIVE, zorder=2)
        for circle in np.moveaxis(circles, 1, 0):
            axes.plot(*circle[[*range(len(circle)), 0]].T, color=NEGATIVE, lw=0.6, zorder=3)
        axes.set(title=f"({letter}) {depth_label(depth)}", aspect="equal")
        axes.set(xlim=(0, REACH), ylim=(0, REACH), xlabel="$w_{11}$", ylabel="$w_{22}$")
        axes.label_outer()
    return figure
