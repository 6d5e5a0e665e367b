"""The Ricci curvature along singular values and of the turns of a pair, from sectional ones."""

from fractions import Fraction as F

from dlnproof.referee.geometry import sectional, states, wrong


def ricci(p, x):
    """Return the trace of R(x, a, x, b), for a direction by its entries that are not zero."""
    return sum(
        sectional(p, x, {k: F(1)}, area=False) * p.mu(*e) / p.N for k, e in enumerate(p.columns)
    )


@states("ricci-sectional", said="330141834d1d47d43a5758ac90de10c7")
@wrong("without-depth", power=1)
@wrong("not-positive", sign=-1)
@wrong("a-third", by=3)
@wrong("sum-normalisation", scale=0)
@wrong("exchanged", turn=-1)
@wrong("half", same=1)
def ricci_sectional(p, power=2, sign=1, by=6, scale=1, turn=1, same=2):
    """Along the singular values; how both turns of each pair differ, and for d = 2 their sum."""
    N, x, y, s = p.N, p.t2, p.s2, p.s
    at = {place: k for k, place in enumerate(p.columns)}
    length = lambda z: sum(c * c * p.N / p.mu(*p.columns[k]) for k, c in z.items())
    speed, whole = [F(k * k + 2, k + 1) for k in range(p.d)], 0
    for i, l in p.less:
        a, b, u, v = x[i], x[l], y[i], y[l]
        if a == b:
            added, split = F(N**2 - 1, by * N), same * F(N**2 - 1, 3 * N) / a
        else:
            added = sign * F(2, N) * (a * b / (a - b) ** 2 - N**power * u * v / (u - v) ** 2)
            less = N * (u + v) / (u - v) - (a + b) / (a - b)
            split = 2 * s[i] * s[l] * (a + b) / (a * b * (u - v)) * less
        whole += added * (speed[i] / s[i] - speed[l] / s[l]) ** 2
        S, K = ({at[i, l]: F(1), at[l, i]: F(c)} for c in (1, -1))
        one, other = (ricci(p, z) / length(z) for z in (S, K))
        yield one - other, turn * split / N
        yield from [(one + other, 0)] * (p.d == 2)
    yield ricci(p, {at[k, k]: x for k, x in enumerate(speed)}), whole / N**scale
