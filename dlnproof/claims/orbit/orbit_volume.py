"""Volume of the orbit of balanced factorizations."""

from dlnproof import formulas as f
from dlnproof.claims.schema import AT_POINTS, AsPrinted, Mutant, Source, Witness, claim
from dlnproof.core.expression import Number
from dlnproof.core.product import PairProduct
from dlnproof.core.spectrum import COSINE, I, L, N
from dlnproof.core.verdict import Route

CLAIM = claim(
    "orbit-volume",
    title="Volume of the orbit of balanced factorizations",
    source=Source("MY2025", "entropy formula; the slides' Theorem 10"),
    statement=(
        r"Let $O_W$ be the set of balanced factorizations of $W\in GL(d)$, an orbit of "
        r"$O_d^{N-1}$, with the Frobenius metric of the factors, and $c_d$ the volume of $O_d$ for "
        r"the metric $\operatorname{Tr}(\alpha^{T}\alpha)$ on skew-symmetric matrices. Then "
        r"\[\operatorname{vol}(O_W)=c_d^{N-1}\sqrt{<<squared>>}.\] At a coincidence "
        r"$\sigma_i=\sigma_l$ the factor of the pair is its limit, $N\sigma_i^{2-2/N}$. At rank "
        r"$d-1$ "
        r"the right-hand side is the Gram density times $c_d^{N-1}$ still, and $2^{N-1}$ times the "
        r"volume of the fibre. The Gram matrix of a pair $i<l$ is twice one with the eigenvalues "
        r"$<<eigenvalue>>$, $0<m<N$, and $c_d=c_{d-1}\,<<length>>^{\frac{d-1}{2}}"
        r"\operatorname{vol}(S^{d-1})$ with $c_0=1$."
    ),
    hypotheses=(r"$N\ge1$", r"$d\ge1$", r"$W$ in $\mathrm{GL}(d)$, or of rank $d - 1$ as stated"),
    parts={
        "squared": f.ORBIT_SQUARED,
        "eigenvalue": f.ORBIT_EIGENVALUE,
        "length": f.SKEW_LENGTH,
    },
    quantities={"orbit-squared": ("squared",)},
    routes=(*AT_POINTS, Route.ENCLOSURE),
    uses=("operator-spectrum", "end-to-end-flow"),
    singular=True,
    mutants=(
        Mutant(
            "inverted",
            "the inverse ratio",
            {
                "squared": PairProduct(
                    pair=1 / f.SUM_EIGENVALUE, coincident=1 / f.SUM_EIGENVALUE_COINCIDENT
                )
            },
        ),
        Mutant(
            "mean-normalisation",
            "an extra factor $1/N$ for each pair",
            {"squared": PairProduct(pair=f.EIGENVALUE, coincident=f.EIGENVALUE_COINCIDENT)},
        ),
        Mutant(
            "unsquared",
            r"$\operatorname{van}(\Sigma) / \operatorname{van}(\Sigma^{1/N})$ under the root",
            {
                "squared": PairProduct(
                    pair=(I.sigma - L.sigma) / (I.root - L.root),
                    coincident=N * (I.sigma / I.root),
                )
            },
        ),
        Mutant(
            "coincident-limit",
            r"$\sigma^2$ in place of $N \sigma^{2 - 2/N}$ where the values coincide",
            {"squared": PairProduct(pair=f.SUM_EIGENVALUE, coincident=I.sigma**2)},
        ),
        Mutant(
            "circular",
            r"eigenvalues $a + b + 2 \cos(m \pi / N)$, without $\sqrt{ab}$",
            {"eigenvalue": I.root**2 + L.root**2 + 2 * COSINE},
        ),
        Mutant(
            "single-cosine",
            "eigenvalues without the factor 2 of the cosine",
            {"eigenvalue": I.root**2 + L.root**2 - I.root * L.root * COSINE},
        ),
        Mutant(
            "unit-metric",
            r"the volume of $O_d$ for the metric $\operatorname{Tr}(a^T a) / 2$",
            {"length": Number(1)},
        ),
        Mutant(
            "double-metric",
            r"the volume of $O_d$ for $2 \operatorname{Tr}(a^T a)$",
            {"length": Number(4)},
        ),
        Mutant("layered", "a factor $N$ in the length", {"length": 2 * N}),
    ),
    as_printed=(
        AsPrinted(
            "without-root",
            Source("slides", "Theorem 10"),
            Witness.SOURCE_FILE,
            r"$\operatorname{vol}(O_W)=c_d^{N-1} \operatorname{van}(\Sigma^2) / "
            r"\operatorname{van}(\Sigma^{2/N})$",
            r"\operatorname{vol}(O_W)=c_d^{N-1}\frac{\operatorname{van}(\Sigma^{2})}"
            r"{\operatorname{van}(\Sigma^{2/N})}",
            "The square root is missing: this is the square of the volume, over $c_d^{N-1}$.",
            {"squared": f.ORBIT_SQUARED**2},
        ),
        AsPrinted(
            "whole-fibre",
            Source("slides", "before Theorem 10"),
            Witness.DUPLICATED,
            r"the set of all weights $(W_N, \dots, W_1)$ with product $W$ is the group orbit "
            "$O_W$",
            r"\phi^{-1}(W)=O_W",
            r"True of balanced weights. The whole fibre is larger and unbounded: $(W_N, \dots, "
            "W_2/2, 2 W_1)$ has the same product, and is not balanced.",
            least_depth=2,
        ),
    ),
)
