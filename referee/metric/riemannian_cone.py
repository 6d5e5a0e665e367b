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


@states("riemannian-cone", said="4cafa841e528c0d4aa2e169dafce9f42")
@wrong("half-weight", weight=lambda N: 1)
@wrong("of-the-operator", weight=lambda N: 2 * N - 2)
@wrong("euclidean", weight=lambda N: 2 * N)
@wrong("frobenius", radius=lambda p: p.N * sum(p.s2))
@wrong("unsquared", radius=lambda p: p.N * sum(p.t))
@wrong("one-factor", radius=lambda p: sum(p.t2))
@wrong("half-field", field=lambda N: N)
@wrong("without-depth", field=lambda N: 2)
@wrong("half-growth", growth=lambda N: 2)
@wrong("of-multiples", growth=lambda N: F(2, N))
@wrong("unit", length=1)
def riemannian_cone(
    p,
    weight=lambda N: 2,
    radius=lambda p: p.N * sum(p.t2),
    field=lambda N: 2 * N,
    length=4,
    growth=lambda N: 4,
):
    """A of c W, c the N-th power of r; and G with A(G) = W: g(W, X) is Tr(G^T X)."""
    r, N, W = F(3, 2), p.N, p.factors
    yield from both(A(Point(N, [r * t for t in p.t], p.Q)), r ** (2 * N - weight(N)) * A(p))
    G = p.U @ diag([t2 / s for t2, s in zip(p.t2, p.s)]) @ p.V.T
    yield from both(dphi(W, adjoint(W, G)), N * p.W)
    yield norm2(*W), radius(p)
    for M, lifted in zip(W, adjoint(W, F(field(N), N) * G)):
        yield from both(2 * M, lifted)
    square = sum(x * y for x, y in both(p.W, G))
    yield 4 * N * square, length * norm2(*W)
    # where W moves by 2 N W, and what g is of with it, A d(g) A is 4 N A - dA
    yield from both(4 * N * A(p) - moved(p, [2 * M for M in W]), growth(N) * A(p))
