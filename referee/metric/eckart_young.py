"""The path to a truncated decomposition, a third of the way."""

from fractions import Fraction as F

from dlnproof.referee.geometry import (
    adjoint,
    both,
    diag,
    dphi,
    factors,
    flat,
    states,
    wrong,
)


@states("eckart-young", said="5909f95892148baa1729945186d889f1")
@wrong("undivided", rate=lambda p, k: p.s[k])
@wrong("unscaled", scale=lambda N: 1)
@wrong("squared-depth", scale=lambda N: N**2)
@wrong("frobenius", value=lambda p, k: p.s2[k])
@wrong("unsquared", value=lambda p, k: p.t[k])
def eckart_young(p, rate=lambda p, k: p.N * p.s[k], scale=lambda N: N, value=lambda p, k: p.t2[k]):
    """Of factors that shrink and their lift G, N A(G) = X: the speed is Tr(G^T X)."""
    d, N, left = range(p.d), p.N, F(2, 3)
    for r in d:
        there, moves = zip(*((t, F(0)) if k < r else (left * t, -t) for k, t in enumerate(p.t)))
        W, H = factors(there, p.Q), factors(moves, p.Q)
        stated = diag([0 if k < r else -rate(p, k) * left ** (N - 1) for k in d])
        yield from both(p.U.T @ dphi(W, H) @ p.V, stated)
        G = p.U @ diag([x / t ** (N - 1) for x, t in zip(moves, there)]) @ p.V.T
        yield from zip(flat(H), flat(adjoint(W, G)))
        square = sum(x * y for x, y in both(G, dphi(W, H)))
        yield square, scale(N) * sum(value(p, k) for k in d[r:])
