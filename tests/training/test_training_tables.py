"""Runs as tables: what columns hold, that they are no copies, and what libraries make of them."""

import csv
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from dlnproof.errors import InputError
from dlnproof.training import tables
from dlnproof.training.batches import train
from dlnproof.training.completion import Completion
from dlnproof.training.runs import Runs
from dlnproof.training.tables import save_columns

PROBLEM = Completion((2, 2), {(0, 0): 1, (1, 1): 1})


@pytest.fixture(scope="module")
def runs() -> Runs:
    return train(PROBLEM, depth=3, runs=4, scale=1e-2, stop_loss=1e-4, at_loss=[0.5, 1e-2, 1e-9])


def test_columns_are_the_runs_own_arrays(runs: Runs) -> None:
    columns = runs.columns(entries=True)
    for name in ("ending", "loss", "steps", "time", "det_sign"):
        assert columns[name] is getattr(runs, name)
    for k in range(2):
        assert np.shares_memory(columns[f"log_sigma_{k + 1}"], runs.log_singular_values)
        np.testing.assert_array_equal(columns[f"log_sigma_{k + 1}"], runs.log_singular_values[:, k])
        for j in range(2):
            column = columns[f"W_{k + 1}_{j + 1}"]
            assert np.shares_memory(column, runs.W)
            np.testing.assert_array_equal(column, runs.W[:, k, j])
    np.testing.assert_array_equal(columns["effective_rank"], runs.effective_rank)
    np.testing.assert_array_equal(columns["nuclear"], runs.norms["nuclear"])
    assert {column.shape for column in columns.values()} == {(4,)}
    assert not any(name.startswith("W_") for name in runs.columns())


def test_columns_along_levels_are_a_row_for_each_run_and_level(runs: Runs) -> None:
    columns = runs.columns(along="level", entries=True)
    assert columns["run"].tolist() == [k for k in range(4) for _ in range(3)]
    assert columns["level"].tolist() == [0.5, 1e-2, 1e-9] * 4
    assert np.shares_memory(columns["W_1_2"], runs.W_at)
    np.testing.assert_array_equal(columns["W_1_2"], runs.W_at[:, :, 0, 1].ravel())
    never = columns["level"] == 1e-9  # below where the runs stop
    for name in ("effective_rank", "frobenius", "nuclear", "spectral", "sigma_1", "sigma_2"):
        assert np.isnan(columns[name][never]).all()
        assert np.isfinite(columns[name][~never]).all()
    sigma = np.linalg.svd(runs.W_at[:, :2], compute_uv=False).reshape(-1, 2)
    np.testing.assert_allclose(columns["sigma_2"][~never], sigma[:, 1], rtol=1e-12)
    np.testing.assert_allclose(columns["frobenius"][~never], np.linalg.norm(sigma, axis=1))


@pytest.fixture(scope="module")
def timed() -> Runs:
    return train(PROBLEM, depth=2, runs=3, scale=0.1, stop_loss=1e-4, at_time=[0.5, 2, 1e6])


def test_columns_along_times_are_a_row_for_each_run_and_time(timed: Runs) -> None:
    columns = timed.columns(along="time")
    assert "level" not in columns
    assert columns["time"].tolist() == [0.5, 2, 1e6] * 3
    after = columns["time"] == 1e6  # the runs have ended before
    assert np.isnan(columns["spectral"][after]).all()
    sigma = np.linalg.svd(timed.W_at_time[:, :2], compute_uv=False)[..., 0].ravel()
    np.testing.assert_allclose(columns["spectral"][~after], sigma, rtol=1e-12)


@pytest.mark.parametrize(
    ("along", "said"),
    [
        ("loss", "along: got 'loss', expected one of level, time"),
        ("time", "along: got 'time', but these runs kept no W on the way; expected runs that were"),
    ],
)
def test_what_was_not_kept_is_said(runs: Runs, along: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        runs.columns(along=along)


def test_no_runs_are_no_rows(runs: Runs) -> None:
    none = runs.take(slice(0))
    assert {column.shape for column in none.columns(entries=True).values()} == {(0,)}
    assert {column.shape for column in none.columns(along="level").values()} == {(0,)}
    assert "none; median loss unknown" in repr(none)


def test_a_batch_is_shown_in_two_lines(runs: Runs) -> None:
    first, second = repr(runs).splitlines()
    assert first == "<4 runs of Completion 2 x 2, method flow, depth 3, scale 0.01:"
    assert second == " 4 reached; median loss 0.0001>"
    assert len(repr(Runs.unknown(PROBLEM, {"depth": [2] * 1000}, 1000, ())).splitlines()) == 2
    assert "depth" not in repr(Runs.unknown(PROBLEM, {"depth": [2] * 1000}, 1000, ()))
    assert "1000 lost; median loss unknown" in repr(Runs.unknown(PROBLEM, {}, 1000, ()))


# --- other libraries ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("package", "ask"),
    [("pandas", Runs.to_frame), ("xarray", Runs.to_xarray)],
)
def test_a_library_that_is_absent_is_named(
    runs: Runs, monkeypatch: pytest.MonkeyPatch, package: str, ask: Any
) -> None:
    monkeypatch.setattr(tables, "find_spec", lambda name: None)
    with pytest.raises(InputError, match=f"{package} is not installed.*pip install {package}"):
        ask(runs)


def test_pandas_takes_them(runs: Runs) -> None:
    pytest.importorskip("pandas")
    frame = runs.to_frame(entries=True)
    assert list(frame) == list(runs.columns(entries=True))
    assert frame["loss"].tolist() == runs.loss.tolist()
    assert frame["ending"].tolist() == runs.ending.tolist()
    assert np.shares_memory(frame["loss"].to_numpy(), runs.loss)
    assert runs.to_frame(along="level").groupby("level").size().tolist() == [4, 4, 4]


def test_polars_takes_them(runs: Runs) -> None:
    polars: Any = pytest.importorskip("polars")
    frame = polars.DataFrame(runs.columns())
    assert frame["loss"].to_list() == runs.loss.tolist()
    assert frame["ending"].to_list() == runs.ending.tolist()


def test_xarray_has_named_axes_and_no_copies(runs: Runs) -> None:
    pytest.importorskip("xarray")
    data = runs.to_xarray()
    assert dict(data.sizes) == {"run": 4, "level": 3, "row": 2, "column": 2, "index": 2}
    assert np.shares_memory(data["W"].values, runs.W)
    assert np.shares_memory(data["W_at"].values, runs.W_at)
    assert data["W_at"].dims == ("run", "level", "row", "column")
    assert float(data["W"].sel(run=1, row=1, column=2)) == runs.W[1, 0, 1]
    assert float(data["W_at"].sel(run=1, level=0.5, row=2, column=1)) == runs.W_at[1, 0, 1, 0]
    assert data["end_time"].values is runs.time
    assert data["singular_values_at_level"].dims == ("run", "level", "index")
    assert data.attrs["method"] == "flow"


def test_xarray_has_the_times(timed: Runs) -> None:
    pytest.importorskip("xarray")
    data = timed.to_xarray()
    assert data["W_at_time"].dims == ("run", "time", "row", "column")
    assert np.shares_memory(data["W_at_time"].values, timed.W_at_time)
    assert "level" not in data.sizes
    assert data["time"].values.tolist() == [0.5, 2, 1e6]
    assert data["frobenius_at_time"].dims == ("run", "time")


def test_xarray_of_runs_that_kept_nothing_on_the_way() -> None:
    pytest.importorskip("xarray")
    data = train(Completion((2, 3), {(0, 0): 1}), depth=2, runs=1, scale=0.1).to_xarray()
    assert dict(data.sizes) == {"run": 1, "row": 2, "column": 3, "index": 2}


# --- files ----------------------------------------------------------------------------------------


def test_csv_reads_back_as_the_same_numbers(runs: Runs, tmp_path: Path) -> None:
    columns = runs.columns(entries=True)
    save_columns(columns, tmp_path / "runs.csv")
    with (tmp_path / "runs.csv").open(newline="") as stream:
        header, *rows = csv.reader(stream)
    assert header == list(columns)
    for name, values in zip(header, zip(*rows, strict=True), strict=True):
        kind = str if name == "ending" else float
        assert [kind(value) for value in values] == columns[name].tolist()


def test_csv_has_infinities_and_nan_as_words(tmp_path: Path) -> None:
    save_columns({"x": np.array([math.inf, -math.inf, math.nan, 0.1])}, tmp_path / "x.csv")
    assert (tmp_path / "x.csv").read_text() == "x\ninf\n-inf\nnan\n0.1\n"


def test_parquet_reads_back_as_the_same(runs: Runs, tmp_path: Path) -> None:
    parquet: Any = pytest.importorskip("pyarrow.parquet")
    columns = runs.columns(entries=True)
    save_columns(columns, tmp_path / "runs.parquet")
    found = parquet.read_table(tmp_path / "runs.parquet").to_pydict()
    assert found == {name: values.tolist() for name, values in columns.items()}


def test_parquet_without_pyarrow_is_refused(
    runs: Runs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "find_spec", lambda name: None)
    with pytest.raises(InputError, match=r"pyarrow is not installed.*\.csv needs nothing"):
        save_columns(runs.columns(), tmp_path / "runs.parquet")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["runs.xls", "runs", "-", "absent/runs.csv"])
def test_a_file_of_no_known_form_or_place_is_refused(
    runs: Runs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match=f"^path: got '{name}'"):
        save_columns(runs.columns(), name)


@pytest.mark.parametrize("columns", [{}, {"a": [1], "b": [1, 2]}, {"a": [[1]]}])
def test_what_is_no_table_is_refused(columns: dict[str, Any], tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"columns: got \d of the shapes .*of one shape \(rows,\)"):
        save_columns(columns, tmp_path / "x.csv")
