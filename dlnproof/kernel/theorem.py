"""Theorems: ``hypotheses |- sentence``, which the rules of the kernel alone can make.

A theorem remembers what it was made from, so that a proof can be printed, and what it rests on
besides: named theorems of the literature, and premises in words, which nothing decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from dlnproof.kernel.terms import PROP, Term, union


class Refused(ValueError):  # noqa: N818 - what happened, in a word
    """A rule does not apply: what it was given does not have the form that it needs."""


@dataclass(frozen=True, slots=True)
class Named:
    """A theorem of the literature: its name, a textbook, and the place in it."""

    name: str
    book: str


@dataclass(frozen=True, slots=True)
class Premise:
    """A sentence that is taken as given under hypotheses, with the argument for it, in words."""

    sentence: Term
    argument: str
    source: str = ""
    given: frozenset[Term] = frozenset()


_KEY: Final = object()


class Theorem:
    """``hypotheses |- conclusion``; compare its conclusion with a statement, and its hypotheses.

    ``rule`` and ``parents`` say how it was made; ``named`` and ``premises`` what it rests on.
    """

    __slots__ = ("conclusion", "data", "hypotheses", "named", "parents", "premises", "rule")
    hypotheses: frozenset[Term]
    conclusion: Term
    rule: str
    parents: tuple[Theorem, ...]
    named: frozenset[Named]
    premises: frozenset[Premise]
    data: Any

    def __init__(  # noqa: PLR0917 - called once, by mint
        self,
        key: object,
        hypotheses: frozenset[Term],
        conclusion: Term,
        rule: str,
        parents: tuple[Theorem, ...],
        named: frozenset[Named],
        premises: frozenset[Premise],
        data: Any,
    ) -> None:
        if key is not _KEY:
            raise Refused("a theorem is made by a rule, or not at all")
        own = (hypotheses, conclusion, rule, parents, named, premises, data)
        for put, value in zip(_SLOTS, own, strict=True):
            put(self, value)

    def __setattr__(self, name: str, value: object) -> None:
        raise Refused("a theorem is not changed")

    def __repr__(self) -> str:
        given = ", ".join(sorted(map(repr, self.hypotheses)))
        return f"{given} |- {self.conclusion}" if given else f"|- {self.conclusion}"

    def __reduce__(self) -> Any:
        raise TypeError("a theorem is not copied or stored: it is made again, by its rules")

    def origins(self) -> Iterator[Theorem]:
        """Yield the theorems from which this one was made, each once, itself last."""
        seen: set[int] = set()
        stack: list[tuple[Theorem, bool]] = [(self, False)]
        while stack:
            theorem, done = stack.pop()
            if done:
                yield theorem
            elif id(theorem) not in seen:
                seen.add(id(theorem))
                stack.append((theorem, True))
                stack.extend((parent, False) for parent in reversed(theorem.parents))


_SLOTS: Final = tuple(
    getattr(Theorem, name).__set__
    for name in ("hypotheses", "conclusion", "rule", "parents", "named", "premises", "data")
)


def mint(
    rule: str,
    conclusion: Term,
    parents: Iterable[Theorem] = (),
    *,
    more: Iterable[Term] = (),
    less: Iterable[Term] = (),
    named: Named | None = None,
    premise: Premise | None = None,
    data: Any = None,
) -> Theorem:
    """Make a theorem: with the hypotheses of its parents but ``less``, and ``more``.

    For the rules of this package alone.
    """
    made_from, new = tuple(parents), frozenset(more)
    for sentence in (conclusion, *new):  # the hypotheses of theorems were looked at before
        if sentence.sort != PROP:
            raise Refused(f"{sentence!r} is no sentence")
        for symbol in sentence.free:
            if symbol.name[:1] in ("%", "#"):
                raise Refused(f"a bound variable is taken out of its scope in {sentence}")
    hypotheses = union(parent.hypotheses for parent in made_from) - frozenset(less) | new
    names = union(parent.named for parent in made_from)
    given = union(parent.premises for parent in made_from)
    return Theorem(
        _KEY,
        hypotheses,
        conclusion,
        rule,
        made_from,
        names if named is None else names | {named},
        given if premise is None else given | {premise},
        data,
    )


def premise(sentence: Term, argument: str, source: str = "", given: Iterable[Term] = ()) -> Theorem:
    """Take a sentence as given, for all values of its letters at which the hypotheses hold.

    It is counted, and printed beside the verdict.
    """
    if not argument.strip():
        raise Refused("a premise has an argument, or a source")
    taken = Premise(sentence, argument, source, frozenset(given))
    return mint("premise", sentence, more=taken.given, premise=taken)
