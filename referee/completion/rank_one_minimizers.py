"""Minimisers of rank one with the diagonal b, c observed: [[b, x], [y, c]]."""

from fractions import Fraction as F

from dlnproof.referee.geometry import Matrix, rank_one, states


@states("rank-one-minimizers", scope="b, x, y rational")
def rank_one_minimizers(p):
    """The determinant, and that rank one is its vanishing."""
    b, c, z = p.t[0], -p.t[-1], [*p.t, F(3, 2)][1]
    for x, y in ((z, b * c / z), (z, b * c / z + 1), (-z, z)):
        M = Matrix([[b, x], [y, c]])
        yield from [(M.det(), b * c - x * y), (rank_one(M), b * c - x * y == 0)]
