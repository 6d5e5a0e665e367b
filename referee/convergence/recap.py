"""(w^2 + 1)^2 / 2 >= 1/2; the speed at d = 1; a step of descent."""

from fractions import Fraction as F

from dlnproof.referee.geometry import A, Matrix, Point, both, diag, generic, states, wrong

speed_at_one = lambda N, s, t: N * (s / t) ** 2
step_from = lambda X, y, z: X.T @ (z - (X @ X.T @ z - y))


@states("recap", said="82b30bae122ff5c87a6e308457b3036e")
@wrong("greater", least=1)
@wrong("mean-rate", rate=lambda N, s, t: (s / t) ** 2)
@wrong("inverted-rate", rate=lambda N, s, t: N * (t / s) ** 2)
@wrong("ascent", iterate=lambda X, y, z: X.T @ (z + (X @ X.T @ z - y)))
@wrong("untargeted", iterate=lambda X, y, z: X.T @ (z - X @ X.T @ z))
def recap(p, least=F(1, 2), rate=speed_at_one, iterate=step_from):
    """All three."""
    losses = [(w * w + 1) ** 2 / 2 for w in (p.t[0], F(0), F(1, 100))]
    yield from ((loss, max(loss, least)) for loss in losses)
    line = Point(p.N, p.t[:1], [diag([1])] * (p.N + 1))
    yield p.N * A(line).entries[0], rate(p.N, p.s[0], p.t[0])
    rows, z = generic(p.d + 2).rows[: p.d], [x + k for k, x in enumerate(p.t)]
    X, y, z = map(Matrix, (rows, zip(p.t), zip(z)))
    yield from both(X.T @ z - X.T @ (X @ (X.T @ z) - y), iterate(X, y, z))


@states("recap: convergence")
def convergence(p):
    """(w^N + 1)^2 / 2 >= 1/2 at d = 1, N even, as if it came to 0."""
    if p.N % 2 == 0:
        yield F(1, 2), 0
