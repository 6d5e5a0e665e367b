"""Linear maps and determinants: true uses, and attacks on side conditions."""

from __future__ import annotations

import pytest

from dlnproof.kernel.determinants import (
    determinant_of,
    determinant_of_two,
    eigenbasis_determinant,
    frame,
    frame_by_pairs,
    inverse_determinant,
    inverse_linear,
    inverse_solves,
    inverse_value,
    linear_after,
    linear_by_form,
    linear_multiple,
    linear_sum,
    linear_total,
    orthogonal_determinant,
    square,
)
from dlnproof.kernel.logic import assume
from dlnproof.kernel.terms import (
    INT,
    REAL,
    Symbol,
    Term,
    at_most,
    determinant,
    diagonal,
    different,
    each,
    entry,
    equal,
    every,
    frame_determinant,
    identity,
    linear,
    map_determinant,
    map_inverse,
    matrix_sort,
    number,
    orthonormal,
    product,
    root,
    total,
    trace,
    transpose,
    unit,
    variable,
    within,
)
from dlnproof.kernel.theorem import Refused, Theorem

d, m, n, k, i, l = (variable(x) for x in "dmnkil")
SQUARE = matrix_sort(d.term)
A, B, C, U, V = (variable(x, SQUARE).term for x in "ABCUV")
X, Y, Dx, a, b = (variable(x, SQUARE) for x in ("X", "Y", "D", "a", "b"))
R = variable("R", matrix_sort(d.term, m.term)).term
RECT = variable("Y", R.sort)
x, y = (variable(z, REAL).term for z in "xy")
f, g, h = (Symbol(z, REAL, (INT,)) for z in "fgh")
mu = Symbol("mu", REAL, (INT, INT))
LEFT, RIGHT = (assume(equal(transpose(q) * q, identity(d.term))) for q in (U, V))
T = transpose
COUNT = Symbol("count", INT, (SQUARE,))(X.term)


@pytest.mark.parametrize(
    ("body", "more"),
    [
        (X.term, set()),
        (A * X.term * B, set()),
        (A * T(X.term) - 2 * X.term, set()),
        (trace(A * X.term) * B, set()),
        (trace(X.term) / x * B, {different(x, 0)}),
        (0 * X.term, set()),
        (total(k, 1, n.term, A**k.term * X.term), {at_most(0, n.term)}),
        (entry(X.term, 1, i.term) * B, {*within(i, 1, d.term), at_most(1, d.term)}),
        (diagonal(k, d.term, f(k.term) * trace(X.term)), set()),
        (
            diagonal(k, d.term, entry(X.term, k.term, k.term)),
            {each(k, 1, d.term, s) for s in within(k, 1, d.term)},
        ),
        (
            total(k, 1, n.term, entry(X.term, k.term, k.term) * A),
            {at_most(0, n.term), *(each(k, 1, n.term, s) for s in within(k, 1, d.term))},
        ),
        (
            total(k, 1, n.term, trace(X.term) / f(k.term) * A),
            {at_most(0, n.term), each(k, 1, n.term, different(f(k.term), 0))},
        ),
    ],
)
def test_linear(body: Term, more: set[Term]) -> None:
    theorem = linear_by_form(X, body)
    assert theorem.conclusion == linear(X, body)
    assert theorem.hypotheses == more


@pytest.mark.parametrize(
    "body",
    [
        A,
        X.term + A,
        X.term * X.term,
        trace(X.term) * X.term,
        X.term**2,
        determinant(X.term) * A,
        x / trace(X.term) * A,
        trace(X.term) / trace(X.term) * A,
        Symbol("F", SQUARE, (SQUARE,))(X.term),
        total(k, 1, n.term, A),
        trace(X.term) ** 2 * A,
        number(1) * A,
        product(k, 1, n.term, X.term),
        number(1),
        T(A),
        trace(A),
        entry(A, 1, 1),
        x / trace(X.term),
        total(k, 1, COUNT, X.term),
        entry(X.term, 1, COUNT),
        diagonal(k, d.term, f(k.term)),
    ],
)
def test_not_linear(body: Term) -> None:
    with pytest.raises(Refused):
        linear_by_form(X, body)


def test_linear_maps_at_sums_and_multiples() -> None:
    theorem = assume(linear(X, A * X.term * B))
    assert linear_sum(theorem, U, V).conclusion == equal(A * (U + V) * B, A * U * B + A * V * B)
    assert linear_multiple(theorem, x, U).conclusion == equal(A * (x * U) * B, x * (A * U * B))
    assert linear_sum(theorem, U, V).hypotheses == theorem.hypotheses
    with pytest.raises(Refused):
        linear_sum(assume(equal(A, B)), U, V)


def test_linear_after_another() -> None:
    inner, outer = (
        assume(linear(X, trace(X.term) * R)),
        assume(linear(RECT, trace(RECT.term * T(R)))),
    )
    found = linear_after(outer, inner)
    assert found.conclusion == linear(X, trace(trace(X.term) * R * T(R)))
    assert found.hypotheses == inner.hypotheses | outer.hypotheses
    for one, other in ((inner, inner), (outer, outer), (inner, outer)):
        with pytest.raises(Refused, match="fit"):
            linear_after(one, other)


def test_one_linear_map_after_another() -> None:
    outer, inner_ = assume(linear(X, A * X.term)), assume(linear(X, X.term * B))
    theorem = linear_after(outer, inner_)
    assert theorem.conclusion == linear(X, A * (X.term * B))
    assert theorem.hypotheses == outer.hypotheses | inner_.hypotheses
    Y = variable("Y", matrix_sort(n.term))
    for wrong in (assume(equal(A, B)), assume(linear(Y, Y.term))):  # no map, and none of these
        with pytest.raises(Refused):
            linear_after(wrong, inner_)
    with pytest.raises(Refused):
        linear_after(outer, assume(linear(X, trace(X.term))))


def test_linear_maps_at_sums_over_ranges() -> None:
    theorem = assume(linear(X, trace(X.term) * B))
    whole = total(k, 1, n.term, A**k.term)
    found = linear_total(theorem, whole)
    parts = total(k, 1, n.term, trace(A**k.term) * B)
    assert found.conclusion == equal(trace(whole) * B, parts)
    assert found.hypotheses == {*theorem.hypotheses, at_most(0, n.term)}
    free = assume(linear(X, trace(X.term) * A**k.term))  # an index of the map is not captured
    other = total(i, 1, n.term, trace(A**i.term) * A**k.term)
    assert linear_total(free, whole).conclusion.args[1] == other
    for wrong in (A, total(k, 1, n.term, f(k.term)), total(k, 1, n.term, R)):
        with pytest.raises(Refused):
            linear_total(theorem, wrong)


def test_inverses() -> None:
    L = A * X.term * B
    theorem = assume(linear(X, L))
    regular = different(map_determinant(X, L), 0)
    value = inverse_value(theorem, assume(equal(A * U * B, V)), U)
    assert value.conclusion == equal(map_inverse(X, L, V), U)
    assert value.hypotheses == {linear(X, L), equal(A * U * B, V), regular}
    with pytest.raises(Refused):
        inverse_value(theorem, assume(equal(A * U * B, V)), V)
    with pytest.raises(Refused):
        inverse_value(theorem, assume(equal(V, A * U * B)), U)
    solved = inverse_solves(theorem, V)
    assert solved.conclusion == equal(A * map_inverse(X, L, V) * B, V)
    back = inverse_linear(theorem)
    assert back.conclusion == linear(Y, map_inverse(X, L, Y.term))
    whole = inverse_determinant(theorem)
    assert whole.conclusion.args[1] == 1 / map_determinant(X, L)
    for made in (value, solved, back, whole):
        assert regular in made.hypotheses
        assert linear(X, L) in made.hypotheses
    turned = assume(linear(variable("S", matrix_sort(d.term, m.term)), T(R) * R))
    for rule in (inverse_linear, inverse_determinant):
        with pytest.raises(Refused):
            rule(turned)


BASIS = assume(orthonormal(i, l, d.term, U * unit(d.term, i.term, l.term) * T(V)))
PLACE = U * unit(d.term, i.term, l.term) * T(V)
CROSSED = U * unit(d.term, l.term, i.term) * T(V)
L = A * X.term * B


def images(
    value: Term | None = None, conditions: tuple[Term, ...] | None = None, mu_: Term | None = None
) -> Theorem:
    found = mu(i.term, l.term) if mu_ is None else mu_
    sentence = equal(A * PLACE * B if value is None else value, found * PLACE)
    given = square(i, l, d.term) if conditions is None else conditions
    return assume(every((i, l), given, sentence))


def test_eigenbasis() -> None:
    theorem = eigenbasis_determinant(BASIS, images(), X, L)
    whole = product(i, 1, d.term, product(l, 1, d.term, mu(i.term, l.term)))
    assert theorem.conclusion == equal(map_determinant(X, L), whole)
    assert theorem.hypotheses == {
        BASIS.conclusion,
        images().conclusion,
        linear(X, L),
        at_most(0, d.term),
    }
    i_, l_ = within(i, 1, d.term), within(l, 1, d.term)
    for wrong in (
        images(conditions=(*i_, *within(l, 1, i.term))),
        images(conditions=(*i_, *l_, different(i.term, l.term))),
        images(conditions=(*within(i, 1, d.term - 1), *l_)),
        images(value=A * PLACE),
        assume(every(i, i_, equal(A * PLACE * B, mu(i.term, l.term) * PLACE))),
        assume(
            every(
                (i, l),
                square(i, l, d.term),
                equal(
                    A * PLACE * B, mu(i.term, l.term) * (U * unit(d.term, l.term, i.term) * T(V))
                ),
            )
        ),
    ):
        with pytest.raises(Refused):
            eigenbasis_determinant(BASIS, wrong, X, L)
    with pytest.raises(Refused):
        eigenbasis_determinant(images(), BASIS, X, L)
    with pytest.raises(Refused):
        eigenbasis_determinant(BASIS, images(), X, trace(X.term))
    # what is not a basis, or not a sentence for all; or multiples that are not of the basis
    family = assume(linear(X, X.term))
    for one, other in ((family, images()), (BASIS, family), (BASIS, BASIS)):
        with pytest.raises(Refused, match="a basis is needed"):
            eigenbasis_determinant(one, other, X, L)
    small = variable("X", matrix_sort(m.term))
    with pytest.raises(Refused, match="matrices of the basis"):
        eigenbasis_determinant(BASIS, images(), small, small.term)
    for sentence in (
        equal(L, A),
        equal(A * PLACE * B, mu(i.term, l.term) * CROSSED),
        different(A * PLACE * B, mu(i.term, l.term) * PLACE),
    ):
        wrong = assume(every((i, l), square(i, l, d.term), sentence))
        with pytest.raises(Refused, match="whole basis"):
            eigenbasis_determinant(BASIS, wrong, X, L)
    # of a basis of other matrices
    other = assume(orthonormal(i, l, d.term, V * unit(d.term, i.term, l.term) * T(U)))
    with pytest.raises(Refused):
        eigenbasis_determinant(other, images(), X, L)


BODY = U * Dx.term * T(V) + U * (a.term + b.term) * T(V)
WHOLE = frame_determinant(Dx, a, b, BODY)
VALUE = T(U) * BODY * V
FRAMES = frame(Dx, a, b)
PAIRS = (at_most(1, i.term), at_most(i.term + 1, l.term), at_most(l.term, d.term))


def on_diagonal(alpha: Term, conditions: tuple[Term, ...] = within(i, 1, d.term)) -> Theorem:
    sentence = equal(entry(VALUE, i.term, i.term), alpha * entry(Dx.term, i.term, i.term))
    return assume(every((Dx, a, b, i), (*FRAMES, *conditions), sentence))


def off_diagonal(
    first: Term,
    second: Term,
    *,
    lower: bool = False,
    conditions: tuple[Term, ...] = PAIRS,
    frames: tuple[Term, ...] = FRAMES,
) -> Theorem:
    at = (l.term, i.term) if lower else (i.term, l.term)
    value = first * entry(a.term, i.term, l.term) + second * entry(b.term, i.term, l.term)
    return assume(every((Dx, a, b, i, l), (*frames, *conditions), equal(entry(VALUE, *at), value)))


def test_frame() -> None:
    p, q, r, s = (Symbol(z, REAL, (INT, INT))(i.term, l.term) for z in "pqrs")
    given = (on_diagonal(f(i.term)), off_diagonal(p, q), off_diagonal(r, s, lower=True))
    theorem = frame_by_pairs(LEFT, RIGHT, WHOLE, *given)
    one = product(i, 1, d.term, root(f(i.term) ** 2))
    two = product(i, 1, d.term, product(l, i.term + 1, d.term, root((p * s - q * r) ** 2)))
    assert theorem.conclusion == equal(WHOLE, one * two)
    assert theorem.hypotheses == {
        *(t.conclusion for t in (LEFT, RIGHT, *given)),
        at_most(0, d.term),
    }
    for k_, wrong in (
        (0, on_diagonal(f(i.term), within(i, 1, d.term - 1))),
        (0, on_diagonal(entry(Dx.term, i.term, i.term))),
        (0, on_diagonal(trace(a.term))),
        (1, off_diagonal(p, q, lower=True)),
        (1, off_diagonal(p, entry(b.term, i.term, l.term))),
        (1, off_diagonal(p, q, conditions=(*PAIRS, different(i.term, 1)))),
        (1, off_diagonal(p, q, conditions=square(i, l, d.term))),
        (1, off_diagonal(p, q, frames=(*FRAMES[:2], equal(T(b.term), b.term)))),
        (1, off_diagonal(p, q, frames=(*FRAMES, equal(Dx.term, a.term)))),
        (2, off_diagonal(r, s)),
        (2, given[0]),
    ):
        changed = list(given)
        changed[k_] = wrong
        with pytest.raises(Refused):
            frame_by_pairs(LEFT, RIGHT, WHOLE, *changed)
    with pytest.raises(Refused):
        frame_by_pairs(RIGHT, LEFT, WHOLE, *given)
    with pytest.raises(Refused):
        frame_by_pairs(LEFT, RIGHT, determinant(A), *given)
    with pytest.raises(Refused):
        frame_by_pairs(LEFT, RIGHT, WHOLE, *given[:2])
    at = entry(VALUE, i.term, i.term)
    ends = within(i, 1, d.term)
    own = entry(Dx.term, i.term, i.term)
    for sentence in (
        equal(at, f(i.term) + own),
        equal(at, f(i.term) * entry(a.term, i.term, i.term)),
        different(at, f(i.term) * own),
        at_most(at, f(i.term) * own),
    ):
        wrong = assume(every((Dx, a, b, i), (*FRAMES, *ends), sentence))
        with pytest.raises(Refused):
            frame_by_pairs(LEFT, RIGHT, WHOLE, wrong, *given[1:])
    with pytest.raises(Refused, match="speak of all"):
        frame_by_pairs(LEFT, RIGHT, WHOLE, BASIS, *given[1:])
    other = variable("V", matrix_sort(m.term)).term
    small = assume(equal(T(other) * other, identity(m.term)))
    with pytest.raises(Refused, match="fit"):
        frame_by_pairs(LEFT, small, WHOLE, *given)


def test_determinants_by_form() -> None:
    def found(value: Term) -> tuple[Term, set[Term]]:
        theorem = determinant_of(determinant(value))
        return theorem.conclusion.args[1], set(theorem.hypotheses)

    det = determinant
    sized = {at_most(0, d.term)}
    assert found(A * B) == (det(A) * det(B), set())
    assert found(T(A)) == (det(A), set())
    assert found(x * A) == (x**d.term * det(A), sized)
    assert found(A**n.term) == (det(A) ** n.term, {at_most(0, n.term)})
    assert found(identity(d.term)) == (number(1), sized)
    value, more = found(diagonal(k, d.term, f(k.term)))
    assert (value, more) == (product(k, 1, d.term, f(k.term)), sized)
    for wrong in (A + B, R * T(R), A, T(R) * R):
        with pytest.raises(Refused):
            determinant_of(determinant(wrong))
    for none in (trace(A), trace(A * B), trace(identity(d.term))):
        with pytest.raises(Refused, match="no determinant"):
            determinant_of(none)
    theorem = orthogonal_determinant(LEFT)
    assert theorem.conclusion == equal(determinant(U) ** 2, number(1))
    with pytest.raises(Refused):
        orthogonal_determinant(assume(equal(T(A) * A, 2 * identity(d.term))))


def test_two_rows() -> None:
    small = variable("M", matrix_sort(2)).term
    value = entry(small, 1, 1) * entry(small, 2, 2) - entry(small, 1, 2) * entry(small, 2, 1)
    theorem = determinant_of_two(small)
    assert theorem.conclusion == equal(determinant(small), value)
    assert not theorem.hypotheses
    assert determinant_of_two(A).hypotheses == {equal(d.term, 2)}
    for wrong in (variable("M", matrix_sort(3)).term, R):
        with pytest.raises(Refused):
            determinant_of_two(wrong)
