"""Hypotheses that cannot all hold are seen; those that can are left alone."""

from dataclasses import replace

import pytest

from dlnproof.claims import CLAIMS
from dlnproof.claims.schema import CatalogueError, Claim, claim
from dlnproof.claims.sentences import Sentence
from dlnproof.core.verdict import Route, Verdict
from dlnproof.definitions.letters import N, d, e, i, sigma
from dlnproof.kernel.terms import FALSE, Term, at_most, each, equal, less, number, positive
from dlnproof.run.jobs import DerivationResult, Job, run
from dlnproof.tactics.contradiction import contradictory

ABOVE = each(i, 1, d, positive(sigma(i.term)))
BELOW = each(i, 1, d, less(sigma(i.term), number(0)))


@pytest.mark.parametrize(
    "given",
    [
        (ABOVE, BELOW, at_most(1, d)),
        (at_most(1, N), at_most(N, 0)),
        (positive(e.term), less(e.term, number(0))),
        (positive(e.term), less(e.term + 1, number(0))),
        (positive(e.term), equal(e.term, number(0))),
    ],
)
def test_what_cannot_hold_together_is_seen(given: tuple[Term, ...]) -> None:
    found = contradictory(given)
    assert found is not None
    assert found.conclusion == FALSE
    assert found.hypotheses <= set(given)
    assert all(contradictory([h for h in given if h != one]) is None for one in given)


@pytest.mark.parametrize("claim", CLAIMS.values(), ids=list(CLAIMS))
def test_hypotheses_of_claims_do_not_contradict_one_another(claim: Claim) -> None:
    assert contradictory(claim.given) is None


def test_without_an_index_there_is_no_contradiction() -> None:
    assert contradictory((ABOVE, BELOW)) is None  # both hold for d = 0


def test_a_claim_under_such_hypotheses_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = CLAIMS["operator-spectrum"]
    wrong = replace(whole, given=(*whole.given, at_most(1, d), BELOW))
    monkeypatch.setitem(CLAIMS, whole.id, wrong)
    result = run(Job(whole.id, Route.DERIVATION))
    assert isinstance(result, DerivationResult)
    assert result.found.verdict is Verdict.ERROR
    assert "the hypotheses contradict one another" in (result.found.failure or "")


def test_a_sentence_is_none_of_the_hypotheses() -> None:
    whole = CLAIMS["operator-spectrum"]
    assumed = Sentence("assumed", whole.given[0])
    with pytest.raises(CatalogueError, match="the sentence 'assumed' is one of the hypotheses"):
        claim(
            whole.id,
            title=whole.title,
            source=whole.source,
            given=whole.given,
            sentences=(*whole.sentences, assumed),
            parts=whole.parts,
            routes=whole.routes,
            mutants=whole.mutants,
        )
