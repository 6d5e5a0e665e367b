"""The density at d = 2, s_1^2 at rank one, and that the density does not grow with s_1."""

from fractions import Fraction as F

from dlnproof.referee.geometry import Matrix, Point, density, norm2, states


@states("volume-corners")
def volume_corners(p):
    """At the point, and from there on at a larger s_1."""
    (a, b), N, s2, t2, x, g = p.t, p.N, p.s2, p.t2, F(3, 2), density(p)
    yield g, N * (a * b) / (p.s[0] * p.s[1]) * (t2[0] - t2[1]) / (s2[0] - s2[1])
    yield norm2(Matrix([[a, x], [a * b / x, b]])), (a + b) ** 2 + (x - a * b / x) ** 2
    yield from ((max(0, density(Point(N, [5 * a / 4, c], p.Q)) - g), 0) for c in (b, 4 * b / 5))


@states("volume-corners: highest-at-corners")
def highest_at_corners(p):
    """As if it were less at s = (4, 1/10^4) than at (49/25, 1/25)."""
    if p.N == 2:
        far, near = (Point(2, x, p.Q) for x in ([F(2), F(1, 100)], [F(7, 5), F(1, 5)]))
        yield density(far), min(density(far), density(near))
