"""Matrices of rank one with unit diagonal: w_ij = x_i / x_j."""

from fractions import Fraction as F

from dlnproof.referee.geometry import Matrix, norm2, rank_one, states


@states("diagonal-3x3", scope="u, v rational squares")
def diagonal_3x3(p):
    """s_1^2, and that it is at least 9."""
    t = p.t
    for x in ([*t, F(3, 2), F(-2)][:3], [t[0], -t[0], t[0]]):
        M, u, v = Matrix([a / b for b in x] for a in x), (x[0] / x[1]) ** 2, (x[1] / x[2]) ** 2
        yield from [(rank_one(M), True), *((x, 1) for x in M.entries[::4])]
        yield norm2(M), 3 + u + 1 / u + v + 1 / v + u * v + 1 / (u * v)
        yield max(0, 9 - norm2(M)), 0
