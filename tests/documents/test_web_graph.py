"""The graph of dependences: status with ancestors, and a drawing in which edges can be followed."""

import dataclasses
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlnproof.claims import CLAIMS
from dlnproof.core.verdict import Route, Verdict
from dlnproof.documents.entries import Entry, entries
from dlnproof.documents.site.graph import graph
from dlnproof.documents.site.layered import drawn, reduced
from dlnproof.documents.site.shapes import legend
from dlnproof.documents.status import Support, ancestors, statuses
from dlnproof.errors import InputError
from dlnproof.record.evidence import Derivation, Evidence
from dlnproof.record.record import ClaimRecord, Record

Uses = dict[str, list[str]]


@st.composite
def acyclic(draw: st.DrawFn) -> Uses:
    names = [f"n{k}" for k in range(draw(st.integers(1, 12)))]
    return {
        name: draw(st.lists(st.sampled_from(names[:k]), unique=True) if k else st.just([]))
        for k, name in enumerate(names)
    }


@given(acyclic())
def test_nodes_stand_apart_and_edges_lead_down(uses: Uses) -> None:
    drawing = drawn(uses, 100, 10)
    rows: dict[int, list[float]] = {}
    for x, layer in drawing.places.values():
        rows.setdefault(layer, []).append(x)
    for row in rows.values():
        assert all(right - left >= 110 - 1e-6 for left, right in pairwise(sorted(row)))
    assert min(x for x, _ in drawing.places.values()) >= 50 - 1e-6
    for (used, user), points in drawing.edges.items():
        assert points[0] == drawing.places[used]
        assert points[-1] == drawing.places[user]
        assert all(below[1] - above[1] == 1 for above, below in pairwise(points))
        for x, layer in points[1:-1]:  # a bend passes beside the nodes, not through them
            assert all(abs(x - other) >= 64 - 1e-6 for other in rows.get(layer, []))


@given(acyclic())
def test_leaving_edges_out_loses_no_ancestor(uses: Uses) -> None:
    less = reduced(uses)
    for name in uses:
        assert set(ancestors(name, less)) == set(ancestors(name, uses))
        for used in less[name]:
            assert all(used not in ancestors(other, uses) for other in less[name])


def test_crossings_that_can_be_avoided_are() -> None:
    drawing = drawn({"a": [], "b": [], "c": ["b"], "d": ["a"]}, 100, 10)
    x = {name: place[0] for name, place in drawing.places.items()}
    assert (x["a"] - x["b"]) * (x["d"] - x["c"]) > 0


def changed(record: Record, name: str, route: Route, verdict: Verdict) -> Record:
    """The record with another verdict of one route of one claim."""

    def other(evidence: Evidence) -> Evidence:
        found = evidence.route is route
        return dataclasses.replace(evidence, verdict=verdict) if found else evidence

    return replaced(record, name, lambda claim: tuple(map(other, claim.evidence)))


def replaced(record: Record, name: str, evidence: object) -> Record:
    assert callable(evidence)
    claims = tuple(
        dataclasses.replace(claim, evidence=evidence(claim)) if claim.id == name else claim
        for claim in record.claims
    )
    return dataclasses.replace(record, claims=claims)


def only(record: Record, names: Sequence[str]) -> Record:
    chosen = tuple(claim for claim in record.claims if claim.id in names)
    return dataclasses.replace(record, claims=chosen)


def supports(record: Record) -> dict[str, Support]:
    return {name: status.support for name, status in statuses(entries(record)).items()}


def test_a_derivation_is_proved_only_with_no_step_in_words(whole_record: Record) -> None:
    assert supports(whole_record)["svd-jacobian"] is Support.PROVED
    record = changed(whole_record, "svd-jacobian", Route.DERIVATION, Verdict.DERIVED)
    assert supports(record)["svd-jacobian"] is Support.DERIVED


@pytest.mark.parametrize(
    ("route", "verdict", "own"),
    [
        (Route.DERIVATION, Verdict.UNDECIDED, Support.OPEN),
        (Route.EXACT, Verdict.REFUTED, Support.PROVED),
    ],
)
def test_what_rests_on_a_failing_claim_says_so(
    whole_record: Record, route: Route, verdict: Verdict, own: Support
) -> None:
    record = changed(whole_record, "svd-jacobian", route, verdict)
    found = supports(record)
    assert found["svd-jacobian"] is own
    resting = {name for name, support in found.items() if support is Support.RESTS}
    above = {"svd-jacobian"}
    while more := {c.id for c in CLAIMS.values() if above & {*c.uses}} - above:
        above |= more
    assert resting == above - {"svd-jacobian"}
    assert "coarea" in resting  # through volume-form
    assert "svd-jacobian" in statuses(entries(record))["coarea"].text


def test_claims_that_are_not_in_the_record_are_named(whole_record: Record) -> None:
    record = only(whole_record, ["svd-jacobian", "volume-form"])
    status = statuses(entries(record))["volume-form"]
    assert status.support is Support.RESTS
    assert status.absent == ("metric-diagonalization",)
    svg = graph(entries(record), statuses(entries(record)))
    assert "metric-diagonalization: not in this record" in svg
    assert svg.count("<a ") == 2


def test_a_claim_whose_derivation_was_not_run_says_so(whole_record: Record) -> None:
    def without(claim: ClaimRecord) -> tuple[Evidence, ...]:
        return tuple(e for e in claim.evidence if e.route is not Route.DERIVATION)

    found = supports(replaced(whole_record, "svd-jacobian", without))
    assert found["svd-jacobian"] is Support.MISSING
    assert found["volume-form"] is Support.RESTS


def test_a_circle_is_refused(whole_record: Record) -> None:
    def circular(claim: ClaimRecord) -> tuple[Evidence, ...]:
        first, *rest = claim.evidence
        assert isinstance(first, Derivation)
        return (dataclasses.replace(first, uses=("volume-form",)), *rest)

    with pytest.raises(InputError, match="uses itself"):
        statuses(entries(replaced(whole_record, "svd-jacobian", circular)))


def test_every_node_is_a_link_with_both_axes_in_words(whole_record: Record) -> None:
    record = changed(whole_record, "svd-jacobian", Route.EXACT, Verdict.REFUTED)
    found = entries(record)
    root = ET.fromstring(graph(found, statuses(found)))
    links = {e.get("href"): e for e in root.iter() if e.tag.endswith("}a")}
    assert set(links) == {f"claims/{claim.id}.html" for claim in record.claims}
    said = {href: link.get("aria-label") or "" for href, link in links.items()}
    assert "Statement: refuted." in said["claims/svd-jacobian.html"]
    assert "Derivation: derived, given what is not established here" in said["claims/coarea.html"]
    texts = {href: " ".join(link.itertext()) for href, link in links.items()}
    assert "refuted" in texts["claims/svd-jacobian.html"]
    assert "rests on what is open" in texts["claims/coarea.html"]
    assert "observed" in texts["claims/rank-one-minimizers.html"]


def test_every_shape_and_pattern_drawn_is_in_the_legend(whole_record: Record) -> None:
    record = changed(whole_record, "svd-jacobian", Route.EXACT, Verdict.REFUTED)
    found = entries(record)
    drawn_kinds = {
        e.get("class") or ""
        for e in ET.fromstring(graph(found, statuses(found))).iter()
        if (e.get("class") or "").split(" ")[0] in ("outline", "strip")
    }
    assert len(drawn_kinds) >= 5
    assert all(f'class="{kind}"' in legend() for kind in drawn_kinds)


def test_nodes_do_not_overlap(whole_record: Record) -> None:
    found: list[Entry] = entries(whole_record)
    root = ET.fromstring(graph(found, statuses(found)))
    corners = []
    for group in root.iter():
        moved = group.get("transform")
        if moved:
            across, down = moved.removeprefix("translate(").removesuffix(")").split()
            corners.append((float(across), float(down)))
    assert len(corners) == len(found)
    for k, (x, y) in enumerate(corners):
        assert all(abs(x - a) >= 166 or abs(y - b) >= 90 for a, b in corners[:k])
