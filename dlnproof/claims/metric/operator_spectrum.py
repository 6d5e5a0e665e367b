"""Spectrum of the operator."""

from dlnproof import formulas as f
from dlnproof.claims.schema import AT_POINTS, Mutant, Source, claim
from dlnproof.core.spectrum import I, L, N

CLAIM = claim(
    "operator-spectrum",
    title="Spectrum of the operator",
    source=Source("CMV2023", "Lemma 2.4"),
    statement=(
        r"Let $W=U\Sigma V^{T}$ with columns $u_i$, $v_l$. Then $u_iv_l^{T}$ is an eigenvector of "
        r"$\mathcal{A}_{N,W}$, with eigenvalue \[\lambda_{il}=<<distinct>>\quad"
        r"(\sigma_i\ne\sigma_l),\qquad\lambda_{il}=<<coincident>>\quad(\sigma_i=\sigma_l).\] These "
        r"$d^{2}$ vectors are an orthonormal basis; $\mathcal{A}_{N,W}$ is self-adjoint and "
        r"positive definite."
    ),
    hypotheses=(r"$N\ge1$", r"$d\ge1$", r"$W$ in $\mathrm{GL}(d)$"),
    parts={"distinct": f.EIGENVALUE, "coincident": f.EIGENVALUE_COINCIDENT},
    quantities={"eigenvalue": ("distinct", "coincident")},
    routes=AT_POINTS,
    mutants=(
        Mutant(
            "sum-normalisation",
            "the factor $1/N$ is left out",
            {"distinct": N * f.EIGENVALUE, "coincident": N * f.EIGENVALUE_COINCIDENT},
        ),
        Mutant(
            "shifted-index",
            "the exponent $j - 1$ is replaced by $j$",
            {
                "distinct": f.EIGENVALUE * L.root**2,
                "coincident": f.EIGENVALUE_COINCIDENT * I.root**2,
            },
        ),
        Mutant(
            "unsquared",
            r"$\sigma$ in place of $\sigma^2$ throughout",
            {
                "distinct": (I.sigma - L.sigma) / (N * (I.root - L.root)),
                "coincident": I.sigma / I.root,
            },
        ),
        Mutant(
            "unsquared-root",
            r"$\sigma^{1/N}$ in place of $\sigma^{2/N}$",
            {"distinct": (I.sigma**2 - L.sigma**2) / (N * (I.root - L.root))},
        ),
        Mutant(
            "coincident-limit",
            r"$\sigma^2$ in place of $(\sigma^2)^{(N-1)/N}$ where the values coincide",
            {"coincident": I.sigma**2},
        ),
    ),
)
