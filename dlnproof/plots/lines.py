"""Lines: what becomes of runs as the loss falls, or in time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import numpy as np
from matplotlib import colormaps
from matplotlib.axes import Axes

from dlnproof.errors import InputError
from dlnproof.numeric.floats.arrays import FloatArray, Home
from dlnproof.plots.axes import along_axis, checked_runs, given, kinds, legend, medians, scale_of
from dlnproof.training import observables
from dlnproof.training.runs import Runs
from dlnproof.training.tables import trajectory

NAMED: Final[dict[str, tuple[str, Callable[[Any], FloatArray]]]] = {
    "effective_rank": ("effective rank", observables.effective_rank),
    "frobenius": ("Frobenius norm", lambda W: observables.schatten(W, 2)),
    "nuclear": ("nuclear norm", lambda W: observables.schatten(W, 1)),
    "spectral": ("spectral norm", lambda W: observables.schatten(W, np.inf)),
}
"""What can be drawn by name."""
_IN_LEGEND: Final = 6
"""Singular values of which each stands in the legend; of more, the first and the last."""


def trajectories(
    runs: Runs,
    what: str | Callable[[FloatArray], Any] = "effective_rank",
    *,
    along: str = "level",
    ax: Axes | None = None,
) -> Axes:
    """Draw a quantity of each run against the loss (``along="level"``) or the time ("time").

    ``what`` is the name of one, or a function of W, (n, k, d, d') to (n, k), such as
    ``lambda W: abs(W[..., 0, 0])`` or one of :mod:`dlnproof.training.observables`. Thin: runs;
    bold: by the sign of det W, the median of those that came there, where these are at least half.
    Raises :class:`~dlnproof.errors.InputError`.
    """
    checked_runs(runs)
    places, W = trajectory(runs, along)
    if what not in NAMED if isinstance(what, str) else not callable(what):
        raise InputError(
            f"what: got {what!r}, expected one of {', '.join(NAMED)}, or a function of W"
        )
    name, of = NAMED[what] if isinstance(what, str) else ("", what)
    curves = Home(np, np.float64).accepts(of(W), "values of what")
    if curves.shape != W.shape[:2]:
        raise InputError(
            f"what: got values of shape {curves.shape}, expected {W.shape[:2]}: a number for each "
            "run and place, from W of shape (n, k, d, d')"
        )
    ax = given(ax)
    for kind in kinds(runs):
        look = {"color": kind.colour, "ls": kind.dash, "label": kind.name}
        _lines(ax, places, curves[kind.which], look)
    along_axis(ax, along, places)
    ax.set(ylabel=name, yscale=scale_of(curves))
    legend(ax, "medians")
    return ax


def spectrum(runs: Runs, *, along: str = "level", ax: Axes | None = None) -> Axes:
    """Draw the singular values of each run against the loss or the time, each in its colour.

    Thin: runs; bold: the median of each sigma_i, where at least half of the runs came. Below about
    eps sigma_1 they are rounding, and not drawn. Raises :class:`~dlnproof.errors.InputError`.
    """
    checked_runs(runs)
    places, W = trajectory(runs, along)
    sigma = observables.singular_values(W)
    least = sigma.shape[-1] * np.finfo(np.float64).eps * sigma[..., :1]
    sigma = np.where(sigma > least, sigma, np.nan)
    ax = given(ax)
    r = sigma.shape[-1]
    for i in range(r):
        colour = colormaps["viridis"](0.85 * i / max(r - 1, 1))  # lighter and lighter
        name = rf"$\sigma_{{{i + 1}}}$" if r <= _IN_LEGEND or i in (0, r - 1) else ""
        _lines(ax, places, sigma[..., i], {"color": colour, "label": name or "_"})
    along_axis(ax, along, places)
    ax.set(ylabel="singular values", yscale=scale_of(sigma))
    legend(ax, "medians")
    return ax


def _lines(ax: Axes, places: FloatArray, curves: FloatArray, look: dict[str, Any]) -> None:
    alpha = max(0.3, min(0.5, 12 / len(curves)))
    ax.plot(places, curves.T, color=look["color"], lw=0.5, alpha=alpha)
    ax.plot(places, medians(curves), lw=1.8, **look)
