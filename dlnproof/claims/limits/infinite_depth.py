"""The infinite-depth limit."""

from dlnproof import formulas as f
from dlnproof.claims.schema import Mutant, Source, claim
from dlnproof.core.product import van
from dlnproof.core.spectrum import I, L
from dlnproof.core.verdict import Route

CLAIM = claim(
    "infinite-depth",
    title="The infinite-depth limit",
    source=Source("CMV2023", "infinite-depth limit"),
    statement=(
        r"The operator at infinite depth, "
        r"\[\mathcal{A}_{\infty,W}(Z)=\int_0^1 (WW^{T})^{1-s}Z(W^{T}W)^{s}\,ds,\] has "
        r"the eigenvectors $u_iv_l^{T}$ with eigenvalue \[\lambda_{il}=<<distinct>>\quad"
        r"(\sigma_i\ne\sigma_l),\qquad\lambda_{il}=<<coincident>>\quad(\sigma_i=\sigma_l),\] and "
        r"\[\sqrt{\det g^{\infty}}\,dW=<<form>>\,d\Sigma\,dU\,dV.\] It is the limit of depth $N$: "
        r"the logarithm of the ratio of the two volume forms is "
        r"$\frac{1}{N}\sum_{i}<<rate>>+O(N^{-2})$."
    ),
    hypotheses=(r"$d\ge1$", r"$W$ in $\mathrm{GL}(d)$"),
    parts={
        "distinct": f.INFINITE_EIGENVALUE,
        "coincident": f.INFINITE_EIGENVALUE_COINCIDENT,
        "form": f.INFINITE_VOLUME_FORM,
        "rate": f.INFINITE_RATE,
    },
    quantities={
        "infinite-eigenvalue": ("distinct", "coincident"),
        "infinite-volume-form": ("form",),
    },
    routes=(Route.DERIVATION, Route.ENCLOSURE, Route.PULLBACK),
    uses=("metric-diagonalization", "svd-jacobian", "volume-form"),
    finite=False,
    infinite=True,
    mutants=(
        Mutant(
            "unsquared-log",
            r"$\log\sigma$ in place of $\log\sigma^2$",
            {
                "distinct": 2 * f.INFINITE_EIGENVALUE,
                "form": f.INFINITE_DET_POWER * van(I.log / 2),
            },
        ),
        Mutant(
            "arithmetic-mean",
            r"the arithmetic in place of the logarithmic mean of $\sigma_i^2$ and $\sigma_l^2$",
            {"distinct": (I.sigma**2 + L.sigma**2) / 2},
        ),
        Mutant(
            "coincident-root",
            r"$\sigma$ in place of $\sigma^2$ where the values coincide",
            {"coincident": I.sigma},
        ),
        Mutant(
            "dropped-root",
            r"$\det(\Sigma^2)^{-1}$ in place of $\det(\Sigma^2)^{-1/2}$",
            {"form": f.INFINITE_DET_POWER * f.INFINITE_DET_POWER * f.VAN_LOG},
        ),
        Mutant(
            "rate-without-width",
            "the first-order coefficient without the factor $d$",
            {"rate": I.log / 2},
        ),
    ),
)
