"""Outcomes of training with a diagonal observed, of 3 x 3 matrices."""

from typing import Final

from dlnproof.claims.completion.letters import share
from dlnproof.claims.schema import AsPrinted, Mutant, Source, Witness, claim
from dlnproof.claims.sentences import Sentence
from dlnproof.core.domain import Domain
from dlnproof.core.expression import Expression, Letter, Number
from dlnproof.core.inequality import Inequality
from dlnproof.core.verdict import Route
from dlnproof.definitions.formulas import LETTERS, part, sentence_part
from dlnproof.definitions.hypotheses import NONNEGATIVE, ORDERED, SVD
from dlnproof.definitions.letters import Q, W, X, d, i, l, sigma
from dlnproof.definitions.letters import U as LEFT
from dlnproof.definitions.three import (
    ONES,
    RANK_ONE,
    RATIOS,
    SIGN_CHANGE,
    SIGNED_PERMUTATION,
    SIGNS,
    SQUARED_RATIOS,
    THREE,
    UNIT_DIAGONAL,
    loss,
    one_in_each_row,
    signed,
    u,
    v,
)
from dlnproof.kernel.terms import different, each, entry, equal, every, identity, transpose

U: Final = Letter("u", "u")
"""(p_1 / p_2)^2 of the rank-one minimiser with entries p_i / p_j."""
V: Final = Letter("v", "v")
"""(p_2 / p_3)^2."""
_SQUARE: Final = 3 + (U + 1 / U) + (V + 1 / V) + (U * V + 1 / (U * V))


def least(bound: Expression) -> Inequality:
    """Return sigma_1^2 >= bound for the rank-one minimisers."""
    return Inequality(_SQUARE, bound, (), Domain(frozenset({U, V})))


_NINE: Final = equal(sigma(1) ** 2, 9)
_FIRST: Final = (entry(LEFT, i.term, 1), entry(LEFT, l.term, 1))
_NONZERO: Final = each(i, 1, d, different(_FIRST[0], 0))
_VECTOR: Final = each(
    i, 1, d, each(l, 1, d, equal(entry(W, i.term, l.term), _FIRST[0] / _FIRST[1]))
)
_PATTERN: Final = each(i, 1, d, each(l, 1, d, equal(entry(signed(ONES), i.term, l.term) ** 2, 1)))

CLAIM = claim(
    "diagonal-3x3",
    title="Outcomes of training with a diagonal observed",
    source=Source("CMV2023", r"$3\times 3$ diagonal completion; the slides' hypothesis 2"),
    given=(*THREE, *SVD, *NONNEGATIVE, *ORDERED, *UNIT_DIAGONAL, *SQUARED_RATIOS),
    chief=("ratios", "attained"),
    sentences=(
        Sentence("nonzero", every((), RANK_ONE, _NONZERO), "the first singular vector"),
        Sentence("ratios", every((), RANK_ONE, _VECTOR), "rank one"),
        Sentence("rank", every((), RATIOS, RANK_ONE[0]), "and back"),
        Sentence(
            "square", every((), RATIOS, equal(sigma(1) ** 2, part("square"))), "the singular value"
        ),
        Sentence("least", every((), RATIOS, sentence_part("least")), "a bound"),
        Sentence("signs", every((), (*RANK_ONE, _NINE), SIGNS[0]), "the case of equality"),
        Sentence("attained", every((), (*RANK_ONE, *SIGNS), _NINE), "sign patterns"),
        Sentence(
            "orbit",
            every((), (*RANK_ONE, *SIGNS), equal(W, SIGN_CHANGE * ONES * transpose(SIGN_CHANGE))),
            "the orbit",
        ),
        Sentence(
            "sign-change",
            every((), SIGNS, equal(transpose(SIGN_CHANGE) * SIGN_CHANGE, identity(d))),
            "changes of signs",
        ),
        Sentence("alone", one_in_each_row(SIGN_CHANGE), "their rows"),
        Sentence("closed", every(Q, SIGNED_PERMUTATION, _PATTERN), "the orbit of ones"),
        Sentence(
            "symmetry",
            every((Q, X), SIGNED_PERMUTATION, equal(loss(signed(X.term)), loss(X.term))),
            "signed permutations",
        ),
        Sentence(
            "transposition",
            every(X, (), equal(loss(transpose(X.term)), loss(X.term))),
            "transposition",
        ),
    ),
    letters={**LETTERS, U: u, V: v},
    measured=(
        r"Measured for "
        r"$W(0)=10^{-3}$ times standard Gaussian entries: the flow ends within $0.3$ of a sign "
        r"pattern in $<<corner_3>>$, $<<corner_5>>$, $<<corner_10>>$, $<<corner_infinite>>$ per "
        r"cent of the runs at $N=3$, $5$, $10$, $\infty$; at $N=2$ in $<<corner_2>>$ per cent, and "
        r"there $<<rank_two_2>>$ per cent of the outcomes have rank two, "
        r"$\sigma_2>\sigma_1/10>\sigma_3$ (from 8\,000 runs at each depth, standard errors below "
        r"$0.6$)."
    ),
    parts={
        "square": _SQUARE,
        "least": least(Number(9)),
        "corner_2": share(8),
        "corner_3": share(84),
        "corner_5": share(99),
        "corner_10": share(99),
        "corner_infinite": share(74),
        "rank_two_2": share(68),
    },
    empirical=frozenset(
        {"corner_2", "corner_3", "corner_5", "corner_10", "corner_infinite", "rank_two_2"}
    ),
    routes=(Route.DERIVATION, Route.EXACT, Route.TRAINING),
    scope="all $u$, $v$",
    mutants=(
        Mutant("two-pairs", "without the third pair", {"square": 3 + (U + 1 / U) + (V + 1 / V)}),
        Mutant("unsquared", "the square of the sum", {"square": _SQUARE**2}),
        Mutant("greater", r"$\sigma_1^2\ge10$", {"least": least(Number(10))}),
        Mutant("rank-two", "no corner at $N=5$", {"corner_5": share(2)}),
        Mutant("every-depth", "at $N=2$ as at $N=5$", {"corner_2": share(97)}),
        Mutant("every-run", "all runs at $N=3$", {"corner_3": share(100)}),
        Mutant("unbiased", "few runs at $N=10$", {"corner_10": share(10)}),
        Mutant("weak", "half of the runs at infinite depth", {"corner_infinite": share(45)}),
        Mutant("always-two", "rank two in all runs at $N=2$", {"rank_two_2": share(95)}),
    ),
    as_printed=(
        AsPrinted(
            "one-rank-two",
            Source("slides", "experiment on effective rank"),
            Witness.DUPLICATED,
            r"with a $3 \times3$ diagonal observed, the majority of 500 outputs cluster near "
            "one particular rank-two minimizer",
            r"\#\{W\approx W_{*}\}>250,\quad\operatorname{rank}W_{*}=2",
            "The slides do not state their diagonal and start: here it is the unit diagonal, "
            "and $(1, 1, 0)$, from Gaussian starts of scale $10^{-3}$ and $10^{-1}$. A cluster "
            "is what lies within 0.3 of one outcome, up to the symmetries of the problem.",
        ),
    ),
)
