"""The path to a truncated decomposition, a third of the way; the metric on the diagonal."""

from fractions import Fraction as F

from dlnproof.referee.geometry import (
    adjoint,
    both,
    diag,
    dphi,
    factors,
    inner,
    states,
    wrong,
)


@states("eckart-young", said="5909f95892148baa1729945186d889f1")
@wrong("undivided", rate=lambda p, k: p.s[k])
@wrong("root", rate=lambda p, k: p.N * p.t[k])
@wrong("unscaled", scale=lambda N: 1)
@wrong("squared-depth", scale=lambda N: N**2)
@wrong("frobenius", value=lambda p, k: p.s2[k])
@wrong("unsquared", value=lambda p, k: p.t[k])
@wrong("without-power", weight=lambda p, k: 1)
@wrong("reciprocal", weight=lambda p, k: p.s2[k] / p.t2[k])
def eckart_young(
    p,
    rate=lambda p, k: p.N * p.s[k],
    scale=lambda N: N,
    value=lambda p, k: p.t2[k],
    weight=lambda p, k: p.t2[k] / p.s2[k],
):
    """Of factors that shrink and their lift G, N A(G) = X: the speed is Tr(G^T X)."""
    d, N, left = range(p.d), p.N, F(2, 3)
    for r in d:
        there = [t if k < r else left * t for k, t in enumerate(p.t)]
        moves = [0 if k < r else -t for k, t in enumerate(p.t)]
        W, H = factors(there, p.Q), factors(moves, p.Q)
        X = dphi(W, H)
        stated = diag([0 if k < r else -rate(p, k) * left ** (N - 1) for k in d])
        yield from zip((x for row in inner(p, X) for x in row), stated.entries)
        G = p.U @ diag([x / t ** (N - 1) for x, t in zip(moves, there)]) @ p.V.T
        for M, lifted in zip(H, adjoint(W, G)):
            yield from both(M, lifted)
        square = sum(x * y for x, y in both(G, X))
        yield square, scale(N) * sum(value(p, k) for k in range(r, p.d))
    for k in d:  # A(X) = u_k v_k^T, so g is Tr(X^T u_k v_k^T)
        one = p.U @ diag([int(k == m) for m in d]) @ p.V.T
        X = F(weight(p, k)) * one
        yield from both(N * one, dphi(p.factors, adjoint(p.factors, X)))
