"""The gradient flow of one matrix in the metric: W' = -N A_{N,W}(G), whatever its factors are."""

from typing import Final

from dlnproof.definitions.geometry import OPERATOR
from dlnproof.definitions.hypotheses import DURING
from dlnproof.definitions.letters import N, Y, c, d, end_at, gradient_at, s, t, y
from dlnproof.definitions.sharpness import square
from dlnproof.kernel.terms import (
    Term,
    at_most,
    derivative,
    equal,
    every,
    identity,
    inner,
    number,
    positive,
    psd,
    root,
    transpose,
)

_T: Final = t.term


def end_velocity(time: Term) -> Term:
    """Return -N A_{N,W}(G), at a time."""
    return -(number(N) * OPERATOR(N, end_at(time), gradient_at(time)))


END_FLOW: Final = (every(t, DURING, derivative(s, end_at(s.term), _T, end_velocity(_T))),)


# --- towards one matrix ---------------------------------------------------------------------------

TARGET: Final = Y.term
"""The matrix that the flow is to find."""
TO_TARGET: Final = (every(t, DURING, equal(gradient_at(_T), end_at(_T) - TARGET)),)
"""G(t) = W(t) - Y: the gradient of |X - Y|^2 / 2 at W(t)."""


def misfit(matrix: Term) -> Term:
    """Return |M - Y|^2 / 2."""
    return (number(1) / 2) * square(matrix - TARGET)


def form(at: Term, direction: Term) -> Term:
    """Return N Tr(Z^T A_{N,W}(Z))."""
    return number(N) * inner(direction, OPERATOR(N, at, direction))


MARGIN: Final = (
    positive(c.term),
    psd(transpose(TARGET) * TARGET - y.term**2 * identity(d)),
    at_most(c.term + root(square(end_at(number(0)) - TARGET)), y.term),
)
"""No singular value of Y is less than y, and at time 0 the distance of W from Y is at most y - c,
with c > 0."""
