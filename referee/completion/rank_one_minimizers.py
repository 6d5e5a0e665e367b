"""Minimisers of rank one with the diagonal b, c observed: [[b, x], [y, c]]."""

from fractions import Fraction as F

from dlnproof.referee.geometry import Matrix, rank_one, states, wrong


@states("rank-one-minimizers", said="d4a44a2b8cfd183e20b61ac29bb98d8f", scope="b, x, y rational")
@wrong("sum", determinant=lambda b, c, x, y: b * c + x * y)
@wrong("unsquared", determinant=lambda b, c, x, y: b + c - x * y)
@wrong("diagonal", determinant=lambda b, c, x, y: b * x - c * y)
def rank_one_minimizers(p, determinant=lambda b, c, x, y: b * c - x * y):
    """The determinant, and that rank one is its vanishing."""
    b, c, z = p.t[0], -p.t[-1], [*p.t, F(3, 2)][1]
    for x, y in ((z, b * c / z), (z, b * c / z + 1), (-z, z)):
        M, stated = Matrix([[b, x], [y, c]]), determinant(b, c, x, y)
        yield from [(M.det(), stated), (rank_one(M), stated == 0)]
