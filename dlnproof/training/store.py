"""Runs on disk: arrays as NPZ, and what they are as JSON; chunks of a run that is not whole yet.

Whatever is read back has the SHA-256 that it was written with: the checksums of an NPZ cover its
arrays, but not their headers.
"""

from __future__ import annotations

import hashlib
import io
import json
import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from dlnproof.errors import InputError
from dlnproof.files.atomic import write_bytes, write_text
from dlnproof.files.output import output_file
from dlnproof.training.completion import Completion
from dlnproof.training.runs import ARRAYS, Ending, Runs
from dlnproof.version import __version__

if TYPE_CHECKING:
    from dlnproof.training.settings import Settings

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
        "settings": dict(runs.settings),
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


class Kept:
    """The finished chunks of one run, in a directory named by a digest of all that determines it.

    Runs with other settings, or another version of the software, have another directory, so what
    they keep is never mixed. A file is an NPZ behind its SHA-256; where the two do not agree, it
    counts as absent.
    """

    def __init__(self, directory: Path, problem: Completion, settings: Settings) -> None:
        self._problem, self._settings = problem, settings.as_json()
        determined = [__version__, problem_json(problem), self._settings]
        digest = hashlib.sha256(json.dumps(determined, sort_keys=True).encode()).hexdigest()
        self.directory = directory
        self.path = directory / digest[:16]

    def load(self, index: int, count: int) -> Runs | None:
        """Return the runs of a chunk, or None where it is not kept."""
        try:
            content = self._file(index).read_bytes()
            data = content[hashlib.sha256().digest_size :]
            if content != _sealed(data):
                return None
            runs = unpacked(data, self._problem, self._settings)
        except (OSError, InputError):
            return None
        return runs if len(runs) == count else None

    def save(self, index: int, runs: Runs) -> None:
        """Keep the runs of a chunk. Raises :class:`InputError` where it cannot be written."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InputError(f"{str(self.path)!r}: cannot write ({error.strerror})") from None
        write_bytes(self._file(index), _sealed(packed(arrays_of(runs))))

    def remove(self) -> None:
        """Remove what is kept of this run, and the directory if no other run has kept anything."""
        shutil.rmtree(self.path, ignore_errors=True)
        try:
            self.directory.rmdir()
        except OSError:  # absent, or another run's chunks are in it
            return

    def _file(self, index: int) -> Path:
        return self.path / f"{index:06d}.npz"


def _sealed(data: bytes) -> bytes:
    return hashlib.sha256(data).digest() + data


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
    n = len(arrays["W"]) if "W" in arrays and arrays["W"].ndim else 0
    blank = Runs.unknown(problem, settings, n, levels)
    if not levels:
        arrays.setdefault("W_at", blank.W_at)
    for name in ARRAYS:
        if name not in arrays:
            raise InputError(f"no array {name!r}")
        if arrays[name].shape != getattr(blank, name).shape:
            raise InputError(f"{name!r} has shape {arrays[name].shape}")
    return replace(blank, **arrays)


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
