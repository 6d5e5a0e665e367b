"""The gradient of log sqrt(det g^N), where the singular values differ: its derivative by each."""

from fractions import Fraction as F

from dlnproof.referee.geometry import by_root, by_value, laplacian, states, wrong

# what s_i adds to its derivative; what values i and l add by s_i and by s_l, the roots n times
alone = lambda p, i: (F(1, p.N) - 1) / p.s[i]
paired = lambda p, i, l, n=1: 2 * n * by_root(p, i, l) - 2 * by_value(p, i, l)
paired_too = lambda p, i, l, n=1: paired(p, l, i, n)


@states("volume-gradient", said="c7257b2af388b9e6c4cd8241dfb350fa")
@wrong("pairs-alone", own=lambda p, i: 0)
@wrong("undivided", first=lambda *x: paired(*x, x[0].N), second=lambda *x: paired_too(*x, x[0].N))
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
    for i, slope in enumerate(laplacian(p)[1][:: p.d + 1] if len(set(p.t)) == p.d else ()):
        pairs = [second(p, l, i) for l in range(i)] + [first(p, i, l) for l in range(i + 1, p.d)]
        yield slope, own(p, i) + sum(pairs)
