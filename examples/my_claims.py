"""A claim of one's own, run by ``dlnproof check examples/my_claims.py``.

The volume density of g^N with respect to dW, which papers often need and seldom print: with its
statement, its derivation for all N and d, two numeric checks that share nothing with it, wrong
variants that every route has to reject, and a few lines for whoever checks the record without
dlnproof.
"""

from flint import fmpq

from dlnproof.author import (
    ConvergentCheck,
    Deduction,
    ExactCheck,
    ExactPoint,
    Groups,
    I,
    L,
    Mutant,
    N,
    PairProduct,
    Parts,
    Route,
    Sentence,
    Source,
    Study,
    agreement,
    claim,
    determinant,
    equations,
    exact_geometry,
    geometry,
    hypotheses,
    letters,
    logic,
    numbers,
    part,
    per_pair,
    predictions,
    pullback,
    settle,
    signs,
    terms,
    theorem,
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

GIVEN = (*hypotheses.DEPTH, *hypotheses.WIDTH, *hypotheses.SVD, *hypotheses.POSITIVE)
METRIC_DETERMINANT = geometry.METRIC_DETERMINANT(letters.N, letters.W)  # its definition is printed

VOLUME_DENSITY = claim(
    "volume-density",
    title="Volume density with respect to Lebesgue measure",
    source=Source("Draft2026", "Corollary 3"),
    given=GIVEN,
    sentences=(Sentence("density", terms.equal(terms.root(METRIC_DETERMINANT), part("density"))),),
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

# --- the derivation: theorems, which only rules can make; it never sees the formula -------------


def derive() -> Deduction:
    """Return the theorems about the density, for all N and d."""
    proof = Deduction(VOLUME_DENSITY.id)
    i, l, d, depth, sigma = letters.i, letters.l, letters.d, letters.N, letters.sigma
    known = theorem("metric-diagonalization", "determinant")  # 1 / lambda_il over all i and l
    positive = theorem("metric-diagonalization", "entries-positive")
    entry = logic.specialise(positive, i.term, l.term).conclusion.args[1]

    on = terms.product(i, 1, d, sigma(i.term) ** (1 / depth) / sigma(i.term))
    off = terms.product(i, 1, d, terms.product(l, i.term + 1, d, entry))
    square = numbers.field((on * off) ** 2, on**2 * off**2)
    square = equations.then(square, agreement.squared(on, *GIVEN), agreement.squared(off, *GIVEN))
    twice = agreement.same(logic.sides(square)[1], logic.sides(known)[1], *GIVEN)
    square = settle.settle(logic.transitive(square, twice, logic.symmetric(known)), *GIVEN)
    proof.show("square", square, "Each pair occurs twice in the determinant:")

    above = settle.proved(terms.at_most(terms.number(0), on * off), *GIVEN, positive)
    root = settle.settle(signs.unique_root(above, square), *GIVEN)
    proof.conclude("density", root, "All factors are positive, so")
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

from dlnproof.referee.geometry import density, states, wrong


def closed(p):
    # N (t_i^2 - t_l^2) / (s_i^2 - s_l^2) for each pair, t_i / s_i for each index: s_i = t_i^N
    return prod(p.N / p.mu(i, l) for i, l in p.less) * prod(p.t) / prod(p.s)


@states("volume-density")
@wrong("squared", stated=lambda p: closed(p) ** 2)
@wrong("without-N", stated=lambda p: closed(p) / p.N ** len(p.less))
@wrong("form", stated=lambda p: closed(p) * prod(p.s2[i] - p.s2[l] for i, l in p.less))
def volume_density(p, stated=closed):
    yield density(p), stated(p)
"""

STUDIES = [Study(VOLUME_DENSITY, derive, CHECKS, references=REFERENCES, referee=REFEREE)]
