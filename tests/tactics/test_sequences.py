"""Powers of numbers below 1 tend to 0; of others nothing is said."""

from __future__ import annotations

import pytest

from dlnproof.kernel.logic import assume
from dlnproof.kernel.terms import (
    REAL,
    at_most,
    equal,
    every,
    less,
    limit_at_infinity,
    number,
    power,
    variable,
)
from dlnproof.kernel.theorem import Refused
from dlnproof.tactics.absolute import absolute
from dlnproof.tactics.sequences import absolute_of_power, bernoulli, next_power, powers_vanish

x, n = variable("x", REAL).term, variable("n")
SMALL = less(absolute(x), number(1))


def test_powers_of_what_is_below_one_vanish() -> None:
    found = powers_vanish(x, n, assume(SMALL))
    assert found.conclusion == limit_at_infinity(n, power(x, n.term), number(0))
    assert found.hypotheses == {SMALL}


def test_of_what_is_not_below_one_nothing_is_said() -> None:
    for wrong in (
        at_most(absolute(x), number(1)),
        less(x, number(1)),
        less(absolute(x), number(2)),
    ):
        with pytest.raises(Refused):
            powers_vanish(x, n, assume(wrong))


def test_the_steps() -> None:
    assert next_power(x, n.term).hypotheses == {at_most(0, n.term)}
    sizes = absolute_of_power(x, n)
    equation = equal(absolute(power(x, n.term)), power(absolute(x), n.term))
    assert sizes.conclusion == every(n, (at_most(0, n.term),), equation)
    assert not sizes.hypotheses
    assert bernoulli(x, n, assume(at_most(0, x))).hypotheses == {at_most(0, x)}
    with pytest.raises(Refused):
        bernoulli(x, n, assume(at_most(-1, x)))
