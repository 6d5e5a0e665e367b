"""The gradient flow of one matrix in the metric: W' = -N A_{N,W}(G), whatever its factors are."""

from typing import Final

from dlnproof.definitions.geometry import OPERATOR
from dlnproof.definitions.hypotheses import DURING
from dlnproof.definitions.letters import N, end_at, gradient_at, s, t
from dlnproof.kernel.terms import Term, derivative, every, number

_T: Final = t.term


def end_velocity(time: Term) -> Term:
    """Return -N A_{N,W}(G), at a time."""
    return -(number(N) * OPERATOR(N, end_at(time), gradient_at(time)))


END_FLOW: Final = (every(t, DURING, derivative(s, end_at(s.term), _T, end_velocity(_T))),)
