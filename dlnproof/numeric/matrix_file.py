"""A user's matrix file as an exact rational matrix: no number is rounded on the way in."""

import io
import json
import math
import os
import re
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from flint import fmpq, fmpq_mat

from dlnproof.errors import InputError
from dlnproof.files import bounded
from dlnproof.files.exact_number import EXPECTED, FINITE, exact_number
from dlnproof.numeric.rounding import EXACT

MAX_BYTES: Final = 16 * 2**20
MAX_WIDTH: Final = 300  # a certified evaluation takes about a minute there


@dataclass(frozen=True)
class MatrixFile:
    """What a file holds: the matrix, and which binary floats its entries were (or ``EXACT``)."""

    matrix: fmpq_mat
    entries: str


def read_matrix(path: str | os.PathLike[str]) -> MatrixFile:
    """Return the square matrix that a file holds, exactly, width 1 to ``MAX_WIDTH``.

    A ``.npy`` file (known by its content) holds binary numbers, taken as the exact numbers they
    are; ``.json`` is a list of rows of numbers or strings such as "7/3"; anything else is text, one
    row per line, entries separated by commas or else by blanks, ``#`` starting a comment. Written
    numbers are exact decimals or fractions: 0.1 is 1/10. Raises :class:`InputError`.
    """
    entries = EXACT
    try:
        content = bounded.content(path, MAX_BYTES, f"a square matrix of width up to {MAX_WIDTH}")
        if content.startswith(b"\x93NUMPY"):
            rows, entries = _npy_rows(content)
        elif Path(path).suffix.lower() == ".npy":
            raise InputError("is no .npy file; write one with numpy.save(path, array)")
        elif Path(path).suffix.lower() == ".json":
            rows = _json_rows(_text(content))
        else:
            rows = _text_rows(_text(content))
        return MatrixFile(_square(rows), entries)
    except InputError as error:
        raise InputError(f"matrix file {os.fspath(path)!r}: {error}") from None


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            f"is neither UTF-8 text nor .npy (byte {error.start + 1}); save it as UTF-8 text,"
            " or with numpy.save"
        ) from None


def _npy_rows(content: bytes) -> tuple[list[list[Any]], str]:
    import numpy as np
    from numpy.lib import format as npy

    buffer = io.BytesIO(content)
    try:
        header = {(1, 0): npy.read_array_header_1_0, (2, 0): npy.read_array_header_2_0}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a header of Python 2 is none of the user's business
            shape, fortran_order, dtype = header[npy.read_magic(buffer)](buffer)
        if any(isinstance(length, bool) for length in shape):  # to numpy they are integers
            raise TypeError
    except Exception as error:  # numpy lets a malformed header's tokenizer errors through
        raise InputError(
            f"has an unreadable .npy header ({type(error).__name__}); write it again"
        ) from None
    # decided from the header, before any allocation; pickled data is never looked at
    if dtype.kind not in "iuf" or dtype.itemsize > 8:
        raise InputError(
            f"got dtype {dtype}, expected a real array of integers or of float16, float32 or"
            " float64; convert with .astype(float)"
        )
    if len(shape) != 2:
        raise InputError(f"got an array of shape {shape}, expected a square matrix")
    if max(shape) > MAX_WIDTH or min(shape) < 1:
        raise InputError(f"got shape {shape}, expected a square matrix, width 1 to {MAX_WIDTH}")
    data = content[buffer.tell() :]
    if len(data) != math.prod(shape) * dtype.itemsize:
        raise InputError(
            f"got {len(data)} bytes of data, expected {math.prod(shape) * dtype.itemsize} for"
            f" shape {shape}; truncated or damaged: write it again"
        )
    array = np.frombuffer(data, dtype).reshape(shape, order="F" if fortran_order else "C")
    return array.tolist(), dtype.name if dtype.kind == "f" else EXACT


def _json_rows(text: str) -> list[list[Any]]:
    try:
        rows = json.loads(text, parse_float=str, parse_int=str, parse_constant=str)
    except (ValueError, RecursionError) as error:
        raise InputError(
            f"is no JSON ({error}); expected a list of rows [[2, 0], [0, 1]]"
        ) from None
    if not isinstance(rows, list):
        raise InputError(f"got {_show(rows)}, expected a list of rows such as [[2, 0], [0, 1]]")
    for number, row in enumerate(rows, 1):
        if not isinstance(row, list):
            raise InputError(f"row {number}: got {_show(row)}, expected a list of numbers")
    return rows


def _text_rows(text: str) -> list[list[Any]]:
    lines = (line.partition("#")[0].strip() for line in re.split(r"\r\n|\r|\n", text))
    return [line.split(",") if "," in line else line.split() for line in lines if line]


def _square(rows: list[list[Any]]) -> fmpq_mat:
    if not rows or not rows[0]:
        raise InputError("holds no numbers; expected a square matrix of width >= 1")
    for number, row in enumerate(rows, 1):
        if len(row) != len(rows[0]):
            raise InputError(
                f"row {number} has {len(row)} entries, row 1 has {len(rows[0])}; expected rows of"
                " equal length: an entry missing, or a comma too many?"
            )
    if len(rows) != len(rows[0]):
        raise InputError(
            f"got {len(rows)} rows of {len(rows[0])} entries, expected a square matrix; in text,"
            " commas or blanks separate entries and line ends separate rows"
        )
    if len(rows) > MAX_WIDTH:
        raise InputError(
            f"got width {len(rows)}, expected at most {MAX_WIDTH}; dlnproof.log_volume_density"
            " computes wider matrices in floating point"
        )
    width = len(rows)
    entries = (_entry(rows[i][j], i + 1, j + 1) for i in range(width) for j in range(width))
    return fmpq_mat(width, width, list(entries))


def _entry(cell: Any, row: int, column: int) -> fmpq:
    try:
        if isinstance(cell, str):
            return exact_number(cell.strip())
        if isinstance(cell, bool) or not isinstance(cell, int | float):
            raise InputError(EXPECTED)
        if not math.isfinite(cell):
            raise InputError(FINITE)
        return fmpq(*cell.as_integer_ratio())
    except InputError as error:
        raise InputError(f"row {row}, column {column}: got {_show(cell)}, {error}") from None


def _show(cell: Any) -> str:
    if isinstance(cell, list | dict):
        return "a list" if isinstance(cell, list) else "an object"
    text = json.dumps(cell)  # ASCII: an odd character shows as what it is
    return text if len(text) <= 40 else f"{text[:37]}..."
