"""A claim of one's own, run by ``dlnproof check examples/my_claims.py``.

The volume density of g^N with respect to dW, which papers often need and seldom print: with its
statement, its derivation for all N and d, two numeric checks that share nothing with it, wrong
variants that every route has to reject, and a few lines for whoever checks the record without
dlnproof.
"""

from flint import fmpq

from dlnproof.author import (
    ONE_INDEX,
    ORDERED,
    ConvergentCheck,
    ExactCheck,
    ExactPoint,
    Groups,
    I,
    L,
    Letter,
    Mutant,
    N,
    PairProduct,
    Parts,
    Proof,
    Route,
    Source,
    Study,
    claim,
    determinant,
    exact_geometry,
    over_all_pairs,
    per_pair,
    predictions,
    pullback,
    van,
)

# --- the statement: products over i and over pairs i < l, in sigma and its N-th root ------------

EIGENVALUE = (I.sigma**2 - L.sigma**2) / (N * (I.root**2 - L.root**2))
EQUAL = I.sigma**2 / I.root**2  # where sigma_i = sigma_l

DENSITY = (
    per_pair(N)
    * determinant(root=1, sigma=-1)
    * van(I.root**2).over(van(I.sigma**2), coincident=1 / (N * EQUAL))
)

VOLUME_DENSITY = claim(
    "volume-density",
    title="Volume density with respect to Lebesgue measure",
    source=Source("Draft2026", "Corollary 3"),
    statement=r"The volume of $g^{N}$ has the density \[\sqrt{\det g^{N}}=<<density>>\] with "
    r"respect to $dW$; where $\sigma_i=\sigma_l$ the factor of the pair is its limit, "
    r"$\sigma_i^{2/N-2}$.",
    hypotheses=(r"$N\ge1$", r"$d\ge1$", r"$W$ in $\mathrm{GL}(d)$"),
    parts={"density": DENSITY},
    routes=(Route.DERIVATION, Route.EXACT, Route.PULLBACK),
    uses=("metric-diagonalization",),
    mutants=(
        Mutant("squared", "the determinant without its root", {"density": DENSITY**2}),
        Mutant(
            "without-N",
            "the factor $N$ of each pair dropped",
            {"density": PairProduct(I.root / I.sigma, 1 / (N * EIGENVALUE), 1 / (N * EQUAL))},
        ),
        Mutant(
            "form",
            r"the density with respect to $d\Sigma\,dU\,dV$",
            {"density": PairProduct(I.root / I.sigma, N * (I.root**2 - L.root**2))},
        ),
    ),
)

# --- the derivation: each step is decided when it is added ---------------------------------------

LAMBDA, LAMBDA_EQUAL = Letter("lambda", r"\lambda_{il}"), Letter("lambda_ii", r"\lambda_{ii}")
ROOT = PairProduct(I.root / I.sigma, 1 / LAMBDA, 1 / LAMBDA_EQUAL)
DETERMINANT = over_all_pairs(1 / LAMBDA, 1 / LAMBDA, 1 / LAMBDA_EQUAL)


def derive(parts: Parts) -> Proof:
    """Return the proof that the statement with the given formula holds for all N and d."""
    density = parts["density"]
    assert isinstance(density, PairProduct)
    proof = Proof(VOLUME_DENSITY.id, parts)
    proof.use(
        "metric", "metric-diagonalization", r"$\det g^{N}=\prod_{i,l=1}^{d}\lambda_{il}^{-1}$."
    )
    proof.define("eigenvalue", LAMBDA, EIGENVALUE, r"Here, for $\sigma_i\ne\sigma_l$,")
    proof.define("equal", LAMBDA_EQUAL, EQUAL, r"and, where $\sigma_i=\sigma_l$,")
    rho = proof.let(r"\rho", ROOT)
    proof.product(
        "squared",
        rho**2,
        DETERMINANT,
        uses=("metric", "eigenvalue", "equal"),
        prose=r"Let $\rho$ be the product of $\sigma_i^{1/N}/\sigma_i$ over $i$ and of "
        r"$1/\lambda_{il}$ over $i<l$. Each pair occurs twice in the determinant:",
    )
    proof.positive(
        "index-positive",
        ROOT.index,
        domain=ONE_INDEX,
        prose=r"Moreover $\rho$ is positive, because for each index",
    )
    proof.positive(
        "pair-positive",
        ROOT.pair,
        domain=ORDERED,
        uses=("eigenvalue",),
        prose=r"and for each pair with $\sigma_i>\sigma_l$",
    )
    proof.product(
        "density",
        rho,
        density,
        uses=("squared", "index-positive", "pair-positive", "eigenvalue", "equal"),
        prose=r"So $\rho=\sqrt{\det g^{N}}$, and with the values of the $\lambda_{il}$",
    )
    return proof


# --- the checks: measured from the definition, compared with the formula -------------------------


def measure_exact(point: ExactPoint) -> Groups:
    """1 / sqrt(det A), in rationals; A is the sum over the factors that defines the metric."""
    A = exact_geometry.sum_operator(point) / int(point.depth)
    return [[1 / exact_geometry.exact_root(A.det())]]


def measure_pullback(point: ExactPoint, step: fmpq, digits: int) -> Groups:
    """The determinant of g^N from finite differences of the factors."""
    return [[pullback.determinant_pullback(point, step, digits)]]


def predict(parts: Parts, point: ExactPoint) -> Groups:
    """The formula."""
    return [[predictions.product_value(parts["density"], point)]]


def predict_squared(parts: Parts, point: ExactPoint) -> Groups:
    """Its square."""
    return [[predictions.product_value(parts["density"], point) ** 2]]


CHECKS = (
    ExactCheck(frozenset({"density"}), measure_exact, predict),
    ConvergentCheck(
        frozenset({"density"}),
        measure_pullback,
        predict_squared,
        truncates=lambda point: point.depth > 1,  # at N = 1 the metric is Euclidean
    ),
)

REFERENCES = r"""
@unpublished{Draft2026,
  author = {Author, Ann},
  title  = {A Draft on Volumes},
  year   = {2026},
  note   = {In preparation}
}
"""

# --- its part of the checker that needs Python alone: both sides again, at a point p --------------

REFEREE = """
from math import prod

from dlnproof.referee.geometry import density, states


@states("volume-density")
def volume_density(p):
    # N (t_i^2 - t_l^2) / (s_i^2 - s_l^2) for each pair, t_i / s_i for each index: s_i = t_i^N
    stated = prod(p.N / p.mu(i, l) for i, l in p.less) * prod(a / b for a, b in zip(p.t, p.s))
    yield density(p), stated
"""

STUDIES = [Study(VOLUME_DENSITY, derive, CHECKS, references=REFERENCES, referee=REFEREE)]
