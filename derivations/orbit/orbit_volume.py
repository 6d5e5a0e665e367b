"""The volume of the orbit of balanced factorizations, for every N and d (MY2025)."""

from collections.abc import Mapping

from dlnproof.claims.orbit.orbit_volume import CLAIM
from dlnproof.core.domain import Domain
from dlnproof.core.expression import Expression, Letter, Number
from dlnproof.core.product import PairProduct
from dlnproof.core.proof import Proof
from dlnproof.core.spectrum import COSINE, DISTINCT, I, L, N
from dlnproof.core.step import Side
from dlnproof.formulas import EIGENVALUE, EIGENVALUE_COINCIDENT

# One factor W_j = Q_j Lambda Q_{j-1}^T, its frames moved by dQ_j = Q_j S_j.
Q, Q_t = Letter("Q", "Q_{j}"), Letter("Q'", "Q_{j}", "T")
R, R_t = Letter("R", "Q_{j-1}"), Letter("R'", "Q_{j-1}", "T")
dQ, dR_t = Letter("dQ", "dQ_{j}"), Letter("dR'", "dQ_{j-1}", "T")
S, S_before, Lambda = Letter("S", "S_{j}"), Letter("S-", "S_{j-1}"), Letter("Lambda", r"\Lambda")
ONE = Number(1)

# The entries of S_j and S_{j-1} for one pair i < l.
x, y = Letter("x", "x_{j}"), Letter("y", "x_{j-1}")

# The geometric sum D_n = sum_{k=0}^n a^(n-k) b^k.
a, b = Letter("a", "a"), Letter("b", "b")
b_n = Letter("b_n", "b", "n")
D, D_NEXT, D_AFTER = Letter("D", "D_{n}"), Letter("D+", "D_{n+1}"), Letter("D++", "D_{n+2}")
SUMS = Domain(positive=frozenset({a, b, b_n, D}))

# An eigenvector of the Jacobi matrix: its entries sin(j theta), by the addition theorem.
r = Letter("r", r"\sqrt{ab}")
sine, cosine = Letter("sin", r"\sin j\theta"), Letter("cos", r"\cos j\theta")
sine_1, cosine_1 = Letter("sin1", r"\sin\theta"), Letter("cos1", r"\cos\theta")

DET, DET_EQUAL = Letter("det", r"\det J_{il}"), Letter("det_ii", r"\det J_{ii}")


def derive(parts: Mapping[str, Side] = CLAIM.parts) -> Proof:
    """Return the proof that the squared volume has the given form for all N and d."""
    squared = parts["squared"]
    assert isinstance(squared, PairProduct)

    proof = Proof(CLAIM.id, parts)
    _orbit(proof)
    eigenvalue, length = parts["eigenvalue"], parts["length"]
    assert isinstance(eigenvalue, Expression)
    assert isinstance(length, Expression)
    _determinant(proof, eigenvalue)
    proof.product(
        "squared",
        proof.let(
            r"\Bigl(\frac{\operatorname{vol}(O_W)}{c_d^{N-1}}\Bigr)^{2}",
            PairProduct(pair=DET, coincident=DET_EQUAL),
        ),
        squared,
        uses=("volume", "determinant", "det-equal"),
        prose="Therefore, for every $d$,",
    )
    _group(proof, length)
    proof.argue(
        "rank",
        r"If only $\sigma_d$ is zero, the factors $Q_j\Lambda Q_{j-1}^{T}$ determine each $Q_j$ up "
        r"to the sign of its last column: the stabiliser is $O_1^{N-1}$, of order $2^{N-1}$, "
        r"and the "
        r"orbit map covers the fibre so many times. The Gram matrix is as before, with $b=0$ in "
        r"the "
        r"pairs of $d$. At lower rank the stabiliser has a dimension, and the density vanishes.",
        uses=("orbit", "squared"),
    )
    return proof


def _orbit(proof: Proof) -> None:
    proof.use(
        "flow",
        "end-to-end-flow",
        r"$P_j=W_N\cdots W_{j+1}$ satisfies $P_jP_j^{T}=(WW^{T})^{(N-j)/N}$ at every balanced "
        r"factorization of $W=U\Sigma V^{T}$.",
    )
    proof.argue(
        "orbit",
        r"So, with $\Lambda=\Sigma^{1/N}$ invertible, $P_j=U\Lambda^{N-j}Q_j^{T}$ for exactly one "
        r"orthogonal $Q_j$, and $W_j=P_j^{-1}P_{j-1}=Q_j\Lambda Q_{j-1}^{T}$ with $Q_N=U$, "
        r"$Q_0=V$. "
        r"The fibre over $W$ is the orbit of $O_d^{N-1}$, which acts on $(Q_1,\dots,Q_{N-1})$ "
        "freely and by isometries of the Frobenius metric. Its volume is that of the group times "
        "the density at any point.",
        uses=("flow",),
    )
    proof.argue(
        "motion",
        r"Move $Q_j$ by $<<1>>$ with $S_j$ skew-symmetric and $S_0=S_N=0$; then $<<2>>$. "
        r"The frames are orthogonal: $<<3>>$ and $<<4>>$.",
        equations=((dQ, Q * S), (dR_t, 0 - S_before * R_t), (Q_t * Q, ONE), (R_t * R, ONE)),
        uses=("orbit",),
    )
    proof.words(
        "tangent",
        Q_t * (dQ * Lambda * R_t + Q * Lambda * dR_t) * R,
        S * Lambda - Lambda * S_before,
        rules=((dQ, Q * S), (dR_t, 0 - S_before * R_t), (Q_t * Q, ONE), (R_t * R, ONE)),
        uses=("motion",),
        prose=r"In the frames of the factor its differential $Q_j^{T}\,dW_j\,Q_{j-1}$ is",
    )
    proof.argue(
        "entries",
        r"For $i<l$ let $x_j=(S_j)_{il}$. The entries $(i,l)$ and $(l,i)$ of [[tangent]] are "
        r"$x_j\sigma_l^{1/N}-\sigma_i^{1/N}x_{j-1}$ and "
        r"$-x_j\sigma_i^{1/N}+\sigma_l^{1/N}x_{j-1}$: "
        "different pairs do not mix.",
        uses=("tangent",),
    )
    proof.identity(
        "norm",
        (x * L.root - I.root * y) ** 2 + (L.root * y - x * I.root) ** 2,
        (I.root**2 + L.root**2) * (x**2 + y**2) - 4 * (I.root * L.root) * (x * y),
        domain=DISTINCT,
        uses=("entries",),
        prose="The squares of the two entries add up to",
    )
    proof.argue(
        "jacobi",
        r"Sum [[norm]] over $j=1,\dots,N$ with $x_0=x_N=0$; every $x_j^{2}$ occurs twice. The "
        r"result is $2\,x^{T}J_{il}\,x$, where the Jacobi matrix $J_{il}$ of size $N-1$ has $a+b$ "
        r"on the diagonal and $-\sqrt{ab}$ beside it, $a=\sigma_i^{2/N}$, $b=\sigma_l^{2/N}$. For "
        r"the metric $\operatorname{Tr}(\alpha^{T}\alpha)$ on skew-symmetric matrices, the one of "
        r"$c_d$, the squared length of the same motion is $2\,x^{T}x$.",
        uses=("norm",),
    )
    proof.argue(
        "volume",
        r"Hence $(\operatorname{vol}(O_W)/c_d^{N-1})^{2}$ is the product of $\det J_{il}$ over the "
        "pairs.",
        uses=("jacobi",),
    )


def _determinant(proof: Proof, eigenvalue: Expression) -> None:
    proof.cite(
        "expansion",
        r"Expanding along the last row, the determinant $D_n$ of the Jacobi matrix of size $n$ "
        r"with "
        r"$a+b$ on the diagonal and $-\sqrt{ab}$ beside it obeys $D_{n+2}=(a+b)D_{n+1}-ab\,D_n$, "
        r"and $D_0=1$, $D_1=a+b$.",
        "determinants",
    )
    proof.define(
        "sum",
        D_NEXT,
        a * D + b * b_n,
        r"The sums $D_n=\sum_{k=0}^{n}a^{n-k}b^{k}$ have the same first two values, and",
    )
    proof.define("sum-after", D_AFTER, a * D_NEXT + b * (b * b_n), "as well as")
    proof.identity(
        "recurrence",
        D_AFTER,
        (a + b) * D_NEXT - a * b * D,
        domain=SUMS,
        uses=("sum", "sum-after"),
        prose="so they obey the same recurrence,",
    )
    proof.identity(
        "eigenvector",
        (a + b) * sine
        - r * ((sine * cosine_1 + cosine * sine_1) + (sine * cosine_1 - cosine * sine_1)),
        (a + b - 2 * r * cosine_1) * sine,
        domain=SUMS,
        uses=("jacobi",),
        prose=r"and are these determinants. As to the eigenvalues of $J_{il}$, let "
        r"$\theta=m\pi/N$, $0<m<N$. The vector with entries $\sin j\theta$ vanishes at $j=0$ and "
        r"$j=N$, and by the addition theorem the row $j$ of $J_{il}$ gives",
    )
    proof.identity(
        "eigenvalue",
        I.root**2 + L.root**2 - I.root * L.root * (2 * COSINE),
        eigenvalue,
        domain=DISTINCT,
        uses=("eigenvector",),
        prose=r"with $N-1$ different $\theta$: these are all. At $a=\sigma_i^{2/N}$, "
        r"$b=\sigma_l^{2/N}$ the eigenvalue is",
    )
    proof.use(
        "spectrum",
        "operator-spectrum",
        r"the sum $D_{N-1}=\sum_{j=1}^{N}a^{N-j}b^{j-1}$ at $a=\sigma_i^{2/N}$, "
        r"$b=\sigma_l^{2/N}$ is $N\lambda_{il}$.",
    )
    proof.define("det", DET, N * EIGENVALUE, r"So, for $\sigma_i\ne\sigma_l$,")
    proof.define(
        "det-equal", DET_EQUAL, N * EIGENVALUE_COINCIDENT, r"and, where $\sigma_i=\sigma_l$,"
    )
    proof.identity(
        "determinant",
        DET,
        (I.sigma**2 - L.sigma**2) / (I.root**2 - L.root**2),
        domain=DISTINCT,
        uses=("det",),
        prose="The first of these is, multiplied out,",
    )


def _group(proof: Proof, length: Expression) -> None:
    proof.argue(
        "last-column",
        r"It remains to find $c_d$. The map $Q\mapsto Qe_d$ from $O_d$ to the unit sphere has the "
        r"cosets of $O_{d-1}$ as fibres, each of volume $c_{d-1}$. It moves by $Qae_d$ under "
        r"$dQ=Qa$, so what is orthogonal to the fibre are the skew-symmetric $a$ with all entries "
        r"but $a_{id}=-a_{di}$ zero, and they move it by a vector of squared length "
        r"$\sum_{i<d}a_{id}^{2}$.",
    )
    proof.identity(
        "length",
        Number(1) ** 2 + Number(-1) ** 2,
        length,
        domain=Domain(),
        uses=("last-column",),
        prose=r"In units of $a_{id}^{2}$ such an entry and its opposite add to "
        r"$\operatorname{Tr}(a^{T}a)$ the length $\ell$,",
    )
    proof.argue(
        "group",
        r"Hence, with the $\ell$ of [[length]], "
        r"$c_d=c_{d-1}\,\ell^{\frac{d-1}{2}}\operatorname{vol}(S^{d-1})$, for $d=1$ too: $O_1$ has "
        r"two points, like $S^{0}$.",
        uses=("length",),
    )
