"""Less examination never gives a sentence a stronger verdict, nor a document stronger words."""

import re
from collections.abc import Sequence
from dataclasses import replace
from math import inf
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dlnproof import Grid, check
from dlnproof.core.verdict import Route, Verdict
from dlnproof.documents.content.summary import _MEANINGS, summary
from dlnproof.documents.entries import entries
from dlnproof.documents.site.graph import graph
from dlnproof.documents.status import Support, statuses
from dlnproof.documents.words import claim_word, headline, word
from dlnproof.documents.writers.latex import blocks
from dlnproof.errors import NothingSelectedError
from dlnproof.record.evidence import ROUTES, Training
from dlnproof.record.record import ClaimRecord, Record

RANK: Final = {verdict: rank for rank, verdict in enumerate(Verdict)}
BEST: Final = {
    Route.DERIVATION: [Verdict.PROVED, Verdict.DERIVED],
    Route.EXACT: [Verdict.EXACT],
    Route.ENCLOSURE: [Verdict.ENCLOSED],
    Route.PULLBACK: [Verdict.SAMPLED],
    Route.TRAINING: [Verdict.OBSERVED],
    Route.FORMAL: [Verdict.PROVED],
}
SUPPORTS: Final = list(Support)


def weaker(less: ClaimRecord, more: ClaimRecord) -> bool:
    """Whether no sentence of one has a stronger verdict than it has in the other."""
    return (less.id, less.parts) == (more.id, more.parts) and all(
        RANK[verdict] >= RANK[more.sentences[part]] for part, verdict in less.sentences.items()
    )


@st.composite
def claims(draw: st.DrawFn) -> ClaimRecord:
    parts = tuple("abc"[: draw(st.integers(1, 3))])
    routes = draw(st.lists(st.sampled_from(list(Route)), min_size=1, unique=True))
    some = st.lists(st.sampled_from(parts), min_size=1, unique=True).map(tuple)
    evidence = [
        ROUTES[route](draw(st.sampled_from(BEST[route])), scope="", covers=draw(st.none() | some))
        for route in routes
    ]
    return ClaimRecord("x", "", "", parts, tuple(evidence))


@settings(max_examples=300, deadline=None)
@given(claims(), st.data())
def test_evidence_left_out_makes_no_sentence_stronger(
    claim: ClaimRecord, data: st.DataObject
) -> None:
    kept = data.draw(st.lists(st.sampled_from(claim.evidence), unique_by=lambda e: e.route))
    less = replace(claim, evidence=tuple(e for e in claim.evidence if e in kept))
    assert weaker(less, claim)
    assert RANK[less.verdict] >= RANK[claim.verdict]
    for part, verdict in less.sentences.items():
        seen = any(e.about(part) and e.route is not Route.FORMAL for e in less.evidence)
        assert (verdict is Verdict.UNEXAMINED) == (not seen)


# --- runs -----------------------------------------------------------------------------------------

CHOSEN: Final = ["operator-spectrum", "svd-jacobian", "volume-divergence", "rank-one-minimizers"]
WHOLE: Final = Grid(depths=(1, 2, 3, inf), widths=(1, 2), points=1, runs=0)


@pytest.fixture(scope="module")
def whole() -> Record:
    """Everything on the grid, and a record of training in place of runs, which take long."""
    record = check(CHOSEN, grid=WHOLE)
    *others, trained = record.claims
    seen = Training(Verdict.OBSERVED, scope="", covers=trained.measured)
    trained = replace(trained, evidence=(*trained.evidence, seen))
    record = replace(record, claims=(*others, trained))
    assert record.holds
    return record


grids = st.builds(
    Grid,
    depths=st.lists(st.sampled_from(WHOLE.depths), min_size=1, unique=True).map(tuple),
    widths=st.lists(st.sampled_from(WHOLE.widths), min_size=1, unique=True).map(tuple),
    points=st.just(1),
    runs=st.just(0),
)
routes = st.lists(st.sampled_from(list(Route)), min_size=1, unique=True)


@settings(max_examples=10, deadline=None)
@given(st.lists(st.sampled_from(CHOSEN), min_size=1, unique=True), routes, grids)
def test_a_run_of_less_says_no_more(
    whole: Record, ids: Sequence[str], chosen: Sequence[Route], grid: Grid
) -> None:
    try:
        less = check(ids, grid=grid, expression=" or ".join(chosen))
    except NothingSelectedError:
        return
    full = {claim.id: claim for claim in whole.claims}
    for claim in less.claims:
        assert weaker(claim, full[claim.id]), claim.sentences


# --- what documents say ---------------------------------------------------------------------------


def without(record: Record, dropped: Sequence[tuple[str, Route]]) -> Record:
    """Return the record that a run without those routes makes."""
    left = []
    for claim in record.claims:
        kept = tuple(e for e in claim.evidence if (claim.id, e.route) not in dropped)
        left.append(replace(claim, evidence=kept))
    return replace(record, claims=tuple(claim for claim in left if claim.evidence))


def counts(text: str, words: Sequence[str]) -> dict[str, int]:
    """Return how many claims a text counts under which word."""
    return {w: int(n) for n, w in re.findall(rf"(\d+) (?:is |are )?({'|'.join(words)})", text)}


def at_least(counted: dict[str, int], verdict: Verdict) -> int:
    """Return how many claims are counted under this word, or a stronger one."""
    return sum(n for w, n in counted.items() if RANK[Verdict(w)] <= RANK[verdict])


HOLDING: Final = [verdict.value for verdict in Verdict if verdict.holds]


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_documents_of_less_say_no_more(whole: Record, data: st.DataObject) -> None:
    pieces = [(claim.id, e.route) for claim in whole.claims for e in claim.evidence]
    dropped = data.draw(st.lists(st.sampled_from(pieces), unique=True))
    less = without(whole, dropped)
    if len(less.claims) < 2:
        return
    both = {}
    for name, record in (("less", less), ("whole", whole)):
        found = entries(record)
        both[name] = record, found, statuses(found)
    said = {name: counts(headline(record), HOLDING) for name, (record, _, _) in both.items()}
    for verdict in Verdict:
        if verdict.holds:
            assert at_least(said["less"], verdict) <= at_least(said["whole"], verdict)
    for claim in less.claims:
        before, after = both["whole"][2][claim.id], both["less"][2][claim.id]
        assert RANK[after.verdict] >= RANK[before.verdict]
        assert SUPPORTS.index(after.support) >= SUPPORTS.index(before.support)
    _, found, status = both["less"]
    shown = " ".join(blocks([summary(less, found, status)]).split())
    drawn = str(graph(found, status))
    for claim in less.claims:
        if claim.verdict.holds:
            assert claim_word(claim) == word(claim.verdict)
        else:
            assert claim_word(claim) == "in part"
    in_part = sum(not claim.verdict.holds for claim in less.claims)
    assert ("confirmed in part" in shown) == bool(in_part)
    assert shown.startswith("All ") == (not in_part)
    assert ("in part" in drawn) == bool(in_part)
    for verdict in Verdict:
        if verdict.holds and all(claim.verdict is not verdict for claim in less.claims):
            assert f" {_MEANINGS[verdict]}" not in shown


def test_evidence_names_the_sentences_that_it_is_about(whole: Record) -> None:
    [claim] = [claim for claim in whole.claims if claim.id == "volume-divergence"]
    about = {e.route: e.covers for e in claim.evidence}
    assert about[Route.DERIVATION] is None
    assert about[Route.EXACT] == ("form", "density", "orbit")
    alone = [e for e in claim.evidence if e.route is Route.ENCLOSURE]
    less = replace(claim, evidence=tuple(alone))
    assert {p for p, v in less.sentences.items() if v is Verdict.ENCLOSED} == set(
        alone[0].covers or ()
    )
    assert less.verdict is Verdict.UNEXAMINED
