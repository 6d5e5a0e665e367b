"""Coarea formula for the balanced manifold."""

from dlnproof import formulas as f
from dlnproof.claims.schema import AT_POINTS, Mutant, Source, claim
from dlnproof.core.expression import Number
from dlnproof.core.product import PairProduct, per_index, per_pair
from dlnproof.core.spectrum import DOUBLED, I, N

CLAIM = claim(
    "coarea",
    title="Coarea formula for the balanced manifold",
    source=Source("MY2025", "entropy formula, its proof"),
    statement=(
        r"In the coordinates $\Sigma$, $U$, $V$ and the frames $Q_1,\dots,Q_{N-1}$, the volume "
        r"element of the balanced manifold is the product of the volume element of the orbit "
        r"and of "
        r"that of $\frac1Ng^{N}$ downstairs: its Gram determinant is \[<<gram>>.\]"
    ),
    hypotheses=(r"$N\ge1$", r"$d\ge1$", r"$W$ in $\mathrm{GL}(d)$"),
    parts={"gram": f.MANIFOLD_GRAM},
    quantities={"manifold-gram": ("gram",)},
    routes=AT_POINTS,
    uses=("volume-form", "riemannian-submersion", "orbit-volume"),
    mutants=(
        Mutant(
            "mean-normalisation",
            "$g^N$ in place of $g^N / N$ downstairs",
            {"gram": PairProduct(index=N, pair=N**2) * f.MANIFOLD_GRAM},
        ),
        Mutant(
            "unrooted-orbit",
            "the orbit volume without its square root",
            {"gram": f.MANIFOLD_GRAM * f.ORBIT_SQUARED},
        ),
        Mutant(
            "single-frame",
            "the group's length 2 counted once instead of $N - 1$ times",
            {
                "gram": per_index(I.root**2 / (N * I.sigma**2))
                * per_pair(Number(2))
                * f.VAN_ROOT
                * f.VAN_SIGMA2
            },
        ),
        Mutant(
            "density",
            r"$\operatorname{van}(\Sigma^{2/N})$ squared, without the orbit",
            {"gram": per_pair(DOUBLED) * per_index(I.root**2 / (N * I.sigma**2)) * f.VAN_ROOT**2},
        ),
    ),
)
