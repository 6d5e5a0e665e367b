"""The orbit: (vol(O_W) / c_d^(N-1))^2, and a fibre that is larger."""

from fractions import Fraction as F
from math import prod

from dlnproof.referee.geometry import both, diag, end, gram, states, wrong


@states("orbit-volume", said="5fa5b4f214d9a2d0603f15735d9847f9")
@wrong("inverted", of=lambda p, i, l: 1 / p.mu(i, l))
@wrong("mean-normalisation", of=lambda p, i, l: p.mu(i, l) / p.N)
@wrong("unsquared", of=lambda p, i, l: p.mu(i, l, 1))
@wrong("coincident-limit", of=lambda p, i, l: p.mu(i, l) if p.t[i] - p.t[l] else p.s2[i])
def orbit_volume(p, of=lambda p, i, l: p.mu(i, l)):
    """The Gram determinant of the frames, over that of the group: van(Sigma^2) / van(Sigma^(2/N)).

    It is a product over pairs.
    """
    measured = gram(p.moves(range(1, p.N))) / 2 ** ((p.N - 1) * len(p.less))
    yield measured, prod(of(p, i, l) for i, l in p.less)


@states("orbit-volume: without-root")
def without_root(p):
    """Its square, as if it were the volume."""
    return orbit_volume(p, lambda p, i, l: p.mu(i, l) ** 2)


@states("orbit-volume: whole-fibre")
def whole_fibre(p):
    """Other factors of W, which are not balanced."""
    if p.N > 1:
        first, second, *rest = p.factors
        yield from both(end([2 * first, F(1, 2) * second, *rest], p.U), p.W)
        yield from both(F(1, 4) * second.T @ second - 4 * first @ first.T, diag([0] * p.d))
