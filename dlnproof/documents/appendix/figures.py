"""The training figures: what each shows, with the settings of the record's runs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from dlnproof.documents.entries import Entry
from dlnproof.documents.figures.captions import SHOWN
from dlnproof.documents.figures.catalogue import OF_CLAIM
from dlnproof.documents.wording import paragraph, prose, see
from dlnproof.documents.words import listed
from dlnproof.record.record import Record

MACRO: Final = r"""\providecommand{\dlnfigure}[2]{%
  \includegraphics[width=\ifdim#1>\linewidth\linewidth\else#1\fi]{\dlnpath#2}}
"""
_WIDTH: Final = "6in"
"""The most that a figure takes, so that two fit a page; it is drawn for seven inches."""


def section(entries: Iterable[Entry], record: Record, names: Iterable[str], folder: str) -> str:
    """Return the figures that are there, each with its claim; nothing where there are none."""
    drawn = set(names)
    found = [
        (entry, name)
        for entry in entries
        for name in OF_CLAIM.get(entry.claim.id, ())
        if name in drawn
    ]
    if not found:
        return ""
    shown = [rf"Figure~\ref{{dln:figure:{name}}} ({see(entry.claim.id)})" for entry, name in found]
    text = (
        "What was seen in training is listed with the claims that speak of it. The experiments are "
        f"drawn in {listed(shown)}, each with its own settings."
    )
    figures = (_figure(name, record, folder) for _, name in found)
    return "\n".join([paragraph(text), *figures, r"\clearpage"])


def _figure(name: str, record: Record, folder: str) -> str:
    caption = prose(SHOWN[name].caption(record.run.runs, record.seed))
    return "\n".join(
        (
            r"\begin{figure}[!htbp]",
            r"\centering",
            rf"\dlnfigure{{{_WIDTH}}}{{{folder}{name}.pdf}}",
            paragraph(rf"\caption{{{caption}}}\label{{dln:figure:{name}}}"),
            r"\end{figure}",
        )
    )
