"""Planes: two numbers of each run against one another."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from matplotlib.axes import Axes

from dlnproof.depth import as_depth
from dlnproof.documents.figures.style import depth_label
from dlnproof.errors import InputError
from dlnproof.numeric.floats.arrays import FloatArray
from dlnproof.numeric.floats.volume import log_volume_density
from dlnproof.plots.axes import checked_runs, given, kinds, legend
from dlnproof.training import observables
from dlnproof.training.completion import Completion
from dlnproof.training.runs import Runs
from dlnproof.training.tables import trajectory

CELLS: Final = 240
CLIPPED: Final = 0.97
"""The share of a landscape whose colours differ: the density is infinite at singular matrices."""

Entry = tuple[int, int]


def phase_plane(
    runs: Runs,
    x: Entry | None = None,
    y: Entry | None = None,
    *,
    along: str = "level",
    ax: Axes | None = None,
) -> Axes:
    """Draw the path of each run in the plane of two entries of W, or of sigma_1 and sigma_2.

    ``x`` and ``y`` are indices, from zero, such as (0, 1) and (1, 0); without them the two largest
    singular values are drawn. The paths lead through the W kept along levels or times to the marks,
    the outcomes. Raises :class:`~dlnproof.errors.InputError`.
    """
    checked_runs(runs)
    _, W = trajectory(runs, along)
    _check_both(x, y)
    W = np.concatenate([W, runs.W[:, None]], axis=1)  # the end of the path
    if x is None or y is None:
        sigma = observables.singular_values(W)
        if sigma.shape[-1] < 2:
            raise InputError(
                f"runs: got matrices of shape {runs.W.shape[1:]}, expected two singular values"
            )
        across, up, names = sigma[..., 0], sigma[..., 1], (r"$\sigma_1$", r"$\sigma_2$")
    else:
        index_x, index_y = _index(runs, "x", x), _index(runs, "y", y)
        across, up = W[..., *index_x], W[..., *index_y]
        names = _entry(index_x), _entry(index_y)
    ax = given(ax)
    for kind in kinds(runs):
        alpha = min(0.8, 30 / kind.which.sum())
        for one_x, one_y in zip(across[kind.which], up[kind.which], strict=True):
            known = np.isfinite(one_x) & np.isfinite(one_y)  # levels that were not reached
            ax.plot(one_x[known], one_y[known], color=kind.colour, lw=0.6, alpha=alpha)
        ax.plot(
            across[kind.which, -1], up[kind.which, -1], ls="", marker=kind.marker, ms=4,
            color=kind.colour, mec="white", mew=0.3, label=kind.name,
        )  # fmt: skip
    ax.set(xlabel=names[0], ylabel=names[1])
    legend(ax)
    return ax


def outcomes(
    runs: Runs, x: Entry | None = None, y: Entry | None = None, *, ax: Axes | None = None
) -> Axes:
    """Draw where runs ended, on the landscape of log sqrt(det g^N) over the minimisers.

    For square problems of which two entries, ``x`` and ``y`` (from zero; those that are not
    observed, if none are given), are free: the others are as observed, so the plane is that of the
    minimisers. The density is infinite where det W = 0 (N >= 2): the largest 3 % are one colour.
    The depth is the runs'. Raises :class:`~dlnproof.errors.InputError`.
    """
    checked_runs(runs)
    _check_both(x, y)
    free = _free(runs)
    depth = runs.settings.get("depth")
    if isinstance(depth, list) or depth is None:
        raise InputError(
            "runs: got runs of several depths, expected those of one, such as train returns"
        )
    depth = as_depth(np.inf if depth == "inf" else depth)
    if x is None or y is None:
        x, y = free
    index_x, index_y = _index(runs, "x", x), _index(runs, "y", y)
    if {index_x, index_y} != set(free):
        raise InputError(f"x, y: got {index_x} and {index_y}, expected {free[0]} and {free[1]}")
    across, up = runs.W[:, *index_x], runs.W[:, *index_y]
    edges = tuple(_edges(values) for values in (across, up))
    centres = [(its[1:] + its[:-1]) / 2 for its in edges]
    W = np.zeros((CELLS, CELLS, *runs.problem.shape))
    for entry, value in _completion(runs).observed.items():
        W[..., *entry] = value
    W[..., *index_x], W[..., *index_y] = centres[0][None, :], centres[1][:, None]
    values = np.asarray(log_volume_density(W, depth))
    finite = values[np.isfinite(values)]
    if not finite.size:
        raise InputError(
            "runs: got a problem whose minimisers are singular, where sqrt(det g^N) is infinite, "
            "expected one with invertible minimisers; phase_plane draws where these runs ended"
        )
    most = float(np.quantile(finite, CLIPPED))
    ax = given(ax)
    mesh = ax.pcolormesh(*edges, np.minimum(values, most), cmap="viridis", rasterized=True)
    drawn: Any = mesh.figure
    bar = drawn.colorbar(mesh, ax=ax, extend="max")
    bar.set_label(r"$\log\,\sqrt{\det\,g^N}$, clipped")
    for kind in kinds(runs):
        ax.plot(
            across[kind.which], up[kind.which], ls="", marker=kind.marker, ms=4.5,
            color="white" if kind.marker == "^" else "black",
            mec="black" if kind.marker == "^" else "white", mew=0.5, label=kind.name,
        )  # fmt: skip
    ax.set(xlabel=_entry(index_x), ylabel=_entry(index_y), title=depth_label(depth), aspect="equal")
    legend(ax)
    return ax


def _check_both(x: Any, y: Any) -> None:
    if (x is None) != (y is None):
        raise InputError(f"x, y: got {x} and {y}, expected two entries of W, or neither")


def _free(runs: Runs) -> list[Entry]:
    """Return the two entries of W that are not observed. Raises :class:`InputError`."""
    rows, columns = runs.problem.shape
    entries = [(i, j) for i in range(rows) for j in range(columns)]
    free = [entry for entry in entries if entry not in _completion(runs).observed]
    if rows != columns or len(free) != 2:
        raise InputError(
            f"runs: got a problem of shape {runs.problem.shape} with {len(free)} entries not "
            "observed, expected a square one with two: their plane is drawn"
        )
    return free


def _completion(runs: Runs) -> Completion:
    if not isinstance(runs.problem, Completion):
        raise InputError(
            "runs: got runs of measurements, expected those of a completion, whose free entries "
            "are a plane"
        )
    return runs.problem


def _index(runs: Runs, name: str, entry: Any) -> Entry:
    rows, columns = runs.problem.shape
    try:
        i, j = entry
        if i in range(rows) and j in range(columns):
            return int(i), int(j)
    except (TypeError, ValueError):
        pass
    raise InputError(
        f"{name}: got {entry!r}, expected an entry of W: two indices from zero, below {rows} and "
        f"{columns}"
    )


def _entry(index: Entry) -> str:
    i, j = (k + 1 for k in index)
    return rf"$w_{{{i}{j}}}$" if max(i, j) < 10 else rf"$w_{{{i},{j}}}$"


def _edges(values: FloatArray) -> FloatArray:
    """Return the edges of cells around values, with room."""
    known = values[np.isfinite(values)]
    least, most = (float(known.min()), float(known.max())) if len(known) else (0.0, 0.0)
    room = 0.15 * (most - least) or 1.0
    return np.linspace(least - room, most + room, CELLS + 1)
