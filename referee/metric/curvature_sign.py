"""The sectional curvatures of a pair's planes, from the Taylor series of the metric."""

from fractions import Fraction as F
from itertools import product

from dlnproof.referee.geometry import lowered, metric_series, states, wrong


def sectional(p, x, y):
    """That of the plane of two directions, by their entries that are not zero."""
    g, first, second = metric_series(p)
    r = [1 / row[k] for k, row in enumerate(g.rows)]
    form = lambda M, u, v: sum(M[a][b] * u[a] * v[b] for a, b in product(u, v))
    twice = lambda u, v, w, z: sum(u[a] * v[b] * form(second[a, b], w, z) for a in u for b in v)
    low = lambda u, v: [
        sum(lowered(first, m, a, b) * u[a] * v[b] for a, b in product(u, v)) for m in range(p.d**2)
    ]
    xx, xy, yy = low(x, x), low(x, y), low(y, y)
    bent = sum(k * (b * b - a * c) for k, a, b, c in zip(r, xx, xy, yy))
    area = form(g.rows, x, x) * form(g.rows, y, y) - form(g.rows, x, y) ** 2
    return (twice(x, y, x, y) - twice(x, x, y, y) / 2 - twice(y, y, x, x) / 2 + bent) / area


@states("curvature-sign", said="1bd532295e082aa89529f9be759d8298")
@wrong("without-depth", times=0)
@wrong("exchanged", sign=-1)
@wrong("of-the-pair", same=1)
@wrong("not-negative", turning=1)
@wrong("sum-normalisation", scale=0)
@wrong("flat-planes", together=0)
def curvature_sign(p, times=1, sign=1, same=2, turning=-1, scale=1, together=1):
    """Of S and K, of D and S, of D and K; what pairs add, in closed form."""
    N, x, y, s = p.N, p.t2, p.s2, p.s
    at = {place: k for k, place in enumerate(p.columns)}
    for i, l in p.less:
        a, b, u, v = x[i], x[l], y[i], y[l]
        if a == b:
            pair, split = F(N**2 - 1, 3 * N) / a, same * F(N**2 - 1, 3 * N) / a
        else:
            pair = 2 * (a + b) * (F(1, N) / (a - b) ** 2 - N * u * v / (a * b * (u - v) ** 2))
            less = N**times * (u + v) / (u - v) - (a + b) / (a - b)
            split = 2 * s[i] * s[l] * (a + b) / (a * b * (u - v)) * less
        S, K = ({at[i, l]: F(1), at[l, i]: F(c)} for c in (1, -1))
        D = {at[i, i]: s[i] / a, at[l, l]: -s[l] / b}
        half = F(1, 2 * N**scale)
        yield sectional(p, S, K), turning * half * pair
        yield sectional(p, D, S), together * half * (pair + sign * split)
        yield sectional(p, D, K), half * (pair - sign * split)
