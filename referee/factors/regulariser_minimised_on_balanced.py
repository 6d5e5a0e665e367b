"""The sum of squared norms of balanced factors, and of others of the same product."""

from dlnproof.referee.geometry import F, both, end, norm2, one, states, unit, wrong


@states("regulariser-minimised-on-balanced", said="edf55ceebf071fa437c40df2cacb2e7d")
@wrong("nuclear", share=lambda p, i: p.N * p.s[i])
@wrong("root", share=lambda p, i: p.N * p.t[i])
@wrong("mean", share=lambda p, i: p.t2[i])
def regulariser_minimised_on_balanced(p, share=lambda p, i: p.N * p.t2[i]):
    """Of two factors or more the others have a larger sum."""
    W, E = p.factors, unit(p.d, 0, 1)
    G, H = F(3, 2) * (one(E) + E), F(2, 3) * (one(E) - E)  # inverse to each other
    other = (G @ W[0], W[1] @ H, *W[2:]) if p.N > 1 else W
    yield from both(end(other, p.Q[0]), p.W)
    least = sum(share(p, i) for i in range(p.d))
    yield norm2(*W), least
    yield F(norm2(*other) > norm2(*W)), F(p.N > 1)
