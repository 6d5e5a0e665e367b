"""Rules of what exists: true uses, and an attack on each side condition."""

from __future__ import annotations

import pytest

from dlnproof.kernel import existence as r
from dlnproof.kernel.logic import assume, specialise, weaken
from dlnproof.kernel.signs import chain
from dlnproof.kernel.terms import (
    INT,
    REAL,
    SortError,
    Symbol,
    Term,
    at_most,
    diagonal,
    each,
    equal,
    every,
    identity,
    less,
    limit_at_zero,
    matrix_sort,
    number,
    transpose,
    variable,
)
from dlnproof.kernel.theorem import Refused, Theorem

e, s, t, y, a, b, p = (variable(name, REAL) for name in ("e", "s", "t", "y", "a", "b", "p"))
f, g = (Symbol(name, REAL, (REAL,)) for name in "fg")
ENDS = (a.term, b.term)
PLACE = (at_most(a.term, t.term), at_most(t.term, b.term))


def forall(sentence: Term, *conditions: Term, over: tuple[Symbol, ...] = (t,)) -> Theorem:
    """The sentence, from the hypothesis that it holds for all letters with the conditions."""
    given = assume(every(over, conditions, sentence))
    return specialise(given, *(v.term for v in over))


def tends(moved: Term, value: Term) -> Term:
    return limit_at_zero(e, moved, value)


AROUND = tends(f(t.term + s.term * e.term), f(t.term))
CONTINUOUS = forall(AROUND, *PLACE, over=(t, s))
BOUND = every(t, PLACE, at_most(f(t.term), y.term))
GOAL = at_most(g(a.term), b.term)
FOLLOWS = weaken(assume(GOAL), BOUND)


def bound(
    theorem: Theorem = FOLLOWS,
    continuous: Theorem = CONTINUOUS,
    y: Symbol = y,
    between: tuple[Term, Term] = ENDS,
) -> Theorem:
    return r.bounded(theorem, y, continuous, t, s, between=between)


def test_a_continuous_function_is_bounded() -> None:
    found = bound()
    assert found.conclusion == GOAL
    assert found.hypotheses == {GOAL, every((t, s), PLACE, AROUND)}
    assert found.named == {r.BOUNDED}


def test_what_depends_on_the_bound_does_not_follow() -> None:
    below = specialise(assume(BOUND), p.term)  # f(p) <= y
    with pytest.raises(Refused, match="y is free"):
        bound(below)
    with pytest.raises(Refused, match="y is free"):  # f(p) <= 0, from y <= 0
        bound(chain(below, assume(at_most(y.term, number(0)))))
    # f(t) <= y at t = y: for f(t) = t^2 + 1 there is no such y.
    here = (at_most(y.term, t.term), at_most(t.term, y.term))
    at_itself = weaken(assume(GOAL), every(t, here, at_most(f(t.term), y.term)))
    with pytest.raises(Refused, match="y is free"):
        bound(at_itself, forall(AROUND, *here, over=(t, s)), between=(y.term, y.term))
    # t + y <= y for 1 <= t <= 2: there is no such y.
    grown = t.term + y.term
    beyond = weaken(assume(GOAL), every(t, PLACE, at_most(grown, y.term)))
    moved = tends(t.term + s.term * e.term + y.term, grown)
    with pytest.raises(Refused, match="y is free"):
        bound(beyond, forall(moved, *PLACE, over=(t, s)))
    with pytest.raises(SortError):
        bound(y=Symbol("y", REAL, (REAL,)))
    with pytest.raises(SortError):
        bound(y=variable("Y", matrix_sort(2)))


def test_it_is_continuous_at_all_points_from_both_sides() -> None:
    one = assume(AROUND)  # at one t
    at_one_side = forall(tends(f(t.term + e.term), f(t.term)), *PLACE)
    positive_side = forall(AROUND, *PLACE, less(number(0), s.term), over=(t, s))
    given = specialise(assume(every(s, (), AROUND)), s.term)  # at a given t
    for wrong in (one, at_one_side, positive_side, given):
        with pytest.raises(Refused):
            bound(continuous=wrong)
    moving = forall(tends(f(t.term + s.term * e.term), f(s.term)), *PLACE, over=(t, s))
    with pytest.raises(Refused, match="s is free"):  # to a value that depends on the direction
        bound(continuous=moving)
    elsewhere = forall(tends(f(t.term + s.term * e.term), g(t.term)), *PLACE, over=(t, s))
    with pytest.raises(Refused, match="is not"):  # a limit, but not its value
        bound(continuous=elsewhere)
    with pytest.raises(Refused):  # no limit
        bound(continuous=forall(at_most(f(t.term), f(t.term)), *PLACE, over=(t, s)))


def test_the_interval_is_closed_and_the_same() -> None:
    inside = (less(a.term, t.term), less(t.term, b.term))
    with pytest.raises(Refused, match="t is free"):  # 1 / t for 0 < t < 1
        bound(continuous=forall(AROUND, *inside, over=(t, s)))
    larger = weaken(assume(GOAL), every(t, (), at_most(f(t.term), y.term)))
    with pytest.raises(Refused, match="y is free"):  # t for all t
        bound(larger)
    with pytest.raises(Refused, match="t is free"):
        bound(between=(a.term, t.term))
    with pytest.raises(Refused, match="s is free"):
        bound(between=(a.term, s.term))


# --- singular value decomposition -----------------------------------------------------------------

d, i, l, k = (variable(name) for name in "dilk")
SQUARE = matrix_sort(d.term)
W, U, V = (Symbol(name, SQUARE, (REAL,)) for name in "WUV")
sigma = Symbol("sigma", REAL, (INT, REAL))
NEAR = (less(number(0), t.term),)
OF_W = at_most(g(a.term), number(0))


def parts(at: Term, of: Term) -> list[Term]:
    """What U, sigma and V are, at a letter."""
    value, other = sigma(i.term, at), sigma(l.term, at)
    descending = each(i, 1, d.term, each(l, i.term + 1, d.term, at_most(other, value)))
    return [
        equal(of, U(at) * diagonal(i, d.term, value) * transpose(V(at))),
        equal(transpose(U(at)) * U(at), identity(d.term)),
        equal(transpose(V(at)) * V(at), identity(d.term)),
        descending,
        each(i, 1, d.term, at_most(number(0), value)),
    ]


PARTS = [every(t, NEAR, sentence) for sentence in parts(t.term, W(t.term))]
ALL = weaken(assume(OF_W), *PARTS)


def decompose(
    theorem: Theorem = ALL,
    of: Term | None = None,
    families: tuple[Symbol, Symbol, Symbol] = (U, sigma, V),
    at: tuple[Symbol, ...] = (t,),
    conditions: tuple[Term, ...] = NEAR,
) -> Theorem:
    whole = W(t.term) if of is None else of
    return r.decomposed(theorem, whole, *families, at=at, conditions=conditions)


def test_a_matrix_has_a_decomposition() -> None:
    found = decompose()
    assert found.conclusion == OF_W
    assert found.hypotheses == {OF_W}
    assert found.named == {r.DECOMPOSITION}
    left, right = variable("Q", SQUARE), variable("R", SQUARE)
    values = Symbol("s", REAL, (INT,))
    one = equal(W(a.term), left.term * diagonal(i, d.term, values(i.term)) * transpose(right.term))
    found = decompose(
        weaken(assume(OF_W), one), W(a.term), (left, values, right), at=(), conditions=()
    )
    assert found.hypotheses == {OF_W}


@pytest.mark.parametrize("place", range(5))
def test_what_else_is_known_of_it_stays(place: int) -> None:
    """Of another family, without the condition, at one letter: that is more than exists."""
    conditioned, at_one = parts(t.term, W(t.term))[place], parts(a.term, W(a.term))[place]
    for wrong in (every(t, (), conditioned), at_one, conditioned):
        with pytest.raises(Refused, match="is free"):
            decompose(weaken(ALL, wrong))


def test_no_more_is_known_of_it() -> None:
    positive = every(t, NEAR, each(i, 1, d.term, less(number(0), sigma(i.term, t.term))))
    symmetric = every(t, NEAR, equal(U(t.term), V(t.term)))
    strict = each(
        i,
        1,
        d.term,
        each(l, i.term + 1, d.term, less(sigma(l.term, a.term), sigma(i.term, a.term))),
    )
    of_another = parts(t.term, W(t.term) + identity(d.term))[0]
    for wrong in (positive, symmetric, strict, every(t, NEAR, of_another)):
        with pytest.raises(Refused, match="is free"):
            decompose(weaken(ALL, wrong))
    with pytest.raises(Refused, match="is free"):  # a conclusion about it
        decompose(specialise(assume(PARTS[1]), a.term))
    itself = weaken(assume(OF_W), *(every(t, NEAR, x) for x in parts(t.term, U(t.term))))
    with pytest.raises(Refused, match="is free"):  # a matrix made of it: U = U diag V^T
        decompose(itself, U(t.term))
    about = (at_most(sigma(1, t.term), number(0)),)
    where = weaken(assume(OF_W), *(every(t, about, x) for x in parts(t.term, W(t.term))))
    with pytest.raises(Refused, match="is free"):  # under a condition that it has to meet
        decompose(where, conditions=about)


def test_families_are_of_the_letters_and_the_size() -> None:
    two = matrix_sort(2)
    wide = Symbol("wide", matrix_sort(2, 3), (REAL,))
    small, low = (Symbol(name, two, (REAL,)) for name in ("small", "low"))
    one, other = variable("one", SQUARE), Symbol("other", REAL, (INT,))
    for of, families in (
        (wide(t.term), (small, sigma, low)),
        (W(t.term), (small, sigma, V)),
        (W(t.term), (U, sigma, low)),
        (W(t.term), (one, sigma, V)),  # one U for all t
        (W(t.term), (U, sigma, one)),
        (W(t.term), (U, other, V)),
    ):
        with pytest.raises(SortError):
            decompose(of=of, families=families)
    whole = Symbol("whole", INT, (INT, REAL))
    for families in ((U, sigma, U), (U, whole, V)):
        with pytest.raises(Refused, match="three families"):
            decompose(families=families)
    left, right = (Symbol(name, SQUARE, (INT,)) for name in "AD")
    families = (left, Symbol("B", REAL, (INT, INT)), right)
    of = Symbol("C", SQUARE, (INT,))(d.term)
    with pytest.raises(Refused, match="d is free"):  # matrices of all sizes
        decompose(of=of, families=families, at=(d,), conditions=())
