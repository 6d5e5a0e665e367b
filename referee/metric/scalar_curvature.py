"""The scalar curvature, from the Taylor series of the metric, by pairs and triples."""

from fractions import Fraction as F
from functools import cache
from itertools import combinations

from dlnproof.referee.geometry import of_pairs, raising, ricci, states, wrong

measured = cache(lambda p: sum(ricci(p, {k: F(1)}) * r for k, r in raising(p)))


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
    N, x, y, z = p.N, p.t2, p.s2, [s**angle for s in p.s]
    whole = sum(pair for _, _, pair, *_ in of_pairs(p, times, same))
    for i, l, m in combinations(range(p.d), 3):
        if x[i] == x[m]:
            whole += F(N**2 - 1, thrice * N) / x[i]
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
