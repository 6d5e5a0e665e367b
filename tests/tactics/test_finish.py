"""What is concluded is brought into the words of a sentence; what says otherwise is refused."""

from __future__ import annotations

import pytest

from dlnproof.kernel.logic import assume
from dlnproof.kernel.terms import REAL, at_most, limit_at_zero, number, positive, power, variable
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
