"""What all pictures share: the axes, the scale of an axis, and runs told apart by their sign."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

import numpy as np
from matplotlib.axes import Axes

from dlnproof.documents.figures.style import INK, NEGATIVE, POSITIVE
from dlnproof.errors import InputError
from dlnproof.numeric.floats.arrays import FloatArray
from dlnproof.training.runs import Runs

SPAN: Final = 100
"""Positive values whose largest is that many times the least are shown on a logarithmic scale."""


class Kind(NamedTuple):
    """Runs of one sign of det W: which they are, their colour, dash and marker, and their name."""

    which: Any
    colour: str
    dash: Any
    marker: str
    name: str


def checked_runs(runs: Any) -> None:
    """Raise :class:`InputError` for what is no runs, or none."""
    if not isinstance(runs, Runs):
        raise InputError(
            f"runs: got {type(runs).__name__}, expected Runs, such as those of train; those of a "
            "sweep are table.runs[depth, scale, seed]"
        )
    if not len(runs):
        raise InputError("runs: got none, expected at least one to draw")


def given(ax: Axes | None) -> Axes:
    """Return the axes to draw on: pyplot's current ones where none are given."""
    if ax is not None:
        return ax
    from matplotlib import pyplot as plt

    return plt.gca()


def kinds(runs: Runs) -> Iterator[Kind]:
    """Yield the runs by the sign of det W at their end; rectangular ones, and det W = 0, in ink."""
    looks = (
        (1, POSITIVE, "-", "o", r"$\det W>0$"),
        (-1, NEGATIVE, (0, (3, 2)), "^", r"$\det W<0$"),
        (0, INK, "-", "s", "runs"),
    )
    for sign, *look in looks:
        which = runs.det_sign == sign
        if which.any():
            yield Kind(which, *look)


def along_axis(ax: Axes, along: str, places: FloatArray) -> None:
    """Label the horizontal axis as the loss, decreasing, or the time."""
    if along == "level":
        ax.set(xlabel=r"loss $\ell(W)$, decreasing", xscale="log")
        if not ax.xaxis_inverted():
            ax.invert_xaxis()
    else:
        ax.set_xlabel("time $t$")
        if _wide(places):
            ax.set_xscale("log")


def scale_of(values: FloatArray) -> str:
    """Return the scale of an axis for values."""
    return "log" if _wide(values) else "linear"


def _wide(values: FloatArray) -> bool:
    known = values[np.isfinite(values)]
    return bool(known.size and known.min() > 0 and known.max() > SPAN * known.min())


def medians(curves: FloatArray) -> FloatArray:
    """Return the median at each place, (k,), of the runs that came there; NaN where few did.

    Few are less than half: the median of the others alone says little of all.
    """
    masked: Any = np.ma  # numpy's nanmedian warns of places where none did
    known = np.isfinite(curves)
    found = masked.median(masked.masked_invalid(curves), axis=0).filled(np.nan)
    return np.where(2 * known.sum(axis=0) >= len(curves), found, np.nan)


def legend(ax: Axes, title: str | None = None) -> None:
    """Draw the legend where it hides least; of much data that would take matplotlib too long."""
    points = sum(np.size(line.get_xdata()) for line in ax.lines)
    much = bool(ax.collections) or points > _MUCH
    ax.legend(title=title, loc="upper left" if much else "best")


_MUCH: Final = 10_000
