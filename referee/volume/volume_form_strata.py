"""The volume at a product of rank d, with more rows and columns than that."""

from math import prod

from dlnproof.referee.geometry import (
    F,
    Matrix,
    add,
    adjoint,
    both,
    dphi,
    end,
    factors,
    reduce,
    states,
    thin,
    unit,
    van,
    wrong,
)


@states("volume-form-strata", said="605e79e1ccb476844af5b61c7f0e6e8f")
@wrong("rows-alone", across=lambda r, m, n: m - r)
@wrong("difference", across=lambda r, m, n: m - n)
@wrong("squares", root=lambda t, N: t**N)
@wrong("mean", scale=0)
@wrong("singular-values", gap=lambda p: p.s2)
@wrong("exchanged", way=-1)
def volume_form_strata(
    p, way=1, gap=lambda p: p.t2, root=lambda t, N: t, scale=1, across=lambda r, m, n: m - r + n - r
):
    """What N A takes to a motion of W; its squared length; the determinant of all products."""
    d, (R, (V, *_, U)) = p.d, thin(p)
    W, m, n, t = factors(p.t, R), len(U.rows), len(V.rows), [root(x, p.N) for x in p.t]
    S, skew = U.T @ end(W, V) @ V, lambda k, i, l: unit(k, i, l) - unit(k, l, i)
    at = lambda i, l: p.mu(i, l) if max(i, l) < d else p.s2[min(i, l)] / p.t2[min(i, l)]
    over = lambda x, i, l: x / at(i, l) if min(i, l) < d else 0
    lift = lambda X: Matrix([over(x, i, l) for l, x in enumerate(r)] for i, r in enumerate(X.rows))
    moves = [F(p.N) / p.t[i] * (S @ unit(n, i, i)) for i in range(d)]
    moves += [X for i, l in p.less for X in (skew(m, i, l) @ S, S @ skew(n, l, i))]
    moves += [skew(m, i, c) @ S for c in range(d, m) for i in range(d)]
    moves += [S @ skew(n, c, i) for c in range(d, n) for i in range(d)]
    X, x = reduce(add, (F(1 + k) * M for k, M in enumerate(moves))), range(1, 1 + len(moves))
    yield from both(dphi(W, adjoint(W, U @ lift(X) @ V.T)), U @ X @ V.T)
    stated = p.N**scale * sum(y**2 for y in x[:d])
    stated += sum((t[k % d] * y) ** 2 for k, y in enumerate(x[d * d :]))
    for k, (i, l), y, z in ((k, *a) for k in (1, -1) for a in zip(p.less, x[d::2], x[d + 1 :: 2])):
        stated += ((p.s[i] - k * way * p.s[l]) * (y + k * z)) ** 2 / p.mu(i, l) / 2
    yield sum(y * z for y, z in both(X, lift(X))), stated
    found = Matrix(M.entries for M in moves) @ Matrix(lift(M).entries for M in moves).T
    yield found.det(), p.N ** (scale * d) * (van(gap(p)) * prod(t) ** across(d, m, n)) ** 2
