"""The verb ``report``: a run's web page, as one static folder."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from dlnproof.cli import FAILED, OK
from dlnproof.figures.catalogue import require_matplotlib
from dlnproof.output import emit
from dlnproof.output_tree import SUMS, OutputTree


def run_report(given: Namespace) -> int:
    """Run the checks or read their record, draw the figures, write the folder."""
    from dlnproof.document_figures import document_figures
    from dlnproof.selected import selected_record
    from dlnproof.web.site import site

    tree = OutputTree(Path(given.output), SUMS, given.force)
    if not given.no_figures:
        require_matplotlib("; or leave the figures out: --no-figures")
    record = selected_record(given)
    tree.write(site(record, document_figures(given, record, "svg")))
    emit(f"Written: {Path(given.output) / 'index.html'}\n")
    failing = [claim.id for claim in record.claims if not claim.verdict.holds]
    if failing:
        emit(f"Not confirmed: {', '.join(failing)}. The first page says so.\n")
    return FAILED if failing else OK
