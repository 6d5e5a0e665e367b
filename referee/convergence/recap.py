"""(w^2 + 1)^2 / 2 >= 1/2; the speed at d = 1; a step of descent."""

from fractions import Fraction as F

from dlnproof.referee.geometry import A, Matrix, Point, both, diag, generic, states


@states("recap")
def recap(p):
    """All three."""
    yield from ((max(0, F(1, 2) - (w * w + 1) ** 2 / 2), 0) for w in (p.t[0], F(0), F(1, 100)))
    line = Point(p.N, p.t[:1], [diag([1])] * (p.N + 1))
    yield p.N * A(line).entries[0], p.N * (p.s[0] / p.t[0]) ** 2
    rows, z = generic(p.d + 2).rows[: p.d], [x + k for k, x in enumerate(p.t)]
    X, y, z = map(Matrix, (rows, zip(p.t), zip(z)))
    yield from both(X.T @ z - X.T @ (X @ (X.T @ z) - y), X.T @ (z - (X @ X.T @ z - y)))


@states("recap: convergence")
def convergence(p):
    """(w^N + 1)^2 / 2 >= 1/2 at d = 1, N even, as if it came to 0."""
    if p.N % 2 == 0:
        yield F(1, 2), 0
