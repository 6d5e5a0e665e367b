"""What claims say is evaluated at points, by an evaluator that shares no rule with the kernel."""

from __future__ import annotations

from random import Random

import pytest
from conftest import derivation_of, few
from points_of_claims import DEAR, SENTENCES, STRATA, places, strata

from dlnproof.claims import CLAIMS
from dlnproof.kernel.theorem import Theorem
from dlnproof.numeric.samples import satisfying
from dlnproof.numeric.sentences import answer, holds

each_claim = pytest.mark.parametrize("claim", SENTENCES)

THEOREMS = 60
"""How many of the theorems below a claim are evaluated, with its shown ones."""


@pytest.mark.parametrize("claim", few(SENTENCES))
def test_a_point_satisfies_the_hypotheses(claim: str) -> None:
    assert places(claim), "its theorems may say nothing: no point has all its hypotheses"


COINCIDE, NO_RANK, ANY_ORDER = "two values coincide", "a value is 0", "in no order"
NOT_MET: dict[str, set[str]] = {
    "operator-spectrum": {NO_RANK},
    "operator-trace": {NO_RANK},
    "factor-norms": {NO_RANK},
    "regulariser-minimised-on-balanced": {NO_RANK},
    "balanced-polar-tower": {NO_RANK},
    "straight-horizontal-lines": {NO_RANK},
    "end-to-end-flow": {ANY_ORDER},
    "balanced-is-flattest": {NO_RANK, ANY_ORDER},
    "gd-backward-error": {NO_RANK},
    "metric-diagonalization": {NO_RANK},
    "deficiency-margin": {NO_RANK, ANY_ORDER},
    "lambda-balanced": {"N = 1", "N = 3"},
    "two-layer-riccati": {"N = 1", "N = 3"},
    "inverse-operator-integral": {"N = 1", NO_RANK},
    "operator-derivative": {COINCIDE, ANY_ORDER},
    "singular-vector-dynamics": {COINCIDE, ANY_ORDER},
    "scalar-curvature": {NO_RANK},
    "curvature-sign": {NO_RANK},
    "ricci-sectional": {NO_RANK},
    "metric-svd-frame": {NO_RANK},
    "distance-lower-bound": {NO_RANK},
    "svd-jacobian": {NO_RANK, ANY_ORDER},
    "volume-form": {NO_RANK, ANY_ORDER},
    "power-map": {NO_RANK, ANY_ORDER},
    "volume-gradient": {COINCIDE, ANY_ORDER},
    "radial-laplacian": {COINCIDE, ANY_ORDER},
    "laplacian-of-matrix": {COINCIDE, ANY_ORDER},
    "orbit-volume-strata": {NO_RANK},
    "rectangular-flow": {NO_RANK},
    "volume-form-strata": {NO_RANK},
    "entropy-fields": {NO_RANK},
    "entropy-gradient": {COINCIDE, ANY_ORDER},
    "entropy-shape": {"d = 1", "d = 3", COINCIDE, NO_RANK, ANY_ORDER},
    "entropy-concavity": {"d = 1", "d = 3", COINCIDE, NO_RANK, ANY_ORDER},
    "free-energy-equilibria": {NO_RANK, ANY_ORDER},
    "no-free-energy-minimiser": {NO_RANK},
    "infinite-depth": {NO_RANK, ANY_ORDER},
    "kubo-mori": {NO_RANK},
    "dyson-at-infinite-depth": {COINCIDE, ANY_ORDER},
    "riemannian-cone": {NO_RANK},
    "polar-action": {NO_RANK},
    "eckart-young": {NO_RANK},
    "completeness": {NO_RANK},
    "geodesic-hamiltonian": {NO_RANK},
    "coarea": {NO_RANK},
    "mean-curvature-orbits": {NO_RANK},
    "jacobi-basis": {NO_RANK},
    "volume-divergence": {COINCIDE, NO_RANK, ANY_ORDER},
    "norm-divergence": {"N = 1", ANY_ORDER},
    "rc2020-constants": {"N = 1", "N = 3", "d = 1", "d = 3", COINCIDE, NO_RANK, ANY_ORDER},
    "norm-conjecture": {"N = 1", "N = 3", "d = 1", "d = 3", NO_RANK},
    "rank-one-minimizers": {"d = 1", "d = 3", ANY_ORDER},
    "volume-corners": {"d = 1", "d = 3", ANY_ORDER},
    "diagonal-3x3": {"N = 1", "N = 3", "d = 1", ANY_ORDER},
    "recap": {"d = 3", COINCIDE, NO_RANK, ANY_ORDER},
}
"""Strata of which a claim has no point: its hypotheses exclude them, or it does not use them."""


@each_claim
def test_a_point_of_every_stratum_satisfies_the_hypotheses(claim: str) -> None:
    met = frozenset[str]().union(*(strata(place.point) for place in places(claim)))
    assert STRATA.keys() - met == NOT_MET.get(claim, set())


@pytest.mark.parametrize("claim", few(SENTENCES, DEAR))
def test_no_sentence_is_false_at_a_point(claim: str) -> None:
    tested = set()
    for place in places(claim):
        for name, sentence in CLAIMS[claim].says().items():
            said = answer(sentence, place.point)
            assert said.guess is not False, (name, place.name, said.shown)
            if said.guess and not said.vacuous:
                tested.add(name)
    assert CLAIMS[claim].says().keys() - tested == UNTESTED.get(claim, set())


UNTESTED: dict[str, set[str]] = {
    "norm-conjecture": {"indefinite"},
    "no-free-energy-minimiser": {"none"},
}
"""Sentences that speak of no case at any point: that a matrix is psd, or something bounded, from
which follows what is false."""


DECOMPOSED = {"regulariser-minimised-on-balanced"}
"""Claims many of whose theorems are under decompositions made on the way, which no point has."""


def theorems(claim: str) -> list[Theorem]:
    """Return the theorems from which a claim's are made, each once."""
    account = derivation_of(claim)
    ends = [*account.established.values(), *(s.theorem for s in account.deduction.shown)]
    return list({(t.conclusion, t.hypotheses): t for end in ends for t in end.origins()}.values())


@pytest.mark.parametrize("claim", few(SENTENCES, DEAR, first=1))
def test_no_theorem_on_the_way_is_false_at_a_point(claim: str) -> None:
    rng = Random(claim)
    every = theorems(claim)
    met = 0
    for theorem in rng.sample(every, min(len(every), THEOREMS)):
        place = rng.choice(places(claim))
        point = satisfying(sorted(theorem.hypotheses, key=repr), place.point, place.known)
        if point is None:
            continue
        met += 1
        said = holds(theorem, point, place.known)
        assert said.guess is not False or said.sampled, (place.name, theorem, said.shown)
    assert met > min(len(every), THEOREMS) // (3 if claim in DECOMPOSED else 2)
