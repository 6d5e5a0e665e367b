"""The metric along singular values and singular vectors."""

from fractions import Fraction as F

from dlnproof.referee.geometry import (
    Matrix,
    adjoint,
    both,
    diag,
    dphi,
    generic,
    inner,
    states,
    wrong,
)

stretches = lambda p, i: p.t2[i] / p.s2[i]
# N (t_i^2 - t_l^2) (s_i - s_l) / (2 (s_i + s_l)), and the same with the inverse quotient, or limits
with_sum = lambda p, i, l: F(p.N, 2) * (p.s[i] - p.s[l]) ** 2 / p.mu(i, l)
with_difference = lambda p, i, l: F(p.N, 2) * (p.s[i] + p.s[l]) ** 2 / p.mu(i, l)


@states("metric-svd-frame", said="e087930b68dd7c317fd1fcee4dc5c80e")
@wrong("exchanged", together=with_difference, apart=with_sum)
@wrong("sum-normalisation", radial=lambda p, i: stretches(p, i) / p.N)
@wrong(
    "roots",
    together=lambda p, i, l: F(p.N, 2) * (p.t[i] - p.t[l]) ** 2,
    apart=lambda p, i, l: F(p.N, 2) * (p.t[i] + p.t[l]) ** 2,
)
@wrong("doubled", together=lambda *x: 2 * with_sum(*x), apart=lambda *x: 2 * with_difference(*x))
def metric_svd_frame(p, radial=stretches, together=with_sum, apart=with_difference):
    """|X|^2 where W moves by X: the inner product with Z, for which N A(Z) = N X."""
    S, B, d = diag(p.s), generic(p.d), range(p.d)
    D, a, b = [1 + F(k, 2) for k in d], B - B.T, B @ B - (B @ B).T
    X = p.U @ (a @ S + diag(D) - S @ b) @ p.V.T
    H = inner(p, X)
    Z = p.U @ Matrix([p.N / p.mu(i, l) * H[i][l] for l in d] for i in d) @ p.V.T
    yield from both(dphi(p.factors, adjoint(p.factors, Z)), p.N * X)
    stated = sum(radial(p, i) * D[i] ** 2 for i in d)
    for i, l in p.less:
        less, more = (M.rows[i][l] ** 2 for M in (a - b, a + b))
        stated += together(p, i, l) * more + apart(p, i, l) * less
    yield sum(x * y for x, y in both(X, Z)), stated
