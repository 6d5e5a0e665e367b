"""An orthogonal basis of directions in which balanced factors move."""

from typing import Final

from dlnproof import formulas as f
from dlnproof.claims.schema import AT_POINTS, Mutant, Source, claim
from dlnproof.claims.sentences import Sentence
from dlnproof.core.spectrum import COSINE, I, L
from dlnproof.core.spectrum import N as DEPTH_LETTER
from dlnproof.core.verdict import Route
from dlnproof.definitions.formulas import part
from dlnproof.definitions.gauge import (
    FACTORED,
    both_entries,
    direction,
    first,
    lift,
    over_factors,
    second,
    wave,
)
from dlnproof.definitions.hypotheses import DEPTH, POSITIVE
from dlnproof.definitions.letters import N, d, i, j, k, l, m, n, r, sigma
from dlnproof.definitions.orbits import TURNED
from dlnproof.kernel.terms import (
    Symbol,
    Term,
    choose,
    different,
    each,
    equal,
    every,
    less,
    number,
    total,
    unit,
    within,
)

_I, _L, _J, _R, _K, _M, _N = (v.term for v in (i, l, j, r, k, m, n))
_ZERO: Final = number(0)


def _delta(one: Term, other: Term) -> Term:
    return choose(equal(one, other), number(1), _ZERO)


def _for_entries(sentence: Term, *modes: Symbol, given: tuple[Term, ...] = ()) -> Term:
    """Return a sentence for two entries of d x d matrices, and modes 0 < m < N."""
    places = tuple(c for v in (i, l, j, r) for c in within(v, 1, d))
    conditions = (*places, *(c for v in modes for c in within(v, 1, N - 1)), *given)
    return every((i, l, j, r, *modes), conditions, sentence)


def _of_entries(value: Term) -> Term:
    """Return a number for two entries that are one, and 0 else."""
    return _delta(_I, _J) * (_delta(_L, _R) * value)


def _weighed(at: Term) -> Term:
    y, z, y_before, z_before = first(at), second(at), first(at - 1), second(at - 1)
    alike = part("above", i, l) * (y * z) + part("below", i, l) * (y_before * z_before)
    return alike - part("beside", i, l) * (y * z_before + y_before * z)


_GAUGE = over_factors(
    lambda at: direction(at, first, unit(d, _I, _L)),
    lambda at: direction(at, second, unit(d, _J, _R)),
)
_BASIS = over_factors(
    lambda at: direction(at, wave(_M), unit(d, _I, _L)),
    lambda at: direction(at, wave(_N), unit(d, _J, _R)),
)
_LIFTS = over_factors(lambda at: lift(at, _I, _L), lambda at: lift(at, _J, _R))
_CROSSED = over_factors(
    lambda at: lift(at, _I, _L), lambda at: direction(at, wave(_M), unit(d, _J, _R))
)
_MODES = (*within(m, 1, N - 1), *within(n, 1, N - 1))

_PAIR: Final = _delta(_M, _N) * part("pair", i, l, m)


def _of_pair(one: int, other: int) -> Term:
    """Return the inner product of directions by waves of E_il + E_li, or (-1) of E_il - E_li."""
    left, right = (both_entries(_I, _L, sign) for sign in (one, other))
    return over_factors(
        lambda at: direction(at, wave(_M), left), lambda at: direction(at, wave(_N), right)
    )


def _for_pair(sentence: Term) -> Term:
    """Return a sentence for a pair i < l and two modes."""
    return every((i, l, m, n), (*within(i, 1, d), *within(l, _I + 1, d), *_MODES), sentence)


CLAIM = claim(
    "jacobi-basis",
    title="An orthogonal basis of the directions of balanced factors",
    source=Source("MY2025", "tangents and normals of balanced factors; the form is stated here"),
    given=(*DEPTH, *POSITIVE, TURNED, *FACTORED),
    chief=("norm", "positive"),
    sentences=(
        Sentence(
            "gauge",
            _for_entries(equal(_GAUGE, _of_entries(total(k, 1, N, _weighed(_K))))),
            "directions of frames",
        ),
        Sentence("first-end", each(m, 1, N - 1, equal(wave(_M)(_M * 0), 0)), "waves: an end"),
        Sentence("last-end", each(m, 1, N - 1, equal(wave(_M)(N), 0)), "waves: the other end"),
        Sentence(
            "norm",
            every(
                (m, n),
                _MODES,
                equal(total(k, 1, N, wave(_M)(_K) * wave(_N)(_K)), _delta(_M, _N) * part("norm")),
            ),
            "waves: inner products",
        ),
        Sentence(
            "basis",
            _for_entries(
                equal(_BASIS, _of_entries(_delta(_M, _N) * part("length", i, l, m))), m, n
            ),
            "directions by waves",
        ),
        *(
            Sentence(
                name,
                _for_pair(equal(_of_pair(one, other), value)),
                topic,
            )
            for name, one, other, value, topic in (
                ("vertical", -1, -1, _PAIR, "vertical directions"),
                ("normal", 1, 1, _PAIR, "normal directions"),
                ("vertical-normal", -1, 1, _ZERO, "vertical and normal directions"),
            )
        ),
        Sentence(
            "positive",
            every(
                (i, l, m),
                (*within(i, 1, d), *within(l, 1, d), *within(m, 1, N - 1)),
                less(0, part("length", i, l, m)),
            ),
            "squared lengths",
        ),
        Sentence(
            "distinct",
            _for_entries(
                equal(_LIFTS, _of_entries(part("distinct", i, l))),
                given=(different(sigma(_I), sigma(_L)),),
            ),
            "lifts: different values",
        ),
        Sentence(
            "coincident",
            _for_entries(
                equal(_LIFTS, _of_entries(part("coincident", i, l))),
                given=(equal(sigma(_I), sigma(_L)),),
            ),
            "lifts: equal values",
        ),
        Sentence("crossed", _for_entries(equal(_CROSSED, 0), m), "lifts and directions by waves"),
    ),
    parts={
        "above": L.root**2,
        "below": I.root**2,
        "beside": I.root * L.root,
        "norm": f.WAVE_LENGTH,
        "length": f.GAUGE_LENGTH,
        "pair": DEPTH_LETTER * f.ORBIT_EIGENVALUE,
        "distinct": f.SUM_EIGENVALUE,
        "coincident": f.SUM_EIGENVALUE_COINCIDENT,
    },
    routes=(*AT_POINTS, Route.ENCLOSURE),
    mutants=(
        Mutant(
            "exchanged",
            r"$\sigma_i$ and $\sigma_l$ exchanged",
            {"above": I.root**2, "below": L.root**2},
        ),
        Mutant(
            "one-neighbour",
            "half of what stands beside the diagonal",
            {"beside": I.root * L.root / 2},
        ),
        Mutant(
            "other-sign",
            "the other sign of what stands beside the diagonal",
            {"beside": 0 - I.root * L.root},
        ),
        Mutant(
            "one-more",
            "$N+1$ in place of $N$, as of waves that vanish one further",
            {"norm": (DEPTH_LETTER + 1) / 2},
        ),
        Mutant(
            "whole-turns",
            r"$\cos(2m\pi/N)$ in place of $\cos(m\pi/N)$",
            {
                "length": (DEPTH_LETTER / 2)
                * (I.root**2 + L.root**2 - 2 * I.root * L.root * (2 * COSINE**2 - 1))
            },
        ),
        Mutant(
            "two-entries",
            "twice the length, as of the sum of two entries",
            {"length": DEPTH_LETTER * f.ORBIT_EIGENVALUE},
        ),
        Mutant(
            "one-entry",
            "the length of one entry in place of that of a pair",
            {"pair": f.GAUGE_LENGTH},
        ),
        Mutant(
            "mean-normalisation",
            "the factor $1/N$ of the operator",
            {"distinct": f.EIGENVALUE, "coincident": f.EIGENVALUE_COINCIDENT},
        ),
    ),
)
