"""The power map Q P -> Q P^N, Q orthogonal and P symmetric: it moves R = U Sigma^(1/N) V^T to W."""

from math import prod

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
    wrong,
)

whole = lambda p: p.N ** (len(p.less) + p.d)


@states("power-map", said="8aaec41109cbee3987d57b96f86c7dca")
@wrong("half-depth", power=lambda N: N + 1)
@wrong("pairs-alone", constant=lambda p: p.N ** len(p.less))
@wrong("singular-values", form=lambda p: whole(p) * van(p.s2))
@wrong("in-singular-values", form=lambda p: p.N ** len(p.less) * prod(p.t) / prod(p.s) * van(p.t2))
@wrong("both-normalisations", squared=lambda p: p.N ** (2 * p.d))
@wrong("unit-jacobian", constant=lambda p: whole(p) * prod(p.t))
def power_map(
    p,
    power=lambda N: N,
    constant=whole,
    squared=lambda p: p.N**p.d,
    form=lambda p: whole(p) * van(p.t2),
):
    """The image of R; and how volumes grow there, times the metric's volume."""
    Q, P, d, N = p.U @ p.V.T, p.V @ diag(p.t) @ p.V.T, p.d, p.N
    yield from both(p.W, Q @ end((P,) * power(N), P))
    grown = []
    for W in ((P,) * N, (P,)):
        moves = [Q @ (unit(d, i, l) - unit(d, l, i)) @ end(W, P) for i, l in p.less]
        S = [unit(d, i, l) + unit(d, l, i) for i, l in p.columns if i <= l]
        moves += [Q @ dphi(W, [X] * len(W)) for X in S]
        grown.append(Matrix(M.entries for M in moves).det())
    volume = density(p) * abs(grown[0] / grown[1])
    yield from [(volume, constant(p)), (volume**2 / N ** (d * d), squared(p))]
    yield volume * jacobian(Point(1, p.t, [p.V, p.U])), form(p)
