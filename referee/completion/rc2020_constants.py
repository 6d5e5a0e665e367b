"""The ratio of singular values at almost extreme 2 x 2 completions, and what other data bound."""

from fractions import Fraction as F

from dlnproof.referee.geometry import Matrix, norm2, root, states, wrong

of_entries, of_loss = lambda w, m: w**2 / (4 * m), lambda r: r**2 / 4


@states(
    "rc2020-constants",
    said="67925deb4e6daad96f272675b6ec0d54",
    scope="completions near the extremes",
)
@wrong("eighth", most=lambda w, m: w**2 / (8 * m))
@wrong("cubed", most=lambda w, m: w**3 / (4 * m))
@wrong("squared", by=lambda r: r**4 / 4)
@wrong("halved", by=lambda r: r**2 / 8)
@wrong("noiseless", least=lambda p, t, s: p * t)
@wrong("grown", least=lambda p, t, s: (p + s) * (t + s))
def rc2020_constants(p, most=of_entries, by=of_loss, least=lambda p, t, s: (p - s) * (t - s)):
    """The ratio is found from the trace of W^T W and det W; the loss is w22^2 / 2 here."""
    for x in (F(1, 4), F(1, 20), F(1, 400)):
        W = Matrix([[(1 + x**4) / (x - x**3), 1], [1, last := 2 * x / (1 - x**2)]])
        total, gap = (root(norm2(W) + 2 * sign * W.det()) for sign in (1, -1))
        r, share = (total - gap) / (total + gap), (1 - last) ** 2
        yield from ((r, min(r, most(last, 1))), (share * r, min(share * r, by(last))))
    for x, s in ((x, s) for x in (F(1, 10), F(3)) for s in (F(1, 1000), F(1, 3))):
        for a, t, y in ((1 + s, 1, x), (1 - s, 1, x), (1, 1, x - s), (1, 1, x + s)):
            yield (seen := F(1001, 1000) / x * (abs(y) + s)), max(seen, least(a, t, s))
