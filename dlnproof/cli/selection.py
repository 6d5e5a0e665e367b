"""The run that a verb's selection describes, made now or read from its record."""

from __future__ import annotations

import shlex
from argparse import Namespace
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from dlnproof.cli import options
from dlnproof.cli.cluster import executor_of
from dlnproof.core.verdict import Verdict
from dlnproof.documents.terminal import progress_of
from dlnproof.errors import InputError
from dlnproof.limits import NUMBERS
from dlnproof.record.reading import intact_record
from dlnproof.record.record import Record
from dlnproof.run.formal_build import FormalBuild, build_formal
from dlnproof.run.grid import Grid
from dlnproof.run.planning import Plan, plan
from dlnproof.run.runner import Run, call_of, execute
from dlnproof.run.select import without_folders
from dlnproof.run.shards import Shard
from dlnproof.run.verification import files_amiss, grid_of
from dlnproof.version import __version__


@dataclass(frozen=True)
class Selection:
    """What the options of ``check`` select: claims, routes and a grid, as a command writes them.

    ``places`` are the options that say where, such as ``"depth": "1..3,inf"``: the command that
    repeats a run has them as they were written.
    """

    claims: tuple[str, ...]
    expression: str
    places: Mapping[str, str]
    quick: bool
    formal: bool

    @classmethod
    def of(cls, given: Namespace) -> Selection:
        """Return what is selected; what was left out is as usual, with ``--quick`` or not."""
        usual = options.USUAL | (options.QUICK if given.quick else {})
        places = {n: usual[n] if (text := getattr(given, n)) is None else text for n in usual}
        return cls(tuple(given.claims), given.expression, places, given.quick, given.formal)

    @property
    def grid(self) -> Grid:
        """The grid. Raises :class:`InputError` where an option is not understood."""
        depths, widths = options.depths(self.places["depth"]), options.widths(self.places["width"])
        numbers = {n: options.integer(f"--{n}", self.places[n], of) for n, of in NUMBERS.items()}
        return Grid(depths, widths, **numbers)

    def command(self, *, stop_at_failure: bool) -> str:
        """Return the command that repeats a run."""
        words = ["dlnproof", "check", *map(without_folders, self.claims)]
        if self.expression:
            words += ["-k", self.expression]
        for name, text in self.places.items():
            words += [f"--{name}", text]
        words += ["--quick"] * self.quick + ["--formal"] * self.formal + ["-x"] * stop_at_failure
        return shlex.join(words)


def run_selected(
    selection: Selection,
    jobs: int,
    *,
    scheduler: str | None = None,
    stop_at_failure: bool = False,
    shard: Shard | None = None,
    keep: Path | None = None,
) -> Run:
    """Run the checks that are selected, or a shard of them, with progress.

    With the directory ``keep`` finished claims are kept there, and the same run goes on from them.
    """
    with progress_of(0):  # a large plan takes a while
        chosen = plan(selection.claims, selection.grid, selection.expression)
    if shard is not None:
        chosen = shard.part(chosen)
    command = selection.command(stop_at_failure=stop_at_failure)
    built = build_formal(claim.id for claim in chosen.claims) if selection.formal else None
    if built is not None and built.verdict is Verdict.UNDECIDED:
        raise InputError(f"--formal: {built.says}")
    return run_plan(
        chosen,
        command,
        jobs,
        scheduler=scheduler,
        formal=built,
        stop_at_failure=stop_at_failure,
        keep=keep,
    )


def command_fits(record: Record) -> bool:
    """Whether the command of a record, or its call, is that of the run that the record says."""
    run, grid = record.run, grid_of(record)
    if record.command == call_of(run.claims, grid, run.expression):
        return True
    try:
        words = shlex.split(record.command)
        after = dict(pairwise(words))
        places = {name: after.get(f"--{name}", "") for name in options.USUAL}
        again = Selection(run.claims, run.expression, places, "--quick" in words, run.formal)
        stopped = run.stopped and "-x" not in words
        same = record.command == again.command(stop_at_failure="-x" in words)
        return same and again.grid == grid and not stopped
    except ValueError:  # InputError among them
        return False


def run_plan(
    chosen: Plan,
    command: str,
    count: int,
    *,
    scheduler: str | None = None,
    formal: FormalBuild | None = None,
    stop_at_failure: bool = False,
    keep: Path | None = None,
) -> Run:
    """Do a plan with so many processes, or a scheduler's workers; ``command`` is what repeats it.

    ``formal`` is what the Coq development answered, if it was built.
    """
    with (
        executor_of(scheduler, max(min(count, len(chosen.jobs)), 1)) as executor,
        progress_of(len(chosen.jobs)) as progress,
    ):
        return execute(
            chosen,
            command,
            executor=executor,
            stop_at_failure=stop_at_failure,
            formal=formal,
            progress=lambda job: progress(f"{job.claim} {job.route}", 1),
            keep=keep,
        )


def current_record(name: str) -> Record:
    """Return the record in the file of ``--record``.

    Raises :class:`InputError` for a record that was changed, or that another version wrote: its
    statements may not be those that this version would print.
    """
    record = intact_record(name)
    if record.version != __version__:
        raise InputError(
            f"--record: got a record of dlnproof {record.version[:40]}, expected one of "
            f"{__version__}, whose statements would be printed; install that version, or run the "
            f"checks again without --record"
        )
    for why in files_amiss(record):
        raise InputError(f"--record: {why}")
    return record
