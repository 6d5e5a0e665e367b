"""Riemannian submersion."""

from dlnproof import formulas as f
from dlnproof.claims.schema import AT_POINTS, AsPrinted, Mutant, Source, Witness, claim
from dlnproof.core.spectrum import I, L, N

CLAIM = claim(
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
    hypotheses=(r"$N\ge1$", r"$d\ge1$", r"any rank $r\ge1$", "balanced factors"),
    parts={
        "distinct": (I.root**2 - L.root**2) / (I.sigma**2 - L.sigma**2),
        "coincident": I.root**2 / (N * I.sigma**2),
        "edge": I.root**2 / I.sigma**2,
    },
    routes=AT_POINTS,
    uses=("operator-spectrum", "end-to-end-flow"),
    singular=True,
    mutants=(
        Mutant(
            "mean-normalisation",
            "the metric $g^N$ itself: $N$ times too large",
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
            r"the coincident value in place of the limit $\sigma_l\to0$ at a singular $W$",
            {"edge": I.root**2 / (N * I.sigma**2)},
        ),
        Mutant(
            "unsquared",
            r"$\sigma$ in place of $\sigma^2$ throughout",
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
            Source("slides", "Theorem 13, with the $1/N$ of Lemma 2.4"),
            Witness.SINGLE,
            r"the metric $g^N$ on the matrices of rank $r$, $g^N=\operatorname{Tr}(Z_{1}^T "
            r"\mathcal{A}_{N,W}^{-1} Z_{2})$ with the $1/N$ of Lemma 2.4, is obtained from "
            r"$\phi$ by Riemannian submersion",
            r"g^{N}\text{ is obtained from }\phi\text{ by Riemannian submersion}",
            "With the factor $1/N$ of Lemma 2.4, as extracted from the slides, the metric "
            "$g^N$ is $N$ times the one of the submersion; it becomes true when the metric "
            "upstairs is scaled by $N$.",
            {
                "distinct": f.METRIC_ENTRY,
                "coincident": f.METRIC_ENTRY_COINCIDENT,
                "edge": N * (I.root**2 / I.sigma**2),
            },
        ),
    ),
)
