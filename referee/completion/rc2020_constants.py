"""The ratio of singular values at extreme 2 x 2 completions, and what other data bound."""

from fractions import Fraction as F
from itertools import product

from dlnproof.referee.geometry import Matrix, norm2, root, states, wrong


@states(
    "rc2020-constants",
    said="67925deb4e6daad96f272675b6ec0d54",
    scope="sigma_2/sigma_1 = 1/16, 1/400, 1/160000; s = 1/1000, 1/3",
)
@wrong("eighth", most=lambda w, m: w**2 / (8 * m))
@wrong("cubed", most=lambda w, m: w**3 / (4 * m))
@wrong("squared", by=lambda r: r**4 / 4)
@wrong("halved", by=lambda r: r**2 / 8)
@wrong("noiseless", least=lambda p, t, s: p * t)
@wrong("grown", least=lambda p, t, s: (p + s) * (t + s))
def rc2020_constants(
    p,
    most=lambda w, m: w**2 / (4 * m),
    by=lambda r: r**2 / 4,
    least=lambda p, t, s: (p - s) * (t - s),
):
    """The ratio is found from the trace of W^T W and det W; the loss is w22^2 / 2 here."""
    for x in (F(1, 4), F(1, 20), F(1, 400)):
        last = 2 * x / (1 - x**2)
        W = Matrix([[(1 + x**4) / (x - x**3), 1], [1, last]])
        total, gap = (root(norm2(W) + 2 * sign * W.det()) for sign in (1, -1))
        ratio = (total - gap) / (total + gap)
        yield ratio, min(ratio, most(last, 1))
        yield (1 - last) ** 2 * ratio, min((1 - last) ** 2 * ratio, by(last))
    for last, s in product((F(1, 10), F(3)), (F(1, 1000), F(1, 3))):
        for a, b, x in ((1 + s, 1, last), (1 - s, 1, last), (1, 1, last - s), (1, 1, last + s)):
            most_ = F(1001, 1000) / last * (abs(x) + s)
            yield most_, max(most_, least(a, b, s))
