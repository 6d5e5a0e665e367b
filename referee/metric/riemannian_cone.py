"""The metric as a cone: at a multiple of W; and the sum of |W_j|^2 with its gradient."""

from fractions import Fraction as F

from dlnproof.referee.geometry import (
    A,
    Point,
    adjoint,
    both,
    diag,
    dphi,
    moved,
    norm2,
    states,
    wrong,
)


@states("riemannian-cone", said="1771adb3410f649b4035e003d6b4ccfb")
@wrong("half-weight", by=lambda N: 1)
@wrong("of-the-operator", by=lambda N: 2 * N - 2)
@wrong("euclidean", by=lambda N: 2 * N)
@wrong("frobenius", size=lambda p: p.N * sum(p.s2))
@wrong("unsquared", size=lambda p: p.N * sum(p.t))
@wrong("one-factor", size=lambda p: sum(p.t2))
@wrong("half-field", way=lambda N: N)
@wrong("without-depth", way=lambda N: 2)
@wrong("half-growth", up=lambda N: 2)
@wrong("of-multiples", up=lambda N: F(2, N))
@wrong("unit", long=1)
def riemannian_cone(
    p, by=lambda N: 2, size=lambda p: p.N * sum(p.t2), way=lambda N: 2 * N, long=4, up=lambda N: 4
):
    """A of c W, c the N-th power of r; and G with A(G) = W: g(W, X) is Tr(G^T X)."""
    r, N, W = F(3, 2), p.N, p.factors
    yield from both(A(Point(N, [r * t for t in p.t], p.Q)), r ** (2 * N - by(N)) * A(p))
    G = p.U @ diag([t2 / s for t2, s in zip(p.t2, p.s)]) @ p.V.T
    yield from both(dphi(W, adjoint(W, G)), N * p.W)
    yield norm2(*W), size(p)
    for M, lifted in zip(W, adjoint(W, F(way(N), N) * G)):
        yield from both(2 * M, lifted)
    square = sum(x * y for x, y in both(p.W, G))
    yield 4 * N * square, long * norm2(*W)
    # along 2 N W factors move by 2 W_j; where what g is of grows with W, A dg A is 4 N A - dA
    yield from both(4 * N * A(p) - moved(p, [2 * M for M in W]), up(N) * A(p))
