"""The derivative of a determinant, and functions that keep their sign: uses and attacks."""

from __future__ import annotations

import pytest

from dlnproof.kernel import calculus as c
from dlnproof.kernel.logic import assume, specialise, weaken
from dlnproof.kernel.terms import (
    INT,
    REAL,
    Symbol,
    Term,
    at_most,
    derivative,
    determinant,
    diagonal,
    different,
    entry,
    equal,
    every,
    fresh,
    less,
    matrix_sort,
    opened,
    positive,
    product,
    total,
    variable,
)
from dlnproof.kernel.theorem import Refused, Theorem

d, k = variable("d").term, variable("k")
s, t, p, q = (variable(name, REAL) for name in "stpq")
SQUARE = matrix_sort(d)
F, DF = (Symbol(name, SQUARE, (REAL,)) for name in ("F", "DF"))
f, df = (Symbol(name, REAL, (REAL,)) for name in ("f", "df"))
value = Symbol("value", REAL, (INT,))
DIAGONAL = diagonal(k, d, value(k.term))
MOVING = assume(derivative(s, F(s.term), p.term, DF(p.term)))


def test_the_determinant_at_a_diagonal_matrix() -> None:
    at = assume(equal(F(p.term), DIAGONAL))
    found = c.derivative_determinant(MOVING, at)
    i, m = fresh(INT), fresh(INT)
    others = product(m, 1, i.term - 1, value(m.term)) * product(m, i.term + 1, d, value(m.term))
    change = total(i, 1, d, others * entry(DF(p.term), i.term, i.term))
    assert found.conclusion == derivative(s, determinant(F(s.term)), p.term, change)
    assert found.hypotheses == {*MOVING.hypotheses, *at.hypotheses, at_most(0, d)}
    assert found.named == {c.JACOBI}


@pytest.mark.parametrize(
    "wrong",
    [
        equal(F(q.term), DIAGONAL),  # at another point
        equal(DIAGONAL, F(p.term)),
        equal(F(p.term), F(q.term)),  # not diagonal
        different(F(p.term), DIAGONAL),
    ],
    ids=repr,
)
def test_elsewhere_or_not_diagonal_it_is_not_known(wrong: Term) -> None:
    with pytest.raises(Refused):
        c.derivative_determinant(MOVING, assume(wrong))


def test_of_numbers_there_is_no_determinant() -> None:
    number_ = assume(derivative(s, f(s.term), p.term, df(p.term)))
    with pytest.raises(Refused):
        c.derivative_determinant(number_, assume(equal(F(p.term), DIAGONAL)))


# --- keeping the sign -----------------------------------------------------------------------------

ENDS = (p.term, q.term)
PLACE = (at_most(p.term, t.term), at_most(t.term, q.term))


def throughout(sentence: Term, *conditions: Term) -> Theorem:
    return specialise(assume(every(t, conditions, sentence)), t.term)


SMOOTH = throughout(derivative(s, f(s.term), t.term, df(t.term)), *PLACE)
NONZERO = throughout(different(f(t.term), 0), *PLACE)
START = assume(positive(f(p.term)))


def test_what_does_not_vanish_keeps_its_sign() -> None:
    found = c.keeps_sign(SMOOTH, NONZERO, START, t, ENDS)
    assert found.conclusion == positive(f(q.term))
    alls = {h for theorem in (SMOOTH, NONZERO, START) for h in theorem.hypotheses} - set(PLACE)
    assert found.hypotheses == {*alls, at_most(p.term, q.term)}
    assert found.named == {c.INTERMEDIATE_VALUE}


def test_each_condition_of_keeping_the_sign() -> None:
    at_one = assume(different(f(t.term), 0))
    smooth_at_one = assume(derivative(s, f(s.term), t.term, df(t.term)))
    for wrong in (
        (SMOOTH, at_one, START),  # not zero at one time only
        (smooth_at_one, NONZERO, START),  # continuous at one time only
        (SMOOTH, throughout(different(df(t.term), 0), *PLACE), START),  # another function
        (SMOOTH, throughout(different(f(t.term), 1), *PLACE), START),
        (SMOOTH, NONZERO, assume(positive(f(q.term)))),  # known at the end
        (SMOOTH, NONZERO, assume(at_most(0, f(p.term)))),
        (SMOOTH, NONZERO, assume(less(f(p.term), 0))),
        (SMOOTH, throughout(different(f(t.term), 0), PLACE[0], less(t.term, q.term)), START),
    ):
        with pytest.raises(Refused):
            c.keeps_sign(*wrong, t, ENDS)
    with pytest.raises(Refused, match="is free in"):  # the interval moves with the time
        c.keeps_sign(SMOOTH, NONZERO, assume(positive(f(t.term))), t, (t.term, t.term))
    two = Symbol("two", REAL, (REAL, REAL))  # as s - t + 1, which is 1 at s = t, and 0 elsewhere
    moving = throughout(derivative(s, two(s.term, t.term), t.term, df(t.term)), *PLACE)
    nonzero = throughout(different(two(t.term, t.term), 0), *PLACE)
    with pytest.raises(Refused, match="is free in"):
        c.keeps_sign(moving, nonzero, START, t, ENDS)


def test_nothing_is_forgotten() -> None:
    lost = less(p.term, q.term)
    at = assume(equal(F(p.term), DIAGONAL))
    for found in (
        c.derivative_determinant(weaken(MOVING, lost), at),
        c.derivative_determinant(MOVING, weaken(at, lost)),
        c.keeps_sign(weaken(SMOOTH, lost), NONZERO, START, t, ENDS),
        c.keeps_sign(SMOOTH, weaken(NONZERO, lost), START, t, ENDS),
        c.keeps_sign(SMOOTH, NONZERO, weaken(START, lost), t, ENDS),
    ):
        assert lost in found.hypotheses
    assert opened(MOVING.conclusion, p.term) == (F(p.term),)
