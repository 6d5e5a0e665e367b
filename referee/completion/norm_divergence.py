"""Gradient flow and the norms: d/dt log |det W|, and |w11| >= (1 - rho)^2 / rho."""

from fractions import Fraction as F
from itertools import product

from dlnproof.referee.geometry import Matrix, flow, generic, inner, states, wrong


@states("norm-divergence", said="4ef87ef3be596614aceb7385df378b38")
@wrong("squared-rate", speed=lambda p, i: p.s2[i] / p.t2[i])
@wrong("rootless-rate", speed=lambda p, i: p.s[i])
@wrong("grown-entry", least=lambda r: (1 + r) ** 2 / r)
@wrong("squared-entry", least=lambda r: (1 - r) ** 2 / r**2)
def norm_divergence(p, speed=lambda p, i: p.s[i] / p.t2[i], least=lambda r: (1 - r) ** 2 / r):
    """The rate is in time over N; w12 - 1, w21 - 1, w22 over rho are a unit vector."""
    G, U, V = p.W - generic(p.d), p.U.entries, p.V.entries
    dW, along = flow(p, G), inner(p, G)
    M = [Matrix([*p.W.rows[:k], dW.rows[k], *p.W.rows[k + 1 :]]).det() for k in range(p.d)]
    rate = -sum(speed(p, i) * along[i][i] for i in range(p.d))
    yield sum(M) / p.W.det() / p.N, rate
    ways = [(0, 0, 1)]
    if p.d == 2:
        ways.append((U[0], U[2] * V[0], U[2] * V[2]))
    for r, x, (u, v, w) in product((F(1, 2), F(1, 10), F(1, 200)), (F(1, 1000), 1, 99), ways):
        w11 = abs(((1 + r * u) * (1 + r * v) + x) / (r * w))  # det W = x > 0
        yield w11, max(w11, least(r))


def rates(p):
    """Return how fast |w11| and the nuclear norm grow: w12 = w21 = 1, w22 = 0 observed."""
    (a, b), (c, e) = p.W.rows
    dW = flow(p, F(1, p.N) * Matrix([[0, b - 1], [c - 1, e]]))
    return dW.entries[0] * (-1) ** (a < 0), sum((p.U.T @ dW @ p.V).entries[::3])


@states("norm-divergence: entry-grows")
def entry_grows(p):
    """As if |w11| never fell, from det W > 0."""
    if p.N > 1 and p.W.det() > 0:
        entry, _ = rates(p)
        yield entry, max(entry, 0)


@states("norm-divergence: norms-grow")
def norms_grow(p):
    """As if the nuclear norm grew whenever |w11| does."""
    if p.N > 1 and p.W.det() > 0:
        entry, nuclear = rates(p)
        yield from [(nuclear, max(nuclear, 0))] * (entry > 0)
