"""The Ricci curvature along the singular values, and of the turns of a pair."""

from typing import Final

from dlnproof import formulas as f
from dlnproof.claims.schema import AT_POINTS, Mutant, Source, claim
from dlnproof.claims.sentences import Sentence
from dlnproof.core.expression import Number
from dlnproof.core.spectrum import I, L
from dlnproof.core.spectrum import N as DEPTH_LETTER
from dlnproof.definitions.curvature import COMPLETE, PAIRS, RADIAL, radial
from dlnproof.definitions.formulas import part
from dlnproof.definitions.hypotheses import DEPTH, POSITIVE, WIDTH
from dlnproof.definitions.letters import D, N, d, i, l, sigma
from dlnproof.kernel.terms import (
    Term,
    at_most,
    different,
    entry,
    equal,
    every,
    positive,
    total,
    within,
)

_I, _L = i.term, l.term
_RADIAL: Final = radial(_I, _L)


def _pairs(sentence: Term, *case: Term) -> Term:
    return every((i, l), (*within(i, 1, d), *within(l, 1, d), *case), sentence)


def _relative(index: Term) -> Term:
    return entry(D.term, index, index) / sigma(index)


_TURNING: Final = (1 / DEPTH_LETTER) * f.CURVATURE_SPLIT
_TOGETHER: Final = (1 / DEPTH_LETTER) * f.CURVATURE_SPLIT_COINCIDENT
_OTHERS: Final = 2 / (DEPTH_LETTER * (I.root**2 - L.root**2))
_ALIKE: Final = 2 / (DEPTH_LETTER * I.root**2)
_WHOLE: Final = total(i, 1, d, total(l, _I + 1, d, _RADIAL * (_relative(_I) - _relative(_L)) ** 2))

CLAIM = claim(
    "ricci-sectional",
    title="The Ricci curvature along singular values, and of their turns",
    source=Source("CMV2023", "the metric of Lemma 2.4; its curvature is stated here"),
    given=(*DEPTH, *WIDTH, *POSITIVE, *COMPLETE, *PAIRS, *RADIAL),
    sentences=(
        Sentence(
            "apart",
            _pairs(equal(_RADIAL, part("apart", i, l)), different(sigma(_I), sigma(_L))),
            "what a pair adds",
        ),
        Sentence(
            "coincident",
            _pairs(equal(_RADIAL, part("coincident")), equal(sigma(_I), sigma(_L))),
            "a pair that coincides",
        ),
        Sentence(
            "positive", every((), (at_most(2, N),), _pairs(positive(_RADIAL))), "the sign of a pair"
        ),
        Sentence("flat", every((), (equal(N, 1),), _pairs(equal(_RADIAL, 0))), "one factor"),
        Sentence("nonnegative", every(D, (), at_most(0, _WHOLE)), "the sign of the sum"),
    ),
    measured=(
        r"Measured at rational points, from Christoffel symbols: with "
        r"$D=\sum_iD_{i,i}u_iv_i^T$, $S=u_iv_l^T+u_lv_i^T$ and "
        r"$K=u_iv_l^T-u_lv_i^T$, $i<l$, the Ricci curvature $\operatorname{Ric}(D,D)$ of "
        r"$g^{N}$ is $<<radial>>\sum_{i<l}\rho_{i,l}(D_{i,i}/\sigma_i-D_{l,l}/\sigma_l)^2$; "
        r"$\operatorname{Ric}(D,S)=\operatorname{Ric}(D,K)=\operatorname{Ric}(S,K)=0$; "
        r"$\operatorname{Ric}(S,S)/g^{N}(S,S)-\operatorname{Ric}(K,K)/g^{N}(K,K)$ is "
        r"$<<turning>>$ where $\sigma_i\ne\sigma_l$ and $<<together>>$ where they are equal; "
        r"their sum is $<<others>>\sum_{m\ne i,l}(\eta_{i,m}-\eta_{l,m})$ where "
        r"$\sigma_i\ne\sigma_l$ and $<<alike>>\sum_{m\ne i,l}\rho_{i,m}$ where they are equal, "
        r"with $\eta_{i,l}=<<slope>>$ where $\sigma_i\ne\sigma_l$ and $0$ where they are equal."
    ),
    parts={
        "apart": f.RICCI_RADIAL,
        "coincident": f.RICCI_RADIAL_COINCIDENT,
        "radial": 1 / DEPTH_LETTER,
        "turning": _TURNING,
        "together": _TOGETHER,
        "others": _OTHERS,
        "slope": f.RICCI_SLOPE,
        "alike": _ALIKE,
    },
    empirical=frozenset({"radial", "turning", "together", "others", "slope", "alike"}),
    routes=AT_POINTS,
    mutants=(
        Mutant(
            "without-depth",
            "$N$ in place of $N^2$ in the second term of a pair",
            {
                "apart": (2 / DEPTH_LETTER)
                * (
                    I.root**2 * L.root**2 / (I.root**2 - L.root**2) ** 2
                    - DEPTH_LETTER * (I.sigma**2 * L.sigma**2) / (I.sigma**2 - L.sigma**2) ** 2
                )
            },
        ),
        Mutant("not-positive", "the other sign", {"apart": 0 - f.RICCI_RADIAL}),
        Mutant(
            "a-third",
            "$3$ in place of $6$",
            {"coincident": (DEPTH_LETTER**2 - 1) / (3 * DEPTH_LETTER)},
        ),
        Mutant("sum-normalisation", "without the factor $1/N$", {"radial": Number(1)}),
        Mutant(
            "exchanged",
            "$S$ and $K$ exchanged",
            {"turning": 0 - _TURNING, "together": 0 - _TOGETHER},
        ),
        Mutant("half", "half of that where they are equal", {"together": _TOGETHER / 2}),
        Mutant(
            "slope-of-values",
            r"$\sigma_i$ in place of $\sigma_i^2$ in $\eta_{i,l}$",
            {
                "slope": (I.sigma + L.sigma) / (I.sigma - L.sigma)
                - (1 / DEPTH_LETTER) * (I.root**2 + L.root**2) / (I.root**2 - L.root**2)
            },
        ),
        Mutant(
            "half-of-others",
            "half of what other singular values add",
            {"others": _OTHERS / 2, "alike": _ALIKE / 2},
        ),
    ),
)
