"""The verb ``paper``: the marked formulas of an author's paper, judged where they stand."""

import sys
import time
from argparse import ArgumentParser, Namespace
from pathlib import Path

from dlnproof.errors import InputError, NothingSelectedError

TYPE_CHECKING = False  # typing costs more than argparse
if TYPE_CHECKING:
    from typing import NoReturn

    from dlnproof.papers.judged import Paper

_EVERY = 0.5
"""After how many seconds files are looked at again."""
FORMATS = ("text", "github", "sarif", "json")


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
    parser.add_argument(
        "--suggest",
        action="store_true",
        help="also tell formulas that nobody marked and that are a target's for all N and d",
    )
    parser.add_argument(
        "--fix",
        action="store_true",
        help="put corrections that are proved or derived into the source, after showing what "
        "changes",
    )
    parser.add_argument("--yes", action="store_true", help="with --fix: do not ask")
    parser.add_argument(
        "--watch", action="store_true", help="judge again whenever a file of the paper changes"
    )


def run(given: Namespace) -> int:
    """Judge a paper."""
    if given.yes and not given.fix:
        raise InputError("--yes: got no --fix, expected it beside it")
    if given.watch and given.fix:
        raise InputError("--watch: got --fix beside it, expected one of them")
    if given.watch:
        _watch(given)
    found = _judge(given)
    if not found.formulas:
        raise NothingSelectedError(
            f"{given.main}: no formula is marked; write '% dlnproof: TARGET' at the end of a "
            "formula's line, with a target of 'dlnproof formula --list'"
        )
    if given.fix:
        _fix(found, asking=not given.yes)
    return found.status


def _judge(given: Namespace) -> "Paper":
    """Judge a paper and print what was found."""
    from dlnproof.documents.layout import screen
    from dlnproof.documents.papers import paper_github, paper_json, paper_sarif, paper_text
    from dlnproof.files.output import emit
    from dlnproof.papers.judged import paper

    found = paper(given.main, suggest=given.suggest)
    writers = {"github": paper_github, "json": paper_json, "sarif": paper_sarif}
    if found.formulas:
        written = writers.get(given.format)
        emit(written(found) if written else paper_text(found, screen()))
    return found


def _watch(given: Namespace) -> "NoReturn":
    """Judge a paper again whenever a file of it changes, until it is interrupted.

    What was judged once is not judged again; a source that cannot be read is told, and watched.
    """
    from dlnproof.files.output import emit
    from dlnproof.papers.source import stamp

    files = {given.main: stamp(Path(given.main))}
    while True:
        files = {name: stamp(Path(name)) for name in files}
        try:
            files = {**_judge(given).files}
        except InputError as error:
            emit(f"{error}\n")
        while all(stamp(Path(name)) == read for name, read in files.items()):
            time.sleep(_EVERY)


def _fix(found: "Paper", *, asking: bool) -> None:
    """Show what corrections change, ask, and write them."""
    from dlnproof.documents.papers import left_text
    from dlnproof.files.output import emit
    from dlnproof.papers.corrections import corrected, difference, rewrite

    texts = corrected(found.corrections)
    emit(left_text(found) + difference(texts))
    if not texts:
        return
    if asking:
        if not sys.stdin or not sys.stdin.isatty():
            raise InputError("--fix: there is no terminal to ask on; add --yes to write")
        emit("Write this? [y/N] ")
        if sys.stdin.readline().strip().lower() not in ("y", "yes"):
            return
    rewrite(texts)
    emit(f"{', '.join(map(str, texts))}: corrected; run again to see the verdicts.\n")
