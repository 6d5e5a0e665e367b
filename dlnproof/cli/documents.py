"""What the verbs share that make a folder of documents: where it goes, its figures, its outcome."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from dlnproof.cli.main import FAILED, OK
from dlnproof.cli.selected import workers
from dlnproof.documents.figures.catalogue import drawn, of_record, require_matplotlib
from dlnproof.documents.terminal import progress_of
from dlnproof.files.output import emit
from dlnproof.files.tree import OutputTree
from dlnproof.pool import processes
from dlnproof.record.record import Record


def document_tree(given: Namespace) -> OutputTree:
    """Return where the documents go. Raises :class:`InputError`, before any work."""
    tree = OutputTree(Path(given.output), given.force)
    if not given.no_figures:
        require_matplotlib("; or leave the figures out: --no-figures")
    return tree


def document_status(record: Record) -> int:
    """Print which claims are not confirmed, if any; return the exit status that says so."""
    if record.failing:
        failing = ", ".join(claim.id for claim in record.failing)
        emit(f"Not confirmed: {failing}. The first page says so.\n")
    return FAILED if record.failing else OK


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
