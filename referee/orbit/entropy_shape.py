"""How the entropy grows with two singular values: its slopes, their signs, and which is larger."""

from fractions import Fraction as F

from dlnproof.referee.geometry import Point, adds, adds_too, entropy_slope, gram, states, wrong


@states("entropy-shape", said="de2a08633b6d4b218033e489e99bec73")
@wrong("unhalved", first=lambda p: 2 * adds(p, 0, 1), second=lambda p: 2 * adds_too(p, 0, 1))
@wrong("shrinks", first=lambda p: -adds(p, 0, 1), second=lambda p: -adds_too(p, 0, 1))
@wrong("exchanged", first=lambda p: adds_too(p, 0, 1), second=lambda p: adds(p, 0, 1))
@wrong("undivided", second=lambda p: adds_too(p, 0, 1, p.N))
def entropy_shape(p, first=lambda p: adds(p, 0, 1), second=lambda p: adds_too(p, 0, 1)):
    """Of two values: by each; then relative to them, times the eigenvalues of N A."""
    x, y = (entropy_slope(p, i) for i in (0, 1))
    yield from ((x, first(p)), (y, second(p)))
    more = x * p.s[0] / p.t2[0] - y * p.s[1] / p.t2[1]
    for sign in (x, y, y - x, more) if p.N > 1 else ():
        yield sign, abs(sign)
    if p.N == 2:
        yield x, y


@states("entropy-shape: low-rank")
def low_rank(p):
    """As if the orbit were larger at s = (4, 1/4) than at (4, 1): squared volumes, of 2 factors."""
    if p.N == 2:
        roots = ([F(2), F(1, 2)], [F(2), F(1)])
        low, high = (gram(Point(2, t, p.Q).moves((1,))) / 2 for t in roots)
        yield low, max(low, high)
