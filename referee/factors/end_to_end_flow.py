"""The flow of W: U^T (dW/dt) V along gradient flow, and P_j P_j^T = (W W^T)^((N-j)/N)."""

from dlnproof.referee.geometry import both, diag, flow, generic, inner, sides, states, wrong


@states("end-to-end-flow", said="a5d147442524b50145f2e48a89841315")
@wrong("mean-normalisation", speed=lambda p, i, l: p.mu(i, l) / p.N)
@wrong("unsquared", speed=lambda p, i, l: p.mu(i, l, 1))
@wrong(
    "coincident-exponent",
    speed=lambda p, i, l: p.mu(i, l) if p.t[i] - p.t[l] else p.N * p.s2[i] / p.t[i],
)
@wrong("inverse", speed=lambda p, i, l: 1 / p.mu(i, l))
def end_to_end_flow(p, speed=lambda p, i, l: p.mu(i, l)):
    """With the gradient G of |W - B|^2 / 2."""
    G = p.W - generic(p.d)
    moved, along = (p.U.T @ flow(p, G) @ p.V).T.entries, inner(p, G)
    yield from zip(moved, (-speed(p, i, l) * along[i][l] for i, l in p.columns))
    for j, (P, _) in enumerate(sides(p.factors), 1):
        yield from both(P @ P.T, p.U @ diag([x ** (p.N - j) for x in p.t2]) @ p.U.T)
