"""Where the volume is largest among the minimisers."""

from dlnproof.claims.completion.letters import B11, B22, X
from dlnproof.claims.schema import AsPrinted, Mutant, Source, Witness, claim
from dlnproof.core.spectrum import I, L, N
from dlnproof.core.verdict import Route

CLAIM = claim(
    "volume-corners",
    title="Where the volume is largest among the minimisers",
    source=Source("CMV2023", r"$2\times 2$ diagonal completion; the slides' hypothesis 3"),
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
        r"$N\ge2$ where stated",
        r"$b_{11} b_{22}\ne0$",
        r"$\sigma_1>\sigma_2>0$ for the density",
        r"$\sigma_2$ $<$ min($|b_{11}|$, $|b_{22}|$) or $|\det W|<|b_{11} b_{22}|$ as stated",
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
    scope="all $N$",
    mutants=(
        Mutant(
            "form",
            r"the density with respect to $d\Sigma\,dU\,dV$",
            {"density": N * ((I.root * L.root) / (I.sigma * L.sigma)) * (I.root**2 - L.root**2)},
        ),
        Mutant(
            "sum-normalisation",
            "the factor $N$ left out",
            {
                "density": ((I.root * L.root) / (I.sigma * L.sigma))
                * ((I.root**2 - L.root**2) / (I.sigma**2 - L.sigma**2))
            },
        ),
        Mutant(
            "sum-leading",
            "the factor $N$ left out of the leading coefficient",
            {"leading": (I.root / I.sigma) ** 3},
        ),
        Mutant("two-powers", r"$\sigma_1^{-2(1 - 1/N)}$", {"leading": N * (I.root / I.sigma) ** 2}),
        Mutant(
            "one-power",
            "the square of the leading coefficient",
            {"leading": (N * (I.root / I.sigma) ** 3) ** 2},
        ),
        Mutant(
            "product",
            "$(b_{11} + b_{22})^2 + (x + y)^2$",
            {"largest": (B11 + B22) ** 2 + (X + B11 * B22 / X) ** 2},
        ),
        Mutant(
            "diagonal-only",
            "$b_{11}^2 + b_{22}^2 + (x - y)^2$",
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
            r"Holds as printed, with respect to $dW$ and for $N\ge2$. (The slides add that it "
            "distinguishes solutions of the same rank. The density does not, being infinite at "
            "all of rank one; its leading coefficient does.)",
            as_stated=True,
        ),
    ),
)
