"""The flow of the end-to-end matrix on the balanced manifold, for every N and d."""

from collections.abc import Mapping

from dlnproof.claims.factors.end_to_end_flow import CLAIM
from dlnproof.core.expression import Expression, Letter
from dlnproof.core.proof import Proof
from dlnproof.core.spectrum import DISTINCT, ONE_INDEX, N
from dlnproof.core.step import Side
from dlnproof.formulas import EIGENVALUE, EIGENVALUE_COINCIDENT

# M = W_N W_N^T, p = P_{j+1} = W_N...W_{j+2}, w = W_{j+1}, and the balanced products
# s = W_{j+2}^T W_{j+2} = W_{j+1} W_{j+1}^T.
M, s = Letter("M", "M"), Letter("s", "S")
p, p_t = Letter("p", "P"), Letter("p'", "P", "T")
w, w_t = Letter("w", "w"), Letter("w'", "w", "T")
M_k = Letter("M_k", "M", "k")
P_j, P_t = Letter("P_j", "P_{j}"), Letter("P_j'", "P_{j}", "T")
R_j, R_t = Letter("R_j", "R_{j}"), Letter("R_j'", "R_{j}", "T")
alpha, beta = Letter("alpha", r"\alpha_{j}"), Letter("beta", r"\beta_{j}")
G, dW_j = Letter("G", "G"), Letter("dW_j", r"\dot{W}_{j}")
LAMBDA, LAMBDA_EQUAL = Letter("lambda", r"\lambda_{il}"), Letter("lambda_ii", r"\lambda_{ii}")
SPEED, SPEED_EQUAL = Letter("speed", r"\mu_{il}"), Letter("speed_ii", r"\mu_{ii}")


def derive(parts: Mapping[str, Side] = CLAIM.parts) -> Proof:
    """Return the proof that the flow downstairs has the given coefficients for all N and d."""
    distinct, coincident = parts["distinct"], parts["coincident"]
    assert isinstance(distinct, Expression)
    assert isinstance(coincident, Expression)

    proof = Proof(CLAIM.id, parts)
    proof.use(
        "balanced",
        "balancedness",
        "a balanced start stays balanced: $W_{j+1}^{T}W_{j+1}=W_jW_j^{T}$ for all time.",
    )
    proof.argue(
        "letters",
        r"Let $P_j=W_N\cdots W_{j+1}$, $R_j=W_{j-1}\cdots W_1$ (empty products are $I$) and "
        r"$M=W_NW_N^{T}$. Write $P=P_{j+1}$, $w=W_{j+1}$ and $S=W_{j+2}^{T}W_{j+2}$; then "
        r"$P_j=Pw$, and $<<1>>$ by balancedness. Suppose $<<2>>$, as holds at the start, where "
        r"$W_N(W_N^{T}W_N)=MW_N$, and $<<3>>$, as holds for the empty product and $k=0$.",
        equations=((w * w_t, s), (p * s, M * p), (p * p_t, M_k)),
        uses=("balanced",),
    )
    proof.words(
        "intertwine",
        p * w * (w_t * w),
        M * p * w,
        rules=((w * w_t, s), (p * s, M * p)),
        uses=("letters",),
        prose="Multiplication by the next Gram matrix then passes through one factor further,",
    )
    proof.words(
        "power",
        (p * w) * (w_t * p_t),
        M * M_k,
        rules=((w * w_t, s), (p * s, M * p), (p * p_t, M_k)),
        uses=("letters",),
        prose="and",
    )
    proof.argue(
        "induction",
        r"Hence by induction $P_jP_j^{T}=M^{N-j}$ for $0\le j\le N$. At $j=0$ this is "
        r"$WW^{T}=M^{N}$.",
        uses=("intertwine", "power"),
    )
    proof.cite(
        "root",
        r"A positive semidefinite matrix has exactly one positive semidefinite $N$-th root; so "
        r"$M=(WW^{T})^{1/N}$ and $P_jP_j^{T}=(WW^{T})^{(N-j)/N}$. Transposing and reversing the "
        r"order of the factors, $R_j^{T}R_j=(W^{T}W)^{(j-1)/N}$.",
        "uniqueness of positive roots",
    )
    proof.argue(
        "product-rule",
        r"By the product rule $\dot W$ is the sum over $j$ of $P_j\dot W_jR_j$, and under gradient "
        r"flow $<<1>>$.",
        equations=((dW_j, 0 - P_t * G * R_t),),
    )
    proof.words(
        "velocity",
        P_j * dW_j * R_j,
        0 - (P_j * P_t) * G * (R_t * R_j),
        rules=((dW_j, 0 - P_t * G * R_t),),
        uses=("product-rule",),
        prose="So each term of the sum is",
    )
    proof.argue(
        "flow",
        r"Summing over $j$, by [[velocity]] and the definition of the operator, "
        r"$\dot W=-N\mathcal{A}_{N,W}(G)$; with $Z$ in place of $G$ and $X_j=P_j^{T}ZR_j^{T}$ the "
        r"adjoint of $d\phi$, the same computation says $d\phi\,d\phi^{*}=N\mathcal{A}_{N,W}$.",
        uses=("root", "velocity"),
    )
    proof.use(
        "spectrum",
        "operator-spectrum",
        r"the component of $\mathcal{A}_{N,W}(G)$ along $u_iv_l^{T}$ is $\lambda_{il}$ times "
        "that of $G$.",
    )
    proof.define("eigenvalue", LAMBDA, EIGENVALUE, r"Here, for $\sigma_i\ne\sigma_l$,")
    proof.define(
        "eigenvalue-equal",
        LAMBDA_EQUAL,
        EIGENVALUE_COINCIDENT,
        r"and, where $\sigma_i=\sigma_l$ (in particular for $i=l$),",
    )
    proof.define(
        "speed",
        SPEED,
        N * LAMBDA,
        r"So the component of $-\dot W$ along $u_iv_l^{T}$ is that of $G$ times",
    )
    proof.identity(
        "distinct", SPEED, distinct, domain=DISTINCT, uses=("eigenvalue", "speed"), prose="that is,"
    )
    proof.define("speed-equal", SPEED_EQUAL, N * LAMBDA_EQUAL, r"or, where $\sigma_i=\sigma_l$,")
    proof.identity(
        "coincident",
        SPEED_EQUAL,
        coincident,
        domain=ONE_INDEX,
        uses=("eigenvalue-equal", "speed-equal"),
        prose="that is,",
    )
    proof.cite(
        "hadamard",
        r"A simple singular value moves with $\dot\sigma_r=u_r^{T}\dot Wv_r$; by [[coincident]] "
        r"this is $-N\sigma_r^{2-2/N}\,u_r^{T}Gv_r$.",
        "first-order perturbation of a simple singular value",
    )
    return proof
