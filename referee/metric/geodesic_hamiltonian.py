"""The geodesic flow by momenta: half the squared length of the lift of P, and its derivatives."""

from fractions import Fraction as F

from dlnproof.referee.geometry import (
    Matrix,
    adjoint,
    along,
    both,
    dphi,
    generic,
    inner,
    norm2,
    states,
    wrong,
)

# of turns against each other's sense, and with it: N / (8 F) with the F of metric-svd-frame
against = lambda p, i, l: p.mu(i, l) / (4 * (p.s[i] - p.s[l]) ** 2)
within = lambda p, i, l: p.mu(i, l) / (4 * (p.s[i] + p.s[l]) ** 2)
turning = lambda W, P: (P @ W.T - W @ P.T, W.T @ P - P.T @ W)
rooted = lambda p, i: p.N * p.s[i] / p.t[i]


@states("geodesic-hamiltonian", said="1ab76b5016095327192238c717c4a377")
@wrong("mean", speed=lambda N: 1)
@wrong("half", speed=lambda N: F(N, 2))
@wrong("general-linear", kept=lambda W, P: (P @ W.T, W.T @ P))
@wrong("symmetric", kept=lambda W, P: (P @ W.T + W @ P.T, W.T @ P + P.T @ W))
@wrong("other-side", kept=lambda W, P: (P.T @ W - W @ P.T, W @ P.T - P.T @ W))
@wrong("undivided", half=lambda N: F(1, 2))
@wrong("values", root=lambda p, i: 1)
@wrong("exchanged", less=within, more=against)
@wrong("doubled", less=lambda *x: 4 * against(*x), more=lambda *x: 4 * within(*x))
def geodesic_hamiltonian(
    p, speed=int, kept=turning, half=lambda N: F(1, 2 * N), root=rooted, less=against, more=within
):
    """W moves by the image of the lift of P, and P by minus the gradient of H in W."""
    d, P, lift = range(p.d), generic(p.d), adjoint(p.factors, generic(p.d))
    H, V = inner(p, P), dphi(p.factors, lift)
    z, at = [H[i][l] for i, l in p.columns], along(p)
    slope = lambda dA: sum(x * y * r for x, row in zip(z, dA) for y, r in zip(z, row))
    G = F(p.N, 2) * (p.U @ Matrix([slope(at[i, l]) for l in d] for i in d) @ p.V.T)
    for i, l in p.columns:
        yield p.N * inner(p, V)[i][l], speed(p.N) * p.mu(i, l) * H[i][l]
    for one, other in zip(kept(V, P), kept(p.W, G)):
        yield from both(0 * P, one - other)
    found = sum(half(p.N) * (root(p, i) * H[i][i]) ** 2 for i in d)
    if len(set(p.t)) == p.d:
        A, B = (Q.T @ M @ Q for Q, M in zip((p.U, p.V), turning(p.W, P)))
        for i, l in p.less:
            a, b = A.rows[i][l], B.rows[i][l]
            found += less(p, i, l) * (a - b) ** 2 + more(p, i, l) * (a + b) ** 2
        yield norm2(*lift) / 2, found
