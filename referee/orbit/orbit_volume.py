"""The orbit: (vol(O_W) / c_d^(N-1))^2, and a fibre that is larger."""

from fractions import Fraction as F
from math import prod

from dlnproof.referee.geometry import both, diag, end, gram, states


def squared(p, power):
    """Pair the Gram determinant of the frames, over that of the group, with the ratio."""
    measured = gram(p.moves(range(1, p.N))) / 2 ** ((p.N - 1) * len(p.less))
    yield measured, prod(p.mu(i, l) for i, l in p.less) ** power


@states("orbit-volume")
def orbit_volume(p):
    """van(Sigma^2) / van(Sigma^(2/N))."""
    return squared(p, 1)


@states("orbit-volume: without-root")
def without_root(p):
    """Its square, as if it were the volume."""
    return squared(p, 2)


@states("orbit-volume: whole-fibre")
def whole_fibre(p):
    """Other factors of W, which are not balanced."""
    if p.N > 1:
        first, second, *rest = p.factors
        yield from both(end([2 * first, F(1, 2) * second, *rest], p.U), p.W)
        yield from both(F(1, 4) * second.T @ second - 4 * first @ first.T, diag([0] * p.d))
