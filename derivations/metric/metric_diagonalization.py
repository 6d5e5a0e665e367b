"""The diagonal form and the determinant of g^N, for every N and d (CMV2023)."""

from collections.abc import Mapping

from dlnproof.claims.metric.metric_diagonalization import CLAIM
from dlnproof.core.expression import Expression, Letter, Number
from dlnproof.core.product import PairProduct
from dlnproof.core.proof import Proof
from dlnproof.core.spectrum import DISTINCT, ONE_INDEX, SWAP
from dlnproof.core.step import Side
from dlnproof.formulas import EIGENVALUE, EIGENVALUE_COINCIDENT

# K = V kron U, A the matrix of A_{N,W}, Lambda that of its eigenvalues, D its inverse.
K, K_t = Letter("K", "K"), Letter("K'", "K", "T")
A, Lambda, D = Letter("A", "A"), Letter("Lambda", r"\Lambda"), Letter("D", "D^{N}")
ONE = Number(1)

LAMBDA, LAMBDA_SWAPPED = Letter("lambda", r"\lambda_{il}"), Letter("lambda_li", r"\lambda_{li}")
LAMBDA_EQUAL = Letter("lambda_ii", r"\lambda_{ii}")


def derive(parts: Mapping[str, Side] = CLAIM.parts) -> Proof:
    """Return the proof that the statement with the given formulas holds for all N and d."""
    entry, entry_coincident = parts["entry"], parts["entry_coincident"]
    determinant = parts["determinant"]
    assert isinstance(entry, Expression)
    assert isinstance(entry_coincident, Expression)
    assert isinstance(determinant, PairProduct)

    proof = Proof(CLAIM.id, parts)
    proof.use(
        "spectrum",
        "operator-spectrum",
        r"the $u_iv_l^{T}$ are an orthonormal basis with "
        r"$\mathcal{A}_{N,W}(u_iv_l^{T})=\lambda_{il}\,u_iv_l^{T}$ and $\lambda_{il}>0$.",
    )
    proof.cite(
        "kronecker",
        r"For column-major vectorisation $\operatorname{vec}(UZV^{T})=(V\otimes U)"
        r"\operatorname{vec}Z$, and $(V\otimes U)^{T}(V\otimes U)=(V^{T}V)\otimes(U^{T}U)$.",
        "Kronecker products",
    )
    proof.argue(
        "notation",
        r"So $K=V\otimes U$ is orthogonal, and its column $(i,l)$ is $\operatorname{vec}"
        r"(u_iv_l^{T})$. Let $A$ be the matrix of $\mathcal{A}_{N,W}$ and $\Lambda$ the diagonal "
        r"matrix of the $\lambda_{il}$; then $<<1>>$, $<<2>>$ and $<<3>>$. Let $D^{N}$ be the "
        r"inverse of $\Lambda$, which exists because every $\lambda_{il}>0$: $<<4>>$.",
        equations=((K_t * K, ONE), (K * K_t, ONE), (A * K, K * Lambda), (D * Lambda, ONE)),
        uses=("spectrum", "kronecker"),
    )
    proof.words(
        "insert",
        A,
        A * K * K_t,
        rules=((K * K_t, ONE),),
        uses=("notation",),
        prose="Since $K$ is orthogonal",
    )
    proof.words(
        "diagonal",
        A * K * K_t,
        K * Lambda * K_t,
        rules=((A * K, K * Lambda),),
        uses=("notation",),
        prose=r"and since $AK=K\Lambda$",
    )
    proof.words(
        "inverse",
        (K * D * K_t) * (K * Lambda * K_t),
        ONE,
        rules=((K_t * K, ONE), (D * Lambda, ONE), (K * K_t, ONE)),
        uses=("notation", "insert", "diagonal"),
        prose=r"Then $KD^{N}K^{T}$ is the inverse of $A$, that is, the matrix of $g^{N}$:",
    )
    proof.define(
        "eigenvalue", LAMBDA, EIGENVALUE, r"The eigenvalues are, for $\sigma_i\ne\sigma_l$,"
    )
    proof.define(
        "eigenvalue-equal",
        LAMBDA_EQUAL,
        EIGENVALUE_COINCIDENT,
        r"and, where $\sigma_i=\sigma_l$ (in particular for $i=l$),",
    )
    proof.identity(
        "entry",
        1 / LAMBDA,
        entry,
        domain=DISTINCT,
        uses=("eigenvalue",),
        prose=r"so the entries of $D^{N}$ are",
    )
    proof.identity(
        "entry-coincident",
        1 / LAMBDA_EQUAL,
        entry_coincident,
        domain=ONE_INDEX,
        uses=("eigenvalue-equal",),
        prose="and",
    )
    proof.define(
        "swapped", LAMBDA_SWAPPED, EIGENVALUE.substitute(SWAP), "Exchanging the two indices gives"
    )
    proof.identity(
        "symmetric",
        LAMBDA_SWAPPED,
        LAMBDA,
        domain=DISTINCT,
        uses=("eigenvalue", "swapped"),
        prose="the same eigenvalue:",
    )
    proof.cite(
        "multiplicative",
        r"The determinant is multiplicative, and $\det(K)^{2}=1$ for an orthogonal $K$; hence "
        r"$\det g^{N}=\det D^{N}$, the product of all entries.",
        "determinants",
    )
    proof.product(
        "determinant",
        proof.let(
            r"\det g^{N}",
            PairProduct(
                index=1 / LAMBDA_EQUAL,
                pair=(1 / LAMBDA) * (1 / LAMBDA_SWAPPED),
                coincident=(1 / LAMBDA_EQUAL) ** 2,
            ),
        ),
        determinant,
        uses=("inverse", "entry", "entry-coincident", "swapped", "multiplicative"),
        prose="Collecting the entry of each index $i=l$, and those of $(i,l)$ and $(l,i)$ for each "
        "pair $i<l$,",
    )
    return proof
