"""Formulas of the core as terms have the same values, and parts stand where they are put."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from flint import fmpq

from dlnproof import formulas as f
from dlnproof.core.expression import Expression, Letter, Number
from dlnproof.core.inequality import Inequality
from dlnproof.core.product import PairProduct, per_index
from dlnproof.core.spectrum import (
    COSINE,
    DOUBLED,
    FIRST_ROWS,
    LAST_ROWS,
    NEXT,
    NEXT_T,
    RANK,
    ROWS,
    THIS,
    THIS_T,
    WIDTH,
    I,
    L,
    pair_values,
)
from dlnproof.core.spectrum import N as DEPTH
from dlnproof.definitions.formulas import (
    LETTERS,
    is_part,
    part,
    parts_of,
    sentence_part,
    term_of,
    with_formulas,
)
from dlnproof.definitions.letters import SQUARE, N, d, factor_at, i, j, l, s, sigma, t
from dlnproof.kernel.terms import (
    REAL,
    SortError,
    at_most,
    each,
    equal,
    number,
    power,
    transpose,
    variable,
)
from dlnproof.numeric.interpretation import Point
from dlnproof.numeric.sentences import value

ROOTS = (fmpq(7, 2), fmpq(2), fmpq(2), fmpq(3, 4))
RATIONAL = {
    name: side
    for name, side in vars(f).items()
    if isinstance(side, Expression | PairProduct)
    and not {I.log, L.log, COSINE, f.LAMBDA, RANK, ROWS, FIRST_ROWS, LAST_ROWS} & side.letters()
}


@pytest.mark.parametrize("name", RATIONAL)
def test_a_formula_has_the_value_of_its_term(name: str) -> None:
    side = RATIONAL[name]
    for depth in (1, 2, 3):
        levels = [(root**depth, root, None) for root in ROOTS]
        common: Mapping[Letter, fmpq] = {
            DEPTH: fmpq(depth),
            WIDTH: fmpq(len(ROOTS)),
            DOUBLED: fmpq(2) ** (depth - 1),
        }
        values = {"N": depth, "d": len(ROOTS), "i": 1, "l": 2}
        point = Point({**values, "sigma": lambda k, n=depth: ROOTS[k - 1] ** n})
        if isinstance(side, PairProduct):
            expected = side.at(common, levels)
        else:
            expected = side.at({**common, **pair_values({}, *levels[:2])})
        assert value(term_of(side), point) == expected


def test_roots_of_singular_values_have_one_exponent() -> None:
    assert term_of(I.root) == power(sigma(i.term), 1 / N)
    assert term_of(I.root**2) == power(sigma(i.term), number(2) / N)


def test_factors_of_one_are_no_factors() -> None:
    assert term_of(1 * I.sigma * 1) == sigma(i.term)
    assert term_of(0 - I.sigma) == -sigma(i.term)
    assert term_of(per_index(Number(1))) == number(1)


def test_a_pair_factor_has_its_value_at_coincidences() -> None:
    assert "if" in {x.op for x in term_of(f.ORBIT_SQUARED).parts()}
    assert "if" not in {x.op for x in term_of(f.VOLUME_FORM).parts()}  # it has that value itself


def test_matrices_and_inequalities_are_terms_too() -> None:
    upper, lower = factor_at(j.term + 1, t.term), factor_at(j.term, t.term)
    invariant = transpose(upper) * upper - lower * transpose(lower)
    assert term_of(NEXT_T * NEXT - THIS * THIS_T) == invariant
    assert term_of(Inequality(I.sigma, L.sigma)) == at_most(sigma(l.term), sigma(i.term))


def test_a_letter_that_stands_for_nothing_is_refused() -> None:
    x = Letter("x", "x")
    with pytest.raises(KeyError):
        term_of(x + 1)
    assert term_of(x + 1, {**LETTERS, x: variable("x", REAL).term}) == variable("x", REAL).term + 1


# --- parts ----------------------------------------------------------------------------------------


def test_parts_stand_at_letters_of_their_names_or_at_others() -> None:
    assert part("density", i, l) == part("density", i=i.term, l=l.term)
    assert part("density", i, l) != part("density", i=l.term, l=i.term)
    [symbol] = parts_of(part("density", i=1, l=2)).values()
    assert is_part(symbol)
    assert symbol.name == "<density>"
    assert not is_part(sigma)


def test_formulas_are_put_where_their_parts_stand() -> None:
    sides = {"density": I.sigma - L.sigma}
    assert with_formulas(part("density", i=1, l=2), sides) == sigma(1) - sigma(2)
    bound = each(i, 1, d, each(l, 1, d, equal(part("density", i, l), number(0))))
    apart = equal(sigma(i.term) - sigma(l.term), number(0))
    assert with_formulas(bound, sides) == each(i, 1, d, each(l, 1, d, apart))
    ordered = with_formulas(sentence_part("order"), {"order": Inequality(I.sigma, Number(1))})
    assert ordered == at_most(number(1), sigma(i.term))


def test_a_part_at_two_times_has_each_of_them() -> None:
    moving = part("invariant", j=j.term, t=s.term, sort=SQUARE)
    found = with_formulas(moving, {"invariant": THIS})
    assert found == factor_at(j.term, s.term)


def test_a_part_of_another_sort_is_refused() -> None:
    with pytest.raises(SortError, match="the part invariant is a "):
        with_formulas(part("invariant", i), {"invariant": THIS})
