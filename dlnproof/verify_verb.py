"""The verb ``verify``: a record made again, and what else a referee would look at."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from dlnproof.cli import FAILED, OK
from dlnproof.core.verdict import Verdict
from dlnproof.formal_build import FormalBuild
from dlnproof.output import deliver, output_file
from dlnproof.output_tree import SUMS, checksum, checksums
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
    from dlnproof.run.verification import (
        compare,
        files_amiss,
        formal_amiss,
        has_formal,
        plan_again,
    )
    from dlnproof.selected import run_plan, workers

    again = plan_again(file.record, quick=given.quick)
    count, built = workers(given), build_formal() if given.formal else None
    made_formal = built is not None and built.verdict is not Verdict.UNDECIDED
    told = file.record.run.get("formal") or any(map(has_formal, file.record.claims))
    counts = built if made_formal and told else None
    made = run_plan(again, file.record.command, count, formal=counts).record
    amiss = [*_changed(file), *files_amiss(file.record), *formal_amiss(file.record)]
    amiss += _of_others(given.record, file.record)
    notes = [*_notes(file.record, made)]
    for kept, changed in _written(given.record):
        notes.append(kept)
        amiss += changed
    if built is not None:
        (notes if built.verdict.holds else amiss).append(_answer(built))
    found = compare(file.record, made, amiss, quick=given.quick)
    text = dumps(found.as_json())
    deliver(given.json, output, text, lambda: verification_text(found, notes, screen()))
    return OK if found.confirmed else FAILED


def _changed(file: RecordFile) -> Iterator[str]:
    if not file.intact:
        yield (
            f"The record was changed after it was written: it states the digest {file.stated}, "
            f"what it holds has {file.digest}."
        )


def _of_others(name: str, record: Record) -> Iterator[str]:
    """Yield the documents beside a record that were made from another one, or stand alone."""
    listed = {file.resolve() for sums in _beside(name, (SUMS,)) for file in _listed(sums)}
    for path in _beside(name, _DOCUMENTS):
        if record.digest not in path.read_text("utf-8", "replace"):
            yield (
                f"{path.name}, beside the record, does not carry its digest {record.digest}: it "
                "was made from another record, or edited."
            )
        if path.resolve() not in listed:
            yield (
                f"{path.name}, beside the record, is in no {SUMS} there: whether it is as it was "
                "written cannot be told."
            )


def _written(name: str) -> Iterator[tuple[str, list[str]]]:
    """Yield how many files are as they were written with a record, and what is amiss with others.

    What LaTeX compiles again (the bibliography) is not.
    """
    for sums in _beside(name, (SUMS,)):
        listed = _listed(sums)
        changed = [
            path
            for path, (_, digest) in listed.items()
            if not path.is_file() or checksum(path) != digest
        ]
        compiled = [path for path in changed if path.is_file() and path.suffix == ".bbl"]
        shown = f"; compiled again: {', '.join(p.name for p in compiled)}" if compiled else ""
        yield (
            f"Files written with the record: {len(listed) - len(changed)} of {len(listed)} are as "
            f"they were{shown}.",
            [
                f"{listed[path][0]}: not as it was written with the record."
                for path in changed
                if path not in compiled
            ],
        )


def _listed(sums: Path) -> dict[Path, tuple[str, str]]:
    """Return the files that a list of checksums names: the name there, and the checksum."""
    here = sums.resolve().parent
    root = here.parent if here.name == "anc" else here
    listed = checksums(sums.read_text("utf-8", "replace"))
    return {root / name: (name, digest) for name, digest in listed.items()}


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
