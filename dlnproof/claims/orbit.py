"""Claims about the orbit of balanced factorizations, and what vanishes or diverges."""

from typing import Final

from dlnproof import formulas as f
from dlnproof.claims.schema import AsPrinted, Mutant, Source, Witness, claim
from dlnproof.core.expression import Number
from dlnproof.core.product import PairProduct
from dlnproof.core.spectrum import COSINE, DOUBLED, VANISHING, WIDTH, I, L, N
from dlnproof.core.verdict import Route

_ROUTES: Final = (Route.DERIVATION, Route.EXACT, Route.PULLBACK)

k = VANISHING

ORBIT_VOLUME = claim(
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
    hypotheses=("N >= 1", "d >= 1", "W in GL(d), or of rank d - 1 as stated"),
    parts={
        "squared": f.ORBIT_SQUARED,
        "eigenvalue": f.ORBIT_EIGENVALUE,
        "length": f.SKEW_LENGTH,
    },
    routes=(*_ROUTES, Route.ENCLOSURE),
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
            "an extra factor 1/N for each pair",
            {"squared": PairProduct(pair=f.EIGENVALUE, coincident=f.EIGENVALUE_COINCIDENT)},
        ),
        Mutant(
            "unsquared",
            "van(Sigma) / van(Sigma^(1/N)) under the root",
            {
                "squared": PairProduct(
                    pair=(I.sigma - L.sigma) / (I.root - L.root),
                    coincident=N * (I.sigma / I.root),
                )
            },
        ),
        Mutant(
            "coincident-limit",
            "sigma^2 in place of N sigma^(2 - 2/N) where the values coincide",
            {"squared": PairProduct(pair=f.SUM_EIGENVALUE, coincident=I.sigma**2)},
        ),
        Mutant(
            "circular",
            "eigenvalues a + b + 2 cos(m pi / N), without sqrt(ab)",
            {"eigenvalue": I.root**2 + L.root**2 + 2 * COSINE},
        ),
        Mutant(
            "single-cosine",
            "eigenvalues without the factor 2 of the cosine",
            {"eigenvalue": I.root**2 + L.root**2 - I.root * L.root * COSINE},
        ),
        Mutant(
            "unit-metric",
            "the volume of O_d for the metric Tr(a^T a) / 2",
            {"length": Number(1)},
        ),
        Mutant("double-metric", "the volume of O_d for 2 Tr(a^T a)", {"length": Number(4)}),
        Mutant("layered", "a factor N in the length", {"length": 2 * N}),
    ),
    as_printed=(
        AsPrinted(
            "without-root",
            Source("slides", "Theorem 10"),
            Witness.SOURCE_FILE,
            "vol(O_W) = c_d^(N-1) van(Sigma^2) / van(Sigma^(2/N))",
            r"\operatorname{vol}(O_W)=c_d^{N-1}\frac{\operatorname{van}(\Sigma^{2})}"
            r"{\operatorname{van}(\Sigma^{2/N})}",
            "The square root is missing: this is the square of the volume, over c_d^(N-1).",
            {"squared": f.ORBIT_SQUARED**2},
        ),
        AsPrinted(
            "whole-fibre",
            Source("slides", "before Theorem 10"),
            Witness.DUPLICATED,
            "the set of all weights (W_N, ..., W_1) with product W is the group orbit O_W",
            r"\phi^{-1}(W)=O_W",
            "True of balanced weights. The whole fibre is larger and unbounded: (W_N, ..., W_2/2, "
            "2 W_1) has the same product, and is not balanced.",
            least_depth=2,
        ),
    ),
)

COAREA = claim(
    "coarea",
    title="Coarea formula for the balanced manifold",
    source=Source("MY2025", "entropy formula, its proof"),
    statement=(
        r"In the coordinates $\Sigma$, $U$, $V$ and the frames $Q_1,\dots,Q_{N-1}$, the volume "
        r"element of the balanced manifold is the product of the volume element of the orbit "
        r"and of "
        r"that of $\frac1Ng^{N}$ downstairs: its Gram determinant is \[<<gram>>.\]"
    ),
    hypotheses=("N >= 1", "d >= 1", "W in GL(d)"),
    parts={"gram": f.MANIFOLD_GRAM},
    routes=_ROUTES,
    uses=("volume-form", "riemannian-submersion", "orbit-volume"),
    mutants=(
        Mutant(
            "mean-normalisation",
            "g^N in place of g^N / N downstairs",
            {"gram": PairProduct(index=N, pair=N**2) * f.MANIFOLD_GRAM},
        ),
        Mutant(
            "unrooted-orbit",
            "the orbit volume without its square root",
            {"gram": f.MANIFOLD_GRAM * f.ORBIT_SQUARED},
        ),
        Mutant(
            "single-frame",
            "the group's length 2 counted once instead of N - 1 times",
            {
                "gram": f.per_index(I.root**2 / (N * I.sigma**2))
                * f.per_pair(Number(2))
                * f.VAN_ROOT
                * f.VAN_SIGMA2
            },
        ),
        Mutant(
            "density",
            "van(Sigma^(2/N)) squared, without the orbit",
            {
                "gram": f.per_pair(DOUBLED)
                * f.per_index(I.root**2 / (N * I.sigma**2))
                * f.VAN_ROOT**2
            },
        ),
    ),
)

VOLUME_DIVERGENCE = claim(
    "volume-divergence",
    title="Behaviour of the volumes as singular values vanish",
    source=Source("CMV2023", "consequence of Theorem 1.1"),
    statement=(
        r"Let $k$ singular values tend to $0$ like $\varepsilon$, with fixed ratios, the others "
        r"fixed and all distinct. The density of $g^{N}$ with respect to $d\Sigma\,dU\,dV$ behaves "
        r"like $\varepsilon$ to the power \[<<form>>,\] with respect to $dW$ like "
        r"$\varepsilon$ to the power \[<<density>>,\] and the volume of the orbit of balanced "
        r"factorizations like $\varepsilon$ to the power \[<<orbit>>.\] At infinite depth the "
        r"two densities behave like $\varepsilon$ to the powers $<<infinite_form>>$ and "
        r"$<<infinite_density>>$, both times $|\log\varepsilon|$ to the power $<<logarithms>>$."
    ),
    hypotheses=("N >= 1", "d >= 1", "1 <= k <= d", "distinct singular values"),
    parts={
        "form": k * (k - N) / N,
        "density": 0 - k**2 * (N - 1) / N,
        "orbit": (k * (k - 1) / 2) * (1 - 1 / N),
        "infinite_form": 0 - k,
        "infinite_density": 0 - k**2,
        "logarithms": k * (WIDTH - k),
    },
    routes=(*_ROUTES, Route.ENCLOSURE),
    uses=("volume-form", "infinite-depth", "orbit-volume"),
    infinite=True,
    mutants=(
        Mutant(
            "one-at-a-time",
            "k times the exponent for one vanishing value",
            {"form": k * (1 - N) / N},
        ),
        Mutant(
            "doubled-pairs",
            "ordered in place of unordered pairs",
            {"form": k * (2 * k - 1 - N) / N, "orbit": k * (k - 1) * (1 - 1 / N)},
        ),
        Mutant(
            "infinite",
            "the exponents at infinite depth",
            {"form": 0 - k, "density": 0 - k**2},
        ),
        Mutant(
            "unrooted-orbit",
            "the exponent of the squared volume",
            {"orbit": k * (k - 1) * (1 - 1 / N)},
        ),
        Mutant(
            "no-logarithms",
            "the infinite-depth densities without their logarithms",
            {"logarithms": 0 * k},
        ),
        Mutant(
            "exchanged-measures",
            "the two infinite-depth exponents exchanged",
            {"infinite_form": 0 - k**2, "infinite_density": 0 - k},
        ),
        Mutant(
            "independent",
            "k times the behaviour for one vanishing value, at infinite depth",
            {"infinite_density": 0 - k, "logarithms": k * (WIDTH - 1)},
        ),
    ),
    as_printed=(
        AsPrinted(
            "any-singular-value",
            Source("slides", "after Theorem 1.1"),
            Witness.DUPLICATED,
            "the density of Theorem 1.1 diverges, like sigma_i^(1/N - 1), as any singular value "
            "tends to zero, that is, as W approaches a lower rank",
            r"\sigma_i^{\frac{1}{N}-1}\to\infty",
            "True for one vanishing value and N >= 2, and with respect to dW for every N >= 2. "
            "With respect to dSigma dU dV and with k values vanishing together it tends to a "
            "constant for k = N and to zero for k > N.",
            {"form": k * (1 - N) / N},
            least_depth=2,
        ),
        AsPrinted(
            "orbit-diverges",
            Source("slides", "after Theorem 10"),
            Witness.SOURCE_FILE,
            "the volume of the orbit diverges as singular values tend to zero",
            r"\operatorname{vol}(O_W)\to\infty",
            "The orbit is compact and its volume bounded: its exponent is never negative, and it "
            "tends to zero when two or more values vanish. What diverges has a negative exponent.",
            least_depth=2,
        ),
    ),
)
