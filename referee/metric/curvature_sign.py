"""The sectional curvatures of a pair's planes, from the Taylor series of the metric."""

from fractions import Fraction as F
from operator import truediv

from dlnproof.referee.geometry import of_pairs, riemann, states, wrong


@states("curvature-sign", said="1bd532295e082aa89529f9be759d8298")
@wrong("without-depth", times=0)
@wrong("exchanged", sign=-1)
@wrong("of-the-pair", same=1)
@wrong("not-negative", turning=1)
@wrong("sum-normalisation", scale=0)
@wrong("flat-planes", together=0)
def curvature_sign(p, times=1, sign=1, same=2, turning=-1, scale=1, together=1):
    """Of S and K, of D and S, of D and K; what pairs add, in closed form."""
    half, curved = F(1, 2 * p.N**scale), lambda x, y: truediv(*riemann(p, x, y))
    for _, _, pair, split, S, K, D in of_pairs(p, times=times, same=same):
        yield curved(S, K), turning * half * pair
        yield curved(D, S), together * half * (pair + sign * split)
        yield curved(D, K), half * (pair - sign * split)
