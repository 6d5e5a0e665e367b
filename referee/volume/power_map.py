"""The power map Q P -> Q P^N, Q orthogonal and P symmetric: it moves R = U Sigma^(1/N) V^T to W."""

from dlnproof.referee.geometry import (
    Matrix,
    Point,
    both,
    density,
    diag,
    dphi,
    end,
    jacobian,
    states,
    unit,
    van,
)


@states("power-map")
def power_map(p):
    """The image of R; and how volumes grow there, times the metric's volume."""
    Q, P, d, N = p.U @ p.V.T, p.V @ diag(p.t) @ p.V.T, p.d, p.N
    yield from both(Q @ end((P,) * N, P), p.W)
    grown = []
    for W in ((P,) * N, (P,)):
        moves = [Q @ (unit(d, i, l) - unit(d, l, i)) @ end(W, P) for i, l in p.less]
        S = [unit(d, i, l) + unit(d, l, i) for i, l in p.columns if i <= l]
        moves += [Q @ dphi(W, [X] * len(W)) for X in S]
        grown.append(Matrix(M.entries for M in moves).det())
    volume, places = density(p) * abs(grown[0] / grown[1]), len(p.less) + d
    yield volume, N**places
    yield volume * jacobian(Point(1, p.t, [p.V, p.U])), N**places * van(p.t2)
