"""The minimisers of rank one of a 3 x 3 diagonal completion problem."""

from collections.abc import Mapping

from dlnproof.claims.completion.diagonal_3x3 import CLAIM, U, V
from dlnproof.core.domain import Domain
from dlnproof.core.expression import Expression
from dlnproof.core.inequality import Inequality
from dlnproof.core.proof import Proof
from dlnproof.core.step import Side

DERIVED = tuple(CLAIM.derived)
POSITIVE = Domain(frozenset({U, V}))


def derive(parts: Mapping[str, Side] = CLAIM.parts) -> Proof:
    """Return the proof of what is not measured: the sign patterns have the least sigma_1."""
    square, least = parts["square"], parts["least"]
    assert isinstance(square, Expression)
    assert isinstance(least, Inequality)

    proof = Proof(CLAIM.id, {name: parts[name] for name in DERIVED}, POSITIVE)
    proof.argue(
        "rank-one",
        r"A matrix of rank one is $w_{ij}=p_iq_j$, and $p_iq_i=1$ makes it $w_{ij}=p_i/p_j$; its "
        r"only singular value squared is the sum of the squares of its entries: three ones, and "
        r"for each pair $i<j$ a number and its inverse, which are $u$, $v$ and $uv$.",
    )
    proof.identity(
        "square",
        3 + (U**2 + 1) / U + (V**2 + 1) / V + ((U * V) ** 2 + 1) / (U * V),
        square,
        domain=POSITIVE,
        uses=("rank-one",),
        prose="So it is",
    )
    proof.inequality(
        "least",
        least,
        terms=(
            ((U - 1) ** 2, 1 / U),
            ((V - 1) ** 2, 1 / V),
            ((U * V - 1) ** 2, 1 / (U * V)),
        ),
        uses=("square",),
        prose="A number and its inverse add to at least $2$:",
    )
    proof.argue(
        "symmetry",
        r"with equality for $u=v=1$ only, that is, $|p_1|=|p_2|=|p_3|$ and $w_{ij}=\pm1$. The loss "
        r"does not change under $W\mapsto QWQ^{T}$ with a signed permutation $Q$, nor under "
        r"transposition, and the flow, whose metric is invariant under both, commutes with them; "
        r"sign changes lead from any sign pattern to any other.",
        uses=("least",),
    )
    return proof
