"""The gradient of log vol(O_W), where the singular values differ: its derivative by each."""

from fractions import Fraction as F

from dlnproof.referee.geometry import Matrix, Point, states


def tangents(p, t):
    """Return the tangents of the orbit at the frames of a point, which are linear in t."""
    return Point(p.N, t, p.Q).moves(range(1, p.N))


@states("entropy-gradient")
def entropy_gradient(p):
    """What sigma_i adds with each other value; the Gram matrix is changed row by row."""
    fibred = p.N > 1 and p.d > 1  # else the orbit is points
    T = tangents(p, p.t) if fibred else None
    G = T @ T.T if fibred else None
    for i in range(p.d if len(set(p.t)) == p.d else 0):
        measured = total = F(0)
        if fibred:
            alone = tangents(p, [t if k == i else F(0) for k, t in enumerate(p.t)])
            change = (alone @ T.T).rows  # half of G'
            ways = (Matrix([*G.rows[:k], change[k], *G.rows[k + 1 :]]) for k in range(len(change)))
            measured = sum(way.det() for way in ways) / G.det() / (p.N * p.s[i])
        for l in set(range(p.d)) - {i}:
            total += p.s[i] / (p.s2[i] - p.s2[l])
            total -= F(1, p.N) * p.t2[i] / p.s[i] / (p.t2[i] - p.t2[l])
        yield measured, total
