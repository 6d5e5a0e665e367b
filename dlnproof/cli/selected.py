"""The run that a verb's selection describes, made now or read from its record."""

from __future__ import annotations

import shlex
from argparse import Namespace
from itertools import pairwise
from typing import Final

from dlnproof.cli import options
from dlnproof.core.verdict import Verdict
from dlnproof.documents.terminal import progress_of
from dlnproof.errors import InputError
from dlnproof.pool import processes
from dlnproof.record.reading import intact_record
from dlnproof.record.record import Record
from dlnproof.run.formal_build import FormalBuild, build_formal
from dlnproof.run.runner import Plan, Run, call_of, execute, plan
from dlnproof.run.select import claims_named, without_folders
from dlnproof.run.verification import files_amiss, grid_of
from dlnproof.version import __version__

_SETTINGS: Final = ("depth", "width", "points", "digits", "runs", "seed")


def run_selected(given: Namespace, *, stop_at_failure: bool = False) -> Run:
    """Run the checks that the options of ``check`` select, with progress on a terminal."""
    options.fill(given)
    chosen = plan(given.claims, options.grid(given), given.expression)
    count, command = workers(given), _command(given, stop_at_failure=stop_at_failure)
    built = build_formal() if given.formal else None
    if built is not None and built.verdict is Verdict.UNDECIDED:
        raise InputError(f"--formal: {built.says}")
    return run_plan(chosen, command, count, formal=built, stop_at_failure=stop_at_failure)


def _command(given: Namespace, *, stop_at_failure: bool) -> str:
    """Return the command that repeats a run."""
    words = ["dlnproof", "check", *map(without_folders, given.claims)]
    if given.expression:
        words += ["-k", given.expression]
    for name in _SETTINGS:
        words += [f"--{name}", getattr(given, name)]
    words += ["--quick"] * given.quick + ["--formal"] * given.formal + ["-x"] * stop_at_failure
    return shlex.join(words)


def command_fits(record: Record) -> bool:
    """Whether the command of a record, or its call, is that of the run that the record says."""
    run, grid = record.run, grid_of(record)
    if record.command == call_of(run.claims, grid, run.expression):
        return True
    try:
        words = shlex.split(record.command)
        after = dict(pairwise(words))
        given = Namespace(
            claims=run.claims,
            expression=run.expression,
            quick="--quick" in words,
            formal=run.formal,
            **{name: after.get(f"--{name}", "") for name in _SETTINGS},
        )
        again = _command(given, stop_at_failure="-x" in words)
        stopped = run.stopped and "-x" not in words
        return record.command == again and options.grid(given) == grid and not stopped
    except ValueError:  # InputError among them
        return False


def run_plan(
    chosen: Plan,
    command: str,
    count: int,
    *,
    formal: FormalBuild | None = None,
    stop_at_failure: bool = False,
) -> Run:
    """Do a plan with so many processes; ``command`` is what repeats it.

    ``formal`` is what the Coq development answered, if it was built.
    """
    with (
        processes(min(count, len(chosen.jobs))) as executor,
        progress_of(len(chosen.jobs)) as progress,
    ):
        return execute(
            chosen,
            command,
            executor=executor,
            stop_at_failure=stop_at_failure,
            formal=formal,
            progress=lambda job: progress(f"{job.claim} {job.route}", 1),
        )


def workers(given: Namespace) -> int:
    """Return how many processes ``--jobs`` asks for (left out: one per processor)."""
    if given.jobs is None:
        return min(options.processors(), 256)
    return options.integer("--jobs", given.jobs, 1, 256)


def selected_record(given: Namespace) -> Record:
    """Return the record of a document: that of ``--record``, or of a run made now."""
    if given.record is None:
        return run_selected(given).record
    asked = [f"--{name}" for name in _SETTINGS if getattr(given, name) is not None]
    asked += ["CLAIM"] * bool(given.claims) + ["-k"] * bool(given.expression)
    asked += ["--quick"] * given.quick + ["--formal"] * given.formal
    if asked:
        raise InputError(
            f"--record: got {', '.join(asked)} too, expected either a record or a selection to run"
        )
    workers(given)  # refused here, if at all
    claims_named(given.extra)
    return current_record(given.record)


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
