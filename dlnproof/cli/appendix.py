"""The verb ``appendix``: a run's verification appendix, as a folder of LaTeX."""

from argparse import ArgumentParser, Namespace

from dlnproof.cli.shared import add_columns, add_folder
from dlnproof.errors import InputError


def declare(parser: ArgumentParser) -> None:
    """Add the options of ``appendix``."""
    parser.description = (
        "Run the checks that are selected, or take their record, and write a LaTeX "
        "appendix of them: statements, derivations, evidence, printed statements, figures, "
        "and in anc/ the record with a checker. appendix.tex is for a paper, main.tex stands "
        "alone. Exit status 1 if some claim does not hold; the appendix is written all the same, "
        "and says so on its first page."
    )
    add_folder(parser)
    parser.add_argument(
        "--arxiv", action="store_true", help="all files in one folder, but for anc/: as arXiv asks"
    )
    parser.add_argument(
        "--short",
        action="store_true",
        help="the chief sentences of each statement, verdicts, what is assumed and how to run it "
        "again, on six pages at most; the rest as a web page in anc/",
    )
    add_columns(parser)
    parser.add_argument(
        "--pdf",
        action="store_true",
        help="compile main.tex with latexmk (arXiv makes its own: leave main.pdf out there)",
    )


def run(given: Namespace) -> int:
    """Run the checks or read their record, draw the figures, write the folder."""
    from dlnproof.cli.folder import Folder
    from dlnproof.documents.appendix.tree import appendix_files
    from dlnproof.documents.document import MAIN, compile_pdf
    from dlnproof.files.output import emit

    if given.short and given.columns > 1:
        raise InputError("--short: got --columns too, which is for the claims that it leaves out")
    folder = Folder.of(given)
    files = appendix_files(
        folder.record,
        {} if given.short else folder.drawn("pdf"),
        flat=given.arxiv,
        columns=given.columns,
        short=given.short,
    )
    folder.tree.write(files)
    where = folder.tree.target
    emit(f"Written: {where / 'appendix.tex'}, {where / MAIN} and {len(files) - 1} other files\n")
    if given.pdf:
        read = [name for name in files if not name.startswith("anc/")]
        emit(f"Written: {compile_pdf(where, read)}\n")
    return folder.status()
