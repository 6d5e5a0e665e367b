"""The verb ``train``: a user's own matrix completion problem."""

from __future__ import annotations

import re
import sys
import warnings
from argparse import Namespace
from typing import TYPE_CHECKING, Any, Final

from dlnproof.cli import options
from dlnproof.cli.main import FAILED, OK
from dlnproof.documents.layout import screen
from dlnproof.errors import InputError
from dlnproof.files.output import emit

if TYPE_CHECKING:
    from pathlib import Path

_WIDEST: Final = 1000


def run_train(given: Namespace) -> int:
    """Train, write the runs, print how they ended."""
    entries = _observed(given.observe)
    shape = _shape(given.shape, entries)
    arguments = _arguments(given)
    jobs = min(options.processors(), 256)
    if given.jobs is not None:
        jobs = options.integer("--jobs", given.jobs, 1, 256)
    from dlnproof.documents.outcomes import outcomes_text
    from dlnproof.documents.terminal import progress_of
    from dlnproof.training.batches import LostRunsWarning, train
    from dlnproof.training.completion import Completion
    from dlnproof.training.kept import Kept
    from dlnproof.training.runs import Ending
    from dlnproof.training.settings import checked_settings
    from dlnproof.training.store import save, store_files

    problem = Completion(shape, entries)
    settings = checked_settings(problem, **arguments)
    output, beside = store_files("-o", given.output)
    kept = Kept(_partial(output), problem, settings)
    with (
        progress_of(settings.runs) as progress,
        warnings.catch_warnings(record=True) as caught,
    ):
        warnings.simplefilter("always", LostRunsWarning)
        try:
            runs = train(
                problem,
                **arguments,
                jobs=jobs,
                progress=lambda count: progress("training", count),
                keep=kept.directory,
            )
        except KeyboardInterrupt:
            raise KeyboardInterrupt(
                "finished runs are kept; the same command goes on from them"
            ) from None
    save(runs, output)
    lost = bool((runs.ending == Ending.LOST).any())
    if not lost:  # what was lost can be tried again
        kept.remove()
    emit(f"{outcomes_text(runs, screen())}Written: {output} and {beside}\n")
    for warning in caught:
        print(f"dlnproof train: {warning.message}", file=sys.stderr)
    return FAILED if lost or (runs.ending == Ending.DIVERGED).any() else OK


def _arguments(given: Namespace) -> dict[str, Any]:
    """Return the settings among the options, as :func:`dlnproof.training.train` takes them."""
    steps = given.max_steps
    return {
        "depth": options.depth(given.depth),
        "runs": options.integer("--runs", given.runs, 1, 10**7),
        "scale": options.number("--scale", given.scale),
        "seed": options.integer("--seed", given.seed, 0, 2**63 - 1),
        "method": given.method,
        "init": given.init,
        "lr": None if given.lr is None else options.number("--lr", given.lr),
        "stop_loss": options.number("--stop-loss", given.stop_loss),
        "at_loss": [
            options.number("--at-loss", piece)
            for piece in (given.at_loss.split(",") if given.at_loss is not None else [])
        ],
        "max_steps": None if steps is None else options.integer("--max-steps", steps, 1, 10**12),
    }


def _observed(given: list[str]) -> dict[tuple[int, int], float]:
    """Return the observed entries, indices from zero."""
    if not given:
        raise InputError("--observe: got none, expected at least one entry, such as 1,2=1")
    found: dict[tuple[int, int], tuple[str, float]] = {}
    for text in given:
        match = re.fullmatch(r"\s*([0-9]{1,9})\s*,\s*([0-9]{1,9})\s*=(.*)", text, re.DOTALL)
        if match is None:
            raise InputError(
                f"--observe: got {text!r}, expected I,J=B with indices from 1, such as 1,2=1"
            )
        index = int(match[1]) - 1, int(match[2]) - 1
        if min(index) < 0 or max(index) >= _WIDEST:
            raise InputError(
                f"--observe: got {text!r}, expected indices from 1 to {_WIDEST}; they count from "
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
    match = re.fullmatch(r"\s*([0-9]{1,9})\s*x\s*([0-9]{1,9})\s*", text)
    if match is None or not 1 <= int(match[1]) <= _WIDEST or not 1 <= int(match[2]) <= _WIDEST:
        raise InputError(
            f"--shape: got {text!r}, expected rows x columns, each from 1 to {_WIDEST}, such as 3x4"
        )
    shape = int(match[1]), int(match[2])
    for i, j in entries:
        if i >= shape[0] or j >= shape[1]:
            raise InputError(
                f"--observe: got the entry ({i + 1}, {j + 1}), expected one inside --shape "
                f"{shape[0]}x{shape[1]}"
            )
    return shape


def _partial(output: Path) -> Path:
    """Return the directory that keeps finished runs, refused now if it cannot be one."""
    path = output.with_name(f"{output.name}.partial")
    if path.exists() and not path.is_dir():
        raise InputError(
            f"-o: got {str(output)!r}, but {str(path)!r}, where finished runs are kept, is a file; "
            "expected another name, or move it away"
        )
    return path
