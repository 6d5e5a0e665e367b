"""The volume element of the balanced manifold factors, for every N and d (MY2025)."""

from collections.abc import Mapping

from dlnproof.claims.orbit.coarea import CLAIM
from dlnproof.core.domain import Domain
from dlnproof.core.product import PairProduct, per_pair
from dlnproof.core.proof import Proof
from dlnproof.core.spectrum import DOUBLED, WIDTH, N
from dlnproof.core.step import Side
from dlnproof.formulas import ORBIT_SQUARED, VOLUME_FORM

FIBRE = per_pair(DOUBLED) * ORBIT_SQUARED
SCALE = PairProduct(index=1 / N, pair=1 / N**2)
DOWNSTAIRS = SCALE * (VOLUME_FORM**2)


def derive(parts: Mapping[str, Side] = CLAIM.parts) -> Proof:
    """Return the proof that the Gram determinant has the given form for all N and d."""
    gram = parts["gram"]
    assert isinstance(gram, PairProduct)

    proof = Proof(CLAIM.id, parts)
    proof.argue(
        "coordinates",
        r"Let $\Sigma,U,V$ and the frames $Q_1,\dots,Q_{N-1}$ be coordinates of the balanced "
        r"factors $W_j=Q_j\Lambda Q_{j-1}^{T}$, with the left-invariant coordinate forms. Order "
        r"the "
        r"Gram matrix of the coordinate vectors in blocks, $B$ for $\Sigma,U,V$, $F$ for the "
        r"frames "
        r"and $C$ between them.",
    )
    proof.cite(
        "schur",
        r"The determinant of the whole is $\det F\cdot\det(B-CF^{-1}C^{T})$.",
        "Schur complement",
    )
    proof.use(
        "orbit",
        "orbit-volume",
        r"$\det F$ is the squared density of the orbit: that of the group, which in these forms is "
        r"$2$ for each pair and each of the $N-1$ frames, times $(\operatorname{vol}(O_W)/"
        r"c_d^{N-1})^{2}$.",
    )
    proof.use(
        "submersion",
        "riemannian-submersion",
        r"$B-CF^{-1}C^{T}$, the Gram matrix of the parts orthogonal to the fibre, is the matrix of "
        r"$\frac1Ng^{N}$ in the coordinates $\Sigma,U,V$.",
    )
    proof.use(
        "form",
        "volume-form",
        r"its determinant is $N^{-d^{2}}$ times the square of the density of $g^{N}$.",
    )
    proof.identity(
        "count",
        WIDTH + 2 * (WIDTH * (WIDTH - 1) / 2),
        WIDTH**2,
        domain=Domain(positive=frozenset({WIDTH})),
        prose="In factors, $N^{-d^{2}}$ is $1/N$ for each index and $1/N^{2}$ for each pair,",
    )
    fibre = proof.let(r"\det F", FIBRE)
    downstairs = proof.let(r"\det(B-CF^{-1}C^{T})", DOWNSTAIRS)
    proof.product(
        "gram",
        fibre * downstairs,
        gram,
        uses=("schur", "orbit", "submersion", "form", "count"),
        prose="Multiplying,",
    )
    return proof
