"""The verbs of printed statements and counterexamples: ``errata`` and ``replay``."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from dlnproof import __version__, options
from dlnproof.cli import FAILED, OK, USUAL
from dlnproof.errors import InputError, NothingSelectedError
from dlnproof.json_file import dumps
from dlnproof.output import deliver, output_file
from dlnproof.report.layout import screen

if TYPE_CHECKING:
    from dlnproof.judge.replay import FormulaReplay
    from dlnproof.run.replay import Replay


def run_errata(given: Namespace) -> int:
    """Print every statement as its source prints it, with what became of it."""
    if given.tex and given.json == "-":
        raise InputError("--tex: got --json - too, expected one of them on standard output")
    output = output_file("--json", given.json)
    from dlnproof.core.verdict import Route
    from dlnproof.processes import processes
    from dlnproof.record import ERRATA_SCHEMA
    from dlnproof.report.errata import errata_text
    from dlnproof.report.errata_tex import errata_tex
    from dlnproof.run.printed import examine, made
    from dlnproof.run.select import claims_named

    claims = [claim for claim in claims_named(given.claims) if claim.as_printed]
    if not claims:
        raise NothingSelectedError(
            f"nothing selected: no printed statement of {', '.join(given.claims)} is on record"
        )
    trains = any(Route.TRAINING in claim.routes for claim in claims)
    with processes(min(options.processors(), 8) if trains else 1) as executor:
        trained = made(claims, int(USUAL["runs"]), 0, executor)
    found = [
        (claim, [examine(claim, printed, trained[claim.id]) for printed in claim.as_printed])
        for claim in claims
    ]
    entries = [
        {"id": claim.id, "as_printed": [record.as_json() for record in records]}
        for claim, records in found
    ]
    text = dumps({"schema": ERRATA_SCHEMA, "version": __version__, "claims": entries})
    shown = errata_tex(found) if given.tex else errata_text(found, screen())
    deliver(given.json, output, text, lambda: shown)
    return OK  # what others print is not what fails here


def run_replay(given: Namespace) -> int:
    """Compute counterexamples again and say which are confirmed."""
    number = None
    if given.as_printed is not None:
        number = options.integer("--as-printed", given.as_printed, 1, 1000)
        if given.claim is None:
            raise InputError("--as-printed: got no claim, expected --claim ID beside it")
    output = output_file("--json", given.json)
    from dlnproof.counterexamples import read_counterexamples
    from dlnproof.record import REPLAY_SCHEMA
    from dlnproof.report.replays import replay_text
    from dlnproof.run.replay import replay
    from dlnproof.run.select import claims_named

    claims_named(given.extra)
    read = read_counterexamples(given.file, given.claim, number)
    done: list[Replay | FormulaReplay] = [replay(found) for found in read.exact]
    if read.formulas:
        from dlnproof.judge.replay import replay_formula

        done += [replay_formula(found) for found in read.formulas]
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
