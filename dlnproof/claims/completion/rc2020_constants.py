"""How fast the ratio of singular values falls with the loss, and what other data bound."""

from typing import Final

from dlnproof.claims.completion.norm_divergence import RHO, W12, W21, W22
from dlnproof.claims.schema import Mutant, Source, claim
from dlnproof.claims.sentences import Sentence
from dlnproof.core.expression import Letter
from dlnproof.core.verdict import Route
from dlnproof.definitions.completion import BETWEEN, DATA, EXTREME, TWO, absolute
from dlnproof.definitions.completion import RHO as RHO_IS
from dlnproof.definitions.formulas import LETTERS, part
from dlnproof.definitions.hypotheses import NONNEGATIVE, ORDERED, SVD
from dlnproof.definitions.letters import W, p, rho, s, sigma, t, x
from dlnproof.kernel.terms import (
    at_most,
    determinant,
    entry,
    equal,
    every,
    less,
    positive,
)

ABOVE: Final = Letter("p", "p")
BELOW: Final = Letter("t", "t")
"""Other data of w_12 and w_21."""
NOISE: Final = Letter("s", "s")
"""How far the three entries are from theirs."""

_11, _12, _21, _22 = (entry(W, r, k) for r in (1, 2) for k in (1, 2))
_S, _T = s.term, t.term
_RATIO: Final = sigma(2) / sigma(1)
_SIGNS: Final = (positive(determinant(W)), positive(_12 * _21))
_NEAR: Final = (positive(determinant(W)), less(rho.term, 1))

CLAIM = claim(
    "rc2020-constants",
    title="The ratio of singular values on a completion",
    source=Source("RC2020", "Theorem 1; its rate is stated here"),
    given=(*TWO, *SVD, *NONNEGATIVE, *ORDERED, *RHO_IS),
    chief=("loss", "robust"),
    sentences=(
        Sentence("quarter", every((), _SIGNS, at_most(_RATIO, part("quarter"))), "by the entries"),
        Sentence(
            "loss",
            every((), _NEAR, at_most((1 - rho.term) ** 2 * _RATIO, part("loss"))),
            "by the loss",
        ),
        Sentence("sharp", every(t, (*BETWEEN, *EXTREME), equal(_RATIO, _T**2)), "sharpness"),
        Sentence(
            "robust",
            every(
                (p, t, s, x),
                DATA,
                less(part("robust", p, t, s), absolute(_11) * (absolute(x.term) + _S)),
            ),
            "other data",
        ),
    ),
    letters={
        **LETTERS,
        W12: _12,
        W21: _21,
        W22: absolute(_22),
        RHO: rho.term,
        ABOVE: p.term,
        BELOW: _T,
        NOISE: _S,
    },
    parts={
        "quarter": W22**2 / (4 * W12 * W21),
        "loss": RHO**2 / 4,
        "robust": (ABOVE - NOISE) * (BELOW - NOISE),
    },
    routes=(Route.DERIVATION, Route.EXACT, Route.ENCLOSURE),
    scope="all $W$",
    mutants=(
        Mutant("eighth", "$8$ in place of $4$", {"quarter": W22**2 / (8 * W12 * W21)}),
        Mutant("cubed", "$|w_{22}|^3$", {"quarter": W22**3 / (4 * W12 * W21)}),
        Mutant("squared", "by the square of the loss", {"loss": RHO**4 / 4}),
        Mutant("halved", r"$\rho^2/8$", {"loss": RHO**2 / 8}),
        Mutant("noiseless", "$p t$, as if the data were met", {"robust": ABOVE * BELOW}),
        Mutant("grown", "$(p + s)(t + s)$", {"robust": (ABOVE + NOISE) * (BELOW + NOISE)}),
    ),
)
"""Constants in what gradient flow of a 2 x 2 completion tends to, after RC2020."""
