"""Bringing a theorem into the form of a sentence: what a derivation finds, as a claim states it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from dlnproof.kernel.limits import limit_congruence
from dlnproof.kernel.logic import (
    assume,
    generalise,
    reflexive,
    rewrite,
    sides,
    specialise,
    transitive,
)
from dlnproof.kernel.numbers import field
from dlnproof.kernel.signs import certificate
from dlnproof.kernel.terms import REAL, Term, fresh_for, less, number, opened
from dlnproof.kernel.theorem import Refused, Theorem
from dlnproof.kernel.words import words
from dlnproof.tactics.agreement import same
from dlnproof.tactics.equations import body, inside
from dlnproof.tactics.rewriting import at_place
from dlnproof.tactics.settle import settle


def finish(theorem: Theorem, sentence: Term, given: Iterable[Term]) -> Theorem:
    """Return a theorem that is the sentence, if the given one is, in other words.

    Other names of variables, other forms of the numbers and matrices on both sides, or of parts of
    them, in scopes too. Its hypotheses are settled by what is given.
    """
    known = [assume(hypothesis) for hypothesis in given]
    return settle(_brought(theorem, sentence, known), *known)


def _brought(theorem: Theorem, sentence: Term, known: list[Theorem]) -> Theorem:
    if theorem.conclusion == sentence:
        return theorem
    if sentence.op == "every":
        return _every(theorem, sentence, known)
    return _either(
        lambda: _as_a_whole(theorem, sentence, known),
        lambda: _part_by_part(theorem, sentence, known),
        known,
    )


def _either(
    whole: Callable[[], Theorem], parts: Callable[[], Theorem], known: list[Theorem]
) -> Theorem:
    """Return what is found as a whole; part by part, where that needs what is not known.

    Parts may need less: nothing of denominators that are alike on both sides.
    """
    try:
        found = settle(whole(), *known)
    except Refused:
        return parts()
    try:
        other = found if _needs(found, known) == 0 else settle(parts(), *known)
    except Refused:
        return found
    return min(found, other, key=partial(_needs, known=known))


def _needs(theorem: Theorem, known: list[Theorem]) -> int:
    """Return how much a theorem needs that is not known."""
    return len(theorem.hypotheses - {each.conclusion for each in known})


def _as_a_whole(theorem: Theorem, sentence: Term, known: list[Theorem]) -> Theorem:
    if sentence.op == "=" and theorem.conclusion.op == "=":
        return _equation(theorem, sentence, known)
    if sentence.op in ("<=", "<") and theorem.conclusion.op in ("<=", "<"):
        return certificate(sentence, [[theorem]])
    raise _otherwise(theorem, sentence)


def _otherwise(theorem: Theorem, sentence: Term) -> Refused:
    return Refused(f"the theorem says {theorem.conclusion}, the sentence {sentence}")


def _equation(theorem: Theorem, sentence: Term, known: list[Theorem]) -> Theorem:
    """Bring both sides of an equation into another form."""
    (left, right), (a, b) = sentence.args, theorem.conclusion.args
    if left.sort == a.sort == REAL:
        return (
            transitive(theorem, same(b, right, *known))
            if left == a
            else field(left, right, (number(1), theorem))
        )
    if left.sort == a.sort and left.sort.kind == "matrix":
        return words(left, right, (None, theorem, None))
    raise _otherwise(theorem, sentence)


def _every(theorem: Theorem, sentence: Term, known: list[Theorem]) -> Theorem:
    """Take both for one choice of the variables, under the sentence's conditions."""
    names = fresh_for(sentence)
    *conditions, body = opened(sentence, *(name.term for name in names))
    inner = theorem
    if theorem.conclusion.op == "every" and [v.sort for v in theorem.conclusion.variables] == [
        v.sort for v in sentence.variables
    ]:
        inner = specialise(theorem, *(name.term for name in names))
    assumed = [*known, *map(assume, conditions)]
    found = settle(_brought(inner, body, assumed), *assumed)
    return generalise(found, names, *conditions)


def _part_by_part(theorem: Theorem, sentence: Term, known: list[Theorem]) -> Theorem:
    """Bring both sides, the value of a limit or derivative, the function of a limit into form."""
    old, new = (term.args[: _outside(term)] for term in (theorem.conclusion, sentence))
    if _head(theorem.conclusion) != _head(sentence):
        raise _otherwise(theorem, sentence)
    for a, b in zip(old, new, strict=True):
        if a != b:
            theorem = rewrite(theorem, _aligned(a, b, known))
    if theorem.conclusion != sentence and sentence.op == "limit0":
        [e] = fresh_for(sentence)
        [f], [g] = (opened(x, e.term) for x in (theorem.conclusion, sentence))
        near = (less(number(0), e.term), less(e.term, number(1)))
        equation = settle(_aligned(f, g, known), *known, *near)
        theorem = settle(limit_congruence(theorem, equation, e, 1))
    if theorem.conclusion != sentence:
        raise _otherwise(theorem, sentence)
    return theorem


def _aligned(left: Term, right: Term, known: list[Theorem]) -> Theorem:
    """Return that two terms are equal that are put together of equal parts in the same way."""
    if left == right:
        return reflexive(left)
    if left.op == right.op == "if":
        by_cases = partial(same, left, right, *known)
        return _either(by_cases, lambda: _of_parts(left, right, known), known)
    try:
        return _of_parts(left, right, known)
    except Refused:
        return field(left, right) if left.sort == REAL else words(left, right)


def _of_parts(left: Term, right: Term, known: list[Theorem]) -> Theorem:
    if not left.args or _head(left) != _head(right) or len(left.args) > _outside(left) + 1:
        raise Refused(f"{left} and {right} are put together in other ways")
    whole = reflexive(left)
    for place in range(_outside(left)):
        a, b = left.args[place], right.args[place]
        if a != b:
            whole = transitive(whole, at_place(sides(whole)[1], place, _aligned(a, b, known)))
    scope = sides(whole)[1]
    if scope == right:
        return whole

    def within(*values: Term) -> Theorem:
        return _aligned(body(scope, *values), body(right, *values), known)

    return transitive(whole, inside(scope, within, *known))


def _outside(term: Term) -> int:
    """Return how many of a term's arguments stand outside the scope of its variables."""
    return term.data if term.variables else len(term.args)


def _head(term: Term) -> tuple[object, ...]:
    return term.op, term.data, len(term.args), [v.sort for v in term.variables]
