"""Fields of JSON that somebody else wrote: each is what it should be, or one line says why not."""

from __future__ import annotations

import json
from typing import Any

from flint import fmpq

from dlnproof.errors import InputError
from dlnproof.files.exact_number import exact_number
from dlnproof.limits import whole


def rational(value: Any, name: str, most: int) -> fmpq:
    """Return an exact rational written as text, of at most so many characters."""
    if not isinstance(value, str):
        raise InputError(f'{name}: got {show(value)}, expected a rational as text, such as "7/3"')
    try:
        number = exact_number(value)
    except InputError as error:
        raise InputError(f"{name}: got {show(value)}, {error}") from None
    if len(str(number)) > most:
        raise InputError(f"{name}: got {show(value)}, expected at most {most} digits")
    return number


def integer(value: Any, name: str, most: int, least: int = 1) -> int:
    """Return a value that is an integer within bounds."""
    if type(value) is int and least <= value <= most:  # which needs no words
        return value
    return whole(name, value, least, most, got=show(value))


def text(value: Any, name: str) -> str:
    """Return a value that is text."""
    if not isinstance(value, str):
        raise InputError(f"{name}: got {show(value)}, expected text")
    return value


def mapping(value: Any, name: str) -> dict[str, Any]:
    """Return a value that is an object."""
    if not isinstance(value, dict):
        raise InputError(f"{name}: got {show(value)}, expected an object")
    return value


def sized(value: Any, name: str, length: int | None = None) -> list[Any]:
    """Return a value that is a list, of a given length if any."""
    if not isinstance(value, list) or length not in (None, len(value)):
        got = f"{len(value)} entries" if isinstance(value, list) else show(value)
        raise InputError(f"{name}: got {got}, expected a list{f' of {length}' if length else ''}")
    return value


def show(value: Any) -> str:
    """Return a value as a message quotes it: short, in ASCII."""
    if isinstance(value, list | dict):
        return "a list" if isinstance(value, list) else "an object"
    shown = "nothing" if value is None else json.dumps(value)
    return shortened(shown, 40)


def shortened(text: str, most: int = 60) -> str:
    """Return a text of at most so many characters, cut with three dots.

    >>> shortened("a matrix", 6)
    'a m...'
    """
    return text if len(text) <= most else f"{text[: most - 3]}..."
