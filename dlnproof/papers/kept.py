"""Judgements kept from run to run: of a paper only what changed is judged again.

They lie in the user's own cache folder, never beside a paper, which somebody else may have written:
a verdict that was kept is believed. It is found by the formula as it stands there, the author's
notation, what is assumed, its target, and all sources of this program.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from dlnproof.core.verdict import Verdict
from dlnproof.depth import INFINITE
from dlnproof.errors import InputError
from dlnproof.files.atomic import write_text
from dlnproof.judge.asked import Understood
from dlnproof.judge.judgement import Correction, Judgement, formula
from dlnproof.judge.pairs import Pairs
from dlnproof.language.authors import Notation
from dlnproof.papers.elsewhere import Judge
from dlnproof.version import __version__

MOST: Final = 2_000
"""How many judgements are kept: those that were asked for last."""
_MOST_BYTES: Final = 2**25
_NAME: Final = "judgements.json"
_PASSING: Final = frozenset({Verdict.ERROR, Verdict.TIMEOUT})
"""What another run may find otherwise."""


def folder() -> Path:
    """Return the folder of the user's in which programs keep what they can make again."""
    given = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(given) if given else Path.home() / ".cache") / "dlnproof"


@dataclass
class Kept:
    """The judgements of earlier runs; those of this one are added.

    A file that is damaged, too large or of another program is none.
    """

    path: Path = field(default_factory=lambda: folder() / _NAME)
    _known: dict[str, Any] = field(init=False)
    _new: bool = field(init=False, default=False)

    def __post_init__(self) -> None:
        self._known = _read(self.path)

    def formula(
        self,
        target: str,
        text: str,
        *,
        where: str = "",
        let: Notation,
        diagnose: bool = True,
        by: Judge = formula,
    ) -> Judgement:
        """Return the judgement that was kept of a formula, or judge it here, or ``by`` a judge."""
        asked = "\0".join((target, text, where, repr(let), str(diagnose)))
        key = hashlib.sha256(asked.encode()).hexdigest()
        found = _judgement(self._known.pop(key, None))
        if found is None:
            found = by(target, text, where=where, let=let, diagnose=diagnose)
            self._new = True
        if found.verdict not in _PASSING:
            self._known[key] = found.as_json()  # the last one asked for
        return found

    def save(self) -> None:
        """Keep the judgements, if there are new ones. Raises :class:`InputError`."""
        if not self._new:
            return
        known = dict(list(self._known.items())[-MOST:])
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InputError(f"{self.path}: cannot be written ({error.strerror})") from None
        write_text(self.path, json.dumps({"program": program(), "judgements": known}))
        self._new = False


def _read(path: Path) -> dict[str, Any]:
    try:
        if not path.is_file() or path.stat().st_size > _MOST_BYTES:
            return {}
        data = json.loads(path.read_text("utf-8"))
        if data["program"] != program() or len(data["judgements"]) > MOST:
            return {}
        return dict(data["judgements"])
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return {}


@cache
def program() -> str:
    """Return what tells this program apart from any other: its sources, as they are installed."""
    root = Path(__file__).parents[1]
    said = [__version__, platform.python_version(), version("python-flint"), version("sympy")]
    for room in (root, *(Path(p) for p in _rooms())):
        for path in sorted(room.rglob("*.py")):
            status = path.stat()
            said.append(f"{path} {status.st_size} {status.st_mtime_ns}")
    return hashlib.sha256("\n".join(said).encode()).hexdigest()


def _rooms() -> list[str]:
    """Return the folders of this package that may lie apart from it, in a tree of sources."""
    specs = (find_spec(f"dlnproof.{room}") for room in ("checks", "derivations"))
    return [place for spec in specs if spec for place in spec.submodule_search_locations or ()]


def _judgement(data: Any) -> Judgement | None:
    """Return the judgement that data holds, or None where it is not as one is written."""
    try:
        fixed = data["correction"]
        made = Judgement(
            data["target"],
            Understood(data["understood"], data["latex"]),
            Verdict(data["verdict"]),
            data["scope"],
            tuple(_pairs(x) for x in data["pairs"]),
            tuple(data["notes"]),
            tuple(data["rests_on"]),
            data["counterexample"],
            data["ratio"] or "",
            data["diagnosis"],
            None
            if fixed is None
            else Correction(
                Understood(fixed["formula"], fixed["latex"]),
                Verdict(fixed["verdict"]),
                fixed["scope"],
            ),
            data.get("where", ""),
            tuple(data["guessed"]),
            data["diagnosis_latex"],
        )
        return made if made.as_json() == data else None
    except (LookupError, TypeError, ValueError, AttributeError):
        return None


def _pairs(data: Mapping[str, Any]) -> Pairs:
    depths = (INFINITE if depth == "inf" else int(depth) for depth in data["N"])
    return Pairs(tuple(depths), tuple(map(int, data["d"])))
