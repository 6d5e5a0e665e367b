"""A summand of a sum of nonnegative numbers. Nothing here is trusted: every step is a rule."""

from __future__ import annotations

from dlnproof.kernel import ranges
from dlnproof.kernel.logic import sides
from dlnproof.kernel.signs import certificate
from dlnproof.kernel.terms import Term, at_most, number
from dlnproof.kernel.theorem import Theorem
from dlnproof.tactics.equations import body
from dlnproof.tactics.settle import proved, settle


def one_of(whole: Term, index: Term, *known: Theorem | Term) -> Theorem:
    """Return f(i) <= sum f, for nonnegative f."""
    parted = ranges.split(whole, index)
    first, rest = sides(parted)[1].args
    upper = ranges.top(first)
    below = sides(upper)[1].args[0]
    found = certificate(
        at_most(body(whole, index), whole),
        [[proved(at_most(number(0), part), *known)] for part in (below, rest)],
        [(number(1), parted), (number(1), upper)],
        [body(whole, index), below, rest, first, whole],
    )
    return settle(found, *known)
