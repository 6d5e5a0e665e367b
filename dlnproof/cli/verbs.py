"""What the verbs do that have no module of their own: read options, call the library, print."""

from __future__ import annotations

import sys
from argparse import Namespace
from typing import TYPE_CHECKING

from dlnproof.cli import options
from dlnproof.cli.forms import forms_asked, in_form
from dlnproof.cli.main import FAILED, IN_PART, OK
from dlnproof.documents.layout import screen
from dlnproof.errors import InputError
from dlnproof.files.output import deliver, emit, output_file, write_output
from dlnproof.version import __version__

if TYPE_CHECKING:
    from dlnproof.run.runner import Run


def run_list(given: Namespace) -> int:
    """Print the catalogue."""
    from dlnproof.claims.studies import known
    from dlnproof.documents.terminal import list_text
    from dlnproof.run.select import claims_named

    claims_named(given.extra)
    emit(list_text(known().values(), screen()))
    return OK


def run_check(given: Namespace) -> int:
    """Run the selected checks, write the forms asked for, print the verdicts."""
    slowest = options.integer("--durations", given.durations, 0, 10**6)
    asked = forms_asked(given)
    from dlnproof.cli.selected import run_selected
    from dlnproof.documents.verdicts import durations_text, record_text

    done = run_selected(given, stop_at_failure=given.stop)
    forms = {option: in_form(option, done) for option in asked}
    try:  # first the files: whoever reads the output may leave; and the output in any case
        for option, path in asked.items():
            if path is not None:
                write_output(path, forms[option])
    finally:
        printed = [forms[option] for option, path in asked.items() if path is None]
        emit(printed[0] if printed else record_text(done.record, screen(), stopped=done.stopped))
    sys.stderr.write(durations_text(done.durations[:slowest]))  # no part of the result
    return _status(done, given)


def _status(done: Run, given: Namespace) -> int:
    """Return the exit status: in part is a success only where the user left something out."""
    if done.record.failing:
        return FAILED
    asked = given.quick or given.expression or not done.record.run.runs
    return OK if asked or not done.record.in_part else IN_PART


def run_derive(given: Namespace) -> int:
    """Write the derivations as LaTeX, on stdout or in a directory."""
    from pathlib import Path

    from dlnproof.documents.document import compile_pdf, write_document
    from dlnproof.documents.fragment import fragment
    from dlnproof.notation.tex import tex
    from dlnproof.run.jobs import derive_claim, proof_verdict
    from dlnproof.run.select import claims_named
    from dlnproof.run.typesetting import misprints

    printing = given.output in (None, "-")
    if given.pdf and printing:
        raise InputError("--pdf: got no directory, expected -o DIR to write the PDF to")
    if not printing and not given.output.strip():
        raise InputError(f"-o: got {given.output!r}, expected a directory, or - to print")
    chosen = claims_named(given.claims)
    proofs = {c.id: derive_claim(c) for c in chosen}
    wrong = {c.id: tuple(misprints(c, proofs[c.id], tex)) for c in chosen}
    fragments = {c.slug: fragment(c, proofs[c.id], misprinted=bool(wrong[c.id])) for c in chosen}
    if printing:
        emit("\n".join(fragments.values()))
    else:
        directory = Path(given.output)
        emit("".join(f"{p}\n" for p in write_document(directory, fragments, __version__)))
        if given.pdf:
            emit(f"{compile_pdf(directory)}\n")
    for name, found in wrong.items():
        for why in found:
            print(f"dlnproof derive: {name}: {why}", file=sys.stderr)
    failing = [claim.id for claim in chosen if not proof_verdict(claim.id).holds]
    if failing:
        print(f"dlnproof derive: not established: {', '.join(failing)}", file=sys.stderr)
    return FAILED if failing or any(wrong.values()) else OK


def run_explain(given: Namespace) -> int:
    """Print one claim: what it says, where it is from, what a pass relies on."""
    from dlnproof.documents.explanation import explanation_text
    from dlnproof.run.select import claims_named

    claims_named(given.extra)
    [claim] = claims_named([given.claim])
    emit(explanation_text(claim, screen()))
    return OK


def run_evaluate(given: Namespace) -> int:
    """Print the certified quantities of the user's matrix."""
    depth = options.depth(given.depth)
    digits = options.integer("--digits", given.digits, 1, 10_000)
    output = output_file("--json", given.json)
    from dlnproof.documents.terminal import evaluation_text
    from dlnproof.files.json import dumps
    from dlnproof.numeric.balls.evaluate import evaluate
    from dlnproof.numeric.matrix_file import read_matrix

    read = read_matrix(given.file)
    result = evaluate(read.matrix, depth, digits, entries=read.entries)
    text = dumps(result.as_json())
    deliver(given.json, output, text, lambda: evaluation_text(result, screen()))
    return OK
