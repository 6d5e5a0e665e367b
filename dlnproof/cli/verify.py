"""The verb ``verify``: a record made again, and what else a referee would look at."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from dlnproof.cli import options
from dlnproof.cli.shared import add_extra, add_jobs, add_json
from dlnproof.errors import FAILED, IN_PART, OK, InputError
from dlnproof.limits import DIGITS, MOST_UNASKED, QUICK_DEPTHS, QUICK_WIDTHS

TYPE_CHECKING = False  # typing costs more than argparse
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dlnproof.record.reading import RecordFile
    from dlnproof.record.record import Record
    from dlnproof.run.formal_build import FormalBuild
    from dlnproof.run.planning import Plan
    from dlnproof.run.verification import Verification


def declare(parser: ArgumentParser) -> None:
    """Add the options of ``verify``."""
    parser.description = (
        "Read a record of 'check --json', 'appendix' or 'report', make the same run "
        "again (claims, points, digits, training runs, seed) and print which verdicts are the "
        "same, changed, missing or new; make the documents beside it again, and compare them byte "
        "by byte. A record that was edited is found by its digest. Exit status 1 if a verdict or "
        "a document differs (figures may, as between machines), 6 if not all was made again."
    )
    parser.add_argument("record", metavar="RECORD", help="JSON; - reads standard input")
    deepest = max(int(depth) for depth in QUICK_DEPTHS[:-1])  # the last is infinite
    parser.add_argument(
        "--quick",
        action="store_true",
        help=f"a smaller run: depths up to {deepest} and inf, widths up to {max(QUICK_WIDTHS)}, "
        f"one point of each kind, {DIGITS.quick} digits, no training runs; what is left out is "
        "named (exit status 6)",
    )
    parser.add_argument(
        "--formal",
        action="store_true",
        help="also build the Coq development again (two minutes; needs coqc)",
    )
    parser.add_argument(
        "--digest",
        metavar="HEX",
        help="the digest that a paper prints for its record (dlnproof cite shows it); another is "
        "refused",
    )
    parser.add_argument(
        "--yes",
        action="store_true",
        help=f"make the run again even if it should take more than {MOST_UNASKED // 3600} hour of "
        "one processor",
    )
    add_extra(parser)
    add_jobs(parser)
    add_json(parser)


def run(given: Namespace) -> int:
    """Run again what a record says, and print what is the same."""
    from dlnproof.files.output import Results

    results = Results(given.json, given.record, *given.extra)
    digest = _digest(given.digest)
    if given.extra:
        from dlnproof.run.select import claims_named

        claims_named(given.extra)
    count = options.processes(given.jobs)

    def again(plan: Plan, command: str, formal: FormalBuild | None) -> Record:
        from dlnproof.cli.selection import run_plan

        return run_plan(plan, command, count, scheduler=given.scheduler, formal=formal).record

    found, notes = verified(
        given.record,
        again,
        quick=given.quick,
        formal=given.formal,
        digest=digest,
        yes=given.yes,
        artists=0 if given.quick else count,
    )
    from dlnproof.documents.layout import screen
    from dlnproof.documents.verifications import verification_text

    results.deliver(found.as_json(), lambda: verification_text(found, notes, screen()))
    return status_of(found)


def verified(
    name: str,
    run: Callable[[Plan, str, FormalBuild | None], Record],
    *,
    quick: bool = False,
    formal: bool = False,
    digest: str | None = None,
    yes: bool = False,
    artists: int = 0,
) -> tuple[Verification, list[str]]:
    """Return a record in a file beside what ``run`` makes of its plan now, and what else there is
    to say. Figures beside it are drawn again by so many processes, or left out. Raises
    :class:`InputError` for a long run, unless ``yes``.
    """
    from dlnproof.documents.terminal import progress_of

    with progress_of(1) as progress:  # before what takes a second to import
        progress("reading", 0)
        from dlnproof.documents.beside import made_again
        from dlnproof.record.reading import read_record
        from dlnproof.run.estimate import Estimate
        from dlnproof.run.verification import plan_again

        file = read_record(name)
        again = plan_again(file.record, quick=quick)
        if not yes:
            Estimate.of(again).agreed()
        progress("documents", 0)

        def draw(record: Record, extension: str) -> dict[str, bytes]:
            from importlib.util import find_spec

            from dlnproof.documents.figures.catalogue import drawn
            from dlnproof.pool import processes

            if find_spec("matplotlib") is None:
                return {}
            with processes(artists) as executor:
                return drawn(record, extension, executor, lambda name: progress(name, 0))

        documents = made_again(name, file, draw if artists else None)
    from dlnproof.core.verdict import Verdict
    from dlnproof.run.formal_build import build_formal
    from dlnproof.run.verification import compare, files_amiss, formal_amiss, has_formal

    built = build_formal(claim.id for claim in again.claims) if formal else None
    made_formal = built is not None and built.verdict is not Verdict.UNDECIDED
    told = file.record.run.formal or any(map(has_formal, file.record.claims))
    made = run(again, file.record.command, built if made_formal and told else None)
    amiss = [
        *_other(file, digest),
        *_changed(file),
        *files_amiss(file.record),
        *formal_amiss(file.record),
    ]
    amiss += documents.amiss
    notes = [*_notes(file.record, made), *documents.notes]
    if built is not None:
        (notes if built.verdict.holds else amiss).append(_answer(built))
    return compare(file.record, made, amiss, documents.left_out, quick=quick), notes


def status_of(found: Verification) -> int:
    """Return the exit status that says what became of a record."""
    from dlnproof.run.verification import Outcome

    return {Outcome.CONFIRMED: OK, Outcome.IN_PART: IN_PART}.get(found.outcome, FAILED)


def _digest(given: str | None) -> str | None:
    """Return the digest given, in small letters. Raises :class:`InputError` for what is none."""
    if given is None:
        return None
    from dlnproof.files.fields import show

    digest = "".join(given.split()).lower()  # a paper prints it in groups
    if len(digest) != 64 or set(digest) - set("0123456789abcdef"):
        raise InputError(
            f"--digest: got {show(given)}, expected the 64 hexadecimal digits of a SHA-256, as "
            "'dlnproof cite RECORD' prints them"
        )
    return digest


def _other(file: RecordFile, expected: str | None) -> Iterator[str]:
    if expected not in (None, file.digest):
        yield f"The record is another one: its digest is {file.digest}, expected {expected}."


def _changed(file: RecordFile) -> Iterator[str]:
    from dlnproof.cli.selection import command_fits

    if not file.intact:
        yield (
            f"The record was changed after it was written: it states the digest {file.stated}, "
            f"what it holds has {file.digest}."
        )
    if not command_fits(file.record):
        yield f"The record's command is not that of its run: {file.record.command}"


def _notes(before: Record, after: Record) -> Iterator[str]:
    """Yield what differs between the two runs and changes no verdict by itself."""
    if before.run.stopped:
        yield "The record is of a run that stopped at its first failure (-x)."
    if (before.version, before.commit) != (after.version, after.commit):
        yield (
            f"The record is of dlnproof {before.version}, commit {before.commit}; this is "
            f"{after.version}, commit {after.commit}."
        )
    if before.environment != after.environment:
        yield f"The record was made with {_shown(before)}; this run with {_shown(after)}."


def _shown(record: Record) -> str:
    used = record.environment
    listed = (f"{name} {version}" for name, version in used.packages.items())
    return ", ".join([f"Python {used.python} on {used.system}", *listed])


def _answer(built: FormalBuild) -> str:
    from dlnproof.core.verdict import Verdict

    if built.verdict is Verdict.UNDECIDED:
        return f"The Coq development was not built: {built.says}"
    return f"The Coq development was built: {built.says}."
