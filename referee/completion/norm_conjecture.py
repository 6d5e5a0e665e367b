"""Norms of W_x = [[x, 1], [1, 0]], x = u - 1/u, with the singular values u, 1/u."""

from fractions import Fraction as F

from dlnproof.referee.geometry import Matrix, norm2, states, wrong


def tilted(x):
    """Return |w11 + w12| + |w12| + |w21| + |w22| of W_x."""
    return abs(x + 1) + 2


@states("norm-conjecture", said="2fec51ad3e0707d9d205b66a42dbfcfd", scope="x = t - 1/t, t rational")
@wrong("reversed", determinant=1)
@wrong("single", frobenius=1)
@wrong("frobenius", nuclear=2)
@wrong("greater", least=3)
@wrong("at-zero", another=3)
def norm_conjecture(p, determinant=-1, frobenius=2, nuclear=4, least=2, another=2):
    """Determinant, Frobenius, nuclear and Schatten norms, and one that is not invariant."""
    yield tilted(-1), another
    for u, x, M in ((u, u - 1 / u, Matrix([[u - 1 / u, 1], [1, 0]])) for u in (F(1), *p.t)):
        yield from [(M.det(), determinant), (norm2(M), x**2 + frobenius)]
        yield (u + 1 / u) ** 2, x**2 + nuclear
        yield norm2(M), u**2 + 1 / u**2  # and |det M| = 1
        yield from ((y, max(y, least)) for y in (u**q + 1 / u**q for q in (1, 2, 3)))


@states("norm-conjecture: minimum-at-zero")
def minimum_at_zero(p):
    """As if the last were least at x = 0."""
    yield tilted(-1), max(tilted(-1), tilted(0))


@states("norm-conjecture: conjecture-1")
def conjecture_1(p):
    """A bound on |w11| at rho = 1/200, against the nuclear norm of W_0."""
    yield (1 - F(1, 200)) ** 2 * 200, 1 + 1
