"""Geodesics of balanced factors: what they conserve, and the parabola of their radius."""

from typing import Final

from dlnproof.claims.schema import AT_POINTS, Mutant, Source, claim
from dlnproof.claims.sentences import Sentence
from dlnproof.core.expression import Number
from dlnproof.core.spectrum import ELAPSED, I
from dlnproof.core.spectrum import N as DEPTH_LETTER
from dlnproof.definitions.formulas import AT_TIME, part
from dlnproof.definitions.hypotheses import (
    BALANCED_AT,
    DEPTH,
    DURING,
    GEODESIC,
    POSITIVE_THEN,
    SVD_THEN,
    WIDTH,
    during,
)
from dlnproof.definitions.letters import N, d, i, j, s, t
from dlnproof.definitions.motion import after, before, crossed, energy, radius
from dlnproof.kernel.terms import (
    Term,
    derivative,
    each,
    equal,
    every,
    integer,
    number,
    total,
    zero,
)

_J, _S, _T = j.term, s.term, t.term


def _kept(function: Term) -> Term:
    nothing = zero(d) if function.sort == zero(d).sort else number(0)
    return every(t, DURING, derivative(s, function, _T, nothing))


_LATER: Final = _T + _S
_LAW: Final = equal(
    radius(_LATER),
    radius(_T) + part("rate") * _S * crossed(_T) + part("leading", s) * energy(_T),
)

CLAIM = claim(
    "geodesic-cone-law",
    title="Geodesics of balanced factors",
    source=Source("MY2025", "balanced factors; what geodesics conserve is stated here"),
    given=(*DEPTH, *GEODESIC, *BALANCED_AT),
    chief=("law", "values"),
    sentences=(
        Sentence("speed", _kept(energy(_S)), "the squared speed"),
        Sentence(
            "radius",
            every(t, DURING, derivative(s, radius(_S), _T, part("rate") * crossed(_T))),
            "the square of the radius",
        ),
        Sentence(
            "growth",
            every(
                t,
                DURING,
                derivative(s, part("rate") * crossed(_S), _T, part("growth") * energy(_T)),
            ),
            "the derivative of that",
        ),
        Sentence("law", every((t, s), (*DURING, *during(_LATER)), _LAW), "after a time"),
        Sentence(
            "values",
            every(
                t,
                (*DURING, *WIDTH, *SVD_THEN, *POSITIVE_THEN),
                equal(radius(_T), total(i, 1, d, part("value", i, t))),
            ),
            "the square of the radius, by the singular values of $W$",
        ),
        Sentence("left", _kept(after(N, _S)), "turning of $W$ on the left"),
        Sentence("right", _kept(before(integer(1), _S)), "turning of $W$ on the right"),
        Sentence(
            "between",
            each(j, 1, N - 1, _kept(after(_J, _S) - before(_J + 1, _S))),
            "turning between the factors",
        ),
    ),
    parts={
        "rate": Number(2),
        "growth": Number(2),
        "leading": ELAPSED**2,
        "value": DEPTH_LETTER * I.root**2,
    },
    letters={**AT_TIME, ELAPSED: _S},
    routes=AT_POINTS,
    uses=("factor-norms", "three-way-splitting"),
    mutants=(
        Mutant("one-sided", "$1$: of a product one factor is differentiated", {"rate": Number(1)}),
        Mutant("once", "$1$, as of half the square of the radius", {"growth": Number(1)}),
        Mutant("by-depth", "$N$ times that, as with $g^N$", {"leading": DEPTH_LETTER * ELAPSED**2}),
        Mutant("half-square", "half the square of the time", {"leading": ELAPSED**2 / 2}),
        Mutant("frobenius", "the Frobenius norm of $W$", {"value": DEPTH_LETTER * I.sigma**2}),
        Mutant("linear", "the time in place of its square", {"leading": 1 * ELAPSED}),
    ),
)
