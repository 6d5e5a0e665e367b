"""The flow of W: U^T (dW/dt) V along gradient flow, and P_j P_j^T = (W W^T)^((N-j)/N)."""

from dlnproof.referee.geometry import both, diag, flow, generic, inner, sides, states


@states("end-to-end-flow")
def end_to_end_flow(p):
    """With the gradient G of |W - B|^2 / 2."""
    G = p.W - generic(p.d)
    moved, along = (p.U.T @ flow(p, G) @ p.V).T.entries, inner(p, G)
    yield from zip(moved, (-p.mu(i, l) * along[i][l] for i, l in p.columns))
    for j, (P, _) in enumerate(sides(p.factors), 1):
        yield from both(P @ P.T, p.U @ diag([x ** (p.N - j) for x in p.t2]) @ p.U.T)
