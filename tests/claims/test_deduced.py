"""Claims whose derivations return theorems: every sentence is one, and each hypothesis counts."""

from __future__ import annotations

import pytest

from dlnproof.claims import CLAIMS
from dlnproof.claims.deduction import Account
from dlnproof.claims.schema import Claim
from dlnproof.core.verdict import Verdict
from dlnproof.definitions.hypotheses import WIDTH
from dlnproof.run.jobs import derive_claim

each_deduced = pytest.mark.parametrize("claim", CLAIMS.values(), ids=CLAIMS)


def account(claim: Claim, **parts: object) -> Account:
    return derive_claim(claim, {**claim.parts, **parts})  # type: ignore[dict-item]


@each_deduced
def test_every_sentence_is_a_theorem_without_a_premise(claim: Claim) -> None:
    found = account(claim)
    assert not found.missing
    assert not found.premises
    assert found.verdict is Verdict.PROVED


@each_deduced
def test_a_wrong_variant_is_no_theorem(claim: Claim) -> None:
    for mutant in (m for m in claim.mutants if not claim.empirical.issuperset(m.parts)):
        assert account(claim, **mutant.parts).missing, mutant.name


@each_deduced
def test_every_hypothesis_is_used(claim: Claim) -> None:
    deduction = account(claim).deduction
    for hypothesis in claim.given:
        given = tuple(h for h in claim.given if h != hypothesis)
        lost = Account(deduction, claim.says(), given).missing
        assert lost or hypothesis in WIDTH, hypothesis  # without a width there is nothing to say


@each_deduced
def test_every_sentence_needs_its_theorem(claim: Claim) -> None:
    whole = account(claim)
    for name in claim.says():
        concluded = {k: v for k, v in whole.deduction.concluded.items() if k != name}
        less = type(whole.deduction)(claim.id, concluded=concluded)
        assert set(Account(less, whole.sentences, whole.given).missing) == {name}
