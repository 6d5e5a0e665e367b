"""The mean curvature of the orbits of balanced factors: minus the gradient of the entropy."""

from typing import Final

from dlnproof import formulas as f
from dlnproof.claims.schema import AT_POINTS, Mutant, Source, claim
from dlnproof.claims.sentences import Sentence
from dlnproof.core.spectrum import I, L
from dlnproof.core.spectrum import N as DEPTH_LETTER
from dlnproof.definitions.formulas import part
from dlnproof.definitions.hypotheses import DEPTH, POSITIVE, WIDTH
from dlnproof.definitions.letters import N, d, i, j, k, l, m, r, s, sigma
from dlnproof.definitions.orbits import (
    BENDING,
    GRAM_INVERSE,
    INVERTED,
    TURNED,
    turned,
    turned_twice,
    value_curve,
)
from dlnproof.kernel.terms import (
    Term,
    derivative,
    different,
    each,
    equal,
    every,
    log,
    number,
    orbit_volume,
    substitute,
    total,
    trace,
    transpose,
    unit,
    within,
    zero,
)

_I, _J, _K, _L, _M = (v.term for v in (i, j, k, l, m))
_FRAMED: Final = transpose(turned(_K)) * turned_twice(_K, _J, r.term) * turned(_K - 1)
_PLACES: Final = (
    *within(k, 1, N),
    *within(j, 1, N - 1),
    *within(r, 1, N - 1),
    *within(m, 1, d),
)
_OWN: Final = unit(d, _M, _M)
_TRACE: Final = trace(GRAM_INVERSE(_I, _L) * BENDING)
_ENTROPY: Final = derivative(
    s,
    log(orbit_volume(j, N, value_curve(_J, _M, s.term))),
    number(0),
    -total(i, 1, d, total(l, _I + 1, d, _TRACE)),
)
_SLOPES: Final = {
    "first": f.ENTROPY_SLOPE,
    "second": f.ENTROPY_SLOPE_L,
    "coincident": f.ENTROPY_SLOPE_COINCIDENT,
}
_UNLIKE, _ALIKE = different(sigma(_I), sigma(_L)), equal(sigma(_I), sigma(_L))


def _for_pairs(sentence: Term) -> Term:
    return each(i, 1, d, each(l, _I + 1, d, sentence))


def _of(at: Term, name: str, condition: Term) -> Term:
    """Return the mean curvature that a pair has along how the factors move with a value of it."""
    bends = substitute(_TRACE, {m: at})
    return _for_pairs(every((), (condition,), equal(bends, -part(name, i, l))))


CLAIM = claim(
    "mean-curvature-orbits",
    title="Mean curvature of the orbits of balanced factors",
    source=Source("MY2025", "entropy formula, its first variation; stated here"),
    given=(*DEPTH, *WIDTH, *POSITIVE, TURNED, INVERTED),
    chief=("variation", "first"),
    sentences=(
        Sentence(
            "sideways",
            _for_pairs(every((k, j, r, m), _PLACES, equal(_FRAMED * _OWN, _OWN * _FRAMED))),
            "second derivatives off the diagonal",
        ),
        Sentence(
            "others",
            _for_pairs(
                every(
                    m,
                    (*within(m, 1, d), different(_I, _M), different(_L, _M)),
                    equal(BENDING, zero(N - 1)),
                )
            ),
            "second derivatives along other values",
        ),
        Sentence("variation", each(m, 1, d, _ENTROPY), "the entropy and the mean curvature"),
        Sentence("first", _of(_I, "first", _UNLIKE), "a pair: along the first value"),
        Sentence("second", _of(_L, "second", _UNLIKE), "a pair: along the second value"),
        Sentence(
            "first-coincident", _of(_I, "coincident", _ALIKE), "equal values: along the first"
        ),
        Sentence(
            "second-coincident", _of(_L, "coincident", _ALIKE), "equal values: along the second"
        ),
    ),
    parts=_SLOPES,
    routes=AT_POINTS,
    mutants=(
        Mutant(
            "other-sign",
            "the gradient itself, and not minus the gradient",
            {name: 0 - slope for name, slope in _SLOPES.items()},
        ),
        Mutant(
            "halved",
            "half of the gradient",
            {name: slope / 2 for name, slope in _SLOPES.items()},
        ),
        Mutant(
            "of-the-square",
            "twice the gradient: that of the logarithm of the squared volume",
            {name: 2 * slope for name, slope in _SLOPES.items()},
        ),
        Mutant(
            "mean-normalisation",
            "the factor $1/N$ of the operator",
            {name: slope / DEPTH_LETTER for name, slope in _SLOPES.items()},
        ),
        Mutant(
            "values-alone",
            "the roots left out",
            {"first": I.sigma / (I.sigma**2 - L.sigma**2)},
        ),
    ),
)
