"""The Ricci curvature along singular values and of turns of a pair, from the metric's series."""

from fractions import Fraction as F

from dlnproof.referee.geometry import of_pairs, ricci, states, wrong


@states("ricci-sectional", said="330141834d1d47d43a5758ac90de10c7")
@wrong("without-depth", bare=0)
@wrong("not-positive", sign=-1)
@wrong("a-third", by=F(3, 2))
@wrong("sum-normalisation", scale=0)
@wrong("exchanged", turn=-1)
@wrong("half", same=1)
def ricci_sectional(p, bare=1, sign=1, by=3, scale=1, turn=1, same=2):
    """How both turns of each pair differ, and for d = 2 their sum; along the singular values."""
    length = lambda z: sum(c * c * p.N / p.mu(*p.columns[k]) for k, c in z.items())
    speed, whole, x, s = [F(k * k + 2, k + 1) for k in range(p.d)], 0, p.t2, p.s
    for i, l, pair, split, S, K, _ in of_pairs(p, bare, by, same=same):
        added = (sign if x[i] != x[l] else 1) * x[i] * x[l] * pair / (x[i] + x[l])
        whole += added * (speed[i] / s[i] - speed[l] / s[l]) ** 2
        one, other = (ricci(p, z) / length(z) for z in (S, K))
        yield one - other, turn * split / p.N
        yield from [(one + other, 0)] * (p.d == 2)
    yield ricci(p, {k * (p.d + 1): c for k, c in enumerate(speed)}), whole / p.N**scale
