"""The scalar curvature of the metric, by pairs and triples of singular values."""

from typing import Final

from dlnproof import formulas as f
from dlnproof.claims.schema import AT_POINTS, Mutant, Source, claim
from dlnproof.claims.sentences import Sentence
from dlnproof.core.expression import Number
from dlnproof.core.spectrum import I, L
from dlnproof.core.spectrum import N as DEPTH_LETTER
from dlnproof.definitions.curvature import (
    COMPLETE,
    PAIRS,
    POLYNOMIALS,
    TRIPLES,
    of_pair,
    of_triple,
    square,
)
from dlnproof.definitions.formulas import part
from dlnproof.definitions.hypotheses import DEPTH, POSITIVE
from dlnproof.definitions.letters import N, d, i, l, m, sigma
from dlnproof.kernel.terms import (
    Term,
    at_most,
    different,
    equal,
    every,
    positive,
    within,
)

_I, _L, _M = i.term, l.term, m.term
_PAIR: Final = of_pair(_I, _L)
_TRIPLE: Final = of_triple(_I, _L, _M)
_FIRST: Final = equal(sigma(_I), sigma(_L))
_ENDS: Final = different(sigma(_I), sigma(_M))
_APART: Final = different(sigma(_I), sigma(_L))


def _pairs(sentence: Term, *case: Term) -> Term:
    return every((i, l), (*within(i, 1, d), *within(l, 1, d), *case), sentence)


def _triples(sentence: Term, *case: Term) -> Term:
    places = (*within(i, 1, d), *within(l, 1, d), *within(m, 1, d))
    return every((i, l, m), (*places, *case), sentence)


def _gap(one: Term, other: Term) -> Term:
    return square(one) - square(other)


_SHARES: Final = (
    2 * part("share", i, l) + 2 * part("share", i=_L, l=_M) + 2 * part("share", i=_M, l=_I)
)
_GAPS: Final = _gap(_I, _L) * _gap(_L, _M) * _gap(_M, _I)

CLAIM = claim(
    "scalar-curvature",
    title="The scalar curvature by pairs and triples",
    source=Source("CMV2023", "the metric of Lemma 2.4; its curvature is stated here"),
    given=(*DEPTH, *POSITIVE, *COMPLETE, *PAIRS, *POLYNOMIALS, *TRIPLES),
    sentences=(
        Sentence("pair", _pairs(equal(_PAIR, part("pair", i, l)), _APART), "a pair"),
        Sentence(
            "pair-coincident",
            _pairs(equal(_PAIR, part("coincident", i)), _FIRST),
            "a pair that coincides",
        ),
        Sentence(
            "triple",
            _triples(
                equal(_GAPS * _TRIPLE, _SHARES), _APART, different(sigma(_L), sigma(_M)), _ENDS
            ),
            "a triple",
        ),
        Sentence(
            "first-two",
            _triples(equal(_TRIPLE, part("twice", i=_I, l=_M)), _FIRST, _ENDS),
            "a triple of which the first two coincide",
        ),
        Sentence(
            "last-two",
            _triples(
                equal(_TRIPLE, part("twice", i=_L, l=_I)), equal(sigma(_L), sigma(_M)), _APART
            ),
            "the last two",
        ),
        Sentence(
            "triple-coincident",
            _triples(equal(_TRIPLE, part("thrice", i)), _FIRST, equal(sigma(_I), sigma(_M))),
            "the three",
        ),
        Sentence(
            "pair-positive",
            every((), (at_most(2, N),), _pairs(positive(_PAIR))),
            "the sign of a pair",
        ),
        Sentence(
            "triple-positive",
            every((), (at_most(2, N),), _triples(positive(_TRIPLE))),
            "the sign of a triple",
        ),
        Sentence(
            "pair-flat", every((), (equal(N, 1),), _pairs(equal(_PAIR, 0))), "one factor, a pair"
        ),
        Sentence(
            "triple-flat",
            every((), (equal(N, 1),), _triples(equal(_TRIPLE, 0))),
            "one factor, a triple",
        ),
        Sentence(
            "two-factors",
            every((), (equal(N, 2),), _pairs(equal(_PAIR, 1 / (sigma(_I) + sigma(_L))))),
            "two factors, a pair",
        ),
    ),
    measured=(
        r"Measured at rational points, from Christoffel symbols: the scalar curvature of $g^{N}$ "
        r"is $<<curvature>>$ times the sum of all $\kappa_{i,l}$, $i<l$, and $\kappa_{i,l,m}$, "
        r"$i<l<m$."
    ),
    parts={
        "pair": f.CURVATURE_PAIR,
        "coincident": f.CURVATURE_PAIR_COINCIDENT,
        "share": f.CURVATURE_SHARE,
        "twice": f.CURVATURE_TWICE,
        "thrice": f.CURVATURE_TRIPLE_COINCIDENT,
        "curvature": 1 / DEPTH_LETTER,
    },
    empirical=frozenset({"curvature"}),
    routes=AT_POINTS,
    mutants=(
        Mutant(
            "without-depth",
            "without the $N$ of the second term of a pair",
            {
                "pair": 2
                * (I.root**2 + L.root**2)
                * (
                    1 / (DEPTH_LETTER * (I.root**2 - L.root**2) ** 2)
                    - I.sigma**2
                    * L.sigma**2
                    / (I.root**2 * L.root**2 * (I.sigma**2 - L.sigma**2) ** 2)
                )
            },
        ),
        Mutant(
            "half-angle",
            r"$\sigma_i$ in place of $\sigma_i^2$ in the quotient of a share",
            {
                "share": (I.root**2 - L.root**2) ** 2 * (I.sigma + L.sigma) / (I.sigma - L.sigma),
            },
        ),
        Mutant("negative-share", "the other sign of shares", {"share": 0 - f.CURVATURE_SHARE}),
        Mutant(
            "of-a-triple",
            "at a coincident pair what is so of a triple",
            {"coincident": f.CURVATURE_TRIPLE_COINCIDENT},
        ),
        Mutant(
            "of-a-pair",
            "at a coincident triple what is so of a pair",
            {"thrice": f.CURVATURE_PAIR_COINCIDENT},
        ),
        Mutant("half-twice", "half of it where two coincide", {"twice": f.curvature_twice(2)}),
        Mutant("sum-normalisation", "that of $g^{N}/N$", {"curvature": Number(1)}),
        Mutant("squared-depth", "the factor $1/N$ twice", {"curvature": 1 / DEPTH_LETTER**2}),
    ),
)
