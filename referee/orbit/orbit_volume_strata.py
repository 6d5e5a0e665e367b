"""The orbit at a rank below the widths: Gram determinants of its tangents."""

from math import prod

from dlnproof.referee.geometry import (
    Matrix,
    Point,
    factors,
    flat,
    gram,
    states,
    sub,
    thin,
    unit,
    wrong,
)


@states("orbit-volume-strata", said="1da00dfa19c9739c64f174ed15018c5f")
@wrong("root", edge=lambda p, i: p.t[i], last=lambda p, i: p.s[i] / p.t[i])
@wrong("both-frames", edge=lambda p, i: 2 * p.t2[i])
@wrong("no-edges", edge=lambda p, i: p.s2[i])
@wrong("mean-normalisation", pair=lambda p, i, l: p.mu(i, l) / p.N)
@wrong("unsquared", pair=lambda p, i, l: p.mu(i, l, 1))
@wrong("coincident-limit", pair=lambda p, i, l: p.mu(i, l) if p.t[i] - p.t[l] else p.s2[i])
def orbit_volume_strata(
    p, edge=lambda p, i: p.t2[i], pair=Point.mu, last=lambda p, i: p.s2[i] / p.t2[i]
):
    """Of pairs, where frames turn in themselves; of edges, where one column leaves; of all."""
    d, frames, (R, P) = p.d, range(1, p.N), thin(p)

    def moved(j, by):
        after = factors(p.t, [*R[:j], R[j] + by, *R[j + 1 :]])
        return list(map(sub, flat(after), flat(factors(p.t, R))))

    def leaves(j, i, c):
        return moved(j, Matrix([row[c] * (k == i) for k in range(d)] for row in P[j].rows))

    half = lambda rows: gram(Matrix(rows)) / 2 ** len(rows)
    pairs = [[moved(j, R[j] @ (unit(d, i, l) - unit(d, l, i))) for j in frames] for i, l in p.less]
    edges = [[leaves(j, i, d) for j in frames] for i in range(d)]
    more = [leaves(j, i, d + 1) for i in range(d) for j in frames if j % 2]
    for rows, (i, l) in zip(pairs, p.less):
        yield half(rows), pair(p, i, l)
    for i, rows in enumerate(edges):
        yield from ((half([row]), edge(p, i)) for row in rows)
        yield half(rows), last(p, i)
    each = prod(edge(p, i) for i in range(d)) ** sum(1 + j % 2 for j in frames)
    yield half(sum(pairs + edges, more)), each * prod(pair(p, i, l) for i, l in p.less)
