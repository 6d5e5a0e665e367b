"""Matrices by their entries, determinants over pairs: true uses, and attacks on each condition."""

from __future__ import annotations

import pytest

from dlnproof.kernel import terms as t
from dlnproof.kernel.arrays import (
    apart,
    by_pairs,
    empty_determinant,
    entry_of_array,
    last_row,
    single_determinant,
)
from dlnproof.kernel.logic import assume, weaken
from dlnproof.kernel.terms import (
    INT,
    REAL,
    Symbol,
    Term,
    array,
    at_most,
    determinant,
    each,
    entry,
    equal,
    integer,
    number,
    variable,
)
from dlnproof.kernel.theorem import Refused, Theorem

n, d, p, q = (variable(name).term for name in ("n", "d", "p", "q"))
i, l, k = (variable(name) for name in ("i", "l", "k"))
f = Symbol("f", REAL, (INT, INT))
A = array(i, l, n, d, f(i.term, l.term))
SQUARE = array(i, l, n, n, f(i.term, l.term))


def test_an_entry_is_what_stands_there_in_range() -> None:
    theorem = entry_of_array(A, p, q)
    assert theorem.conclusion == equal(entry(A, p, q), f(p, q))
    assert theorem.hypotheses == {at_most(1, p), at_most(p, n), at_most(1, q), at_most(q, d)}
    with pytest.raises(Refused):
        entry_of_array(t.transpose(A), p, q)


def test_matrices_without_rows_and_with_one() -> None:
    none, one = (array(i, l, m, m, f(i.term, l.term)) for m in (0, 1))
    assert empty_determinant(determinant(none)).conclusion == equal(determinant(none), number(1))
    assert single_determinant(determinant(one)).conclusion == equal(
        determinant(one), entry(one, 1, 1)
    )
    for size in (n, n - 1, integer(2)):
        whole = determinant(array(i, l, size, size, f(i.term, l.term)))
        with pytest.raises(Refused):
            empty_determinant(whole)
        with pytest.raises(Refused):
            single_determinant(whole)
    with pytest.raises(Refused):
        empty_determinant(t.trace(none))
    with pytest.raises(Refused):
        single_determinant(t.trace(one))


def zeros(last: Term, *, row: bool = True, size: Term = n) -> Theorem:
    at = (size, k.term) if row else (k.term, size)
    return assume(each(k, 1, last, equal(f(*at), number(0))))


def test_the_last_row() -> None:
    row, column = zeros(n - 2), zeros(n - 2, row=False)
    theorem = last_row(determinant(SQUARE), row, column)
    smaller, smallest = (determinant(array(i, l, m, m, f(i.term, l.term))) for m in (n - 1, n - 2))
    found = f(n, n) * smaller - f(n - 1, n) * f(n, n - 1) * smallest
    assert theorem.conclusion == equal(determinant(SQUARE), found)
    assert theorem.hypotheses == {at_most(2, n), *row.hypotheses, *column.hypotheses}


def test_the_last_row_needs_zeros_in_row_and_column() -> None:
    row, column = zeros(n - 2), zeros(n - 2, row=False)
    for wrong in (
        (column, row),
        (row, row),
        (zeros(n - 3), column),
        (row, zeros(n - 3, row=False)),
        (zeros(n - 2, size=n - 1), column),
        (assume(each(k, 2, n - 2, equal(f(n, k.term), number(0)))), column),
        (assume(each(k, 1, n - 2, equal(f(n, k.term), number(1)))), column),
        (assume(equal(f(n, k.term), number(0))), column),
    ):
        with pytest.raises(Refused):
            last_row(determinant(SQUARE), *wrong)
    for other in (determinant(t.transpose(SQUARE)), t.trace(SQUARE)):
        with pytest.raises(Refused):
            last_row(other, row, column)


NAMES = tuple(variable(name) for name in ("j", "i", "l", "k", "m", "r"))
G = Symbol("G", REAL, (INT,) * 6)
WHOLE = t.pair_determinant(NAMES, p, d, G(*(name.term for name in NAMES)))


def test_a_determinant_over_pairs_is_one_of_blocks() -> None:
    first, second = map(assume, apart(WHOLE))
    theorem = by_pairs(WHOLE, first, second)
    j, i_, l_, k_, *_ = NAMES
    body = G(j.term, i_.term, l_.term, k_.term, i_.term, l_.term)
    block = determinant(array(j, k_, p, p, body))
    blocks = t.product(i_, 1, d, t.product(l_, i_.term + 1, d, block))
    assert theorem.conclusion == equal(WHOLE, blocks)
    assert theorem.hypotheses == {*apart(WHOLE), at_most(0, p), at_most(0, d)}
    assert theorem.named


def test_entries_of_different_pairs_have_to_vanish() -> None:
    first, second = map(assume, apart(WHOLE))
    for wrong in ((first, first), (second, second), (second, first)):
        with pytest.raises(Refused):
            by_pairs(WHOLE, *wrong)
    *conditions, zero = t.opened(first.conclusion, *(name.term for name in NAMES))
    less = t.every(NAMES, conditions[:-1], zero)  # more than is true, but another sentence
    fewer = t.every(NAMES, [*conditions, at_most(2, NAMES[0].term)], zero)
    for other in (less, fewer):
        with pytest.raises(Refused):
            by_pairs(WHOLE, assume(other), second)
    with pytest.raises(Refused):
        by_pairs(determinant(SQUARE), first, second)
    with pytest.raises(Refused):
        apart(determinant(SQUARE))


def test_conditions_say_that_pairs_differ() -> None:
    j, i, l, k, m, r = (v.term for v in NAMES)
    rows = [at_most(1, j), at_most(j, p), at_most(1, i), at_most(i + 1, l), at_most(l, d)]
    columns = [at_most(1, k), at_most(k, p), at_most(1, m), at_most(m + 1, r), at_most(r, d)]
    nothing = equal(G(j, i, l, k, m, r), number(0))
    for sentence, differ in zip(apart(WHOLE), (t.different(i, m), t.different(l, r)), strict=True):
        assert t.opened(sentence, j, i, l, k, m, r) == (*rows, *columns, differ, nothing)


def test_hypotheses_are_kept() -> None:
    first, second = map(assume, apart(WHOLE))
    more = equal(p, integer(3))
    assert more in by_pairs(WHOLE, weaken(first, more), second).hypotheses
    row, column = zeros(n - 2), zeros(n - 2, row=False)
    assert more in last_row(determinant(SQUARE), row, weaken(column, more)).hypotheses


def test_sorts() -> None:
    with pytest.raises(t.SortError):
        array(i, variable("x", REAL), n, n, number(1))
    with pytest.raises(t.SortError):
        array(i, l, i.term, n, number(1))  # a size that depends on the index
    with pytest.raises(t.SortError):
        t.pair_determinant(NAMES[:5], p, d, number(1))
    with pytest.raises(t.SortError):
        t.orbit_volume(i, n, t.identity(i.term))
