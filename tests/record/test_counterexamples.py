"""Counterexamples of a record: their points are on the balanced manifold, or refused."""

import dataclasses
import json
from math import inf
from pathlib import Path
from typing import Any

import pytest

from dlnproof.errors import InputError
from dlnproof.record import counterexamples, evidence, points, record
from dlnproof.record.counterexamples import (
    COUNTEREXAMPLE_SCHEMA,
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
        for module in (counterexamples, evidence, points, record)
        for kind in vars(module).values()
        if isinstance(kind, type) and dataclasses.is_dataclass(kind)
    ]
    assert len(kinds) > 10
    for kind in kinds:
        assert kind.__dataclass_params__.frozen, kind  # type: ignore[attr-defined]


def test_counterexamples_of_a_record_are_of_its_claims(
    whole_record: Record, tmp_path: Path
) -> None:
    path = tmp_path / "record.json"
    path.write_text(whole_record.dumps())
    found = counterexamples_in(str(path))
    assert found.claims is not None
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
