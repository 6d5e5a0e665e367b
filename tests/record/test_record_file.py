"""Records read back: unchanged, or refused with the place where they are not what they say."""

import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from dlnproof.errors import InputError
from dlnproof.record.reading import intact_record, read_record
from dlnproof.record.record import Record, digest_of, once
from dlnproof.run.grid import Grid
from dlnproof.run.runner import check

Spoil = Callable[[Any], None]


@pytest.fixture(scope="module")
def small() -> Record:
    grid = Grid(depths=(2,), widths=(1, 2), digits=20, runs=0)
    return check(["operator-spectrum", "orbit-volume"], grid=grid)


def test_a_record_is_read_back_unchanged(whole_record: Record, tmp_path: Path) -> None:
    path = tmp_path / "record.json"
    path.write_text(whole_record.dumps())
    found = read_record(str(path))
    assert found.intact
    assert found.stated == found.digest == whole_record.digest == found.record.digest
    assert found.record.dumps() == whole_record.dumps()
    assert intact_record(str(path)).claims == whole_record.claims


def test_the_digest_is_of_the_content_and_not_of_its_layout(small: Record) -> None:
    data = json.loads(small.dumps())
    assert digest_of(data) == data["digest"] == small.digest
    assert digest_of(dict(reversed(data.items()))) == data["digest"]
    data["claims"][0]["evidence"][1]["points"] += 1
    assert digest_of(data) != data["digest"]


def spoilt(record: Record, spoil: Spoil, path: Path, *, forge: bool) -> str:
    data = json.loads(record.dumps())
    spoil(data)
    if forge:
        data["digest"] = digest_of(data)
    path.write_text(json.dumps(data))
    return str(path)


def edit_error(data: Any) -> None:
    data["claims"][0]["evidence"][2]["worst_error"] = "1.0e-99"


def edit_verdict(data: Any) -> None:
    data["claims"][1]["verdict"] = "exact"


def edit_count(data: Any) -> None:
    data["claims"][1]["evidence"][1]["mutants"]["rejected"] += 1


def add_field(data: Any) -> None:
    data["claims"][0]["remark"] = "all is well"


def drop_field(data: Any) -> None:
    del data["environment"]


def other_verdict(data: Any) -> None:
    data["claims"][0]["evidence"][0]["verdict"] = "certain"


def no_list(data: Any) -> None:
    data["claims"] = {"id": "volume-form"}


def other_schema(data: Any) -> None:
    data["schema"] = "dlnproof-record/0"


def negative(data: Any) -> None:
    data["claims"][1]["evidence"][1]["mutants"] = {"tried": -1, "rejected": -1}


def spoil_first(**fields: Any) -> Spoil:
    """Give the first evidence other fields, some of them none that a run writes."""
    return lambda data: data["claims"][0]["evidence"][2].update(fields)


def spoil_derivation(**fields: Any) -> Spoil:
    return lambda data: data["claims"][0]["evidence"][0].update(fields)


def spoil_run(**fields: Any) -> Spoil:
    return lambda data: data["run"].update(fields)


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (spoil_first(worst_error="$\\end{document}"), "worst_error: got"),
        (spoil_first(order=5), "order: got 5"),
        (spoil_first(order=["$}%", "#"]), "order: got"),
        (spoil_first(points=-1), "points: got -1"),
        (spoil_first(scope="a\x1b[31m"), "expected printable ASCII"),
        (spoil_first(scope=None), "scope: got nothing"),
        (spoil_first(strata={"simple": "many"}), "simple: got"),
        (spoil_first(note="x"), 'field "note" is unknown'),
        (spoil_first(counterexample={"left": "1"}), "schema: got nothing"),
        (spoil_first(at=[0]), r'claims\[0\]\.evidence\[2\]: field "at" is unknown'),
        (spoil_first(points=10**30), "points: got 1000000000000000000000000000000, expected"),
        (spoil_first(points=True), "points: got true"),
        (spoil_first(points=3.0), "points: got 3.0"),
        (spoil_first(strata=["simple"]), "strata: got a list, expected an object"),
        (spoil_first(worst_error="1_0_0"), "worst_error: got"),
        (spoil_first(route="training"), 'field "strata" is unknown'),
        (spoil_first(tried=3), 'field "tried" is unknown'),
        (spoil_derivation(steps="\\input"), r"claims\[0\]\.evidence\[0\]\.steps: got"),
        (spoil_derivation(uses=None), "uses: got nothing"),
        (spoil_derivation(uses=7), "uses: got 7, expected a list"),
        (spoil_derivation(counterexample=None), 'field "counterexample" is unknown'),
        (
            lambda data: data["points"][0].update(t=[1]),
            r"points\[0\]\.t\[0\]: got 1, expected text",
        ),
        (lambda data: data["points"][0].update(note="x"), 'points.0.: field "note" is unknown'),
        (lambda data: data["environment"].update(node="mine"), 'environment: field "node" is'),
        (lambda data: data["claims"].append(data["claims"][0]), "claim .* stands twice"),
        (
            lambda data: data["claims"][0]["evidence"].append(data["claims"][0]["evidence"][0]),
            "route .* stands twice",
        ),
        (lambda data: data["environment"].update(packages=[]), "packages: got a list"),
        (spoil_run(runs="abc"), "runs: got"),
        (spoil_run(depths=["N >= 2"]), r"depths\[0\]: got"),
        (spoil_run(files={"javascript:alert(1)": "0" * 64}), "plain name of a file"),
        (spoil_run(files={"x.py; rm": "0" * 64}), "plain name of a file"),
        (spoil_run(files={"x.py": "0"}), "expected a SHA-256"),
        (spoil_run(formal=1), "formal: got 1"),
    ],
)
def test_fields_that_no_run_writes_are_refused(
    small: Record, tmp_path: Path, spoil: Spoil, message: str
) -> None:
    name = spoilt(small, spoil, tmp_path / "r.json", forge=True)
    with pytest.raises(InputError, match=message) as refused:
        read_record(name)
    assert "\n" not in str(refused.value)


def test_findings_of_another_form_are_refused(small: Record, tmp_path: Path) -> None:
    for finding, message in (
        ({"name": "x"}, r"findings\[0\]\.text: got nothing, expected text"),
        ({"name": "x", "text": "y", "verdict": "\\input"}, r"findings\[0\]\.verdict: got"),
        ({"name": "x", "text": "y", "verdict": "observed", "z": 1}, 'field "z" is unknown'),
    ):
        training = {"route": "training", "verdict": "observed", "scope": "", "findings": [finding]}

        def spoil(data: Any, training: Any = training) -> None:
            mutants = {"tried": 0, "rejected": 0}
            data["claims"][0]["evidence"].append({**training, "mutants": mutants})

        with pytest.raises(InputError, match=message):
            read_record(spoilt(small, spoil, tmp_path / "r.json", forge=True))


def test_a_field_that_stands_twice(small: Record, tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    path.write_text(small.dumps().replace('"seed": 0', '"seed": 0, "seed": 0', 1))
    with pytest.raises(InputError, match="a field of an object stands twice"):
        read_record(str(path))


def test_however_deep_a_field_is_nested(small: Record, tmp_path: Path) -> None:
    """The decoder takes some that is too deep for the digest."""
    path = tmp_path / "r.json"
    for depth in range(900, 1010):
        nested = "[" * depth + "]" * depth
        path.write_text(small.dumps().replace('"seed": 0', f'"seed": 0, "more": {nested}', 1))
        with pytest.raises(InputError, match=r"too deeply|field .more. is unknown|is not JSON"):
            read_record(str(path))


@pytest.mark.parametrize("word", ["NaN", "Infinity", "-Infinity"])
def test_what_is_no_number_of_json(small: Record, tmp_path: Path, word: str) -> None:
    path = tmp_path / "r.json"
    path.write_text(small.dumps().replace('"seed": 0', f'"seed": {word}', 1))
    with pytest.raises(InputError, match="is not a number in JSON"):
        read_record(str(path))


def test_a_number_beyond_all_floats(small: Record, tmp_path: Path) -> None:
    name = spoilt(small, spoil_first(order=[7e77, 4.0]), tmp_path / "r.json", forge=True)
    Path(name).write_text(Path(name).read_text().replace("7e+77", "1e999"))
    with pytest.raises(InputError, match="order: got Infinity, expected a number"):
        read_record(name)


def test_an_edited_number_is_found_by_the_digest(small: Record, tmp_path: Path) -> None:
    name = spoilt(small, edit_error, tmp_path / "r.json", forge=False)
    found = read_record(name)
    assert not found.intact
    assert found.record.claims[0].evidence[2].worst_error == "1.0e-99"
    with pytest.raises(InputError, match="was changed after it was written") as refused:
        intact_record(name)
    assert "\n" not in str(refused.value)
    stated, holds = f"digest {found.stated[:16]}...", f"holds has {found.digest[:16]}..."
    assert stated in str(refused.value)
    assert holds in str(refused.value)


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (edit_verdict, r'verdict: got "exact", but the rest of the record gives "proved"'),
        (edit_count, "rejected: got"),
        (add_field, 'field "remark" is unknown'),
        (drop_field, "environment: got nothing, expected an object"),
        (other_verdict, 'verdict: got "certain", expected one of proved, proved_with_Coq, derived'),
        (no_list, "claims: got an object, expected a list"),
        (other_schema, 'got schema "dlnproof-record/0", expected dlnproof-record/4'),
        (negative, "tried: got -1"),
    ],
)
def test_what_a_record_cannot_say_is_refused_even_with_a_forged_digest(
    small: Record, tmp_path: Path, spoil: Spoil, message: str
) -> None:
    name = spoilt(small, spoil, tmp_path / "r.json", forge=True)
    with pytest.raises(InputError, match=message) as refused:
        read_record(name)
    assert str(refused.value).startswith("file '")
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("text", ["", "[]", "{", "7", "null", '{"schema": 3}', "[" * 100_000])
def test_what_is_no_record(tmp_path: Path, text: str) -> None:
    path = tmp_path / "r.json"
    path.write_text(text)
    with pytest.raises(InputError) as refused:
        read_record(str(path))
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("depth", [300, 900, 990])
def test_a_record_nested_too_deeply(small: Record, tmp_path: Path, depth: int) -> None:
    nested = '"expression": ' + "[" * depth + "]" * depth
    path = tmp_path / "r.json"
    path.write_text(json.dumps(small.as_json()).replace('"expression": ""', nested))
    with suppress(InputError):  # and nothing else
        assert not read_record(str(path)).intact


class Counted(str):
    """A name that counts how often it is compared."""

    __slots__ = ()
    compared = 0

    def __eq__(self, other: object) -> bool:
        Counted.compared += 1
        return str.__eq__(self, other)

    __hash__ = str.__hash__


def test_names_that_stand_once_are_found_in_one_pass() -> None:
    for size in (100, 10_000):
        Counted.compared = 0
        once("claim", [Counted(n) for n in range(size)])
        assert Counted.compared <= size  # a set compares where hashes agree, which is seldom


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_record(str(tmp_path / "none.json"))
