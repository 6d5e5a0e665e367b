"""The Laplacian of U^T W V; where the singular values differ, what its divergence is made of."""

from fractions import Fraction as F

from dlnproof.referee.geometry import adds, along, by_value, framed, laplacian, states, wrong

calm = lambda p, i: F(p.N - 1, p.N) * p.s[i] / p.t2[i]
twice = lambda p, i: 2 * calm(p, i)
mid = lambda p, i: p.s2[i] / p.t2[i]
torn = lambda p, i, l: p.s[i] * (p.mu(i, l) / p.N - mid(p, i)) / (p.s2[l] - p.s2[i])
torn_too = lambda p, i, l: p.s[l] / p.s[i] * torn(p, i, l)
pull = lambda *x: -2 * adds(*x)
fall = lambda p, i: F(1 - p.N, p.N) / p.s[i]


@states("laplacian-of-matrix", said="a53168e42653c836c8cbe9d6f29270ac")
@wrong("whole-power", image=lambda p, i: p.s[i] * calm(p, i))
@wrong("without-one", image=lambda p, i: p.s[i] / p.t2[i])
@wrong("doubled", image=twice)
@wrong("of-the-operator", whole=twice)
@wrong("exchanged", turn=torn_too, back=torn)
@wrong("eigenvalues-at-rest", own=lambda p, i: 0)
@wrong("reciprocal", value=lambda p, i: 1 / mid(p, i))
@wrong("pair-of-values", pair=lambda *x: -2 * by_value(*x))
@wrong("density-of-roots", one=lambda p, i: 1 / (p.N * p.s[i]))
def laplacian_of_matrix(
    p, image=calm, whole=calm, own=twice, value=mid, turn=torn, back=torn_too, pair=pull, one=fall
):
    """What is of no pair, entry by entry; the operator and the density along u_k v_m^T."""
    (L, slopes), K, d, A = laplacian(p), framed(p).rows, range(p.d), along(p)
    yield from ((L.rows[i][l], image(p, i) if i == l else 0) for i in d for l in d)
    for i in d if len(set(p.t)) == p.d else ():
        m, others, of = i * (p.d + 1), [l for l in d if l != i], (whole, own, value)
        yield from zip((L.rows[i][i], A[i, i][m][m], K[m][m]), (f(p, i) for f in of))
        yield slopes[m], one(p, i) + sum(pair(p, i, l) for l in others)
        for l in others:
            for way, k in ((l, i), i * p.d + l), ((i, l), l * p.d + i):
                yield from ((A[way][k][m], turn(p, i, l)), (A[way[::-1]][k][m], back(p, i, l)))
