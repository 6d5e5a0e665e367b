"""The gradient of log sqrt(det g^N), where the singular values differ: its derivative by each."""

from fractions import Fraction as F
from functools import reduce
from operator import add

from dlnproof.referee.geometry import A, Matrix, end, factors, kron, sides, states


def moved(W, X):
    """Return how a product of factors moves with them."""
    M = W[0] if W else X[0]
    ways = (end(W[m + 1 :], M) @ X[m] @ end(W[:m], M) for m in range(len(W)))
    return reduce(add, ways, 0 * M)


def slope(p, i):
    """Return the derivative of log det A by sigma_i: the columns are changed one by one."""
    X, change = factors([t if k == i else 0 for k, t in enumerate(p.t)], p.Q), 0 * A(p)
    for j, (P, R) in enumerate(sides(p.factors)):
        dP, dR = (
            moved(p.factors[part], X[part]) if p.factors[part] else 0 * P
            for part in (slice(j + 1, None), slice(j))
        )
        both = (dR.T @ R + R.T @ dR, P @ P.T), (R.T @ R, dP @ P.T + P @ dP.T)
        change += F(1, p.N) * reduce(add, (kron(a, b) for a, b in both))
    old, new = A(p).T.rows, change.T.rows
    total = sum(Matrix([*old[:k], new[k], *old[k + 1 :]]).det() for k in range(len(old)))
    return total / A(p).det() / (p.N * p.s[i])


@states("volume-gradient")
def volume_gradient(p):
    """What sigma_i adds alone, and what it adds with each other value."""
    for i in range(p.d if len(set(p.t)) == p.d else 0):
        total = (F(1, p.N) - 1) / p.s[i]
        for l in set(range(p.d)) - {i}:
            total += F(2, p.N) * p.t2[i] / p.s[i] / (p.t2[i] - p.t2[l])
            total -= 2 * p.s[i] / (p.s2[i] - p.s2[l])
        yield -slope(p, i) / 2, total
