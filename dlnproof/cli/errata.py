"""The verb ``errata``: statements as their sources print them, checked as they stand."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from dlnproof import limits
from dlnproof.cli import options
from dlnproof.cli.shared import CLAIMS, add_columns, add_extra, add_json, add_record
from dlnproof.errors import OK, InputError, NothingSelectedError

TYPE_CHECKING = False  # typing costs more than argparse
if TYPE_CHECKING:
    from collections.abc import Sequence

    from dlnproof.documents.attestation import Errata
    from dlnproof.record.record import PrintedRecord


def declare(parser: ArgumentParser) -> None:
    """Add the options of ``errata``."""
    parser.description = (
        "Examine every statement on record as a source prints it: its verdict, how "
        "well the printing is attested, and the smallest counterexample in rationals where it "
        "fails. What is printed of training is examined by training runs, which take minutes; "
        "--record takes the verdicts of a run of 'check' instead. The verdicts do not change the "
        "exit status."
    )
    parser.add_argument("claims", nargs="*", metavar="CLAIM", help=CLAIMS)
    add_json(parser)
    parser.add_argument("--tex", action="store_true", help="print a LaTeX fragment instead")
    add_columns(parser)
    add_record(
        parser,
        "print the verdicts of this record of 'check --json FILE' instead of examining now",
    )
    add_extra(parser)


def run(given: Namespace) -> int:
    """Print every statement as its source prints it, with what became of it."""
    from contextlib import nullcontext

    from dlnproof.files.output import Results

    if given.tex and given.json == "-":
        raise InputError("--tex: got --json - too, expected one of them on standard output")
    results = Results(given.json, given.record)
    from dlnproof.documents.entries import well_formed
    from dlnproof.documents.errata import errata_text
    from dlnproof.documents.errata_tex import errata_tex
    from dlnproof.documents.layout import screen
    from dlnproof.record.record import ERRATA_SCHEMA
    from dlnproof.run.select import claims_named
    from dlnproof.version import __version__

    claims_named(given.extra)
    if given.record is None:
        found = _examined(given.claims)
    else:
        found = _recorded(given.record, given.claims)
    if not found:
        among = given.claims or ["any claim"]
        raise NothingSelectedError(
            f"nothing selected: no printed statement of {', '.join(among)} is on record"
        )
    entries = [
        {"id": claim.id, "as_printed": [record.as_json() for record in records]}
        for claim, records in found
    ]
    data = {"schema": ERRATA_SCHEMA, "version": __version__, "claims": entries}
    with nullcontext() if given.record is None else well_formed():
        shown = (
            errata_tex(found, columns=given.columns) if given.tex else errata_text(found, screen())
        )
    results.deliver(data, lambda: shown)
    return OK  # what others print is not what fails here


def _examined(names: Sequence[str]) -> Errata:
    """Examine the printed statements of claims now, with the training runs that some speak of."""
    from dlnproof.documents.terminal import progress_of
    from dlnproof.pool import processes
    from dlnproof.run.printed import examine, trained, training_for
    from dlnproof.run.select import claims_named

    claims = [claim for claim in claims_named(names) if claim.as_printed]
    jobs = training_for(claims, limits.RUNS.usual, limits.SEED.usual)
    found: dict[str, list[PrintedRecord]] = {}
    with (
        processes(min(options.processors(), 8, len(jobs) or 1)) as executor,
        progress_of(len(jobs) + sum(len(claim.as_printed) for claim in claims)) as progress,
    ):
        if jobs:
            progress("training, for what is printed of it", 0)
        runs = trained(jobs, executor, lambda job: progress(f"{job.claim} {job.route}", 1))
        for claim in claims:
            for printed in claim.as_printed:
                found.setdefault(claim.id, []).append(examine(claim, printed, runs[claim.id]))
                progress(f"{claim.id} {printed.name}", 1)
    return [(claim, found[claim.id]) for claim in claims]


def _recorded(name: str, asked: Sequence[str]) -> Errata:
    """Return what a record says of printed statements: those of the claims named, or all."""
    from dlnproof.cli.selection import current_record
    from dlnproof.run.select import claims_named

    record = current_record(name)
    kept = {claim.id: claim.as_printed for claim in record.claims}
    claims = claims_named(asked or list(kept))
    if missing := [claim.id for claim in claims if claim.id not in kept]:
        raise InputError(
            f"--record: got a record without {', '.join(missing)}, expected one of the claims named"
        )
    return [(claim, kept[claim.id]) for claim in claims if kept[claim.id]]
