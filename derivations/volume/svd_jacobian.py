"""The Jacobian of (Sigma, U, V) -> U Sigma V^T, for every d (CMV2023 Lemma 2.7)."""

from collections.abc import Mapping

from dlnproof.claims.volume.svd_jacobian import CLAIM
from dlnproof.core.domain import Domain
from dlnproof.core.expression import Letter, Number
from dlnproof.core.product import PairProduct
from dlnproof.core.proof import Proof
from dlnproof.core.spectrum import ORDERED, WIDTH, I, L
from dlnproof.core.step import Side

U, U_t = Letter("U", "U"), Letter("U'", "U", "T")
V, V_t = Letter("V", "V"), Letter("V'", "V", "T")
Sigma, dSigma = Letter("Sigma", r"\Sigma"), Letter("dSigma", r"d\Sigma")
omega_U, omega_V = Letter("omega_U", r"\omega_U"), Letter("omega_V", r"\omega_V")
dU, dV_t = Letter("dU", "dU"), Letter("dV'", "dV", "T")
ONE = Number(1)
BLOCK = Letter("block", r"\Delta_{il}")


def derive(parts: Mapping[str, Side] = CLAIM.parts) -> Proof:
    """Return the proof that the statement with the given formula holds for all d."""
    jacobian = parts["jacobian"]
    assert isinstance(jacobian, PairProduct)

    proof = Proof(CLAIM.id, parts)
    proof.argue(
        "frames",
        r"Let $\omega_U=U^{T}dU$ and $\omega_V=V^{T}dV$. They are skew-symmetric because "
        r"$<<1>>$ and $<<2>>$; so $<<3>>$ and $<<4>>$.",
        equations=(
            (U_t * U, ONE),
            (V_t * V, ONE),
            (dU, U * omega_U),
            (dV_t, 0 - omega_V * V_t),
        ),
    )
    proof.words(
        "differential",
        U_t * (dU * Sigma * V_t + U * dSigma * V_t + U * Sigma * dV_t) * V,
        omega_U * Sigma + dSigma - Sigma * omega_V,
        rules=(
            (dU, U * omega_U),
            (dV_t, 0 - omega_V * V_t),
            (U_t * U, ONE),
            (V_t * V, ONE),
        ),
        uses=("frames",),
        prose=r"By the product rule $U^{T}\,dW\,V$ is",
    )
    proof.cite(
        "isometry",
        r"Multiplication by orthogonal matrices on both sides, $Z\mapsto U^{T}ZV$, is an isometry "
        "of the Frobenius metric: its determinant is $1$ in absolute value.",
        "Kronecker products",
    )
    proof.argue(
        "blocks",
        r"So the Jacobian of $W$ is that of [[differential]]. Its diagonal entries "
        r"are $d\sigma_i$, with coefficient $1$. For $i<l$ its entries $(i,l)$ and $(l,i)$ are "
        r"$\sigma_l\,(\omega_U)_{il}-\sigma_i\,(\omega_V)_{il}$ and "
        r"$-\sigma_i\,(\omega_U)_{il}+\sigma_l\,(\omega_V)_{il}$: they involve no other "
        "coordinate, so the Jacobian is the product of $2\\times2$ determinants, one for each "
        "pair.",
        uses=("differential", "isometry"),
    )
    proof.identity(
        "count",
        WIDTH + 2 * (WIDTH * (WIDTH - 1) / 2),
        WIDTH**2,
        domain=Domain(positive=frozenset({WIDTH})),
        prose="The blocks exhaust the matrix:",
    )
    proof.define(
        "block",
        BLOCK,
        L.sigma**2 - I.sigma**2,
        "The determinant of the block of the pair $i<l$ is",
    )
    proof.identity(
        "minus",
        0 - BLOCK,
        I.sigma**2 - L.sigma**2,
        domain=ORDERED,
        uses=("block",),
        prose="that is, up to its sign,",
    )
    proof.positive(
        "sign",
        0 - BLOCK,
        domain=ORDERED,
        uses=("minus",),
        prose=r"which is positive for $\sigma_i>\sigma_l$ (and zero at a coincidence, where these "
        "coordinates degenerate):",
    )
    proof.product(
        "jacobian",
        PairProduct(pair=0 - BLOCK),
        jacobian,
        uses=("blocks", "count", "minus", "sign"),
        prose="The absolute value of the Jacobian is therefore, for every $d$,",
    )
    return proof
