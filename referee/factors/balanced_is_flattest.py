"""The sharpness of the loss at balanced factors, and at others of the same product."""

from dlnproof.referee.geometry import F, adjoint, both, dphi, end, norm2, one, states, unit, wrong


@states("balanced-is-flattest", said="e783a89c829d4edbeeca7197aef7f232")
@wrong("exponent", sharp=lambda p, i: p.N * p.s2[i] / p.t[i])
@wrong("mean", sharp=lambda p, i: p.s2[i] / p.t2[i])
@wrong("squared", sharp=lambda p, i: p.N * p.s2[i])
@wrong("half-step", longest=lambda p: p.t2[0] / (p.N * p.s2[0]))
@wrong("mean-step", longest=lambda p: 2 * p.t2[0] / p.s2[0])
@wrong("depth-free-step", longest=lambda p: 2 / (p.N * p.s2[0]))
def balanced_is_flattest(
    p,
    sharp=lambda p, i: p.N * p.s2[i] / p.t2[i],
    longest=lambda p: 2 * p.t2[0] / (p.N * p.s2[0]),
):
    """|dphi^*(u_i v_i^T)|^2, least at balanced factors; and what steps leave of residuals."""
    W, E = p.factors, unit(p.d, 0, 1)
    G, H = F(3, 2) * (one(E) + E), F(2, 3) * (one(E) - E)  # inverse to each other
    other = (G @ W[0], W[1] @ H, *W[2:]) if p.N > 1 else W
    yield from both(end(other, p.Q[0]), p.W)
    vectors = [p.U @ unit(p.d, i, i) @ p.V.T for i in range(p.d)]
    for i, Z in enumerate(vectors):
        yield norm2(*adjoint(W, Z)), sharp(p, i)
        size = norm2(*adjoint(other, Z))
        yield size, max(size, norm2(*adjoint(W, Z)))
    step = 2 / norm2(*adjoint(W, vectors[0]))
    yield step, longest(p)
    left = lambda W, Z, by: norm2(Z - by * step * dphi(W, adjoint(W, Z)))
    for Z in (*vectors, p.W @ E - p.U):
        yield left(W, Z, F(9, 10)), min(left(W, Z, F(9, 10)), norm2(Z))
    size = left(other, vectors[0], F(11, 10))
    yield size, max(size, F(101, 100))
