"""What claims say is evaluated at points, by an evaluator that shares no rule with the kernel."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest
from conftest import derivation_of
from points_of_claims import NO_POINT, SENTENCES, places

from dlnproof.claims import CLAIMS
from dlnproof.kernel.theorem import Theorem
from dlnproof.numeric.samples import satisfying
from dlnproof.numeric.sentences import answer, holds

each_claim = pytest.mark.parametrize("claim", [c for c in SENTENCES if c not in NO_POINT])

THEOREMS = 60
"""How many of the theorems below a claim are evaluated, with its shown ones."""


@each_claim
def test_a_point_satisfies_the_hypotheses(claim: str) -> None:
    assert places(claim), "its theorems may say nothing: no point has all its hypotheses"


@each_claim
def test_no_sentence_is_false_at_a_point(claim: str) -> None:
    found: Counter[tuple[str, bool | None]] = Counter()
    for place in places(claim):
        for name, sentence in CLAIMS[claim].says().items():
            said = answer(sentence, place.point)
            assert said.guess is not False, (name, place.name, said.shown)
            found[name, said.guess] += 1
    untested = {name for name in CLAIMS[claim].says() if not found[name, True]}
    assert untested == UNTESTED.get(claim, set())


UNTESTED: dict[str, set[str]] = {
    "norm-divergence": {"along", "divergence"},
    "norm-conjecture": {"attained", "only"},
    "volume-corners": {
        "corner",
        "corner-bound",
        "distance",
        "distance-corners",
        "infinite-largest-determinant",
        "infinite-largest-second",
        "largest-determinant",
        "largest-second",
        "ray-inside",
        "ray-outside",
        "reached-inside",
        "reached-outside",
    },
}
"""Sentences whose own conditions no sample meets, or whose limits are too near to tell."""


def theorems(claim: str) -> list[Theorem]:
    """Return the theorems from which a claim's are made, each once."""
    account = derivation_of(claim)
    ends = [*account.established.values(), *(s.theorem for s in account.deduction.shown)]
    return list({(t.conclusion, t.hypotheses): t for end in ends for t in end.origins()}.values())


@each_claim
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
    assert met > min(len(every), THEOREMS) // 2
