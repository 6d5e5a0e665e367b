"""The minimisers of rank one of a 2 x 2 diagonal completion problem (CMV2023)."""

from collections.abc import Mapping

from dlnproof.claims.completion.letters import B11, B22, X, Y
from dlnproof.claims.completion.rank_one_minimizers import CLAIM
from dlnproof.core.domain import Domain
from dlnproof.core.expression import Expression
from dlnproof.core.proof import Proof
from dlnproof.core.step import Side

DERIVED = tuple(CLAIM.derived)


def derive(parts: Mapping[str, Side] = CLAIM.parts) -> Proof:
    """Return the proof of what is not measured: rank one is a hyperbola."""
    determinant = parts["determinant"]
    assert isinstance(determinant, Expression)

    proof = Proof(CLAIM.id, {name: parts[name] for name in DERIVED})
    proof.cite(
        "expansion",
        r"The rows of the matrix are $(b_{11},x)$ and $(y,b_{22})$.",
        "determinants",
    )
    proof.identity(
        "determinant",
        B11 * B22 + (0 - Y * X),
        determinant,
        domain=Domain(),
        uses=("expansion",),
        prose="Its determinant is",
    )
    proof.argue(
        "rank",
        r"As $b_{11}\ne0$ the matrix is not zero, so it has rank one exactly where the determinant "
        r"vanishes. Then $\sigma_2=0$, the normalised singular values are $(1,0)$, of entropy $0$, "
        r"and the effective rank is $1$: neither it nor the rank tells two points of the hyperbola "
        r"apart.",
        uses=("determinant",),
    )
    return proof
