"""Bringing a theorem into the form of a sentence: what a derivation finds, as a claim states it."""

from __future__ import annotations

from collections.abc import Iterable

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
from dlnproof.tactics.rewriting import at_place
from dlnproof.tactics.settle import settle


def finish(theorem: Theorem, sentence: Term, given: Iterable[Term]) -> Theorem:
    """Return a theorem that is the sentence, if the given one is, in other words.

    Other names of variables, other forms of the numbers and matrices on both sides. Its hypotheses
    are settled by what is given.
    """
    known = [assume(hypothesis) for hypothesis in given]
    return settle(_brought(theorem, sentence, known), *known)


def _brought(theorem: Theorem, sentence: Term, known: list[Theorem]) -> Theorem:
    if theorem.conclusion == sentence:
        return theorem
    if sentence.op == "every":
        return _every(theorem, sentence, known)
    if sentence.op == "=" and theorem.conclusion.op == "=":
        return _equation(theorem, sentence, known)
    if sentence.op in ("<=", "<") and theorem.conclusion.op in ("<=", "<"):
        return certificate(sentence, [[theorem]])
    if sentence.op == theorem.conclusion.op in ("limit", "limit0", "derivative"):
        return _valued(theorem, sentence, known)
    raise Refused(f"the theorem says {theorem.conclusion}, the sentence {sentence}")


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
    raise Refused(f"the theorem says {theorem.conclusion}, the sentence {sentence}")


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


def _valued(theorem: Theorem, sentence: Term, known: list[Theorem]) -> Theorem:
    """Bring the value of a limit or derivative, or the function of a limit, into another form."""
    old = theorem.conclusion.args[: theorem.conclusion.data]
    new = sentence.args[: sentence.data]
    for a, b in zip(old, new, strict=True):
        if a != b:
            theorem = rewrite(theorem, field(a, b) if a.sort == REAL else words(a, b))
    if theorem.conclusion != sentence and sentence.op == theorem.conclusion.op == "limit0":
        [e] = fresh_for(sentence)
        [f], [g] = (opened(x, e.term) for x in (theorem.conclusion, sentence))
        near = (less(number(0), e.term), less(e.term, number(1)))
        equation = settle(_aligned(f, g), *known, *near)
        theorem = settle(limit_congruence(theorem, equation, e, 1))
    if theorem.conclusion != sentence:
        raise Refused(f"the theorem says {theorem.conclusion}, the sentence {sentence}")
    return theorem


def _aligned(left: Term, right: Term) -> Theorem:
    """Return that two numbers are equal that are put together of equal parts in the same way."""
    if left == right:
        return reflexive(left)
    if left.op == right.op == "^" and left.args[0] == right.args[0]:
        a, b = left.args[1], right.args[1]
        return at_place(left, 1, field(a, b)) if a.sort == b.sort == REAL else field(left, right)
    if left.op == right.op and left.op in ("+", "-", "*", "/"):
        whole = reflexive(left)
        for place, (a, b) in enumerate(zip(left.args, right.args, strict=True)):
            if a != b:
                whole = transitive(whole, at_place(sides(whole)[1], place, _aligned(a, b)))
        return whole
    return field(left, right)
