"""What each verb of the command line does, thin: read options, call the library, print."""

from __future__ import annotations

import json
import os
import re
import sys
from argparse import Namespace
from collections.abc import Callable
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING

from dlnproof import __version__
from dlnproof.cli import FAILED, OK
from dlnproof.depth import Depth, parse_depth
from dlnproof.errors import InputError

if TYPE_CHECKING:
    from dlnproof.run.grid import Grid

_MOST_DEPTH, _MOST_WIDTH = 256, 16


def run_list(options: Namespace) -> int:
    """Print the catalogue."""
    from dlnproof.claims import CLAIMS
    from dlnproof.report.terminal import print_list

    print_list(CLAIMS.values())
    return OK


def run_check(options: Namespace) -> int:
    """Run the selected checks, print the verdicts, write the record."""
    from dlnproof.record import write_text
    from dlnproof.report.terminal import print_durations, print_record, progress_of
    from dlnproof.run.runner import execute, plan

    grid = _grid(options)
    jobs = _integer("--jobs", options.jobs or str(os.cpu_count() or 1), 1, 256)
    slowest = _integer("--durations", options.durations, 0, 10**6)
    output = _output(options.json)
    chosen = plan(options.claims, grid, options.expression)
    with progress_of(chosen) as progress:
        done = execute(
            chosen, _command(options), jobs=jobs, stop_at_failure=options.stop, progress=progress
        )
    if options.json == "-":
        sys.stdout.write(done.record.dumps())
    else:
        print_record(done.record, stopped=done.stopped)
    print_durations(done.durations[:slowest])
    if output is not None:
        write_text(output, done.record.dumps())
    return OK if done.record.holds else FAILED


def run_derive(options: Namespace) -> int:
    """Write the derivations as LaTeX, on stdout or in a directory."""
    from dlnproof.core.verdict import Verdict
    from dlnproof.report.document import compile_pdf, write_document
    from dlnproof.report.fragment import fragment
    from dlnproof.run.jobs import derive_claim, proof_verdict
    from dlnproof.run.select import claims_named

    if options.pdf and not options.output:
        raise InputError("--pdf: got no directory, expected -o DIR to write the PDF to")
    chosen = claims_named(options.claims)
    fragments = {claim.slug: fragment(claim, derive_claim(claim)) for claim in chosen}
    if not options.output:
        sys.stdout.write("\n".join(fragments.values()))
    else:
        for path in write_document(Path(options.output), fragments, __version__):
            print(path)
        if options.pdf:
            print(compile_pdf(Path(options.output)))
    proved = all(proof_verdict(claim.id) is Verdict.PROVED for claim in chosen)
    return OK if proved else FAILED


def run_explain(options: Namespace) -> int:
    """Print one claim: what it says, where it is from, what a pass relies on."""
    from dlnproof.report.terminal import print_claim
    from dlnproof.run.select import claims_named

    [claim] = claims_named([options.claim])
    print_claim(claim)
    return OK


def run_evaluate(options: Namespace) -> int:
    """Print the certified quantities of the user's matrix."""
    from dlnproof.numeric.evaluate import evaluate
    from dlnproof.numeric.matrix_file import read_matrix
    from dlnproof.record import write_text
    from dlnproof.report.terminal import print_evaluation

    depth = parse_depth(options.depth)
    digits = _integer("--digits", options.digits, 1, 10_000)
    output = _output(options.json)
    result = evaluate(read_matrix(Path(options.file)), depth, digits)
    text = json.dumps(result.as_json(), indent=2) + "\n"
    if options.json == "-":
        sys.stdout.write(text)
    else:
        print_evaluation(result)
    if output is not None:
        write_text(output, text)
    return OK


# --- reading options ----------------------------------------------------------------------------


def _grid(options: Namespace) -> Grid:
    from dlnproof.run.grid import Grid

    return Grid(
        depths=tuple(_listed("--depth", options.depth, parse_depth, _MOST_DEPTH)),
        widths=tuple(int(w) for w in _listed("--width", options.width, _width, _MOST_WIDTH)),
        points=_integer("--points", options.points, 1, 1000),
        digits=_integer("--digits", options.digits, 20, 1000),
        seed=_integer("--seed", options.seed, 0, 2**63 - 1),
    )


def _width(text: str) -> int:
    return _integer("--width", text, 1, _MOST_WIDTH)


def _listed(name: str, text: str, read: Callable[[str], Depth], most: int) -> list[Depth]:
    """Read a list such as ``1..4,8,inf``, in ascending order without repetition."""
    found: set[Depth] = set()
    for piece in text.split(","):
        first, dots, last = piece.strip().partition("..")
        ends = [read(first), read(last)] if dots else [read(first)]
        if any(end != inf and end > most for end in ends):
            raise InputError(f"{name}: got {piece.strip()!r}, expected at most {most}")
        if dots and (inf in ends or ends[0] > ends[1]):
            raise InputError(f"{name}: got {piece.strip()!r}, expected a range such as 1..4")
        found |= set(range(int(ends[0]), int(ends[1]) + 1)) if dots else set(ends)
    return sorted(found)


def _integer(name: str, text: str, least: int, most: int) -> int:
    if not re.fullmatch(r"[0-9]{1,20}", text.strip()) or not least <= int(text) <= most:
        raise InputError(f"{name}: got {text!r}, expected an integer from {least} to {most}")
    return int(text)


def _output(name: str) -> Path | None:
    """Return the file to write at the end, refused now rather than after the work."""
    if name in ("", "-"):
        return None
    path = Path(name)
    if path.is_dir() or not path.parent.is_dir() or not os.access(path.parent, os.W_OK):
        raise InputError(
            f"--json: got '{name}', expected a file in a directory that exists and can be "
            "written, or - for stdout"
        )
    return path


def _command(options: Namespace) -> str:
    """Return the command that repeats a run, with every setting that changes its result."""
    words = ["dlnproof check", *options.claims]
    words += [f"-k '{options.expression}'"] if options.expression else []
    words += [f"--depth {options.depth} --width {options.width} --points {options.points}"]
    words += [f"--digits {options.digits} --seed {options.seed}"]
    return " ".join(words)
