"""The spectrum of A_{N,W}, for every N and d (CMV2023 Lemma 2.4)."""

from collections.abc import Mapping

from dlnproof.claims.metric.operator_spectrum import CLAIM
from dlnproof.core.domain import Domain
from dlnproof.core.expression import Expression, Letter, Number
from dlnproof.core.proof import Proof
from dlnproof.core.spectrum import DISTINCT, ONE_INDEX, I, L, N
from dlnproof.core.step import Side

# One term of the sum: P_j Z Q_j with P_j = (W W^T)^((N-j)/N), Q_j = (W^T W)^((j-1)/N).
P, Q = Letter("P", "P_{j}"), Letter("Q", "Q_{j}")
u, vt = Letter("u_i", "u_i"), Letter("v_l'", "v_l", "T")
alpha, beta = Letter("alpha", r"\alpha_{j}"), Letter("beta", r"\beta_{j}")
X_t, Y = Letter("X'", "X", "T"), Letter("Y", "Y")

# Two of the eigenvectors, u_i v_l^T and u_k v_m^T.
u_it, u_k = Letter("u_i'", "u_i", "T"), Letter("u_k", "u_k")
v_l, v_mt = Letter("v_l", "v_l"), Letter("v_m'", "v_m", "T")
delta_ik, delta_lm = Letter("delta_ik", r"\delta_{ik}"), Letter("delta_lm", r"\delta_{lm}")

# The geometric sum S_n = sum_{j=1}^n a^(n-j) b^(j-1), its powers, and its value at b = a.
n, a, b = Letter("n", "n"), Letter("a", "a"), Letter("b", "b")
a_n, b_n = Letter("a_n", "a", "n"), Letter("b_n", "b", "n")
S, S_equal = Letter("S", "S_{n}(a,b)"), Letter("S_equal", "S_{n}(a,a)")
GEOMETRIC = Domain(
    positive=frozenset({n, a, b, a_n, b_n, S, S_equal}),
    sequences={
        n: (Number(1), n + 1),
        a_n: (a, a * a_n),
        b_n: (b, b * b_n),
        S: (Number(1), a * S + b_n),
        S_equal: (Number(1), a * S_equal + a_n),
    },
)

# The same sums at a = sigma_i^(2/N), b = sigma_l^(2/N), n = N.
SUM = Letter("S_il", "S_{il}")
SUM_EQUAL = Letter("S_ii", "S_{ii}")
AT_SIGMA = Domain(
    sequences={
        SUM: (Number(1), I.root**2 * SUM + L.sigma**2),
        SUM_EQUAL: (Number(1), I.root**2 * SUM_EQUAL + I.sigma**2),
    },
)

EIGENVALUE = Letter("lambda", r"\lambda_{il}")
EIGENVALUE_EQUAL = Letter("lambda_ii", r"\lambda_{ii}")


def derive(parts: Mapping[str, Side] = CLAIM.parts) -> Proof:
    """Return the proof that the statement with the given formulas holds for all N and d."""
    distinct, coincident = parts["distinct"], parts["coincident"]
    assert isinstance(distinct, Expression)
    assert isinstance(coincident, Expression)

    proof = Proof(CLAIM.id, parts)
    proof.cite(
        "svd",
        r"Every $W\in GL(d)$ has a singular value decomposition $W=U\Sigma V^{T}$ with $U,V$ "
        r"orthogonal and $\Sigma=\operatorname{diag}(\sigma_1\ge\dots\ge\sigma_d>0)$.",
        "singular value decomposition",
    )
    proof.cite(
        "calculus",
        r"By the spectral theorem a power of a symmetric positive semidefinite matrix acts on its "
        r"eigenvectors by the same power of the eigenvalue.",
        "spectral theorem",
    )
    proof.argue(
        "powers",
        r"With $P_j=(WW^{T})^{(N-j)/N}$, $Q_j=(W^{T}W)^{(j-1)/N}$, "
        r"$\alpha_j=(\sigma_i^{2})^{(N-j)/N}$ and $\beta_j=(\sigma_l^{2})^{(j-1)/N}$ this says "
        r"$<<1>>$ and $<<2>>$.",
        equations=((P * u, alpha * u), (vt * Q, beta * vt)),
        uses=("svd", "calculus"),
    )
    proof.words(
        "term",
        P * u * vt * Q,
        alpha * beta * u * vt,
        rules=((P * u, alpha * u), (vt * Q, beta * vt)),
        scalars=frozenset({alpha, beta}),
        prose=r"Hence each term of $N\mathcal{A}_{N,W}=\sum_{j=1}^{N}P_j\,(\cdot)\,Q_j$ satisfies",
        uses=("powers",),
    )
    proof.argue(
        "sum",
        r"Summing [[term]] over $j$, $u_iv_l^{T}$ is an eigenvector of $\mathcal{A}_{N,W}$ with "
        r"eigenvalue $\frac1N S_{il}$, where $S_{il}=S_N(\sigma_i^{2/N},\sigma_l^{2/N})$ and "
        r"$S_n(a,b)=\sum_{j=1}^{n}a^{n-j}b^{j-1}$. Separating the last term gives the recurrence "
        r"$S_1=1$, $S_{n+1}=aS_n+b^{n}$.",
        uses=("term",),
    )
    proof.induction(
        "geometric",
        (a - b) * S,
        a_n - b_n,
        domain=GEOMETRIC,
        prose="The sum telescopes: for every $n\\ge1$ and all $a,b$,",
    )
    proof.induction(
        "geometric-equal",
        a * S_equal,
        n * a_n,
        domain=GEOMETRIC,
        prose="Where the two arguments are equal, for every $n\\ge1$,",
    )
    proof.instance(
        "at-sigma",
        "geometric",
        {a: I.root**2, b: L.root**2, a_n: I.sigma**2, b_n: L.sigma**2, S: SUM},
        DISTINCT | AT_SIGMA,
        r"Put $a=\sigma_i^{2/N}$, $b=\sigma_l^{2/N}$, $n=N$ in [[geometric]]:",
    )
    proof.instance(
        "at-sigma-equal",
        "geometric-equal",
        {a: I.root**2, a_n: I.sigma**2, n: N, S_equal: SUM_EQUAL},
        ONE_INDEX | AT_SIGMA,
        r"and, for $\sigma_i=\sigma_l$, in [[geometric-equal]], writing $S_{ii}$ for the sum:",
    )
    proof.follows(
        "sum-distinct",
        SUM,
        (I.sigma**2 - L.sigma**2) / (I.root**2 - L.root**2),
        of="at-sigma",
        domain=DISTINCT | AT_SIGMA,
        prose=r"For $\sigma_i\ne\sigma_l$ the first factor in [[at-sigma]] is not zero, so",
    )
    proof.follows(
        "sum-equal",
        SUM_EQUAL,
        N * I.sigma**2 / I.root**2,
        of="at-sigma-equal",
        domain=ONE_INDEX | AT_SIGMA,
        prose="and from [[at-sigma-equal]]",
    )
    proof.define(
        "eigenvalue", EIGENVALUE, SUM / N, r"The eigenvalue is, by what was said after [[term]],"
    )
    proof.identity(
        "distinct",
        EIGENVALUE,
        distinct,
        domain=DISTINCT | AT_SIGMA,
        uses=("sum-distinct",),
        prose=r"With [[sum-distinct]] this is, for $\sigma_i\ne\sigma_l$,",
    )
    proof.define(
        "eigenvalue-equal",
        EIGENVALUE_EQUAL,
        SUM_EQUAL / N,
        r"and, where $\sigma_i=\sigma_l$ (in particular for $i=l$),",
    )
    proof.identity(
        "coincident",
        EIGENVALUE_EQUAL,
        coincident,
        domain=ONE_INDEX | AT_SIGMA,
        uses=("sum-equal",),
        prose="which by [[sum-equal]] is",
    )
    proof.argue(
        "frames",
        r"The columns of $U$ and of $V$ are orthonormal: $<<1>>$ and $<<2>>$, each $1$ for equal "
        r"indices and $0$ for different ones.",
        equations=((u_it * u_k, delta_ik), (v_mt * v_l, delta_lm)),
        uses=("svd",),
    )
    proof.words(
        "orthonormal",
        v_mt * v_l * u_it * u_k,
        delta_lm * delta_ik,
        rules=((u_it * u_k, delta_ik), (v_mt * v_l, delta_lm)),
        scalars=frozenset({delta_ik, delta_lm}),
        prose=r"So the $u_iv_l^{T}$ are orthonormal for $\langle X,Y\rangle="
        r"\operatorname{Tr}(X^{T}Y)$, because the trace of $(u_iv_l^{T})^{T}u_kv_m^{T}$ is, "
        "rotated,",
        uses=("frames",),
    )
    proof.words(
        "self-adjoint",
        X_t * P * Y * Q,
        Q * X_t * P * Y,
        rules=(),
        trace=True,
        prose=r"Each term is self-adjoint: $P_j$ and $Q_j$ are symmetric, and "
        r"$\operatorname{Tr}(X^{T}P_jYQ_j)=\operatorname{Tr}((P_jXQ_j)^{T}Y)$ since, under the "
        "trace,",
        uses=("powers",),
    )
    proof.positive(
        "sum-positive",
        SUM,
        domain=DISTINCT | AT_SIGMA | Domain(positive=frozenset({SUM})),
        prose="By induction on $N$, with $S_{il}=1$ at $N=1$ and positive coefficients in the "
        "recurrence,",
    )
    proof.positive(
        "positive",
        EIGENVALUE,
        domain=DISTINCT | AT_SIGMA | Domain(positive=frozenset({SUM})),
        uses=("sum-positive",),
        prose=r"so every eigenvalue is positive (for $\sigma_i=\sigma_l$ by [[coincident]]), and "
        r"$\mathcal{A}_{N,W}$ is positive definite:",
    )
    return proof
