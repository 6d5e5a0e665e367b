"""``dlnproof replay``: counterexamples again, from the statement and the point alone."""

import copy
import io
import json
import sys
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from conftest import Cli

from dlnproof.claims import CLAIMS
from dlnproof.cli.main import main
from dlnproof.errors import FAILED, NOTHING, OK, USAGE
from dlnproof.files import json as json_file
from dlnproof.notation.plain import plain

orbit_volume = import_module("dlnproof.checks.orbit.orbit_volume")

EXAMPLE = Path(__file__).parents[2] / "examples" / "orbit_without_root.json"
Change = Callable[[dict[str, Any]], object]


@pytest.fixture
def example() -> dict[str, Any]:
    """A counterexample alone: orbit-volume without the square root, at N = d = 2."""
    data: dict[str, Any] = json.loads(EXAMPLE.read_text())
    return data


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The record of a small run with five printed statements."""
    path = tmp_path_factory.mktemp("record") / "record.json"
    claims = ["volume-form", "orbit-volume", "volume-divergence"]
    grid = ["--depth", "2", "--width", "2", "-k", "exact", "--jobs", "1"]
    assert main(["check", *claims, *grid, "--json", str(path)]) == OK
    data: dict[str, Any] = json.loads(path.read_text())
    return data


@pytest.fixture
def write(tmp_path: Path) -> Callable[[Any], str]:
    """Write JSON data to a file and return its name."""

    def written(data: Any) -> str:
        path = tmp_path / "given.json"
        path.write_text(data if isinstance(data, str) else json.dumps(data))
        return str(path)

    return written


def test_a_round_trip(record: dict[str, Any], write: Callable[[Any], str], cli: Cli) -> None:
    out, err = cli(["replay", write(record)])
    assert err == ""
    assert out.count("\n  confirmed\n") == 5
    assert out.endswith("\n5 of 5 counterexamples confirmed.\n")
    assert (
        "2 of 2 counterexamples confirmed."
        in cli(["replay", write(record), "--claim", "volume-divergence"]).out
    )
    one = ["replay", write(record), "--claim", "volume-form", "--as-printed", "2"]
    out = cli(one).out
    assert out.startswith("volume-form, as printed: van-reversed\n  N = 1, d = 2, sigma^(1/N) = (")
    assert "1 of 1 counterexamples confirmed." in out


def test_of_an_edited_record_it_is_said(
    record: dict[str, Any], write: Callable[[Any], str], cli: Cli
) -> None:
    name = write(record | {"command": "dlnproof check"})
    out, err = cli(["replay", name])
    assert out == cli(["replay", write(record)]).out
    told = "the record was edited: its digest is not that of its contents"
    assert err == f"dlnproof replay: file {name!r}: {told}\n"


def test_one_alone_from_standard_input(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, cli: Cli
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(EXAMPLE.read_bytes())))
    out = cli(["replay", "-", "--json", str(tmp_path / "out.json")]).out
    out = " ".join(out.split())
    assert "left, the square of vol(O_W) / c_d^(N-1), from the definition: 113/4" in out
    assert "right, from the formula: 12769/16" in out
    data = json.loads((tmp_path / "out.json").read_text())
    [found] = data["replayed"]
    assert (data["schema"], data["not_replayed"]) == ("dlnproof-replay/1", [])
    assert (found["as_printed"], found["confirmed"]) == ("without-root", True)
    assert found["computed"] == found["file"] == {"left": "113/4", "right": "12769/16"}
    assert json.loads(cli(["replay", str(EXAMPLE), "--json", "-"]).out) == data


@pytest.mark.parametrize("closed", [True, False])
def test_standard_input_with_nothing(
    closed: bool, monkeypatch: pytest.MonkeyPatch, cli: Cli
) -> None:
    empty = None if closed else io.TextIOWrapper(io.BytesIO(b""))
    monkeypatch.setattr(sys, "stdin", empty)
    err = cli(["replay", "-"], USAGE).err
    assert err.startswith("dlnproof replay: standard input: is ")


def test_the_first_version_is_read(
    example: dict[str, Any], write: Callable[[Any], str], cli: Cli
) -> None:
    """It does not say what its numbers are; that is told by the statement, whatever a file says."""
    expected = cli(["replay", str(EXAMPLE)]).out
    first = {key: value for key, value in example.items() if not key.endswith("_is")}
    first["schema"] = "dlnproof-counterexample/1"
    for data in (first, example | {"left_is": "the truth", "where": "nowhere"}):
        assert cli(["replay", write(data)]).out == expected


def _own(data: dict[str, Any]) -> None:
    data["statement"] = CLAIMS["orbit-volume"].title


def _depth_1(data: dict[str, Any]) -> None:
    data.update(N=1)
    data["point"]["Q"].pop()


def _below(data: dict[str, Any]) -> None:
    data.update(claim="volume-divergence")
    data["statement"] = plain(CLAIMS["volume-divergence"].as_printed[0].statement)
    _depth_1(data)


def _as_stated(data: dict[str, Any]) -> None:
    data.update(claim="volume-form", statement=plain(CLAIMS["volume-form"].as_printed[0].statement))


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda data: data.update(left="113/5"), "113/4 (in the file: 113/5)"),
        (lambda data: data.update(right="1"), "12769/16 (in the file: 1)"),
        (lambda data: data["point"].update(t=["4", "3"]), "but with other values than those in"),
        (_own, "orbit-volume, as stated here"),
        (_own, "left and right agree: the statement holds at this point"),
        (_as_stated, "left and right agree: the statement holds at this point"),
        (_depth_1, "says nothing, or nothing that could fail, at such a point"),
        (_below, "the statement is printed for N >= 2 only"),
    ],
)
def test_what_is_not_confirmed_is_status_1(
    change: Change,
    why: str,
    example: dict[str, Any],
    write: Callable[[Any], str],
    cli: Cli,
) -> None:
    change(example)
    out = " ".join(cli(["replay", write(example)], FAILED).out.split())
    assert why in out
    assert "not confirmed: " in out
    assert out.endswith("0 of 1 counterexamples confirmed.")


def test_other_spellings_of_a_number_are_the_same_number(
    example: dict[str, Any], write: Callable[[Any], str]
) -> None:
    example.update(left="28.25")
    example["point"]["t"] = ["8/2", "3.5"]
    assert main(["replay", write(example)]) == OK


def test_one_tampered_value_in_a_record_is_status_1(
    record: dict[str, Any], write: Callable[[Any], str], cli: Cli
) -> None:
    tampered = copy.deepcopy(record)
    tampered["claims"][0]["as_printed"][1]["counterexample"]["right"] = "17/25"
    assert "4 of 5 counterexamples confirmed." in cli(["replay", write(tampered)], FAILED).out


def test_a_failure_of_ours_confirms_nothing(monkeypatch: pytest.MonkeyPatch, cli: Cli) -> None:
    exact, *others = orbit_volume.CHECKS

    def fail(point: object) -> Any:
        raise ZeroDivisionError("by zero")

    monkeypatch.setattr(orbit_volume, "CHECKS", (replace(exact, measure=fail), *others))
    assert (
        "cannot be computed here (ZeroDivisionError: by zero)"
        in cli(["replay", str(EXAMPLE)], FAILED).out
    )


@pytest.fixture
def false_claim(stating: Callable[[str], None]) -> None:
    """A catalogue in which orbit-volume states the inverse ratio."""
    stating("orbit-volume")


@pytest.mark.usefixtures("false_claim")
def test_counterexamples_of_claims_of_ours(tmp_path: Path, cli: Cli) -> None:
    path = str(tmp_path / "record.json")
    words = ["--depth", "2", "--width", "2", "--jobs", "1", "--json", path]
    cli(["check", "orbit-volume", *words], FAILED)
    out = cli(["replay", path]).out
    assert "orbit-volume, as stated here" in out
    assert "orbit-volume, pullback: found in balls, not replayed" in out
    assert "3 of 3 counterexamples confirmed." in out


def _set(**values: Any) -> Change:
    return lambda data: data.update(values)


def _point(**values: Any) -> Change:
    return lambda data: data["point"].update(values)


def _of_an_invertible_matrix(data: dict[str, Any]) -> None:
    """Make it one of volume-form, which says nothing of singular W, at a singular W."""
    printed = CLAIMS["volume-form"].as_printed[1]
    data.update(claim="volume-form", statement=plain(printed.statement))
    data["point"].update(t=["4", "0"])


@pytest.mark.parametrize(
    ("change", "fragment"),
    [
        (_set(schema="dlnproof-counterexample/3"), 'got schema "dlnproof-counterexample/3"'),
        (_set(schema=["a"]), "got schema a list"),
        (_set(claim="orbit"), "'orbit', which is not in the catalogue; did you mean orbit-volume"),
        (_set(claim=7), "claim: got 7, expected text"),
        (
            _set(claim="infinite-depth", statement="The infinite-depth limit"),
            "no check in rational",
        ),
        (_set(statement="2 = 3"), "statement: got '2 = 3', expected the title of 'orbit-volume'"),
        (_set(statement=None), "statement: got nothing, expected text"),
        (_set(N=0), "N: got 0, expected an integer from 1 to "),
        (_set(N=True), "N: got true"),
        (_set(N=2.0), "N: got 2.0"),
        (_set(N="2"), 'N: got "2"'),
        (_set(N=10**30), "N: got 1000"),
        (_set(N=3), "Q: got 3 entries, expected a list of 4"),
        (_set(N="inf"), "Q: got 3 entries, expected a list of 2"),
        (_set(d=17), "d: got 17, expected an integer from 1 to 16"),
        (_set(d=3), "t: got 2 entries, expected a list of 3"),
        (_set(left=28.25), "left: got 28.25, expected text"),
        (_set(left="x"), 'left: got "x", expected a number'),
        (_set(right="1/0"), "denominator 0"),
        (_set(right="__import__('os')"), "expected a number"),
        (_set(right="9" * 10_001), "10001 characters; expected at most 10000"),
        (_set(left=None), "left: got nothing"),
        (_set(point=[]), "point: got a list, expected an object"),
        (_point(t="4, 7/2"), 't: got "4, 7/2", expected a list'),
        (_point(t=["7/2", "4"]), "expected t_1 >= ... >= t_d >= 0 with t_1 > 0"),
        (_point(t=["4", "-1"]), "expected t_1 >= ..."),
        (_point(t=["0", "0"]), "expected t_1 >= ..."),
        (_of_an_invertible_matrix, "got a zero, expected t_d > 0"),
        (_point(t=["4", "inf"]), 't_2: got "inf", expected a finite number'),
        (_point(t=["1e4000", "1"]), 't_1: got "1e4000", expected at most 300 digits'),
        (_point(t=["4", 3]), "point.t[1]: got 3, expected text"),
        (_point(Q=None), "point.Q: got nothing, expected a list"),
        (_point(Q=[[["1", "0"], ["0", "1"]]] * 2 + [[["1", "1"], ["0", "1"]]]), "Q_2: not orthog"),
        (_point(Q=[[["1", "0"]]] * 3), "Q_0: got 1 entries, expected a list of 2"),
        (_point(Q=[[["1", "0"], ["0"]]] * 3), "a row of Q_0: got 1 entries"),
        (_point(Q=[[["1", "0"], 5]] * 3), "point.Q[0][1]: got 5, expected a list"),
    ],
)
def test_malformed_counterexamples_are_one_line(
    change: Change,
    fragment: str,
    example: dict[str, Any],
    write: Callable[[Any], str],
    cli: Cli,
) -> None:
    change(example)
    assert fragment in cli.refused(["replay", write(example)])


def _printed(record: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = record["claims"][1]["as_printed"][0]
    return found


@pytest.mark.parametrize(
    ("change", "fragment"),
    [
        (_set(claims=None), "claims: got nothing, expected a list"),
        (_set(claims=[7]), "claims[0]: got 7, expected an object"),
        (_set(claims=[{}]), "id: got nothing, expected text"),
        (
            _set(claims=[{"id": "\x1b[31m", "as_printed": []}]),
            r"got '\x1b[31m', which is not in the catalogue",
        ),
        (_set(claims=[{"id": "orbit-volume"}]), "as_printed: got nothing, expected a list"),
        (lambda r: r["claims"][1].update(evidence=[0]), "evidence[0]: got 0, expected an object"),
        (
            lambda r: r["claims"][1]["evidence"][0].update(counterexample={}, route="magic"),
            'route: got "magic", expected one of derivation, exact',
        ),
        (lambda r: _printed(r).update(counterexample=7), "counterexample: got 7"),
        (
            lambda r: _printed(r).update(statement="1 = 2"),
            "its counterexample is of another statement",
        ),
        (
            lambda r: _printed(r)["counterexample"].update(claim="volume-form"),
            'claims[1]: got a counterexample of "volume-form"',
        ),
        (
            lambda r: _printed(r)["counterexample"].update(schema="x"),
            'schema: got "x", expected one of dlnproof-counterexample/1',
        ),
    ],
)
def test_malformed_records_are_one_line(
    change: Change,
    fragment: str,
    record: dict[str, Any],
    write: Callable[[Any], str],
    cli: Cli,
) -> None:
    data = copy.deepcopy(record)
    change(data)
    assert fragment in cli.refused(["replay", write(data)])


@pytest.mark.parametrize(
    ("text", "fragment"),
    [
        ("", "is not JSON"),
        ("\ufeff{", "is not JSON"),
        ("[" * 200_000, "is not JSON"),
        ("[]", "got schema nothing, expected dlnproof-record/4"),
        ("7", "got schema nothing"),
        ('{"N": ' + "9" * 5000 + "}", "is not JSON"),
    ],
)
def test_files_that_are_something_else(
    text: str, fragment: str, write: Callable[[Any], str], cli: Cli
) -> None:
    assert fragment in cli.refused(["replay", write(text)])


def test_files_that_cannot_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cli: Cli
) -> None:
    (tmp_path / "latin").write_bytes(b"\xff\xfe{}")
    assert "is not JSON" in cli.refused(["replay", str(tmp_path / "latin")])
    assert "cannot be read: " in cli.refused(["replay", str(tmp_path)])
    assert "cannot be read: No such file" in cli.refused(["replay", str(tmp_path / "none")])
    assert "cannot be read: " in cli.refused(["replay", "a\0b"])
    monkeypatch.setattr(json_file, "MAX_BYTES", 100)
    assert "larger than " in cli.refused(["replay", str(EXAMPLE)])


@pytest.mark.parametrize(
    ("words", "status", "fragment"),
    [
        (["--claim", "orbit"], USAGE, "did you mean orbit-volume"),
        (["--claim", "coarea"], USAGE, "got 'coarea', but it holds volume-form, orbit-volume"),
        (["--as-printed", "1"], USAGE, "--as-printed: got no claim"),
        (["--claim", "volume-form", "--as-printed", "0"], USAGE, "from 1 to 1000"),
        (["--claim", "volume-form", "--as-printed", "x"], USAGE, "from 1 to 1000"),
        (["--claim", "volume-form", "--as-printed", "5"], USAGE, "expected at most 4"),
        (["--claim", "volume-form", "--as-printed", "1"], NOTHING, "nothing to replay"),
        (["--json", "nowhere/r.json"], USAGE, "'nowhere' is not a directory"),
    ],
)
def test_selections(
    words: list[str],
    status: int,
    fragment: str,
    *,
    record: dict[str, Any],
    write: Callable[[Any], str],
    cli: Cli,
) -> None:
    assert fragment in cli.refused(["replay", write(record), *words], status)


def test_one_alone_has_no_selection(cli: Cli) -> None:
    assert "leave out --claim" in cli.refused(["replay", str(EXAMPLE), "--claim", "orbit-volume"])


def test_infinite_depth_has_no_exact_point(
    example: dict[str, Any], write: Callable[[Any], str], cli: Cli
) -> None:
    example.update(N="inf")
    example["point"]["Q"].pop()
    assert "N = inf: there is no check in rationals" in cli.refused(["replay", write(example)])
