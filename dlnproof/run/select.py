"""Choosing what to run: claims by id, and claims and routes by a pytest-like expression."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable
from pathlib import Path

from dlnproof.claims.schema import Claim
from dlnproof.claims.studies import known, load
from dlnproof.errors import InputError
from dlnproof.files.fields import shortened

_TOKEN = re.compile(r"[()]|[\w.-]+")


def claims_named(ids: Iterable[str]) -> list[Claim]:
    """Return the claims with these ids (none: all), in the catalogue's order.

    A name that ends in ``.py`` or ``.toml`` is a user's file, which stands for the claims in it
    (see :func:`dlnproof.claims.studies.load`). Raises :class:`InputError` for an unknown id, with
    the nearest known ones, and for one name in no list.
    """
    wanted: list[str] = []
    for name in listed(ids):
        wanted += load(name) if is_file(name) else [name]
    claims = known()
    for name in wanted:
        if name not in claims:
            near = difflib.get_close_matches(name, claims, n=3, cutoff=0.4)
            *others, last = near or [""]
            meant = f"{', '.join(others)} or {last}" if others else last
            hint = f"did you mean {meant}?" if near else "see 'dlnproof list'"
            raise InputError(f"claim: got {name!r}, which is not in the catalogue; {hint}")
    return [claim for claim in claims.values() if not wanted or claim.id in wanted]


def listed(ids: Iterable[str]) -> list[str]:
    """Return the names given as a list. One name alone would be read letter by letter: refused.

    Raises :class:`InputError`.
    """
    if isinstance(ids, str):
        raise InputError(
            f"claims: got the text {shortened(repr(ids))}, expected a list of names, as in "
            f"[{shortened(repr(ids))}]"
        )
    names = list(ids)
    for name in names:
        if not isinstance(name, str):
            raise InputError(
                f"claim: got {type(name).__name__}, expected a name such as 'volume-form'"
            )
    return names


def is_file(name: str) -> bool:
    """Whether a selection names a user's file of claims, not a claim."""
    return name.endswith((".py", ".toml"))


def without_folders(name: str) -> str:
    """Return what a record calls a selected claim or file: it does not name the machine's folders.

    >>> without_folders("../paper/my_claims.py")
    'my_claims.py'
    """
    return Path(name).name if is_file(name) else name


def matcher(expression: str) -> Callable[[str], bool]:
    """Return the test that ``-k EXPRESSION`` stands for.

    Names joined by ``and``, ``or``, ``not`` and parentheses; a name matches any text that contains
    it, ignoring case. Nothing is evaluated. Raises :class:`InputError` for anything else.

    >>> matcher("volume and not pullback")("volume-form exact")
    True
    """
    tokens = _tokens(expression)

    def fail() -> InputError:
        return InputError(
            f"-k: got {expression!r}, expected names joined by 'and', 'or', 'not' and parentheses"
        )

    def either() -> Callable[[str], bool]:
        left = both()
        while tokens and tokens[0] == "or":
            tokens.pop(0)
            left = _or(left, both())
        return left

    def both() -> Callable[[str], bool]:
        left = single()
        while tokens and tokens[0] == "and":
            tokens.pop(0)
            left = _and(left, single())
        return left

    def single() -> Callable[[str], bool]:
        token = tokens.pop(0) if tokens else ")"
        if token == "not":
            inner = single()
            return lambda text: not inner(text)
        if token == "(":
            inner = either()
            if not tokens or tokens.pop(0) != ")":
                raise fail()
            return inner
        if token in (")", "and", "or"):
            raise fail()
        return lambda text: token.lower() in text.lower()

    found = either()
    if tokens:
        raise fail()
    return found


def _tokens(expression: str) -> list[str]:
    tokens = _TOKEN.findall(expression)
    if re.sub(r"\s", "", expression) != "".join(tokens) or len(tokens) > 200:
        raise InputError(
            f"-k: got {expression[:60]!r}, expected names joined by 'and', 'or', 'not' and "
            "parentheses"
        )
    return tokens


def _or(a: Callable[[str], bool], b: Callable[[str], bool]) -> Callable[[str], bool]:
    return lambda text: a(text) or b(text)


def _and(a: Callable[[str], bool], b: Callable[[str], bool]) -> Callable[[str], bool]:
    return lambda text: a(text) and b(text)
