"""Directions of the frames of balanced factors, one entry at a time, and lifts: inner products."""

from fractions import Fraction as F

from dlnproof.referee.geometry import Matrix, adjoint, flat, states, unit, wrong

weighed = lambda p, i, l: (p.t2[l], p.t2[i], p.t[i] * p.t[l])


@states("jacobi-basis", said="34dd0e289ac0c18299a16f66ac775a01")
@wrong("exchanged", weights=lambda p, i, l: (p.t2[i], p.t2[l], p.t[i] * p.t[l]))
@wrong("one-neighbour", weights=lambda p, i, l: (p.t2[l], p.t2[i], p.t[i] * p.t[l] / 2))
@wrong("other-sign", weights=lambda p, i, l: (p.t2[l], p.t2[i], -p.t[i] * p.t[l]))
@wrong("mean-normalisation", length=lambda p, i, l: p.mu(i, l) / p.N)
def jacobi_basis(p, weights=weighed, length=lambda p, i, l: p.mu(i, l)):
    """Of y_k C_k W_k - y_{k-1} W_k C_{k-1} with C_k = R_k E_il R_k^T, and the same with z."""
    W, K, E = p.factors, range(1, p.N + 1), [unit(p.d, *e) for e in p.columns]
    y, z = ([F((-1) ** k * (k + 2), k + c) for k in range(p.N + 1)] for c in (1, 3))

    def rows(x):
        C = [[u * M @ e @ M.T for u, M in zip(x, p.Q)] for e in E]
        return Matrix(flat(c[k] @ W[k - 1] - W[k - 1] @ c[k - 1] for k in K) for c in C)

    lifts = Matrix(flat(adjoint(W, p.U @ e @ p.V.T)) for e in E)
    grams = zip(p.columns, (rows(y) @ rows(z).T).rows, (lifts @ lifts.T).rows)
    for n, ((i, l), turned, lifted) in enumerate(grams):
        a, b, c = weights(p, i, l)
        stated = sum(a * y[k] * z[k] + b * y[k - 1] * z[k - 1] for k in K)
        stated -= c * sum(y[k] * z[k - 1] + y[k - 1] * z[k] for k in K)
        yield from ((x, stated if m == n else 0) for m, x in enumerate(turned))
        yield from ((x, length(p, i, l) if m == n else 0) for m, x in enumerate(lifted))
