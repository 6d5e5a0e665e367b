"""The verb ``report``: a run's web page, as one static folder."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from dlnproof.files.output import emit


def run_report(given: Namespace) -> int:
    """Run the checks or read their record, draw the figures, write the folder."""
    from dlnproof.cli.documents import document_figures, document_status, document_tree
    from dlnproof.cli.selected import selected_record
    from dlnproof.documents.site.site import site

    tree = document_tree(given)
    record = selected_record(given)
    tree.write(site(record, document_figures(given, record, "svg")))
    emit(f"Written: {Path(given.output) / 'index.html'}\n")
    return document_status(record)
