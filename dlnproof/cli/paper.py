"""The verb ``paper``: the marked formulas of an author's paper, judged where they stand."""

import sys
import time
from argparse import ArgumentParser, Namespace
from pathlib import Path

from dlnproof.cli.shared import add_scheduler
from dlnproof.errors import FAILED, INTERNAL, InputError, NothingSelectedError

TYPE_CHECKING = False  # typing costs more than argparse
if TYPE_CHECKING:
    from typing import NoReturn

    from dlnproof.files.tree import OutputTree
    from dlnproof.papers.judged import Paper
    from dlnproof.record.record import Record

_EVERY = 0.5
"""After how many seconds files are looked at again."""
FORMATS = ("text", "github", "sarif", "json", "junit")


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
        help="also report unmarked formulas that are a target's, for all N and d",
    )
    parser.add_argument(
        "--fix",
        action="store_true",
        help="put corrections that are proved or derived into the source, after showing what "
        "changes",
    )
    parser.add_argument("--yes", action="store_true", help="with --fix: do not ask")
    parser.add_argument(
        "--fresh",
        action="store_true",
        help="judge every formula again, also those whose verdicts this program has kept",
    )
    parser.add_argument(
        "-o",
        dest="output",
        metavar="DIR",
        help="also write the verification appendix of this paper: a folder, written whole",
    )
    parser.add_argument(
        "--force",
        action="store_true",
        help="with -o: write into a folder that holds other files; those of other names are kept",
    )
    parser.add_argument(
        "--short",
        action="store_true",
        help="with -o: name the derivations that verdicts rest on, and leave them out",
    )
    parser.add_argument(
        "--claims",
        action="append",
        default=[],
        metavar="FILE",
        help="with -o: also run the checks of the claims in FILE.py or FILE.toml, on the grid of "
        "'check --quick', and put them into the appendix",
    )
    parser.add_argument("--pdf", action="store_true", help="with -o: compile main.tex with latexmk")
    parser.add_argument(
        "--watch", action="store_true", help="judge again whenever a file of the paper changes"
    )
    add_scheduler(parser, "this process")


def run(given: Namespace) -> int:
    """Judge a paper."""
    if given.yes and not given.fix:
        raise InputError("--yes: got no --fix, expected one beside it")
    if given.watch and given.fix:
        raise InputError("--watch: got --fix too, expected one or the other")
    for option in ("force", "short", "claims", "pdf"):
        if getattr(given, option) and given.output is None:
            raise InputError(f"--{option}: got no -o, expected one beside it")
    if given.output is not None and (given.watch or given.fix):
        other = "--watch" if given.watch else "--fix"
        raise InputError(f"-o: got {other} beside it, expected one of them")
    if odd := next((x for x in given.claims if not x.endswith((".py", ".toml"))), None):
        raise InputError(f"--claims: got {odd!r}, expected a file of your claims, .py or .toml")
    if given.watch:
        _watch(given)
    tree = None
    if given.output is not None:
        from dlnproof.files.tree import OutputTree

        tree = OutputTree(Path(given.output), given.force)  # refused before any work
    found = _judge(given)
    if not found.formulas:
        raise NothingSelectedError(
            f"{given.main}: no formula is marked; write '% dlnproof: TARGET' at the end of a "
            "formula's line, with a target of 'dlnproof formula --list'"
        )
    status = found.status
    if tree is not None:
        own = _own(given.claims, given.scheduler)
        if own is not None and own.failing:
            status = status if status == INTERNAL else FAILED
        _write(found, tree, given, own)
    if given.fix:
        _fix(found, asking=not given.yes)
    return status


def _own(claims: list[str], scheduler: str | None) -> "Record | None":
    """Run the checks of the author's own claims."""
    if not claims:
        return None
    from dlnproof.cli import options
    from dlnproof.cli.selection import Selection, run_selected

    selection = Selection(
        tuple(claims), "", options.USUAL | options.QUICK, quick=True, formal=False
    )
    return run_selected(selection, options.processes(None), scheduler=scheduler).record


def _judge(given: Namespace) -> "Paper":
    """Judge a paper and print what was found."""
    from dlnproof.cli.cluster import executor_of
    from dlnproof.documents import papers
    from dlnproof.documents.layout import screen
    from dlnproof.documents.terminal import progress_of
    from dlnproof.files.output import emit
    from dlnproof.papers.judged import paper
    from dlnproof.papers.kept import Kept

    kept = None if given.fresh else Kept()
    with executor_of(given.scheduler, 1) as executor, progress_of(1) as progress:
        progress(given.main, 0)
        found = paper(given.main, suggest=given.suggest, kept=kept, executor=executor)
    if kept is not None:
        try:
            kept.save()
        except InputError as error:  # the verdicts are the same
            sys.stderr.write(f"dlnproof paper: nothing is kept for the next run: {error}\n")
    writers = {
        "github": papers.paper_github,
        "sarif": papers.paper_sarif,
        "json": papers.paper_json,
        "junit": papers.paper_junit,
    }
    if found.formulas:
        written = writers.get(given.format)
        emit(written(found) if written else papers.paper_text(found, screen()))
    return found


def _write(found: "Paper", tree: "OutputTree", given: Namespace, own: "Record | None") -> None:
    """Write the appendix of a paper, and compile it."""
    from dlnproof.documents.appendix.paper import paper_files
    from dlnproof.documents.document import compile_pdf
    from dlnproof.files.output import emit

    files = paper_files(found, Path(given.main), tree.target, short=given.short, own=own)
    written = {(tree.target / name).resolve() for name in files}
    sources = dict.fromkeys([given.main, *(each.file for each in found.marked)])
    if theirs := [name for name in sources if Path(name).resolve() in written]:
        raise InputError(f"-o: would replace {theirs[0]}, of the paper itself; give another folder")
    tree.write(files)
    said = f"Written: {tree.target / 'appendix.tex'} and {len(files)} other files\n"
    if own is not None and own.failing:
        said += f"Not confirmed: {', '.join(each.id for each in own.failing)}\n"
    if given.pdf:
        read = [name for name in files if not name.startswith("anc/")]
        said += f"Written: {compile_pdf(tree.target, read)}\n"
    if given.format == "text":  # other forms are for machines
        emit(said)


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
            found = _judge(given)
            files = {**found.files, **dict.fromkeys(found.absent)}
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
