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

I, J, X, Z = map(Matrix, ([[1, 0], [0, 1]], [[0, -1], [1, 0]], [[0, 1], [1, 0]], [[1, 0], [0, -1]]))
UNITS = (
    [I, J],
    [kron(I, I), kron(J, Z), kron(J, X), kron(I, J)],
)  # of the complex numbers; 1, i, j, k
over = lambda p, of: prod(of(p, i, l) for i, l in p.less)
each = lambda p, of: prod(of(p, i) for i in range(p.d))
bare = lambda p, i: p.s2[i] / p.t2[i]


@states("entropy-fields", said="4cd025dc8535c035912acad826d157c3")
@wrong("exponent", pairs=lambda p: over(p, lambda p, i, l: p.mu(i, l) ** 2))
@wrong("squared-depth", indices=lambda p: p.N ** (2 * p.d) * each(p, bare))
@wrong("no-depth", index=bare, indices=lambda p: each(p, bare))
@wrong("one-frame", index=lambda p, i: p.N * p.t2[i], indices=lambda p: p.N**p.d * prod(p.t2))
@wrong("all-layers", index=lambda p, i: p.N * p.s2[i])
@wrong(
    "mean-normalisation",
    pair=lambda p, i, l: p.mu(i, l) / p.N,
    pairs=lambda p: over(p, lambda p, i, l: p.mu(i, l) / p.N),
)
@wrong("unsquared", pair=lambda p, i, l: p.mu(i, l, 1), index=lambda p, i: p.mu(i, i, 1))
def entropy_fields(
    p,
    pair=lambda p, i, l: p.mu(i, l),
    index=lambda p, i: p.mu(i, i),
    pairs=lambda p: over(p, lambda p, i, l: p.mu(i, l)),
    indices=lambda p: each(p, lambda p, i: p.mu(i, i)),
):
    """Of each unit, for a pair or an index; of all of them. Quaternions for d < 3."""
    for units in UNITS[: 1 if p.d > 2 else 2]:
        phase, whole, halves, b = F(1, 5) * (3 * units[0] + 4 * units[-1]), [], 0, len(units)
        R = [kron(phase if j % 2 else units[0], Q) for j, Q in enumerate(p.Q)]
        for u, i, l in product(units, range(p.d), range(p.d)):
            E = kron(u, unit(p.d, i, l))
            turn = E if i == l else E - E.T
            if i < l or (i == l and u is not units[0]):
                ways = [[*R[:j], R[j] @ (one(E) + turn), *R[j + 1 :]] for j in range(1, p.N)]
                rows = [list(map(sub, *(flat(factors(p.t * b, Q)) for Q in (w, R)))) for w in ways]
                size = (1 + (i < l)) * b
                yield (
                    gram(Matrix(rows)) / size ** len(rows),
                    pair(p, i, l) if i < l else index(p, i),
                )
                whole, halves = whole + rows, halves + (i < l) * len(rows)
        measured = gram(Matrix(whole)) / b ** len(whole) / 2**halves
        yield measured, pairs(p) ** b * indices(p) ** (b - 1)
