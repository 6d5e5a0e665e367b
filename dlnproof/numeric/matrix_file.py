"""A user's matrix file as an exact rational matrix: no number is rounded on the way in."""

import math
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from flint import fmpq, fmpq_mat

from dlnproof.errors import InputError
from dlnproof.files import bounded
from dlnproof.files.exact_number import EXPECTED, FINITE, exact_number, is_number
from dlnproof.limits import EVALUATED_WIDTH
from dlnproof.numeric.file_contents import (
    check_lengths,
    decoded,
    is_npy,
    json_rows,
    member_of,
    npy_array,
    npz_member,
    one_of_many,
    shown,
)
from dlnproof.numeric.matrix_market import matrix_market_rows
from dlnproof.numeric.rounding import EXACT

MAX_BYTES: Final = 16 * 2**20
MAX_WIDTH: Final = EVALUATED_WIDTH
SIZED: Final = f"a matrix of width up to {MAX_WIDTH}"


@dataclass(frozen=True)
class MatrixFile:
    """What a file holds: the matrix, and which binary floats its entries were (or ``EXACT``)."""

    matrix: fmpq_mat
    entries: str


def read_matrix(path: str | os.PathLike[str], *, rectangular: bool = False) -> MatrixFile:
    """Return the matrix that a file holds, exactly, width 1 to ``MAX_WIDTH``: square, or any.

    A ``.npy`` file (known by its content) holds binary numbers, taken as the exact numbers they
    are; of an ``.npz`` file the one array, or that named as in ``runs.npz:W``, or one matrix of
    that, as in ``runs.npz:W[0]``; ``.json`` is a list of rows of numbers or strings such as "7/3";
    Matrix Market says what it is in its first line; anything else is text, one row per line,
    entries separated by commas or else by blanks, ``#`` starting a comment. Written numbers are
    exact decimals or fractions: 0.1 is 1/10. Raises :class:`InputError`.
    """
    entries = EXACT
    try:
        file, member = member_of(os.fspath(path))
        content = bounded.content(file, MAX_BYTES, SIZED)
        if content.startswith(b"PK"):
            content = npz_member(content, member, MAX_BYTES, SIZED)
        elif member:
            raise InputError("is no .npz file, and has no members")
        if is_npy(content):
            array = npy_array(content, _check_shape)
            rows, entries = array.tolist(), array.dtype.name if array.dtype.kind == "f" else EXACT
        elif Path(path).suffix.lower() == ".npy":
            raise InputError("is not a .npy file; write one with numpy.save(path, array)")
        elif Path(path).suffix.lower() == ".json":
            rows = json_rows(decoded(content))
        elif content.startswith(b"%%MatrixMarket"):
            rows = matrix_market_rows(decoded(content), MAX_WIDTH, square=not rectangular)
        else:
            rows = _text_rows(decoded(content))
        return MatrixFile((rational if rectangular else square)(rows), entries)
    except InputError as error:
        raise InputError(f"matrix file {os.fspath(path)!r}: {error}") from None


def _check_shape(shape: tuple[int, ...]) -> None:
    if len(shape) != 2:
        raise InputError(f"got an array of shape {shape}, expected a matrix{one_of_many(shape)}")
    if max(shape) > MAX_WIDTH or min(shape) < 1:
        raise InputError(f"got shape {shape}, expected a matrix, width 1 to {MAX_WIDTH}")


def _text_rows(text: str) -> list[list[Any]]:
    lines = (line.partition("#")[0].strip() for line in re.split(r"\r\n|\r|\n", text))
    kept = [line for line in lines if line]
    if any(";" in line for line in kept):
        raise InputError(
            'got entries separated by ";", expected commas or blanks; replace them, and decimal'
            " commas by points"
        )
    rows = [line.split(",") if "," in line else line.split() for line in kept]
    if len(rows) > 1 and not _numbers(rows[0]) and _numbers(rows[1]):
        raise InputError(_header(rows[0], "remove it"))
    if len(rows) > 2 and rows[0][0].strip() == "" and len(rows) == len(rows[0]):
        advice = "remove it and the column of labels (pandas: header=False, index=False)"
        raise InputError(_header(rows[0], advice))
    return rows


def _numbers(row: list[str]) -> bool:
    return any(is_number(cell.strip()) for cell in row)


def _header(row: list[str], advice: str) -> str:
    return f"row 1: got {shown(','.join(row))}, a header line? Expected numbers alone; {advice}"


def square(rows: list[list[Any]]) -> fmpq_mat:
    """Return rows of numbers as a square matrix. Raises :class:`InputError`."""
    check_lengths(rows, "a square matrix of width >= 1")
    if len(rows) != len(rows[0]):
        raise InputError(
            f"got {len(rows)} rows of {len(rows[0])} entries, expected a square matrix; in text,"
            " commas or blanks separate entries and line ends separate rows"
        )
    return rational(rows)


def rational(rows: list[list[Any]]) -> fmpq_mat:
    """Return rows of numbers as a matrix of any shape. Raises :class:`InputError`."""
    check_lengths(rows, "a matrix of width >= 1")
    if max(len(rows), len(rows[0])) > MAX_WIDTH:
        raise InputError(
            f"got width {max(len(rows), len(rows[0]))}, expected at most {MAX_WIDTH}; "
            "dlnproof.log_volume_density computes wider matrices in floating point"
        )
    m, n = len(rows), len(rows[0])
    entries = (_entry(rows[i][j], i + 1, j + 1) for i in range(m) for j in range(n))
    return fmpq_mat(m, n, list(entries))


def _entry(cell: Any, row: int, column: int) -> fmpq:
    if isinstance(cell, fmpq):
        return cell
    try:
        if isinstance(cell, str):
            return exact_number(cell.strip())
        if isinstance(cell, bool) or not isinstance(cell, int | float):
            raise InputError(EXPECTED)
        if not math.isfinite(cell):
            raise InputError(FINITE)
        return fmpq(*cell.as_integer_ratio())
    except InputError as error:
        raise InputError(f"row {row}, column {column}: got {shown(cell)}, {error}") from None
