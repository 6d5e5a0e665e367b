"""Minimisers of rank one, and where training ends."""

from dlnproof.claims.completion.letters import B11, B22, X, Y, share
from dlnproof.claims.schema import AsPrinted, Mutant, Source, Witness, claim
from dlnproof.claims.sentences import Sentence
from dlnproof.core.verdict import Route
from dlnproof.definitions.completion import DIAGONAL_OBSERVED, LOG_RANK, TWO
from dlnproof.definitions.formulas import LETTERS, part
from dlnproof.definitions.hypotheses import NONNEGATIVE, ORDERED, SVD
from dlnproof.definitions.letters import W, sigma, x, y
from dlnproof.definitions.small import OBSERVED, b_11, b_22
from dlnproof.kernel.terms import determinant, equal, every, positive

_HYPERBOLA = (equal(x.term * y.term, b_11 * b_22),)

CLAIM = claim(
    "rank-one-minimizers",
    title="Minimisers of rank one, and where training ends",
    source=Source("CMV2023", r"$2\times 2$ diagonal completion; the slides' hypothesis 2"),
    given=(*TWO, *OBSERVED, *DIAGONAL_OBSERVED, *SVD, *NONNEGATIVE, *ORDERED),
    chief=("hyperbola", "only"),
    sentences=(
        Sentence("determinant", equal(determinant(W), part("determinant")), "the determinant"),
        Sentence("positive", positive(sigma(1)), "the rank"),
        Sentence("hyperbola", every((), _HYPERBOLA, equal(sigma(2), 0)), "on the hyperbola"),
        Sentence("only", every((), (equal(sigma(2), 0),), _HYPERBOLA[0]), "elsewhere"),
        Sentence("erank", every((), _HYPERBOLA, equal(LOG_RANK(), 0)), "the effective rank"),
    ),
    letters={**LETTERS, B11: b_11, B22: b_22, X: x.term, Y: y.term},
    measured=(
        r"Measured for "
        r"$b_{11}=b_{22}=1$ and $W(0)=10^{-3}$ times standard Gaussian entries: the flow ends with "
        r"$(x,y)$ within $0.1$ of a corner, $(1,1)$ or $(-1,-1)$, in "
        r"$<<near_5>>$, $<<near_10>>$, $<<near_20>>$, $<<near_infinite>>$ per cent of the runs at "
        r"$N=5$, $10$, $20$, $\infty$; at $N=2$ in all runs with $\det W(0)<0$, and in "
        r"$<<near_2>>$ per cent of those with $\det W(0)>0$ (from 15\,000 "
        r"runs at each depth, standard errors below $0.5$)."
    ),
    parts={
        "determinant": B11 * B22 - X * Y,
        "near_2": share(4),
        "near_5": share(99),
        "near_10": share(89),
        "near_20": share(75),
        "near_infinite": share(62),
    },
    empirical=frozenset({"near_2", "near_5", "near_10", "near_20", "near_infinite"}),
    routes=(Route.DERIVATION, Route.EXACT, Route.TRAINING),
    scope="all $b$, $x$, $y$",
    mutants=(
        Mutant("sum", "$b_{11} b_{22} + x y$", {"determinant": B11 * B22 + X * Y}),
        Mutant("unsquared", "$b_{11} + b_{22} - x y$", {"determinant": B11 + B22 - X * Y}),
        Mutant("diagonal", "$b_{11} x - b_{22} y$", {"determinant": B11 * X - B22 * Y}),
        Mutant("no-trend", "as near at $N=20$ as at $N=5$", {"near_20": share(99)}),
        Mutant(
            "unbiased", "as near at infinite depth as by arc length", {"near_infinite": share(9)}
        ),
        Mutant("either-sign", "at $N=2$ all runs", {"near_2": share(99)}),
        Mutant("rarer", "half of the runs at $N=10$", {"near_10": share(50)}),
        Mutant("fewer", "four fifths of the runs at $N=5$", {"near_5": share(80)}),
    ),
    as_printed=(
        AsPrinted(
            "rank-one-curve",
            Source("slides", "experiment on effective rank"),
            Witness.DUPLICATED,
            "all rank-1 solutions lie on a hyperbola, and all its points are rank-1 minimizers",
            r"\operatorname{rank}W=1\iff xy=b_{11}b_{22}",
            r"Holds as printed, for $b_{11} b_{22}\ne0$.",
            as_stated=True,
        ),
        AsPrinted(
            "cluster-at-corners",
            Source("slides", "experiment on effective rank"),
            Witness.DUPLICATED,
            "training outcomes cluster tightly around the corners of the hyperbola",
            r"(w_{12},w_{21})\approx\pm(1,1)",
            "How near and how many is not printed: here, more than half of the runs within 0.1 "
            "of a corner, at each of the four depths that are printed, from starts of scale "
            "$10^{-3}$.",
        ),
        AsPrinted(
            "erank-near-one",
            Source("slides", "experiment on effective rank"),
            Witness.DUPLICATED,
            "the effective rank is tightly clustered around 1.0 for all outcomes",
            r"\operatorname{erank}W\approx1",
            "How near is not printed, but the histograms end at 1.06: here, more than 19 of 20 "
            "runs below that, at the four depths that are printed, from starts of scale "
            "$10^{-3}$.",
        ),
    ),
)
