"""The files that problems come in: matrices with open entries, coordinates, measurements."""

from __future__ import annotations

import csv
import gzip
import io
import math
import os
import re
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import numpy as np

from dlnproof.errors import InputError
from dlnproof.files import bounded
from dlnproof.files.exact_number import float_number, is_number
from dlnproof.limits import WIDEST
from dlnproof.numeric.file_contents import (
    MASK,
    check_lengths,
    decoded,
    is_npy,
    json_rows,
    member_of,
    npy_array,
    npz_member,
    npz_names,
    one_of_many,
    shown,
)
from dlnproof.numeric.floats.arrays import FloatArray
from dlnproof.numeric.matrix_market import matrix_market_entries

MOST_BYTES: Final = 64 * 2**20
"""Of a matrix, as text or unpacked: one of the widest has a million entries."""
MOST_MEASURED: Final = 2**30
"""Bytes of the measurements: 10,000 of 100 x 100 matrices are 800 MB."""
MATRIX: Final = f"a matrix of at most {WIDEST} rows and columns"
MEASURED: Final = "the arrays A, (m, d, d'), and y, (m,)"
OPEN: Final = frozenset({"", "nan", "na", "n/a", "null", "none"})
"""How an entry is left open in text, in whatever case."""


def read_open_matrix(path: str | os.PathLike[str]) -> tuple[FloatArray, Any]:
    """Return a matrix, NaN where the file leaves an entry open, and its mask, None without one.

    The formats are those of :meth:`Completion.from_file`. Raises :class:`InputError`.
    """
    found: tuple[FloatArray, Any] = _read("observe file", path, _open_matrix)
    return found


def read_truth(path: str | os.PathLike[str]) -> FloatArray:
    """Return a matrix without open entries, in the same formats. Raises :class:`InputError`."""

    def whole(content: bytes, member: str, suffix: str) -> FloatArray:
        values, mask = _open_matrix(content, member, suffix)
        if mask is not None:
            raise InputError("has a mask, expected a matrix known in every entry")
        if np.isnan(values).any():
            i, j = np.argwhere(np.isnan(values))[0]
            raise InputError(
                f"row {i + 1}, column {j + 1}: the entry is left open, expected a matrix known in "
                "every entry; is this the file of what is observed?"
            )
        return values

    truth: FloatArray = _read("truth", path, whole)
    return truth


def read_coordinates(
    path: str | os.PathLike[str], shape: tuple[int, int] | None
) -> tuple[tuple[int, int], dict[tuple[int, int], float]]:
    """Return the shape and the entries, from zero, of text lines i, j, b_ij, which count from one.

    Raises :class:`InputError`.
    """

    def entries(content: bytes, member: str, suffix: str) -> dict[tuple[int, int], float]:
        if member or content.startswith(b"PK") or is_npy(content):
            raise InputError("is not text; expected lines i,j,b with indices from 1")
        found: dict[tuple[int, int], float] = {}
        rows = _text_rows(decoded(content))
        check_lengths(rows, "lines i,j,b with indices from 1")
        for number, row in enumerate(rows, 1):
            if len(row) != 3:
                raise InputError(
                    f"got rows of {len(row)} entries, expected three: i, j and b_ij, indices from "
                    "1; leave out other columns"
                )
            index = _index(row, number, shape)
            value = _number(row[2], number, 3, open_too=False)
            if found.setdefault(index, value) != value:
                raise InputError(
                    f"entry {number}: got a second value for row {row[0].strip()}, column "
                    f"{row[1].strip()}, expected one"
                )
        return found

    found = _read("observe file", path, entries)
    if shape is None:
        shape = (1 + max(max(index) for index in found),) * 2
    return shape, found


def read_measurements(path: str | os.PathLike[str]) -> tuple[Any, Any]:
    """Return the arrays A, (m, d, d'), and y, (m,), of an .npz file. Raises :class:`InputError`."""

    def both(content: bytes, member: str, suffix: str) -> tuple[Any, Any]:
        names = npz_names(content) if content.startswith(b"PK") else []
        if member or not {"A", "y"} <= set(names):
            got = f"the arrays {', '.join(sorted(names)[:8])}" if names else "no .npz file"
            raise InputError(f"got {got}, expected an .npz with {MEASURED}")
        A, y = (
            npy_array(npz_member(content, name, MOST_MEASURED, MEASURED), _check_measured)
            for name in ("A", "y")
        )
        return A, y

    expected = f"an .npz with {MEASURED}"
    found: tuple[Any, Any] = _read("sensing file", path, both, MOST_MEASURED, expected)
    return found


def _read(
    what: str,
    path: str | os.PathLike[str],
    understand: Callable[[bytes, str, str], Any],
    most: int = MOST_BYTES,
    expected: str = MATRIX,
) -> Any:
    """Return what a file is understood to hold, from its content, member and suffix."""
    name = os.fspath(path)
    try:
        file, member = member_of(name)
        content = bounded.content(file, most, expected)
        suffixes = [suffix.lower() for suffix in Path(file).suffixes]
        if content.startswith(b"\x1f\x8b"):
            content = _unzipped(content, most, expected)
            suffixes = [suffix for suffix in suffixes if suffix != ".gz"]
        return understand(content, member, suffixes[-1] if suffixes else "")
    except InputError as error:
        raise InputError(f"{what} {name!r}: {error}") from None


def _unzipped(content: bytes, most: int, expected: str) -> bytes:
    pieces, room = [], most + 1
    try:
        with gzip.open(io.BytesIO(content)) as file:
            while piece := file.read(min(room, 2**20)):  # no more memory than it takes
                pieces.append(piece)
                room -= len(piece)
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(
            f"is a damaged .gz file ({type(error).__name__}); write it again"
        ) from None
    if not room:
        raise InputError(f"larger than {most >> 20} MiB when unpacked; expected {expected}")
    return b"".join(pieces)


def _open_matrix(content: bytes, member: str, suffix: str) -> tuple[FloatArray, Any]:
    mask = None
    if content.startswith(b"PK"):
        if not member and {"values", "mask"} <= set(npz_names(content)):
            mask_bytes = npz_member(content, "mask", MOST_BYTES, MATRIX)
            mask, member = npy_array(mask_bytes, _any_shape, what=MASK), "values"
        content = npz_member(content, member, MOST_BYTES, MATRIX)
    elif member:
        raise InputError("is no .npz file, and has no members")
    if is_npy(content):
        array = npy_array(content, _check_shape)
        return array.astype(np.float64), mask
    if mask is not None or suffix in (".npy", ".npz"):
        raise InputError(f"is not a {suffix} file; write one with numpy.save or numpy.savez")
    if content.startswith(b"%%MatrixMarket"):
        shape, entries = matrix_market_entries(decoded(content), WIDEST)
        _check_shape(shape)
        array = np.full(shape, np.nan)
        for (i, j), word in entries.items():
            array[i, j] = _number(word, i + 1, j + 1, open_too=False)
        return array, None
    rows = json_rows(decoded(content)) if suffix == ".json" else _text_rows(decoded(content))
    check_lengths(rows, MATRIX)
    _check_shape((len(rows), len(rows[0])))
    numbers = [[_number(x, i, j) for j, x in enumerate(row, 1)] for i, row in enumerate(rows, 1)]
    return np.array(numbers), None


def _check_shape(shape: tuple[int, ...]) -> None:
    if len(shape) != 2 or min(shape) < 1 or max(shape) > WIDEST:
        raise InputError(f"got an array of shape {shape}, expected {MATRIX}{one_of_many(shape)}")


def _check_measured(shape: tuple[int, ...]) -> None:
    if len(shape) == 3 and max(shape[1:]) > WIDEST:
        raise InputError(f"got A of shape {shape}, expected d, d' <= {WIDEST}")
    if 8 * math.prod(shape) > MOST_MEASURED:  # a small type takes as much once it is float64
        raise InputError(
            f"got an array of shape {shape}, {8 * math.prod(shape) >> 20} MiB in float64; expected "
            f"at most {MOST_MEASURED >> 20} MiB"
        )


def _any_shape(shape: tuple[int, ...]) -> None:
    """What is to be said of a shape is said by whatever takes the array."""


def _text_rows(text: str) -> list[list[str]]:
    """Return the entries of text, as they stand there, without a row of names."""
    lines = [line.partition("#")[0].strip(" ") for line in re.split(r"\r\n|\r|\n", text)]
    kept = [line for line in lines if line]
    between = next((mark for mark in ";,\t" if any(mark in line for line in kept)), None)
    if between is None:
        rows = [line.split() for line in kept]
    else:
        try:
            rows = list(csv.reader(kept, delimiter=between, skipinitialspace=True, strict=True))
        except csv.Error as error:
            raise InputError(f"is not a text of entries ({error}); expected {MATRIX}") from None
    if between == ";":  # where commas are the points of decimals
        rows = [[re.sub(r"(?<=\d),(?=\d)", ".", cell) for cell in row] for row in rows]
    return _without_names(rows)


def _without_names(rows: list[list[str]]) -> list[list[str]]:
    """Leave out a first row of names; refuse what may be labels and cannot be told from data."""
    if len(rows) < 2:
        return rows
    first, label = rows[0], rows[0][0].strip()
    names = [cell.strip() for cell in first[1 if label == "" else 0 :]]
    counted = bool(names) and any(names == [str(k + n) for k in range(len(names))] for n in (0, 1))
    named = bool(names) and not any(name.lower() in OPEN or is_number(name) for name in names)
    if label == "" and len(first) > 1 and (named or (counted and len(names) > 1)):
        raise InputError(
            f"row 1: got {shown(','.join(first))}, a header line beside a column of labels? "
            "Expected numbers alone; remove both (pandas: header=False, index=False)"
        )
    if counted and names[0] == "0" and len(names) > 2:
        raise InputError(
            f"row 1: got {shown(','.join(first))}, the numbers of columns? Expected entries; "
            "remove the row (pandas: header=False), or save a .npy file if they are entries"
        )
    return rows[1:] if named else rows


def _number(cell: Any, row: int, column: int, *, open_too: bool = True) -> float:
    """Return the float64 nearest to an entry, NaN where it is left open."""
    if open_too and (cell is None or (isinstance(cell, str) and cell.strip().lower() in OPEN)):
        return float("nan")
    try:
        if not isinstance(cell, str):
            raise InputError("expected a number such as 2, -0.5, 1e-3 or 7/3, or null")
        return float_number(cell.strip())
    except InputError as error:
        where = f"row {row}, column {column}"
        raise InputError(f"{where}: got {shown(cell)}, {error}") from None


def _index(row: list[str], number: int, shape: tuple[int, int] | None) -> tuple[int, int]:
    words = [word.strip() for word in row[:2]]
    most = shape or (WIDEST, WIDEST)
    known = all(re.fullmatch(r"[0-9]{1,9}", word) for word in words)
    i, j = map(int, words) if known else (0, 0)
    if not (1 <= i <= most[0] and 1 <= j <= most[1]):
        raise InputError(
            f"entry {number}: got {shown(','.join(row))}, expected a row from 1 to {most[0]}, a "
            f"column from 1 to {most[1]}, and a number; indices count from one"
        )
    return i - 1, j - 1
