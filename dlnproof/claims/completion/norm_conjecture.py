"""Norms of the minimisers of a completion problem."""

from typing import Final

from dlnproof.claims.completion.letters import X
from dlnproof.claims.schema import AsPrinted, Mutant, Source, Witness, claim
from dlnproof.claims.sentences import Sentence
from dlnproof.core.domain import Domain
from dlnproof.core.expression import Expression, Letter, Number
from dlnproof.core.inequality import Inequality
from dlnproof.core.verdict import Route
from dlnproof.definitions.completion import FREE, INVARIANT, TILTED, TWO, is_norm, nu
from dlnproof.definitions.formulas import LETTERS, part, sentence_part
from dlnproof.definitions.hypotheses import NONNEGATIVE, SVD
from dlnproof.definitions.letters import W, d, i, p, sigma, x
from dlnproof.definitions.letters import X as X_
from dlnproof.kernel.terms import (
    FALSE,
    at_most,
    determinant,
    equal,
    every,
    less,
    positive,
    psd,
    total,
    trace,
    transpose,
    zero,
)

POWER: Final = Letter("m", r"\sigma_{1}", "p")
"""sigma_1^p of W_x; sigma_2^p is its inverse."""


def schatten(bound: Expression) -> Inequality:
    """Return sigma_1^p + sigma_2^p >= bound."""
    return Inequality(POWER + 1 / POWER, bound, (), Domain(frozenset({POWER})))


_SUM: Final = total(i, 1, d, sigma(i.term))
_POWERS: Final = total(i, 1, d, sigma(i.term) ** p.term)

CLAIM = claim(
    "norm-conjecture",
    title="Norms of the minimisers of a completion problem",
    source=Source("G2017", "Conjecture 1; the slides' hypothesis 1"),
    given=(*TWO, equal(W, FREE(x.term)), *SVD, *NONNEGATIVE, *INVARIANT),
    chief=("nuclear", "schatten", "only"),
    sentences=(
        Sentence("determinant", equal(determinant(W), part("determinant")), "the determinant"),
        Sentence("indefinite", every((), (psd(W),), FALSE), "definiteness"),
        Sentence(
            "frobenius", equal(trace(transpose(W) * W), part("frobenius")), "the Frobenius norm"
        ),
        Sentence("nuclear", equal(_SUM**2, part("nuclear")), "the nuclear norm"),
        Sentence(
            "inverse",
            every(p, (positive(p.term),), equal(sigma(2) ** p.term, 1 / sigma(1) ** p.term)),
            "the singular values",
        ),
        Sentence("schatten", every(p, (positive(p.term),), sentence_part("schatten", p)), "norms"),
        Sentence(
            "only",
            every(p, (positive(p.term), equal(_POWERS, 2)), equal(x.term, 0)),
            "the case of equality",
        ),
        Sentence(
            "attained",
            every(p, (positive(p.term), equal(x.term, 0)), equal(_POWERS, 2)),
            "and back",
        ),
        Sentence("invariant", at_most(nu(FREE(0)), nu(W)), "unitarily invariant norms"),
        Sentence("tilted", equal(TILTED(FREE(-1)), part("tilted")), "another norm"),
        Sentence("less", less(TILTED(FREE(-1)), TILTED(FREE(0))), "compared"),
        Sentence("triangle", is_norm(TILTED)[0], "the triangle inequality"),
        Sentence("multiples", is_norm(TILTED)[1], "multiples"),
        Sentence(
            "definite", every(X_, (equal(TILTED(X_.term), 0),), equal(X_.term, zero(d))), "zero"
        ),
    ),
    letters={**LETTERS, X: x.term, POWER: sigma(1) ** p.term},
    parts={
        "determinant": Number(-1),
        "frobenius": X**2 + 2,
        "nuclear": X**2 + 4,
        "schatten": schatten(Number(2)),
        "tilted": Number(2),
    },
    routes=(Route.DERIVATION, Route.EXACT, Route.ENCLOSURE),
    scope="all $x$",
    mutants=(
        Mutant("reversed", r"$\det W_x=1$", {"determinant": Number(1)}),
        Mutant("single", "$|W_x|_F^2=x^2 + 1$", {"frobenius": X**2 + 1}),
        Mutant("frobenius", "$|W_x|_*^2=x^2 + 2$", {"nuclear": X**2 + 2}),
        Mutant("greater", "at least 3", {"schatten": schatten(Number(3))}),
        Mutant("at-zero", "the tilted norm's value at $W_0$", {"tilted": Number(3)}),
    ),
    as_printed=(
        AsPrinted(
            "minimum-at-zero",
            Source("slides", "counterexample to hypothesis 1"),
            Witness.SINGLE,
            "minimizing any norm requires $x$ to be bounded (minimum at $x=0$)",
            r"\arg\min_x\|W_x\|=0",
            "As extracted. Every norm forces $x$ to be bounded, and every unitarily invariant "
            "one has its minimum at $x=0$; a general norm need not: $|w_{11} + w_{12}| + "
            "|w_{12}| + |w_{21}| + |w_{22}|$ is 3 at $x=0$ and 2 at $x= -1$.",
        ),
        AsPrinted(
            "conjecture-1",
            Source("slides", "Conjecture 1 as restated there"),
            Witness.DUPLICATED,
            "for matrix completion, gradient descent with small initialization converges to the "
            "solution of minimum nuclear norm",
            r"\lim W=\arg\min\|W\|_{*}",
            r"Refuted in this form by norm-divergence, for the flow: from $\det W(0)>0$ the "
            "nuclear norm tends to infinity. G2017 conjecture it for $W=X X^T$ positive "
            "semidefinite and a limit of zero loss: that is untouched here, since no $W_x$ is "
            "positive semidefinite.",
            least_depth=2,
        ),
    ),
)
