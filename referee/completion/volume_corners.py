"""The density at d = 2, s_1^2 at rank one, and that the density does not grow with s_1."""

from fractions import Fraction as F

from dlnproof.referee.geometry import Matrix, Point, density, norm2, states, wrong

shrunk = lambda p: p.t[0] * p.t[1] / (p.s[0] * p.s[1])
stretched = lambda p: p.N * shrunk(p) / p.mu(0, 1)
rank_one_norm = lambda b, c, x, y: (b + c) ** 2 + (x - y) ** 2


@states("volume-corners", said="5c593def905f8b9d94e6b0535ec82a53")
@wrong("form", of=lambda p: p.N * shrunk(p) * (p.t2[0] - p.t2[1]))
@wrong("sum-normalisation", of=lambda p: shrunk(p) / p.mu(0, 1))
@wrong("product", largest=lambda b, c, x, y: (b + c) ** 2 + (x + y) ** 2)
@wrong("diagonal-only", largest=lambda b, c, x, y: b**2 + c**2 + (x - y) ** 2)
def volume_corners(p, of=stretched, largest=rank_one_norm):
    """At the point, and from there on at a larger s_1."""
    (b, c), x, g = p.t, F(3, 2), density(p)
    yield g, of(p)
    yield norm2(Matrix([[b, x], [b * c / x, c]])), largest(b, c, x, b * c / x)
    for further in (density(Point(p.N, [5 * b / 4, y], p.Q)) for y in (c, 4 * c / 5)):
        yield further, min(further, g)


@states("volume-corners: highest-at-corners")
def highest_at_corners(p):
    """As if it were less at s = (4, 1/10^4) than at (49/25, 1/25)."""
    if p.N == 2:
        far, near = (Point(2, x, p.Q) for x in ([F(2), F(1, 100)], [F(7, 5), F(1, 5)]))
        yield density(far), min(density(far), density(near))
