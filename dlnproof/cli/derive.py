"""The verb ``derive``: the derivations as LaTeX, on standard output or in a directory."""

import sys
from argparse import ArgumentParser, Namespace

from dlnproof.cli.shared import CLAIMS, add_columns
from dlnproof.errors import FAILED, OK, InputError


def declare(parser: ArgumentParser) -> None:
    """Add the options of ``derive``."""
    parser.add_argument("claims", nargs="*", metavar="CLAIM", help=CLAIMS)
    parser.add_argument(
        "-o",
        dest="output",
        metavar="DIR",
        help="write fragments and a standalone main.tex here (default: print)",
    )
    add_columns(parser)
    parser.add_argument("--pdf", action="store_true", help="compile main.tex with latexmk")


def run(given: Namespace) -> int:
    """Derive the claims, write what was derived, say what was not."""
    from pathlib import Path

    from dlnproof.documents.document import compile_pdf, write_document
    from dlnproof.documents.fragment import fragment
    from dlnproof.files.output import emit
    from dlnproof.notation.tex import tex
    from dlnproof.run.jobs import derive_claim, verdict_of
    from dlnproof.run.select import claims_named
    from dlnproof.run.typesetting import misprints
    from dlnproof.version import __version__

    printing = given.output in (None, "-")
    if given.pdf and printing:
        raise InputError("--pdf: got no directory, expected -o DIR to write the PDF to")
    if not printing and not given.output.strip():
        raise InputError(f"-o: got {given.output!r}, expected a directory, or - to print")
    chosen = claims_named(given.claims)
    proofs = {c.id: derive_claim(c) for c in chosen}
    wrong = {c.id: tuple(misprints(c, proofs[c.id], tex)) for c in chosen}
    fragments = {
        c.slug: fragment(c, proofs[c.id], misprinted=bool(wrong[c.id]), columns=given.columns)
        for c in chosen
    }
    if printing:
        emit("\n".join(fragments.values()))
    else:
        directory = Path(given.output)
        emit(
            "".join(
                f"{p}\n"
                for p in write_document(directory, fragments, __version__, columns=given.columns)
            )
        )
        if given.pdf:
            emit(f"{compile_pdf(directory)}\n")
    for name, found in wrong.items():
        for why in found:
            print(f"dlnproof derive: {name}: {why}", file=sys.stderr)
    failing = [claim.id for claim in chosen if not verdict_of(proofs[claim.id]).holds]
    if failing:
        print(f"dlnproof derive: not established: {', '.join(failing)}", file=sys.stderr)
    return FAILED if failing or any(wrong.values()) else OK
