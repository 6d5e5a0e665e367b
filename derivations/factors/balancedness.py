"""Balancedness is conserved by gradient flow on the factors, for every N and d."""

from collections.abc import Mapping

from dlnproof.claims.factors.balancedness import CLAIM
from dlnproof.core.expression import Expression, Letter
from dlnproof.core.proof import Proof
from dlnproof.core.spectrum import NEXT, NEXT_T, THIS, THIS_T
from dlnproof.core.step import Side

# W = L W_{j+1} W_j R, and G is the gradient of the loss at W.
L, L_t = Letter("L", "L"), Letter("L'", "L", "T")
R, R_t = Letter("R", "R"), Letter("R'", "R", "T")
G, G_t = Letter("G", "G"), Letter("G'", "G", "T")

# The velocities of the two factors.
NEXT_RATE, NEXT_RATE_T = Letter("A", r"\dot W_{j+1}"), Letter("A'", r"\dot W_{j+1}", "T")
THIS_RATE, THIS_RATE_T = Letter("B", r"\dot W_{j}"), Letter("B'", r"\dot W_{j}", "T")


def derive(parts: Mapping[str, Side] = CLAIM.parts) -> Proof:
    """Return the proof that the given combination of two neighbouring factors is conserved."""
    invariant = parts["invariant"]
    assert isinstance(invariant, Expression)

    proof = Proof(CLAIM.id, parts)
    proof.argue(
        "flow",
        r"Fix $1\le j<N$ and let $L=W_N\cdots W_{j+2}$, $R=W_{j-1}\cdots W_1$ (empty products are "
        r"$I$), so that $W=LW_{j+1}W_jR$. Let $G$ be the gradient of the loss at $W$. Since "
        r"$d\ell=\operatorname{Tr}(G^{T}dW)$, gradient flow on the factors is $<<1>>$ and $<<2>>$.",
        equations=(
            (NEXT_RATE, 0 - L_t * G * R_t * THIS_T),
            (THIS_RATE, 0 - NEXT_T * L_t * G * R_t),
        ),
    )
    proof.constant(
        "conserved",
        invariant,
        {NEXT: NEXT_RATE, THIS: THIS_RATE},
        rules=(
            (NEXT_RATE, 0 - L_t * G * R_t * THIS_T),
            (NEXT_RATE_T, 0 - THIS * R * G_t * L),
            (THIS_RATE, 0 - NEXT_T * L_t * G * R_t),
            (THIS_RATE_T, 0 - R * G_t * L * NEXT),
        ),
        prose="In the derivative of the difference the words then cancel in pairs:",
        uses=("flow",),
    )
    proof.argue(
        "balanced",
        "In particular a balanced start, where the difference is zero for every $j$, stays "
        "balanced.",
        uses=("conserved",),
    )
    return proof
