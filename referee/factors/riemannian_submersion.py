"""The submersion: the lifts of u_i v_l^T, at every rank, are horizontal and so long."""

from dlnproof.referee.geometry import (
    Matrix,
    adjoint,
    both,
    diag,
    dphi,
    flat,
    kept,
    norm2,
    states,
    unit,
)


def lifted(p, scale):
    """Pair the lifts X / |X|^2, and their inner products with those stated, times a scale."""
    W, lifts = p.factors, []
    tangent = [(i, l) for i, l in p.columns if p.t[min(i, l)] > 0]  # t_l may be 0
    for Z in (p.U @ unit(p.d, i, l) @ p.V.T for i, l in tangent):
        X = adjoint(W, Z)
        yield from (*both(dphi(W, X), norm2(*X) * Z), *kept(W, X))
        lifts.append((1 / norm2(*X) * Matrix([flat(X)])).entries)
    norms = [scale / p.mu(i, l) for i, l in tangent]
    yield from both(Matrix(lifts) @ Matrix(lifts).T, diag(norms))


@states("riemannian-submersion")
def riemannian_submersion(p):
    """Downstairs g^N / N."""
    return lifted(p, 1)


@states("riemannian-submersion: theorem-13")
def theorem_13(p):
    """Downstairs g^N."""
    return lifted(p, p.N)
