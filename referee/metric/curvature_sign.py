"""The sectional curvatures of a pair's planes, from the Taylor series of the metric."""

from fractions import Fraction as F

from dlnproof.referee.geometry import sectional, states, wrong


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
