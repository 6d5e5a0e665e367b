"""The volume form of g^N, for every N and d (CMV2023 Theorem 1.1)."""

from collections.abc import Mapping

from dlnproof.claims.volume.volume_form import CLAIM
from dlnproof.core.expression import Expression, Letter, Number
from dlnproof.core.product import PairProduct, over_all_pairs
from dlnproof.core.proof import Proof
from dlnproof.core.spectrum import ONE_INDEX, ORDERED, I, L, N
from dlnproof.core.step import Side
from dlnproof.formulas import (
    EIGENVALUE,
    EIGENVALUE_COINCIDENT,
    METRIC_DETERMINANT,
    SVD_JACOBIAN,
)

LAMBDA, LAMBDA_EQUAL = Letter("lambda", r"\lambda_{il}"), Letter("lambda_ii", r"\lambda_{ii}")

# The positive square root of det g^N, factor by factor.
ROOT = PairProduct(index=I.root / I.sigma, pair=1 / LAMBDA, coincident=1 / LAMBDA_EQUAL)
DETERMINANT = over_all_pairs(1 / LAMBDA, 1 / LAMBDA, 1 / LAMBDA_EQUAL)


def derive(parts: Mapping[str, Side] = CLAIM.parts) -> Proof:
    """Return the proof that the statement with the given formula holds for all N and d."""
    form = parts["form"]
    assert isinstance(form, PairProduct)

    proof = Proof(CLAIM.id, parts)
    proof.use(
        "metric", "metric-diagonalization", r"$\det g^{N}$ is the product of all $1/\lambda_{il}$."
    )
    proof.define("eigenvalue", LAMBDA, EIGENVALUE, r"Here, for $\sigma_i\ne\sigma_l$,")
    proof.define(
        "eigenvalue-equal",
        LAMBDA_EQUAL,
        EIGENVALUE_COINCIDENT,
        r"and, where $\sigma_i=\sigma_l$ (in particular for $i=l$),",
    )
    proof.product(
        "determinant",
        proof.let(r"\det g^{N}", METRIC_DETERMINANT),
        DETERMINANT,
        uses=("metric", "eigenvalue", "eigenvalue-equal"),
        prose=r"Because $\lambda_{il}=\lambda_{li}$ each pair $i<l$ contributes a square:",
    )
    rho = proof.let(r"\rho", ROOT)
    proof.product(
        "squared",
        rho**2,
        DETERMINANT.named(r"\det g^{N}"),
        uses=("determinant",),
        prose=r"Let $\rho$ be the product of $\sigma_i^{1/N}/\sigma_i$ over $i$ and of "
        r"$1/\lambda_{il}$ over $i<l$. Then",
    )
    proof.positive(
        "index-positive",
        ROOT.index,
        domain=ONE_INDEX,
        prose=r"and $\rho$ is positive, since for each index",
    )
    proof.positive(
        "pair-positive",
        ROOT.pair,
        domain=ORDERED,
        uses=("eigenvalue",),
        prose=r"and for each pair with $\sigma_i>\sigma_l$",
    )
    proof.positive(
        "coincident-positive",
        1 / LAMBDA_EQUAL,
        domain=ONE_INDEX,
        prose=r"while where $\sigma_i=\sigma_l$",
        uses=("eigenvalue-equal",),
    )
    proof.use(
        "svd",
        "svd-jacobian",
        r"the change of coordinates is, up to orientation, "
        r"$dW=\operatorname{van}(\Sigma^{2})\,d\Sigma\,dU\,dV$.",
    )
    proof.product(
        "form",
        ROOT.root_of(DETERMINANT.named(r"\det g^{N}")) * SVD_JACOBIAN,
        form,
        uses=("squared", "index-positive", "pair-positive", "coincident-positive", "svd"),
        prose=r"So $\rho=\sqrt{\det g^{N}}$, and multiplying by the Jacobian cancels "
        r"$\sigma_i^{2}-\sigma_l^{2}$ in each pair:",
    )
    first: dict[Letter, Expression] = {N: Number(1), I.root: I.sigma, L.root: L.sigma}
    proof.identity(
        "euclidean",
        form.pair.substitute(first),
        SVD_JACOBIAN.pair,
        domain=ORDERED,
        prose=r"At $N=1$, where $\sigma_i^{1/N}=\sigma_i$, the metric is the Frobenius metric and "
        r"the volume form must be the Jacobian alone; indeed, the pair factor is then",
    )
    return proof
