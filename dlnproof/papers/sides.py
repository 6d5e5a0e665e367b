r"""The sides of an equation: what of a row is a formula to be judged.

Of ``S(W) := a = b, \qquad i \ne l`` these are a and b: the first side of a chain names what the
others are formulas of. Labels, tags and punctuation are no part of a formula, nor are conditions
after a wide space, nor the measure at its end.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dlnproof.errors import InputError
from dlnproof.language.tokens import Token, group, joined

_UP_TO: Final = r"\propto"
_RELATIONS: Final = frozenset({"=", r"\coloneqq", r"\eqqcolon", r"\equiv", r"\triangleq", _UP_TO})
_OTHER: Final = re.compile(
    r"[<>]|\\(?:leq?|geq?|[lg]eqslant|neq?|lt|gt|sim|simeq|approx|asymp|to|ll|gg)|"
    r"\\(?:less|gtr)sim"
)
_DROPPED: Final = frozenset({r"\nonumber", r"\notag", r"\qedhere", r"\displaystyle", "&"})
_WITH_ARGUMENT: Final = frozenset({r"\label", r"\tag"})
_ENDS: Final = frozenset({r"\quad", r"\qquad", r"\text", r"\mbox", r"\textrm", r"\intertext"})
_OPENING: Final = frozenset({"{", "(", "[", r"\left"})
_CLOSING: Final = frozenset({"}", ")", "]", r"\right"})


@dataclass(frozen=True)
class Side:
    r"""A formula in an equation: its tokens, from the first that prints.

    ``proportional``: it, or what stands before it in a chain, follows ``\propto``.
    """

    tokens: tuple[Token, ...]
    proportional: bool = False


def sides(stream: Sequence[Token]) -> list[Side]:
    """Return the formulas of an equation. Raises :class:`InputError` where there is none to judge.

    A row without a relation is a formula itself.
    """
    kept = _without_labels(stream)
    parts: list[list[Token]] = [[]]
    proportional = [False]
    deep = 0
    for token in kept:
        text = token.text
        deep += (text in _OPENING) - (text in _CLOSING)
        if deep > 0:
            parts[-1].append(token)
        elif _OTHER.fullmatch(text):
            raise InputError(
                f"got the relation {text}; expected =, :=, \\propto or a formula by itself: bounds "
                "and limits are not judged"
            )
        elif text in _RELATIONS:
            if parts[-1] and parts[-1][-1].text == ":":
                parts[-1].pop()
            parts.append([])
            proportional.append(proportional[-1] or text == _UP_TO)
        elif text in _ENDS or (text == "," and _prints(parts[-1])):
            break
        else:
            parts[-1].append(token)
    first = 0 if len(parts) == 1 else 1
    chosen = zip(parts[first:], proportional[first:], strict=True)
    found = [Side(tuple(_trimmed(part)), up_to) for part, up_to in chosen if _prints(part)]
    if not found:
        raise InputError("got no formula after the relation, expected one")
    return found


def _without_labels(stream: Sequence[Token]) -> list[Token]:
    found: list[Token] = []
    at = 0
    while at < len(stream):
        token, at = stream[at], at + 1
        if token.text in _WITH_ARGUMENT:
            _, at = group(stream, at)
        elif token.text == r"\begin":
            name = joined(group(stream, at)[0]).strip()
            raise InputError(f"got the environment {name}, which is not read; mark one formula")
        elif token.text not in _DROPPED:
            found.append(token)
    return found


def _prints(part: Sequence[Token]) -> bool:
    return any(not t.is_space for t in part)


def _trimmed(part: Sequence[Token]) -> list[Token]:
    kept = list(part)
    while kept and (kept[0].is_space or "".join(t.text for t in kept[:2]) == "{}"):
        del kept[: 1 + (kept[0].text == "{")]
    while kept and (kept[-1].is_space or kept[-1].text in (".", ",", ";", r"\,", r"\;")):
        kept.pop()
    return kept
