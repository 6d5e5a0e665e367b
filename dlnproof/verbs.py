"""What each verb of the command line does, thin: read options, call the library, print."""

from __future__ import annotations

import shlex
import sys
from argparse import Namespace

from dlnproof import __version__, options
from dlnproof.cli import FAILED, OK
from dlnproof.errors import InputError
from dlnproof.figure_verb import run_figure
from dlnproof.output import emit, output_file, write_output
from dlnproof.printed_verbs import run_errata, run_replay
from dlnproof.report.layout import screen
from dlnproof.train_verb import run_train

__all__ = [
    "run_check",
    "run_derive",
    "run_errata",
    "run_evaluate",
    "run_explain",
    "run_figure",
    "run_list",
    "run_replay",
    "run_train",
]


def run_list(given: Namespace) -> int:
    """Print the catalogue."""
    from dlnproof.claims import CLAIMS
    from dlnproof.report.terminal import list_text

    emit(list_text(CLAIMS.values(), screen()))
    return OK


def run_check(given: Namespace) -> int:
    """Run the selected checks, write the record, print the verdicts."""
    options.fill(given)
    grid = options.grid(given)
    jobs = min(options.processors(), 256)
    if given.jobs is not None:
        jobs = options.integer("--jobs", given.jobs, 1, 256)
    slowest = options.integer("--durations", given.durations, 0, 10**6)
    output = output_file("--json", given.json)
    from dlnproof.processes import processes
    from dlnproof.report.terminal import progress_of
    from dlnproof.report.verdicts import durations_text, record_text
    from dlnproof.run.runner import execute, plan

    chosen = plan(given.claims, grid, given.expression)
    with (
        processes(min(jobs, len(chosen.jobs))) as executor,
        progress_of(len(chosen.jobs)) as progress,
    ):
        done = execute(
            chosen,
            _command(given),
            executor=executor,
            stop_at_failure=given.stop,
            progress=lambda job: progress(f"{job.claim} {job.route}", 1),
        )
    try:  # first the file: whoever reads the output may leave; and the output in any case
        if output is not None:
            write_output(output, done.record.dumps())
    finally:
        if given.json == "-":
            emit(done.record.dumps())
        else:
            emit(record_text(done.record, screen(), stopped=done.stopped))
    sys.stderr.write(durations_text(done.durations[:slowest]))  # no part of the result
    return OK if done.record.holds else FAILED


def run_derive(given: Namespace) -> int:
    """Write the derivations as LaTeX, on stdout or in a directory."""
    from pathlib import Path

    from dlnproof.core.verdict import Verdict
    from dlnproof.report.document import compile_pdf, write_document
    from dlnproof.report.fragment import fragment
    from dlnproof.run.jobs import derive_claim, proof_verdict
    from dlnproof.run.select import claims_named

    printing = given.output in (None, "-")
    if given.pdf and printing:
        raise InputError("--pdf: got no directory, expected -o DIR to write the PDF to")
    if not printing and not given.output.strip():
        raise InputError(f"-o: got {given.output!r}, expected a directory, or - to print")
    chosen = claims_named(given.claims)
    fragments = {claim.slug: fragment(claim, derive_claim(claim)) for claim in chosen}
    if printing:
        emit("\n".join(fragments.values()))
    else:
        directory = Path(given.output)
        emit("".join(f"{p}\n" for p in write_document(directory, fragments, __version__)))
        if given.pdf:
            emit(f"{compile_pdf(directory)}\n")
    failing = [claim.id for claim in chosen if proof_verdict(claim.id) is not Verdict.PROVED]
    if failing:
        print(f"dlnproof derive: not proved: {', '.join(failing)}", file=sys.stderr)
    return FAILED if failing else OK


def run_explain(given: Namespace) -> int:
    """Print one claim: what it says, where it is from, what a pass relies on."""
    from dlnproof.report.explanation import explanation_text
    from dlnproof.run.select import claims_named

    [claim] = claims_named([given.claim])
    emit(explanation_text(claim, screen()))
    return OK


def run_evaluate(given: Namespace) -> int:
    """Print the certified quantities of the user's matrix."""
    depth = options.depth(given.depth)
    digits = options.integer("--digits", given.digits, 1, 10_000)
    output = output_file("--json", given.json)
    import json

    from dlnproof.numeric.evaluate import evaluate
    from dlnproof.numeric.matrix_file import read_matrix
    from dlnproof.report.terminal import evaluation_text

    result = evaluate(read_matrix(given.file), depth, digits)
    text = json.dumps(result.as_json(), indent=2) + "\n"
    try:
        if output is not None:
            write_output(output, text)
    finally:
        emit(text if given.json == "-" else evaluation_text(result, screen()))
    return OK


def _command(given: Namespace) -> str:
    """Return the command that repeats a run, with every setting that changes its result."""
    words = ["dlnproof", "check", *given.claims]
    if given.expression:
        words += ["-k", given.expression]
    for name in ("depth", "width", "points", "digits", "runs", "seed"):
        words += [f"--{name}", getattr(given, name)]
    return shlex.join(words + ["--quick"] * given.quick + ["-x"] * given.stop)
