"""The Ricci curvature along singular values and of turns of a pair, from the metric's series."""

from fractions import Fraction as F

from dlnproof.referee.geometry import of_pairs, ricci, states, wrong


@states("ricci-sectional", said="eb92971b139a6259140aec952063123a")
@wrong("without-depth", bare=0)
@wrong("not-positive", sign=-1)
@wrong("a-third", by=F(3, 2))
@wrong("sum-normalisation", scale=0)
@wrong("exchanged", turn=-1)
@wrong("half", same=1)
@wrong("slope-of-values", power=1)
@wrong("half-of-others", others=1)
def ricci_sectional(p, bare=1, sign=1, by=3, scale=1, turn=1, same=2, power=2, others=2):
    """How both turns of each pair differ, and their sum; along the singular values."""
    length = lambda z: sum(c * c * p.N / p.mu(*p.columns[k]) for k, c in z.items())
    ratio = lambda u, v: F(u + v) / (u - v) if u != v else F(0)
    eta = lambda k, m: ratio(s[k] ** power, s[m] ** power) - ratio(x[k], x[m]) / p.N
    speed, whole, x, s = [F(k * k + 2, k + 1) for k in range(p.d)], 0, p.t2, p.s
    pairs, rho = list(of_pairs(p, bare, by, same=same)), {}
    for i, l, pair, *_ in pairs:
        rho[i, l] = (sign if x[i] != x[l] else 1) * x[i] * x[l] * pair / (x[i] + x[l])
        rho[l, i], whole = rho[i, l], whole + rho[i, l] * (speed[i] / s[i] - speed[l] / s[l]) ** 2
    for i, l, _, split, S, K, _ in pairs:
        one, other = (ricci(p, z) / length(z) for z in (S, K))
        yield one - other, turn * split / p.N
        gap, rest = x[i] - x[l], [m for m in range(p.d) if m not in (i, l)]
        told = sum((eta(i, m) - eta(l, m)) / gap if gap else rho[i, m] / x[i] for m in rest)
        yield one + other, others * told / p.N
    yield ricci(p, {k * (p.d + 1): c for k, c in enumerate(speed)}), whole / p.N**scale
