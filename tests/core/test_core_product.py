"""Products over i and over pairs i < l: equal for every d, factor by factor."""

from collections.abc import Callable
from fractions import Fraction
from itertools import combinations
from math import prod

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dlnproof.core import product
from dlnproof.core.expression import Expression, Letter, Number
from dlnproof.core.form import Factors, Over, PerIndex, PerPair, Raised, Root, Times, Van
from dlnproof.core.identity import Decision
from dlnproof.core.product import (
    PairProduct,
    decide_product,
    determinant,
    over_all_pairs,
    per_index,
    per_pair,
    van,
)
from dlnproof.core.spectrum import WIDTH, I, L, N
from dlnproof.core.verdict import Verdict
from dlnproof.language.refute import examined

X = Letter("X", "X")
QUOTIENT = (I.sigma**2 - L.sigma**2) / (I.sigma - L.sigma)
levels = st.lists(st.fractions(Fraction(1, 5), 5, max_denominator=5), min_size=1, max_size=4)
untimed = settings(deadline=None)
"""The first example pays for imports, and an identity of functions that fails fails at most."""


def at(product: PairProduct, roots: list[Fraction], depth: int) -> Fraction:
    spectrum = [(t**depth, t, Fraction(0)) for t in sorted(roots, reverse=True)]
    common = {N: Fraction(depth), WIDTH: Fraction(len(roots))}
    value: Fraction = product.at(common, spectrum, Fraction)
    return value


@pytest.mark.parametrize(
    ("left", "right", "verdict", "where"),
    [
        (
            PairProduct(),
            PairProduct(form=PerPair(Number(1))),
            Verdict.PROVED,
            "equal factor by factor",
        ),
        (PairProduct(index=I.sigma), PairProduct(index=I.root), Verdict.REFUTED, "index factor"),
        (PairProduct(pair=I.sigma), PairProduct(pair=L.sigma), Verdict.REFUTED, "pair factor"),
        (PairProduct(pair=I.log), PairProduct(pair=I.log + 1), Verdict.REFUTED, "pair factor"),
        # equal where sigma_i > sigma_l, and not at a coincidence: 0/0, or another value
        (
            PairProduct(pair=QUOTIENT),
            PairProduct(pair=I.sigma + L.sigma),
            "undecided",
            "coincident",
        ),
        (
            PairProduct(pair=QUOTIENT, coincident=2 * I.sigma),
            PairProduct(pair=I.sigma + L.sigma),
            Verdict.PROVED,
            "equal factor by factor",
        ),
        (
            PairProduct(pair=QUOTIENT, coincident=I.sigma),
            PairProduct(pair=I.sigma + L.sigma),
            Verdict.REFUTED,
            "coincident pair factor",
        ),
        (PairProduct(index=1 / I.log), PairProduct(index=1 / I.log), "undecided", "index factor"),
        # both products may be zero: a pair factor alone refutes nothing
        (
            PairProduct(index=I.sigma - I.sigma, pair=I.sigma),
            PairProduct(index=I.sigma - I.sigma, pair=L.sigma),
            Verdict.UNDECIDED,
            "pair factor",
        ),
        (
            PairProduct(index=0 - I.sigma, pair=I.sigma),
            PairProduct(index=0 - I.sigma, pair=L.sigma),
            Verdict.REFUTED,
            "pair factor",
        ),
    ],
)
def test_equality(left: PairProduct, right: PairProduct, verdict: Verdict, where: str) -> None:
    decision = examined(decide_product(left, right))
    assert decision.verdict == verdict
    assert decision.why.startswith(where)


def test_an_error_is_not_softened(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter([Verdict.PROVED, Verdict.ERROR, Verdict.PROVED])
    monkeypatch.setattr(product, "decide_identity", lambda a, b, c: Decision(next(answers), ""))
    zero = PairProduct(index=I.sigma - I.sigma)
    assert decide_product(zero, zero).verdict is Verdict.ERROR


def test_a_coincident_factor_is_read_in_the_letters_of_i() -> None:
    assert PairProduct(pair=I.sigma * L.root).at_coincidence() == I.sigma * I.root
    assert PairProduct(coincident=L.sigma).at_coincidence() == I.sigma


def test_divisors_of_every_factor_are_reported() -> None:
    some = PairProduct(index=1 / I.sigma, pair=1 / L.root, coincident=1 / I.root)
    assert set(decide_product(some, some).divisors) == {I.sigma, L.root, I.root}


def test_letters_are_those_of_every_factor() -> None:
    some = PairProduct(index=WIDTH, pair=N * L.sigma, coincident=X)
    assert some.letters() == {WIDTH, N, L.sigma, X}


@untimed
@given(levels, st.integers(1, 3))
def test_products_and_powers_act_on_values(roots: list[Fraction], depth: int) -> None:
    p = PairProduct(index=I.sigma + N, pair=QUOTIENT, coincident=2 * I.sigma)
    q = PairProduct(index=WIDTH / I.root, pair=I.root + L.root)
    assert at(p * q, roots, depth) == at(p, roots, depth) * at(q, roots, depth)
    assert at(p**3, roots, depth) == at(p, roots, depth) ** 3


@untimed
@given(levels, st.integers(1, 3))
def test_over_all_pairs_is_the_product_over_the_square(roots: list[Fraction], depth: int) -> None:
    some = over_all_pairs(X, I.sigma + L.sigma**3, I.sigma**2)
    entries = Fraction(1)
    for i, s in enumerate(t**depth for t in sorted(roots, reverse=True)):
        for l, u in enumerate(t**depth for t in sorted(roots, reverse=True)):
            entries *= s**2 if i == l or s == u else s + u**3
    assert at(some, roots, depth) == entries


EQUAL = (
    PairProduct(pair=QUOTIENT, coincident=2 * I.sigma),
    PairProduct(pair=I.sigma + L.sigma, index=Number(1)),
)


def test_equal_products_are_proved() -> None:
    assert decide_product(*EQUAL).verdict is Verdict.PROVED


@untimed
@given(levels, st.integers(1, 3))
def test_proved_products_have_equal_values(roots: list[Fraction], depth: int) -> None:
    left, right = EQUAL
    assert at(left, roots, depth) == at(right, roots, depth)


def test_another_print_is_the_same_product() -> None:
    some = PairProduct(index=I.sigma)
    root = some.root_of(per_index(I.sigma**2))
    assert root.form == Root(Factors(I.sigma**2, Number(1)))
    assert decide_product(some, root).verdict is Verdict.PROVED
    assert (some * root).form == Times(Factors(I.sigma, Number(1)), root.form)
    assert (root**2).form == Raised(root.form, 2)
    assert ((some * some).form, (some**2).form) == (None, None)


MADE = [
    (van(I.root**2), lambda t, n, d: prod(x**2 - y**2 for x, y in combinations(t, 2))),
    (
        determinant(root=2, sigma=-3),
        lambda t, n, d: prod(x**2 / x ** (3 * n) for x in t),
    ),
    (determinant(root=-1, sigma=1), lambda t, n, d: prod(x**n / x for x in t)),
    (determinant(sigma=-1), lambda t, n, d: prod(1 / x**n for x in t)),
    (determinant(root=2), lambda t, n, d: prod(x**2 for x in t)),
    (per_pair(N + 1), lambda t, n, d: (n + 1) ** (d * (d - 1) // 2)),
    (per_index(I.sigma + N), lambda t, n, d: prod(x**n + n for x in t)),
]


@pytest.mark.parametrize(("product", "value"), MADE)
@untimed
@given(roots=levels, depth=st.integers(1, 3))
def test_products_have_the_factors_that_they_are_written_with(
    product: PairProduct,
    value: Callable[[list[Fraction], int, int], Fraction],
    roots: list[Fraction],
    depth: int,
) -> None:
    t = sorted(roots, reverse=True)
    assert at(product, roots, depth) == value(t, depth, len(t))


def test_products_are_written_without_powers_of_one() -> None:
    assert determinant(root=1).index == I.root
    assert determinant(root=2, sigma=-1).index == I.root**2 / I.sigma
    assert determinant(root=-2).index == 1 / I.root**2
    assert determinant().index == Number(1)
    assert per_pair(N + 1).pair == N + 1
    assert over_all_pairs(X, N + 1, X).pair == (N + 1) ** 2
    assert over_all_pairs(X, I.sigma, X).pair == I.sigma * L.sigma


def test_a_quotient_has_a_limit_of_its_own() -> None:
    quotient = van(I.sigma**2).over(van(I.sigma), 2 * I.sigma)
    assert at(quotient, [Fraction(3), Fraction(1)], 1) == 4
    assert at(quotient, [Fraction(3), Fraction(3)], 1) == 6
    assert quotient.form == Over(Van(I.sigma**2), Van(I.sigma))


@pytest.mark.parametrize(
    ("product", "needed"),
    [
        (van(I.sigma**2).over(van(I.sigma), 2 * I.sigma), True),
        (van(I.sigma**2) * van(I.sigma).over(van(I.root), N * I.sigma / I.root), True),
        (PairProduct(pair=QUOTIENT, coincident=2 * I.sigma), True),
        (PairProduct(pair=QUOTIENT * (I.sigma - L.sigma)), True),  # as written
        (van(I.sigma), False),
        (PairProduct(pair=I.sigma + L.sigma), False),
        (PairProduct(pair=1 / (I.sigma + L.sigma), coincident=1 / (2 * I.sigma)), False),
        (PairProduct(), False),
        # written by its entry, which is defined at equal values too
        (over_all_pairs(X, QUOTIENT, 2 * I.sigma), False),
    ],
)
def test_a_limit_is_needed_where_the_pair_is_written_as_zero_over_zero(
    product: PairProduct, needed: bool
) -> None:
    assert product.needs_limit is needed


def test_a_number_for_each_index_is_written_as_a_power() -> None:
    assert per_index(N + 1).written == PerIndex(N + 1)
    for factor in (Number(1), I.sigma, N * L.root):
        assert per_index(factor).written == Factors(factor, Number(1))


@pytest.mark.parametrize("factor", [I.sigma + 1, N * L.root, I.log])
def test_a_power_for_each_pair_is_of_a_number(factor: Expression) -> None:
    with pytest.raises(ValueError, match="a number that depends on no index"):
        per_pair(factor)
