"""The verbs of printed statements and counterexamples: ``errata`` and ``replay``."""

from __future__ import annotations

from argparse import Namespace
from contextlib import nullcontext
from typing import TYPE_CHECKING

from dlnproof.cli import options
from dlnproof.cli.main import FAILED, OK, USUAL
from dlnproof.documents.layout import screen
from dlnproof.errors import InputError, NothingSelectedError
from dlnproof.files.json import dumps, named
from dlnproof.files.output import deliver, output_file
from dlnproof.version import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dlnproof.documents.attestation import Errata
    from dlnproof.record.record import PrintedRecord


def run_errata(given: Namespace) -> int:
    """Print every statement as its source prints it, with what became of it."""
    if given.tex and given.json == "-":
        raise InputError("--tex: got --json - too, expected one of them on standard output")
    output = output_file("--json", given.json)
    from dlnproof.documents.entries import well_formed
    from dlnproof.documents.errata import errata_text
    from dlnproof.documents.errata_tex import errata_tex
    from dlnproof.record.record import ERRATA_SCHEMA
    from dlnproof.run.select import claims_named

    claims_named(given.extra)
    found = _examined(given.claims) if given.record is None else _recorded(given)
    if not found:
        among = given.claims or ["any claim"]
        raise NothingSelectedError(
            f"nothing selected: no printed statement of {', '.join(among)} is on record"
        )
    entries = [
        {"id": claim.id, "as_printed": [record.as_json() for record in records]}
        for claim, records in found
    ]
    text = dumps({"schema": ERRATA_SCHEMA, "version": __version__, "claims": entries})
    with nullcontext() if given.record is None else well_formed():
        shown = errata_tex(found) if given.tex else errata_text(found, screen())
    deliver(given.json, output, text, lambda: shown)
    return OK  # what others print is not what fails here


def _examined(names: Sequence[str]) -> Errata:
    """Examine the printed statements of claims now, with the training runs that some speak of."""
    from dlnproof.documents.terminal import progress_of
    from dlnproof.pool import processes
    from dlnproof.run.printed import examine, trained, training_for
    from dlnproof.run.select import claims_named

    claims = [claim for claim in claims_named(names) if claim.as_printed]
    jobs = training_for(claims, int(USUAL["runs"]), 0)
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


def _recorded(given: Namespace) -> Errata:
    """Return what a record says of printed statements: those of the claims named, or all."""
    from dlnproof.cli.selected import current_record
    from dlnproof.run.select import claims_named

    record = current_record(given.record)
    kept = {claim.id: claim.as_printed for claim in record.claims}
    claims = claims_named(given.claims or list(kept))
    if missing := [claim.id for claim in claims if claim.id not in kept]:
        raise InputError(
            f"--record: got a record without {', '.join(missing)}, expected one of the claims named"
        )
    return [(claim, kept[claim.id]) for claim in claims if kept[claim.id]]


def run_replay(given: Namespace) -> int:
    """Compute counterexamples again and say which are confirmed."""
    number = None
    if given.as_printed is not None:
        number = options.integer("--as-printed", given.as_printed, 1, 1000)
        if given.claim is None:
            raise InputError("--as-printed: got no claim, expected --claim ID beside it")
    output = output_file("--json", given.json)
    from dlnproof.documents.replays import replay_text
    from dlnproof.record.record import REPLAY_SCHEMA
    from dlnproof.run.chosen import chosen
    from dlnproof.run.replay import replay
    from dlnproof.run.select import claims_named

    claims_named(given.extra)
    read = chosen(given.file, given.claim, number)
    done = [replay(found) for found in read.exact]
    if read.formula is not None:
        from dlnproof.judge.replay import replay_formula, resolved

        with named(given.file):
            formula = resolved(read.formula)
        done.append(replay_formula(formula))
    text = dumps(
        {
            "schema": REPLAY_SCHEMA,
            "version": __version__,
            "replayed": [found.as_json() for found in done],
            "not_replayed": list(read.inexact),
        }
    )
    deliver(given.json, output, text, lambda: replay_text(done, read.inexact, screen()))
    return OK if all(found.confirmed for found in done) else FAILED
