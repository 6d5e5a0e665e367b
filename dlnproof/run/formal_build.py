"""The Coq development built again: a copy of its files, in a directory of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from importlib.resources import as_file, files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from dlnproof.claims.studies import contained, known
from dlnproof.core.verdict import Verdict
from dlnproof.errors import InputError
from dlnproof.run.discharges import pairings, used
from dlnproof.run.formal_table import discharging
from dlnproof.run.jobs import derive_claim

_FILES: Final = ("*.v", "analysis/*.v", "_CoqProject", "Makefile", "theorems.json", "check.py")
_MISSING: Final = 3
Asked = tuple[str, str]
"""A theorem by name, and the statement made from a premise that it is to discharge."""


@dataclass(frozen=True)
class FormalBuild:
    """What the gate of the Coq development answered.

    PROVED: every file builds, every listed theorem stands in its file word for word and rests on no
    axiom; those about Coq's real numbers on no other than theirs. REFUTED never occurs: a
    development that does not build proves nothing, and is an ERROR. UNDECIDED: Coq or one of its
    libraries is not on this machine, or not in the version needed.

    ``answers`` says of each theorem and statement that were asked about why the one is no proof of
    the other; "" where it is one, and rests on no axiom that its kind of file may not use.
    """

    verdict: Verdict
    says: str
    answers: Mapping[Asked, str] = field(default_factory=dict, hash=False)


def build_formal(claims: Iterable[str] = ()) -> FormalBuild:
    """Build the Coq development (about two minutes) and return the gate's answer.

    It is asked about the premises of the claims that its table says it discharges. Nothing is
    installed, and nothing is written where the package is. Raises :class:`InputError` where there
    is no room for a copy.
    """
    asked = list(dict.fromkeys(_asked(claims)))
    try:
        with TemporaryDirectory(prefix="dlnproof-") as place, as_file(_source()) as source:
            for pattern in _FILES:
                for path in source.glob(pattern):
                    copy = Path(place) / path.relative_to(source)
                    copy.parent.mkdir(exist_ok=True)
                    copy.write_bytes(path.read_bytes())
            (Path(place) / "asked.json").write_text(json.dumps(asked), "ascii")
            done = subprocess.run(
                [sys.executable, "check.py", "--no-install"],
                cwd=place,
                capture_output=True,
                text=True,
                check=False,
            )
            answers = Path(place) / "answers.json"
            answered = json.loads(answers.read_text("utf-8")) if answers.exists() else []
    except OSError as error:
        raise InputError(
            f"--formal: the Coq files cannot be copied ({error.strerror}); expected room in the "
            "directory for temporary files"
        ) from None
    verdict = {0: Verdict.PROVED, _MISSING: Verdict.UNDECIDED}.get(done.returncode, Verdict.ERROR)
    lines = (done.stdout + done.stderr).strip().splitlines()
    says = " ".join(lines[-1:] if verdict.holds else lines)
    said = dict(zip(asked, answered, strict=False))
    return FormalBuild(verdict, says.removeprefix("formal: ")[:1000], said)


def _asked(claims: Iterable[str]) -> Iterator[Asked]:
    """Yield the theorems that are to discharge premises of claims, with what is made of these."""
    chosen = set[str]().union(*({claim, *used(claim)} for claim in claims))
    if not discharging(chosen):
        return  # no derivation is made again for nothing
    for claim in sorted(chosen):
        with contained(), suppress(Exception, SystemExit):  # told of the claim's own derivation
            found = pairings(derive_claim(known()[claim]))
            yield from ((p.theorem.theorem, p.statement) for p in found if p.statement)


def _source() -> Path:
    return Path(str(files("dlnproof.formal")))
