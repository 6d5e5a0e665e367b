"""The second derivatives of the entropy of two values, and that none along a line is positive."""

from fractions import Fraction as F

from dlnproof.referee.geometry import Point, gram, states, wrong


def curved(p):
    """What is stated of the second derivatives: by the first value, by both, by the second."""
    (s, t), (x, y), D, E = p.s, p.t2, p.s2[0] - p.s2[1], p.N * (p.t2[0] - p.t2[1])
    own = lambda k, s, x: (
        k / D - 2 * (s / D) ** 2 + x / s**2 * (k * (1 - F(2, p.N)) + 2 * x / E) / E
    )
    return own(1, s, x), 2 * s * t / D**2 - 2 * x * y / (s * t * E**2), own(-1, t, y)


@states("entropy-concavity", said="9eb088b21ee5319fb71e36c0913668c4")
@wrong("unhalved", of=lambda a, b, c: (a, 2 * b, c))
@wrong("alike", of=lambda a, b, c: (c, b, c))
@wrong("no-mixing", of=lambda a, b, c: (a, 0, c))
@wrong("exchanged", of=lambda a, b, c: (c, b, a))
@wrong("repelling", of=lambda a, b, c: (a, -b, c))
def entropy_concavity(p, of=lambda *x: x):
    """The squared volume where roots grow by u is a polynomial in u, known by its values."""
    n, found = 2 * p.N - 1, []
    for grows in ((1, 0), (0, 1), (1, 1)):
        roots = [[t + t * g * u for t, g in zip(p.t, grows)] for u in range(n)]
        f = [gram(Point(p.N, t, p.Q).moves(range(1, p.N))) if p.N > 1 else F(1) for t in roots]
        a, b, above, value = F(0), F(0), F(0), f[0]
        for k in range(1, n):
            f = [y - x for x, y in zip(f, f[1:])]
            a, b = a - (-1) ** k * f[0] / k, b + 2 * (-1) ** k * above * f[0] / k
            above += F(1, k)
        found.append((a / value / 2, (b * value - a * a) / value**2 / 2))
    (x, xx), (y, yy), (_, xy), (s, t), n = *found, p.s, p.N**2
    xy = (xy - xx - yy) / (2 * n * s * t)
    xx, yy = (xx + (1 - p.N) * x) / (n * s * s), (yy + (1 - p.N) * y) / (n * t * t)
    yield from zip((xx, xy, yy), of(*curved(p)))
    yield from ((v, -abs(v)) for v in (xx * u * u + 2 * xy * u + yy for u in range(-3, 4)))
