"""The section of forgeries: each of a fresh record, shown to ``verify`` and to the checker."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dlnproof.claims.studies import CHECKER, checker
from dlnproof.documents.layout import Screen
from dlnproof.documents.verifications import verification_text
from dlnproof.errors import FAILED, IN_PART, OK, USAGE, InputError
from dlnproof.run.verification import Outcome
from dlnproof.selftest.bench import CLAIM, Bench
from dlnproof.selftest.case import Case, Section
from dlnproof.selftest.forgeries import FORGERIES, Forgery

REFUSED, NAMED, WRITTEN = "refused", "named", "taken as written"
_WIDE: Final = Screen(10**6)
_STATUS: Final = {Outcome.CONFIRMED: OK, Outcome.IN_PART: IN_PART, Outcome.NOT_CONFIRMED: FAILED}


@dataclass(frozen=True)
class Answer:
    """What was said of a record, and with which exit status."""

    status: int
    said: str

    @property
    def refused(self) -> bool:
        """Whether the record is not confirmed, nor confirmed in part."""
        return self.status not in (OK, IN_PART)


def by_verify(bench: Bench, record: Path) -> Answer:
    """Return what ``verify`` says of a record."""
    try:
        found, notes = bench.verbs.verified(str(record), bench.run)
    except InputError as error:
        return Answer(USAGE, str(error))
    text = verification_text(found, notes, _WIDE)
    return Answer(_STATUS[found.outcome], " ".join(text.split()))


def by_checker(record: Path, program: Path) -> Answer:
    """Return what the standalone checker says of a record, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-W", "error", str(program), str(record)],
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    return Answer(done.returncode, done.stdout + done.stderr)


def the_checker(folder: Path) -> Path:
    """Return the package's checker as one file, written into a folder."""
    program = folder / CHECKER
    program.write_text(checker([CLAIM]), encoding="ascii")
    return program


def _cases(bench: Bench) -> Iterator[Case]:
    program = the_checker(bench.new_folder("checker"))
    yield from _fresh(bench, program)
    path = bench.new_folder("forgeries") / "record.json"
    for forgery in FORGERIES:
        path.write_text(json.dumps(forgery.of(bench.record)), encoding="ascii")
        yield _verified(forgery, by_verify(bench, path))
        yield _checked(forgery, by_checker(path, program))


def _fresh(bench: Bench, program: Path) -> Iterator[Case]:
    """Yield the record as it was made, which nobody refuses: else refusing would say nothing."""
    for who, answer in (
        ("by verify", by_verify(bench, bench.record_file)),
        ("by the checker", by_checker(bench.record_file, program)),
    ):
        outcome = REFUSED if answer.refused else "confirmed"
        yield Case("the record itself", who, outcome, not answer.refused, answer.said)


def _verified(forgery: Forgery, answer: Answer) -> Case:
    outcome = REFUSED if answer.refused else NAMED
    held = answer.refused != forgery.named and forgery.verify in answer.said
    return Case("forgeries, by verify", forgery.name, outcome, held, answer.said)


def _checked(forgery: Forgery, answer: Answer) -> Case:
    outcome = REFUSED if answer.refused else WRITTEN
    lines = answer.said.splitlines()
    found = any(line.startswith(forgery.checker) for line in lines) if forgery.checker else True
    held = answer.refused == bool(forgery.checker) and found
    return Case("forgeries, by the checker", forgery.name, outcome, held, answer.said)


SECTION: Final = Section("forgeries", "Records forged, their digests made again", _cases)
