"""The gradient of log vol(O_W), where the singular values differ: its derivative by each."""

from fractions import Fraction as F

from dlnproof.referee.geometry import Matrix, Point, by_root, by_value, states, wrong


def tangents(p, t):
    """Return the tangents of the orbit at the frames of a point, which are linear in t."""
    return Point(p.N, t, p.Q).moves(range(1, p.N))


# what values i and l add to the derivative by s_i and by s_l, the roots n times
adds = lambda p, i, l, n=1: by_value(p, i, l) - n * by_root(p, i, l)
adds_too = lambda p, i, l, n=1: adds(p, l, i, n)
half_root = lambda p, i, l: p.t[i] / p.s[i] / (p.t[i] - p.t[l]) / p.N  # of log |t_i - t_l|


@states("entropy-gradient", said="aece8a57c9c525cdc40b88c382d43121")
@wrong("unhalved", first=lambda *x: 2 * adds(*x), second=lambda *x: 2 * adds_too(*x))
@wrong("of-the-density", first=lambda *x: -adds(*x), second=lambda *x: -adds_too(*x))
@wrong(
    "undivided",
    first=lambda p, i, l: adds(p, i, l, p.N),
    second=lambda p, i, l: adds_too(p, i, l, p.N),
)
@wrong("values-alone", first=by_value)
@wrong("roots-unsquared", first=lambda *x: by_value(*x) - half_root(*x))
def entropy_gradient(p, first=adds, second=adds_too):
    """What pairs i < l add by sigma_i and by sigma_l; the Gram matrix is changed row by row."""
    fibred = p.N > 1 and p.d > 1  # else the orbit is points
    T = tangents(p, p.t) if fibred else None
    G = T @ T.T if fibred else None
    for i in range(p.d if len(set(p.t)) == p.d else 0):
        measured = F(0)
        if fibred:
            alone = tangents(p, [t if k == i else F(0) for k, t in enumerate(p.t)])
            change = (alone @ T.T).rows  # half of G'
            ways = (Matrix([*G.rows[:k], change[k], *G.rows[k + 1 :]]) for k in range(len(change)))
            measured = sum(way.det() for way in ways) / G.det() / (p.N * p.s[i])
        pairs = [second(p, l, i) for l in range(i)] + [first(p, i, l) for l in range(i + 1, p.d)]
        yield measured, sum(pairs)
