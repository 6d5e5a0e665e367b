"""The example of a study: whole files, whoever makes them, and sums that forget nothing."""

import gc
import json
import runpy
import signal
import subprocess
import sys
import time
import weakref
from collections import Counter
from concurrent.futures import Executor, Future
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

import dlnproof
from dlnproof import training

parquet = pytest.importorskip("pyarrow.parquet")
SCRIPT = Path(__file__).parents[2] / "examples" / "study.py"
RUNS, PART = 3, "2/40"  # ten cells
TINY = ["--runs", str(RUNS), "--part", PART]


@pytest.fixture(scope="module")
def study() -> Any:
    return SimpleNamespace(**runpy.run_path(str(SCRIPT)))


def status(study: Any, monkeypatch: pytest.MonkeyPatch, *words: object) -> int:
    monkeypatch.setattr(sys, "argv", ["study.py", *map(str, words)])
    return int(study.main())


def command(folder: Path, *words: str) -> list[str]:
    return [sys.executable, str(SCRIPT), str(folder), *TINY, *words]


def stored(folder: Path) -> dict[str, bytes]:
    """The files of a folder, but those that a process was about to write when it was killed."""
    return {file.name: file.read_bytes() for file in folder.glob("seed-*/*.parquet")}


@pytest.fixture
def filled(study: Any, tmp_path: Path) -> Path:
    """A study with the outcomes of all its cells of one part, made up."""
    study.begin(tmp_path, RUNS)
    for k, cell in enumerate(study.cells(1, (2, 40))):
        counts = Counter({("ending", "reached"): RUNS, ("rank", str(1 + k % 2)): RUNS})
        (tmp_path / cell.file).parent.mkdir(exist_ok=True)
        study.write(tmp_path, cell, counts + Counter({("entropy", str(k)): RUNS}))
    return tmp_path


def test_parts_are_all_cells_once_and_have_every_noise(study: Any) -> None:
    every = [study.cells(2, (k, 20)) for k in range(1, 21)]
    parts = [list(part) for part in every]
    assert sorted(cell for part in parts for cell in part) == sorted(study.cells(2))
    assert len({cell.file for part in parts for cell in part}) == 800
    assert all({cell.noise for cell in part} == set(study.NOISE) for part in parts)


def test_counts_of_two_batches_add_up_to_those_of_both(study: Any) -> None:
    problem = study.PROBLEMS["diagonal-2"]
    found = training.train(problem, depth=3, runs=20, scale=0.1, stop_loss=1e-4)
    whole = study.reduced(problem, found)
    assert (
        study.reduced(problem, found.take(slice(7)))
        + study.reduced(problem, found.take(slice(7, 20)))
        == whole
    )
    assert whole["sign of det", "1"] == int((np.linalg.det(found.W) > 0).sum())
    assert whole["signs of entries", "--"] == int((found.W[:, 0, 1] < 0).sum())
    s = np.linalg.svd(found.W, compute_uv=False)
    assert whole["rank", "1"] == int((s[:, 1] <= study.RANK * s[:, 0]).sum())
    values = {
        "effective rank": dlnproof.effective_rank(found.W),
        "log volume": dlnproof.log_volume_density(found.W, 3),
        "entropy": dlnproof.entropy(found.W, 3),
    }
    for name, bins in study.BINS.items():
        expected = bins.counts(values[name])
        assert [whole[name, str(k)] for k in range(bins.count + 2)] == expected.tolist()


def test_of_what_diverged_only_the_number_is_kept(study: Any) -> None:
    problem = study.PROBLEMS["diagonal-2"]
    wild = training.train(
        problem, depth=3, runs=4, scale=0.1, method="descent", lr=50, max_steps=99
    )
    assert study.reduced(problem, wild) == {("ending", "diverged"): 4}


def test_what_is_written_is_read_and_added(study: Any, filled: Path) -> None:
    sums, absent = study.added(filled, study.cells(1, (2, 40)), RUNS, ())
    assert (absent, sums[()]["ending", "reached"]) == (0, 10 * RUNS)
    assert study.of(sums[()], "rank") == {"1": 5 * RUNS, "2": 5 * RUNS}
    low, high = study.BINS["entropy"].quantile(
        [RUNS] * 10 + [0] * (study.BINS["entropy"].count - 8), 0.5
    )
    assert study.rows(sums, ())[0]["median entropy"] == f"{low:g} to {high:g}"


def test_no_two_files_are_read_at_once(
    study: Any, filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tables: list[Any] = []
    read = parquet.ParquetFile.read

    def watched(file: Any, **given: Any) -> Any:
        gc.collect()
        assert not any(table() is not None for table in tables)
        table = read(file, **given)
        tables.append(weakref.ref(table))
        return table

    monkeypatch.setattr(parquet.ParquetFile, "read", watched)
    study.added(filled, study.cells(1, (2, 40)), RUNS, study.LABELS)
    assert len(tables) == 10


def test_no_more_cells_are_handed_out_than_is_said(study: Any, tmp_path: Path) -> None:
    handed = []

    class Counting(Executor):
        def submit(self, work: Any, cell: Any, runs: Any) -> Any:  # type: ignore[override]
            future: Future[Any] = Future()
            future.set_result(Counter({("ending", "reached"): runs}))
            handed.append(cell)
            return future

    seen = 0
    for seen, _ in enumerate(study.train_cells(tmp_path, study.cells(1), 1, Counting()), 1):
        assert len(handed) - seen < study.AHEAD
    assert seen == len(handed) == 400


@pytest.mark.parametrize("damage", ["empty", "cut", "of another cell", "of more runs"])
def test_a_damaged_file_is_refused_in_a_line(
    study: Any,
    filled: Path,
    damage: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    cell, other = list(study.cells(1, (2, 40)))[:2]
    file = filled / cell.file
    if damage == "of more runs":
        study.write(filled, cell, Counter({("ending", "reached"): RUNS + 1}))
    else:
        another = (filled / other.file).read_bytes()
        file.write_bytes({"empty": b"", "cut": another[:-9]}.get(damage, another))
    assert status(study, monkeypatch, filled, *TINY, "--report") == 4
    said = capsys.readouterr().err
    assert str(cell.file) in said
    assert said.count("\n") == 1


def test_other_settings_and_what_is_missing_are_named(
    study: Any, filled: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert status(study, monkeypatch, filled, "--runs", 4, "--report") == 4
    assert "is the folder of another study" in capsys.readouterr().err
    assert status(study, monkeypatch, filled, "--runs", RUNS, "--report", "--by", "depth") == 0
    assert "390 cells are missing" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["--runs", "0"], ["--part", "3/2"], ["--seeds", "x"]])
def test_an_option_that_says_nothing_is_refused(
    study: Any,
    words: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit):
        status(study, monkeypatch, "nowhere", *words)
    assert f"got '{words[1]}', expected" in capsys.readouterr().err


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same cells by one process, with the report."""
    folder = tmp_path_factory.mktemp("made")
    subprocess.run(command(folder, "--json", str(folder / "report.json")), check=True)
    assert len(stored(folder)) == 10
    return folder


@pytest.mark.long  # a Dask cluster
def test_a_dask_cluster_makes_the_same_bytes(made: Path, tmp_path: Path) -> None:
    pytest.importorskip("distributed")
    subprocess.run(command(tmp_path, "--local", "2"), check=True)
    assert stored(tmp_path) == stored(made)


@pytest.mark.long  # other processes
def test_two_processes_make_the_same_bytes_though_they_were_killed(
    made: Path, tmp_path: Path
) -> None:
    begun = subprocess.Popen(command(tmp_path, "--jobs", "2"), stdout=subprocess.PIPE)
    while not stored(tmp_path):
        assert begun.poll() is None
        time.sleep(0.01)
    begun.send_signal(signal.SIGKILL)
    begun.communicate(timeout=60)  # its processes hold that pipe, too: they have ended with it
    kept = {file: file.stat().st_mtime_ns for file in tmp_path.glob("seed-*/*.parquet")}
    assert 0 < len(kept) < 10
    assert stored(tmp_path).items() <= stored(made).items()
    report = tmp_path / "report.json"
    subprocess.run(command(tmp_path, "--jobs", "2", "--json", str(report)), check=True)
    assert stored(tmp_path) == stored(made)
    assert all(file.stat().st_mtime_ns == at for file, at in kept.items())
    assert report.read_bytes() == (made / "report.json").read_bytes()
    assert sum(int(row["runs"]) for row in json.loads(report.read_text())) == 10 * RUNS
