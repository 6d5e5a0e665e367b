"""What is used of the cosine."""

from __future__ import annotations

from dlnproof.kernel.terms import PI, Term, cosine, equal, integer, less, number
from dlnproof.kernel.theorem import Theorem, mint


def cosine_sum(x: Term, y: Term) -> Theorem:
    """Return cos(x + y) + cos(x - y) = 2 cos(x) cos(y)."""
    left = cosine(x + y) + cosine(x - y)
    return mint("sum of cosines", equal(left, 2 * cosine(x) * cosine(y)))


def cosine_zero(n: Term | int) -> Theorem:
    """Return cos((2n + 1) pi / 2) = 0, for an integer n."""
    at = number(2 * integer(n) + 1) * PI / 2
    return mint("zero of the cosine", equal(cosine(at), number(0)))


def cosine_positive(x: Term) -> Theorem:
    """Return 0 < cos(x), for -pi / 2 < x < pi / 2."""
    ends = [less(-PI / 2, x), less(x, PI / 2)]
    return mint("sign of the cosine", less(number(0), cosine(x)), more=ends)
