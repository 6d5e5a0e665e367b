"""The volume element of the balanced manifold."""

from math import prod

from dlnproof.referee.geometry import gram, states, van


@states("coarea")
def coarea(p):
    """Its Gram determinant in the coordinates Sigma, U, V, Q_j."""
    stated = 2 ** ((p.N - 1) * len(p.less)) * prod(a / (p.N * b) for a, b in zip(p.t2, p.s2))
    yield gram(p.moves(range(p.N + 1), stretch=True)), stated * van(p.t2) * van(p.s2)
