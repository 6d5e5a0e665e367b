"""What exists: a sentence that follows from any object of a kind follows where there is one.

No sentence says that something exists. A theorem with a letter, a family or matrices that stand in
some of its hypotheses alone, which say what they are, holds without these hypotheses: so is used
that a continuous function on a compact interval is bounded, and that a matrix has a singular value
decomposition.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from dlnproof.kernel.calculus import interval, kept, minted, outside, read
from dlnproof.kernel.terms import (
    INT,
    REAL,
    Symbol,
    Term,
    apply,
    at_most,
    diagonal,
    each,
    equal,
    every,
    fresh,
    identity,
    multiply,
    number,
    substitute,
    transpose,
)
from dlnproof.kernel.theorem import Named, Refused, Theorem

BOUNDED: Final = Named(
    "a continuous function on a compact interval is bounded",
    "Rudin, Principles of Mathematical Analysis, Theorem 4.15",
)
DECOMPOSITION: Final = Named(
    "existence of the singular value decomposition",
    "Axler, Linear Algebra Done Right, 3rd ed., 7.51",
)


def bounded(
    theorem: Theorem,
    y: Symbol,
    continuous: Theorem,
    t: Symbol,
    s: Symbol,
    *,
    between: tuple[Term, Term],
) -> Theorem:
    """What follows from f(t) <= y for a <= t <= b, without y, follows where f is continuous.

    ``continuous`` is f(t + s e) -> f(t) as e -> 0, for a <= t <= b and every number s: from both
    sides. The letter y is free in no other hypothesis, nor in f, a and b, and has no arguments.
    """
    e = fresh(REAL)
    value, moved = read(continuous, "limit0", e)
    outside(s, value)
    if moved != substitute(value, {t: t.term + s.term * e.term}):
        raise Refused(f"{moved} is not {value} at {t.name} + {s.name} e")
    conditions = interval(t, between)
    below = every(t, conditions, at_most(value, y.term))
    outside(y, theorem.conclusion, value, *between)
    outside(s, *between)
    kept(continuous, s)
    hypotheses = [*kept(theorem, y, below), *kept(continuous, t, *conditions)]
    parents = [theorem, continuous]
    return minted("bounded", theorem.conclusion, parents, hypotheses, BOUNDED)


def decomposed(
    theorem: Theorem,
    w: Term,
    left: Symbol,
    values: Symbol,
    right: Symbol,
    *,
    at: Sequence[Symbol] = (),
    conditions: Sequence[Term] = (),
) -> Theorem:
    """What follows from W = U diag(sigma) V^T, without U, sigma and V, follows.

    Where U and V are orthogonal, and sigma_1 >= ... >= sigma_d >= 0; all this for all letters
    ``at`` with the conditions, of which W, U, V and sigma_k are functions. The families U, sigma
    and V are free in no other hypothesis, nor in W.
    """
    if values.sort != REAL or len({left, values, right}) != 3:
        raise Refused("U, sigma and V are three families, sigma one of numbers")
    rows = w.sort.shape[0]
    for letter in at:
        outside(letter, rows)
    i, l, k = fresh(INT), fresh(INT), fresh(INT)
    here = [letter.term for letter in at]
    u, v = apply(left, *here), apply(right, *here)

    def value(index: Symbol) -> Term:
        return apply(values, index.term, *here)

    sentences = (
        equal(w, u * diagonal(k, rows, value(k)) * transpose(v)),
        equal(multiply(transpose(u), u), identity(rows)),
        equal(multiply(transpose(v), v), identity(rows)),
        each(i, 1, rows, each(l, i.term + 1, rows, at_most(value(l), value(i)))),
        each(i, 1, rows, at_most(number(0), value(i))),
    )
    said = [every(at, conditions, x) if at else x for x in sentences]
    hypotheses = theorem.hypotheses - frozenset(said)
    for family in (left, values, right):
        outside(family, w, theorem.conclusion, *conditions, *hypotheses)
    return minted("decomposed", theorem.conclusion, [theorem], hypotheses, DECOMPOSITION)
