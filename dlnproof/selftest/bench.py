"""Where things are tried: a folder, a fresh record in it, and the verbs of the command line."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Final, Protocol

from dlnproof.record.record import Record
from dlnproof.run.formal_build import FormalBuild
from dlnproof.run.grid import Grid
from dlnproof.run.planning import Plan
from dlnproof.run.runner import check, execute
from dlnproof.run.verification import Verification

CLAIM: Final = "orbit-volume"
GRID: Final = Grid(depths=(1, 2, 3), widths=(1, 2), points=1, digits=20, runs=0)
"""The run of which a record is forged: each route that makes figures, two printed statements."""


class Verified(Protocol):
    """What ``verify`` says of a record, given who makes its run again."""

    def __call__(
        self, name: str, run: Callable[[Plan, str, FormalBuild | None], Record]
    ) -> tuple[Verification, list[str]]:
        """Return the comparison, and what else there is to say."""
        ...


@dataclass(frozen=True)
class Verbs:
    """The command line: its words done in this process, and the answer of its verb ``verify``."""

    main: Callable[[Sequence[str]], int]
    verified: Verified


@dataclass(frozen=True)
class Bench:
    """What the sections share. ``long`` asks for more of each; ``folder`` is theirs alone."""

    verbs: Verbs
    folder: Path
    long: bool = False
    _made: dict[Hashable, Record] = field(default_factory=dict)

    @cached_property
    def record(self) -> Record:
        """A fresh record of one claim."""
        return check([CLAIM], grid=GRID)

    @cached_property
    def record_file(self) -> Path:
        """The fresh record as a file, alone in a folder."""
        path = self.new_folder("record") / "record.json"
        path.write_text(self.record.dumps(), encoding="ascii")
        return path

    def run(self, plan: Plan, command: str, formal: FormalBuild | None = None) -> Record:
        """Make a run; the same one is made once."""
        key = (plan.ids, plan.expression, plan.grid, plan.jobs)
        if key not in self._made:
            self._made[key] = execute(plan, command).record
        return replace(self._made[key], command=command)

    def new_folder(self, name: str) -> Path:
        """Return an empty folder; a name may be asked for again."""
        number = sum(1 for path in self.folder.iterdir() if path.name.startswith(f"{name}-"))
        path = self.folder / f"{name}-{number}"
        path.mkdir()
        return path
