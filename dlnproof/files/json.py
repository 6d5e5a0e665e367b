"""JSON files: written in one form; read whole, of bounded size, or refused with one line."""

from __future__ import annotations

import gc
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from dlnproof.errors import InputError
from dlnproof.files.bounded import content

MAX_BYTES: Final = 64 * 2**20
_BREAK: Final = re.compile(r"\n +")


def dumps(data: Any) -> str:
    """Return JSON as text: ASCII, deterministic, a row of numbers on one line.

    >>> print(dumps({"t": ["1/2", "3"]}), end="")
    {
      "t": ["1/2", "3"]
    }
    """
    text = json.dumps(data, indent=2, ensure_ascii=True, allow_nan=False)
    # JSON text holds no line break within a string: what is joined here stands between values
    rows = re.sub(r"\[\n +([^][{}]*?)\n +\]", lambda m: f"[{re.sub(_BREAK, ' ', m[1])}]", text)
    return rows + "\n"


def read_json(name: str, what: str) -> Any:
    """Return the data of a JSON file ("-": standard input), which should be ``what``.

    Raises :class:`InputError` where it cannot be read, is too large, or is no JSON; the caller puts
    the file's name (:func:`shown`) before it.
    """
    try:
        text = content(name, MAX_BYTES, what).decode("utf-8-sig")
        return json.loads(text, parse_constant=_no_number, object_pairs_hook=_once)
    except InputError:
        raise
    except (ValueError, RecursionError) as error:
        raise InputError(f"is not JSON ({error}); write one with 'check --json FILE'") from None


@contextmanager
def uncollected() -> Iterator[None]:
    """Hold the search for unused cycles back: data that is read has none, and much of it at once.

    Python would look through all of it again and again as it grows, three times as long as reading.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _no_number(word: str) -> float:
    raise ValueError(f"{word} is not a number in JSON")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object; a field that stands twice would be read by others as they like."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a field of an object stands twice")
    return found


@contextmanager
def named(name: str) -> Iterator[None]:
    """Put a file's name before what is wrong with its content."""
    try:
        yield
    except InputError as error:
        raise type(error)(f"{shown(name)}: {error}") from None


def shown(name: str) -> str:
    """Return a file's name as messages write it."""
    return "standard input" if name == "-" else f"file {name!r}"
