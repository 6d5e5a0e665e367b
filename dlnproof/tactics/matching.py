"""Which values of the variables of a sentence make it another one; what is found is checked."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from dlnproof.kernel.logic import specialise
from dlnproof.kernel.terms import (
    INT,
    SortError,
    Symbol,
    Term,
    fresh_for,
    monomials,
    opened,
    substitute,
)
from dlnproof.kernel.theorem import Refused, Theorem


def matched(pattern: Term, term: Term, variables: frozenset[Symbol]) -> dict[Symbol, Term] | None:
    """Return values of the variables with which the pattern may be the term."""
    found: dict[Symbol, Term] = {}
    return found if _match(pattern, term, variables, found) else None


def _match(
    pattern: Term, term: Term, variables: frozenset[Symbol], found: dict[Symbol, Term]
) -> bool:
    if pattern == term or not pattern.free & variables:
        return pattern == term
    if pattern.op == "symbol" and pattern.data in variables:
        alike = pattern.sort.kind == term.sort.kind
        return alike and found.setdefault(pattern.data, term) == term
    if pattern.sort == INT and pattern.op == "polynomial":
        return term.sort == INT and _match_integer(pattern, term, variables, found)
    if _head(pattern) != _head(term):
        return False
    later = []
    for a, b in zip(pattern.args, term.args, strict=True):
        if a.sort == INT and a.op == "polynomial":
            later.append((a, b))  # when the others have told what its letters are
        elif not _match(a, b, variables, found):
            return False
    return all(_match(a, b, variables, found) for a, b in later)


def _head(term: Term) -> tuple[object, ...]:
    """Return what two terms have in common that differ in their arguments alone."""
    name = term.data.name if term.op in ("symbol", "defined") else term.data
    return term.op, len(term.args), len(term.variables), name


def _match_integer(
    pattern: Term, term: Term, variables: frozenset[Symbol], found: dict[Symbol, Term]
) -> bool:
    """Solve for the one variable that is not known, if its coefficient is 1 or -1."""
    pattern = substitute(pattern, {v: found[v] for v in variables if v in found})
    unknown = pattern.free & variables
    if not unknown:
        return pattern == term
    if len(unknown) != 1:
        return False
    [v] = unknown
    c = monomials(pattern).get(((v.term, 1),), 0)
    rest = pattern - v.term * c
    if abs(c) != 1 or v in rest.free:
        return False
    return found.setdefault(v, (term - rest) * c) == (term - rest) * c


@lru_cache(1024)
def pattern(sentence: Term, *, deep: bool = True) -> tuple[tuple[tuple[Symbol, ...], ...], Term]:
    """Return new symbols, and what a sentence about all says of them.

    Sentences within it about all are opened, too, if it is ``deep``.
    """
    opened_all: list[tuple[Symbol, ...]] = []
    while sentence.op == "every" and (deep or not opened_all):
        names = fresh_for(sentence)
        *_, sentence = opened(sentence, *(name.term for name in names))
        opened_all.append(names)
    return tuple(opened_all), sentence


def instances(theorem: Theorem, goal: Term) -> Iterator[Theorem]:
    """Yield what a theorem about all says of values with which it is the goal.

    Its conditions are hypotheses then. Sentences within sentences about all are opened together.
    """
    sentence = theorem.conclusion
    while sentence.op == "every":
        sentence = sentence.args[-1]
    if _head(sentence)[:2] != _head(goal)[:2]:
        return  # at sight, without a new name for each variable
    opened_all, sentence = pattern(theorem.conclusion)
    variables = frozenset(v for names in opened_all for v in names)
    values = matched(sentence, goal, variables)
    if values is None or values.keys() != variables:
        return
    try:
        for names in opened_all:
            theorem = specialise(theorem, *(values[v] for v in names))
    except (Refused, SortError):
        return
    if theorem.conclusion == goal:
        yield theorem
