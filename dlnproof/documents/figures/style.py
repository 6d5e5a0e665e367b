"""What the figures share: sizes, colours, the line of settings, and the bytes of a file."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from dlnproof.depth import Depth
from dlnproof.numeric.floats.arrays import FloatArray
from dlnproof.version import __version__

COLUMN: Final = 3.4
"""Inches: the width of one column of a two-column page."""
PAGE: Final = 7.0
"""Inches: the width of the text of a page."""

INK: Final = "0.15"
POSITIVE: Final = "#0072B2"
NEGATIVE: Final = "#D55E00"
"""By the sign of det W(0): blue and vermilion, told apart without red or green (Okabe and Ito)."""

_SMALL: Final = 7.0
_LINE: Final = 0.13
"""Inches: the height of a line of the smallest text."""
_LETTERS: Final = 20
"""Of the smallest text, in an inch."""
_FORMATS: Final[dict[str, dict[str, Any]]] = {
    "pdf": {"Creator": f"dlnproof {__version__}", "Producer": None, "CreationDate": None},
    "svg": {"Creator": f"dlnproof {__version__}", "Date": None},
    "png": {"Software": f"dlnproof {__version__}"},
}
"""The metadata of each format, in which no date is written."""

_STYLE: Final[Any] = {
    "font.family": "STIXGeneral",  # these fonts come with matplotlib, the same everywhere
    "mathtext.fontset": "stix",
    "font.size": 8.5,
    "axes.labelsize": 9,
    "axes.titlesize": 9,
    "axes.titlepad": 3.5,
    "axes.labelpad": 2.5,
    "xtick.labelsize": 8,
    "ytick.labelsize": 8,
    "legend.fontsize": 8,
    "legend.frameon": False,
    "legend.handlelength": 1.8,
    "legend.borderaxespad": 0.3,
    "text.color": INK,
    "axes.edgecolor": INK,
    "axes.labelcolor": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "axes.linewidth": 0.6,
    "lines.linewidth": 0.8,
    "patch.linewidth": 0.6,
    "xtick.major.width": 0.6,
    "ytick.major.width": 0.6,
    "xtick.minor.width": 0.4,
    "ytick.minor.width": 0.4,
    "xtick.major.size": 2.5,
    "ytick.major.size": 2.5,
    "xtick.minor.size": 1.5,
    "ytick.minor.size": 1.5,
    "xtick.direction": "in",
    "ytick.direction": "in",
    "savefig.dpi": 300,
    "pdf.fonttype": 42,  # outlines that journals accept, and text that can be searched
    "svg.fonttype": "path",
    "svg.hashsalt": "dlnproof",  # otherwise identifiers are random
}


@contextmanager
def paper() -> Iterator[None]:
    """Set matplotlib's defaults and the figures' style, and nothing of the user's own."""
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(_STYLE)
        yield


def file_bytes(draw: Callable[[], Figure], extension: str) -> bytes:
    """Return what ``draw`` returns as a pdf, svg or png file: the same bytes for the same figure.

    No window system is touched, and no setting of matplotlib is left changed.
    """
    stream = io.BytesIO()
    with paper():
        draw().savefig(stream, format=extension, metadata=_FORMATS[extension])
    return stream.getvalue()


def sheet(width: float, height: float, settings: str) -> Figure:
    """Return an empty figure, in inches, with its settings, if any, along its lower edge."""
    figure = Figure(figsize=(width, height), layout="constrained")
    lines = _lines(settings, width)
    if not lines:
        return figure
    room = (len(lines) * _LINE + 0.05) / height
    engine = figure.get_layout_engine()
    assert engine is not None
    engine.set(rect=(0, room, 1, 1 - room))  # type: ignore[call-arg]  # of constrained layout
    figure.text(
        0.5, 0.03 / height, "\n".join(lines), fontsize=_SMALL, ha="center", va="bottom",
        linespacing=1.15, color="0.3",
    )  # fmt: skip
    return figure


def _lines(text: str, width: float) -> list[str]:
    """Return text, with formulas in dollars, as lines that fit, no formula broken."""
    lines, length = [""], 0.0
    for word in re.findall(r"(?:\$[^$]*\$|\S)+", text):
        size = len(re.sub(r"\\[a-z]+|[{}^_$]", "", word)) + 1  # in letters, no less than it has
        length += size
        if length > _LETTERS * width:
            lines.append("")
            length = size
        lines[-1] += f"{word} "
    return [line.strip() for line in lines if line]


def note(axes: Axes, x: float, y: float, text: str, **how: Any) -> None:
    """Write small text at a place given in parts of the axes."""
    axes.text(
        x, y, text, transform=axes.transAxes, fontsize=_SMALL,
        **{"ha": "left", "va": "top", "linespacing": 1.2, **how},
    )  # fmt: skip


def rank_inset(
    axes: Axes,
    place: tuple[float, float],
    effective_ranks: Sequence[FloatArray],
    colours: Sequence[str],
    width: int,
) -> None:
    """Draw a stacked histogram of effective ranks, from 1 to the width, inside the axes."""
    inset = axes.inset_axes((*place, 0.36, 0.22))
    bins = np.linspace(1, width, 10 * width + 1)
    inset.hist(list(effective_ranks), bins=list(bins), stacked=True, color=list(colours))
    inset.set(xlim=(0.95, width), xticks=range(1, width + 1), yticks=())
    inset.set_title("effective rank", fontsize=_SMALL, pad=2)
    inset.tick_params(labelsize=_SMALL, pad=1.5, length=1.5)
    inset.patch.set_alpha(0)
    inset.spines[["top", "right", "left"]].set_visible(False)


def depth_label(depth: Depth) -> str:
    """Return a depth as mathematics."""
    return r"$N=\infty$" if depth == math.inf else f"$N={depth}$"


def power_label(value: float) -> str:
    """Return a power of ten as mathematics, without dollars."""
    return f"10^{{{round(math.log10(value))}}}"
