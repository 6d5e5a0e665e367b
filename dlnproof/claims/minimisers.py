"""Claims about which minimiser training reaches: rank, volume, and what is observed."""

from typing import Final

from dlnproof.claims.schema import AsPrinted, Mutant, Source, Witness, claim
from dlnproof.core.domain import Domain
from dlnproof.core.expression import Expression, Letter, Number
from dlnproof.core.inequality import Inequality
from dlnproof.core.spectrum import I, L, N
from dlnproof.core.verdict import Route

# --- W = [[b11, x], [y, b22]], the diagonal observed ---------------------------------------------

B11: Final = Letter("b11", "b_{11}")
B22: Final = Letter("b22", "b_{22}")
X: Final = Letter("x", "x")
Y: Final = Letter("y", "y")


def share(percent: int) -> Expression:
    """Return a share of the runs: a number of per cent."""
    return Number(percent)


RANK_ONE_MINIMIZERS = claim(
    "rank-one-minimizers",
    title="Minimisers of rank one, and where training ends",
    source=Source("CMV2023", "2 x 2 diagonal completion; the slides' hypothesis 2"),
    statement=(
        r"The matrices with the observed diagonal $b_{11}$, $b_{22}$, $b_{11}b_{22}\ne0$, and the "
        r"free entries $x$, $y$ have the determinant $<<determinant>>$: those of rank one are the "
        r"hyperbola $xy=b_{11}b_{22}$, and all of them have effective rank $1$. Measured for "
        r"$b_{11}=b_{22}=1$ and $W(0)=10^{-3}$ times standard Gaussian entries: the flow ends with "
        r"$(x,y)$ within $0.1$ of a corner, $(1,1)$ or $(-1,-1)$, in "
        r"$<<near_5>>$, $<<near_10>>$, $<<near_20>>$, $<<near_infinite>>$ per cent of the runs at "
        r"$N=5$, $10$, $20$, $\infty$; at $N=2$ in all runs with $\det W(0)<0$, and in "
        r"$<<near_2>>$ per cent of those with $\det W(0)>0$ (from 15\,000 "
        r"runs at each depth, standard errors below $0.5$)."
    ),
    hypotheses=("b11 b22 != 0", "b = (1, 1) and the stated starts for what is measured"),
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
    scope="all b, x, y",
    mutants=(
        Mutant("sum", "b11 b22 + x y", {"determinant": B11 * B22 + X * Y}),
        Mutant("unsquared", "b11 + b22 - x y", {"determinant": B11 + B22 - X * Y}),
        Mutant("diagonal", "b11 x - b22 y", {"determinant": B11 * X - B22 * Y}),
        Mutant("no-trend", "as near at N = 20 as at N = 5", {"near_20": share(99)}),
        Mutant(
            "unbiased", "as near at infinite depth as by arc length", {"near_infinite": share(9)}
        ),
        Mutant("either-sign", "at N = 2 all runs", {"near_2": share(99)}),
        Mutant("rarer", "half of the runs at N = 10", {"near_10": share(50)}),
        Mutant("fewer", "four fifths of the runs at N = 5", {"near_5": share(80)}),
    ),
    as_printed=(
        AsPrinted(
            "rank-one-curve",
            Source("slides", "experiment on effective rank"),
            Witness.DUPLICATED,
            "all rank-1 solutions lie on a hyperbola, and all its points are rank-1 minimizers",
            r"\operatorname{rank}W=1\iff xy=b_{11}b_{22}",
            "Holds as printed, for b11 b22 != 0.",
            as_stated=True,
        ),
        AsPrinted(
            "cluster-at-corners",
            Source("slides", "experiment on effective rank"),
            Witness.DUPLICATED,
            "training outcomes cluster tightly around the corners of the hyperbola",
            r"(w_{12},w_{21})\approx\pm(1,1)",
            "How near and how many is not printed: here, more than half of the runs within 0.1 of "
            "a corner, at each of the four depths that are printed, from starts of scale 1e-3.",
        ),
        AsPrinted(
            "erank-near-one",
            Source("slides", "experiment on effective rank"),
            Witness.DUPLICATED,
            "the effective rank is tightly clustered around 1.0 for all outcomes",
            r"\operatorname{erank}W\approx1",
            "How near is not printed, but the histograms end at 1.06: here, more than 19 of 20 "
            "runs below that, at the four depths that are printed, from starts of scale 1e-3.",
        ),
    ),
)

VOLUME_CORNERS = claim(
    "volume-corners",
    title="Where the volume is largest among the minimisers",
    source=Source("CMV2023", "2 x 2 diagonal completion; the slides' hypothesis 3"),
    statement=(
        r"For $2\times2$ matrices with $\sigma_i>\sigma_l$ the density of $g^{N}$ with respect to "
        r"$dW$ is \[\sqrt{\det g^{N}}=<<density>>.\] As $\sigma_l\to0$, "
        r"$\sigma_l^{1-1/N}\sqrt{\det g^{N}}\to\,<<leading>>$: for $N\ge2$ the density is infinite "
        r"on all of the hyperbola $xy=b_{11}b_{22}$ of minimisers of rank one. There "
        r"\[\sigma_1^{2}=<<largest>>,\] with absolute values of $b_{11}$, $b_{22}$ and $x$, is "
        r"least at the corners $|x|=|y|$. Let $N\ge2$. At a fixed "
        r"$\sigma_2<\min(|b_{11}|,|b_{22}|)$, at a fixed $|\det W|<|b_{11}b_{22}|$, and to leading "
        r"order at a fixed small distance from the hyperbola, on either side of it, the density is "
        r"the larger the smaller $\sigma_1$ is, and largest where $|x|=|y|$ and $xy$ has the sign "
        r"of $b_{11}b_{22}$: on the rays through the corners. So it is at infinite depth."
    ),
    hypotheses=(
        "N >= 2 where stated",
        "b11 b22 != 0",
        "sigma_1 > sigma_2 > 0 for the density",
        "sigma_2 < min(|b11|, |b22|) or |det W| < |b11 b22| as stated",
    ),
    parts={
        "density": N
        * ((I.root * L.root) / (I.sigma * L.sigma))
        * ((I.root**2 - L.root**2) / (I.sigma**2 - L.sigma**2)),
        "leading": N * (I.root / I.sigma) ** 3,
        "largest": (B11 + B22) ** 2 + (X - B11 * B22 / X) ** 2,
    },
    routes=(Route.DERIVATION, Route.EXACT, Route.PULLBACK),
    uses=("metric-diagonalization", "operator-spectrum", "orbit-volume", "infinite-depth"),
    scope="all N",
    mutants=(
        Mutant(
            "form",
            "the density with respect to dSigma dU dV",
            {"density": N * ((I.root * L.root) / (I.sigma * L.sigma)) * (I.root**2 - L.root**2)},
        ),
        Mutant(
            "sum-normalisation",
            "the factor N left out",
            {
                "density": ((I.root * L.root) / (I.sigma * L.sigma))
                * ((I.root**2 - L.root**2) / (I.sigma**2 - L.sigma**2))
            },
        ),
        Mutant(
            "sum-leading",
            "the factor N left out of the leading coefficient",
            {"leading": (I.root / I.sigma) ** 3},
        ),
        Mutant("two-powers", "sigma_1^(-2(1 - 1/N))", {"leading": N * (I.root / I.sigma) ** 2}),
        Mutant(
            "one-power",
            "the square of the leading coefficient",
            {"leading": (N * (I.root / I.sigma) ** 3) ** 2},
        ),
        Mutant(
            "product",
            "(b11 + b22)^2 + (x + y)^2",
            {"largest": (B11 + B22) ** 2 + (X + B11 * B22 / X) ** 2},
        ),
        Mutant(
            "diagonal-only",
            "b11^2 + b22^2 + (x - y)^2",
            {"largest": B11**2 + B22**2 + (X - B11 * B22 / X) ** 2},
        ),
    ),
    as_printed=(
        AsPrinted(
            "highest-at-corners",
            Source("slides", "volume as the predictor"),
            Witness.SINGLE,
            "the volume is highest precisely at the corners of the hyperbola",
            r"\arg\max\sqrt{\det g^{N}}=\pm(1,1)",
            "As extracted. On all of the hyperbola the density is infinite. It is highest on the "
            "rays through the corners at a fixed second singular value, determinant or (to leading "
            "order) distance, not otherwise.",
            least_depth=2,
        ),
        AsPrinted(
            "near-low-rank",
            Source("slides", "summary of findings"),
            Witness.DUPLICATED,
            "the volume is largest near low-rank solutions",
            r"\sigma_2\to0\ \Rightarrow\ \sqrt{\det g^{N}}\to\infty",
            "Holds as printed, with respect to dW and for N >= 2. (The slides add that it "
            "distinguishes solutions of the same rank. The density does not, being infinite at all "
            "of rank one; its leading coefficient does.)",
            as_stated=True,
        ),
    ),
)

# --- the unit diagonal of 3 x 3 matrices ---------------------------------------------------------

U: Final = Letter("u", "u")
"""(p_1 / p_2)^2 of the rank-one minimiser with entries p_i / p_j."""
V: Final = Letter("v", "v")
"""(p_2 / p_3)^2."""

_SQUARE: Final = 3 + (U + 1 / U) + (V + 1 / V) + (U * V + 1 / (U * V))


def least(bound: Expression) -> Inequality:
    """Return sigma_1^2 >= bound for the rank-one minimisers."""
    return Inequality(_SQUARE, bound, (), Domain(frozenset({U, V})))


DIAGONAL_3X3 = claim(
    "diagonal-3x3",
    title="Outcomes of training with a 3 x 3 diagonal observed",
    source=Source("CMV2023", "3 x 3 diagonal completion; the slides' hypothesis 2"),
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
    scope="all u, v",
    mutants=(
        Mutant("two-pairs", "without the third pair", {"square": 3 + (U + 1 / U) + (V + 1 / V)}),
        Mutant("unsquared", "the square of the sum", {"square": _SQUARE**2}),
        Mutant("greater", "sigma_1^2 >= 10", {"least": least(Number(10))}),
        Mutant("rank-two", "no corner at N = 5", {"corner_5": share(2)}),
        Mutant("every-depth", "at N = 2 as at N = 5", {"corner_2": share(97)}),
        Mutant("every-run", "all runs at N = 3", {"corner_3": share(100)}),
        Mutant("unbiased", "few runs at N = 10", {"corner_10": share(10)}),
        Mutant("weak", "half of the runs at infinite depth", {"corner_infinite": share(45)}),
        Mutant("always-two", "rank two in all runs at N = 2", {"rank_two_2": share(95)}),
    ),
    as_printed=(
        AsPrinted(
            "one-rank-two",
            Source("slides", "experiment on effective rank"),
            Witness.DUPLICATED,
            "with a 3 x 3 diagonal observed, the majority of 500 outputs cluster near one "
            "particular rank-two minimizer",
            r"\#\{W\approx W_{*}\}>250,\quad\operatorname{rank}W_{*}=2",
            "The slides do not state their diagonal and start: here it is the unit diagonal, and "
            "(1, 1, 0), from Gaussian starts of scale 1e-3 and 1e-1. A cluster is what lies within "
            "0.3 of one outcome, up to the symmetries of the problem.",
        ),
    ),
)
