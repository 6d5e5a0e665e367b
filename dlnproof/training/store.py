"""Runs on disk: arrays as NPZ, and beside them a JSON that says what they are."""

from __future__ import annotations

import hashlib
import io
import json
import math
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np

from dlnproof.errors import InputError
from dlnproof.files.atomic import write_text
from dlnproof.files.output import output_file
from dlnproof.training.completion import Completion
from dlnproof.training.runs import ARRAYS, Ending, Runs
from dlnproof.version import __version__

SCHEMA: Final = "dlnproof-runs/1"


def store_files(option: str, name: str) -> tuple[Path, Path]:
    """Return the NPZ and the JSON file for an output name, refused now if they cannot be written.

    Raises :class:`InputError`.
    """
    path = output_file(option, name)
    if path is None or path.suffix != ".npz":
        raise InputError(
            f"{option}: got {name!r}, expected a file name that ends in .npz; the settings are "
            "written beside it, as .json"
        )
    beside = path.with_suffix(".json")
    for file in (path, beside):
        output_file(option, str(file))
        if file.exists() and not file.is_file():
            raise InputError(f"{option}: got {str(file)!r}, which is no regular file")
    return path, beside


def save(runs: Runs, path: str | Path) -> None:
    """Write the runs to ``path``, ending in .npz, and what they are to the .json beside it.

    The NPZ holds ``W`` (n, d, d'), ``loss``, ``log_singular_values`` (n, min(d, d')), ``det_sign``,
    ``effective_rank``, ``ending``, ``steps``, ``time``, ``levels``, ``W_at`` (n, levels, d, d')
    where levels were asked for, and the norms ``frobenius``, ``nuclear``, ``spectral``. The JSON
    counts entries from one. Each file is written whole or not at all, with the same bytes for the
    same runs; the JSON holds the SHA-256 of the NPZ. Raises :class:`InputError`.
    """
    file, beside = store_files("path", str(path))
    derived = {"effective_rank": runs.effective_rank, **runs.norms}
    data = packed({**arrays_of(runs), **derived})
    write_bytes(file.resolve(), data)
    description = {
        "schema": SCHEMA,
        "version": __version__,
        "npz_sha256": hashlib.sha256(data).hexdigest(),
        "problem": problem_json(runs.problem),
        "settings": _plain(runs.settings),
        "seed": runs.settings.get("seed"),
        "runs": len(runs),
        "endings": {e.value: int((runs.ending == e).sum()) for e in Ending},
    }
    write_text(beside.resolve(), json.dumps(description, indent=2) + "\n")


def load(path: str | Path) -> Runs:
    """Return the runs that :func:`save` wrote. Raises :class:`InputError` for anything else."""
    file = Path(path)
    beside = file.with_suffix(".json")

    def refuse(name: Path, why: object) -> InputError:
        return InputError(
            f"{str(name)!r}: {why}; expected the .npz and the .json of 'dlnproof train'"
        )

    try:
        data = file.read_bytes()
    except (OSError, ValueError) as error:
        raise refuse(file, getattr(error, "strerror", error)) from None
    try:
        described = json.loads(beside.read_text(encoding="utf-8"))
        if not isinstance(described, dict) or described.get("schema") != SCHEMA:
            raise refuse(beside, f"no {SCHEMA} record")
        problem = _problem(described["problem"])
        settings = dict(described["settings"].items())
        checksum = described["npz_sha256"]
    except OSError as error:
        raise refuse(beside, error.strerror) from None
    except InputError:
        raise
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise refuse(beside, f"not understood ({type(error).__name__})") from None
    if hashlib.sha256(data).hexdigest() != checksum:
        raise refuse(file, f"not the file that {beside.name!r} was written with")
    try:
        return unpacked(data, problem, settings)
    except InputError as error:
        raise refuse(file, error) from None


def arrays_of(runs: Runs) -> dict[str, Any]:
    """Return the arrays that make up the runs; ``levels`` and ``W_at`` where there are any."""
    arrays = {name: getattr(runs, name) for name in ARRAYS}
    if not runs.levels:
        del arrays["W_at"]
        return arrays
    return {**arrays, "levels": np.array(runs.levels)}


def packed(arrays: Mapping[str, Any]) -> bytes:
    """Return arrays of numbers as the bytes of an NPZ file, in which numpy writes no time."""
    stream = io.BytesIO()
    np.savez(stream, **arrays)  # before 2.2 there is no allow_pickle: it would be an array
    return stream.getvalue()


def unpacked(data: bytes, problem: Completion, settings: Mapping[str, Any]) -> Runs:
    """Return the runs in the bytes of an NPZ file, whose checksum is the caller's business.

    Raises :class:`InputError`.
    """
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in ARRAYS if name in stored}
            levels = tuple(map(float, stored["levels"])) if "levels" in stored else ()
    except Exception as error:  # zipfile and numpy raise all kinds where a header is wrong
        raise InputError(f"no NPZ file of numbers ({type(error).__name__})") from None
    if not levels:
        arrays.setdefault("W_at", np.empty((len(arrays.get("W", ())), 0, *problem.shape)))
    missing = [name for name in ARRAYS if name not in arrays]
    if missing:
        raise InputError(f"no array {missing[0]!r}")
    n = len(arrays["W"]) if arrays["W"].ndim else 0
    shapes = {
        "W": (n, *problem.shape),
        "log_singular_values": (n, min(problem.shape)),
        "W_at": (n, len(levels), *problem.shape),
    }
    for name, array in arrays.items():
        if array.shape != shapes.get(name, (n,)):
            raise InputError(f"{name!r} has shape {array.shape}")
    return Runs(problem, settings, levels=levels, **arrays)


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file whole or not at all. Raises :class:`InputError` when it cannot be written."""
    try:
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".dlnproof-") as directory:
            temporary = Path(directory) / "runs"
            temporary.write_bytes(data)
            temporary.replace(path)
    except OSError as error:
        raise InputError(f"output file '{path}': cannot write ({error.strerror})") from None


def problem_json(problem: Completion) -> dict[str, Any]:
    """Return a problem as JSON writes it: entries count from one."""
    return {
        "shape": list(problem.shape),
        "observed": [
            {"entry": [i + 1, j + 1], "value": value} for (i, j), value in problem.observed.items()
        ],
    }


def _problem(data: Any) -> Completion:
    observed = {
        (one["entry"][0] - 1, one["entry"][1] - 1): one["value"] for one in data["observed"]
    }
    return Completion(tuple(data["shape"]), observed)


def _plain(settings: Mapping[str, Any]) -> dict[str, Any]:
    return {name: "inf" if value == math.inf else value for name, value in settings.items()}
