"""What is concluded is brought into the words of a sentence; what says otherwise is refused."""

from __future__ import annotations

import pytest

from dlnproof.definitions.hypotheses import POSITIVE, WIDTH
from dlnproof.definitions.letters import d, i, sigma
from dlnproof.kernel.logic import assume
from dlnproof.kernel.terms import (
    REAL,
    Term,
    at_most,
    derivative,
    diagonal,
    equal,
    less,
    limit_at_zero,
    number,
    positive,
    power,
    product,
    total,
    trace,
    transpose,
    unit,
    variable,
)
from dlnproof.kernel.theorem import Refused
from dlnproof.tactics.finish import finish

e, a, x = (variable(name, REAL) for name in "eax")
N = variable("N").term
E = e.term


def test_exponents_in_a_limit_are_brought_into_another_form() -> None:
    known = assume(limit_at_zero(e, a.term / power(E, 2 / number(N) - 1), x.term))
    goal = limit_at_zero(e, a.term / power(E, (2 - number(N)) / N), x.term)
    found = finish(known, goal, [*known.hypotheses, at_most(1, N)])
    assert found.conclusion == goal
    assert found.hypotheses == {*known.hypotheses, at_most(1, N)}


def test_another_exponent_or_limit_is_refused() -> None:
    known = assume(limit_at_zero(e, a.term / power(E, 2 / number(N) - 1), x.term))
    for exponent in ((1 - number(N)) / N, (number(N) - 2) / N):
        with pytest.raises(Refused):
            finish(known, limit_at_zero(e, a.term / power(E, exponent), x.term), [at_most(1, N)])
    with pytest.raises(Refused):
        finish(known, limit_at_zero(e, a.term / power(E, (2 - number(N)) / N), a.term), [])
    with pytest.raises(Refused):
        finish(known, positive(x.term), [])


S = sigma(i.term)
ALWAYS = (at_most(1, N), *WIDTH)


def quotient(exponent: Term) -> list[Term]:
    """Sentences with a number for each index, in scopes, in a matrix, in a value."""
    value = exponent * number(N)
    matrix = diagonal(i, d, value)
    return [
        at_most(a.term, total(i, 1, d, value)),
        less(x.term, product(i, 1, d, value) + a.term),
        equal(trace(transpose(matrix) * unit(d, 1, 1)), x.term),
        equal(transpose(matrix), unit(d, 1, 1)),
        derivative(e, E**2, x.term, total(i, 1, d, value)),
    ]


@pytest.mark.parametrize("kind", range(5))
def test_parts_in_scopes_and_in_matrices_are_brought_into_another_form(kind: int) -> None:
    known = assume(quotient(S ** (2 / N) / S)[kind])
    goal = quotient(S ** (2 / N - 1))[kind]
    given = [*known.hypotheses, *POSITIVE, *ALWAYS]
    found = finish(known, goal, given)
    assert found.conclusion == goal
    assert found.hypotheses <= set(given)
    unsigned = finish(known, goal, [*known.hypotheses, *ALWAYS])
    assert unsigned.hypotheses - {*known.hypotheses, *ALWAYS}  # a power of what is below zero
    with pytest.raises(Refused):
        finish(known, quotient(S ** (2 / N - 2))[kind], given)
