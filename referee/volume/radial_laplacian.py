"""The metric where the root of one value grows; the Laplacian, of traces of powers of W^T W."""

from fractions import Fraction as F
from functools import reduce
from operator import add

from dlnproof.referee.geometry import diag, framed, laplacian, states, unit, wrong


def slopes_of_traces(p, *way):
    """Return the first two derivatives of the traces along u_i v_l^T, by series of order two."""
    S, E = diag(p.s), unit(p.d, *way)
    gram = X = [S @ S, E.T @ S + S @ E, E.T @ E]
    while True:
        yield [n * sum(X[n].rows[k][k] for k in range(p.d)) for n in (1, 2)]
        X = [reduce(add, [X[k] @ gram[n - k] for k in range(n + 1)]) for n in range(3)]


pushes = lambda p, i, l: 2 * p.t[i] / (p.t2[i] - p.t2[l])
pushes_too = lambda p, i, l: pushes(p, l, i)


@states("radial-laplacian", said="2e0714c59d7b25485c6701fd4cb906ef")
@wrong("halved", first=lambda *x: pushes(*x) / 2)
@wrong("singular-values", first=lambda p, i, l: 2 * p.s[i] / (p.s2[i] - p.s2[l]))
@wrong("one-sign", second=lambda *x: -pushes_too(*x))
@wrong("without-depth", scale=0)
@wrong("sum-normalisation", length=1)
def radial_laplacian(p, length=2, first=pushes, second=pushes_too, scale=2):
    """What A has at u_i v_i^T; and of distinct values the Laplacians, by what all roots add."""
    d, K, by = range(p.d), framed(p).rows, laplacian(p)[0].T.entries
    for i in d:
        own = F(p.N**2, p.N**length) * p.s2[i] / p.t2[i]
        yield from zip(K[i * (p.d + 1)], [own * (e == (i, i)) for e in p.columns])
    ways = zip(*(slopes_of_traces(p, *e) for e in p.columns))
    for k, way in zip(range(p.d + 1 if len(set(p.t)) == p.d else 0), ways):
        stated, n = 0, 2 * p.N * (k + 1)
        for i, t in enumerate(p.t):
            drift = sum(second(p, l, i) if l < i else first(p, i, l) for l in d if l != i)
            stated += F(n, p.N**scale) * t ** (n - 2) * (n - 1 + t * drift)
        yield sum(K[m][m] * x[1] + by[m] * x[0] for m, x in enumerate(way)), stated
