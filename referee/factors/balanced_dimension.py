"""How many directions balanced factors have, of one width and of several: ranks."""

from fractions import Fraction as F
from itertools import combinations

from dlnproof.referee.geometry import columns, diag, dphi, flat, states, unit, wrong

manifold = lambda p: p.d**2 + (p.N - 1) * F(p.d * (p.d - 1), 2)


def rank(rows):
    """Return how many rows are independent, by elimination."""
    top, *rest = [list(row) for row in rows if any(row)] or [()]
    k = next((k for k, x in enumerate(top) if x), 0)
    less = ([x - row[k] / top[k] * y for x, y in zip(row, top)] for row in rest)
    return 1 + rank(less) if top else 0


@states("balanced-dimension", said="d260c38c1f5c6cf3e04ca1f99cb2ba7c")
@wrong("symmetric", full=lambda p: manifold(p) + (p.N - 1) * p.d)
@wrong("each-layer", full=lambda p: manifold(p) + len(p.less))
@wrong("equal-widths", frame=lambda r, n: F(r * (r - 1), 2))
@wrong("both-sides", ends=lambda r, n: r * n)
def balanced_dimension(
    p, full=manifold, frame=lambda r, n: r * n - F(r * (r + 1), 2), ends=lambda r, n: r * (n - r)
):
    """Of towers R_j P R_{j-1}^T, P symmetric: all directions, the product's, the fibre's."""
    r, made = p.d, lambda R, P: tuple(after @ P @ before.T for before, after in zip(R, R[1:]))
    for more in (0, 1):
        d = [r + more * (1 + j % 2) for j in range(p.N + 1)]
        R, turns = [columns(n, r) @ Q for n, Q in zip(d, p.Q)], [[] for _ in d]
        for j, k, l in ((j, k, l) for j, n in enumerate(d) for k, l in combinations(range(n), 2)):
            turn = (unit(d[j], k, l) - unit(d[j], l, k)) @ R[j]
            moved = made([*R[:j], turn, *R[j + 1 :]], diag(p.t))
            turns[j].append([X if q in (j - 1, j) else 0 * X for q, X in enumerate(moved)])
        every = [made(R, unit(r, i, l) + unit(r, l, i)) for i in range(r) for l in range(i + 1)]
        every, W = sum(turns, every), made(R, diag(p.t))
        fibre, product = sum(frame(r, n) for n in d[1:-1]), ends(r, d[-1] + d[0])
        yield rank(map(flat, every)), product + fibre if more else full(p)
        yield rank(flat(X) for Y in turns[1:-1] for X in Y), fibre
        yield rank(dphi(W, X).entries for X in every), product
        yield from ((rank(map(flat, X)), frame(r, n)) for X, n in zip(turns[1:-1], d[1:]))
