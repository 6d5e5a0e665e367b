"""Where the volume density is largest on the plane of minimisers, for every N (CMV2023)."""

from collections.abc import Mapping

from dlnproof.claims.completion.letters import B11, B22, X
from dlnproof.claims.completion.volume_corners import CLAIM
from dlnproof.core.domain import Domain
from dlnproof.core.expression import Expression, Letter, Number
from dlnproof.core.inequality import Inequality
from dlnproof.core.proof import Proof
from dlnproof.core.spectrum import DISTINCT, ONE_INDEX, STATED, I, L, N
from dlnproof.core.step import Side
from dlnproof.formulas import EIGENVALUE, EIGENVALUE_COINCIDENT

FIRST, SECOND = Letter("r_i", r"\rho_{i}"), Letter("r_l", r"\rho_{l}")
SIGMA_1, SIGMA_2 = Letter("sigma_1", r"\sigma_{1}"), Letter("sigma_2", r"\sigma_{2}")
MIXED = Letter("l_il", r"\lambda_{il}")

# The sum of a^(N-j) b^(j-1) over j, a = sigma_1^(2/N), and by how much it grows with a.
a, b, e = Letter("a", "a"), Letter("b", "b"), Letter("e", "e")
b_n = Letter("b_n", "b", "N")
SUM, GROWTH = Letter("D", "D_{N}"), Letter("Delta", r"\Delta_{N}")
GROWING = Domain(
    positive=frozenset({a, b, e, b_n, SUM}),
    nonnegative=frozenset({GROWTH}),
    sequences={
        b_n: (b, b * b_n),
        SUM: (Number(1), a * SUM + b_n),
        GROWTH: (Number(0), (a + e) * GROWTH + e * SUM),
    },
)


def derive(parts: Mapping[str, Side] = CLAIM.parts) -> Proof:
    """Return the proof of the density, of its singularity, and of where it is largest."""
    density, leading, largest = (parts[name] for name in ("density", "leading", "largest"))
    assert isinstance(density, Expression)
    assert isinstance(leading, Expression)
    assert isinstance(largest, Expression)

    # x and y may have either sign; that they do not vanish is all that is divided by
    proof = Proof(CLAIM.id, parts, STATED | Domain(frozenset({X})))
    proof.use(
        "metric",
        "metric-diagonalization",
        r"$\det g^{N}$ is the product of all $1/\lambda_{il}$, in which "
        r"$\lambda_{il}=\lambda_{li}$ occurs twice.",
    )
    proof.define("first", FIRST, I.root / I.sigma, r"The root of the determinant has the factors")
    proof.define("second", SECOND, L.root / L.sigma, "and")
    proof.identity(
        "roots",
        FIRST**2 * EIGENVALUE_COINCIDENT,
        Number(1),
        domain=DISTINCT,
        uses=("first",),
        prose=r"which are $\lambda_{ii}^{-1/2}$ and $\lambda_{ll}^{-1/2}$, as",
    )
    proof.define("mixed", MIXED, EIGENVALUE, "Once, and not its root, it has the inverse of")
    proof.identity(
        "density",
        FIRST * SECOND / MIXED,
        density,
        domain=DISTINCT,
        uses=("metric", "first", "second", "mixed"),
        prose="so that, in all,",
    )
    cancelled = N * (I.root / I.sigma)
    cancelled = cancelled * ((I.root**2 - L.root**2) / (I.sigma**2 - L.sigma**2))
    proof.identity(
        "cancelled",
        density * (L.sigma / L.root),
        cancelled,
        domain=DISTINCT,
        uses=("density",),
        prose=r"Multiplied by $\sigma_l^{1-1/N}$ it is",
    )
    proof.identity(
        "leading",
        cancelled.substitute({L.root: Number(0), L.sigma: Number(0)}),
        leading,
        domain=ONE_INDEX,
        uses=("cancelled",),
        prose=r"which is continuous at $\sigma_l=0$, with the value",
    )
    _corners(proof, largest)
    _monotone(proof)
    return proof


def _corners(proof: Proof, largest: Expression) -> None:
    proof.argue(
        "hyperbola",
        r"Let now the diagonal be observed and $y=b_{11}b_{22}/x$. The square of the only singular "
        r"value is the sum of the squares of the entries.",
    )
    proof.identity(
        "largest",
        B11**2 + B22**2 + X**2 + (B11 * B22 / X) ** 2,
        largest,
        domain=Domain(frozenset({X})),
        uses=("hyperbola",),
        prose=r"With absolute values written without bars it is",
    )
    proof.argue(
        "corners",
        r"which is least where $|x|=|y|$. Off the hyperbola the sum of the squares of the entries "
        r"is $\sigma_1^{2}+\sigma_2^{2}$, and $\sigma_1\sigma_2=|b_{11}b_{22}-xy|$. Let first $xy$ "
        r"have the sign of $b_{11}b_{22}$, and write absolute values without bars again: "
        r"$\sigma_1\sigma_2$ is $b_{11}b_{22}-xy$ on one side of the hyperbola and "
        r"$xy-b_{11}b_{22}$ on the other, and $(x-y)^{2}$ is",
        uses=("largest",),
    )
    squares = SIGMA_1**2 + SIGMA_2**2 - B11**2 - B22**2
    proof.identity(
        "inner",
        squares - 2 * (B11 * B22 - SIGMA_1 * SIGMA_2),
        (SIGMA_1 + SIGMA_2) ** 2 - (B11 + B22) ** 2,
        domain=Domain(),
        uses=("corners",),
        prose="",
    )
    proof.identity(
        "outer",
        squares - 2 * (B11 * B22 + SIGMA_1 * SIGMA_2),
        (SIGMA_1 - SIGMA_2) ** 2 - (B11 + B22) ** 2,
        domain=Domain(),
        uses=("corners",),
        prose="or, on the other side,",
    )
    proof.argue(
        "opposite",
        r"At a fixed $\sigma_2$ the least $\sigma_1$ is therefore at $x=y$, and is "
        r"$b_{11}+b_{22}\mp\sigma_2$. If $xy$ has the other sign, then "
        r"$\sigma_1\sigma_2=b_{11}b_{22}+xy$ and $\sigma_1\ge b_{11}b_{22}/\sigma_2$, which is "
        r"larger, since for $\sigma_2<\min(b_{11},b_{22})$",
        uses=("inner", "outer"),
    )
    proof.inequality(
        "larger",
        Inequality(
            B11 * B22,
            (B11 + B22 - SIGMA_2) * SIGMA_2,
            (B11 - SIGMA_2, B22 - SIGMA_2),
            Domain(),
        ),
        terms=((B11 - SIGMA_2, B22 - SIGMA_2),),
        uses=("opposite",),
        prose="",
    )
    proof.argue(
        "levels",
        r"At a fixed $|\det W|<b_{11}b_{22}$ the sign of $xy$ is that of $b_{11}b_{22}$, $|xy|$ is "
        r"fixed on each side, and $x^{2}+y^{2}=(x-y)^{2}+2xy$ is least at $x=y$.",
        uses=("larger",),
    )


def _monotone(proof: Proof) -> None:
    proof.use(
        "spectrum",
        "operator-spectrum",
        r"$N\lambda_{il}$ is the sum $D_N$ of $a^{N-j}b^{j-1}$ over $j=1,\dots,N$, with "
        r"$a=\sigma_i^{2/N}$, $b=\sigma_l^{2/N}$.",
    )
    proof.argue(
        "sum",
        r"It remains to compare densities. Let $a$ grow by $e>0$ with $b$ fixed, and $D_N$ by "
        r"$\Delta_N$: then $\Delta_1=0$ and $\Delta_{N+1}=(a+e)\Delta_N+e\,D_N$.",
        uses=("spectrum",),
    )
    proof.positive(
        "growth",
        GROWTH,
        domain=GROWING,
        uses=("sum",),
        strict=False,
        prose="Therefore, by induction on $N$,",
    )
    proof.argue(
        "fixed-second",
        r"So $\lambda_{il}$ does not decrease when $\sigma_1$ grows at a fixed $\sigma_2$, while "
        r"$\lambda_{ii}=\sigma_1^{2-2/N}$ increases for $N\ge2$: the density decreases.",
        uses=("growth", "density"),
    )
    proof.use(
        "factors",
        "orbit-volume",
        r"$N\lambda_{il}$ is also the product of $a+b-2\sqrt{ab}\cos\frac{m\pi}{N}$, "
        r"$0<m<N$.",
    )
    proof.argue(
        "fixed-determinant",
        r"At a fixed $\sigma_1\sigma_2$ each of these factors is positive and increases with "
        r"$a+b$, and so with $\sigma_1$, while $\lambda_{ii}\lambda_{ll}$ is fixed: for $N\ge2$ "
        r"the density decreases again. Neither argument asks on which side of the hyperbola it is.",
        uses=("factors",),
    )
    proof.argue(
        "fixed-distance",
        r"Near the hyperbola, as the distance $\eta$ tends to $0$, $\sigma_1\sigma_2\sim\eta\,r$ "
        r"with $r=\sqrt{x^{2}+y^{2}}$, the length of the gradient of $xy$. By [[leading]] the "
        r"density is to leading order $N(\eta\,r\,\sigma_1^{2})^{-(1-1/N)}$, and both $r$ and "
        r"$\sigma_1^{2}=r^{2}+b_{11}^{2}+b_{22}^{2}$ are least at the corners.",
        uses=("leading", "largest"),
    )
    proof.use(
        "infinite",
        "infinite-depth",
        r"at infinite depth $\lambda_{ii}=\sigma_i^{2}$, and $\lambda_{il}$ is the integral of "
        r"$\sigma_i^{2(1-s)}\sigma_l^{2s}$ over $0\le s\le1$.",
    )
    proof.argue(
        "infinite-levels",
        r"It increases with $\sigma_1$ at a fixed $\sigma_2$; at a fixed product $P$ it is "
        r"$P\,\sinh(y)/y$ with $y=\log(\sigma_1/\sigma_2)$, which increases with $y$. So the "
        r"density decreases as before.",
        uses=("infinite",),
    )
