"""The speed of roots of singular values, beside that of W in the metric of the submersion."""

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


@states("distance-lower-bound", said="0c9af45b57d8df7868adec0f304f5177")
@wrong("unscaled", scale=lambda N: 1)
@wrong("squared-depth", scale=lambda N: N**2)
@wrong("squares", rate=lambda p, i: 2 * p.t2[i] / (p.N * p.s[i]))
@wrong("values", rate=lambda p, i: 1)
@wrong("undivided", rate=lambda p, i: p.t[i] / p.s[i])
def distance_lower_bound(p, rate=lambda p, i: p.t[i] / (p.N * p.s[i]), scale=lambda N: N):
    """Where sigma_i moves by D_i, with turns of the frames and without: Z has N A(Z) = X."""
    d, D = range(p.d), [1 + F(k, 2) for k in range(p.d)]
    speeds = [F(D[i]) / (p.N * p.t[i] ** (p.N - 1)) for i in d]
    yield from ((speeds[i], rate(p, i) * D[i]) for i in d)
    B, S, found = generic(p.d), diag(p.s), []
    for turn in (0 * B, B - B.T):
        X = p.U @ (turn @ S + diag(D) + S @ turn) @ p.V.T
        H = inner(p, X)
        Z = p.U @ Matrix([H[i][l] / p.mu(i, l) for l in d] for i in d) @ p.V.T
        yield from both(dphi(p.factors, adjoint(p.factors, Z)), X)
        found.append(sum(x * y for x, y in both(X, Z)))
    yield found[0], scale(p.N) * sum((rate(p, i) * D[i]) ** 2 for i in d)
    yield found[1], max(found)
