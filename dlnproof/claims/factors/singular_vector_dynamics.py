"""Singular values and singular vectors along the gradient flow of the product."""

from typing import Final

from dlnproof import formulas as f
from dlnproof.claims.schema import AT_POINTS, Mutant, Source, claim
from dlnproof.claims.sentences import Sentence
from dlnproof.core.spectrum import I, L, N
from dlnproof.definitions.completion import SVD_OF_END
from dlnproof.definitions.end_flow import END_FLOW
from dlnproof.definitions.formulas import AT_TIME, part
from dlnproof.definitions.geometry import framed
from dlnproof.definitions.hypotheses import (
    DEPTH,
    DURING,
    POSITIVE_AT,
    STRICT_AT,
    TURNING,
    during,
)
from dlnproof.definitions.letters import N as DEPTH_TERM
from dlnproof.definitions.letters import (
    c,
    d,
    gradient_at,
    i,
    l,
    left_turn_at,
    right_turn_at,
    s,
    sigma_at,
    t,
    x,
)
from dlnproof.kernel.terms import (
    Term,
    at_most,
    derivative,
    different,
    entry,
    equal,
    every,
    number,
    within,
)

_T, _I, _L = t.term, i.term, l.term
_UNLIKE: Final = (*within(i, 1, d), *within(l, 1, d), *DURING, different(_I, _L))
_PULLS: Final = tuple(framed(gradient_at(_T), *at) for at in ((_I, _L), (_L, _I)))
_TURNS: Final = tuple(entry(turn(_T), _I, _L) for turn in (left_turn_at, right_turn_at))


def _none(terms: tuple[Term, ...]) -> tuple[Term, ...]:
    return tuple(equal(x, number(0)) for x in terms)


def _turn(place: int, own: str, other: str) -> Term:
    pulled = part(own, i, l, t) * _PULLS[0] + part(other, i, l, t) * _PULLS[1]
    return every((i, l, t), _UNLIKE, equal(_TURNS[place], pulled))


def _rests(terms: tuple[Term, ...], term: Term) -> Term:
    return every((i, l, t), (*_UNLIKE, *_none(terms)), equal(term, number(0)))


_PULL: Final = framed(gradient_at(_T), _I, _I)
_SPEED: Final = -(part("speed", i, t) * _PULL)
_S, _X, _C = s.term, x.term, c.term
_BETWEEN: Final = (*within(i, 1, d), *during(_S), *during(_X), at_most(_S, _X))
_PULLED: Final = every(t, (at_most(_S, _T), at_most(_T, _X)), at_most(_PULL, _C))


def _inverse(time: Term) -> Term:
    """Return sigma_i^(2/N - 1), at a time: for N > 2 infinite where the value is 0."""
    return sigma_at(_I, time) ** (2 / DEPTH_TERM - 1)


_GAP: Final = I.root**2 - L.root**2

CLAIM = claim(
    "singular-vector-dynamics",
    title="Singular values and vectors along the flow",
    source=Source("CMV2023", "gradient flow on the balanced manifold; stated here"),
    given=(*DEPTH, *END_FLOW, *SVD_OF_END[:3], *POSITIVE_AT, *STRICT_AT, *TURNING),
    chief=("values", "left"),
    sentences=(
        Sentence(
            "values",
            every(
                (i, t),
                (*within(i, 1, d), *DURING),
                derivative(s, sigma_at(_I, s.term), _T, _SPEED),
            ),
            "singular values",
        ),
        Sentence(
            "powers",
            every(
                (i, t),
                (*within(i, 1, d), *DURING),
                derivative(s, _inverse(_S), _T, part("excess") * _PULL),
            ),
            "powers of singular values",
        ),
        Sentence(
            "kept",
            every(
                (i, s, x, c),
                (*_BETWEEN, at_most(2, DEPTH_TERM), _PULLED),
                at_most(_inverse(_X), _inverse(_S) + part("excess") * _C * (_X - _S)),
            ),
            "such powers at two times",
        ),
        Sentence("left", _turn(0, "own", "other"), "left singular vectors"),
        Sentence("right", _turn(1, "other", "own"), "right singular vectors"),
        Sentence("resting", _rests(_TURNS, _PULLS[0]), "a pair at rest"),
        Sentence("left-rest", _rests(_PULLS, _TURNS[0]), "the converse"),
        Sentence("right-rest", _rests(_PULLS, _TURNS[1]), "the converse on the other side"),
    ),
    letters=AT_TIME,
    parts={
        "speed": f.SUM_EIGENVALUE_COINCIDENT,
        "excess": N - 2,
        "own": L.sigma / _GAP,
        "other": I.sigma / _GAP,
    },
    routes=AT_POINTS,
    uses=("operator-spectrum", "operator-derivative"),
    mutants=(
        Mutant(
            "exponent",
            r"$\sigma^{2-1/N}$ in place of $\sigma^{2-2/N}$",
            {"speed": N * (I.sigma**2 / I.root)},
        ),
        Mutant(
            "exchanged",
            "the two values exchanged",
            {"own": I.sigma / _GAP, "other": L.sigma / _GAP},
        ),
        Mutant(
            "turned-back",
            "the opposite sign",
            {"own": 0 - L.sigma / _GAP, "other": 0 - I.sigma / _GAP},
        ),
        Mutant(
            "squares",
            r"$\sigma^2$ in place of $\sigma^{2/N}$: one factor",
            {
                "own": L.sigma / (I.sigma**2 - L.sigma**2),
                "other": I.sigma / (I.sigma**2 - L.sigma**2),
            },
        ),
        Mutant("all-factors", "$N$ in place of $N-2$", {"excess": 1 * N}),
        Mutant("mean", "the factor $N$ once more", {"own": N * (L.sigma / _GAP)}),
    ),
)
"""How singular values and vectors move along W' = -N A(G), for every N and d."""
