"""Runs on disk: arrays as NPZ, and what they are as JSON; chunks of a run that is not whole yet.

Whatever is read back has the SHA-256 that it was written with: the checksums of an NPZ cover its
arrays, but not their headers.
"""

from __future__ import annotations

import hashlib
import io
import json
import math
import os
import warnings
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.lib import format as npy

from dlnproof.errors import InputError
from dlnproof.files import changes
from dlnproof.files.atomic import write_bytes, write_text
from dlnproof.files.output import output_file
from dlnproof.limits import whole
from dlnproof.training.completion import Completion
from dlnproof.training.problem import Problem
from dlnproof.training.runs import ARRAYS, Ending, Runs
from dlnproof.training.sensing import Sensing
from dlnproof.training.settings import check_known
from dlnproof.version import __version__

if TYPE_CHECKING:
    from dlnproof.training.settings import Settings

SCHEMA: Final = "dlnproof-runs/3"
_READ: Final = ("dlnproof-runs/1", "dlnproof-runs/2", SCHEMA)
"""The first had neither times nor hidden widths, and of problems completion without a truth; the
second no runs with noise.
"""
_BEFORE: Final = "before"
_ARRAYS: Final = "arrays"
_ERRORS: Final = 2
"""Errors against the truth that are stored of a run at most."""
_ALONG: Final = {"levels": "W_at", "times": "W_at_time"}
"""What is stored only where it was asked for: where along the runs, and the matrices there."""
_MOST_DESCRIBED: Final = 2**28
"""Bytes of a JSON: every entry of the widest problem may be observed."""
_MOST_BESIDE_NUMBERS: Final = 2**16
"""Bytes of an NPZ that are not its runs': headers, levels."""


class DamagedWarning(RuntimeWarning):
    """A file of finished runs is damaged: they are trained again."""


def store_files(option: str, name: str, reads: Sequence[str | None] = ()) -> tuple[Path, Path]:
    """Return the NPZ and the JSON file for an output name, refused now if they cannot be written,
    or are among the files that are read.

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
        output_file(option, str(file), reads)
        if file.exists() and not file.is_file():
            raise InputError(f"{option}: got {str(file)!r}, which is not a regular file")
    return path, beside


def save(runs: Runs, path: str | Path) -> None:
    """Write the runs to ``path``, ending in .npz, and what they are to the .json beside it.

    The NPZ holds ``W`` (n, d, d'), ``loss``, ``log_singular_values`` (n, min(d, d')), ``det_sign``,
    ``effective_rank``, ``ending``, ``steps``, ``time``, ``levels``, ``W_at`` (n, levels, d, d')
    where levels were asked for, ``times`` and ``W_at_time`` (n, times, d, d') where times were, and
    the norms ``frobenius``, ``nuclear``, ``spectral``; where the problem has a ``truth`` (d, d'),
    that and the errors ``error_all`` and, of a completion, ``error_unobserved``; of sensing the
    measurements ``A`` (m, d, d') and ``y`` (m,). The JSON counts entries from one.
    The files have the same bytes for the same runs, and are one result:
    the JSON holds the SHA-256 of the NPZ, and while that is replaced also what it says of the one
    that is there; :func:`load` returns either the old runs or the new. Raises :class:`InputError`.
    """
    file, beside = store_files("path", str(path))
    check_known(runs.problem, "to be stored")
    data = packed({**arrays_of(runs), **_derived(runs), **arrays_of_problem(runs.problem)})
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
    if before := _standing(file, beside):
        _describe(beside, {**description, _BEFORE: before})
    write_bytes(file.resolve(), data)
    _describe(beside, description)


def _derived(runs: Runs) -> dict[str, Any]:
    return {"effective_rank": runs.effective_rank, **runs.norms, **runs.errors}


def _describe(beside: Path, description: Mapping[str, Any]) -> None:
    write_text(beside.resolve(), json.dumps(description, indent=2) + "\n")


def _standing(file: Path, beside: Path) -> Mapping[str, Any] | None:
    """Return what a JSON says of the NPZ that is there, if it says anything."""
    with suppress(OSError, ValueError, InputError):
        with file.open("rb") as stream:
            checksum = hashlib.file_digest(stream, "sha256").hexdigest()
        return next((d for d in _descriptions(beside) if d.get("npz_sha256") == checksum), None)
    return None


def _descriptions(beside: Path) -> Iterator[Mapping[str, Any]]:
    """Yield what a JSON says: of the runs, and of those that they were about to replace."""
    content = _regular(beside, _MOST_DESCRIBED)
    described = json.loads(content.decode("utf-8"))
    for one in (described, described.get(_BEFORE)) if isinstance(described, dict) else ():
        if isinstance(one, dict) and one.get("schema") in _READ:
            yield one


def _refused_schema(beside: Path) -> InputError:
    """Return what is wrong with a JSON that describes no runs, or those of another version."""
    described = json.loads(beside.read_text("utf-8"))
    schema = described.get("schema") if isinstance(described, dict) else None
    if isinstance(schema, str) and schema.startswith(f"{SCHEMA.partition('/')[0]}/"):
        return InputError(
            f"runs of the schema {schema!r}, written by version {described.get('version')!r:.40}; "
            f"this is version {__version__}, which reads {', '.join(_READ[:-1])} and {SCHEMA}: "
            "use the other"
        )
    return InputError(f"no {SCHEMA} record")


def _regular(path: Path, most: int) -> bytes:
    """Return the content of a regular file. Raises :class:`OSError`, :class:`InputError`."""
    if path.exists() and not path.is_file():  # a pipe would never end
        raise InputError("not a regular file")
    with path.open("rb") as stream:
        size = os.fstat(stream.fileno()).st_size
        content = stream.read(min(size, most) + 1)
    if len(content) > most:
        raise InputError(f"more than {most} bytes, which no such file has")
    return content


def load(path: str | Path) -> Runs:
    """Return the runs that :func:`save` wrote. Raises :class:`InputError` for anything else."""
    file = Path(path)
    beside = file.with_suffix(".json")

    def refuse(name: Path, why: object) -> InputError:
        return InputError(
            f"{str(name)!r}: {why}; expected the .npz and the .json of 'dlnproof train'"
        )

    try:
        described = list(_descriptions(beside))
        if not described:
            raise _refused_schema(beside)
        settings = [dict(one["settings"].items()) for one in described]
        most = max(map(_most, described, settings))
        checksums = [one["npz_sha256"] for one in described]
    except OSError as error:
        raise refuse(beside, error.strerror) from None
    except InputError as error:
        raise refuse(beside, error) from None
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise refuse(beside, f"not understood ({type(error).__name__})") from None
    try:
        data = _regular(file, most)
        checksum = hashlib.sha256(data).hexdigest()
        if checksum not in checksums:
            raise InputError(f"not the file that {beside.name!r} was written with")
        which = checksums.index(checksum)
        problem = _problem(described[which]["problem"], data)
        return unpacked(data, problem, settings[which])
    except (OSError, ValueError) as error:  # InputError among them
        raise refuse(file, getattr(error, "strerror", None) or error) from None


def _most(described: Mapping[str, Any], settings: Mapping[str, Any]) -> int:
    """Return how many bytes the NPZ of the runs described has at most."""
    count = whole("runs", described["runs"], 0)
    data = described["problem"]
    given = sum(math.prod(one["shape"]) for one in data.get(_ARRAYS, {}).values())
    problem = _of_entries(data) if "observed" in data else Completion(data["shape"], {(0, 0): 0})
    along = (tuple(settings.get(name, ())) for name in ("at_loss", "at_time"))
    none = Runs.unknown(problem, {}, 0, *along)
    arrays = (*(getattr(none, name) for name in ARRAYS), *_derived(none).values())
    per_run: int = sum(a.itemsize * math.prod(a.shape[1:]) for a in arrays) + 8 * _ERRORS
    once = len(none.levels) + len(none.times) + whole("problem", given, 0)
    return _MOST_BESIDE_NUMBERS + 8 * once + count * per_run


class Kept:
    """The finished chunks of one run, in a directory named by a digest of all that determines it.

    Runs with other settings, or another version of the software, have another directory, so what
    they keep is never mixed. A file is an NPZ behind its SHA-256; where the two do not agree, it
    counts as absent.
    """

    def __init__(self, directory: Path, problem: Problem, settings: Settings) -> None:
        self._problem, self._settings = problem, settings.as_json()
        determined = [__version__, problem_json(problem), self._settings]
        digest = hashlib.sha256(json.dumps(determined, sort_keys=True).encode()).hexdigest()
        self.directory = directory
        self.path = directory / digest[:16]

    def load(self, index: int, count: int) -> Runs | None:
        """Return the runs of a chunk; None where it is not kept, or damaged, with a warning."""
        file = self._file(index)
        if not os.path.lexists(file):
            return None
        try:
            content = file.read_bytes()
            data = content[hashlib.sha256().digest_size :]
            if content != _sealed(data):
                raise InputError("it is not as it was written")
            runs = unpacked(data, self._problem, self._settings)
            if len(runs) != count:
                raise InputError(f"it holds {len(runs)} runs")
        except (OSError, InputError) as error:
            said = f"{str(file)!r}: cannot be used ({getattr(error, 'strerror', None) or error})"
            warnings.warn(f"{said}; its runs are trained again", DamagedWarning, stacklevel=4)
            return None
        return runs

    def save(self, index: int, runs: Runs) -> None:
        """Keep the runs of a chunk. Raises :class:`InputError` where it cannot be written."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InputError(f"{str(self.path)!r}: cannot write ({error.strerror})") from None
        write_bytes(self._file(index), _sealed(packed(arrays_of(runs))))

    def remove(self) -> None:
        """Remove what is kept of this run, and the directory if no other run has kept anything."""
        changes.discard(self.path)
        with suppress(OSError):  # absent, or another run's chunks are in it
            self.directory.rmdir()

    def _file(self, index: int) -> Path:
        return self.path / f"{index:06d}.npz"


def _sealed(data: bytes) -> bytes:
    return hashlib.sha256(data).digest() + data


def arrays_of(runs: Runs) -> dict[str, Any]:
    """Return the arrays that make up the runs; those along them where they were asked for."""
    arrays = {name: getattr(runs, name) for name in ARRAYS}
    for places, found in _ALONG.items():
        if getattr(runs, places):
            arrays[places] = np.array(getattr(runs, places))
        else:
            del arrays[found]
    return arrays


def packed(arrays: Mapping[str, Any]) -> bytes:
    """Return arrays of numbers as the bytes of an NPZ file, in which numpy writes no time."""
    stream = io.BytesIO()
    np.savez(stream, **arrays)  # before 2.2 there is no allow_pickle: it would be an array
    return stream.getvalue()


def unpacked(data: bytes, problem: Problem, settings: Mapping[str, Any]) -> Runs:
    """Return the runs in the bytes of an NPZ file, whose checksum is the caller's business.

    Raises :class:`InputError`.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as stored:
            names = {name.removesuffix(".npy"): name for name in stored.namelist()}
            arrays = {n: _array(stored, names[n]) for n in (*ARRAYS, *_ALONG) if n in names}
            places = {name: tuple(map(float, arrays.pop(name, ()))) for name in _ALONG}
    except Exception as error:  # zipfile and numpy raise all kinds where a header is wrong
        raise InputError(f"no NPZ file of numbers ({type(error).__name__})") from None
    n = len(arrays["W"]) if "W" in arrays and arrays["W"].ndim else 0
    blank = Runs.unknown(problem, settings, n, **places)
    for name, found in _ALONG.items():
        if not places[name]:
            arrays.setdefault(found, getattr(blank, found))
    for name in ARRAYS:
        if name not in arrays:
            raise InputError(f"no array {name!r}")
        if arrays[name].shape != getattr(blank, name).shape:
            raise InputError(f"{name!r} has shape {arrays[name].shape}")
    return replace(blank, **arrays)


def _array(stored: zipfile.ZipFile, name: str) -> Any:
    """Return an array of an NPZ, without asking for more memory than the file itself takes."""
    if stored.getinfo(name).compress_type != zipfile.ZIP_STORED:
        raise ValueError("compressed")
    content = stored.read(name)
    stream = io.BytesIO(content)
    header = {(1, 0): npy.read_array_header_1_0, (2, 0): npy.read_array_header_2_0}
    shape, fortran, dtype = header[npy.read_magic(stream)](stream)
    if dtype.hasobject or len(content) - stream.tell() != math.prod(shape) * dtype.itemsize:
        raise ValueError("no plain array")
    order: Any = "F" if fortran else "C"
    found = np.frombuffer(content, dtype, offset=stream.tell()).reshape(shape, order=order)
    return found.copy()  # what is read may be changed


def problem_json(problem: Problem) -> dict[str, Any]:
    """Return a problem as JSON writes it: entries count from one, arrays are named by digest."""
    check_known(problem, "to be stored")
    found: dict[str, Any] = {"shape": list(problem.shape)}
    if isinstance(problem, Completion):
        found["observed"] = [
            {"entry": [i + 1, j + 1], "value": value} for (i, j), value in problem.observed.items()
        ]
    arrays = arrays_of_problem(problem)
    if arrays:
        found[_ARRAYS] = {
            name: {
                "shape": list(array.shape),
                "sha256": hashlib.sha256(array.tobytes()).hexdigest(),
            }
            for name, array in arrays.items()
        }
    return found


def arrays_of_problem(problem: Problem) -> dict[str, Any]:
    """Return what is stored of a problem as arrays: the truth, and of sensing the measurements."""
    arrays = {"A": problem.matrices, "y": problem.values} if isinstance(problem, Sensing) else {}
    return arrays if problem.truth is None else {**arrays, "truth": problem.truth}


def _problem(data: Any, stored: bytes) -> Problem:
    """Return the problem that a JSON describes, with its arrays in the bytes of an NPZ."""
    try:
        with zipfile.ZipFile(io.BytesIO(stored)) as archive:
            arrays = {name: _array(archive, f"{name}.npy") for name in data.get(_ARRAYS, {})}
        if "observed" in data:
            return _of_entries(data, arrays.get("truth"))
        problem = Sensing(arrays["A"], arrays["y"], arrays.get("truth"))
    except InputError:
        raise
    except Exception as error:  # zipfile and numpy raise all kinds where a header is wrong
        raise InputError(f"no NPZ file of numbers ({type(error).__name__})") from None
    if problem.shape != tuple(data["shape"]):
        raise InputError(f"'A' has shape {problem.matrices.shape}")
    return problem


def _of_entries(data: Any, truth: Any = None) -> Completion:
    observed = {(i - 1, j - 1): one["value"] for one in data["observed"] for i, j in [one["entry"]]}
    return Completion(tuple(data["shape"]), observed, truth)
