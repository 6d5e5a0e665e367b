"""The geodesic flow by momenta: the Hamiltonian, its equations, and what turns of W conserve."""

from typing import Final

from dlnproof.definitions.geometry import OPERATOR
from dlnproof.definitions.hypotheses import DURING
from dlnproof.definitions.letters import SQUARE, N, X, end_at, s, t
from dlnproof.kernel.terms import REAL, Symbol, Term, derivative, every, gradient, inner, transpose

momentum_at: Final = Symbol("P(t)", SQUARE, (REAL,), r"\Pi({0})")
force_at: Final = Symbol("P'(t)", SQUARE, (REAL,), r"\dot\Pi({0})")
"""The momentum along a path, and its derivative."""


def hamiltonian(at: Term, momentum: Term) -> Term:
    """Return Tr(P^T N A_{N,W}(P)) / 2: half the squared speed, in the metric g^N / N."""
    return (N / 2) * inner(momentum, OPERATOR(N, at, momentum))


def on_the_left(at: Term, momentum: Term) -> Term:
    """Return P W^T - W P^T: the momentum of turns of the rows."""
    return momentum * transpose(at) - at * transpose(momentum)


def on_the_right(at: Term, momentum: Term) -> Term:
    """Return W^T P - P^T W: that of turns of the columns."""
    return transpose(at) * momentum - transpose(momentum) * at


_T: Final = t.term
_HERE: Final = end_at(_T), momentum_at(_T)
HAMILTON: Final = (
    every(t, DURING, derivative(s, end_at(s.term), _T, N * OPERATOR(N, *_HERE))),
    every(t, DURING, derivative(s, momentum_at(s.term), _T, force_at(_T))),
    every(t, DURING, gradient(X, hamiltonian(X.term, _HERE[1]), _HERE[0], -force_at(_T))),
)
"""Hamilton's equations: W' = N A(P), and P' is minus the gradient of the Hamiltonian in W."""
