"""The orbit over the complex numbers and the quaternions: Gram determinants of its tangents."""

from itertools import product
from math import prod

from dlnproof.referee.geometry import (
    F,
    Matrix,
    factors,
    flat,
    gram,
    kron,
    one,
    states,
    sub,
    unit,
    wrong,
)

ONE, TURN, SWAP, FLIP = map(
    Matrix, ([[1, 0], [0, 1]], [[0, -1], [1, 0]], [[0, 1], [1, 0]], [[1, 0], [0, -1]])
)
# 1 and i; 1, i, j and k
UNITS = [[ONE, TURN], [kron(ONE, ONE), kron(TURN, FLIP), kron(TURN, SWAP), kron(ONE, TURN)]]


@states("entropy-fields", said="4cd025dc8535c035912acad826d157c3")
@wrong("exponent", power=2)
@wrong("squared-depth", more=1)
@wrong("no-depth", index=lambda p, i: p.s2[i] / p.t2[i])
@wrong("one-frame", index=lambda p, i: p.N * p.t2[i])
@wrong("mean-normalisation", pair=lambda p, i, l: p.mu(i, l) / p.N)
@wrong("unsquared", pair=lambda p, i, l: p.mu(i, l, 1), index=lambda p, i: p.mu(i, i, 1))
def entropy_fields(
    p, pair=lambda p, i, l: p.mu(i, l), index=lambda p, i: p.mu(i, i), power=1, more=0
):
    """Of each unit, for a pair or an index; of all of them. Quaternions for d < 3."""
    for units in UNITS[: 1 if p.d > 2 else 2]:
        b, phase, whole = len(units), F(1, 5) * (3 * units[0] + 4 * units[-1]), []
        R = [kron(phase if j % 2 else units[0], Q) for j, Q in enumerate(p.Q)]
        still = flat(factors(p.t * b, R))
        for u, i, l in product(units, range(p.d), range(p.d)):
            if i < l or (i == l and u is not units[0]):
                E = kron(u, unit(p.d, i, l))
                turn = one(E) + E if i == l else one(E) + E - E.T
                ways = ([*R[:j], R[j] @ turn, *R[j + 1 :]] for j in range(1, p.N))
                rows = [list(map(sub, flat(factors(p.t * b, Q)), still)) for Q in ways]
                size, stated = (2 * b, pair(p, i, l)) if i < l else (b, index(p, i))
                yield gram(Matrix(rows)) / size ** len(rows), stated
                whole += rows
        halves = 2 ** ((p.N - 1) * b * len(p.less))
        pairs, indices = prod(pair(p, *e) for e in p.less), prod(index(p, i) for i in range(p.d))
        stated = pairs ** (b * power) * (indices * p.N ** (p.d * more)) ** (b - 1)
        yield gram(Matrix(whole)) / b ** len(whole) / halves, stated
