"""Outcomes of training with a 3 x 3 diagonal observed."""

from typing import Final

from dlnproof.claims.completion.letters import share
from dlnproof.claims.schema import AsPrinted, Mutant, Source, Witness, claim
from dlnproof.core.domain import Domain
from dlnproof.core.expression import Expression, Letter, Number
from dlnproof.core.inequality import Inequality
from dlnproof.core.verdict import Route

U: Final = Letter("u", "u")
"""(p_1 / p_2)^2 of the rank-one minimiser with entries p_i / p_j."""
V: Final = Letter("v", "v")
"""(p_2 / p_3)^2."""
_SQUARE: Final = 3 + (U + 1 / U) + (V + 1 / V) + (U * V + 1 / (U * V))


def least(bound: Expression) -> Inequality:
    """Return sigma_1^2 >= bound for the rank-one minimisers."""
    return Inequality(_SQUARE, bound, (), Domain(frozenset({U, V})))


CLAIM = claim(
    "diagonal-3x3",
    title="Outcomes of training with a 3 x 3 diagonal observed",
    source=Source("CMV2023", r"$3\times 3$ diagonal completion; the slides' hypothesis 2"),
    statement=(
        r"The $3\times3$ matrices of rank one with unit diagonal are $w_{ij}=p_i/p_j$; with "
        r"$u=(p_1/p_2)^{2}$, $v=(p_2/p_3)^{2}$, $\sigma_1^{2}=<<square>>$ and \[<<least>>,\] with "
        r"equality at the sign patterns $w_{ij}=\pm1$ only, which are one orbit of the symmetries "
        r"of the problem (conjugation by signed permutations, and transposition). Measured for "
        r"$W(0)=10^{-3}$ times standard Gaussian entries: the flow ends within $0.3$ of a sign "
        r"pattern in $<<corner_3>>$, $<<corner_5>>$, $<<corner_10>>$, $<<corner_infinite>>$ per "
        r"cent of the runs at $N=3$, $5$, $10$, $\infty$; at $N=2$ in $<<corner_2>>$ per cent, and "
        r"there $<<rank_two_2>>$ per cent of the outcomes have rank two, "
        r"$\sigma_2>\sigma_1/10>\sigma_3$ (from 8\,000 runs at each depth, standard errors below "
        r"$0.6$)."
    ),
    hypotheses=("the unit diagonal", "the stated starts for what is measured"),
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
