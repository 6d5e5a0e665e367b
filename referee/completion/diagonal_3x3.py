"""Matrices of rank one with unit diagonal: w_ij = x_i / x_j."""

from fractions import Fraction as F

from dlnproof.referee.geometry import Matrix, norm2, rank_one, states, wrong

squared = lambda u, v: 3 + u + 1 / u + v + 1 / v + u * v + 1 / (u * v)


@states("diagonal-3x3", said="871cd0405f153db8636b26f8364f28df", scope="u, v rational squares")
@wrong("two-pairs", square=lambda u, v: 3 + u + 1 / u + v + 1 / v)
@wrong("unsquared", square=lambda u, v: squared(u, v) ** 2)
@wrong("greater", least=10)
def diagonal_3x3(p, square=squared, least=9):
    """s_1^2, and that it is at least 9."""
    t = p.t
    for x in ([*t, F(3, 2), F(-2)][:3], [t[0], -t[0], t[0]]):
        M, u, v = Matrix([a / b for b in x] for a in x), (x[0] / x[1]) ** 2, (x[1] / x[2]) ** 2
        yield from [(rank_one(M), True), *((x, 1) for x in M.entries[::4])]
        yield from [(norm2(M), square(u, v)), (norm2(M), max(norm2(M), least))]
