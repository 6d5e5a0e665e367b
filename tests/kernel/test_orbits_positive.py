"""The volume of the orthogonal group wants a positive length, also where there is no direction."""

import pytest

from dlnproof.kernel.indices import indices
from dlnproof.kernel.logic import contradiction, generalise, negation, weaken
from dlnproof.kernel.orbits import skew, volume_of_group
from dlnproof.kernel.terms import FALSE, at_most, equal, inner, integer, number, variable
from dlnproof.kernel.theorem import Refused, Theorem

I = variable("i")


def _length(value: int) -> Theorem:
    """Return Tr(a^T a) = value for each 1 <= i <= 0: there is no such i."""
    a = skew(integer(1), integer(1), I.term)
    sentence = equal(inner(a, a), number(value))
    nothing = indices(FALSE, at_most(1, I.term), at_most(I.term, 0))
    vacuous = contradiction(weaken(nothing, negation(sentence)), sentence)
    return generalise(vacuous, I, at_most(1, I.term), at_most(I.term, 0))


def test_a_length_that_is_not_positive_is_refused() -> None:
    assert volume_of_group(1, _length(2)).hypotheses == frozenset()
    with pytest.raises(Refused, match="not positive"):
        volume_of_group(1, _length(-5))
