"""Flow of the end-to-end matrix."""

from dlnproof import formulas as f
from dlnproof.claims.schema import AT_POINTS, Mutant, Source, claim
from dlnproof.core.spectrum import I, L, N

CLAIM = claim(
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
    hypotheses=(
        r"$N\ge1$",
        r"$d\ge1$",
        r"$W$ in $\mathrm{GL}(d)$",
        "balanced factors",
        "any differentiable loss",
    ),
    parts={"distinct": f.SUM_EIGENVALUE, "coincident": f.SUM_EIGENVALUE_COINCIDENT},
    quantities={"submersion-eigenvalue": ("distinct", "coincident")},
    routes=AT_POINTS,
    uses=("balancedness", "operator-spectrum"),
    mutants=(
        Mutant(
            "mean-normalisation",
            "the factor $N$ left out: another unit of time",
            {"distinct": f.EIGENVALUE, "coincident": f.EIGENVALUE_COINCIDENT},
        ),
        Mutant(
            "unsquared",
            r"$\sigma$ in place of $\sigma^2$ throughout",
            {
                "distinct": (I.sigma - L.sigma) / (I.root - L.root),
                "coincident": N * (I.sigma / I.root),
            },
        ),
        Mutant(
            "coincident-exponent",
            r"$\sigma^{2 - 1/N}$ in place of $\sigma^{2 - 2/N}$ where the values coincide",
            {"coincident": N * (I.sigma**2 / I.root)},
        ),
        Mutant(
            "inverse",
            "the metric in place of its inverse, the operator",
            {"distinct": 1 / f.SUM_EIGENVALUE, "coincident": 1 / f.SUM_EIGENVALUE_COINCIDENT},
        ),
    ),
)
