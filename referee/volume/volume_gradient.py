"""The gradient of log sqrt(det g^N), where the singular values differ: its derivative by each."""

from fractions import Fraction as F

from dlnproof.referee.geometry import A, Matrix, by_root, by_value, factors, moved, states, wrong


def slope(p, i):
    """Return the derivative of log det A by sigma_i: the columns are changed one by one."""
    X = factors([t if k == i else 0 for k, t in enumerate(p.t)], p.Q)
    old, new = A(p).T.rows, moved(p, X).T.rows
    total = sum(Matrix([*old[:k], new[k], *old[k + 1 :]]).det() for k in range(len(old)))
    return total / A(p).det() / (p.N * p.s[i])


# what s_i adds to its derivative; what values i and l add by s_i and by s_l, the roots n times
alone = lambda p, i: (F(1, p.N) - 1) / p.s[i]
paired = lambda p, i, l, n=1: 2 * n * by_root(p, i, l) - 2 * by_value(p, i, l)
paired_too = lambda p, i, l, n=1: paired(p, l, i, n)


@states("volume-gradient", said="c7257b2af388b9e6c4cd8241dfb350fa")
@wrong("pairs-alone", own=lambda p, i: 0)
@wrong(
    "undivided",
    first=lambda p, i, l: paired(p, i, l, p.N),
    second=lambda p, i, l: paired_too(p, i, l, p.N),
)
@wrong("roots-alone", first=lambda *x: 2 * by_root(*x))
@wrong("one-sign", second=lambda *x: -paired_too(*x))
@wrong(
    "of-the-operator",
    own=lambda *x: -alone(*x),
    first=lambda *x: -paired(*x),
    second=lambda *x: -paired_too(*x),
)
def volume_gradient(p, own=alone, first=paired, second=paired_too):
    """What sigma_i adds alone, and what each pair i < l adds, by sigma_i and by sigma_l."""
    for i in range(p.d if len(set(p.t)) == p.d else 0):
        pairs = [second(p, l, i) for l in range(i)] + [first(p, i, l) for l in range(i + 1, p.d)]
        yield -slope(p, i) / 2, own(p, i) + sum(pairs)
