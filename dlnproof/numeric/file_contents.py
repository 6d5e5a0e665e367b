"""The formats that matrices come in: members of .npz, arrays of .npy, rows of JSON, text.

What is read was written by somebody else: sizes are bounded before anything is allocated, nothing
is unpickled, and each fault is one line, :class:`InputError`, before which the caller puts the
file's name.
"""

import io
import json
import math
import re
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from dlnproof.errors import InputError

REAL: Final = "an array of real numbers: integers, float16, float32 or float64"
MASK: Final = "an array of true and false"
_INDEXED: Final = re.compile(r"(.+)\[(\d{1,9})\]", re.DOTALL)


def member_of(path: str) -> tuple[str, str]:
    """Return a file's path, and which member of it is meant: none where such a file is there."""
    file, found, member = path.rpartition(":")
    if found and member and file.lower().endswith(".npz") and not Path(path).exists():
        return file, member
    return path, ""


def one_of_many(shape: tuple[int, ...]) -> str:
    """Return how to name one matrix, where an array of this shape has several."""
    return "; of several matrices one is 'FILE.npz:NAME[0]'" if len(shape) == 3 else ""


def npz_names(content: bytes) -> list[str]:
    """Return the names of the arrays in an .npz file."""
    with _Opened(content) as archive:
        return list(_sizes(archive))


def npz_member(content: bytes, member: str, most: int, what: str) -> bytes:
    """Return the array of an .npz file that is asked for, or the only one, as .npy.

    ``W[2]`` is the third matrix of the array W, unless an array has that name. ``what`` it should
    be is said where it is longer than ``most`` bytes.
    """
    with _Opened(content) as archive:
        sizes = _sizes(archive)
        if member not in sizes and (indexed := _INDEXED.fullmatch(member)):
            return _one_of(npz_member(content, indexed[1], most, what), *indexed.groups())
        if member not in sizes and (member or len(sizes) != 1):
            names = ", ".join(sorted(sizes)[:8]) or "none"
            if member:
                raise InputError(f"got {member!r:.60}, expected one of its members: {names}")
            raise InputError(f"got members {names}, expected one: FILE.npz:NAME names it")
        info = sizes[member] if member else next(iter(sizes.values()))
        if info.file_size > most:
            raise InputError(f"larger than {most >> 20} MiB; expected {what}")
        return archive.read(info)


def _one_of(content: bytes, name: str, index: str) -> bytes:
    """Return one matrix of an array of several, as .npy."""
    import numpy as np

    def check(shape: tuple[int, ...]) -> None:
        got = f"got {name}[{index}] of {name} of shape {shape}"
        if len(shape) != 3:
            raise InputError(f"{got}, expected an array of matrices, of three axes")
        if int(index) >= shape[0]:
            raise InputError(f"{got}, expected an index from 0, below {shape[0]}")

    file = io.BytesIO()
    np.save(file, npy_array(content, check)[int(index)])
    return file.getvalue()


class _Opened:
    """An .npz file, whose damage is an :class:`InputError`."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def __enter__(self) -> zipfile.ZipFile:
        try:
            return zipfile.ZipFile(io.BytesIO(self._content))
        except Exception as error:
            raise _damaged(error) from None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        # zipfile and zlib have many
        if isinstance(error, Exception) and not isinstance(error, InputError):
            raise _damaged(error) from None


def _damaged(error: Exception) -> InputError:
    return InputError(f"is a damaged .npz file ({type(error).__name__}); write it again")


def _sizes(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    return {
        info.filename.removesuffix(".npy"): info
        for info in archive.infolist()
        if info.filename.endswith(".npy")
    }


def is_npy(content: bytes) -> bool:
    """Return whether a file is an array of numpy, by its content."""
    return content.startswith(b"\x93NUMPY")


def npy_array(
    content: bytes, check_shape: Callable[[tuple[int, ...]], None], *, what: str = REAL
) -> Any:
    """Return the array in the bytes of an .npy file: of real numbers, or a ``MASK``.

    ``check_shape`` refuses a shape before its data are looked at.
    """
    import numpy as np  # text is read without it
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
    if what == MASK and dtype.kind != "b":
        raise InputError(f"got dtype {dtype}, expected {MASK}; convert with .astype(bool)")
    if what == REAL and (dtype.kind not in "iuf" or dtype.itemsize > 8):
        raise InputError(f"got dtype {dtype}, expected {REAL}; convert with .astype(float)")
    check_shape(shape)
    data = content[buffer.tell() :]
    if min(shape, default=1) < 0 or len(data) != math.prod(shape) * dtype.itemsize:
        raise InputError(
            f"got {len(data)} bytes of data, expected {math.prod(shape) * dtype.itemsize} for"
            f" shape {shape}; truncated or damaged: write it again"
        )
    return np.frombuffer(data, dtype).reshape(shape, order="F" if fortran_order else "C")


def decoded(content: bytes) -> str:
    """Return text, without a mark of its encoding."""
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


def json_rows(text: str) -> list[list[Any]]:
    """Return the rows of a JSON file, numbers as they are written."""
    try:
        rows = json.loads(text, parse_float=str, parse_int=str, parse_constant=str)
    except (ValueError, RecursionError) as error:
        raise InputError(
            f"is not JSON ({error}); expected a list of rows [[2, 0], [0, 1]]"
        ) from None
    if not isinstance(rows, list):
        raise InputError(f"got {shown(rows)}, expected a list of rows such as [[2, 0], [0, 1]]")
    for number, row in enumerate(rows, 1):
        if not isinstance(row, list):
            raise InputError(f"row {number}: got {shown(row)}, expected a list of numbers")
    return rows


def check_lengths(rows: list[list[Any]], what: str) -> None:
    """Raise :class:`InputError` unless there are rows, of one length."""
    if not rows or not rows[0]:
        raise InputError(f"holds no numbers; expected {what}")
    for number, row in enumerate(rows, 1):
        if len(row) != len(rows[0]):
            raise InputError(
                f"row {number} has {len(row)} entries, row 1 has {len(rows[0])}; expected rows of"
                " equal length: an entry missing, or a comma too many?"
            )


def shown(cell: Any) -> str:
    """Return an entry as a message shows it."""
    if isinstance(cell, list | dict):
        return "a list" if isinstance(cell, list) else "an object"
    text = json.dumps(cell)  # ASCII: an odd character shows as what it is
    return text if len(text) <= 40 else f"{text[:37]}..."
