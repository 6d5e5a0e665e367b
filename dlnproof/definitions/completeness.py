"""How far a matrix is from those without an inverse: a path to one, and paths of bounded speed."""

from __future__ import annotations

from typing import Final

from dlnproof.definitions.geometry import METRIC, infinite_metric
from dlnproof.definitions.hypotheses import during
from dlnproof.definitions.letters import (
    N,
    c,
    d,
    end_at,
    end_velocity_at,
    euler,
    r,
    s,
    t,
    t_0,
    t_1,
    x,
)
from dlnproof.definitions.truncation import LOST
from dlnproof.kernel.terms import Term, at_most, every, less, substitute

_C, _X = c.term, x.term
_HERE: Final = end_at(_X), end_velocity_at(_X), end_velocity_at(_X)

LAST: Final = tuple(substitute(sentence, {r: d - 1}) for sentence in LOST)
"""e_i is 1 of the last index, and 0 of all others: the last value alone is lost."""


def _slow(square: Term) -> tuple[Term, ...]:
    return (every(x, during(_X), at_most(square, _C**2)),)


SPEED: Final = (at_most(0, _C),)
"""0 <= c, a speed."""
SLOW: Final = _slow(1 / N * METRIC(N, *_HERE))
"""W(t) has at most the speed c in g^N / N, the metric of the submersion."""
INFINITELY_SLOW: Final = _slow(infinite_metric(*_HERE))
"""The same in the metric of infinite depth."""
TIMES: Final = (less(t_0, s.term), less(s.term, t.term), less(t.term, t_1))
"""Two times s < t."""
LENGTH: Final = _C * (t.term - s.term)
"""c (t - s), the length of the path between them at most."""
GROWN: Final = euler**LENGTH


def square_between(value: Term) -> Term:
    """Return the square of a value's change, from s to t."""
    return (value - substitute(value, {t: s.term})) ** 2
