"""Equations used inside terms: where they apply, in scopes too, and what stays a hypothesis."""

from __future__ import annotations

import pytest

from dlnproof.kernel import terms as t
from dlnproof.kernel.logic import assume, sides
from dlnproof.kernel.numbers import field
from dlnproof.kernel.terms import (
    INT,
    REAL,
    Symbol,
    at_most,
    choose,
    each,
    equal,
    number,
    total,
    transpose,
    variable,
)
from dlnproof.kernel.theorem import Refused
from dlnproof.tactics.cancelling import same_traces, same_words
from dlnproof.tactics.rewriting import at_place, by, converted, decided, repeated, rules

i, k = variable("i"), variable("k")
n, m = (variable(name).term for name in "nm")
f, g = (Symbol(name, REAL, (INT,)) for name in "fg")


def test_an_equation_for_all_is_used_in_the_scope_of_a_sum() -> None:
    known = assume(each(i, 1, n, equal(f(i.term), g(i.term))))
    found = converted(total(k, 2, n, f(k.term)), by(known))
    assert sides(found)[1] == total(k, 2, n, g(k.term))
    assert known.conclusion in found.hypotheses
    assert not any(k in h.free for h in found.hypotheses)


def test_what_is_not_settled_in_a_scope_is_refused() -> None:
    known = assume(each(i, 3, n, equal(f(i.term), g(i.term))))  # nothing is known at k = 2
    with pytest.raises(Refused, match="free"):
        converted(total(k, 2, n, f(k.term)), by(known))


def test_choices_are_decided_by_the_range() -> None:
    whole = total(k, 1, n, choose(at_most(k.term, n), f(k.term), g(k.term)))
    found = repeated(whole, decided)
    assert sides(found)[1] == total(k, 1, n, f(k.term))
    other = total(k, 1, n, choose(at_most(k.term, m), f(k.term), g(k.term)))
    assert sides(repeated(other, decided))[1] == other


def test_a_rule_that_finds_nothing_changes_nothing() -> None:
    whole = total(k, 1, n, f(k.term))
    assert sides(converted(whole, rules(lambda _: None)))[1] == whole
    zero = rules(lambda term: field(term, number(0)) if term.op == "*" else None)
    assert sides(repeated(f(1) * number(0) + f(2), zero))[1] == number(0) + f(2)


def test_one_argument_is_replaced() -> None:
    same = assume(equal(n, m + 1))
    assert sides(at_place(f(n), 0, same))[1] == f(m + 1)
    assert sides(at_place(total(k, 1, n, f(n)), 1, same))[1] == total(k, 1, m + 1, f(n))


SQUARE = t.matrix_sort(n)
A, B, Q = (variable(name, SQUARE).term for name in "ABQ")
ORTHOGONAL = assume(equal(transpose(Q) * Q, t.identity(n)))


def test_words_and_traces_modulo_equations() -> None:
    found = same_words(A * transpose(Q) * (Q * B), A * B, ORTHOGONAL)
    assert found.hypotheses == ORTHOGONAL.hypotheses
    turned = t.trace(Q * A * transpose(Q))
    assert same_traces(2 * turned, 2 * t.trace(A), ORTHOGONAL).hypotheses == found.hypotheses


def test_equations_that_do_not_suffice_are_refused() -> None:
    with pytest.raises(Refused):
        same_words(A * Q * transpose(Q), A, ORTHOGONAL)  # the other product
    with pytest.raises(Refused):
        same_traces(t.trace(A * transpose(Q)), t.trace(A), ORTHOGONAL)
    with pytest.raises(Refused, match="without an end"):
        same_words(A, B, assume(equal(A, A * B)))
