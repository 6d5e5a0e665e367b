"""The training figures: what each shows, with the settings of the record's runs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from dlnproof.core.verdict import Route
from dlnproof.figures.captions import SHOWS
from dlnproof.figures.catalogue import OF_CLAIM
from dlnproof.record import Record
from dlnproof.report.entries import Entry
from dlnproof.report.wording import paragraph, prose, see
from dlnproof.report.words import count, listed

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
        f"drawn in {listed(shown)}, from seed {record.seed:d} and at most "
        f"{count(record.run['runs'], 'run')} of a setting."
    )
    first: dict[str, str] = {}
    for entry, name in found:
        first.setdefault(entry.claim.id, name)
    figures = (_figure(entry, name, first[entry.claim.id], folder) for entry, name in found)
    return "\n".join([paragraph(text), *figures, r"\clearpage"])


def _figure(entry: Entry, name: str, first: str, folder: str) -> str:
    """Return a figure; ``first`` is the first of its claim, whose caption has the settings."""
    training = entry.evidence(Route.TRAINING)
    settings = ""
    if name != first:
        settings = rf" Settings as for Figure~\ref{{dln:figure:{first}}}."
    elif training is not None:
        settings = f" The claim's runs: {prose(str(training.details['scope']))}."
    return "\n".join(
        (
            r"\begin{figure}[!htbp]",
            r"\centering",
            rf"\dlnfigure{{{_WIDTH}}}{{{folder}{name}.pdf}}",
            paragraph(rf"\caption{{{prose(SHOWS[name])}.{settings}}}\label{{dln:figure:{name}}}"),
            r"\end{figure}",
        )
    )
