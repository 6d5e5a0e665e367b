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
    flat,
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
@wrong("sum-normalisation", square=lambda N: N)
@wrong("undivided", rate=lambda p, k: p.s[k] / p.t[k])
@wrong("logarithms", rate=lambda p, k: p.N * p.s[k])
def polar_action(
    p,
    by=lambda p, i, l: 1 / (p.t2[i] * p.t2[l]),
    rate=lambda p, k: p.N * p.s[k] / p.t[k],
    square=lambda N: N**2,
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
    dot = lambda A, B: sum(x * y for x, y in both(A, B))
    X, turn = [dphi(p.factors, along(k)) for k in d], generic(p.d) - generic(p.d).T
    for k in d:
        yield inner(p, X[k])[k][k], rate(p, k)
        G = F(1, p.t[k] ** (N - 1)) * (p.U @ unit(p.d, k, k) @ p.V.T)
        yield from zip(flat(along(k)), flat(adjoint(p.factors, G)))  # so A(G) = X_k / N
        yield from ((N * dot(G, X[m]), square(N) * (k == m)) for m in d)
        yield from ((dot(G, Y), 0) for Y in (turn @ p.W, p.W @ turn))
