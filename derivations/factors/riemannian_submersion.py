"""phi is a Riemannian submersion at every rank, for every N and d (MY2025, M2024)."""

from collections.abc import Mapping

from dlnproof.claims.factors.riemannian_submersion import CLAIM
from dlnproof.core.domain import Domain
from dlnproof.core.expression import Expression, Letter, Number
from dlnproof.core.proof import Proof
from dlnproof.core.spectrum import DISTINCT, NEXT, NEXT_T, ONE_INDEX, THIS, THIS_T, I, N
from dlnproof.core.step import Side
from dlnproof.formulas import EIGENVALUE, EIGENVALUE_COINCIDENT

# W = L W_{j+1} W_j R; the lift of Z has the components X_j = (...)^T Y (...)^T.
L, L_t = Letter("L", "L"), Letter("L'", "L", "T")
R, R_t = Letter("R", "R"), Letter("R'", "R", "T")
Y, Y_t = Letter("Y", "Y"), Letter("Y'", "Y", "T")
NEXT_MOVE, NEXT_MOVE_T = Letter("A", "X_{j+1}"), Letter("A'", "X_{j+1}", "T")
THIS_MOVE, THIS_MOVE_T = Letter("B", "X_{j}"), Letter("B'", "X_{j}", "T")

# The sum over j of a^(n-j) 0^(j-1): only j = 1 contributes.
n, a, a_n = Letter("n", "n"), Letter("a", "a"), Letter("a_n", "a", "n")
EDGE = Letter("E", "E_{n}(a)")
ALONE = Domain(
    positive=frozenset({n, a, a_n, EDGE}),
    sequences={n: (Number(1), n + 1), a_n: (a, a * a_n), EDGE: (Number(1), a * EDGE)},
)
EDGE_SIGMA = Letter("E_i", r"E_{N}(\sigma_i^{2/N})")
AT_SIGMA = Domain(sequences={EDGE_SIGMA: (Number(1), I.root**2 * EDGE_SIGMA)})

NORM, NORM_EQUAL = Letter("norm", r"\nu_{il}"), Letter("norm_ii", r"\nu_{ii}")
NORM_EDGE = Letter("norm_edge", r"\nu_{il}^{0}")


def derive(parts: Mapping[str, Side] = CLAIM.parts) -> Proof:
    """Return the proof that lifts have the given squared norms for all N, d and ranks."""
    distinct, coincident, edge = parts["distinct"], parts["coincident"], parts["edge"]
    assert isinstance(distinct, Expression)
    assert isinstance(coincident, Expression)
    assert isinstance(edge, Expression)

    proof = Proof(CLAIM.id, parts)
    _lift(proof)
    _norms(proof, distinct, coincident, edge)
    return proof


def _lift(proof: Proof) -> None:
    proof.use(
        "flow",
        "end-to-end-flow",
        r"at balanced factors of any rank $d\phi\,d\phi^{*}=N\mathcal{A}_{N,W}$, where $d\phi^{*}$ "
        r"takes $Y$ to the factors $X_j=(W_N\cdots W_{j+1})^{T}Y(W_{j-1}\cdots W_1)^{T}$.",
    )
    proof.argue(
        "tangent-space",
        r"Let $r$ be the rank of $W$. The tangent space $T_W$ of the matrices of rank $r$ is "
        r"spanned "
        r"by the $u_iv_l^{T}$ with $\min(i,l)\le r$. On it $N\mathcal{A}_{N,W}$ is invertible, and "
        r"for $Z\in T_W$ let $Y\in T_W$ be the solution of $N\mathcal{A}_{N,W}(Y)=Z$; then "
        r"$d\phi^{*}(Y)$ is a preimage of $Z$. Put $L=W_N\cdots W_{j+2}$, $R=W_{j-1}\cdots "
        r"W_1$, so "
        r"that $<<1>>$ and $<<2>>$.",
        equations=(
            (NEXT_MOVE, L_t * Y * R_t * THIS_T),
            (THIS_MOVE, NEXT_T * L_t * Y * R_t),
        ),
        uses=("flow",),
    )
    proof.constant(
        "tangent",
        NEXT_T * NEXT - THIS * THIS_T,
        {NEXT: NEXT_MOVE, THIS: THIS_MOVE},
        rules=(
            (NEXT_MOVE, L_t * Y * R_t * THIS_T),
            (NEXT_MOVE_T, THIS * R * Y_t * L),
            (THIS_MOVE, NEXT_T * L_t * Y * R_t),
            (THIS_MOVE_T, R * Y_t * L * NEXT),
        ),
        uses=("tangent-space",),
        prose="This preimage is tangent to the balanced factors: moving along it,",
    )
    proof.argue(
        "minimal",
        r"(indeed $d\phi^{*}(Y)$ is the velocity of gradient flow of the loss "
        r"$-\operatorname{Tr}(Y^{T}W)$ on the factors, along which they stay balanced and keep "
        r"their "
        r"rank; its components keep the ranks to first order, because the range of $X_j$ lies in "
        r"that of $W_j$ for $j<N$ and the range of $X_j^{T}$ in that of $W_j^{T}$ for $j>1$). "
        r"It is "
        r"orthogonal to the kernel of $d\phi$, so it is the preimage of least norm, and its "
        r"squared "
        r"norm is $\langle Y,d\phi\,d\phi^{*}Y\rangle=\langle Z,(N\mathcal{A}_{N,W})^{+}Z\rangle$. "
        r"Hence $\phi$ is a Riemannian submersion onto $T_W$ with this metric, which is "
        r"$\frac1N g^{N}$ for an invertible $W$: the factor $N$ between the two normalisations.",
        uses=("tangent",),
    )


def _norms(proof: Proof, distinct: Expression, coincident: Expression, edge: Expression) -> None:
    proof.use(
        "spectrum",
        "operator-spectrum",
        r"$u_iv_l^{T}$ is an eigenvector of $N\mathcal{A}_{N,W}$ with eigenvalue $\sum_{j=1}^{N}"
        r"(\sigma_i^{2})^{(N-j)/N}(\sigma_l^{2})^{(j-1)/N}=N\lambda_{il}$, at every rank.",
    )
    proof.define(
        "norm",
        NORM,
        1 / (N * EIGENVALUE),
        r"So the lift of $u_iv_l^{T}$ has the squared norm, for $\sigma_i\ne\sigma_l$ both "
        "positive,",
    )
    proof.identity("distinct", NORM, distinct, domain=DISTINCT, uses=("norm",), prose="that is,")
    proof.define(
        "norm-equal",
        NORM_EQUAL,
        1 / (N * EIGENVALUE_COINCIDENT),
        r"and, where $\sigma_i=\sigma_l>0$,",
    )
    proof.identity(
        "coincident",
        NORM_EQUAL,
        coincident,
        domain=ONE_INDEX,
        uses=("norm-equal",),
        prose="that is,",
    )
    proof.argue(
        "edge-sum",
        r"For $\sigma_l=0$ let $E_n(a)=\sum_{j=1}^{n}a^{n-j}0^{j-1}$; with $0^{0}=1$ only the term "
        r"$j=1$ remains, so $E_1=1$ and $E_{n+1}=aE_n$.",
        uses=("spectrum",),
    )
    proof.induction("edge-lemma", a * EDGE, a_n, domain=ALONE, prose="For every $n\\ge1$")
    proof.instance(
        "edge-at-sigma",
        "edge-lemma",
        {a: I.root**2, a_n: I.sigma**2, n: N, EDGE: EDGE_SIGMA},
        ONE_INDEX | AT_SIGMA,
        r"At $a=\sigma_i^{2/N}$, $n=N$ this is",
    )
    proof.follows(
        "edge-value",
        EDGE_SIGMA,
        I.sigma**2 / I.root**2,
        of="edge-at-sigma",
        domain=ONE_INDEX | AT_SIGMA,
        prose="or",
    )
    proof.define(
        "norm-edge", NORM_EDGE, 1 / EDGE_SIGMA, r"and for $\sigma_i>0=\sigma_l$ the squared norm is"
    )
    proof.identity(
        "edge",
        NORM_EDGE,
        edge,
        domain=ONE_INDEX | AT_SIGMA,
        uses=("edge-value", "norm-edge"),
        prose="that is,",
    )
