"""Entries of matrices: what the rules prove, and an attack on each of their side conditions."""

from __future__ import annotations

import pytest

from dlnproof.kernel.entries import (
    between_units,
    diagonal_of_units,
    diagonals,
    entry_of,
    entry_off_unit,
    identity_is_diagonal,
    same_entries,
    same_orthonormal_parts,
    sum_of_units,
    trace_of_entries,
    trace_of_unit,
    trace_with_unit,
    unit_product,
    unit_scaled,
    zero_is_diagonal,
)
from dlnproof.kernel.logic import (
    assume,
    generalise,
    reflexive,
    rewrite,
    symmetric,
    transitive,
)
from dlnproof.kernel.terms import (
    INT,
    REAL,
    SortError,
    Symbol,
    Term,
    at_most,
    diagonal,
    different,
    entry,
    equal,
    identity,
    inner,
    integer,
    matrix_sort,
    number,
    product,
    psd_root,
    total,
    trace,
    transpose,
    unit,
    variable,
    within,
    zero,
)
from dlnproof.kernel.theorem import Refused
from dlnproof.kernel.words import traces

d, m, n, k, i, l, p = (variable(x) for x in "dmnkilp")
SQUARE = matrix_sort(d.term)
A, B = (variable(x, SQUARE).term for x in "AB")
R = variable("R", matrix_sort(d.term, m.term)).term
c = variable("c", REAL).term
f, g = (Symbol(x, REAL, (INT,)) for x in "fg")
F = diagonal(k, d.term, f(k.term))
G = diagonal(k, d.term, g(k.term))
E = unit(d.term, i.term, l.term)


def ranges(*indices: Symbol, size: Term = d.term) -> set[Term]:
    return {s for index in indices for s in within(index, 1, size)}


def diag(body: Term) -> Term:
    return diagonal(k, d.term, body)


def test_diagonals() -> None:
    fk, gk = f(k.term), g(k.term)
    for term, body in (
        (F + G, fk + gk),
        (F - G, fk - gk),
        (F * G, fk * gk),
        (c * F, c * fk),
        (transpose(F), fk),
    ):
        assert diagonals(term).conclusion == equal(term, diag(body))
        assert not diagonals(term).hypotheses
    assert diagonals(F**n.term).conclusion == equal(F**n.term, diag(fk**n.term))
    assert diagonals(F**n.term).hypotheses == {at_most(0, n.term)}
    assert diagonals(F ** (-1)).hypotheses == {at_most(0, integer(-1))}
    assert identity_is_diagonal(d.term).conclusion == equal(identity(d.term), diag(number(1)))
    assert zero_is_diagonal(d.term).conclusion == equal(zero(d.term), diag(number(0)))
    for term in (F * A, A * F, F + A, c * A, A**n.term, F, identity(d.term)):
        with pytest.raises(Refused):
            diagonals(term)


def test_units() -> None:
    left, right = unit_scaled(F * E), unit_scaled(E * F)
    assert left.conclusion == equal(F * E, f(i.term) * E)
    assert right.conclusion == equal(E * F, f(l.term) * E)
    assert left.hypotheses == right.hypotheses == ranges(i, l)
    for term in (A * E, E * A, F * G, E + E):
        with pytest.raises(Refused):
            unit_scaled(term)
    after = unit(d.term, l.term, p.term)
    assert unit_product(E * after).conclusion == equal(E * after, unit(d.term, i.term, p.term))
    assert unit_product(E * after).hypotheses == ranges(i, l, p)
    other = unit(d.term, k.term, p.term)
    theorem = unit_product(E * other)
    assert theorem.conclusion == equal(E * other, zero(d.term))
    assert theorem.hypotheses == ranges(i, l, k, p) | {different(l.term, k.term)}
    follows = unit(d.term, l.term + 1, p.term)
    assert different(l.term, l.term + 1) not in unit_product(E * follows).hypotheses
    assert unit_product(unit(3, 1, 2) * unit(3, 2, 3)).hypotheses == set()
    assert unit_product(unit(3, 1, 4) * unit(3, 4, 3)).hypotheses == {at_most(integer(4), 3)}
    with pytest.raises(Refused):
        unit_product(E * A)
    middle = between_units(E, A, other)
    assert middle.conclusion == equal(
        E * A * other, entry(A, l.term, k.term) * unit(d.term, i.term, p.term)
    )
    assert middle.hypotheses == ranges(i, l, k, p)


def test_sums_of_units() -> None:
    theorem = sum_of_units(A)
    assert theorem.hypotheses == {at_most(0, d.term)}
    body = entry(A, i.term, l.term) * E
    assert theorem.conclusion == equal(A, total(i, 1, d.term, total(l, 1, d.term, body)))
    with pytest.raises(Refused):
        sum_of_units(R)
    theorem = diagonal_of_units(F)
    assert theorem.hypotheses == {at_most(0, d.term)}
    with pytest.raises(Refused):
        diagonal_of_units(A)


def test_traces() -> None:
    theorem = trace_of_entries(A)
    assert theorem.conclusion == equal(trace(A), total(i, 1, d.term, entry(A, i.term, i.term)))
    assert theorem.hypotheses == {at_most(0, d.term)}
    with pytest.raises(SortError):
        trace_of_entries(R)
    one, none = trace_of_unit(unit(d.term, i.term, i.term)), trace_of_unit(E)
    assert one.conclusion.args[1] == number(1)
    assert one.hypotheses == ranges(i)
    assert none.conclusion.args[1] == number(0)
    assert none.hypotheses == ranges(i, l) | {different(i.term, l.term)}
    theorem = trace_with_unit(E, A)
    assert theorem.conclusion == equal(trace(E * A), entry(A, l.term, i.term))
    assert theorem.hypotheses == ranges(i, l)


@pytest.mark.parametrize(
    ("value", "found", "more"),
    [
        (A + B, entry(A, i.term, l.term) + entry(B, i.term, l.term), set()),
        (A - B, entry(A, i.term, l.term) - entry(B, i.term, l.term), set()),
        (c * A, c * entry(A, i.term, l.term), set()),
        (transpose(A), entry(A, l.term, i.term), set()),
        (F * A, f(i.term) * entry(A, i.term, l.term), set()),
        (A * F, entry(A, i.term, l.term) * f(l.term), set()),
        (
            A * B,
            total(k, 1, d.term, entry(A, i.term, k.term) * entry(B, k.term, l.term)),
            {at_most(0, d.term)},
        ),
        (zero(d.term), number(0), set()),
        (F, number(0), {different(i.term, l.term)}),
        (identity(d.term), number(0), {different(i.term, l.term)}),
        (E, number(1), set()),
        (
            total(k, 1, n.term, f(k.term) * A),
            total(k, 1, n.term, entry(f(k.term) * A, i.term, l.term)),
            {at_most(0, n.term)},
        ),
    ],
)
def test_entries(value: Term, found: Term, more: set[Term]) -> None:
    theorem = entry_of(value, i.term, l.term)
    assert theorem.conclusion == equal(entry(value, i.term, l.term), found)
    assert theorem.hypotheses == ranges(i, l) | more


def test_entries_on_the_diagonal() -> None:
    assert entry_of(F, i.term, i.term).conclusion.args[1] == f(i.term)
    assert entry_of(F, i.term, i.term).hypotheses == ranges(i)
    assert entry_of(identity(3), 2, 2).conclusion.args[1] == number(1)
    assert entry_of(identity(3), 2, 2).hypotheses == set()
    assert entry_of(identity(3), 4, 4).hypotheses == {at_most(integer(4), 3)}
    assert entry_of(diagonal(k, 3, f(k.term)), 1, 2).hypotheses == set()


def test_entries_of_a_transposed_rectangle() -> None:
    theorem = entry_of(transpose(R), i.term, l.term)
    assert theorem.hypotheses == ranges(i, size=m.term) | ranges(l)
    inside = entry_of(R * transpose(R), i.term, l.term)
    assert inside.hypotheses == ranges(i, l) | {at_most(0, m.term)}


@pytest.mark.parametrize(
    "value",
    [A, A**n.term, psd_root(A, 2), product(k, 1, n.term, A), unit(d.term, k.term, p.term)],
)
def test_entries_that_nothing_is_known_of(value: Term) -> None:
    with pytest.raises(Refused):
        entry_of(value, i.term, l.term)


def test_an_index_of_a_sum_is_not_captured() -> None:
    value = total(k, 1, n.term, f(k.term) * A)
    theorem = entry_of(value, k.term, k.term)
    inside = entry(f(p.term) * A, k.term, k.term)
    assert theorem.conclusion.args[1] == total(p, 1, n.term, inside)
    squared = entry_of(A * B, k.term, k.term).conclusion.args[1]
    assert squared == total(p, 1, d.term, entry(A, k.term, p.term) * entry(B, p.term, k.term))


def test_entry_off_a_unit() -> None:
    theorem = entry_off_unit(E, k.term, p.term, by_row=True)
    assert theorem.hypotheses == ranges(i, l, k, p) | {different(k.term, i.term)}
    theorem = entry_off_unit(E, k.term, p.term, by_row=False)
    assert theorem.hypotheses == ranges(i, l, k, p) | {different(p.term, l.term)}
    same = entry_off_unit(E, i.term, l.term, by_row=True)
    assert different(i.term, i.term) in same.hypotheses
    assert entry_off_unit(unit(3, 1, 2), 2, 2, by_row=True).hypotheses == set()


def test_same_entries() -> None:
    known = assume(equal(entry(A, 1, 1), entry(B, 1, 1)))
    with pytest.raises(Refused):
        same_entries(known, i, l)
    here = assume(equal(entry(A, i.term, l.term), entry(B, i.term, l.term)))
    with pytest.raises(Refused, match="free in the hypothesis"):
        same_entries(here, i, l)
    both = entry_of(transpose(F), i.term, i.term)
    with pytest.raises(Refused):
        same_entries(both, i, i)
    with pytest.raises(Refused):
        same_entries(both, i, l)


def test_same_entries_leaves_what_is_not_a_range() -> None:
    scaled = entry_of(c * A, i.term, l.term)
    with pytest.raises(Refused):
        same_entries(scaled, i, l)
    turned = transitive(entry_of(transpose(A + B), i.term, l.term), entry_of(A + B, l.term, i.term))
    parts = transitive(
        entry_of(transpose(A) + transpose(B), i.term, l.term),
        reflexive(entry(transpose(A), i.term, l.term) + entry(transpose(B), i.term, l.term)),
    )
    other = rewrite(
        parts, entry_of(transpose(A), i.term, l.term), entry_of(transpose(B), i.term, l.term)
    )
    found = same_entries(transitive(turned, symmetric(other)), i, l)
    assert found.conclusion == equal(transpose(A + B), transpose(A) + transpose(B))
    assert not found.hypotheses


def test_same_entries_wants_indices_that_are_free_nowhere() -> None:
    shifted = f(i.term) * A
    theorem = reflexive(entry(shifted, i.term, l.term))
    with pytest.raises(Refused, match="free in a matrix"):
        same_entries(theorem, i, l)
    low = assume(equal(entry(A, i.term, l.term), entry(B, i.term, l.term)))
    short = generalise(low, i, *low.hypotheses)
    assert short.conclusion.op == "every"
    with pytest.raises(Refused):
        same_entries(short, i, l)
    wrong = assume(equal(entry(A, i.term, l.term), entry(R, i.term, l.term)))
    with pytest.raises(Refused, match="shapes"):
        same_entries(wrong, i, l)


def test_same_entries_are_of_all_rows_and_columns() -> None:
    e, none = unit(2, 2, 2), zero(2)
    at_first = entry_off_unit(e, 1, 1, by_row=True)
    everywhere = entry_of(none, i.term, l.term)
    wrong = transitive(at_first, symmetric(everywhere))
    for theorem in (wrong, symmetric(wrong)):
        with pytest.raises(Refused, match="not about the entries"):
            same_entries(theorem, i, l)
    for sentence in (
        equal(c, f(1)),
        equal(trace(A), trace(B)),
        equal(entry(A, 1, 1), c),
        equal(c, entry(A, 1, 1)),
    ):
        with pytest.raises(Refused, match="does not speak of entries"):
            same_entries(assume(sentence), i, l)


def test_nondegenerate() -> None:
    X = variable("X", SQUARE)
    good = equal(inner(X.term, A), inner(X.term, B))
    with pytest.raises(Refused):
        same_orthonormal_parts(assume(good), X)
    cyclic = traces(inner(X.term, A * B), inner(X.term, A * B))
    assert same_orthonormal_parts(cyclic, X).conclusion == equal(A * B, A * B)
    with_x = traces(inner(X.term, X.term), inner(X.term, X.term))
    with pytest.raises(Refused, match="free"):
        same_orthonormal_parts(with_x, X)
    other = traces(trace(A * X.term), trace(X.term * A))
    with pytest.raises(Refused):
        same_orthonormal_parts(other, X)
    fixed = assume(equal(trace(A * B), trace(A * G)))
    with pytest.raises(Refused, match="form"):
        same_orthonormal_parts(fixed, X)
    for sentence in (equal(c, f(1)), equal(c, trace(A)), equal(trace(A), c)):
        with pytest.raises(Refused, match="traces with one matrix"):
            same_orthonormal_parts(assume(sentence), X)
