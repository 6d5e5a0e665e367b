"""The Coq development built again: a copy of its files, in a directory of its own."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from dlnproof.core.verdict import Verdict
from dlnproof.errors import InputError

_FILES: Final = ("*.v", "analysis/*.v", "_CoqProject", "Makefile", "theorems.json", "check.py")
_MISSING: Final = 3


@dataclass(frozen=True)
class FormalBuild:
    """What the gate of the Coq development answered.

    PROVED: every file builds, every listed theorem stands in its file word for word and rests on no
    axiom; those about Coq's real numbers on no other than theirs. REFUTED never occurs: a
    development that does not build proves nothing, and is an ERROR. UNDECIDED: Coq or one of its
    libraries is not on this machine, or not in the version needed.
    """

    verdict: Verdict
    says: str


def build_formal() -> FormalBuild:
    """Build the Coq development (about two minutes) and return the gate's answer.

    Nothing is installed, and nothing is written where the package is. Raises
    :class:`InputError` where there is no room for a copy.
    """
    try:
        with TemporaryDirectory(prefix="dlnproof-") as place, as_file(_source()) as source:
            for pattern in _FILES:
                for path in source.glob(pattern):
                    copy = Path(place) / path.relative_to(source)
                    copy.parent.mkdir(exist_ok=True)
                    copy.write_bytes(path.read_bytes())
            done = subprocess.run(
                [sys.executable, "check.py", "--no-install"],
                cwd=place,
                capture_output=True,
                text=True,
                check=False,
            )
    except OSError as error:
        raise InputError(
            f"--formal: the Coq files cannot be copied ({error.strerror}); expected room in the "
            "directory for temporary files"
        ) from None
    verdict = {0: Verdict.PROVED, _MISSING: Verdict.UNDECIDED}.get(done.returncode, Verdict.ERROR)
    lines = (done.stdout + done.stderr).strip().splitlines()
    says = " ".join(lines[-1:] if verdict.holds else lines)
    return FormalBuild(verdict, says.removeprefix("formal: ")[:1000])


def _source() -> Path:
    return Path(str(files("dlnproof.formal")))
