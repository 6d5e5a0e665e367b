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
    wrong,
)


@states("riemannian-submersion", said="91ee73b3209ec05ea9c2679737795da2")
@wrong("mean-normalisation", norm=lambda p, i, l: p.N / p.mu(i, l))
@wrong("inverted", norm=lambda p, i, l: p.mu(i, l))
@wrong("edge-as-limit", norm=lambda p, i, l: 1 / p.mu(i, l) / (1 if p.t[i] and p.t[l] else p.N))
@wrong("unsquared", norm=lambda p, i, l: 1 / p.mu(i, l, 1))
def riemannian_submersion(p, norm=lambda p, i, l: 1 / p.mu(i, l)):
    """Pair the lifts X / |X|^2, and their inner products with those of g^N / N downstairs."""
    W, lifts = p.factors, []
    tangent = [(i, l) for i, l in p.columns if p.t[min(i, l)] > 0]  # t_l may be 0
    for Z in (p.U @ unit(p.d, i, l) @ p.V.T for i, l in tangent):
        X = adjoint(W, Z)
        yield from (*both(dphi(W, X), norm2(*X) * Z), *kept(W, X))
        lifts.append((1 / norm2(*X) * Matrix([flat(X)])).entries)
    norms = [norm(p, i, l) for i, l in tangent]
    yield from both(Matrix(lifts) @ Matrix(lifts).T, diag(norms))


@states("riemannian-submersion: theorem-13")
def theorem_13(p):
    """Downstairs g^N."""
    return riemannian_submersion(p, lambda p, i, l: p.N / p.mu(i, l))
