"""Identities of matrices and of traces modulo equations, which are used from left to right."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from dlnproof.kernel.logic import sides
from dlnproof.kernel.terms import Term, identity, multiply, number, transpose
from dlnproof.kernel.theorem import Refused, Theorem
from dlnproof.kernel.words import traces, words

_MOST: Final = 200

Word = tuple[Term, ...]
"""Letters, one after the other: their product; the empty word is the identity."""

_Part = tuple[Term | None, Theorem, Term | None]


def same_words(left: Term, right: Term, *equations: Theorem) -> Theorem:
    """Return left = right for matrices, equal when the equations are used in their words."""
    parts = [
        (_scaled(-c if minus else c, before, theorem), theorem, _product(after))
        for minus, side in ((False, left), (True, right))
        for c, before, theorem, after in _used(_words(side), equations, cyclic=False)
    ]
    return words(left, right, *parts)


def same_traces(left: Term, right: Term, *equations: Theorem) -> Theorem:
    """Return left = right for numbers made of traces, equal when the equations are used."""
    parts: list[_Part] = []
    for minus, side in ((False, left), (True, right)):
        for factor, inside in _traces(side):
            for c, before, theorem, after in _used(_words(inside), equations, cyclic=True):
                whole = multiply(factor, c)
                signed = -whole if minus else whole
                parts.append((_scaled(signed, before, theorem), theorem, _product(after)))
    return traces(left, right, *parts)


def _product(word: Word) -> Term | None:
    found: Term | None = None
    for letter in word:
        found = letter if found is None else found * letter
    return found


def _scaled(c: Term, word: Word, theorem: Theorem) -> Term | None:
    found = _product(word)
    if c == number(1):
        return found
    if found is None:
        found = identity(sides(theorem)[0].sort.shape[0])
    return c * found


def _times(a: Term, b: Term) -> Term:
    one = number(1)
    return b if a == one else a if b == one else a * b


def _words(term: Term) -> list[tuple[Term, Word]]:  # noqa: PLR0911 - a case for each form
    """Return a matrix as a sum of multiples of words."""
    one = number(1)
    match term.op:
        case "+":
            return _words(term.args[0]) + _words(term.args[1])
        case "-":
            return _words(term.args[0]) + [(-c, w) for c, w in _words(term.args[1])]
        case "scale":
            return [(_times(term.args[0], c), w) for c, w in _words(term.args[1])]
        case "*":
            return [
                (_times(c, e), (*v, *w))
                for c, v in _words(term.args[0])
                for e, w in _words(term.args[1])
            ]
        case "T":
            return [(c, tuple(map(_turned, reversed(w)))) for c, w in _words(term.args[0])]
        case "I":
            return [(one, ())]
        case "O":
            return []
    return [(one, (term,))]


def _turned(letter: Term) -> Term:
    if letter.op == "T":
        return letter.args[0]
    return letter if letter.op == "diag" else transpose(letter)


def _traces(term: Term) -> list[tuple[Term, Term]]:  # noqa: PLR0911 - a case for each form
    """Return a number as a sum of multiples of traces; what is none is left out."""
    match term.op:
        case "trace":
            return [(number(1), term.args[0])]
        case "+":
            return _traces(term.args[0]) + _traces(term.args[1])
        case "-":
            return _traces(term.args[0]) + [(-c, t) for c, t in _traces(term.args[1])]
        case "*":
            left, right = _traces(term.args[0]), _traces(term.args[1])
            if left and not right:
                return [(_times(term.args[1], c), t) for c, t in left]
            return [(_times(term.args[0], c), t) for c, t in right]
        case "/":
            return [(c / term.args[1], t) for c, t in _traces(term.args[0])]
    return []


def _used(
    sum_: list[tuple[Term, Word]], equations: tuple[Theorem, ...], *, cyclic: bool
) -> Iterator[tuple[Term, Word, Theorem, Word]]:
    """Yield where an equation is used in a word: a multiple, what is before, it, what is after."""
    rules = [(_only(_words(sides(e)[0])), _words(sides(e)[1]), e) for e in equations]
    left = list(sum_)
    for _ in range(_MOST):
        if not left:
            return
        c, word = left.pop()
        place = next(_places(word, rules, cyclic), None)
        if place is None:
            continue
        before, (_, right, theorem), after = place
        yield c, before, theorem, after
        left += [(_times(c, e), (*before, *w, *after)) for e, w in right]
    raise Refused("the equations are used without an end")


_Rule = tuple[Word, list[tuple[Term, Word]], Theorem]


def _places(word: Word, rules: list[_Rule], cyclic: bool) -> Iterator[tuple[Word, _Rule, Word]]:
    for turn in range(len(word) if cyclic else 1):
        turned = word[turn:] + word[:turn]
        for rule in rules:
            n = len(rule[0])
            for at in range(len(turned) - n + 1):
                if turned[at : at + n] == rule[0]:
                    yield turned[:at], rule, turned[at + n :]


def _only(sum_: list[tuple[Term, Word]]) -> Word:
    if len(sum_) != 1 or sum_[0][0] != number(1) or not sum_[0][1]:
        raise Refused("the left side of an equation that is used is one word")
    return sum_[0][1]
