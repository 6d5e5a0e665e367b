"""The verb ``paper``: the marked formulas of an author's paper, judged where they stand."""

from argparse import ArgumentParser, Namespace

from dlnproof.errors import NothingSelectedError

FORMATS = ("text", "github", "json")


def declare(parser: ArgumentParser) -> None:
    """Add the options of ``paper``."""
    parser.description = (
        "Judge the formulas that are marked in a paper: a comment '% dlnproof: TARGET' at the end "
        "of a formula's line, or alone on the line before it. '% dlnproof: let L = N' says what "
        "the paper's letters stand for. Files taken in by \\input are read and macros expanded; "
        "TeX is not executed. Exit status 0 if all hold for all N and d, 6 if some are equal at "
        "points only, or cannot be read, 1 if one does not hold, 5 if none is marked."
    )
    parser.add_argument("main", metavar="MAIN.tex", help="the paper's main file")
    parser.add_argument(
        "--format", choices=FORMATS, default="text", help="how findings are written (text)"
    )


def run(given: Namespace) -> int:
    """Judge a paper."""
    from dlnproof.documents.layout import screen
    from dlnproof.documents.papers import paper_github, paper_json, paper_text
    from dlnproof.files.output import emit
    from dlnproof.papers.judged import paper

    found = paper(given.main)
    if not found.formulas:
        raise NothingSelectedError(
            f"{given.main}: no formula is marked; write '% dlnproof: TARGET' at the end of a "
            "formula's line, with a target of 'dlnproof formula --list'"
        )
    writers = {"github": paper_github, "json": paper_json}
    emit(writers[given.format](found) if given.format in writers else paper_text(found, screen()))
    return found.status
