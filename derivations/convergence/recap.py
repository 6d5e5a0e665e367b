"""What the slides' opening and closing sentences say, made precise."""

from collections.abc import Mapping

from dlnproof.claims.convergence.recap import CLAIM, COEFFICIENTS, EQUAL, ROWS, ROWS_T, TARGETS
from dlnproof.core.expression import Expression, Letter, Number
from dlnproof.core.inequality import Inequality
from dlnproof.core.proof import Proof
from dlnproof.core.spectrum import ONE_INDEX
from dlnproof.core.step import Side
from dlnproof.formulas import SUM_EIGENVALUE_COINCIDENT

_TWO = Number(2)
WEIGHTS, SOLUTION = Letter("w_k", r"\omega"), Letter("v", "v")
SPEED = Letter("mu", r"\mu")


def derive(parts: Mapping[str, Side] = CLAIM.parts) -> Proof:
    """Return the proofs of the three statements."""
    stuck, rate, iterate = parts["stuck"], parts["rate"], parts["iterate"]
    assert isinstance(stuck, Inequality)
    assert isinstance(rate, Expression)
    assert isinstance(iterate, Expression)

    proof = Proof(CLAIM.id, parts)
    proof.use(
        "balanced",
        "balancedness",
        r"$w_2^{2}-w_1^{2}$ is constant, so $w_1=w_2$ is kept (the two move by the same equation).",
    )
    proof.inequality(
        "stuck",
        stuck,
        scale=_TWO,
        terms=(((EQUAL**2) ** 2,), (_TWO, EQUAL**2)),
        uses=("balanced",),
        prose=r"The product is $w^{2}$, and twice the loss is $(w^{2}+1)^{2}$:",
    )
    proof.use(
        "flow",
        "end-to-end-flow",
        r"at $d=1$ the product moves by $-\mu$ times the derivative of the loss, where",
    )
    proof.define("speed", SPEED, SUM_EIGENVALUE_COINCIDENT, r"for $\sigma_i>0$")
    proof.identity(
        "rate",
        SPEED,
        rate,
        domain=ONE_INDEX,
        uses=("flow", "speed"),
        prose="or, multiplied out,",
    )
    proof.argue(
        "threshold",
        r"that is, $N\sigma_i^{2-2/N}$, which is $1$ at $\sigma_i=N^{-N/(2N-2)}$ and increases "
        r"with $\sigma_i$ for $N\ge2$.",
        uses=("rate",),
    )
    proof.argue(
        "gradient",
        r"The gradient of the least squares loss is $X^{T}(Xw-y)$; a step $\eta$ is one step of "
        r"length one for $\sqrt\eta X$ and $\sqrt\eta y$.",
    )
    proof.words(
        "iterate",
        ROWS_T * COEFFICIENTS - ROWS_T * (ROWS * (ROWS_T * COEFFICIENTS) - TARGETS),
        iterate,
        rules=(),
        uses=("gradient",),
        prose=r"From $w=X^{T}z$ the step leads to",
    )
    proof.argue(
        "least-norm",
        r"so the row space is kept. If $v$ in it solves $<<1>>$ and $v+n$ does too, then $Xn=0$, "
        r"and $n$ is orthogonal to the row space: $|v+n|^{2}=|v|^{2}+|n|^{2}$.",
        equations=((ROWS * SOLUTION, TARGETS),),
        uses=("iterate",),
    )
    proof.words(
        "contraction",
        WEIGHTS - ROWS_T * (ROWS * WEIGHTS - TARGETS) - SOLUTION,
        (1 - ROWS_T * ROWS) * (WEIGHTS - SOLUTION),
        rules=((TARGETS, ROWS * SOLUTION),),
        uses=("least-norm",),
        prose=r"From any $\omega$ the step multiplies the difference to $v$ by a matrix,",
    )
    proof.argue(
        "convergence",
        r"whose eigenvalues on the row space are below $1$ in absolute value if those of $X^{T}X$ "
        r"there, which are positive, are below $2$.",
        uses=("contraction",),
    )
    return proof
