"""Numbers made in the same way, factors that are not zero, limits by form, small ranges."""

from __future__ import annotations

import pytest

from dlnproof.kernel.logic import assume, reflexive
from dlnproof.kernel.terms import (
    INT,
    REAL,
    Symbol,
    Term,
    choose,
    different,
    each,
    equal,
    identity,
    limit_at_zero,
    matrix_sort,
    number,
    positive,
    product,
    total,
    transpose,
    variable,
)
from dlnproof.kernel.theorem import Refused
from dlnproof.tactics.agreement import joined, same, squared
from dlnproof.tactics.equations import changed, inside, then
from dlnproof.tactics.factors import nonzero
from dlnproof.tactics.small import reduced, written_out
from dlnproof.tactics.spectra import conjugate, conjugate_power, geometric, pulled_out
from dlnproof.tactics.tending import tends

n, k, i, l = (variable(name) for name in "nkil")
x, y = (variable(name, REAL).term for name in "xy")
f, g = (Symbol(name, REAL, (INT,)) for name in "fg")
KNOWN = (positive(x), positive(y))


def test_same_in_scopes_and_cases() -> None:
    fk, gk = f(k.term), g(k.term)
    left = product(k, 1, n.term, (fk + gk) ** 2) * total(k, 1, n.term, fk * 2)
    right = total(k, 1, n.term, fk + fk) * product(k, 1, n.term, fk**2 + 2 * fk * gk + gk**2)
    assert same(left, right).conclusion == equal(left, right)
    alike = equal(fk, gk)
    by_case = choose(alike, fk * gk, fk**2)
    assert not same(by_case, fk**2).hypotheses
    products = same(product(k, 1, n.term, by_case), product(k, 1, n.term, fk**2))
    assert products.hypotheses <= same(left, right).hypotheses
    ones = product(k, 1, n.term, fk / fk)
    for wrong in (fk * gk, gk**2, fk**3):
        with pytest.raises(Refused):
            same(by_case, wrong)
        with pytest.raises(Refused):
            same(product(k, 1, n.term, by_case), product(k, 1, n.term, wrong))
    with pytest.raises(Refused):
        same(product(k, 1, n.term, fk), product(k, 2, n.term, fk))
    whole = each(k, 1, n.term, different(fk, 0))
    assert whole in same(ones * x, x).hypotheses


def test_a_choice_by_two_things_that_are_the_same() -> None:
    fk = f(k.term)
    assert not same(choose(equal(fk, fk), x, y), x).hypotheses
    turned = choose(equal(x, y), x, y) * choose(equal(y, x), x, y)
    assert same(turned, choose(equal(x, y), x**2, y**2)).conclusion.op == "="


def test_products_over_one_range() -> None:
    one, other = (product(k, 1, n.term, h(k.term)) for h in (f, g))
    both = product(k, 1, n.term, f(k.term) * g(k.term))
    assert joined(one, other).conclusion == equal(one * other, both)
    squares = product(k, 1, n.term, f(k.term) ** 2)
    assert squared(one).conclusion == equal(one**2, squares)
    with pytest.raises(Refused):
        joined(one, product(k, 2, n.term, g(k.term)))


def test_equations() -> None:
    given = assume(equal(x, y))
    told = changed(x + x * y, given)
    assert told.conclusion == equal(x + x * y, y + y * y)
    assert told.hypotheses == given.hypotheses
    assert then(reflexive(x), given).conclusion == equal(x, y)
    whole = total(k, 1, n.term, f(k.term))
    found = inside(whole, lambda j: assume(equal(f(j), g(j))))
    assert found.conclusion == equal(whole, total(k, 1, n.term, g(k.term)))
    assert each(k, 1, n.term, equal(f(k.term), g(k.term))) in found.hypotheses


def test_factors_that_are_not_zero() -> None:
    goal = different(x**3 * y - x * y**3, 0)
    found = nonzero(goal, *KNOWN, different(x, y))
    assert found.conclusion == goal
    for wrong in (x**2 - 2 * x * y + x, x - x, x**2 - 4):
        with pytest.raises(Refused):
            nonzero(different(wrong, 0), *KNOWN, different(x, y))


def test_small_ranges() -> None:
    told = written_out(reflexive(total(k, 1, 3, f(k.term)) + product(k, 1, 0, f(k.term))))
    assert told.conclusion.args[1] == f(1) + f(2) + f(3) + number(1)
    assert reduced(choose(equal(k.term, k.term), x, y)).conclusion.args[1] == x
    two = choose(equal(variable("m").term * 0 + 2, 1), x, y)
    assert reduced(two).conclusion.args[1] == y
    with pytest.raises(Refused):
        reduced(choose(equal(k.term, 1), x, y))


def test_spectra() -> None:
    square = matrix_sort(variable("d").term)
    q, m = (variable(name, square).term for name in "QM")
    given = assume(equal(transpose(q) * q, identity(variable("d").term)))
    told = conjugate_power(given, m, n.term)
    assert told.conclusion == equal(conjugate(q, m) ** n.term, conjugate(q, m**n.term))
    assert geometric(x, y, n.term).conclusion.args[1] == x**n.term - y**n.term
    whole = total(k, 1, n.term, f(k.term) * m)
    assert pulled_out(whole).conclusion == equal(whole, total(k, 1, n.term, f(k.term)) * m)


def test_limits_by_form() -> None:
    e = variable("e", REAL)

    def limit(function: Term) -> Term:
        found = tends(function, e)
        assert found.conclusion == limit_at_zero(e, function, found.conclusion.args[0])
        return found.conclusion.args[0]

    assert limit(x * e.term + y) == x * 0 + y
    assert limit((e.term + 1) ** 2) == (number(0) + 1) ** 2
    assert positive(number(0) + x) in tends((e.term + x) ** (1 / x), e).hypotheses
    with pytest.raises(Refused):
        tends(Symbol("h", REAL, (REAL,))(e.term), e)
