"""What the fields of a record may hold: refused here, so that no document has to ask again."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from dlnproof.errors import InputError
from dlnproof.files.fields import entries, integer, mapping, show, text

_MOST: Final = 10**9
Field = Callable[[dict[str, Any], str], Any]


def _text(data: dict[str, Any], name: str) -> str:
    value = text(data, name)
    if not (value.isascii() and value.isprintable()):
        raise InputError(f"{name}: got {show(value)}, expected printable ASCII on one line")
    return value


def _count(data: dict[str, Any], name: str) -> int:
    return integer(data, name, _MOST, least=0)


def _texts(data: dict[str, Any], name: str) -> None:
    for value in entries(data, name):
        _text({name: value}, name)


def _error(data: dict[str, Any], name: str) -> None:
    if not re.fullmatch(r"0|\d\.\de[+-]\d{1,6}", text(data, name)):
        raise InputError(f"{name}: got {show(data[name])}, expected a number such as 1.5e-47")


def _order(data: dict[str, Any], name: str) -> None:
    for value in entries(data, name, 2):
        if not isinstance(value, float | int) or isinstance(value, bool):
            raise InputError(f"{name}: got {show(value)}, expected a number")


def _strata(data: dict[str, Any], name: str) -> None:
    strata = mapping(data.get(name), name)
    for kind in strata:
        _text({name: kind}, name)
        _count(strata, kind)


def _findings(data: dict[str, Any], name: str) -> None:
    for value in entries(data, name):
        finding = mapping(value, name)
        for field in ("name", "text", "verdict"):
            _text(finding, field)


def _at(data: dict[str, Any], name: str) -> None:
    for value in entries(data, name):
        _count({name: value}, name)


def counterexample(data: dict[str, Any], name: str) -> None:
    """Refuse a counterexample whose numbers and point are not where they should be."""
    found = mapping(data.get(name), name)
    for field in ("schema", "claim", "statement", "left", "right"):
        _text(found, field)
    for field in ("where", "left_is", "right_is"):  # the first version has none of them
        if field in found:
            _text(found, field)
    if found.get("N") != "inf":
        integer(found, "N", _MOST)
    integer(found, "d", _MOST)
    point = mapping(found.get("point"), "point")
    _texts(point, "t")
    entries(point, "Q")


_DETAILS: Final[Mapping[str, Field]] = {
    "scope": _text,
    "failure": _text,
    "says": _text,
    **dict.fromkeys(("points", "steps", "digits", "order_points", "undecided"), _count),
    **dict.fromkeys(("in_words", "loose", "rewritten"), _count),
    **dict.fromkeys(("assumptions", "uses"), _texts),
    "worst_error": _error,
    "order": _order,
    "strata": _strata,
    "findings": _findings,
    "at": _at,
    "counterexample": counterexample,
}


def details(data: dict[str, Any]) -> dict[str, Any]:
    """Return the figures of a route. Raises :class:`InputError` for unknown or odd ones."""
    for name in data:
        if name not in _DETAILS:
            raise InputError(f"evidence: field {show(name)} is unknown")
        _DETAILS[name](data, name)
    _text(data, "scope")
    return data


def settings(data: dict[str, Any]) -> dict[str, Any]:
    """Return the settings of a run. Raises :class:`InputError` for odd ones."""
    _texts(data, "claims")
    _text(data, "expression")
    for value in entries(data, "depths"):
        if value != "inf":
            integer({"depths": value}, "depths", _MOST)
    for value in entries(data, "widths"):
        integer({"widths": value}, "widths", _MOST)
    for name in ("points", "digits", "runs"):
        _count(data, name)
    files = mapping(data.get("files", {}), "files")
    for name, digest in files.items():
        if not re.fullmatch(r"[\w-]+\.py", name, re.ASCII):
            raise InputError(f"files: got {show(name)}, expected the plain name of a Python file")
        if not isinstance(digest, str) or not re.fullmatch("[0-9a-f]{64}", digest):
            raise InputError(f"files: got {show(digest)}, expected a SHA-256")
    for name in ("formal", "stopped"):
        if data.get(name, True) is not True:
            raise InputError(f"{name}: got {show(data[name])}, expected true, or nothing")
    return data


def environment(data: dict[str, Any]) -> dict[str, Any]:
    """Return the versions that a run used. Raises :class:`InputError` for odd ones."""
    for name in ("python", "system"):
        _text(data, name)
    packages = mapping(data.get("packages"), "packages")
    for name in packages:
        _text({"packages": name}, "packages")
        _text(packages, name)
    return data
