"""That the entropy of 2 x 2 matrices is a concave function of their singular values."""

from typing import Final

from dlnproof import formulas as f
from dlnproof.claims.schema import AT_POINTS, Mutant, Source, claim
from dlnproof.claims.sentences import Sentence
from dlnproof.core.expression import Number
from dlnproof.definitions.formulas import part
from dlnproof.definitions.hypotheses import DEPTH
from dlnproof.definitions.letters import N, e, p, s, t, x, y
from dlnproof.definitions.two_values import (
    FACTORED,
    FIRST,
    FRAMES,
    SECOND,
    SECONDS,
    SLOPES,
    VALUES,
    entropy,
    slope_of_first,
    slope_of_second,
)
from dlnproof.kernel.terms import Term, at_most, derivative, equal, every, less, number

_S, _P, _T, _E, _X, _Y = (v.term for v in (s, p, t, e, x, y))
_ZERO: Final = number(0)


def _second(name: str, place: int) -> Term:
    return derivative(s, *SLOPES[place], part(name, i=1, l=2))


_FORM: Final = _P * _X**2 + 2 * _T * _X * _Y + _E * _Y**2
"""The second derivative along (x, y), of which those by the values are p, t and e."""


def _along(sentence: Term, *conditions: Term) -> Term:
    return every((p, t, e, x, y), (*SECONDS, *conditions), sentence)


CLAIM = claim(
    "entropy-concavity",
    title="Concavity of the entropy of two singular values",
    source=Source("MY2025", "entropy formula; its concavity is stated here"),
    given=(*DEPTH, *FRAMES, *FACTORED, *VALUES),
    chief=("concave", "strict"),
    sentences=(
        Sentence(
            "first",
            derivative(s, entropy(_S, SECOND), FIRST, slope_of_first(FIRST, SECOND)),
            "its slope by the first value",
        ),
        Sentence(
            "second",
            derivative(s, entropy(FIRST, _S), SECOND, slope_of_second(FIRST, SECOND)),
            "by the second",
        ),
        Sentence("one", _second("one", 0), "second derivatives"),
        Sentence("mixed", _second("mixed", 1), "by one and the other"),
        Sentence("other", _second("other", 2), "by the other"),
        Sentence("concave", _along(at_most(_FORM, _ZERO), at_most(2, N)), "along a line"),
        Sentence(
            "strict",
            _along(less(_FORM, _ZERO), at_most(3, N), less(_ZERO, _X**2 + _Y**2)),
            "strictly",
        ),
        Sentence(
            "two-factors",
            _along(equal(_FORM, -((_X + _Y) ** 2) / (2 * (FIRST + SECOND) ** 2)), equal(N, 2)),
            "of two factors",
        ),
    ),
    parts={"one": f.ENTROPY_SECOND, "mixed": f.ENTROPY_MIXED, "other": f.ENTROPY_SECOND_L},
    scope="all $N$, $d=2$",
    routes=AT_POINTS,
    uses=("entropy-shape",),
    mutants=(
        Mutant(
            "unhalved",
            "without the root of the volume, where both move",
            {"mixed": 2 * f.ENTROPY_MIXED},
        ),
        Mutant("alike", "as if both values bent alike", {"one": f.ENTROPY_SECOND_L}),
        Mutant("no-mixing", "as if values did not mix", {"mixed": Number(0)}),
        Mutant(
            "exchanged",
            "the second derivatives by each value for the other's",
            {"one": f.ENTROPY_SECOND_L, "other": f.ENTROPY_SECOND},
        ),
        Mutant("repelling", "the opposite sign where both move", {"mixed": 0 - f.ENTROPY_MIXED}),
    ),
)
"""The second derivatives of log vol(O_W) by two singular values, and their sign, for every N."""
