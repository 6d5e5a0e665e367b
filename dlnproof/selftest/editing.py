"""The section of documents: each file beside a record edited, its checksums made again."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from dlnproof.claims.studies import CHECKER
from dlnproof.documents.appendix.tree import appendix_files
from dlnproof.documents.site.site import site
from dlnproof.files.tree import SUMS, OutputTree, checksums
from dlnproof.record.record import Record
from dlnproof.selftest.bench import Bench
from dlnproof.selftest.case import Case, Section
from dlnproof.selftest.forging import NAMED, REFUSED, by_verify

TREES: Final[dict[str, Callable[[Record], dict[str, bytes]]]] = {
    "appendix": lambda record: appendix_files(record, {}),
    "appendix for arXiv": lambda record: appendix_files(record, {}, flat=True),
    "page": lambda record: site(record, {}),
}
_UNCOMPARED: Final = (".bbl",)
"""What LaTeX writes again: edited, it is named."""


def edited(content: bytes) -> bytes:
    """Return a document with one letter changed."""
    return content.replace(b"e", b"E", 1)


def record_in(tree: Path) -> Path:
    """Return the record of an appendix or a page."""
    return next(path for path in (tree / "anc/record.json", tree / "record.json") if path.exists())


def documents(tree: Path) -> list[Path]:
    """Return the files of a tree that its record gives."""
    beside = (SUMS, "record.json")
    return sorted(p for p in tree.rglob("*") if p.is_file() and p.name not in beside)


def summed(tree: Path) -> None:
    """Make the checksums again, as a forger would."""
    for folder in (tree / "anc", tree):
        if (folder / SUMS).exists():
            paths = [p for p in folder.rglob("*") if p.is_file() and p != folder / SUMS]
            made = {p.relative_to(folder).as_posix(): p.read_bytes() for p in paths}
            (folder / SUMS).write_bytes(checksums(made))


def forged_checker(tree: Path) -> None:
    """Let the checker beside a record confirm whatever it is given."""
    (record_in(tree).parent / CHECKER).write_text('print("all confirmed")\n', encoding="ascii")


def of_another_record(tree: Path, record: Record) -> None:
    """Put another record in the place of the one that the documents are of."""
    elsewhere = replace(record.environment, system="Elsewhere")
    other = replace(record, environment=elsewhere)
    record_in(tree).write_text(other.dumps(), encoding="ascii")


def _cases(bench: Bench) -> Iterator[Case]:
    for name, files in TREES.items():
        tree = bench.new_folder("documents") / "made"
        OutputTree(tree).write(files(bench.record))
        answer = by_verify(bench, record_in(tree))
        outcome = REFUSED if answer.refused else "confirmed"
        yield Case("documents as they were made", name, outcome, not answer.refused, answer.said)
        for path in documents(tree):
            before = path.read_bytes()
            path.write_bytes(edited(before))
            summed(tree)
            yield _case(bench, name, path, tree)
            path.write_bytes(before)
        spoilt = shutil.copytree(tree, tree.with_name("forged"))
        forged_checker(spoilt)
        summed(spoilt)
        yield _case(bench, name, record_in(spoilt).parent / CHECKER, spoilt)
        shutil.rmtree(spoilt)
        summed(tree)
        of_another_record(tree, bench.record)
        summed(tree)
        answer = by_verify(bench, record_in(tree))
        outcome = REFUSED if answer.refused else "confirmed"
        yield Case("documents of another record", name, outcome, answer.refused, answer.said)


def _case(bench: Bench, name: str, path: Path, tree: Path) -> Case:
    answer = by_verify(bench, record_in(tree))
    shown = path.relative_to(tree).as_posix().removeprefix("anc/")
    if path.suffix in _UNCOMPARED:
        outcome, held = NAMED, not answer.refused and shown in answer.said
    else:
        outcome, held = REFUSED, answer.refused and f"{shown}: is not " in answer.said
    kind = "edited documents, their sums made again"
    return Case(kind, f"{name}: {shown}", outcome if held else "confirmed", held, answer.said)


SECTION: Final = Section("documents", "Documents beside a record, edited", _cases)
