"""Files, and standard input, that somebody else wrote: read whole, of bounded size."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from dlnproof.errors import InputError


def content(name: str | os.PathLike[str], most: int, what: str) -> bytes:
    """Return the content of a file ("-": of standard input), which should be ``what``.

    Raises :class:`InputError` where it cannot be read, or is longer than ``most`` bytes; the caller
    puts the file's name before it.
    """
    try:
        if name != "-":
            with Path(name).open("rb") as file:
                # what is asked for is given its memory, be the file as short as it likes
                told = min(os.fstat(file.fileno()).st_size, most)
                found = file.read(told + 1)
                if len(found) > told:  # a pipe, or a file that grows
                    found += file.read(most - told)
        elif sys.stdin is None:
            raise InputError("is closed; give a file")
        else:
            found = sys.stdin.buffer.read(most + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        if isinstance(error, InputError):
            raise
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"cannot be read: {reason}; give the path of a readable file") from None
    if len(found) > most:
        size = f"{most >> 20} MiB" if most % 2**20 == 0 else f"{most} bytes"
        raise InputError(f"larger than {size}; expected {what}")
    return found


def text(name: str | os.PathLike[str], most: int, what: str) -> str:
    """Return the same as text, without a mark of its encoding; raises where it is no UTF-8, too."""
    try:
        return content(name, most, what).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(f"is no UTF-8 text; expected {what}") from None
