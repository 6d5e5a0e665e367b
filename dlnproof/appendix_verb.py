"""The verb ``appendix``: a run's verification appendix, as a folder of LaTeX."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from dlnproof.cli import FAILED, OK
from dlnproof.figures.catalogue import require_matplotlib
from dlnproof.output import emit
from dlnproof.output_tree import OutputTree


def run_appendix(given: Namespace) -> int:
    """Run the checks or read their record, draw the figures, write the folder."""
    from dlnproof.document_figures import document_figures
    from dlnproof.report.appendix.tree import SUMS, appendix_files
    from dlnproof.report.document import MAIN, compile_pdf
    from dlnproof.selected import selected_record

    tree = OutputTree(Path(given.output), SUMS, given.force)
    if not given.no_figures:
        require_matplotlib("; or leave the figures out: --no-figures")
    record = selected_record(given)
    files = appendix_files(record, document_figures(given, record, "pdf"), flat=given.arxiv)
    tree.write(files)
    where = Path(given.output)
    emit(f"Written: {where / 'appendix.tex'}, {where / MAIN} and {len(files) - 1} other files\n")
    if given.pdf:
        read = [name for name in files if not name.startswith("anc/")]
        emit(f"Written: {compile_pdf(where, read)}\n")
    failing = [claim.id for claim in record.claims if not claim.verdict.holds]
    if failing:
        emit(f"Not confirmed: {', '.join(failing)}. The first page says so.\n")
    return FAILED if failing else OK
