"""The verb ``verify``: a record made again, and what else a referee would look at."""

from __future__ import annotations

import hashlib
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from dlnproof.cli import FAILED, OK
from dlnproof.core.verdict import Verdict
from dlnproof.formal_build import FormalBuild
from dlnproof.output import emit, output_file, write_output
from dlnproof.output_tree import SUMS
from dlnproof.record import Record
from dlnproof.record_file import RecordFile, read_record
from dlnproof.report.layout import screen
from dlnproof.run.select import claims_named

_DOCUMENTS: Final = ("../appendix.tex", "index.html")
"""Where the documents made from a record stand, from the record's own place."""


def run_verify(given: Namespace) -> int:
    """Run again what a record says, and print what is the same."""
    output = output_file("--json", given.json)
    claims_named(given.extra)
    file = read_record(given.record)
    from dlnproof.formal_build import build_formal
    from dlnproof.json_file import dumps
    from dlnproof.report.verifications import verification_text
    from dlnproof.run.verification import compare, files_amiss, plan_again
    from dlnproof.selected import run_plan, workers

    again = plan_again(file.record, quick=given.quick)
    count, built = workers(given), build_formal() if given.formal else None
    made_formal = built is not None and built.verdict is not Verdict.UNDECIDED
    counts = built if made_formal and file.record.run.get("formal") else None
    made = run_plan(again, file.record.command, count, formal=counts).record
    amiss = [*_changed(file), *files_amiss(file.record), *_of_others(given.record, file.record)]
    notes = [*_notes(file.record, made), *_edited(given.record)]
    if built is not None:
        (notes if built.verdict.holds else amiss).append(_answer(built))
    found = compare(file.record, made, amiss, quick=given.quick)
    try:
        if output is not None:
            write_output(output, dumps(found.as_json()))
    finally:
        if given.json == "-":
            emit(dumps(found.as_json()))
        else:
            emit(verification_text(found, notes, screen()))
    return OK if found.confirmed else FAILED


def _changed(file: RecordFile) -> Iterator[str]:
    if not file.intact:
        yield (
            f"The record was changed after it was written: it states the digest {file.stated}, "
            f"what it holds has {file.digest}."
        )


def _of_others(name: str, record: Record) -> Iterator[str]:
    """Yield the documents beside a record that were made from another one."""
    for path in _beside(name, _DOCUMENTS):
        if record.digest not in path.read_text("utf-8", "replace"):
            yield (
                f"{path.name}, beside the record, does not carry its digest {record.digest}: it "
                "was made from another record, or edited."
            )


def _edited(name: str) -> Iterator[str]:
    """Yield the files beside a record that are not as they were written with it."""
    for sums in _beside(name, (SUMS,)):
        root = sums.parent.parent if sums.parent.name == "anc" else sums.parent
        listed = [line.partition("  ") for line in sums.read_text("utf-8", "replace").splitlines()]
        changed = [
            path
            for digest, _, path in listed
            if not (root / path).is_file()
            or hashlib.sha256((root / path).read_bytes()).hexdigest() != digest
        ]
        shown = f"; not as written: {', '.join(changed[:10])}" if changed else ""
        kept = f"{len(listed) - len(changed)} of {len(listed)}"
        yield f"Files written with the record: {kept} are as they were{shown}."


def _beside(name: str, candidates: tuple[str, ...]) -> Iterator[Path]:
    for candidate in candidates if name != "-" else ():
        path = Path(name).parent / candidate
        if path.is_file():
            yield path


def _notes(before: Record, after: Record) -> Iterator[str]:
    """Yield what differs between the two runs and changes no verdict by itself."""
    if before.run.get("stopped"):
        yield "The record is of a run that stopped at its first failure (-x)."
    if (before.version, before.commit) != (after.version, after.commit):
        yield (
            f"The record is of dlnproof {before.version}, commit {before.commit}; this is "
            f"{after.version}, commit {after.commit}."
        )
    if before.environment != after.environment:
        yield f"The record was made with {_shown(before)}; this run with {_shown(after)}."


def _shown(record: Record) -> str:
    packages = record.environment.get("packages")
    python = f"Python {record.environment.get('python')} on {record.environment.get('system')}"
    listed = packages.items() if isinstance(packages, dict) else ()
    return ", ".join([python, *(f"{name} {version}" for name, version in listed)])


def _answer(built: FormalBuild) -> str:
    if built.verdict is Verdict.UNDECIDED:
        return f"The Coq development was not built: {built.says}"
    return f"The Coq development was built: {built.says}."
