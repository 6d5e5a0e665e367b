"""Formulas as sums over i and over pairs: the terms add up to the value, or there are none."""

from __future__ import annotations

import pytest
from flint import fmpq

from dlnproof.core.expression import Expression
from dlnproof.core.spectrum import N, pair_values
from dlnproof.language.exponents import NotReducibleError
from dlnproof.language.radical import Radical
from dlnproof.language.reading import read
from dlnproof.language.sums import Summed, summed
from dlnproof.language.value import Allowance, value_at

DEPTH, ROOTS = 2, (fmpq(5, 2), fmpq(2), fmpq(1, 3))
LEVELS = [(t**DEPTH, t, fmpq(0)) for t in ROOTS]

FORMULAS = [
    "tr(Sigma)",
    "7 - d",
    "d(d-1)/2",
    "d^2*N",
    "tr(Sigma)^2/N - tr(Sigma^2)",
    "(1+tr(Sigma))*(tr(Sigma^2)-d)",
    "(2*N+1)*tr(Sigma^(2/N))",
    "sum(i, sigma[i]*sum(l>i, sigma[l]^2))",
    "sum(i, sigma[i]^2*sum(l<i, 3*sigma[l]))",
    "sum(i, sum(l!=i, sigma[l]^2)/N)",
    "sum(i, sigma[i] - 2*sum(l, i+1, d, sigma[l]^(1/N)))",
    "sum(i, sigma[i]*tr(Sigma^2))",
    "sum(i<=l, (sigma[i]+sigma[l])^2)",
    "sum(i!=l, sigma[i]/sigma[l])",
    "sum(l<i, sigma[l]^2/sigma[i])",
    "sum(j, 1, N, tr(Sigma^(2(N-j)/N))*tr(Sigma^(2(j-1)/N)))",
    "sum(j, 0, N-1, 1) + sum(j, 1, N, tr(Sigma^(2*j/N)) - 1)",
    "-(tr(Sigma)-(sum(i, sigma[i]*sigma[i])))",
    "sum(i, 4)",
    "tr(2*Sigma - Sigma^2)",
]


def at(found: Summed) -> fmpq:
    def value(term: Expression, *levels: tuple[fmpq, fmpq, fmpq]) -> fmpq:
        found: fmpq = term.at(pair_values({N: fmpq(DEPTH)}, *(levels or LEVELS[:1])))
        return found

    total = value(found.constant)
    for k, level in enumerate(LEVELS):
        total += value(found.index, level)
        total += sum((value(found.pair, level, other) for other in LEVELS[k + 1 :]), fmpq(0))
    return total


@pytest.mark.parametrize("text", FORMULAS)
def test_the_terms_add_up_to_the_value(text: str) -> None:
    tree = read(text)
    sigma = tuple(level[0] for level in LEVELS)
    value = value_at(tree, DEPTH, sigma, {}, Allowance(10**5))
    assert isinstance(value, Radical)
    assert at(summed(tree)) == value.as_rational()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("tr(Sigma)^3", "over three indices"),
        ("tr(Sigma)*sum(i<l, sigma[i])", "over three indices"),
        ("sum(i, sum(l, sum(k, sigma[i]*sigma[k]*sigma[l])))", "one index or a pair"),
        ("1/tr(Sigma)", "not a product of factors"),
        ("sqrt(tr(Sigma^2))", "not a product of factors"),
        ("tr(Sigma)^N", "not a product of factors"),
        ("sum(i, 2, d, sigma[i])", "range other than 1..d"),
        ("sum(i, 1, d-1, sigma[i])", "range other than 1..d"),
        ("sigma[1]", "not a product of factors"),
        ("+".join(["tr(Sigma)^2"] * 90), "too many terms"),
    ],
)
def test_what_is_no_such_sum(text: str, why: str) -> None:
    with pytest.raises(NotReducibleError, match=why):
        summed(read(text))


def test_a_pair_without_a_value_at_a_coincidence_is_known() -> None:
    found = summed(read("sum(i<l, (sigma[i]^2-sigma[l]^2)/(sigma[i]-sigma[l]))"))
    assert found.coincident is None
