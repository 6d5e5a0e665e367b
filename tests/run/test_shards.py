"""Shards of a run are made apart, and merged into the record of the run in one piece."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from conftest import Cli

from dlnproof.errors import InputError
from dlnproof.record.reading import intact_record
from dlnproof.run.grid import Grid
from dlnproof.run.planning import plan
from dlnproof.run.shards import Made, Shard, merged, read_shard

RUN = ["check", "volume-form", "recap", "svd-jacobian", "--quick", "--width", "1..2"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("shards")


@pytest.fixture
def whole(folder: Path, cli: Cli) -> bytes:
    if not (folder / "whole").exists():
        cli([*RUN, "--json", str(folder / "whole")])
    return (folder / "whole").read_bytes()


@pytest.fixture
def two(folder: Path, cli: Cli) -> list[str]:
    """The files of the two shards of that run."""
    names = [str(folder / f"{number}") for number in (1, 2)]
    for number, name in enumerate(names, 1):
        if not Path(name).exists():
            cli([*RUN, "--shard", f"{number}/2", "--json", name])
    return names


def test_they_make_the_record_of_the_run_byte_for_byte(
    two: list[str], whole: bytes, tmp_path: Path, cli: Cli
) -> None:
    made = tmp_path / "made"
    for names in (two, two[::-1]):
        out, _ = cli(["merge", *names, "--json", str(made)])
        assert made.read_bytes() == whole
        assert out.startswith(f"shard 1/2: {two[0]}: svd-jacobian, recap\nshard 2/2: {two[1]}: vol")
        assert out.endswith("All 3 claims hold: 3 proved.\n")


def test_more_shards_than_claims(whole: bytes, tmp_path: Path, cli: Cli) -> None:
    names = [str(tmp_path / f"{number}") for number in range(1, 6)]
    for number, name in enumerate(names, 1):
        cli([*RUN, "--shard", f"{number}/5", "--json", name, "--jobs", "1"])
    assert cli(["merge", *names, "--json", "-"]).out.encode() == whole


def test_each_claim_is_in_one_shard_with_all_its_jobs() -> None:
    every = plan([], Grid(depths=(2,), widths=(1,)))
    for of in (1, 2, 7, 100):
        parts = [Shard(number, of).part(every) for number in range(1, of + 1)]
        assert sorted(c.id for p in parts for c in p.claims) == sorted(c.id for c in every.claims)
        assert sum(len(p.jobs) for p in parts) == len(every.jobs)
        assert all({j.claim for j in p.jobs} == {c.id for c in p.claims} for p in parts)


@pytest.mark.parametrize("text", ["0/2", "3/2", "1", "1/", "-1/2", "1/2/3", "a/b", "1/10001"])
def test_what_is_no_shard(text: str, cli: Cli) -> None:
    assert f"--shard: got {text!r}, expected I/N" in cli.refused(
        [*RUN, f"--shard={text}", "--json", "x"]
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "--shard: got no --json, expected the file that 'dlnproof merge' reads"),
        (["--json", "x", "--junit", "y"], "--shard: got --junit too, which is of a whole run"),
        (["--json", "x", "-x"], "--shard: got -x too, which is of a whole run"),
    ],
)
def test_a_shard_has_one_form(words: list[str], said: str, cli: Cli) -> None:
    assert said in cli.refused([*RUN, "--shard", "1/2", *words])


@pytest.mark.usefixtures("whole")
def test_missing_doubled_or_no_shards(two: list[str], folder: Path, cli: Cli) -> None:
    one, other = two
    assert "merge: got no shard 2/2, expected all 2" in cli.refused(["merge", one])
    assert f"file {one!r}: is shard 1/2, as file {one!r} is" in cli.refused(["merge", one, one])
    said = cli.refused(["merge", one, str(folder / "whole")])
    assert 'got "dlnproof-record/' in said
    assert "write one with 'check --shard I/N --json FILE'" in said
    said = cli.refused(["verify", one])
    assert 'got schema "dlnproof-shard/1", expected dlnproof-record/' in said
    assert "--json: got" in cli.refused(["merge", one, other, "--json", one])


def changed(path: str, tmp_path: Path, change: Any) -> str:
    data = json.loads(Path(path).read_text())
    change(data)
    (tmp_path / "changed").write_text(json.dumps(data))
    return str(tmp_path / "changed")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda data: data["record"].update(seed=7), "was changed after it was written"),
        (lambda data: data.update(shard="2/3"), "is of another number of shards than"),
        (lambda data: data.update(shard=[2, 2]), "--shard: got '[2, 2]', expected I/N"),
        (lambda data: data.update(more=1), "expected schema, shard and record"),
        (lambda data: data.pop("record"), 'got the fields "schema", "shard", expected'),
    ],
)
def test_an_edited_one(change: Any, said: str, two: list[str], tmp_path: Path, cli: Cli) -> None:
    assert said in cli.refused(["merge", two[0], changed(two[1], tmp_path, change)])


def resigned(made: Made, **fields: Any) -> Made:
    return replace(made, record=replace(made.record, **fields))


def test_shards_of_another_run(two: list[str], whole: bytes, folder: Path) -> None:
    one, other = map(read_shard, two)
    record = one.record
    elsewhere = replace(record.environment, python="3.99")
    others: dict[str, dict[str, Any]] = {
        "version": {"version": "0.0.9"},
        "commit": {"commit": "0" * 40},
        "command": {"command": "dlnproof check"},
        "seed": {"seed": 3},
        "settings": {"run": replace(record.run, digits=7)},
        "surroundings": {"environment": elsewhere},
    }
    for what, fields in others.items():
        with pytest.raises(InputError, match=f"is of another {what} than"):
            merged([one, resigned(other, **fields)])
    with pytest.raises(InputError, match="numbers of claims do not fit"):
        merged([one, resigned(other, claims=())])
    files = {"mine.py": "0" * 64}, {"mine.py": "1" * 64}
    first, second = (
        resigned(made, run=replace(made.record.run, files=f))
        for made, f in zip((one, other), files, strict=True)
    )
    with pytest.raises(InputError, match="is of another file of claims than"):
        merged([first, second])
    assert merged([first, other]).run.files == files[0]
    assert merged([one, other]) == intact_record(str(folder / "whole"))
    assert whole
