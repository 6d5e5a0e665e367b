"""Formulas in one free index: their terms add up to the value at each index, or there are none."""

from __future__ import annotations

import pytest
from flint import fmpq

from dlnproof.core.expression import Expression
from dlnproof.core.spectrum import N, pair_values
from dlnproof.language.exponents import NotReducibleError
from dlnproof.language.radical import Radical, rational
from dlnproof.language.reading import read
from dlnproof.language.renaming import renamed
from dlnproof.language.slopes import Sloped, sloped
from dlnproof.language.value import Allowance, value_at

DEPTH, ROOTS = 2, (fmpq(5, 2), fmpq(2), fmpq(1, 3))
LEVELS = [(t**DEPTH, t, fmpq(0)) for t in ROOTS]

FORMULAS = [
    "3/sigma[i]",
    "sigma[i] + d",
    "d*sigma[i]^(1/N)",
    "(d-1)/N - tr(Sigma)/sigma[i]",
    "sum(l!=i, sigma[i]/(sigma[i]-sigma[l]))",
    "sum(i!=l, 1/(sigma[i]^2-sigma[l]^2))/sigma[i]",
    "sum(l>i, sigma[l]) - 2*sum(l<i, sigma[i]*sigma[l])",
    "sum(l>=i, sigma[l]) + sum(l<=i, sigma[l]^2/sigma[i])",
    "sum(l, sigma[i]*sigma[l])",
    "sum(l, i+1, d, 1/sigma[l]) - sum(l, 1, i-1, sigma[l])",
    "sum(l, i, d, 1/sigma[l]) - sum(l, 1, i, sigma[l])",
    "sum(j, 1, N, sum(l!=i, sigma[i]^(2*j/N)*sigma[l]))",
    r"\sum_{l=1,\ l\ne i}^d \frac{\sigma_l}{\sigma_i}",
    r"\sum_{\substack{l=1\\ i\ne l}}^d \sigma_l",
    "-(sigma[i]*sum(l!=i, 1/sigma[l]))*(1+sigma[i])",
]


def at(found: Sloped, i: int) -> fmpq:
    def value(term: Expression, *levels: tuple[fmpq, fmpq, fmpq]) -> fmpq:
        found: fmpq = term.at(pair_values({N: fmpq(DEPTH)}, *levels))
        return found

    total = value(found.own, LEVELS[i])
    total += sum((value(found.before, LEVELS[i], other) for other in LEVELS[i + 1 :]), fmpq(0))
    return total + sum((value(found.after, other, LEVELS[i]) for other in LEVELS[:i]), fmpq(0))


@pytest.mark.parametrize("text", FORMULAS)
@pytest.mark.parametrize("index", [1, 2, 3])
def test_the_terms_add_up_to_the_value(text: str, index: int) -> None:
    tree, sigma = read(text), tuple(level[0] for level in LEVELS)
    value = value_at(tree, DEPTH, sigma, {"i": index}, Allowance(10**5))
    assert isinstance(value, Radical)
    assert at(sloped(tree), index - 1) == value.as_rational()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("sum(l!=i, sigma[l])*sum(l!=i, sigma[l])", "over three indices"),
        ("sum(j<k, sigma[j]*sigma[k])", "over three indices"),
        ("sum(l!=i, sum(k!=i, sigma[k]*sigma[l]))", "over three indices"),
        ("sum(l, 2, d, sigma[l])", "not a product of factors|one index or a pair|range other"),
        ("1/sum(l!=i, sigma[l])", "not a product of factors"),
    ],
)
def test_what_is_no_such_sum(text: str, why: str) -> None:
    with pytest.raises(NotReducibleError, match=why):
        sloped(read(text))


def test_the_index_that_is_held_has_its_new_name_in_sums_too() -> None:
    tree = read("sigma[k] + sum(l!=k, sigma[k]*sigma[l])")
    assert renamed(tree, {"k": "i"}) == read("sigma[i] + sum(l!=i, sigma[i]*sigma[l])")
    turned = renamed(read("sum(i!=k, sigma[i]/sigma[k])"), {"k": "i"})
    sigma = tuple(level[0] for level in LEVELS)
    found = value_at(turned, DEPTH, sigma, {"i": 2}, Allowance(10**4))
    assert isinstance(found, Radical)
    assert found.rational == rational((sigma[0] + sigma[2]) / sigma[1]).rational
