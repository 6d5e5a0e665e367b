r"""An author's macros: ``\newcommand``, ``\def``, ``\DeclareMathOperator``, ``\let``, expanded.

Definitions are taken in their order and hold for the whole paper: what is redefined in a group is
not told apart. Every token of an expansion stands where the macro was called.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from dlnproof.errors import InputError
from dlnproof.language.tokens import MOST_ARGUMENT, Token, group, joined, optional, tokens

MOST_TOKENS: Final = 50_000
"""How long a formula may become."""

_NEW: Final = frozenset({r"\newcommand", r"\renewcommand", r"\providecommand"})


@dataclass(frozen=True)
class Macro:
    """A macro: how many arguments it takes, what the first is if it is optional, and its body."""

    arguments: int
    body: tuple[Token, ...]
    default: tuple[Token, ...] | None = None


NO_MACROS: Final[Mapping[str, Macro]] = MappingProxyType({})


def macros(stream: Sequence[Token]) -> dict[str, Macro]:
    """Return the macros that a paper defines; what cannot be read as a definition is none."""
    found: dict[str, Macro] = {}
    at = 0
    while at < len(stream):
        text, at = stream[at].text, at + 1
        try:
            if text in _NEW:
                at = _new_command(stream, at, found)
            elif text == r"\DeclareMathOperator":
                at = _operator(stream, at, found)
            elif text == r"\def":
                at = _definition(stream, at, found)
            elif text == r"\let":
                at = _let(stream, at, found)
        except InputError:  # a brace that is not closed: there is no more to define
            break
    return found


def _starred(stream: Sequence[Token], at: int) -> int:
    return at + (at < len(stream) and stream[at].text == "*")


def _new_command(stream: Sequence[Token], at: int, found: dict[str, Macro]) -> int:
    name, at = group(stream, _starred(stream, at))
    number, at = optional(stream, at)
    default, at = optional(stream, at)
    body, at = group(stream, at)
    count = joined(number or ()).strip() or "0"
    if count.isdecimal() and int(count) < 10:
        given = None if default is None else tuple(default)
        found[joined(name).strip()] = Macro(int(count), tuple(body), given)
    return at


def _operator(stream: Sequence[Token], at: int, found: dict[str, Macro]) -> int:
    name, at = group(stream, _starred(stream, at))
    body, at = group(stream, at)
    whole = (*tokens(r"\operatorname{"), *body, *tokens("}"))
    found[joined(name).strip()] = Macro(0, whole)
    return at


def _definition(stream: Sequence[Token], at: int, found: dict[str, Macro]) -> int:
    name, at = group(stream, at)
    number = 0
    while at + 1 < len(stream) and stream[at].text == "#":
        number, at = number + 1, at + 2
    if at < len(stream) and stream[at].text == "{":  # else its arguments have delimiters
        body, at = group(stream, at)
        found[joined(name)] = Macro(number, tuple(body))
    return at


def _let(stream: Sequence[Token], at: int, found: dict[str, Macro]) -> int:
    name, at = group(stream, at)
    at += at < len(stream) and stream[at].text == "="
    body, at = group(stream, at)
    old = joined(body)
    found[joined(name)] = found.get(old, Macro(0, tuple(body)))
    return at


def expanded(stream: Sequence[Token], known: Mapping[str, Macro]) -> list[Token]:
    """Return tokens with every macro expanded. Raises :class:`InputError` if it does not end."""
    rest = list(reversed(stream))
    found: list[Token] = []
    work = 0
    while rest:
        token = rest.pop()
        macro = known.get(token.text)
        if macro is None:
            found.append(token)
            continue
        body, used = _called(macro, rest)
        work += len(body) + 1
        if work > MOST_TOKENS:
            raise InputError(f"{token.text}: the macro expands without end, or to too much")
        del rest[len(rest) - used :]
        rest += [token.printing(x.text) for x in reversed(body)]
    return found


def _called(macro: Macro, rest: Sequence[Token]) -> tuple[list[Token], int]:
    """Return the body with its arguments put in, and how many tokens they took."""
    if not macro.arguments:
        return list(macro.body), 0
    ahead = list(reversed(rest[-MOST_ARGUMENT:]))
    at = 0
    values: list[Sequence[Token]] = []
    if macro.default is not None:
        given, at = optional(ahead, at)
        values.append(macro.default if given is None else given)
    while len(values) < macro.arguments:
        value, at = group(ahead, at)
        values.append(value)
    body: list[Token] = []
    k = 0
    while k < len(macro.body):
        token = macro.body[k]
        number = macro.body[k + 1].text if token.text == "#" and k + 1 < len(macro.body) else ""
        if number.isdecimal() and 0 < int(number) <= len(values):
            body += values[int(number) - 1]
            k += 2
        else:
            body.append(token)
            k += 1
    return body, at
