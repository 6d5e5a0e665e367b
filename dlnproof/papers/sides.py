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
from dlnproof.papers.tokens import Token, group, joined

_RELATIONS: Final = frozenset({"=", r"\coloneqq", r"\eqqcolon", r"\equiv", r"\triangleq"})
_OTHER: Final = re.compile(
    r"[<>]|\\(?:leq?|geq?|[lg]eqslant|neq?|lt|gt|propto|sim|simeq|approx|asymp|to|ll|gg)|"
    r"\\(?:less|gtr)sim"
)
_DROPPED: Final = frozenset({r"\nonumber", r"\notag", r"\qedhere", r"\displaystyle", "&"})
_WITH_ARGUMENT: Final = frozenset({r"\label", r"\tag"})
_ENDS: Final = frozenset({r"\quad", r"\qquad", r"\text", r"\mbox", r"\textrm", r"\intertext"})
_OPENING: Final = frozenset({"{", "(", "[", r"\left"})
_CLOSING: Final = frozenset({"}", ")", "]", r"\right"})
_D: Final = r"(?:d|\\mathrm\s*\{\s*d\s*\}|\\operatorname\s*\{\s*d\s*\}|\\mathop\s*\{\s*d\s*\})"
_SPACING: Final = r"(?:\s|\\[,;:! ]|\\wedge(?![A-Za-z])|~)*"
_OF: Final = r"(?:\\[A-Z][a-z]*(?![A-Za-z])|[WUVSQ])"
_MEASURE: Final = re.compile(rf"{_SPACING}(?:{_D}{_SPACING}{_OF}{_SPACING})+$")


@dataclass(frozen=True)
class Side:
    """A formula in an equation: its tokens, from the first that prints."""

    tokens: tuple[Token, ...]


def sides(stream: Sequence[Token]) -> list[Side]:
    """Return the formulas of an equation. Raises :class:`InputError` where there is none to judge.

    A row without a relation is a formula itself.
    """
    kept = _without_labels(stream)
    parts: list[list[Token]] = [[]]
    deep = 0
    for token in kept:
        text = token.text
        deep += (text in _OPENING) - (text in _CLOSING)
        if deep > 0:
            parts[-1].append(token)
        elif _OTHER.fullmatch(text):
            raise InputError(
                f"got the relation {text}; expected =, :=, or a formula by itself: bounds and "
                "proportions are not judged"
            )
        elif text in _RELATIONS:
            if parts[-1] and parts[-1][-1].text == ":":
                parts[-1].pop()
            parts.append([])
        elif text in _ENDS or (text == "," and _prints(parts[-1])):
            break
        else:
            parts[-1].append(token)
    chosen = parts if len(parts) == 1 else parts[1:]
    found = [Side(tuple(_trimmed(part))) for part in chosen if _prints(part)]
    if not found:
        raise InputError("got no formula after the relation, expected one")
    return found


def without_measure(text: str) -> str:
    r"""Return a formula without ``d\Sigma\,dU\,dV`` or ``dW`` at its end.

    >>> without_measure(r"\operatorname{van}(\Sigma^2)\, d\Sigma \wedge dU\,dV")
    '\\operatorname{van}(\\Sigma^2)'
    """
    return _MEASURE.sub("", text)


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
