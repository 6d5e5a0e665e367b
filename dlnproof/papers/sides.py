r"""The sides of an equation: what of a row is a formula to be judged.

Of ``S(W) := a = b, \qquad i \ne l`` these are a and b: the first side of a chain names what the
others are formulas of. Labels, tags and punctuation are no part of a formula, nor is the measure
at its end. What follows a wide space, words or a comma is a condition, and is told; what is left
over and is none makes the formula unread.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from dlnproof.errors import InputError
from dlnproof.files.fields import shortened
from dlnproof.language.tokens import Token, group, joined, optional

_WITHIN: Final = "got a case distinction within a formula; give it by itself"
_UP_TO: Final = r"\propto"
_RELATIONS: Final = frozenset({"=", r"\coloneqq", r"\eqqcolon", r"\equiv", r"\triangleq", _UP_TO})
_OTHER: Final = re.compile(
    r"[<>]|\\(?:leq?|geq?|[lg]eqslant|neq?|lt|gt|sim|simeq|approx|asymp|to|ll|gg)|"
    r"\\(?:less|gtr)sim|\\not"
)
_DROPPED: Final = frozenset({r"\nonumber", r"\notag", r"\qedhere", r"\displaystyle", "&"})
_WITH_ARGUMENT: Final = frozenset({r"\label", r"\tag", r"\intertext", r"\shortintertext"})
_WIDE: Final = frozenset({r"\quad", r"\qquad"})
_WORDS: Final = frozenset({r"\text", r"\mbox", r"\textrm", r"\textnormal"})
_ENDS: Final = _WIDE | _WORDS
JOINS: Final = frozenset({"+", "-", "*", "/", r"\cdot", r"\times", r"\pm", r"\mp", r"\div"})
"""Operators: what begins with one goes on with what stands before it."""
_IF: Final = re.compile(
    r"(?:and )?(?:if and only if|if|for|when|whenever|where|with|provided|provided that)"
)
_ALL: Final = re.compile(r"(?:and )?for (?:all|every|each|any)")
_HARMLESS: Final = re.compile(rf"(?:{_ALL.pattern}|where|by|see|as|since)\b[^0-9]*")
_NARROW: Final = re.compile(
    r"(?:\s|~|&|\\[,;:! ]|\\(?:square|blacksquare|qed|qedsymbol)(?![A-Za-z]))*"
)
_LETTERS: Final = re.compile(r"[A-Za-z](?:\s*,\s*[A-Za-z])*")
_RELATED: Final = re.compile(rf"(?:{_OTHER.pattern})(?![A-Za-z])|[=<>]|!=")
_WORD: Final = r"(?:\\(?:text|textrm|mbox|mathrm|textnormal)\s*\{\s*|\b)"
_OPENS_CONDITION: Final = re.compile(
    r"^(?:\s|~|\\[,;:! ]|\\q?quad(?![A-Za-z])"
    rf"|{_WORD}(?:if and only if|if|for|when|where)\b[\s,]*\}}?)*"
)
_OTHERWISE: Final = re.compile(
    rf"(?:\s|~|\\q?quad)*{_WORD}(?:otherwise|else|in all other cases)\s*[.,]?\s*\}}?\s*"
)
OPENING: Final = frozenset({"{", "(", "[", r"\left"})
CLOSING: Final = frozenset({"}", ")", "]", r"\right"})


@dataclass(frozen=True)
class Side:
    r"""A formula in an equation: its tokens, from the first that prints.

    ``proportional``: it, or what stands before it in a chain, follows ``\propto``. ``where`` is
    the condition of a case distinction under which it stands, ``after`` that which stands behind
    the equation. ``number`` counts the sides of a chain; all cases of one distinction have one.
    """

    tokens: tuple[Token, ...]
    proportional: bool = False
    where: str = ""
    after: str = ""
    number: int = 0


def sides(stream: Sequence[Token]) -> list[Side]:
    """Return the formulas of an equation. Raises :class:`InputError` where there is none to judge.

    A row without a relation is a formula itself.
    """
    kept = _without_labels(stream)
    parts: list[list[Token]] = [[]]
    proportional = [False]
    cases: dict[int, list[Side]] = {}
    deep = 0
    after = ""
    for at, token in enumerate(kept):
        text = token.text
        deep += (text in OPENING) - (text in CLOSING)
        if isinstance(token, _Cases):
            alone = not (deep or _prints(parts[-1]))
            cases[len(parts) - 1] = list(_cases(token.body, proportional[-1], alone=alone))
        elif deep > 0:
            parts[-1].append(token)
        elif text == r"\\" or _OTHER.fullmatch(text):
            raise InputError(_refusal(text))
        elif text in _RELATIONS:
            colon = bool(parts[-1]) and parts[-1][-1].text == ":"
            del parts[-1][len(parts[-1]) - colon :]
            parts.append([])
            proportional.append(proportional[-1] or text == _UP_TO)
        elif text in _WIDE and _goes_on(parts[-1], kept[at:]):
            continue
        elif text in _ENDS or (text == "," and (_prints(parts[-1]) or len(parts) - 1 in cases)):
            after = ", ".join(_conditions(kept[at:]))
            break
        else:
            parts[-1].append(token)
    found: list[Side] = []
    for number in range(len(parts) > 1, len(parts)):
        found += (replace(case, number=number) for case in cases.get(number, []))
        part = _trimmed(parts[number])
        if _prints(part) and number in cases:
            raise InputError(_WITHIN)
        if _prints(part):
            found.append(Side(tuple(part), proportional[number], number=number))
    if not found:
        raise InputError("got no formula after the relation, expected one")
    return [replace(side, after=after) for side in found]


def _refusal(text: str) -> str:
    """Return why an equation with a row, or a relation, in it is not read."""
    if text == r"\\":
        return (
            "got a row without a relation; begin it with an operator such as \\cdot, or give it "
            "by itself"
        )
    return (
        f"got the relation {text}; expected =, :=, \\propto or a formula by itself: bounds and "
        "limits are not judged"
    )


def _goes_on(before: Sequence[Token], stream: Sequence[Token]) -> bool:
    """Whether a wide space is space within a formula: at its beginning, or before an operator."""
    following = next((t.text for t in stream if not t.is_space and t.text not in _WIDE), "")
    return not _prints(before) or following in JOINS | _RELATIONS | {":"}


def _conditions(stream: Sequence[Token]) -> Iterator[str]:
    """Yield the conditions that stand behind a formula, such as ``i \\ne l`` or ``N = 2``.

    Words are no condition, nor is a letter for all values of which a formula is stated. Raises
    :class:`InputError` for what may belong to the formula, or may be a condition in words.
    """
    of_all = False
    for words, piece in _pieces(stream):
        text = piece
        if words:
            said = " ".join(text.replace("~", " ").lower().split()).strip(" ,.;:")
            if not (_IF.fullmatch(said) or _HARMLESS.fullmatch(said) or said in ("", "and")):
                raise InputError(
                    f"got the words {shortened(said)!r} behind the formula; expected a condition "
                    "such as N = 2, or the formula without words in it"
                )
            of_all = _ALL.fullmatch(said) is not None
            continue
        if text.startswith(r"\forall"):
            text, of_all = text.removeprefix(r"\forall").strip(), True
        if of_all and _LETTERS.fullmatch(text):
            continue
        of_all = False
        if not _RELATED.search(text):
            raise InputError(
                f"got {shortened(text)!r} behind the formula, after a wide space, words or a "
                "comma; expected a condition such as N = 2, or the formula without such a space"
            )
        yield text


def _pieces(stream: Sequence[Token]) -> Iterator[tuple[bool, str]]:
    """Yield what stands behind a formula: words, and mathematics up to a wide space or comma."""
    pieces: list[tuple[bool, list[Token]]] = [(False, [])]
    at = 0
    while at < len(stream):
        token, at = stream[at], at + 1
        if isinstance(token, _Cases):
            raise InputError(_WITHIN)
        if token.text in _WORDS:
            body, at = group(stream, at)
            inner = _split(body, "$")
            pieces += [(number % 2 == 0, part) for number, part in enumerate(inner)]
            pieces.append((False, []))
        elif token.text in _WIDE or token.text in (",", ";"):
            pieces.append((False, []))
        else:
            pieces[-1][1].append(token)
    for words, part in pieces:
        text = joined(part)
        if not words:
            text = text.strip(" .\n\t")
            text = text[_match_end(text) :].strip(" .\n\t")
            if text[:1] == "(" and text[-1:] == ")" and _RELATED.search(text):
                text = text[1:-1].strip()
        if text:
            yield words, text


def _match_end(text: str) -> int:
    found = _NARROW.match(text)
    return found.end() if found else 0


@dataclass(frozen=True, slots=True)
class _Cases(Token):
    """A case distinction: all that stands in it."""

    body: tuple[Token, ...] = ()


def _cases(body: Sequence[Token], up_to: bool, *, alone: bool) -> Iterator[Side]:
    """Yield the formulas of a case distinction, each with its condition."""
    if not alone:
        raise InputError(_WITHIN)
    said: list[str] = []
    for written in _split(body, r"\\"):
        _, after = optional(written, 0) if said else (None, 0)  # \\[2pt]
        row = written[after:]
        if not _prints(row):
            continue
        formula, *conditions = _split(row, "&")
        condition = _OPENS_CONDITION.sub("", joined(t for x in conditions for t in x)).strip(
            " .,;\n"
        )
        if _OTHERWISE.fullmatch(condition):
            condition = _other(said)
        said.append(condition)
        if not condition or not _prints(formula):
            raise InputError("a case distinction: expected a formula & its condition in each row")
        kept = list(formula)
        while kept and kept[-1].text in _ENDS:
            kept.pop()
        yield Side(tuple(_trimmed(kept)), up_to, condition)


def _other(said: Sequence[str]) -> str:
    """Return the condition that the only one before it is not."""
    if len(said) == 1 and len(_RELATED.findall(said[0])) == 1 and "," not in said[0]:
        for sign, negated in ((r"\neq", "="), (r"\ne", "="), ("!=", "="), ("=", r"\ne ")):
            left, found, right = said[0].partition(sign)
            if found:
                return f"{left}{negated}{right}"
    raise InputError("otherwise: expected one case before it, with = or \\ne")


def _split(stream: Sequence[Token], mark: str) -> list[list[Token]]:
    parts: list[list[Token]] = [[]]
    deep = 0
    for token in stream:
        deep += (token.text == "{") - (token.text == "}")
        if token.text == mark and not deep:
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _without_labels(stream: Sequence[Token]) -> list[Token]:
    found: list[Token] = []
    at = 0
    while at < len(stream):
        token, at = stream[at], at + 1
        if token.text in _WITH_ARGUMENT:
            _, at = group(stream, at)
        elif token.text == r"\begin":
            inside, after = group(stream, at)
            name = joined(inside).strip()
            if name in ("cases", "dcases"):
                end = _end(stream, after, name)
                found.append(_Cases(token.text, token.file, token.at, tuple(stream[after:end])))
                _, at = group(stream, end + 1)
                continue
            raise InputError(f"got the environment {name}, which is not read; mark one formula")
        elif token.text not in _DROPPED:
            found.append(token)
    return found


def _end(stream: Sequence[Token], at: int, name: str) -> int:
    """Return where an environment ends."""
    for k in range(at, len(stream)):
        if stream[k].text == r"\end" and joined(group(stream, k + 1)[0]).strip() == name:
            return k
    raise InputError(f"got the environment {name}, which does not end")


def _prints(part: Sequence[Token]) -> bool:
    return any(not t.is_space for t in part)


def _trimmed(part: Sequence[Token]) -> list[Token]:
    kept = list(part)
    while kept and (kept[0].is_space or "".join(t.text for t in kept[:2]) == "{}"):
        del kept[: 1 + (kept[0].text == "{")]
    while kept and (kept[-1].is_space or kept[-1].text in (".", ",", ";", r"\,", r"\;")):
        kept.pop()
    return kept
