"""The volume element of the balanced manifold."""

from math import prod

from dlnproof.referee.geometry import gram, states, van, wrong


def element(p, n, x):
    """Return 2^(n d(d-1)/2) prod_i t_i^2 / (N s_i^2) van(t^2) van(x)."""
    each = prod(a / (p.N * b) for a, b in zip(p.t2, p.s2))
    return 2 ** (n * len(p.less)) * each * van(p.t2) * van(x)


@states("coarea", said="0874dc92a23b50ecc838559711e715bb")
@wrong("mean-normalisation", of=lambda p: p.N ** (p.d**2) * element(p, p.N - 1, p.s2))
@wrong(
    "unrooted-orbit", of=lambda p: element(p, p.N - 1, p.s2) * prod(p.mu(i, l) for i, l in p.less)
)
@wrong("single-frame", of=lambda p: element(p, 1, p.s2))
@wrong("density", of=lambda p: element(p, p.N - 1, p.t2))
def coarea(p, of=lambda p: element(p, p.N - 1, p.s2)):
    """Its Gram determinant in the coordinates Sigma, U, V, Q_j."""
    yield gram(p.moves(range(p.N + 1), stretch=True)), of(p)
