"""The metric along singular values and singular vectors."""

from fractions import Fraction as F

from dlnproof.referee.geometry import Matrix, adjoint, both, diag, dphi, generic, inner, states


@states("metric-svd-frame")
def metric_svd_frame(p):
    """|X|^2 where W moves by X: the inner product with Z, for which N A(Z) = N X."""
    S, B, d = diag(p.s), generic(p.d), range(p.d)
    D, a, b = [1 + F(k, 2) for k in d], B - B.T, B @ B - (B @ B).T
    X = p.U @ (a @ S + diag(D) - S @ b) @ p.V.T
    H = inner(p, X)
    Z = p.U @ Matrix([p.N / p.mu(i, l) * H[i][l] for l in d] for i in d) @ p.V.T
    yield from both(dphi(p.factors, adjoint(p.factors, Z)), p.N * X)
    stated = sum(p.t2[i] / p.s2[i] * D[i] ** 2 for i in d)
    for i, l in p.less:
        less, more = ((M.rows[i][l]) ** 2 for M in (a - b, a + b))
        q, x = (p.s[i] - p.s[l]) / (p.s[i] + p.s[l]), F(p.N, 2) * (p.t2[i] - p.t2[l])
        stated += x * (q * more + less / q) if q else 2 * p.t2[i] * less
    yield sum(x * y for x, y in both(X, Z)), stated
