"""Records with anything anywhere: read as they are, or refused in one line."""

import json
from collections.abc import Iterator
from contextlib import suppress
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dlnproof.core.verdict import Route
from dlnproof.errors import InputError
from dlnproof.files.typed import Typed, kind_at, slots
from dlnproof.record.counterexamples import FormulaCounterexample
from dlnproof.record.evidence import ROUTES
from dlnproof.record.reading import RecordFile, read_record
from dlnproof.record.record import PrintedRecord, Record, digest_of
from dlnproof.run.grid import Grid
from dlnproof.run.runner import check

Place = tuple[str | int, ...]
FINDING = {"name": "share", "text": "3 of 5", "verdict": "observed"}


@pytest.fixture(scope="module")
def data() -> Any:
    """A small record that has every route: of training and of Coq in words."""
    grid = Grid(depths=(2,), widths=(1, 2), digits=20, runs=0)
    found = json.loads(check(["operator-spectrum", "orbit-volume"], grid=grid).dumps())
    for route, verdict, figures in (
        ("training", "observed", {"points": 3, "findings": [FINDING]}),
        ("formal", "proved", {"says": "121 theorems"}),
    ):
        given = {"route": route, "verdict": verdict, "scope": "here", **figures}
        mutants = {"tried": 2, "rejected": 1, "survivors": ["a"]}
        found["claims"][0]["evidence"].append({**given, "mutants": mutants})
    found["points"] = found["points"][:2]
    routes = {evidence["route"] for claim in found["claims"] for evidence in claim["evidence"]}
    assert routes == set(Route)
    return found | {"digest": digest_of(found)}


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("edits") / "record.json"


def places(data: Any, path: Place = ()) -> Iterator[Place]:
    """Every place in JSON data."""
    yield path
    inner = list(enumerate(data)) if isinstance(data, list) else []
    for key, value in data.items() if isinstance(data, dict) else inner:
        yield from places(value, (*path, key))


ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.integers(10**8, 10**40),
    st.floats(),
    st.text(),
    st.sampled_from(["", "inf", "exact", "proved", "0", "1.0e-9", "\ud800", "a\nb", "x" * 10**4]),
    st.just([]),
    st.just({}),
)
VALUES = st.recursive(
    ODD, lambda v: st.lists(v, max_size=3) | st.dictionaries(st.text(), v, max_size=3)
)
NESTED = st.sampled_from([10, 500, 900])


def edit(data: Any, draw: st.DataObject) -> Any:
    """Do one edit somewhere: replace, delete, add, swap with what stands elsewhere, or nest."""
    found = list(places(data))
    path = draw.draw(st.sampled_from(found[1:] or found))
    if not path:
        return draw.draw(VALUES)
    *way, last = path
    owner = data
    for key in way:
        owner = owner[key]
    match draw.draw(st.sampled_from(["replace", "delete", "add", "swap", "nest", "retype"])):
        case "replace":
            owner[last] = draw.draw(VALUES)
        case "delete":
            del owner[last]
        case "add" if isinstance(owner, dict):
            names = st.sampled_from([*owner, "note", "tried", "at", "failure", "counterexample"])
            owner[draw.draw(names | st.text())] = draw.draw(VALUES)
        case "add":
            owner.insert(int(last), draw.draw(VALUES))
        case "swap":
            other: Any = data
            for key in draw.draw(st.sampled_from(found)):
                other = other[key] if not isinstance(other, str | int) else other
            owner[last] = deepcopy(other)
        case "nest":
            for _ in range(draw.draw(NESTED)):
                owner[last] = [owner[last]]
        case _:
            value = owner[last]
            owner[last] = draw.draw(st.sampled_from([str(value), [value], {"x": value}, 1.0, 1]))
    return data


def refused(path: Path) -> tuple[RecordFile | None, str]:
    try:
        return read_record(str(path)), ""
    except InputError as error:
        return None, str(error)


def read(data: Any, path: Path) -> Record | None:
    """Read a record from a file, its digest forged; nothing where it is refused, in one line."""
    if isinstance(data, dict):
        data = data | {"digest": digest_of(data)}
    path.write_text(json.dumps(data))
    found, why = refused(path)
    if found is None:
        assert "\n" not in why
        assert 0 < len(why) < 1000
        return None
    assert found.intact
    assert same_json(json.loads(found.record.dumps()), data)
    return found.record


def same_json(one: Any, other: Any) -> bool:
    """Whether two pieces of JSON data are alike to the letter, but for the order of fields."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


@settings(deadline=None, max_examples=300)  # the first example pays for imports
@given(st.data())
def test_a_record_with_anything_anywhere_is_read_as_it_is_or_refused(
    data: Any, file: Path, draw: st.DataObject
) -> None:
    changed = deepcopy(data)
    for _ in range(draw.draw(st.integers(1, 2))):
        changed = edit(changed, draw)
    try:
        json.dumps(changed)
    except RecursionError:  # no file holds it
        return
    found = read(changed, file)
    if found is not None:
        file.write_text(found.dumps())
        assert read_record(str(file)).record == found


def test_a_record_is_written_back_to_the_letter(data: Any, file: Path) -> None:
    found = read(data, file)
    assert found is not None
    assert json.dumps(json.loads(found.dumps())) == json.dumps(data)


@pytest.mark.parametrize("depth", [100, 900, 5000, 10**5])
def test_no_depth_is_too_deep(data: Any, file: Path, depth: int) -> None:
    for value in ('"Linux"', '"3 of 5"', '["a"]', '"121 theorems"'):
        text = json.dumps(data)
        assert value in text
        file.write_text(text.replace(value, "[" * depth + "]" * depth, 1))
        found, why = refused(file)
        assert found is None
        assert "\n" not in why


def types(of: type[Typed]) -> set[type[Typed]]:
    """A type of records, and those of its fields."""
    inner = {slot.kind.inner for slot in slots(of).values()} - {None}
    return {of}.union(*(types(each) for each in inner if each is not None))


@pytest.mark.parametrize(
    "value", [None, 10**12, -1, 3.5, float("1e999"), "\x1b", ["a\n"], {"": {}}]
)
def test_no_field_takes_what_it_never_holds(value: Any) -> None:
    """Every field of every type, one by one."""
    tops: list[type[Typed]] = [Record, *ROUTES.values(), FormulaCounterexample]
    every = {one for of in tops for one in types(of)}
    assert len(every) >= 14
    for of in every:
        for name, slot in slots(of).items():
            taken = None
            with suppress(InputError):
                taken = slot.kind.read(value, name)
            assert taken is None or (name == "seed" and isinstance(value, int)), name


CLOSE: dict[str, Any] = {"worst_error": ("4.0e-9", "4.1e-9"), "order": ([4.0, 4], [4.3, 4])}


def test_how_a_difference_counts_stands_on_the_field() -> None:
    """Each has a route that it is for, and one that it is not for."""
    near = {
        (route, name)
        for route, made in ROUTES.items()
        for name, slot in slots(made).items()
        if slot.kind.near(*CLOSE.get(name, ("a", "b")))
    }
    assert near == {
        (Route.ENCLOSURE, "worst_error"),
        (Route.PULLBACK, "worst_error"),
        (Route.PULLBACK, "order"),
        *((route, "failure") for route in (Route.ENCLOSURE, Route.PULLBACK, Route.TRAINING)),
        (Route.FORMAL, "says"),
    }
    text = kind_at(ROUTES[Route.TRAINING], "findings.12.text")
    assert text is not None
    assert text.words
    assert text.near("3 of 5", "4 of 5")
    assert not text.near("3 of 5", "most of 5")
    statement = kind_at(PrintedRecord, "counterexample.statement")
    assert statement is not None
    assert statement.words
    for path in ("counterexample.left", "counterexample.point.t", "findings.0.name", "nothing.0"):
        kind = kind_at(ROUTES[Route.TRAINING], path) or kind_at(PrintedRecord, path)
        assert kind is None or not kind.words
