"""The sectional curvatures of a pair of singular values: both signs occur."""

from typing import Final

from dlnproof import formulas as f
from dlnproof.claims.schema import AT_POINTS, Mutant, Source, claim
from dlnproof.claims.sentences import Sentence
from dlnproof.core.expression import Number
from dlnproof.core.spectrum import I, L
from dlnproof.core.spectrum import N as DEPTH_LETTER
from dlnproof.definitions.curvature import COMPLETE, PAIRS, SPLITS, of_pair, split
from dlnproof.definitions.formulas import part
from dlnproof.definitions.hypotheses import DEPTH, POSITIVE
from dlnproof.definitions.letters import N, d, i, l, sigma
from dlnproof.kernel.terms import (
    Term,
    at_most,
    different,
    equal,
    every,
    less,
    number,
    positive,
    within,
)

_I, _L = i.term, l.term
_PAIR: Final = of_pair(_I, _L)
_SPLIT: Final = split(_I, _L)
_HALF: Final = 1 / (2 * DEPTH_LETTER)


def _pairs(sentence: Term, *case: Term) -> Term:
    return every((i, l), (*within(i, 1, d), *within(l, 1, d), *case), sentence)


def _deep(sentence: Term) -> Term:
    return every((), (at_most(2, N),), _pairs(sentence))


CLAIM = claim(
    "curvature-sign",
    title="Sectional curvatures of a pair, of both signs",
    chief=("negative", "positive"),
    source=Source("CMV2023", "the metric of Lemma 2.4; its curvature is stated here"),
    given=(*DEPTH, *POSITIVE, *COMPLETE, *PAIRS, *SPLITS),
    sentences=(
        Sentence(
            "negative", _deep(less(-_PAIR / (2 * number(N)), 0)), "a plane of negative curvature"
        ),
        Sentence(
            "positive",
            _deep(positive((_PAIR + _SPLIT) / (2 * number(N)))),
            "a plane of positive curvature",
        ),
        Sentence(
            "apart",
            _pairs(equal(_SPLIT, part("apart", i, l)), different(sigma(_I), sigma(_L))),
            "what sets two planes apart",
        ),
        Sentence(
            "coincident",
            _pairs(equal(_SPLIT, part("coincident", i)), equal(sigma(_I), sigma(_L))),
            "where the pair coincides",
        ),
        Sentence("flat", every((), (equal(N, 1),), _pairs(equal(_SPLIT, 0))), "one factor"),
        Sentence(
            "two-factors",
            every((), (equal(N, 2),), _pairs(equal(_SPLIT, 2 * _PAIR))),
            "two factors",
        ),
    ),
    measured=(
        r"Measured at rational points, from Christoffel symbols: with "
        r"$S=u_iv_l^T+u_lv_i^T$, $K=u_iv_l^T-u_lv_i^T$ and "
        r"$D=\sigma_i^{1-2/N}u_iv_i^T-\sigma_l^{1-2/N}u_lv_l^T$, $i<l$, the sectional "
        r"curvature of $g^{N}$ is $<<turning>>\kappa_{i,l}$ of the plane of $S$ and $K$, "
        r"$<<together>>(\kappa_{i,l}+\theta_{i,l})$ of that of $D$ and $S$, and "
        r"$<<against>>(\kappa_{i,l}-\theta_{i,l})$ of that of $D$ and $K$."
    ),
    parts={
        "apart": f.CURVATURE_SPLIT,
        "coincident": f.CURVATURE_SPLIT_COINCIDENT,
        "turning": 0 - _HALF,
        "together": _HALF,
        "against": _HALF,
    },
    empirical=frozenset({"turning", "together", "against"}),
    routes=AT_POINTS,
    mutants=(
        Mutant(
            "without-depth",
            "without the factor $N$ in the difference",
            {
                "apart": 2
                * (I.sigma * L.sigma)
                * (I.root**2 + L.root**2)
                / (I.root**2 * L.root**2 * (I.sigma**2 - L.sigma**2))
                * (
                    (I.sigma**2 + L.sigma**2) / (I.sigma**2 - L.sigma**2)
                    - (I.root**2 + L.root**2) / (I.root**2 - L.root**2)
                )
            },
        ),
        Mutant(
            "exchanged",
            "the planes of $D$ with $S$ and with $K$ exchanged",
            {"apart": 0 - f.CURVATURE_SPLIT, "coincident": 0 - f.CURVATURE_SPLIT_COINCIDENT},
        ),
        Mutant(
            "of-the-pair",
            r"at a coincident pair $\kappa_{i,l}$ itself",
            {"coincident": f.CURVATURE_PAIR_COINCIDENT},
        ),
        Mutant("not-negative", "the plane of $S$ and $K$ with the other sign", {"turning": _HALF}),
        Mutant(
            "sum-normalisation",
            "that of $g^{N}/N$",
            {"turning": Number(-1) / 2, "together": Number(1) / 2, "against": Number(1) / 2},
        ),
        Mutant("flat-planes", "no curvature of planes with $D$", {"together": Number(0)}),
    ),
)
