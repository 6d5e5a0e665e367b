"""Claims about the flow of the factors and the geometry between factors and product."""

from typing import Final

from dlnproof import formulas as f
from dlnproof.claims.schema import AsPrinted, Mutant, Source, Witness, claim
from dlnproof.core.spectrum import NEXT, NEXT_T, THIS, THIS_T, I, L, N
from dlnproof.core.verdict import Route

_ROUTES: Final = (Route.DERIVATION, Route.EXACT, Route.PULLBACK)

BALANCEDNESS = claim(
    "balancedness",
    title="Conservation of balancedness",
    source=Source("slides", "opening assumptions"),
    statement=(
        r"Under gradient flow on the factors of $W=W_N\cdots W_1$, for any differentiable loss of "
        r"$W$ and every $1\le j<N$, \[<<invariant>>\] is constant in time."
    ),
    hypotheses=("N >= 1", "d >= 1", "any differentiable loss"),
    parts={"invariant": NEXT_T * NEXT - THIS * THIS_T},
    routes=_ROUTES,
    mutants=(
        Mutant(
            "transposed-next",
            "W_{j+1} W_{j+1}^T in place of W_{j+1}^T W_{j+1}",
            {"invariant": NEXT * NEXT_T - THIS * THIS_T},
        ),
        Mutant(
            "sum",
            "the sum in place of the difference",
            {"invariant": NEXT_T * NEXT + THIS * THIS_T},
        ),
        Mutant(
            "exchanged",
            "the two factors exchanged",
            {"invariant": THIS_T * THIS - NEXT * NEXT_T},
        ),
        Mutant(
            "doubled",
            "one of the two terms taken twice",
            {"invariant": NEXT_T * NEXT - 2 * (THIS * THIS_T)},
        ),
    ),
    as_printed=(
        AsPrinted(
            "transposed",
            Source("slides", "opening assumptions"),
            Witness.SOURCE_FILE,
            "W_{l+1}^T W_{l+1} = W_l^T W_l, as the condition that the flow keeps",
            r"W_{l+1}^{T}(0)W_{l+1}(0)=W_l^{T}(0)W_l(0)",
            "The second factor is transposed the wrong way; that difference is not conserved. It "
            "should be W_l W_l^T.",
            {"invariant": NEXT_T * NEXT - THIS_T * THIS},
        ),
    ),
)

END_TO_END_FLOW = claim(
    "end-to-end-flow",
    title="Flow of the end-to-end matrix",
    source=Source("CMV2023", "gradient flow on the balanced manifold"),
    statement=(
        r"On the balanced manifold $(W_N\cdots W_{j+1})(W_N\cdots W_{j+1})^{T}=(WW^{T})^{(N-j)/N}$ "
        r"for each $j$, $d\phi\,d\phi^{*}=N\mathcal{A}_{N,W}$, and under gradient flow on the "
        r"factors $\dot W=-N\mathcal{A}_{N,W}(G)$ with $G$ the gradient of the loss at $W$: "
        r"\[u_i^{T}\dot Wv_l=-\mu_{il}\,u_i^{T}Gv_l\] with \[\mu_{il}=<<distinct>>\quad"
        r"(\sigma_i\ne\sigma_l),\qquad\mu_{il}=<<coincident>>\quad(\sigma_i=\sigma_l).\] "
        r"A simple singular value moves with $\dot\sigma_r=-N\sigma_r^{2-2/N}\,u_r^{T}Gv_r$."
    ),
    hypotheses=("N >= 1", "d >= 1", "W in GL(d)", "balanced factors", "any differentiable loss"),
    parts={"distinct": f.SUM_EIGENVALUE, "coincident": f.SUM_EIGENVALUE_COINCIDENT},
    routes=_ROUTES,
    uses=("balancedness", "operator-spectrum"),
    mutants=(
        Mutant(
            "mean-normalisation",
            "the factor N left out: another unit of time",
            {"distinct": f.EIGENVALUE, "coincident": f.EIGENVALUE_COINCIDENT},
        ),
        Mutant(
            "unsquared",
            "sigma in place of sigma^2 throughout",
            {
                "distinct": (I.sigma - L.sigma) / (I.root - L.root),
                "coincident": N * (I.sigma / I.root),
            },
        ),
        Mutant(
            "coincident-exponent",
            "sigma^(2 - 1/N) in place of sigma^(2 - 2/N) where the values coincide",
            {"coincident": N * (I.sigma**2 / I.root)},
        ),
        Mutant(
            "inverse",
            "the metric in place of its inverse, the operator",
            {"distinct": 1 / f.SUM_EIGENVALUE, "coincident": 1 / f.SUM_EIGENVALUE_COINCIDENT},
        ),
    ),
)

RIEMANNIAN_SUBMERSION = claim(
    "riemannian-submersion",
    title="Riemannian submersion",
    source=Source("MY2025", "Riemannian submersion; the slides' Theorem 13"),
    statement=(
        r"Let $W$ have rank $r\le d$. From the balanced factors of rank $r$, with the Frobenius "
        r"metric, onto the matrices of rank $r$, whose tangent space at $W$ is spanned by the "
        r"$u_iv_l^{T}$ with $\min(i,l)\le r$, the product $\phi$ is a Riemannian submersion for "
        r"the "
        r"metric $\operatorname{Tr}(Z_1^{T}(N\mathcal{A}_{N,W})^{+}Z_2)$. The lifts of the "
        r"$u_iv_l^{T}$ are orthogonal, of squared norm \[<<distinct>>\quad(\sigma_i\ne\sigma_l),"
        r"\quad<<coincident>>\quad(\sigma_i=\sigma_l>0),\quad<<edge>>\quad"
        r"(\sigma_i>0=\sigma_l).\] For invertible $W$ this metric is $\frac1Ng^{N}$."
    ),
    hypotheses=("N >= 1", "d >= 1", "any rank r >= 1", "balanced factors"),
    parts={
        "distinct": (I.root**2 - L.root**2) / (I.sigma**2 - L.sigma**2),
        "coincident": I.root**2 / (N * I.sigma**2),
        "edge": I.root**2 / I.sigma**2,
    },
    routes=_ROUTES,
    uses=("operator-spectrum", "end-to-end-flow"),
    singular=True,
    mutants=(
        Mutant(
            "mean-normalisation",
            "the metric g^N itself: N times too large",
            {
                "distinct": f.METRIC_ENTRY,
                "coincident": f.METRIC_ENTRY_COINCIDENT,
                "edge": N * (I.root**2 / I.sigma**2),
            },
        ),
        Mutant(
            "inverted",
            "the eigenvalues of the operator in place of their reciprocals",
            {
                "distinct": f.SUM_EIGENVALUE,
                "coincident": f.SUM_EIGENVALUE_COINCIDENT,
                "edge": f.SUM_EIGENVALUE_EDGE,
            },
        ),
        Mutant(
            "edge-as-limit",
            "the coincident value in place of the limit sigma_l -> 0 at a singular W",
            {"edge": I.root**2 / (N * I.sigma**2)},
        ),
        Mutant(
            "unsquared",
            "sigma in place of sigma^2 throughout",
            {
                "distinct": (I.root - L.root) / (I.sigma - L.sigma),
                "coincident": I.root / (N * I.sigma),
                "edge": I.root / I.sigma,
            },
        ),
    ),
    as_printed=(
        AsPrinted(
            "theorem-13",
            Source("slides", "Theorem 13, with the 1/N of Lemma 2.4"),
            Witness.SINGLE,
            "the metric g^N on the matrices of rank r, g^N = Tr(Z1^T A_{N,W}^(-1) Z2) with the 1/N "
            "of Lemma 2.4, is obtained from phi by Riemannian submersion",
            r"g^{N}\text{ is obtained from }\phi\text{ by Riemannian submersion}",
            "With the factor 1/N of Lemma 2.4, as extracted from the slides, the metric g^N is N "
            "times the one of the submersion; it becomes true when the metric upstairs is scaled "
            "by N.",
            {
                "distinct": f.METRIC_ENTRY,
                "coincident": f.METRIC_ENTRY_COINCIDENT,
                "edge": N * (I.root**2 / I.sigma**2),
            },
        ),
    ),
)
