"""Terms: sorts are checked, bound variables have no names, substitution captures nothing."""

from collections.abc import Callable

import pytest

from dlnproof.kernel.terms import (
    FALSE,
    INT,
    REAL,
    Family,
    Sort,
    SortError,
    Symbol,
    Term,
    add,
    argument,
    array,
    at_most,
    choose,
    constant_of,
    defined,
    derivative,
    determinant,
    diagonal,
    divide,
    each,
    entry,
    equal,
    every,
    frame_determinant,
    fresh,
    fresh_for,
    gradient,
    identity,
    integer,
    integral,
    less,
    limit_at_infinity,
    limit_at_zero,
    linear,
    map_determinant,
    map_inverse,
    matrix_sort,
    multiply,
    number,
    opened,
    orbit_volume,
    orthonormal,
    pair_determinant,
    power,
    product,
    psd,
    psd_power,
    psd_root,
    substitute,
    total,
    trace,
    transpose,
    unfolded,
    unit,
    variable,
    zero,
)
from dlnproof.kernel.terms import Definition as Def

N, d, i, j, k, l = map(variable, "Ndijkl")
s, x, y = (variable(name, REAL) for name in "sxy")
sigma = Symbol("sigma", REAL, (INT,))
W = Symbol("W", matrix_sort(d.term), (INT,))
h = Symbol("h", REAL, (matrix_sort(d.term),))
SIX = tuple(map(variable, "abcefg"))
A = variable("A", matrix_sort(d.term))
O, P = (variable(name, A.sort) for name in "OP")
B = variable("B", matrix_sort(N.term))


def test_integers_that_are_equal_are_one_object() -> None:
    assert (N.term + 1) * (N.term - 1) == N.term**2 - 1
    assert N.term - N.term == integer(0)
    assert constant_of(integer(3) * 4) == 12
    assert constant_of(N.term) is None
    assert sigma(N.term + 1 - 1) == sigma(N.term)


def test_a_polynomial_keeps_letters_of_one_name_apart() -> None:
    other = Symbol("N", INT, latex="M")
    assert N.term - other.term != integer(0)


@pytest.mark.parametrize(
    "build",
    [
        lambda: add(A.term, B.term),
        lambda: multiply(A.term, B.term),
        lambda: multiply(A.term, x.term),
        lambda: add(A.term, x.term),
        lambda: integer(True),
        lambda: integer(0.5),  # type: ignore[arg-type]
        lambda: number(True),
        lambda: number(A.term),
        lambda: number(FALSE),
        lambda: h(B.term),
        lambda: h(1),
        Def("one", (i,), sigma(i.term)),
        lambda: power(x.term, A.term),
        lambda: determinant(zero(2, 3)),
        lambda: psd_root(zero(2, 3), 2),
        lambda: psd_power(zero(2, 3), 2),
        lambda: choose(x.term, x.term, x.term),
        lambda: pair_determinant((*SIX[:5], x), 1, 2, x.term),
        lambda: pair_determinant(SIX, 1, 2, A.term),
        lambda: orbit_volume(x, 2, A.term),
        lambda: orbit_volume(j, 2, zero(2, 3)),
        lambda: map_determinant(x, x.term),
        lambda: map_inverse(A, A.term, zero(1)),
        lambda: map_inverse(A, zero(1), zero(d.term)),
        lambda: map_inverse(x, x.term, y.term),
        lambda: frame_determinant(A, O, P, B.term),
        lambda: frame_determinant(x, y, s, x.term),
        lambda: integral(j, number(0), number(1), x.term),
        lambda: integral(s, number(0), number(1), FALSE),
        lambda: derivative(s, N.term, number(0), N.term),
        lambda: gradient(A, A.term, zero(d.term), zero(d.term)),
        lambda: gradient(A, x.term, zero(1), zero(1)),
        lambda: gradient(x, x.term, y.term, y.term),
        lambda: limit_at_infinity(s, x.term, x.term),
        lambda: limit_at_infinity(j, N.term, N.term),
        lambda: limit_at_infinity(j, x.term, A.term),
        lambda: orthonormal(x, l, d.term, A.term),
        lambda: orthonormal(i, x, d.term, A.term),
        lambda: linear(x, x.term),
        lambda: linear(A, FALSE),
        lambda: each(j, 1, j.term, FALSE),
        lambda: each(j, j.term - 1, 1, FALSE),
        lambda: number(0.5),  # type: ignore[arg-type]
        lambda: integer(x.term),
        lambda: sigma(x.term),
        sigma,
        lambda: power(A.term, x.term),
        lambda: power(zero(2, 3), 2),
        lambda: trace(zero(2, 3)),
        lambda: psd(zero(2, 3)),
        lambda: entry(x.term, 1, 1),
        lambda: transpose(x.term),
        lambda: equal(A.term, x.term),
        lambda: equal(FALSE, FALSE),
        lambda: less(A.term, A.term),
        lambda: total(x, 1, N.term, x.term),
        lambda: total(j, 1, j.term, sigma(j.term)),
        lambda: total(j, 1, N.term, identity(j.term)),
        lambda: product(j, 1, N.term, zero(j.term, j.term + 1)),
        lambda: derivative(j, number(1), number(0), number(0)),
        lambda: derivative(s, A.term, number(0), number(0)),
        lambda: every(j, [number(1)], FALSE),
        lambda: every([j, j], [], FALSE),
        lambda: every(sigma, [], FALSE),
        lambda: map_determinant(A, B.term),
        lambda: frame_determinant(A, A, A, A.term),
        lambda: orthonormal(i, l, N.term, unit(d.term, i.term, l.term)),
        lambda: limit_at_zero(j, number(1), number(1)),
        lambda: Symbol("%12345", INT),
        lambda: Symbol("?no", INT),
        lambda: Symbol("#no", INT),
        lambda: opened(each(j, 1, N.term, FALSE), x.term),
        lambda: opened(every(x, [], FALSE), N.term),
        lambda: substitute(sigma(N.term), {N: x.term}),
        lambda: substitute(sigma(N.term), {sigma: x.term}),
        lambda: substitute(A.term, {A: B.term}),
        lambda: unfolded(x.term),
    ],
)
def test_what_does_not_fit_is_refused(build: Callable[[], object]) -> None:
    with pytest.raises(SortError):
        build()


def test_bound_variables_have_no_names() -> None:
    assert total(j, 1, N.term, sigma(j.term)) == total(k, 1, N.term, sigma(k.term))
    nested = [
        each(a, 1, d.term, each(b, a.term, d.term, equal(sigma(a.term), sigma(b.term))))
        for a, b in ((i, l), (k, j))
    ]
    assert nested[0] == nested[1]
    assert nested[0] != each(
        i, 1, d.term, each(l, i.term, d.term, equal(sigma(l.term), sigma(i.term)))
    )
    assert nested[0].free == {sigma, d}


def test_substitution_captures_nothing() -> None:
    inner = total(j, 1, N.term, sigma(j.term) * number(k.term))
    put = substitute(inner, {k: j.term})
    assert put != total(j, 1, N.term, sigma(j.term) * number(j.term))
    assert j in put.free
    [name] = fresh_for(put)
    [body] = opened(put, name.term)
    assert body == sigma(name.term) * number(j.term)


def test_a_term_with_binders_is_put_under_binders() -> None:
    whole = total(j, 1, N.term, x.term * sigma(j.term))
    put = substitute(whole, {x: total(j, 1, N.term, sigma(j.term))})
    again = total(k, 1, N.term, total(j, 1, N.term, sigma(j.term)) * sigma(k.term))
    assert put == again


def test_all_is_replaced_at_once() -> None:
    swapped = substitute(sigma(i.term) - sigma(l.term), {i: l.term, l: i.term})
    assert swapped == sigma(l.term) - sigma(i.term)


def test_what_is_put_has_binders_of_its_own() -> None:
    g = Symbol("g", REAL, (INT, INT))
    inner = Family((j,), total(k, 1, 3, g(k.term, j.term)))
    whole = substitute(total(i, 1, 5, sigma(i.term)), {sigma: inner})
    assert whole == total(k, 1, 5, total(i, 1, 3, g(i.term, k.term)))
    higher = substitute(array(i, l, 2, 2, g(i.term, l.term) + x.term), {x: inner.at([N.term])})
    assert higher == array(k, j, 2, 2, g(k.term, j.term) + total(i, 1, 3, g(i.term, N.term)))
    assert substitute(higher, {N: k.term}) != substitute(higher, {N: j.term})


def test_a_bound_variable_is_no_letter_to_put_something_for() -> None:
    g = Symbol("g", REAL, (INT, INT))
    whole = total(i, 1, 5, g(i.term, k.term))
    [bound] = whole.variables
    assert substitute(whole, {bound: N.term}) == whole
    assert substitute(whole, {bound: N.term, k: d.term}) == total(i, 1, 5, g(i.term, d.term))


def test_equal_terms_are_equal_however_they_were_made() -> None:
    made = equal(total(i, 1, N.term, sigma(i.term)), x.term)
    again = substitute(equal(total(k, 1, d.term, sigma(k.term)), x.term), {d: N.term})
    other = Term(made.op, made.args, made.sort)  # another object
    assert made == again == other
    assert len({made, again, other}) == 1
    assert made.free == other.free == {N, sigma, x}
    assert Term(made.op, made.args[::-1], made.sort) != made


def test_a_bound_variable_is_not_taken_out_of_its_scope() -> None:
    whole = total(j, 1, N.term, sigma(j.term))
    body = whole.args[2]
    with pytest.raises(SortError, match="out of its scope"):
        total(k, 1, N.term, body)


def test_shapes_follow_their_indices() -> None:
    n = Symbol("n", INT, (INT,))
    V = Symbol("V", matrix_sort(n(argument(0)), n(argument(0) - 1)), (INT,))
    chain = product(j, k.term, N.term, V(j.term))
    assert chain.sort == matrix_sort(n(N.term), n(k.term - 1))
    Z = Symbol("Z", matrix_sort(n(j.term - 1), n(j.term)))
    spoken = each(j, 1, N.term, every(Z, [], equal(trace(V(j.term) * Z.term), 0)))
    first, *_, inside = opened(spoken, integer(2))
    assert first == at_most(1, integer(2))
    assert inside.variables[0].sort == matrix_sort(n(integer(1)), n(integer(2)))
    assert V not in substitute(chain, {V: Family((j,), zero(n(j.term), n(j.term - 1)))}).free


def test_what_is_defined_is_unfolded_before_its_letters_change() -> None:
    density = Def("density", (i,), sigma(i.term) * x.term)
    assert density(k.term).free == {k, sigma, x}
    assert substitute(density(k.term), {k: l.term}) == density(l.term)
    put = substitute(density(k.term), {x: y.term})
    assert put == sigma(k.term) * y.term
    assert unfolded(density(integer(2))) == sigma(2) * x.term
    with pytest.raises(SortError):
        defined(density, x.term)


def test_division_and_powers_are_kept_as_written() -> None:
    assert divide(x.term, x.term) != number(1)
    assert power(x.term, 2) != x.term * x.term


def test_new_symbols_are_new() -> None:
    assert fresh(REAL) != fresh(REAL)


def test_terms_are_written_for_people() -> None:
    assert str(product(j, 1, N.term, W(j.term))) == "prod[1; N; %1](W(%1))"
    assert str(diagonal(i, d.term, sigma(i.term))) == "diag[d; %1](sigma(%1))"
    assert str(Sort("number")) == "number"
    assert str(2 * N.term * d.term**2 - 1) == "(-1 + 2*N*d^2)"
