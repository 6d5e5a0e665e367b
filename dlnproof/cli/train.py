"""The verb ``train``: a user's own problem of matrix completion or sensing."""

from __future__ import annotations

import re
import sys
import warnings
from argparse import ArgumentParser, Namespace

from dlnproof.cli import options
from dlnproof.cli.shared import add_jobs
from dlnproof.errors import FAILED, OK, InputError
from dlnproof.limits import HIDDEN, WIDEST
from dlnproof.training.settings import (
    KINDS,
    Choice,
    Kind,
    Positive,
    Settings,
    Several,
    Whole,
    Widths,
    checked_settings,
)

TYPE_CHECKING = False  # typing costs more than argparse
if TYPE_CHECKING:
    from typing import Any, Final

    from dlnproof.training.problem import Problem

_FILES: Final = {
    "--observe-file": "a matrix with entries left open, NaN or blank: .csv and other text, .npy, "
    ".npz (FILE.npz:NAME, or the arrays values and mask, true where observed), .json, Matrix "
    "Market; each may be gzipped",
    "--observe-coordinates": "text with lines I,J,B, indices from 1",
    "--sensing": ".npz with the arrays A, (m, d, d'), and y, (m,): measures <A_k, W> = y_k",
}
"""Where a problem may come from, besides ``--observe``."""


def declare(parser: ArgumentParser) -> None:
    """Add the options of ``train``; those that change its result are the fields of ``Settings``."""
    parser.description = (
        "Minimise l(W) = 1/2 sum of (W_ij - b_ij)^2 over the observed entries, or of (<A_k, W> - "
        "y_k)^2 over measurements, from many small random W(0), by the gradient flow of the "
        "end-to-end matrix, with noise or not, or by gradient descent on its factors. Numbers "
        "may be decimals or fractions such as 1/3; logarithms are natural. Results go to FILE.npz, "
        "settings to FILE.json. Finished runs are kept in FILE.npz.partial, from which the same "
        "command goes on if it is interrupted. Exit status 1 if a run diverged or was lost; the "
        "others are written all the same."
    )
    parser.add_argument(
        "--observe",
        action="append",
        default=[],
        metavar="I,J=B",
        help="observe W_ij = b, indices from 1, e.g. 1,2=1; once for each entry",
    )
    for option, what in _FILES.items():
        parser.add_argument(option, metavar="FILE", help=what)
    parser.add_argument(
        "--shape",
        metavar="DxD",
        help="e.g. 3x4 (default: that of the file, or the smallest square with all entries)",
    )
    parser.add_argument(
        "--truth",
        metavar="FILE",
        help="the matrix to be found, in a file like that of --observe-file: errors against it are "
        "printed and written, half the mean of (W_ij - T_ij)^2 over the entries not observed and "
        "over all",
    )
    for name, kind in KINDS.items():
        default = getattr(Settings, name, kind.usual)
        shown = "" if default in (None, ()) else " (default: %(default)s)"
        parser.add_argument(
            _flag(name),
            required=default is None and not hasattr(Settings, name),
            default=str(default) if shown else None,
            metavar=kind.metavar,
            help=f"{kind.help}{shown}".lstrip(),
        )
    add_jobs(parser, "; never changes the result")
    parser.add_argument(
        "-o", dest="output", required=True, metavar="FILE.npz", help="where the runs are written"
    )


def _flag(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def run(given: Namespace) -> int:
    """Train, write the runs, print how they ended."""
    arguments = {
        name: _read(_flag(name), text, kind)
        for name, kind in KINDS.items()
        if (text := getattr(given, name)) is not None
    }
    jobs = options.processes(given.jobs)
    from dlnproof.cli.cluster import executor_of
    from dlnproof.documents.layout import screen
    from dlnproof.documents.outcomes import outcomes_text
    from dlnproof.documents.terminal import progress_of
    from dlnproof.files.output import emit, kept_beside
    from dlnproof.training.batches import LostRunsWarning, train
    from dlnproof.training.runs import Ending
    from dlnproof.training.store import DamagedWarning, Kept, save, store_files

    problem = _problem(given)
    settings = checked_settings(problem, **arguments)
    output, beside = store_files(
        "-o",
        given.output,
        (given.observe_file, given.observe_coordinates, given.sensing, given.truth),
    )
    kept = Kept(kept_beside("-o", output), problem, settings)
    left = "finished runs are kept; the same command goes on from them"
    try:
        with (
            executor_of(given.scheduler, 1) as executor,
            progress_of(settings.runs) as progress,
            warnings.catch_warnings(record=True) as caught,
        ):
            for kind in (LostRunsWarning, DamagedWarning):
                warnings.simplefilter("always", kind)
            runs = train(
                problem,
                **arguments,
                jobs=jobs,
                executor=executor,
                progress=lambda count: progress("training", count),
                keep=kept.directory,
            )
        save(runs, output)
        left = f"all runs are written: {output} and {beside}"
        lost = bool((runs.ending == Ending.LOST).any())
        if not lost:  # what was lost can be tried again
            kept.remove()
        emit(f"{outcomes_text(runs, screen())}Written: {output} and {beside}\n")
    except KeyboardInterrupt:
        raise KeyboardInterrupt(left) from None
    said = [str(warning.message) for warning in caught]
    if not lost and kept.directory.exists():
        said.append(f"{kept.directory} holds runs of other settings; remove it to give them up")
    for line in said:
        print(f"dlnproof train: {line}", file=sys.stderr)
    return FAILED if lost or (runs.ending == Ending.DIVERGED).any() else OK


def _read(option: str, text: str, kind: Kind) -> Any:
    """Return the value of an option, of which :mod:`dlnproof.training.settings` says the kind."""
    match kind:
        case Choice():
            return text
        case Widths():
            return [options.integer(option, piece, HIDDEN) for piece in text.split(",")]
        case Several():
            return [options.number(option, piece) for piece in text.split(",")]
        case Positive():
            return options.number(option, text)
        case Whole():
            return options.integer(option, text, kind.within)
    return options.depth(text)


def _problem(given: Namespace) -> Problem:
    """Return the problem that one of the options names."""
    told = [option for option in ("--observe", *_FILES) if getattr(given, options.field(option))]
    if len(told) != 1:
        options_ = ", ".join(_FILES)
        got = "none" if not told else " and ".join(told)
        raise InputError(
            f"--observe: got {got}, expected at least one entry, such as 1,2=1, or one file: "
            f"{options_}"
        )
    from dlnproof.training.completion import Completion
    from dlnproof.training.sensing import Sensing

    if told == ["--sensing"]:
        if given.shape is not None:
            raise InputError("--shape: got one with --sensing, whose file has it; leave it out")
        return Sensing.from_file(given.sensing, truth=given.truth)
    if told == ["--observe"]:
        entries = _observed(given.observe)
        return Completion(_shape(given.shape, entries), entries, given.truth)
    coordinates = told == ["--observe-coordinates"]
    return Completion.from_file(
        given.observe_coordinates if coordinates else given.observe_file,
        coordinates=coordinates,
        shape=None if given.shape is None else _pair(given.shape),
        truth=given.truth,
    )


def _observed(given: list[str]) -> dict[tuple[int, int], float]:
    """Return the observed entries, indices from zero."""
    found: dict[tuple[int, int], tuple[str, float]] = {}
    for text in given:
        match = re.fullmatch(r"\s*([0-9]{1,9})\s*,\s*([0-9]{1,9})\s*=(.*)", text, re.DOTALL)
        if match is None:
            raise InputError(
                f"--observe: got {text!r}, expected I,J=B with indices from 1, such as 1,2=1"
            )
        index = int(match[1]) - 1, int(match[2]) - 1
        if min(index) < 0 or max(index) >= WIDEST:
            raise InputError(
                f"--observe: got {text!r}, expected indices from 1 to {WIDEST}; they count from "
                "one, as in the mathematics"
            )
        value = options.number("--observe", match[3])
        before, known = found.setdefault(index, (text, value))
        if known != value:
            raise InputError(
                f"--observe: got {before!r} and {text!r}, expected one value for each entry"
            )
    return {index: value for index, (_, value) in found.items()}


def _shape(text: str | None, entries: dict[tuple[int, int], float]) -> tuple[int, int]:
    if text is None:
        width = 1 + max(max(index) for index in entries)
        return width, width
    shape = _pair(text)
    for i, j in entries:
        if i >= shape[0] or j >= shape[1]:
            raise InputError(
                f"--observe: got the entry ({i + 1}, {j + 1}), expected one inside --shape "
                f"{shape[0]}x{shape[1]}"
            )
    return shape


def _pair(text: str) -> tuple[int, int]:
    match = re.fullmatch(r"\s*([0-9]{1,9})\s*x\s*([0-9]{1,9})\s*", text)
    if match is None or not 1 <= int(match[1]) <= WIDEST or not 1 <= int(match[2]) <= WIDEST:
        raise InputError(
            f"--shape: got {text!r}, expected rows x columns, each from 1 to {WIDEST}, such as 3x4"
        )
    return int(match[1]), int(match[2])
