"""The gradient of log sqrt(det g^N), where the singular values differ: its derivative by each."""

from fractions import Fraction as F

from dlnproof.referee.geometry import A, Matrix, factors, moved, states


def slope(p, i):
    """Return the derivative of log det A by sigma_i: the columns are changed one by one."""
    X = factors([t if k == i else 0 for k, t in enumerate(p.t)], p.Q)
    old, new = A(p).T.rows, moved(p, X).T.rows
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
