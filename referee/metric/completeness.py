"""The path on which the last value is lost, a third of the way."""

from fractions import Fraction as F

from dlnproof.referee.geometry import adjoint, both, dphi, end, factors, states, unit, wrong


@states("completeness", said="a47c5d8e642f70aeddc692c78ecd7b1f")
@wrong("undivided", rate=lambda p: p.s[-1])
@wrong("unscaled", scale=lambda N: 1)
@wrong("squared-depth", scale=lambda N: N**2)
@wrong("twice-the-exponent", value=lambda p: p.t2[-1] ** 2)
@wrong("unsquared", value=lambda p: p.t[-1])
@wrong("of-the-logarithm", rate=lambda p: p.N * p.t[-1], value=lambda p: 1)
def completeness(p, rate=lambda p: p.N * p.s[-1], scale=lambda N: N, value=lambda p: p.t2[-1]):
    """Of factors of which one root shrinks and their lift G, N A(G) = X; and the determinant."""
    left, still, t = F(2, 3), [F(0)] * (p.d - 1), p.t[-1]
    W, H = factors([*p.t[:-1], left * t], p.Q), factors([*still, -t], p.Q)
    X, E = dphi(W, H), p.U @ unit(p.d, p.d - 1, p.d - 1) @ p.V.T
    yield from both(X, -rate(p) * left ** (p.N - 1) * E)
    G = -t / (left * t) ** (p.N - 1) * E
    yield from both(dphi(W, adjoint(W, G)), X)
    yield sum(x * y for x, y in both(G, X)), scale(p.N) * value(p)
    yield (end(W, E)).det(), left**p.N * p.W.det()
