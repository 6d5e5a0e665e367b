"""The verb ``appendix``: a run's verification appendix, as a folder of LaTeX."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from dlnproof.files.output import emit


def run_appendix(given: Namespace) -> int:
    """Run the checks or read their record, draw the figures, write the folder."""
    from dlnproof.cli.documents import document_figures, document_status, document_tree
    from dlnproof.cli.selected import selected_record
    from dlnproof.documents.appendix.tree import appendix_files
    from dlnproof.documents.document import MAIN, compile_pdf

    tree = document_tree(given)
    record = selected_record(given)
    files = appendix_files(record, document_figures(given, record, "pdf"), flat=given.arxiv)
    tree.write(files)
    where = Path(given.output)
    emit(f"Written: {where / 'appendix.tex'}, {where / MAIN} and {len(files) - 1} other files\n")
    if given.pdf:
        read = [name for name in files if not name.startswith("anc/")]
        emit(f"Written: {compile_pdf(where, read)}\n")
    return document_status(record)
