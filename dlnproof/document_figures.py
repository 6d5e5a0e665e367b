"""The figures of a document: those of its record's claims, drawn by several processes."""

from __future__ import annotations

from argparse import Namespace

from dlnproof.figures.catalogue import drawn, of_record
from dlnproof.processes import processes
from dlnproof.record import Record
from dlnproof.report.terminal import progress_of
from dlnproof.selected import workers


def document_figures(given: Namespace, record: Record, extension: str) -> dict[str, bytes]:
    """Return a record's figures by name, with progress on a terminal; none if none are wanted."""
    names = [] if given.no_figures else of_record(record)
    if not names:
        return {}
    with (
        processes(min(workers(given), len(names))) as executor,
        progress_of(len(names)) as progress,
    ):
        return drawn(record, extension, executor, lambda name: progress(name, 1))
