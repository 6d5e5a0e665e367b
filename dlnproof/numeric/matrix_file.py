"""A user's matrix file as an exact rational matrix: no number is rounded on the way in."""

import io
import json
import math
import os
import re
import warnings
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from flint import fmpq, fmpq_mat

from dlnproof.errors import InputError
from dlnproof.files import bounded
from dlnproof.files.exact_number import EXPECTED, FINITE, exact_number
from dlnproof.numeric.matrix_market import matrix_market_rows
from dlnproof.numeric.rounding import EXACT

MAX_BYTES: Final = 16 * 2**20
MAX_WIDTH: Final = 300  # a certified evaluation takes about a minute there
SQUARE: Final = f"a square matrix of width up to {MAX_WIDTH}"


@dataclass(frozen=True)
class MatrixFile:
    """What a file holds: the matrix, and which binary floats its entries were (or ``EXACT``)."""

    matrix: fmpq_mat
    entries: str


def read_matrix(path: str | os.PathLike[str]) -> MatrixFile:
    """Return the square matrix that a file holds, exactly, width 1 to ``MAX_WIDTH``.

    A ``.npy`` file (known by its content) holds binary numbers, taken as the exact numbers they
    are; of an ``.npz`` file the one array, or that named as in ``runs.npz:W``; ``.json`` is a list
    of rows of numbers or strings such as "7/3"; Matrix Market says what it is in its first line;
    anything else is text, one row per line, entries separated by commas or else by blanks, ``#``
    starting a comment. Written numbers are exact decimals or fractions: 0.1 is 1/10. Raises
    :class:`InputError`.
    """
    entries = EXACT
    try:
        file, member = _member(os.fspath(path))
        content = bounded.content(file, MAX_BYTES, SQUARE)
        if content.startswith(b"PK"):
            content = _npz_member(content, member)
        elif member:
            raise InputError("is no .npz file, and has no members")
        if content.startswith(b"\x93NUMPY"):
            rows, entries = _npy_rows(content)
        elif Path(path).suffix.lower() == ".npy":
            raise InputError("is no .npy file; write one with numpy.save(path, array)")
        elif Path(path).suffix.lower() == ".json":
            rows = _json_rows(_text(content))
        elif content.startswith(b"%%MatrixMarket"):
            rows = matrix_market_rows(_text(content), MAX_WIDTH)
        else:
            rows = _text_rows(_text(content))
        return MatrixFile(square(rows), entries)
    except InputError as error:
        raise InputError(f"matrix file {os.fspath(path)!r}: {error}") from None


def _member(path: str) -> tuple[str, str]:
    """Return a file's path, and which member of it is meant: none where such a file is there."""
    file, found, member = path.rpartition(":")
    if found and member and file.lower().endswith(".npz") and not Path(path).exists():
        return file, member
    return path, ""


def _npz_member(content: bytes, member: str) -> bytes:
    """Return the array of an .npz file that is asked for, or the only one."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            sizes = {
                info.filename.removesuffix(".npy"): info
                for info in archive.infolist()
                if info.filename.endswith(".npy")
            }
            if member not in sizes and (member or len(sizes) != 1):
                names = ", ".join(sorted(sizes)[:8]) or "none"
                raise InputError(f"got members {names}, expected one: FILE.npz:NAME names it")
            info = sizes[member] if member else next(iter(sizes.values()))
            if info.file_size > MAX_BYTES:
                raise InputError(f"larger than {MAX_BYTES >> 20} MiB; expected {SQUARE}")
            return archive.read(info)
    except InputError:
        raise
    except Exception as error:  # zipfile and zlib have many
        raise InputError(
            f"is a damaged .npz file ({type(error).__name__}); write it again"
        ) from None


def _text(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise InputError(
            "is neither UTF-8 text nor .npy but UTF-16, by its first two bytes; save it as UTF-8"
            ' (in a spreadsheet: "CSV UTF-8")'
        )
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
    kept = [line for line in lines if line]
    if any(";" in line for line in kept):
        raise InputError(
            'got entries separated by ";", expected commas or blanks; replace them, and decimal'
            " commas by points"
        )
    rows = [line.split(",") if "," in line else line.split() for line in kept]
    if len(rows) > 1 and not any(map(_is_number, rows[0])) and any(map(_is_number, rows[1])):
        raise InputError(_header(rows[0], "remove it"))
    if len(rows) > 2 and rows[0][0].strip() == "" and len(rows) == len(rows[0]):
        advice = "remove it and the column of labels (pandas: header=False, index=False)"
        raise InputError(_header(rows[0], advice))
    return rows


def _header(row: list[str], advice: str) -> str:
    return f"row 1: got {_show(','.join(row))}, a header line? Expected numbers alone; {advice}"


def _is_number(cell: str) -> bool:
    try:
        exact_number(cell.strip())
    except InputError:
        return False
    return True


def square(rows: list[list[Any]]) -> fmpq_mat:
    """Return rows of numbers as a square matrix. Raises :class:`InputError`."""
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
        raise InputError(f"row {row}, column {column}: got {_show(cell)}, {error}") from None


def _show(cell: Any) -> str:
    if isinstance(cell, list | dict):
        return "a list" if isinstance(cell, list) else "an object"
    text = json.dumps(cell)  # ASCII: an odd character shows as what it is
    return text if len(text) <= 40 else f"{text[:37]}..."
