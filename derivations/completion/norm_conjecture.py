"""The norms of the minimisers of one completion problem (G2017, Conjecture 1)."""

from collections.abc import Mapping

from dlnproof.claims.completion.letters import X
from dlnproof.claims.completion.norm_conjecture import CLAIM, POWER
from dlnproof.core.domain import Domain
from dlnproof.core.expression import Expression, Number
from dlnproof.core.inequality import Inequality
from dlnproof.core.proof import Proof
from dlnproof.core.step import Side

FREE = Domain()


def derive(parts: Mapping[str, Side] = CLAIM.parts) -> Proof:
    """Return the proof of the norms of W_x and of where they are least."""
    determinant, frobenius, nuclear, tilted = (
        parts[name] for name in ("determinant", "frobenius", "nuclear", "tilted")
    )
    schatten = parts["schatten"]
    assert isinstance(determinant, Expression)
    assert isinstance(frobenius, Expression)
    assert isinstance(nuclear, Expression)
    assert isinstance(tilted, Expression)
    assert isinstance(schatten, Inequality)

    proof = Proof(CLAIM.id, parts, Domain(frozenset({POWER})))
    proof.argue("minimisers", r"$W_x$ has the rows $(x,1)$ and $(1,0)$.")
    proof.identity(
        "determinant",
        X * 0 - Number(1) * 1,
        determinant,
        domain=FREE,
        uses=("minimisers",),
        prose=r"Its determinant is",
    )
    proof.identity(
        "frobenius",
        X**2 + Number(1) ** 2 + Number(1) ** 2 + Number(0) ** 2,
        frobenius,
        domain=FREE,
        uses=("minimisers",),
        prose=r"the squares of its entries, and so of its singular values, add up to",
    )
    proof.argue(
        "square",
        r"and $(\sigma_1+\sigma_2)^{2}=\sigma_1^{2}+\sigma_2^{2}+2\,|\det W_x|$.",
        uses=("determinant", "frobenius"),
    )
    proof.identity(
        "nuclear",
        X**2 + 2 + 2 * Number(1),
        nuclear,
        domain=FREE,
        uses=("square",),
        prose="So the square of the nuclear norm is",
    )
    proof.argue(
        "powers",
        r"Since $\sigma_1\sigma_2=1$, $\sigma_2^{p}$ is the inverse of $\sigma_1^{p}$.",
        uses=("determinant",),
    )
    proof.inequality(
        "schatten",
        schatten,
        scale=POWER,
        terms=(((POWER - 1) ** 2,),),
        uses=("powers",),
        prose=r"For each $p>0$ the $p$-th power of the Schatten norm obeys",
    )
    proof.cite(
        "unitarily-invariant",
        r"with equality for $\sigma_1=1$ only, that is, $x=0$. As $\sigma_1\ge1$ and "
        r"$\sigma_1+\sigma_2\ge2$ by [[schatten]] for $p=1$, the singular values of $W_0$ are "
        r"weakly majorised by those of $W_x$, and no unitarily invariant norm of $W_0$ is greater "
        r"than that of $W_x$.",
        "Ky Fan dominance",
    )
    proof.argue(
        "other-norms",
        r"The last norm of the statement is one, as the sum of the absolute values of four "
        r"independent linear forms, and is not unitarily invariant.",
    )
    proof.identity(
        "tilted",
        Number(0) + Number(1) + Number(1) + Number(0),
        tilted,
        domain=FREE,
        uses=("other-norms",),
        prose=r"At $W_{-1}$ its value is",
    )
    proof.argue("tilted-zero", "and at $W_0$ it is $3$.", uses=("tilted",))
    return proof
