"""Isometries: the operator at images of W; and the roots of singular values as coordinates."""

from fractions import Fraction as F

from dlnproof.referee.geometry import (
    A,
    Matrix,
    Point,
    adjoint,
    both,
    diag,
    dphi,
    framed,
    generic,
    inner,
    kron,
    states,
    unit,
    wrong,
)


@states("polar-action", said="f49f4c55aad8b33e26fdf297193adadf")
@wrong("isometry", by=lambda p, i, l: 1)
@wrong("other-way", by=lambda p, i, l: p.t2[i] * p.t2[l])
@wrong("unsquared", by=lambda p, i, l: 1 / (p.t[i] * p.t[l]))
@wrong("values", by=lambda p, i, l: 1 / (p.s2[i] * p.s2[l]))
@wrong("sum-normalisation", flat=lambda N: N)
@wrong("undivided", rate=lambda p, k: p.s[k] / p.t[k])
@wrong("logarithms", rate=lambda p, k: p.N * p.s[k])
def polar_action(
    p,
    by=lambda p, i, l: 1 / (p.t2[i] * p.t2[l]),
    rate=lambda p, k: p.N * p.s[k] / p.t[k],
    flat=lambda N: N**2,
):
    """A at an image is M A M^T, for the derivative M; and G with A(G) = X: g(X, Y) is Tr(G^T Y)."""
    d, N, Q = range(p.d), p.N, p.Q
    swap = Matrix([int((i, l) == pair) for pair in p.columns] for l, i in p.columns)
    for image, M in (([Q[-1] @ Q[0], *Q[1:-1], Q[0] @ Q[-1]], kron(Q[-1], Q[0])), (Q[::-1], swap)):
        yield from both(A(Point(N, p.t, image)), M @ A(p) @ M.T)
    E = p.V @ diag([1 / s for s in p.s]) @ p.U.T
    B, weights = kron(E.T @ p.V, E @ p.U), diag([1 / F(by(p, i, l)) for i, l in p.columns])
    yield from both(A(Point(N, [1 / t for t in p.t], Q[::-1])), B @ weights @ framed(p) @ B.T)
    along = lambda k: [after @ unit(p.d, k, k) @ before.T for before, after in zip(Q, Q[1:])]
    X = [dphi(p.factors, along(k)) for k in d]
    yield from ((inner(p, X[k])[k][k], rate(p, k)) for k in d)
    G = [p.U @ diag([int(k == m) / p.t[k] ** (N - 1) for m in d]) @ p.V.T for k in d]
    turn = generic(p.d) - generic(p.d).T
    for k in d:
        for M, lifted in zip(along(k), adjoint(p.factors, G[k])):
            yield from both(M, lifted)  # so A(G_k) = X_k / N
        for m in d:
            yield N * sum(x * y for x, y in both(G[k], X[m])), flat(N) * (k == m)
        yield from ((sum(x * y for x, y in both(G[k], Y)), 0) for Y in (turn @ p.W, p.W @ turn))
