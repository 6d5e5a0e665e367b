"""The mean curvature of the orbit along lifts: second derivatives, by the inverse Gram matrix."""

from fractions import Fraction as F
from operator import mul

from dlnproof.referee.geometry import (
    Matrix,
    adds,
    adjoint,
    by_value,
    flat,
    norm2,
    states,
    unit,
    wrong,
)

pair = lambda p, i, l, f=adds: f(p, i, l) if p.t[i] != p.t[l] else F(p.N - 1, 2 * p.N) / p.s[i]


@states("mean-curvature-orbits", said="41fe8322c46e3c3f04562845a9cb8be4")
@wrong("other-sign", added=lambda *x: -pair(*x))
@wrong("halved", added=lambda *x: pair(*x) / 2)
@wrong("of-the-square", added=lambda *x: 2 * pair(*x))
@wrong("mean-normalisation", added=lambda *x: pair(*x) / x[0].N)
@wrong("values-alone", added=lambda *x: pair(*x, by_value if x[1] < x[2] else adds))
def mean_curvature_orbits(p, added=pair):
    """Where R_k turns by b R_k, W_k moves by b W_k, and W_{k+1} by -W_{k+1} b; and so once more."""
    skew = [unit(p.d, i, l) - unit(p.d, l, i) for i, l in p.less]
    turns = [(k, p.Q[k] @ S @ p.Q[k].T) for k in range(1, p.N) for S in skew]
    moved = lambda k, b, Y: [
        b @ M if j == k - 1 else -1 * M @ b if j == k else 0 * M for j, M in enumerate(Y)
    ]
    once = [moved(*c, p.factors) for c in turns]
    T, twice = Matrix(map(flat, once)), [[flat(moved(*c, Y)) for c in turns] for Y in once]
    G = T @ T.T
    for i, l in p.columns:
        lift = adjoint(p.factors, p.U @ unit(p.d, i, l) @ p.V.T)
        bent = [[sum(map(mul, x, flat(lift))) for x in row] for row in twice]
        ways = (Matrix([*G.rows[:k], x, *G.rows[k + 1 :]]) for k, x in enumerate(bent))  # Cramer
        found = sum(way.det() for way in ways) / G.det() / norm2(*lift)
        yield found, -sum(added(p, i, k) for k in range(p.d) if k != i) if i == l else 0
