"""Runs on disk: what is written comes back to the bit, and nothing else is taken for it."""

import hashlib
import io
import json
import math
import os
import tracemalloc
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from itertools import count, islice
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.lib import format as npy

from dlnproof.errors import InputError
from dlnproof.files.crashes import crashed
from dlnproof.training import Completion, Runs, load, save, train
from dlnproof.training.runs import ARRAYS
from dlnproof.training.settings import NOISE, checked_settings
from dlnproof.training.store import (
    DamagedWarning,
    Kept,
    _sealed,
    arrays_of,
    packed,
    unpacked,
)

PROBLEM = Completion((2, 3), {(0, 0): 1, (0, 2): 0.1, (1, 1): -0.5})

SHORT: dict[str, Any] = {
    "depth": 2, "runs": 1, "scale": 0.1, "lr": 0.1, "at_loss": [0.1], "max_steps": 2,
}  # fmt: skip


@pytest.fixture(scope="module")
def runs() -> Runs:
    return train(PROBLEM, depth=3, runs=5, scale=0.1, lr=0.1, at_loss=[0.1, 0.01], max_steps=50)


@pytest.fixture
def stored(runs: Runs, tmp_path: Path) -> Path:
    save(runs, tmp_path / "runs.npz")
    return tmp_path / "runs.npz"


def test_what_is_saved_is_loaded(runs: Runs, stored: Path) -> None:
    found = load(stored)
    for name in ARRAYS:
        np.testing.assert_array_equal(getattr(found, name), getattr(runs, name))
    assert (found.problem, found.settings, found.levels) == (PROBLEM, runs.settings, (0.1, 0.01))


def test_matrices_along_the_runs_are_stored_where_they_were_asked_for(runs: Runs) -> None:
    along = np.arange(60.0).reshape(5, 2, 2, 3)
    timed = replace(runs, times=(0.0, 1.5), W_at_time=along)
    found = unpacked(packed(arrays_of(timed)), PROBLEM, runs.settings)
    assert found.times == (0.0, 1.5)
    np.testing.assert_array_equal(found.W_at_time, along)
    assert "W_at_time" not in arrays_of(runs)
    arrays = {**arrays_of(timed), "W_at_time": along[:, :1]}
    with pytest.raises(InputError, match="'W_at_time' has shape"):
        unpacked(packed(arrays), PROBLEM, runs.settings)
    del arrays["W_at_time"]
    with pytest.raises(InputError, match="no array 'W_at_time'"):
        unpacked(packed(arrays), PROBLEM, runs.settings)


def test_the_npz_has_the_arrays_of_the_contract(runs: Runs, stored: Path) -> None:
    with np.load(stored, allow_pickle=False) as arrays:
        shapes = {name: arrays[name].shape for name in arrays}
        np.testing.assert_array_equal(arrays["effective_rank"], runs.effective_rank)
        np.testing.assert_array_equal(arrays["nuclear"], runs.norms["nuclear"])
        assert set(arrays["ending"].tolist()) <= {"reached", "unfinished"}
    per_run = dict.fromkeys(
        ("loss", "det_sign", "effective_rank", "ending", "steps", "time"), (5,)
    ) | dict.fromkeys(("frobenius", "nuclear", "spectral"), (5,))
    assert shapes == {  # and nothing else: "allow_pickle" was one, once, with numpy before 2.2
        **per_run,
        "W": (5, 2, 3),
        "log_singular_values": (5, 2),
        "levels": (2,),
        "W_at": (5, 2, 2, 3),
    }


def test_the_json_says_what_the_arrays_are(stored: Path) -> None:
    described = json.loads(stored.with_suffix(".json").read_text())
    assert described["schema"] == "dlnproof-runs/3"
    assert described["problem"]["shape"] == [2, 3]
    assert described["problem"]["observed"][1] == {"entry": [1, 3], "value": 0.1}
    assert described["seed"] == 0
    assert described["settings"]["lr"] == 0.1
    assert sum(described["endings"].values()) == described["runs"] == 5


def test_the_same_runs_have_the_same_bytes(runs: Runs, stored: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.npz"
    save(runs, other)
    assert other.read_bytes() == stored.read_bytes()
    assert other.with_suffix(".json").read_bytes() == stored.with_suffix(".json").read_bytes()


def test_runs_of_the_first_schema_are_read(runs: Runs, stored: Path) -> None:
    described = json.loads(stored.with_suffix(".json").read_text())
    del described["settings"]["hidden"]
    rewrite(stored, schema="dlnproof-runs/1", settings=described["settings"])
    np.testing.assert_array_equal(load(stored).W, runs.W)


def test_runs_of_the_second_schema_are_read(runs: Runs, stored: Path) -> None:
    described = json.loads(stored.with_suffix(".json").read_text())
    settings = {name: v for name, v in described["settings"].items() if name not in NOISE}
    rewrite(stored, schema="dlnproof-runs/2", settings=settings)
    again = load(stored)
    np.testing.assert_array_equal(again.W, runs.W)
    assert "beta" not in again.settings


@pytest.mark.parametrize("version", ["9.8.7", 3, None])
def test_runs_of_a_later_schema_are_refused_by_their_version(stored: Path, version: Any) -> None:
    rewrite(stored, schema="dlnproof-runs/9", version=version)
    with pytest.raises(InputError) as refused:
        load(stored)
    assert f"schema 'dlnproof-runs/9', written by version {version!r}; this is" in str(
        refused.value
    )
    assert "\n" not in str(refused.value)


def test_the_truth_is_stored_with_the_errors_against_it(tmp_path: Path) -> None:
    truth = np.arange(6.0).reshape(2, 3)
    problem = Completion(PROBLEM.shape, PROBLEM.observed, truth)
    compared = train(problem, depth=2, runs=3, scale=0.1, lr=0.1, max_steps=5)
    save(compared, tmp_path / "x.npz")
    assert load(tmp_path / "x.npz").problem == problem
    with np.load(tmp_path / "x.npz") as arrays:
        for name, values in compared.errors.items():
            np.testing.assert_array_equal(arrays[name], values)
        assert {"error_all", "error_unobserved", "truth"} < set(arrays)
    described = json.loads((tmp_path / "x.json").read_text())
    assert described["problem"]["arrays"]["truth"]["shape"] == [2, 3]
    alone = train(PROBLEM, depth=2, runs=3, scale=0.1, lr=0.1, max_steps=5)
    np.testing.assert_array_equal(compared.W, alone.W)  # training never sees it
    for shape in ([9, 9], ["x"], [-1, 3], [1.5], None, 7):
        told = {**described["problem"], "arrays": {"truth": {"shape": shape, "sha256": ""}}}
        rewrite(tmp_path / "x.npz", problem=told)
        if shape == [9, 9]:  # more than there is is no harm
            assert load(tmp_path / "x.npz").problem == problem
            continue
        with pytest.raises(InputError, match=r"expected the \.npz"):
            load(tmp_path / "x.npz")


@pytest.mark.parametrize("name", ["A", "truth", "../x"])
def test_arrays_of_a_problem_that_are_absent_are_missed(name: str, stored: Path) -> None:
    described = json.loads(stored.with_suffix(".json").read_text())
    told = {**described["problem"], "arrays": {name: {"shape": [1], "sha256": ""}}}
    rewrite(stored, problem=told)
    with pytest.raises(InputError, match="no NPZ file of numbers"):
        load(stored)


def test_levels_are_stored_only_where_asked_for(tmp_path: Path) -> None:
    plain = train(PROBLEM, depth=2, runs=2, scale=0.1, lr=0.1, max_steps=5)
    save(plain, tmp_path / "x.npz")
    with np.load(tmp_path / "x.npz") as arrays:
        assert not {"levels", "W_at"} & set(arrays)
    assert load(tmp_path / "x.npz").W_at.shape == (2, 0, 2, 3)


def test_infinite_depth_is_stored(tmp_path: Path) -> None:
    square = Completion((2, 2), {(0, 0): 1})
    flowed = train(square, depth=math.inf, runs=2, scale=0.1, stop_loss=1e-3)
    save(flowed, tmp_path / "x.npz")
    assert load(tmp_path / "x.npz").settings["depth"] == "inf"


def test_a_link_stays_a_link(runs: Runs, tmp_path: Path) -> None:
    (tmp_path / "link.npz").symlink_to("target.npz")
    save(runs, tmp_path / "link.npz")
    assert (tmp_path / "link.npz").is_symlink()
    assert len(load(tmp_path / "link.npz")) == 5
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "link.json",
        "link.npz",
        "target.npz",
    ]


@pytest.mark.parametrize("name", ["runs.txt", "runs", "-", "", "nowhere/runs.npz", "d.npz"])
def test_names_that_cannot_be_written_are_refused(
    name: str, runs: Runs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("d.npz").mkdir()
    with pytest.raises(InputError) as refused:
        save(runs, name)
    assert "\n" not in str(refused.value)
    assert [path.name for path in tmp_path.iterdir()] == ["d.npz"]


def test_what_is_no_regular_file_is_never_replaced(runs: Runs, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.json")
    with pytest.raises(InputError, match="not a regular file"):
        save(runs, tmp_path / "x.npz")
    assert not (tmp_path / "x.npz").exists()


def names(directory: Path) -> list[str]:
    """Return what a directory holds, hidden files included."""
    return sorted(path.name for path in directory.iterdir())


def rewrite(path: Path, **changes: Any) -> None:
    """Change fields of the JSON beside an NPZ."""
    beside = path.with_suffix(".json")
    beside.write_text(json.dumps({**json.loads(beside.read_text()), **changes}))


def spoil(path: Path, how: str) -> None:
    """Make of the files something else."""
    beside = path.with_suffix(".json")
    match how:
        case "gone":
            path.unlink()
        case "alone":
            beside.unlink()
        case "no JSON":
            beside.write_text("{")
        case "binary":
            beside.write_bytes(b"\xff\xfe")
        case "list":
            beside.write_text("[]")
        case "schema":
            rewrite(path, schema="dlnproof-record/1")
        case "settings":
            rewrite(path, settings=[])
        case "problem":
            rewrite(path, problem={"shape": [2, 3]})
        case "an entry without its column":
            rewrite(path, problem={"shape": [2, 3], "observed": [{"entry": [1], "value": 1}]})
        case "index":
            rewrite(path, problem={"shape": [2, 3], "observed": [{"entry": [9, 9], "value": 1}]})
        case "swapped":
            with np.load(path) as stored:
                arrays = dict(stored)
            np.savez(path, **{**arrays, "W": arrays["W"] + 1})


@pytest.mark.parametrize(
    "how",
    [
        "gone",
        "alone",
        "no JSON",
        "binary",
        "list",
        "schema",
        "settings",
        "problem",
        "an entry without its column",
        "index",
        "swapped",
    ],
)
def test_foreign_files_are_refused_in_one_line(how: str, stored: Path) -> None:
    spoil(stored, how)
    with pytest.raises(InputError) as refused:
        load(stored)
    if how == "swapped":
        assert "not the file that 'runs.json' was written with" in str(refused.value)
    assert "\n" not in str(refused.value)
    assert len(str(refused.value)) < 400


@pytest.mark.parametrize(
    "arrays",
    [
        None,
        {"W": np.zeros((2, 2, 3))},
        {"W": np.zeros((2, 2, 2))},
        {"W": np.array([{}], dtype=object)},
    ],
)
def test_arrays_that_are_no_runs_are_refused(arrays: Any, stored: Path) -> None:
    from hashlib import sha256

    if arrays is None:
        stored.write_bytes(b"PK no zip")
    else:
        np.savez(stored, **arrays)
    rewrite(stored, npz_sha256=sha256(stored.read_bytes()).hexdigest())
    with pytest.raises(InputError, match=r"expected the \.npz"):
        load(stored)


def one_byte_wrong(data: bytes, *changes: int) -> Iterator[bytes]:
    """Yield the file with each of its bytes changed in turn, in these bits."""
    for at, byte in enumerate(data):
        for change in changes:
            yield data[:at] + bytes([byte ^ change]) + data[at + 1 :]


def test_whatever_byte_of_an_npz_is_wrong_is_one_line() -> None:
    whole, said = train(PROBLEM, **SHORT), []
    for data in one_byte_wrong(packed(arrays_of(whole)), 0x01, 0x80, 0xFF):
        try:
            unpacked(data, PROBLEM, whole.settings)
        except InputError as error:
            said.append(str(error))
    assert len(said) > 1000
    assert not any("\n" in message for message in said)


def test_a_kept_file_with_a_wrong_byte_counts_as_absent(tmp_path: Path) -> None:
    kept = Kept(tmp_path, PROBLEM, checked_settings(PROBLEM, **SHORT))
    kept.save(0, train(PROBLEM, **SHORT))
    assert kept.load(0, 1) is not None
    [file] = tmp_path.glob("*/*.npz")
    for data in islice(one_byte_wrong(file.read_bytes(), 0xFF), None, None, 5):
        file.write_bytes(data)
        with pytest.warns(DamagedWarning, match="trained again"):
            assert kept.load(0, 1) is None


@pytest.mark.parametrize("how", ["folder", "circle", "other count", "compressed"])
def test_whatever_is_in_the_place_of_a_kept_file_its_runs_are_trained_again(
    how: str, tmp_path: Path
) -> None:
    whole = train(PROBLEM, **SHORT)
    kept = Kept(tmp_path, PROBLEM, checked_settings(PROBLEM, **SHORT))
    kept.save(0, whole)
    [file] = tmp_path.glob("*/*.npz")
    if how == "compressed":
        packing = io.BytesIO()
        np.savez_compressed(packing, **arrays_of(whole))
        file.write_bytes(_sealed(packing.getvalue()))
    elif how != "other count":
        file.unlink()
        file.mkdir() if how == "folder" else file.symlink_to(file)
    with pytest.warns(DamagedWarning, match=r"cannot be used \(.*trained again"):
        assert kept.load(0, 2 if how == "other count" else 1) is None


@pytest.mark.long
def test_killed_anywhere_a_reader_finds_the_old_runs_or_the_new(tmp_path: Path) -> None:
    old, new = (train(PROBLEM, **{**SHORT, "runs": runs}) for runs in (2, 3))
    save(new, tmp_path / "new.npz")
    seen = []
    for at in count():
        here = tmp_path / str(at)
        here.mkdir()
        save(old, here / "x.npz")
        change = crashed(lambda here=here: save(new, here / "x.npz"), at)  # type: ignore[misc]
        if change is None:
            break
        seen.append(len(load(here / "x.npz")))
        save(new, here / "x.npz")
        for suffix in (".npz", ".json"):
            again, alone = (here / "x").with_suffix(suffix), (tmp_path / "new").with_suffix(suffix)
            assert again.read_bytes() == alone.read_bytes()
        assert names(here) == ["x.json", "x.npz"]
    assert set(seen) == {2, 3}
    assert seen == sorted(seen)


def test_arrays_that_ask_for_more_than_the_file_are_refused_without_memory(stored: Path) -> None:
    """Neither what is compressed nor what a header says of a shape is given its memory."""
    bombs = []
    with np.load(stored) as arrays:
        squeezed = io.BytesIO()
        np.savez_compressed(squeezed, **{**dict(arrays), "W": np.zeros((5 * 10**6, 2, 3))})
    bombs.append(squeezed.getvalue())
    header = io.BytesIO()
    npy.write_array_header_1_0(
        header, {"descr": "<f8", "fortran_order": False, "shape": (10**9, 2, 3)}
    )
    shaped = io.BytesIO()
    with zipfile.ZipFile(shaped, "w") as archive:
        archive.writestr("W.npy", header.getvalue())
    bombs.append(shaped.getvalue())
    for bomb in bombs:
        stored.write_bytes(bomb)
        rewrite(stored, npz_sha256=hashlib.sha256(bomb).hexdigest(), runs=5 * 10**6)
        tracemalloc.start()
        with pytest.raises(InputError, match="no NPZ file of numbers"):
            load(stored)
        assert tracemalloc.get_traced_memory()[1] < 2**24
        tracemalloc.stop()


def test_files_without_end_are_not_read(stored: Path) -> None:
    os.truncate(stored, 2**40)
    tracemalloc.start()
    with pytest.raises(InputError, match=r"more than [0-9]+ bytes"):
        load(stored)
    assert tracemalloc.get_traced_memory()[1] < 2**24
    tracemalloc.stop()
    for file in (stored, stored.with_suffix(".json")):
        file.unlink()
        os.mkfifo(file)
        with pytest.raises(InputError, match="not a regular file"):
            load(stored)


@pytest.mark.parametrize("number", ["x", 1.5, -1, None, [1], 10**30])
def test_numbers_of_runs_that_are_none(number: Any, stored: Path) -> None:
    rewrite(stored, runs=number)
    if number == 10**30:
        assert len(load(stored)) == 5
        return
    with pytest.raises(InputError, match="runs"):
        load(stored)


def test_a_run_without_a_file_name_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        load(tmp_path)
