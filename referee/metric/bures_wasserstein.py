"""Two factors at positive definite matrices."""

from fractions import Fraction as F
from functools import reduce
from operator import add, matmul

from dlnproof.referee.geometry import (
    A,
    Matrix,
    Point,
    both,
    diag,
    generic,
    kron,
    one,
    states,
    wrong,
)


@states("bures-wasserstein", said="420575e069490acdf4292850c2077ff2")
@wrong("without-depth", share=lambda N: 1)
@wrong("undivided", half=1)
@wrong("bures", weight=1)
@wrong("mean-normalisation", weight=4)
@wrong("once", cross=F(1, 2))
def bures_wasserstein(p, share=lambda N: F(1, N), half=F(1, 2), weight=2, cross=1):
    """At W = V Sigma V^T, with its root R. Where A(2 X) = Z, g(Z, Y) is 2 Tr(X^T Y)."""
    p = Point(p.N, p.t, [*p.Q[:-1], p.V])
    W, R, B, I, N, s = p.W, p.V @ diag(p.t) @ p.V.T, generic(p.d), one(p.W), p.N, F(1, 3)
    power = lambda n: reduce(matmul, [R] * n, I)
    terms = (kron(power(2 * j), power(2 * (N - 1 - j))) for j in range(N))
    yield from both(A(p), share(N) * reduce(add, terms))
    K = B + B.T
    end, straight = I + K, I + s * K
    path = (1 - s) ** 2 * W + s**2 * (end @ W @ end) + cross * s * (1 - s) * (W @ end + end @ W)
    yield from both(straight @ W @ straight, path)
    if N == 2:
        yield from both(A(p), half * (kron(I, W) + kron(W, I)))
        column = lambda X: [[x] for row in X.T.rows for x in row]
        Z = W @ K + K @ W
        yield from zip((A(p) @ Matrix(column(2 * K))).rows, column(Z))
        yield sum(x * y for x, y in both(Z, K)), weight * sum(x * y for x, y in both(K, W @ K))
