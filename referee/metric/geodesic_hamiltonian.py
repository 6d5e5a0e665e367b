"""The geodesic flow by momenta: half the squared length of the lift of P, and its derivatives."""

from fractions import Fraction as F

from dlnproof.referee.geometry import (
    Matrix,
    adjoint,
    along,
    both,
    diag,
    dphi,
    generic,
    inner,
    norm2,
    states,
    wrong,
)

# of turns against each other's sense and with it: (s_i + s_l) / (4 (t_i^2 - t_l^2) (s_i - s_l)),
# and the same with the inverse quotient
against = lambda p, i, l: p.mu(i, l) / (4 * (p.s[i] - p.s[l]) ** 2)
within = lambda p, i, l: p.mu(i, l) / (4 * (p.s[i] + p.s[l]) ** 2)


@states("geodesic-hamiltonian", said="84616e89e691f3beff66aa86f83ccbb2")
@wrong("mean", speed=lambda N: 1)
@wrong("half", speed=lambda N: F(N, 2))
@wrong("general-linear", left=lambda W, P: P @ W.T, right=lambda W, P: W.T @ P)
@wrong(
    "symmetric",
    left=lambda W, P: P @ W.T + W @ P.T,
    right=lambda W, P: W.T @ P + P.T @ W,
)
@wrong("other-side", left=lambda W, P: P.T @ W - W @ P.T, right=lambda W, P: W @ P.T - P.T @ W)
@wrong("undivided", radial=lambda N: F(1, 2))
@wrong("values", root=lambda p, i: 1)
@wrong("exchanged", together=within, apart=against)
@wrong("doubled", together=lambda *x: 4 * against(*x), apart=lambda *x: 4 * within(*x))
def geodesic_hamiltonian(
    p,
    speed=lambda N: N,
    left=lambda W, P: P @ W.T - W @ P.T,
    right=lambda W, P: W.T @ P - P.T @ W,
    radial=lambda N: F(1, 2 * N),
    root=lambda p, i: p.N * p.s[i] / p.t[i],
    together=against,
    apart=within,
):
    """W moves by the image of the lift of P, and P by minus the gradient of that half in W."""
    d, P, S, slopes = range(p.d), generic(p.d), diag(p.s), along(p)
    lift, H = adjoint(p.factors, P), inner(p, P)
    z, V = [H[i][l] for i, l in p.columns], dphi(p.factors, lift)
    bent = {
        e: sum(x * y * r for x, row in zip(z, dA) for y, r in zip(z, row))
        for e, dA in slopes.items()
    }
    force = F(-p.N, 2) * (p.U @ Matrix([bent[i, l] for l in d] for i in d) @ p.V.T)
    for i, l in p.columns:
        yield inner(p, V)[i][l], F(speed(p.N), p.N) * p.mu(i, l) * H[i][l]
    for kept in (left, right):
        yield from both(0 * P, kept(V, P) + kept(p.W, force))
    if len(set(p.t)) == p.d:
        M, found = Matrix(H), sum(radial(p.N) * (root(p, i) * H[i][i]) ** 2 for i in d)
        rows, columns = (M @ S - S @ M.T).rows, (S @ M - M.T @ S).rows
        for i, l in p.less:
            found += together(p, i, l) * (rows[i][l] - columns[i][l]) ** 2
            found += apart(p, i, l) * (rows[i][l] + columns[i][l]) ** 2
        yield norm2(*lift) / 2, found
