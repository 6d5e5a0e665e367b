"""Directions of the frames of balanced factors, one entry at a time, and lifts: inner products."""

from fractions import Fraction as F

from dlnproof.referee.geometry import Matrix, adjoint, flat, states, unit


@states("jacobi-basis")
def jacobi_basis(p):
    """Of y_k C_k W_k - y_{k-1} W_k C_{k-1} with C_k = R_k E_il R_k^T, and the same with z."""
    d, N, K = p.d, p.N, range(1, p.N + 1)
    y, z = ([F((-1) ** k * (k + 2), k + c) for k in range(N + 1)] for c in (1, 3))

    def rows(x):
        C = [[M @ unit(d, *e) @ M.T for M in p.Q] for e in p.columns]
        W = p.factors
        moves = ([x[k] * c[k] @ W[k - 1] - x[k - 1] * W[k - 1] @ c[k - 1] for k in K] for c in C)
        return Matrix(map(flat, moves))

    lifts = Matrix(flat(adjoint(p.factors, p.U @ unit(d, *e) @ p.V.T)) for e in p.columns)
    for n, ((i, l), row) in enumerate(zip(p.columns, (rows(y) @ rows(z).T).rows)):
        a, b, c = p.t2[l], p.t2[i], p.t[i] * p.t[l]
        stated = sum(a * y[k] * z[k] + b * y[k - 1] * z[k - 1] for k in K)
        stated -= c * sum(y[k] * z[k - 1] + y[k - 1] * z[k] for k in K)
        yield from ((x, stated if m == n else 0) for m, x in enumerate(row))
        for m, x in enumerate((lifts @ lifts.T).rows[n]):
            yield x, p.mu(i, l) if m == n else 0
