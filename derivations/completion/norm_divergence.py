"""Gradient flow drives every norm to infinity on one completion problem (RC2020, Theorem 1)."""

from collections.abc import Mapping

from dlnproof.claims.completion.norm_divergence import (
    CLAIM,
    E11,
    LOG_1P,
    LOG_INVERSE,
    NORM,
    RATIO,
    REST,
    REST_BOUND,
    RHO,
    SIGMA_1,
    SIGMA_2,
    THETA,
    TRIANGLE,
    W11,
    W12,
    W21,
    W22,
)
from dlnproof.core.domain import Domain
from dlnproof.core.expression import Expression, Letter, Number
from dlnproof.core.inequality import Inequality
from dlnproof.core.proof import Proof
from dlnproof.core.spectrum import ONE_INDEX, STATED, I
from dlnproof.core.step import Side
from dlnproof.formulas import EIGENVALUE_COINCIDENT

SPEED = Letter("lambda_ii", r"\lambda_{ii}")
BELOW = 1 - RHO
DECAY = Letter("s", "s")
"""e^{-t}, which a residual at depth one is multiplied by."""


def derive(parts: Mapping[str, Side] = CLAIM.parts) -> Proof:
    """Return the proof that the determinant keeps its sign, and of the inequalities it implies."""
    inequalities = {name: part for name, part in parts.items() if isinstance(part, Inequality)}
    rate = parts["rate"]
    assert isinstance(rate, Expression)

    proof = Proof(CLAIM.id, parts, STATED | Domain(frozenset({DECAY})))
    _sign(proof, rate)
    _entry(proof, inequalities["entry"])
    _second(proof, inequalities["small"], inequalities["ratio"])
    _rank(proof, inequalities["entropy"])
    _norm(proof, inequalities["norm"])
    return proof


def _sign(proof: Proof, rate: Expression) -> None:
    proof.use(
        "flow",
        "end-to-end-flow",
        r"in the time in which $\dot W=-\mathcal{A}_{N,W}(G)$ (the factors' own is $N$ times "
        r"faster), $u_i^{T}\dot Wv_i=-\lambda_{ii}\,u_i^{T}Gv_i$.",
    )
    proof.define("speed", SPEED, EIGENVALUE_COINCIDENT, "Here")
    proof.cite(
        "jacobi",
        r"By Jacobi's formula $\frac{d}{dt}\log|\det W|=\operatorname{Tr}(W^{-1}\dot W)="
        r"\sum_i\sigma_i^{-1}\,u_i^{T}\dot Wv_i$,",
        "determinants",
    )
    proof.identity(
        "rate",
        SPEED / I.sigma,
        rate,
        domain=ONE_INDEX,
        uses=("speed",),
        prose="with the coefficients",
    )
    proof.argue(
        "sign",
        r"that is, $\sigma_i^{1-2/N}$. For $N\ge2$ the exponent is not negative, so the right-hand "
        r"side is bounded on every compact interval of time on which the flow exists, and "
        r"$\log|\det W|$ stays finite: the determinant keeps its sign.",
        uses=("rate",),
    )
    proof.argue(
        "half",
        r"If the distribution of $W(0)$ does not change when the first row changes its sign, both "
        r"signs of $\det W(0)\ne0$ have the same probability.",
    )
    proof.identity(
        "depth-one",
        Number(1) * DECAY - (1 - DECAY) * (1 - DECAY),
        3 * DECAY - 1 - DECAY**2,
        domain=Domain(frozenset({DECAY})),
        uses=("sign",),
        prose=r"At $N=1$ it does not: there the residuals decay like $s=e^{-t}$, and from $W(0)=I$ "
        r"the observed entries are $1-s$, $1-s$, $s$ and $w_{11}=1$, so that $\det W$ is",
    )
    proof.argue(
        "depth-one-sign",
        r"which is $1$ at the start $s=1$ and tends to $-1$.",
        uses=("depth-one",),
    )


def _entry(proof: Proof, stated: Inequality) -> None:
    proof.argue(
        "entries",
        r"Let now $\det W>0$ and $\rho\le1$. Each residual is at most $\rho$: $w_{12}\ge1-\rho$, "
        r"$w_{21}\ge1-\rho$ and $|w_{22}|\le\rho$. Hence $w_{11}w_{22}>w_{12}w_{21}\ge0$, and "
        r"$|w_{11}||w_{22}|>w_{12}w_{21}$.",
        uses=("sign",),
    )
    proof.inequality(
        "entry",
        stated,
        scale=RHO,
        terms=(
            (W11 * W22 - W12 * W21,),
            (W11, RHO - W22),
            (W12 - BELOW, W21 - BELOW),
            (BELOW, W12 - BELOW),
            (BELOW, W21 - BELOW),
        ),
        uses=("entries",),
        prose="Therefore",
    )
    proof.argue(
        "needed",
        r"The hypothesis $\rho<1$ is needed: $w_{12}=1$, $w_{21}=-1$, $w_{11}=w_{22}=0$ has "
        r"determinant $1$, $\rho=2$ and $w_{11}=0$, less than $(1-\rho)^{2}/\rho=\frac12$.",
    )


def _second(proof: Proof, small: Inequality, ratio: Inequality) -> None:
    proof.cite(
        "segment",
        r"Let $W_x$ be the minimiser with the same $w_{11}$, so that $\|W-W_x\|_F=\rho$. As "
        r"$\det W_x=-1$, on the segment from $W$ to $W_x$ some matrix is singular, at a distance "
        r"$\theta\rho$ from $W$ with $0\le\theta\le1$; and no singular matrix is nearer to $W$ "
        r"than $\sigma_2$.",
        "nearest singular matrix",
    )
    proof.inequality(
        "small",
        small,
        terms=((THETA * RHO - SIGMA_2,), (1 - THETA, RHO)),
        uses=("segment",),
        prose="Therefore",
    )
    proof.argue(
        "largest",
        r"Since $\sigma_1\ge|w_{11}|$, [[entry]] gives $\rho\,\sigma_1\ge(1-\rho)^{2}$.",
        uses=("entry",),
    )
    proof.inequality(
        "ratio",
        ratio,
        terms=(
            (RHO, RHO * SIGMA_1 - BELOW**2),
            (BELOW, BELOW, RHO - SIGMA_2),
        ),
        uses=("largest", "small"),
        prose="Therefore",
    )


def _rank(proof: Proof, stated: Inequality) -> None:
    proof.cite(
        "entropy-formula",
        r"With $\varepsilon=\sigma_2/\sigma_1\le1$ the weights $1/(1+\varepsilon)$ and "
        r"$\varepsilon/(1+\varepsilon)$ have the entropy $\log(1+\varepsilon)+"
        r"\frac{\varepsilon}{1+\varepsilon}\log\frac1\varepsilon$, and "
        r"$\log(1+\varepsilon)\le\varepsilon$.",
        "concavity of the logarithm",
    )
    proof.inequality(
        "entropy",
        stated,
        terms=((RATIO - LOG_1P,), (LOG_INVERSE, RATIO**2 / (1 + RATIO))),
        uses=("entropy-formula",),
        prose="Therefore",
    )
    proof.argue(
        "rank-one",
        r"The left-hand side increases in $\varepsilon\le1$ and tends to $0$ with it, and by "
        r"[[ratio]] $\varepsilon\le\rho^{2}/(1-\rho)^{2}$.",
        uses=("entropy", "ratio"),
    )


def _norm(proof: Proof, stated: Inequality) -> None:
    proof.argue(
        "triangle",
        r"Let $E_{ij}$ be the matrix with the one entry $1$ at $(i,j)$. For a quasi-norm with "
        r"constant $c$, $|w_{11}|\,\|E_{11}\|\le c\,(\|W\|+\|W-w_{11}E_{11}\|)$, and twice again, "
        r"$\|W-w_{11}E_{11}\|\le c\,(1+\rho)\|E_{12}\|+c^{2}((1+\rho)\|E_{21}\|+"
        r"\rho\|E_{22}\|)$.",
        uses=("entries",),
    )
    proof.inequality(
        "norm",
        stated,
        terms=(
            (TRIANGLE * (NORM + REST) - W11 * E11,),
            (TRIANGLE, REST_BOUND - REST),
            (E11, W11 - BELOW**2 / RHO),
        ),
        uses=("triangle", "entry"),
        prose="Therefore",
    )
    proof.argue(
        "divergence",
        r"As $\ell\to0$, $\rho\to0$ and the right-hand side tends to infinity, while what is added "
        r"to $\|W\|$ stays bounded.",
        uses=("norm",),
    )
