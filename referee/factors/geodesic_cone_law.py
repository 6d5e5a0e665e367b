"""Geodesics of balanced factors: their radius, and what they conserve."""

from fractions import Fraction as F

from dlnproof.referee.geometry import adjoint, both, flat, generic, norm2, states, wrong


@states("geodesic-cone-law", said="2b4a717531b1b48a0a5ae40a32d3f6bc")
@wrong("one-sided", rate=1)
@wrong("once", growth=1)
@wrong("by-depth", leading=lambda p, s: p.N * s**2)
@wrong("frobenius", value=lambda p, i: p.N * p.s2[i])
@wrong("half-square", leading=lambda p, s: s**2 / 2)
@wrong("linear", leading=lambda p, s: s)
def geodesic_cone_law(
    p, rate=2, growth=2, leading=lambda p, s: s**2, value=lambda p, i: p.N * p.t2[i]
):
    """Derivatives at a moment, with tangent velocities X and any normal acceleration Y."""
    W, G, dot = p.factors, generic(p.d), lambda A, B: sum(x * y for x, y in zip(flat(A), flat(B)))
    between = lambda c: [0 * G, *(F(1, j) * c for j in range(1, p.N)), 0 * G]
    turned = lambda c: [b @ M - M @ a for M, a, b in zip(W, c, c[1:])]
    X = [A + B for A, B in zip(adjoint(W, G), turned(between(G - G.T)))]
    Y = turned(between(G + G.T))
    second = 2 * (norm2(*X) + dot(W, Y))
    yield dot(W, X) + dot(X, W), rate * dot(W, X)
    yield second, growth * norm2(*X)
    for s in (F(1, 3), F(2)):
        yield s**2 * second / 2, leading(p, s) * norm2(*X)
    yield norm2(*W), sum(value(p, i) for i in range(p.d))
    yield dot(X, Y), 0
    left, right = ([A - A.T for A in M] for M in zip(*((B @ A.T, A.T @ B) for A, B in zip(W, Y))))
    for M in (right[0], left[-1], *(A - B for A, B in zip(left, right[1:]))):
        yield from both(M, 0 * p.U)
