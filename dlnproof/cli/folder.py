"""What the verbs share that make a folder of documents: its record, its figures, its outcome."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from dlnproof.cli import options
from dlnproof.cli.selection import Selection, current_record, run_selected
from dlnproof.documents.figures.catalogue import drawn, of_record, require_matplotlib
from dlnproof.documents.terminal import progress_of
from dlnproof.errors import FAILED, OK, InputError
from dlnproof.files.output import emit
from dlnproof.files.tree import OutputTree
from dlnproof.pool import processes
from dlnproof.record.record import Record
from dlnproof.run.select import claims_named


@dataclass(frozen=True)
class Folder:
    """A folder of documents as it was asked for: of a selection's run, or of the record in a file.

    Raises :class:`InputError` on construction, before any work, where it could not be written.
    """

    tree: OutputTree
    source: Selection | str
    extra: tuple[str, ...]
    figures: bool
    jobs: int
    scheduler: str | None

    @classmethod
    def of(cls, given: Namespace) -> Folder:
        """Return what the options of :func:`dlnproof.cli.shared.add_folder` ask for."""
        tree = OutputTree(Path(given.output), given.force)
        if not given.no_figures:
            require_matplotlib("; or leave the figures out: --no-figures")
        source = Selection.of(given) if given.record is None else given.record
        asked = [f"--{name}" for name in options.USUAL if getattr(given, name) is not None]
        asked += ["CLAIM"] * bool(given.claims) + ["-k"] * bool(given.expression)
        asked += ["--quick"] * given.quick + ["--formal"] * given.formal
        if asked and given.record is not None:
            raise InputError(
                f"--record: got {', '.join(asked)} too, expected either a record or a selection to "
                "run"
            )
        jobs = options.processes(given.jobs)
        return cls(tree, source, tuple(given.extra), not given.no_figures, jobs, given.scheduler)

    @cached_property
    def record(self) -> Record:
        """The record: that of the file, or of a run made now."""
        if isinstance(self.source, Selection):
            return run_selected(self.source, self.jobs, scheduler=self.scheduler).record
        claims_named(self.extra)
        return current_record(self.source)

    def drawn(self, extension: str) -> dict[str, bytes]:
        """Return the record's figures by name, with progress on a terminal; none if unwanted."""
        names = of_record(self.record) if self.figures else []
        if not names:
            return {}
        with (
            processes(min(self.jobs, len(names))) as executor,
            progress_of(len(names)) as progress,
        ):
            return drawn(self.record, extension, executor, lambda name: progress(name, 1))

    def status(self) -> int:
        """Print which claims are not confirmed, if any; return the exit status that says so."""
        if self.record.failing:
            failing = ", ".join(claim.id for claim in self.record.failing)
            emit(f"Not confirmed: {failing}. The first page says so.\n")
        return FAILED if self.record.failing else OK
