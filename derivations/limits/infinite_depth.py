"""Infinite depth: the operator, its volume form, and the limit with its rate (CMV2023)."""

from collections.abc import Mapping

from dlnproof.claims.limits.infinite_depth import CLAIM
from dlnproof.core.domain import Domain
from dlnproof.core.expression import Expression, Letter, Number
from dlnproof.core.product import PairProduct, per_index
from dlnproof.core.proof import Proof
from dlnproof.core.spectrum import DISTINCT, ONE_INDEX, ORDERED, WIDTH, I, L, N
from dlnproof.core.step import Side
from dlnproof.formulas import (
    INFINITE_METRIC_DETERMINANT,
    SVD_JACOBIAN,
    VOLUME_FORM,
)

P, Q = Letter("P", "P_{s}"), Letter("Q", "Q_{s}")
u, vt = Letter("u_i", "u_i"), Letter("v_l'", "v_l", "T")
alpha, beta = Letter("alpha", r"\alpha_{s}"), Letter("beta", r"\beta_{s}")
E, dE = Letter("E", "E"), Letter("dE", r"\frac{dE}{ds}")
E_START, E_END = Letter("E(0)", "E(0)"), Letter("E(1)", "E(1)")
ANTIDERIVATIVE = Letter("F", r"\frac{dF}{ds}")
LAMBDA, LAMBDA_EQUAL = Letter("lambda", r"\lambda_{il}"), Letter("lambda_ii", r"\lambda_{ii}")

# y = log(sigma_i / sigma_l) / N, and sinh(y) from e^y = sigma_i^(1/N) / sigma_l^(1/N).
Y, SINH = Letter("y", "y_{il}"), Letter("sinh", r"\sinh y_{il}")
SPREAD = PairProduct(
    pair=(I.root * L.root) * (SINH / Y),
    coincident=I.root * I.root,  # sinh(y)/y = 1 at y = 0
)

# (2k+1)! and 6^k k! by their recurrences; D is their difference.
k = Letter("k", "k")
SIX, DIFFERENCE = Letter("six", r"6^{k}k!"), Letter("D", "D_{k}")
FACTORIALS = Domain(
    positive=frozenset({k, SIX, DIFFERENCE}),
    sequences={
        k: (Number(0), k + 1),
        SIX: (Number(1), 6 * (k + 1) * SIX),
        DIFFERENCE: (
            Number(0),
            (2 * k + 3) * (2 * k + 2) * (DIFFERENCE + SIX) - 6 * (k + 1) * SIX,
        ),
    },
)

ROOT = PairProduct(index=1 / I.sigma, pair=1 / LAMBDA, coincident=1 / LAMBDA_EQUAL)


def derive(parts: Mapping[str, Side] = CLAIM.parts) -> Proof:
    """Return the proof that the statement with the given formulas holds for all d."""
    distinct, coincident, rate = parts["distinct"], parts["coincident"], parts["rate"]
    form = parts["form"]
    assert isinstance(distinct, Expression)
    assert isinstance(coincident, Expression)
    assert isinstance(rate, Expression)
    assert isinstance(form, PairProduct)

    proof = Proof(CLAIM.id, parts)
    _spectrum(proof, distinct, coincident)
    _volume(proof, form)
    _limit(proof, form, rate)
    return proof


def _spectrum(proof: Proof, distinct: Expression, coincident: Expression) -> None:
    proof.cite(
        "calculus",
        r"By the spectral theorem a power of a symmetric positive definite matrix acts on its "
        r"eigenvectors by the same power of the eigenvalue.",
        "spectral theorem",
    )
    proof.argue(
        "powers",
        r"With $P_s=(WW^{T})^{1-s}$, $Q_s=(W^{T}W)^{s}$, $\alpha_s=(\sigma_i^{2})^{1-s}$ and "
        r"$\beta_s=(\sigma_l^{2})^{s}$ this says $<<1>>$ and $<<2>>$.",
        equations=((P * u, alpha * u), (vt * Q, beta * vt)),
        uses=("calculus",),
    )
    proof.words(
        "term",
        P * u * vt * Q,
        alpha * beta * u * vt,
        rules=((P * u, alpha * u), (vt * Q, beta * vt)),
        scalars=frozenset({alpha, beta}),
        prose=r"Hence, under the integral that defines $\mathcal{A}_{\infty,W}$,",
        uses=("powers",),
    )
    proof.cite(
        "exponential",
        r"Let $E(s)=\alpha_s\beta_s=\exp((1-s)\log\sigma_i^{2}+s\log\sigma_l^{2})$. It is "
        "differentiable, and by the chain rule its derivative is as follows.",
        "derivative of the exponential",
    )
    proof.define("derivative", dE, (L.log - I.log) * E, "Namely,")
    proof.define(
        "antiderivative",
        ANTIDERIVATIVE,
        dE / (L.log - I.log),
        r"For $\sigma_i\ne\sigma_l$ let $F=E/(\log\sigma_l^{2}-\log\sigma_i^{2})$; then",
    )
    proof.identity(
        "primitive",
        ANTIDERIVATIVE,
        E,
        domain=DISTINCT,
        uses=("derivative", "antiderivative"),
        prose="so that",
    )
    proof.define("start", E_START, I.sigma**2, "At the ends of the interval")
    proof.define("end", E_END, L.sigma**2, "and")
    proof.define(
        "integral",
        LAMBDA,
        E_END / (L.log - I.log) - E_START / (L.log - I.log),
        r"so by the fundamental theorem of calculus the eigenvalue $\lambda_{il}=\int_0^1E\,ds$ is "
        r"$F(1)-F(0)$,",
    )
    proof.identity(
        "distinct",
        LAMBDA,
        distinct,
        domain=DISTINCT,
        uses=("primitive", "start", "end", "integral"),
        prose="that is,",
    )
    proof.define(
        "constant",
        LAMBDA_EQUAL,
        E_START,
        r"Where $\sigma_i=\sigma_l$ the integrand is constant, and the eigenvalue is its value",
    )
    proof.identity(
        "coincident",
        LAMBDA_EQUAL,
        coincident,
        domain=ONE_INDEX,
        uses=("start", "constant"),
        prose="that is,",
    )


def _volume(proof: Proof, form: PairProduct) -> None:
    proof.use(
        "metric",
        "metric-diagonalization",
        r"whose argument needs only an orthonormal basis of eigenvectors $u_iv_l^{T}$ with "
        r"positive eigenvalues, $\det g^{\infty}$ is the product of all $1/\lambda_{il}$.",
    )
    rho = proof.let(r"\rho", ROOT)
    determinant = proof.let(r"\det g^{\infty}", INFINITE_METRIC_DETERMINANT)
    proof.product(
        "squared",
        rho**2,
        determinant,
        uses=("metric", "distinct", "coincident"),
        prose=r"Let $\rho$ be the product of $1/\sigma_i$ over $i$ and of $1/\lambda_{il}$ over "
        "$i<l$. Then",
    )
    proof.positive(
        "pair-positive",
        ROOT.pair,
        domain=ORDERED,
        uses=("distinct",),
        prose=r"and $\rho$ is positive, the logarithm being increasing: for each pair "
        r"with $\sigma_i>\sigma_l$",
    )
    proof.use(
        "svd",
        "svd-jacobian",
        r"the change of coordinates is, up to orientation, "
        r"$dW=\operatorname{van}(\Sigma^{2})\,d\Sigma\,dU\,dV$.",
    )
    proof.product(
        "form",
        ROOT.root_of(determinant) * SVD_JACOBIAN,
        form,
        uses=("squared", "pair-positive", "distinct", "coincident", "svd"),
        prose=r"So $\rho=\sqrt{\det g^{\infty}}$, and multiplying by the Jacobian",
    )


def _limit(proof: Proof, form: PairProduct, rate: Expression) -> None:
    proof.use("finite", "volume-form", "we know the volume form at depth $N$.")
    proof.define(
        "gap",
        Y,
        (I.log - L.log) / (2 * N),
        r"For $i<l$ let $y_{il}=\frac1N\log(\sigma_i/\sigma_l)$, that is,",
    )
    proof.define(
        "sinh",
        SINH,
        (I.root / L.root - L.root / I.root) / 2,
        r"so that $e^{y_{il}}=\sigma_i^{1/N}/\sigma_l^{1/N}$ and",
    )
    proof.product(
        "ratio",
        VOLUME_FORM,
        form * per_index(I.root) * SPREAD,
        uses=("finite", "form", "gap", "sinh"),
        prose="For every $N$ and $d$ the volume form at depth $N$ is the one at infinite depth "
        "times an explicit factor,",
    )
    proof.identity(
        "rate",
        (1 + (WIDTH - 1)) * (I.log / 2),
        rate,
        domain=ONE_INDEX,
        uses=("ratio",),
        prose=r"Each index lies in $d-1$ pairs. In the logarithm of the factor the powers of the "
        r"singular values contribute $\frac1N$ times the sum over $i$ of $\log\sigma_i$, once for "
        r"the index and $d-1$ times for its pairs, that is, of",
    )
    proof.cite(
        "series",
        r"$\sinh(y)/y=\sum_{k\ge0}y^{2k}/(2k+1)!$ and $\exp(y^{2}/6)=\sum_{k\ge0}y^{2k}/"
        r"(6^{k}k!)$.",
        "power series of sinh and exp",
    )
    proof.positive(
        "factorials",
        DIFFERENCE,
        domain=FACTORIALS,
        strict=False,
        prose=r"Let $D_k=(2k+1)!-6^{k}k!$. Then $D_0=0$, and $D_{k+1}=(2k+3)(2k+2)(D_k+6^{k}k!)-"
        r"6(k+1)\,6^{k}k!$ has no negative coefficient in $k$, $D_k$ and $6^{k}k!$; by induction",
    )
    proof.argue(
        "bound",
        r"Comparing the two series term by term, $1\le\sinh(y)/y\le\exp(y^{2}/6)$. "
        r"Hence the logarithm of the factor in [[ratio]] exceeds $\frac1N\sum_id\log\sigma_i$ by "
        r"at least $0$ and at most $\frac{1}{6N^{2}}\sum_{i<l}\log^{2}(\sigma_i/\sigma_l)$, which "
        r"proves the limit and its rate; where $\det\Sigma=1$ the rate is $O(N^{-2})$.",
        uses=("ratio", "rate", "series", "factorials"),
    )
