"""Volumes of orbits and of the group, and the cosine: every condition of the rules left out."""

from __future__ import annotations

import pytest

from dlnproof.kernel import terms as t
from dlnproof.kernel.cosines import cosine_positive, cosine_sum, cosine_zero
from dlnproof.kernel.logic import assume, reflexive
from dlnproof.kernel.orbits import (
    gram_determinant,
    group_positive,
    skew,
    volume_of_group,
    volume_of_no_group,
    volume_of_orbit,
    volume_of_orbit_at_corank_one,
    volume_of_sphere,
)
from dlnproof.kernel.terms import (
    INT,
    REAL,
    Symbol,
    Term,
    at_most,
    different,
    each,
    equal,
    identity,
    inner,
    integer,
    number,
    positive,
    power,
    root,
    substitute,
    transpose,
    variable,
)
from dlnproof.kernel.theorem import Refused, Theorem
from dlnproof.numeric.interpretation import Point
from dlnproof.numeric.sentences import answer
from dlnproof.tactics.equations import transport

N, d = (variable(name).term for name in "Nd")
j, i = variable("j"), variable("i")
J = j.term
W, Q, R = (Symbol(name, t.matrix_sort(d), (INT,)) for name in "WQR")
ORBIT = t.orbit_volume(j, N, W(J))
value = Symbol("v", REAL, (INT,))
x, y = (variable(name, REAL) for name in "xy")


def orthogonal(first: Term | int, last: Term) -> Term:
    return each(j, first, last, equal(transpose(Q(J)) * Q(J), identity(d)))


def free(first: Term | int, last: Term) -> Term:
    return each(j, first, last, equal(W(J) * R(J), identity(d)))


def test_the_volume_of_a_free_orbit() -> None:
    given = orthogonal(1, N - 1), free(1, N - 1)
    theorem = volume_of_orbit(ORBIT, j, Q(J), *map(assume, given))
    density = root(gram_determinant(ORBIT, j, Q(J)))
    whole = power(t.orthogonal_volume(d), N - 1) * density
    assert theorem.conclusion == equal(ORBIT, whole)
    assert theorem.hypotheses == {*given, at_most(1, N), at_most(1, d)}
    assert theorem.named


def test_frames_have_to_be_orthogonal_and_factors_invertible() -> None:
    good = assume(orthogonal(1, N - 1)), assume(free(1, N - 1))
    for wrong in (
        (assume(orthogonal(2, N - 1)), good[1]),
        (assume(orthogonal(1, N - 2)), good[1]),
        (assume(each(j, 1, N - 1, equal(transpose(R(J)) * R(J), identity(d)))), good[1]),
        (assume(each(j, 1, N - 1, equal(Q(J), identity(d)))), good[1]),
        (assume(equal(transpose(Q(J)) * Q(J), identity(d))), good[1]),
        (good[0], assume(free(2, N - 1))),
        (good[0], assume(free(1, N - 2))),
        (good[0], assume(equal(W(J) * R(J), identity(d)))),
        (good[0], assume(each(j, 1, N - 1, equal(R(J) * R(J), identity(d))))),
        (good[0], assume(each(j, 1, N - 1, equal(W(1) * R(J), identity(d))))),
        (good[0], assume(each(j, 1, N - 1, equal(W(J) * R(J), W(J))))),
        (good[0], assume(each(j, 1, N - 1, different(W(J), t.zero(d))))),
        (good[0], assume(each(j, 1, N - 1, different(W(J) * R(J), identity(d))))),
        (good[0], assume(each(j, 1, N - 1, equal(W(J) + R(J), identity(d))))),
        (good[0], assume(t.every([j, i], t.within(j, 1, N - 1), free(1, N - 1)))),
        (good[1], good[0]),
    ):
        with pytest.raises(Refused):
            volume_of_orbit(ORBIT, j, Q(J), *wrong)
    with pytest.raises(Refused):
        volume_of_orbit(t.trace(W(1)), j, Q(J), *good)
    larger = Symbol("larger", t.matrix_sort(N), (INT,))(J)
    of_another_size = each(j, 1, N - 1, equal(transpose(larger) * larger, identity(N)))
    with pytest.raises(Refused):
        volume_of_orbit(ORBIT, j, larger, assume(of_another_size), good[1])


def test_factors_are_asked_for_at_a_letter_that_they_do_not_have() -> None:
    # what is said of W_jj for each j says nothing of W_kj for each k
    V, k = Symbol("V", t.matrix_sort(d), (INT, INT)), variable("k")
    orbit = t.orbit_volume(k, N, V(k.term, J))
    invertible = assume(each(j, 1, N - 1, equal(V(J, J) * R(J), identity(d))))
    with pytest.raises(Refused):
        volume_of_orbit(orbit, j, Q(J), assume(orthogonal(1, N - 1)), invertible)
    factors = each(j, 1, N, equal(V(J, J), Q(J) * LAMBDA * transpose(Q(J - 1))))
    given = orthogonal(0, N), factors, REGULAR, SINGULAR
    with pytest.raises(Refused):
        volume_of_orbit_at_corank_one(orbit, j, Q(J), *map(assume, given))


def test_the_depth_does_not_depend_on_the_place() -> None:
    # of no j is 1 <= j <= j - 1: frames that are orthogonal at these need not be at any
    k = variable("k")
    orbit = t.orbit_volume(k, J, W(k.term))

    def given(last: Term) -> Theorem:
        return volume_of_orbit(orbit, j, Q(J), *map(assume, (orthogonal(1, last), free(1, last))))

    for last in (N - 1, J - 1):
        with pytest.raises((Refused, t.SortError)):
            given(last)


LAMBDA = t.diagonal(i, d, value(i.term))
FACTORS = each(j, 1, N, equal(W(J), Q(J) * LAMBDA * transpose(Q(J - 1))))
REGULAR = each(i, 1, d - 1, different(value(i.term), 0))
SINGULAR = equal(value(d), number(0))


def test_the_volume_at_corank_one() -> None:
    given = orthogonal(0, N), FACTORS, REGULAR, SINGULAR
    theorem = volume_of_orbit_at_corank_one(ORBIT, j, Q(J), *map(assume, given))
    whole = power(t.orthogonal_volume(d), N - 1) * root(gram_determinant(ORBIT, j, Q(J)))
    assert theorem.conclusion == equal(power(number(2), N - 1) * ORBIT, whole)
    assert theorem.hypotheses == {*given, at_most(1, N), at_most(1, d)}


def test_at_corank_one_all_but_the_last_value_are_not_zero() -> None:
    other = t.diagonal(i, d, value(i.term + J))
    given = [orthogonal(0, N), FACTORS, REGULAR, SINGULAR]
    for place, wrong in (
        (0, orthogonal(1, N)),
        (0, orthogonal(0, N - 1)),
        (1, each(j, 1, N - 1, equal(W(J), Q(J) * LAMBDA * transpose(Q(J - 1))))),
        (1, each(j, 1, N, equal(W(J), Q(J) * LAMBDA * transpose(Q(J))))),
        (1, each(j, 1, N, equal(W(J), Q(J) * other * transpose(Q(J - 1))))),
        (1, each(j, 1, N, equal(R(J), Q(J) * LAMBDA * transpose(Q(J - 1))))),
        (1, each(j, 1, N, equal(W(J), Q(J) * R(1) * transpose(Q(J - 1))))),
        (2, each(i, 1, d - 2, different(value(i.term), 0))),
        (2, each(i, 2, d - 1, different(value(i.term), 0))),
        (3, equal(value(d - 1), number(0))),
        (3, different(value(d), 0)),
        (0, equal(transpose(Q(J)) * Q(J), identity(d))),
        (1, each(j, 1, N, different(W(J), Q(J) * LAMBDA * transpose(Q(J - 1))))),
        (1, each(j, 1, N, equal(W(J), Q(J) * identity(d) * transpose(Q(J - 1))))),
    ):
        changed = [wrong if place == k else sentence for k, sentence in enumerate(given)]
        with pytest.raises(Refused):
            volume_of_orbit_at_corank_one(ORBIT, j, Q(J), *map(assume, changed))
    # for one letter j the matrix is as it should be, for each j it is another
    moving = (
        orthogonal(0, N),
        each(j, 1, N, equal(W(J), Q(J) * other * transpose(Q(J - 1)))),
        each(i, 1, d - 1, different(value(i.term + J), 0)),
        equal(value(d + J), number(0)),
    )
    with pytest.raises(Refused):
        volume_of_orbit_at_corank_one(ORBIT, j, Q(J), *map(assume, moving))


def test_the_volume_of_the_group() -> None:
    a = skew(d, d, i.term)
    length = assume(each(i, 1, d - 1, equal(inner(a, a), x.term)))
    theorem = volume_of_group(d, length)
    found = t.orthogonal_volume(d - 1) * power(x.term, number(d - 1) / 2) * t.sphere_volume(d)
    assert theorem.conclusion == equal(t.orthogonal_volume(d), found)
    assert theorem.hypotheses == {*length.hypotheses, at_most(1, d), positive(x.term)}
    assert volume_of_no_group().conclusion == equal(t.orthogonal_volume(0), number(1))
    sphere = volume_of_sphere(d)  # of no dimension there is none: 2 / Gamma(0) has no value
    half = number(d) / 2
    surface = number(2) * t.power(t.PI, half) / t.gamma(half)
    assert sphere.conclusion == equal(t.sphere_volume(d), surface)
    assert sphere.hypotheses == {at_most(1, d)}
    at = substitute(sphere.conclusion, {d.data: integer(3)})
    assert answer(at, Point()).guess
    b = skew(d, d - 1, i.term)
    for wrong in (
        each(i, 1, d - 2, equal(inner(a, a), x.term)),
        each(i, 1, d - 1, equal(inner(b, b), x.term)),
        each(i, 1, d - 1, equal(inner(a, a), number(i.term))),  # a length for each
        equal(inner(a, a), x.term),
        each(i, 1, d - 1, different(inner(a, a), x.term)),
    ):
        with pytest.raises(Refused):
            volume_of_group(d, assume(wrong))


def test_the_volume_of_the_group_is_positive() -> None:
    theorem = group_positive(d)
    assert theorem.conclusion == positive(t.orthogonal_volume(d))
    assert theorem.hypotheses == {at_most(0, d)}
    assert at_most(0, integer(-1)) in group_positive(-1).hypotheses


def test_cosines() -> None:
    assert cosine_sum(x.term, y.term).hypotheses == set()
    assert cosine_zero(0).conclusion == equal(t.cosine(number(1) * t.PI / 2), number(0))
    ends = {t.less(-t.PI / 2, x.term), t.less(x.term, t.PI / 2)}
    assert cosine_positive(x.term).hypotheses == ends


def test_equals_are_put_for_equals() -> None:
    f = Symbol("f", REAL, (INT,))
    same = assume(equal(J + 1, i.term))
    k = variable("k")
    begun = reflexive(f(J + 1) + number(J + 1))
    sentence = equal(f(J + 1) + number(J + 1), f(k.term) + number(k.term))
    theorem = transport(begun, k, sentence, same)
    assert theorem.conclusion == equal(begun.conclusion.args[0], f(i.term) + number(i.term))
    assert theorem.hypotheses == same.hypotheses
    with pytest.raises(Refused):
        transport(begun, k, equal(f(k.term), number(0)), same)
    with pytest.raises(Refused):
        transport(begun, k, sentence, assume(different(J + 1, i.term)))


def test_a_letter_of_one_shape_is_none_of_another() -> None:
    # M of n rows and M of m rows are two letters, for which different matrices may be put
    n, m, k = (variable(name) for name in "nmk")
    M = {v: Symbol("M", t.matrix_sort(v.term)).term for v in (n, m, k)}
    same = assume(equal(n.term, m.term))
    begun = reflexive(t.determinant(M[n]))
    with pytest.raises(Refused):
        transport(begun, k, equal(t.determinant(M[n]), t.determinant(M[k])), same)
    family = Symbol("F", t.matrix_sort(k.term), (INT,))
    begun = reflexive(t.trace(family(1)))
    with pytest.raises(Refused):
        transport(begun, k, begun.conclusion, same)
    plain = transport(reflexive(number(n.term)), k, equal(number(n.term), number(k.term)), same)
    assert plain.conclusion == equal(number(n.term), number(m.term))


def test_a_bound_letter_is_not_taken_for_a_free_one() -> None:
    # from a = b: the sum over a' of g(a', a) is that of g(a', b), and nothing is caught
    g = Symbol("g", REAL, (INT, INT))
    n, m, k = (variable(name) for name in "nmk")
    same = assume(equal(n.term, m.term))
    begun = reflexive(t.total(m, 1, 5, g(m.term, n.term)))
    sentence = equal(begun.conclusion.args[0], t.total(m, 1, 5, g(m.term, k.term)))
    theorem = transport(begun, k, sentence, same)
    assert theorem.conclusion.args[1] == t.total(i, 1, 5, g(i.term, m.term))
    assert integer(5) in theorem.conclusion.args[1].args
