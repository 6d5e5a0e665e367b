"""The scalar curvature, from the Taylor series of the metric, by pairs and triples."""

from fractions import Fraction as F
from functools import cache
from itertools import combinations, product

from dlnproof.referee.geometry import lowered, metric_series, states, wrong


def curvature(p):
    """The sum over all planes of the entries of U^T W V."""
    g, first, second = metric_series(p)
    n, r = range(p.d**2), [1 / g.rows[k][k] for k in range(p.d**2)]
    for a, b in product(n, n):
        yield r[a] * r[b] * (second[a, b][a][b] - second[a, a][b][b])
    for m in n:
        low = [[lowered(first, m, j, k) for k in n] for j in n]
        yield r[m] * sum(r[j] * r[k] * low[j][k] ** 2 for j, k in product(n, n))
        yield -r[m] * sum(r[j] * low[j][j] for j in n) ** 2


measured = cache(lambda p: sum(curvature(p)))


@states("scalar-curvature", said="7d295f8db8e718087dd13183ae55eb59")
@wrong("without-depth", times=0)
@wrong("half-angle", angle=1)
@wrong("negative-share", share=-2)
@wrong("of-a-triple", same=1)
@wrong("of-a-pair", thrice=3)
@wrong("half-twice", twice=2)
@wrong("sum-normalisation", scale=0)
@wrong("squared-depth", scale=2)
def scalar_curvature(p, times=1, angle=2, share=2, same=3, thrice=1, twice=4, scale=1):
    """What is stated of pairs and triples, whichever values coincide."""
    N, x, y, z, whole = p.N, p.t2, p.s2, [s**angle for s in p.s], 0
    equal = lambda i, by: F(N**2 - 1, by * N) / x[i]
    for i, l in p.less:
        a, b, u, v = x[i], x[l], y[i], y[l]
        if a == b:
            whole += equal(i, same)
        else:
            apart = F(1, N) / (a - b) ** 2 - N**times * u * v / (a * b * (u - v) ** 2)
            whole += 2 * (a + b) * apart
    for i, l, m in combinations(range(p.d), 3):
        if x[i] == x[m]:
            whole += equal(i, thrice)
        elif len({x[i], x[l], x[m]}) == 3:
            whole += share * sum(
                (x[j] - x[k]) * (z[j] + z[k]) / (z[j] - z[k]) / (x[k] - x[n]) / (x[n] - x[j])
                for j, k, n in ((i, l, m), (l, m, i), (m, i, l))
            )
        else:
            j, k = (i, m) if x[i] == x[l] else (m, i)
            a, b, u, v, gap = x[j], x[k], y[j], y[k], x[j] - x[k]
            first, second = N * u / a * gap - (u - v), a * u - b * v - (N + 1) * v * gap
            whole += twice * first * second / (N * ((u - v) * gap) ** 2)
    yield measured(p), whole / N**scale
