"""What gradient flow misses of a step of gradient descent, and the squared gradients."""

from dlnproof.referee.geometry import (
    F,
    adjoint,
    both,
    dphi,
    end,
    generic,
    inner,
    moving,
    norm2,
    states,
    wrong,
)


def bent(W, X, M):
    """Return the derivatives of the gradients where the factors W move by X; M is W - B."""
    parts = moving(W, X)
    return [dP.T @ M @ R.T + P.T @ (dphi(W, X) @ R.T + M @ dR.T) for P, dP, R, dR in parts]


@states("gd-backward-error", said="9729b95741f5c7301c52af83d4601f78")
@wrong("half", correction=lambda: F(1, 2))
@wrong("opposite", correction=lambda: F(-1, 4))
@wrong("none", correction=lambda: F(0))
@wrong("euclidean", length=lambda p, i, l: 1)
@wrong("mean", length=lambda p, i, l: p.mu(i, l) / p.N)
@wrong(
    "coincident-exponent",
    length=lambda p, i, l: p.mu(i, l) if p.t[i] - p.t[l] else p.N * p.s2[i] / p.t[i],
)
def gd_backward_error(p, correction=lambda: F(1, 4), length=lambda p, i, l: p.mu(i, l)):
    """Of factors that are not balanced, where one of them moves alone; and of balanced ones."""
    B = generic(p.d)
    W = tuple(1 / p.t[0] * M + F(1, 2 + j) * B for j, M in enumerate(p.factors))
    M, dot = end(W, B) - B, lambda *X: sum(x * y for x, y in both(*X))
    g = adjoint(W, M)
    for k, along in enumerate(bent(W, g, M)):
        way = [int(j == k) * B for j in range(p.N)]
        yield dot(along, B) / 2, correction() * 2 * sum(map(dot, g, bent(W, way, M)))
    G = inner(p, p.W - B)
    squares = sum(length(p, i, l) * G[i][l] ** 2 for i, l in p.columns)
    yield norm2(*adjoint(p.factors, p.W - B)), squares
