"""Counterexamples of a record: their points are on the balanced manifold, or refused."""

import dataclasses
import json
from math import inf
from pathlib import Path
from typing import Any

import pytest

from dlnproof.claims.check import ORDER_TOLERANCE
from dlnproof.errors import InputError
from dlnproof.record import counterexamples, difference, evidence, points, reading, record
from dlnproof.record.counterexamples import (
    COUNTEREXAMPLE_SCHEMA,
    Counterexample,
    FormulaCounterexample,
    exact_point,
)
from dlnproof.record.points import Coordinates
from dlnproof.record.reading import counterexamples_in
from dlnproof.record.record import Record

ONE = (("1", "0"), ("0", "1"))


def at(t: tuple[str, ...], frames: int, depth: Any = 2) -> FormulaCounterexample:
    point = Coordinates(t, (ONE,) * frames)
    return FormulaCounterexample(
        schema=COUNTEREXAMPLE_SCHEMA,
        target="volume-form",
        statement="x",
        N=depth,
        d=2,
        point=point,
        left="1",
        right="2",
    )


@pytest.mark.parametrize("t", [("1/2", "1/2"), ("1/2", "1/3"), ("1/2", "0"), ("3", "1")])
def test_points_have_roots_in_order_of_which_the_first_is_positive(t: tuple[str, ...]) -> None:
    found = exact_point(at(t, 3))
    assert tuple(map(str, found.roots)) == t
    assert len(found.frames) == 3


@pytest.mark.parametrize("t", [("0", "0"), ("-1", "-2"), ("1", "-1"), ("1", "2"), ("1",)])
def test_other_roots_are_refused(t: tuple[str, ...]) -> None:
    with pytest.raises(InputError):
        exact_point(at(t, 3))


def test_a_root_that_is_refused_is_named_and_may_have_so_many_characters() -> None:
    with pytest.raises(InputError, match="t_2"):
        exact_point(at(("1", "x"), 3))
    longest = "1" * 300
    assert exact_point(at((longest, "1"), 3)).roots[0] == int(longest)
    with pytest.raises(InputError, match="t_1"):
        exact_point(at((longest + "1", "1"), 3))


def test_a_network_has_a_frame_more_than_it_is_deep_and_an_infinite_one_two() -> None:
    for depth, right in ((1, 2), (2, 3), (inf, 2)):
        for frames in range(1, 5):
            if frames == right:
                assert len(exact_point(at(("2", "1"), frames, depth)).frames) == right
            else:
                with pytest.raises(InputError):
                    exact_point(at(("2", "1"), frames, depth))


def test_frames_are_orthogonal() -> None:
    turned = Coordinates(("2", "1"), (ONE, (("1", "1"), ("0", "1"))))
    with pytest.raises(InputError, match="not orthogonal"):
        exact_point(dataclasses.replace(at(("2", "1"), 2, 1), point=turned))


def test_what_a_record_says_cannot_be_changed_afterwards() -> None:
    kinds = [
        kind
        for module in (counterexamples, difference, evidence, points, reading, record)
        for kind in vars(module).values()
        if isinstance(kind, type) and dataclasses.is_dataclass(kind)
    ]
    assert len(kinds) > 10
    for kind in kinds:
        assert kind.__dataclass_params__.frozen, kind  # type: ignore[attr-defined]
    routes = [kind for kind in kinds if issubclass(kind, evidence.Trials)]
    assert len(routes) > 4
    for kind in routes:  # a figure is never taken for another by its place
        placed = {field.name for field in dataclasses.fields(kind) if not field.kw_only}
        assert placed <= {"verdict"}, kind


def test_counterexamples_of_a_record_are_of_its_claims(
    whole_record: Record, tmp_path: Path
) -> None:
    path = tmp_path / "record.json"
    path.write_text(whole_record.dumps())
    found = counterexamples_in(str(path))
    assert found.claims is not None
    assert not found.edited
    kept = {claim: [each.found.claim for each in of] for claim, _, of in found.claims}
    assert list(kept) == [claim.id for claim in whole_record.claims]
    assert all(set(of) <= {claim} for claim, of in kept.items())
    assert sum(map(len, kept.values())) > 10
    data = json.loads(whole_record.dumps())
    printed = next(p for c in data["claims"] for p in c["as_printed"] if "counterexample" in p)
    printed["counterexample"]["claim"] = "another"
    path.write_text(json.dumps(data))
    with pytest.raises(InputError, match=r"got a counterexample of .another."):
        counterexamples_in(str(path))


def entry(**fields: Any) -> dict[str, Any]:
    return {"id": "volume-form", "as_printed": [], **fields}


def kept_in(tmp_path: Path, schema: str, *claims: dict[str, Any]) -> Any:
    path = tmp_path / "some.json"
    path.write_text(json.dumps({"schema": schema, "claims": claims}))
    return counterexamples_in(str(path)).claims


def of_claim(statement: str = "x") -> dict[str, Any]:
    found = at(("2", "1"), 3)
    fields = {field.name for field in dataclasses.fields(Counterexample)}
    values = {f.name: getattr(found, f.name) for f in dataclasses.fields(found) if f.name in fields}
    values |= {"claim": "volume-form", "statement": statement}
    values |= {"equation": "left = right"} if "equation" in fields else {}
    return Counterexample(**values).as_json()


def test_each_counterexample_is_kept_with_where_it_stands(tmp_path: Path) -> None:
    printed = [{"statement": "y"}, {"statement": "x", "counterexample": of_claim()}]
    route = [{"route": "exact", "counterexample": of_claim()}, {"route": "derivation"}]
    for schema, claim, expected in (
        (record.ERRATA_SCHEMA, entry(as_printed=printed), [(None, 2)]),
        (record.SCHEMA, entry(as_printed=printed, evidence=route), [("exact", None), (None, 2)]),
    ):
        [(name, count, kept)] = kept_in(tmp_path, schema, claim)
        assert (name, count) == ("volume-form", 2)
        assert [(each.route, each.printed) for each in kept] == expected
        assert {each.found.statement for each in kept} == {"x"}
        edited = counterexamples_in(str(tmp_path / "some.json")).edited
        assert edited is (schema == record.SCHEMA)  # it has no digest, and the other needs none


def test_what_is_printed_is_of_its_own_statement(tmp_path: Path) -> None:
    printed = [{"statement": "y", "counterexample": of_claim()}]
    with pytest.raises(InputError, match="is of another statement"):
        kept_in(tmp_path, record.ERRATA_SCHEMA, entry(as_printed=printed))


def test_one_counterexample_is_to_a_formula_or_to_a_claim(tmp_path: Path) -> None:
    path = tmp_path / "one.json"
    path.write_text(json.dumps(at(("2", "1"), 3).as_json()))
    found = counterexamples_in(str(path))
    assert found.formula == at(("2", "1"), 3)
    assert (found.alone, found.claims) == (None, None)
    path.write_text(json.dumps(of_claim()))
    found = counterexamples_in(str(path))
    assert found.alone is not None
    assert not found.edited
    assert (found.formula, found.claims) == (None, None)
    judged = {"schema": "dlnproof-formula/3"}
    path.write_text(json.dumps(judged))
    assert counterexamples_in(str(path)) == reading.CounterexampleFile()
    path.write_text(json.dumps(judged | {"counterexample": at(("2", "1"), 3).as_json()}))
    assert counterexamples_in(str(path)).formula == at(("2", "1"), 3)


def test_figures_of_two_machines_may_differ_by_so_much() -> None:
    assert evidence._one_size("1.0e-47", "1.0e-46")
    assert evidence._one_size("1.0e-46", "1.0e-47")
    assert not evidence._one_size("1.0e-47", "1.1e-46")
    assert not evidence._one_size("1.1e-46", "1.0e-47")
    assert evidence._close([4.0], [4.0 + ORDER_TOLERANCE])
    assert not evidence._close([4.0], [4.0 + 1.01 * ORDER_TOLERANCE])
    with pytest.raises(InputError, match="expected a number"):
        evidence._ends([True, 4.0], "order")
    assert evidence.Trials.from_json({"tried": 10**6}, "here").tried == 10**6
    with pytest.raises(InputError, match="tried: got 1000001"):
        evidence.Trials.from_json({"tried": 10**6 + 1}, "here")
