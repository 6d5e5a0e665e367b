"""Sentences that no theorem establishes, tried at points: are they false there?

The evaluator shares the terms and the definitions with the kernel, and no rule. What it finds false
is: exactly, or in balls that are apart. What has no value there (1/0, the inverse of a map that has
none) is not evaluated. That it finds nothing shows nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice

from dlnproof.kernel.terms import Term
from dlnproof.notation.terms import Writer
from dlnproof.numeric.geometric_points import Geometry, geometries
from dlnproof.numeric.interpretation import Point, Work
from dlnproof.numeric.samples import points, satisfying
from dlnproof.numeric.sentences import answer
from dlnproof.numeric.shaped_points import shaped

_DEPTHS, _WIDTHS = (2, 1, 3), (2, 1)
_RANDOM = 12
_WORK = 10**7
"""Values computed for one sentence, ten times what any claim's takes: a bound in work, not time."""


@dataclass(frozen=True)
class Trial:
    """At how many points a sentence was seen to hold, and where it is false, if anywhere."""

    points: int = 0
    false: str = ""


def tried(sentence: Term, given: Collection[Term] = ()) -> Trial:
    """Try a sentence where hypotheses hold, as far as points of balanced factors can be told.

    It ends after so many values that are computed, at whichever point that is.
    """
    seen, work = 0, Work(_WORK)
    for where, candidate in _candidates():
        if work.left < 0:
            break
        point = satisfying([*given], replace(candidate, defined=True, work=work))
        if point is None or not all(answer(h, point).value for h in given):
            continue
        found = answer(sentence, point)
        if found.value is False and not found.sampled:
            return Trial(seen, f"false at {where}: {_in_letters(found.shown, sentence)}")
        seen += bool(found.guess)
    return Trial(seen)


def _in_letters(shown: str, sentence: Term) -> str:
    """Return what was shown with the letters by which a sentence about all is written.

    A bound variable has no name of its own but that of its height.
    """
    letters: dict[str, str] = {}
    while sentence.op == "every":
        names, inside = Writer().open(sentence)
        letters |= {v.name: x.name for v, x in zip(sentence.variables, names, strict=True)}
        sentence = inside[-1]
    return re.sub(r"%[0-9]+", lambda found: letters.get(found[0], found[0]), shown)


@cache
def _candidates() -> tuple[tuple[str, Point], ...]:
    return tuple(_all())


def _all() -> Iterator[tuple[str, Point]]:
    for geometry in geometries(0, _DEPTHS, _WIDTHS):
        yield _described(geometry), geometry.point()
    for where, point in shaped(0, _DEPTHS, _WIDTHS):
        yield where, point
    for k, point in enumerate(islice(points(0, _RANDOM), _RANDOM)):
        yield f"values drawn at random ({k})", point


def _described(geometry: Geometry) -> str:
    values = ", ".join(str(geometry.sigma(i)) for i in range(1, geometry.width + 1))
    return f"N = {geometry.depth}, d = {geometry.width}, sigma = ({values})"
