"""How the volume densities behave as singular values vanish, for every N and d."""

from collections.abc import Mapping

from dlnproof.claims.limits.volume_divergence import CLAIM
from dlnproof.core.domain import Domain
from dlnproof.core.expression import Expression, Letter, Number
from dlnproof.core.product import PairProduct
from dlnproof.core.proof import Proof
from dlnproof.core.spectrum import ORDERED, STATED, VANISHING, WIDTH, I, L, N
from dlnproof.core.step import Side
from dlnproof.formulas import INFINITE_VOLUME_FORM, ORBIT_SQUARED, VAN_SIGMA2, VOLUME_FORM

k = VANISHING
# epsilon and its N-th root scale the vanishing singular values and their roots.
EPS, EPS_ROOT = Letter("eps", r"\varepsilon"), Letter("eps_root", r"\varepsilon", "1/N")
SCALING = ORDERED | Domain(
    positive=frozenset({EPS, EPS_ROOT}), sequences={EPS: (EPS_ROOT, EPS_ROOT * EPS)}
)
BOTH: dict[Letter, Expression] = {
    I.root: EPS_ROOT * I.root,
    I.sigma: EPS * I.sigma,
    L.root: EPS_ROOT * L.root,
    L.sigma: EPS * L.sigma,
}
LIMIT: dict[Letter, Expression] = {L.root: Number(0), L.sigma: Number(0)}

SHIFT = Letter("shift", "c")
INFINITE_FORM, INFINITE_DENSITY = Letter("u", "e_4"), Letter("v", "e_5")
MIXED = Letter("mixed", "e_6")
FORM, DENSITY, ORBIT = Letter("x", "e_1"), Letter("y", "e_2"), Letter("z", "e_3")


def derive(parts: Mapping[str, Side] = CLAIM.parts) -> Proof:
    """Return the proof that the leading exponents are the given ones for all N, d and k <= d."""
    form, density, orbit = parts["form"], parts["density"], parts["orbit"]
    assert isinstance(form, Expression)
    assert isinstance(density, Expression)
    assert isinstance(orbit, Expression)

    counting = Domain(positive=frozenset({k, N}))
    proof = Proof(CLAIM.id, parts, STATED | counting)
    proof.use(
        "volume",
        "volume-form",
        "the density with respect to $d\\Sigma\\,dU\\,dV$ is a "
        "product of factors over $i$ and over $i<l$.",
    )
    proof.argue(
        "scaling",
        r"Let $k$ singular values be multiplied by $\varepsilon$, and their roots by "
        r"$\varepsilon^{1/N}$, the others fixed. There are $k$ indices and $k(k-1)/2$ pairs that "
        r"scale; in the other pairs at most one value tends to $0$.",
        uses=("volume",),
    )
    _factor(
        proof,
        "index",
        VOLUME_FORM.index,
        EPS_ROOT / EPS,
        "An index that scales contributes",
        pair=False,
    )
    _factor(proof, "pair", VOLUME_FORM.pair, EPS_ROOT**2, "A pair that scales contributes")
    _mixed(proof, "mixed", VOLUME_FORM)
    proof.argue(
        "sum-form",
        r"So the exponent of $\varepsilon$ is $k\,(\frac1N-1)+\frac{k(k-1)}{2}\cdot\frac2N$.",
        uses=("index", "pair", "mixed"),
    )
    proof.define(
        "form-exponent", FORM, k * (1 / N - 1) + (k * (k - 1) / 2) * (2 / N), "Call it $e_1$:"
    )
    proof.identity("form", FORM, form, domain=counting, uses=("form-exponent",), prose="It is")
    _factor(
        proof,
        "jacobian-pair",
        VAN_SIGMA2.pair,
        EPS**2,
        r"With respect to $dW$ the density is divided by $\operatorname{van}(\Sigma^{2})$, in "
        "which a pair that scales contributes",
    )
    _mixed(proof, "jacobian-mixed", VAN_SIGMA2)
    proof.define(
        "density-exponent", DENSITY, FORM - 2 * (k * (k - 1) / 2), "so that the exponent becomes"
    )
    proof.identity(
        "density",
        DENSITY,
        density,
        domain=counting,
        uses=("form-exponent", "density-exponent"),
        prose="that is,",
    )
    proof.use(
        "orbit-volume",
        "orbit-volume",
        r"the volume of the orbit is the square root of a product over pairs.",
    )
    _factor(
        proof,
        "orbit-pair",
        ORBIT_SQUARED.pair,
        EPS**2 / EPS_ROOT**2,
        "Under the root a pair that scales contributes",
    )
    _mixed(proof, "orbit-mixed", ORBIT_SQUARED)
    proof.define(
        "orbit-exponent",
        ORBIT,
        (k * (k - 1) / 2) * (2 - 2 / N) / 2,
        "and the exponent of the volume is",
    )
    proof.identity(
        "orbit", ORBIT, orbit, domain=counting, uses=("orbit-exponent",), prose="that is,"
    )
    _infinite(proof, parts)
    return proof


def _infinite(proof: Proof, parts: Mapping[str, Side]) -> None:
    form, density, logs = (
        parts["infinite_form"],
        parts["infinite_density"],
        parts["logarithms"],
    )
    assert isinstance(form, Expression)
    assert isinstance(density, Expression)
    assert isinstance(logs, Expression)
    proof.use(
        "infinite",
        "infinite-depth",
        "at infinite depth the density is again a product over $i$ and over $i<l$.",
    )
    proof.identity(
        "infinite-index",
        INFINITE_VOLUME_FORM.index.substitute({I.sigma: EPS * I.sigma}),
        (1 / EPS) * INFINITE_VOLUME_FORM.index,
        domain=SCALING,
        uses=("scaling",),
        prose="An index that scales contributes",
    )
    proof.identity(
        "infinite-pair",
        INFINITE_VOLUME_FORM.pair.substitute({I.log: I.log + SHIFT, L.log: L.log + SHIFT}),
        INFINITE_VOLUME_FORM.pair,
        domain=SCALING,
        uses=("scaling",),
        prose=r"With $c=\log\varepsilon^{2}$ a pair that scales contributes a constant,",
    )
    proof.identity(
        "infinite-mixed",
        INFINITE_VOLUME_FORM.pair.substitute({L.log: L.log + SHIFT}),
        (0 - SHIFT) + INFINITE_VOLUME_FORM.pair,
        domain=SCALING,
        uses=("scaling",),
        prose=r"and a pair of which only the smaller value scales grows like $|c|$,",
    )
    proof.argue(
        "infinite-tally",
        r"There are $k$ indices that scale and $k(d-k)$ pairs of the last kind, and "
        r"$\operatorname{van}(\Sigma^{2})$ scales as before.",
        uses=("infinite-index", "infinite-pair", "infinite-mixed", "jacobian-pair"),
    )
    domain = Domain(positive=frozenset({k, WIDTH}))
    proof.define("infinite-form-exponent", INFINITE_FORM, k * (0 - 1), "So the exponents are")
    proof.identity(
        "infinite-form",
        INFINITE_FORM,
        form,
        domain=domain,
        uses=("infinite-form-exponent",),
        prose="that is,",
    )
    proof.define(
        "infinite-density-exponent",
        INFINITE_DENSITY,
        INFINITE_FORM - 2 * (k * (k - 1) / 2),
        "and, with respect to $dW$,",
    )
    proof.identity(
        "infinite-density",
        INFINITE_DENSITY,
        density,
        domain=domain,
        uses=("infinite-form-exponent", "infinite-density-exponent"),
        prose="that is,",
    )
    proof.define(
        "mixed-pairs",
        MIXED,
        WIDTH * (WIDTH - 1) / 2 - k * (k - 1) / 2 - (WIDTH - k) * (WIDTH - k - 1) / 2,
        "The number of pairs with one value on each side is",
    )
    proof.identity(
        "logarithms",
        MIXED,
        logs,
        domain=domain,
        uses=("mixed-pairs",),
        prose="the power of the logarithm,",
    )


def _factor(
    proof: Proof,
    name: str,
    factor: Expression,
    power: Expression,
    prose: str,
    *,
    pair: bool = True,
) -> None:
    values = BOTH if pair else {x: v for x, v in BOTH.items() if x in (I.root, I.sigma)}
    proof.identity(
        name,
        factor.substitute(values),
        power * factor,
        domain=SCALING,
        uses=("scaling",),
        prose=prose,
    )


def _mixed(proof: Proof, name: str, product: PairProduct) -> None:
    proof.positive(
        name,
        product.pair.substitute(LIMIT),
        domain=ORDERED,
        uses=("scaling",),
        prose="and a pair of which only the smaller value tends to zero tends to a positive limit,",
    )
