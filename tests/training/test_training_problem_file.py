"""Problems from arrays and files: every format says the same, and every fault is one line."""

import gzip
import io
import os
import threading
import tracemalloc
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from dlnproof.errors import InputError
from dlnproof.limits import WIDEST
from dlnproof.training import Completion, Sensing, problem_file
from dlnproof.training.problem_file import MOST_BYTES

W = np.array([[1, np.nan, 3], [-4, 0.5, np.nan]])
PROBLEM = Completion((2, 3), {(0, 0): 1, (0, 2): 3, (1, 0): -4, (1, 1): 0.5})
MARKET = "%%MatrixMarket matrix coordinate real general\n2 3 4\n1 1 1\n1 3 3\n2 1 -4\n2 2 0.5\n"


def npy(array: Any, **options: Any) -> bytes:
    buffer = io.BytesIO()
    np.save(buffer, array, **options)
    return buffer.getvalue()


def npz(**arrays: Any) -> bytes:
    buffer = io.BytesIO()
    np.savez_compressed(buffer, **arrays)
    return buffer.getvalue()


def write(folder: Path, name: str, content: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.npy", npy(W)),
        ("a.npy", npy(np.asfortranarray(W))),
        ("a.npz", npz(W=W)),
        ("a.npz", npz(values=np.where(np.isnan(W), 7, W), mask=~np.isnan(W))),
        ("a.npz", npz(values=W, mask=~np.isnan(W), other=W)),
        ("a.csv", "1,,3\n-4,0.5,\n"),
        ("a.csv", "\ufeff1, NaN ,3\r\n-4,1/2,n/a\r\n"),
        ("a.csv", "x,y,z\n1,nan,3\n\n-4,.5,NULL\n"),
        ("a.csv", '"x","y","z"\n"1","",3\n-4,"0.5",""\n'),
        ("a.csv", "# by hand\n1;;3\n-4;0,5; # tail\n"),
        ("a.csv", "1;;3\n-4;0.5;\n"),
        ("a.tsv", "1\t\t3\n-4\t0.5\t\n"),
        ("a.txt", "1 nan 3\n-4 5e-1 NA"),
        ("a.json", "[[1, null, 3], [-4, 0.5, NaN]]"),
        ("a.json", '[["1", "", 3], [-4, "1/2", "nan"]]'),
        ("a.mtx", MARKET),
        ("a.mtx.gz", gzip.compress(MARKET.encode(), mtime=0)),
        ("a.csv.gz", gzip.compress(b"1,,3\n-4,0.5,\n", mtime=0)),
        ("a.json.gz", gzip.compress(b"[[1, null, 3], [-4, 0.5, null]]", mtime=0)),
    ],
)
def test_every_format_says_the_same(tmp_path: Path, name: str, content: bytes | str) -> None:
    path = write(tmp_path, name, content)
    assert Completion.from_file(path) == PROBLEM
    assert Completion.from_file(path, shape=(2, 3)) == PROBLEM


def test_a_member_of_an_npz_is_named(tmp_path: Path) -> None:
    path = write(tmp_path, "a.npz", npz(values=W, mask=~np.isnan(W), other=np.full((2, 2), 1.0)))
    assert Completion.from_file(f"{path}:values") == PROBLEM
    many = write(tmp_path, "b.npz", npz(W=W, Z=W))
    assert Completion.from_file(f"{many}:Z") == PROBLEM


@pytest.mark.parametrize("header", ["", "i,j,value\n"])
@pytest.mark.parametrize("between", [",", ";", "\t", " "])
def test_coordinates_count_from_one(tmp_path: Path, header: str, between: str) -> None:
    lines = (header + "2,1,-4\n1,1,1\n1,3,3\n2,2,0.5\n1,1,1\n").replace(",", between)
    path = write(tmp_path, "a.csv", lines)
    assert Completion.from_file(path, coordinates=True, shape=(2, 3)) == PROBLEM
    assert Completion.from_file(path, coordinates=True).shape == (3, 3)


def test_symmetric_matrix_market_observes_both_triangles(tmp_path: Path) -> None:
    text = "%%MatrixMarket matrix coordinate integer symmetric\n2 2 1\n2 1 5\n"
    found = Completion.from_file(write(tmp_path, "a.mtx", text))
    assert found == Completion((2, 2), {(0, 1): 5, (1, 0): 5})


def test_an_entry_of_zero_is_observed(tmp_path: Path) -> None:
    text = "%%MatrixMarket matrix coordinate real general\n2 2 1\n2 1 0\n"
    found = Completion.from_file(write(tmp_path, "a.mtx", text))
    assert found == Completion((2, 2), {(1, 0): 0})


def test_dense_arrays_and_their_masks() -> None:
    assert Completion.from_dense(W) == PROBLEM
    assert Completion.from_dense(W.tolist()) == PROBLEM
    assert Completion.from_dense(W, ~np.isnan(W)) == PROBLEM
    assert Completion.from_dense(np.nan_to_num(W), (~np.isnan(W)).astype(int)) == PROBLEM
    assert Completion.from_dense(np.ma.masked_invalid(W)) == PROBLEM  # there, True is left out
    truth = np.ones((2, 3))
    assert Completion.from_dense(W, truth=truth).truth.tolist() == truth.tolist()
    assert Completion.from_dense(W, truth=truth) != PROBLEM


@pytest.mark.parametrize(
    ("values", "mask", "fragment"),
    [
        (np.ones((2, 2)), None, "got all 4 entries observed, expected some left open"),
        (np.ones((2, 2)), np.ones((2, 2), bool), "got all 4 entries observed"),
        (np.full((2, 2), np.nan), None, "got no observed entry"),
        (W, np.zeros((2, 3), bool), "got no observed entry"),
        (W, np.array([[1, 1, 1], [0, 0, 0]], bool), "observed[0, 1]: got nan"),
        ([[np.inf, np.nan]], None, "observed[0, 0]: got inf"),
        (W, np.zeros((3, 2), bool), "mask: got shape (3, 2), expected (2, 3)"),
        (W, np.full((2, 3), 2), "neither true nor false"),
        (np.ones(3), None, "got shape (3,), expected a matrix"),
        (np.ones((0, 3)), None, "got shape (0, 3)"),
        ([[1, 2], [3]], None, "other than an array of real numbers"),
        ([["x", 2]], None, "other than an array of real numbers"),
        (1j * W, None, "other than an array of real numbers"),
        (np.ma.masked_invalid(W), np.isnan(W), "mask: got one with a masked array"),
    ],
)
def test_arrays_that_are_no_problem_are_refused(values: Any, mask: Any, fragment: str) -> None:
    with pytest.raises(InputError) as refused:
        Completion.from_dense(values, mask)
    assert fragment in str(refused.value)
    assert "\n" not in str(refused.value)


FAULTS: dict[str, tuple[str, bytes | str, str]] = {
    "all observed": ("a.csv", "1,2\n3,4\n", "got all 4 entries observed"),
    "none observed": ("a.csv", ",\n,\n", "got no observed entry"),
    "empty": ("a.csv", "", "holds no numbers; expected a matrix"),
    "ragged": ("a.csv", "1,\n3\n", "row 2 has 1 entries, row 1 has 2"),
    "no number": ("a.csv", "1,\nx,2\n", 'row 2, column 1: got "x", expected a number'),
    "number without name": ("a.csv", "a,1\n,2\n", 'row 1, column 1: got "a"'),
    "infinite": ("a.csv", "inf,\n1,2\n", 'row 1, column 1: got "inf", expected a finite'),
    "overflow": ("a.csv", "1e400,\n1,2\n", 'got "1e400", expected a number below 1.8e308'),
    "columns counted": ("a.csv", "0,1,2\n1,,3\n", "the numbers of columns?"),
    "labels": ("a.csv", ",0,1\n0,5,\n1,,6\n", "a header line beside a column of labels?"),
    "labels and names": ("a.csv", ",a,b\n0,5,\n", "a header line beside a column of labels?"),
    "blanks alone first": ("a.csv", "\t\n3,4\n,1\n", "row 2 has 2 entries, row 1 has 1"),
    "open quote": ("a.csv", '"1,\n2,3', "is not a text of entries (unexpected end of data)"),
    "long entry": ("a.csv", f"{'1' * 200_000},\n1,2\n", "is not a text of entries (field larger"),
    "binary": ("a.csv", "\x00,1\n,2", 'got "\\u0000"'),
    "UTF-16": ("a.csv", "1,\n".encode("utf-16"), "but UTF-16"),
    "latin": ("a.csv", b"\xe9,1\n", "is neither UTF-8 text nor .npy"),
    "JSON object": ("a.json", "{}", "got an object, expected a list of rows"),
    "JSON truth": ("a.json", "[[true, null]]", "row 1, column 1: got true"),
    "npy is text": ("a.npy", "1,\n2,3", "is not a .npy file"),
    "npy of objects": ("a.npy", npy(np.array([[{}]]), allow_pickle=True), "got dtype object"),
    "npy complex": ("a.npy", npy(np.eye(2) * 1j), "got dtype complex128"),
    "npy of three axes": ("a.npy", npy(np.ones((2, 2, 2))), "'FILE.npz:NAME[0]'"),
    "npy cut": ("a.npy", npy(W)[:-1], "got 47 bytes of data, expected 48"),
    "npz damaged": ("a.npz", b"PK\x03\x04", "is a damaged .npz file"),
    "npz of many": ("a.npz", npz(V=W, W=W), "got members V, W, expected one"),
    "mask of numbers": (
        "a.npz",
        npz(values=W, mask=W),
        "got dtype float64, expected an array of t",
    ),
    "mask of another shape": ("a.npz", npz(values=W, mask=W.T > 0), "mask: got shape (3, 2)"),
    "observed NaN": ("a.npz", npz(values=W, mask=W != 3), "observed[0, 1]: got nan"),
    "gzip damaged": ("a.gz", gzip.compress(MARKET.encode(), mtime=0)[:-9], "is a damaged .gz file"),
    "gzip of nothing": ("a.gz", b"\x1f\x8bxx", "is a damaged .gz file"),
    "market index": (
        "a.mtx",
        "%%MatrixMarket matrix coordinate real general\n2 3 1\n3 1 5\n",
        "entry 1: got '3 1 5', expected a row and a column from 1 to 2 and to 3",
    ),
    "market NaN": (
        "a.mtx",
        "%%MatrixMarket matrix coordinate real general\n2 3 1\n1 1 nan\n",
        'row 1, column 1: got "nan"',
    ),
    "market empty": (
        "a.mtx",
        "%%MatrixMarket matrix coordinate real general\n0 0 0\n",
        "got an array of shape (0, 0)",
    ),
    "market wide": (
        "a.mtx",
        f"%%MatrixMarket matrix coordinate real general\n{WIDEST + 1} 1 1\n1 1 5\n",
        f"expected at most {WIDEST}",
    ),
    "wide": ("a.txt", "1 nan\n" * (WIDEST + 1), f"got an array of shape ({WIDEST + 1}, 2)"),
    "large": ("a.csv", b" " * (MOST_BYTES + 1), "larger than 64 MiB"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_one_clear_line(tmp_path: Path, fault: str) -> None:
    name, content, fragment = FAULTS[fault]
    path = write(tmp_path, name, content)
    with pytest.raises(InputError) as refused:
        Completion.from_file(path)
    line = str(refused.value)
    assert fragment in line
    assert line.startswith(f"observe file {os.fspath(path)!r}: ")
    assert line.isprintable()
    assert len(line) < 400 + len(os.fspath(path))


@pytest.mark.parametrize(
    ("content", "fragment"),
    [
        ("", "holds no numbers; expected lines i,j,b"),
        ("1,1\n", "got rows of 2 entries, expected three"),
        ("1,1,2,881250949\n", "got rows of 4 entries, expected three"),
        ("0,1,2\n", 'entry 1: got "0,1,2", expected a row from 1 to 2'),
        ("1,1,2\n3,1,2\n", 'entry 2: got "3,1,2", expected a row from 1 to 2'),
        ("1,4,2\n", "a column from 1 to 3"),
        ("1.5,1,2\n", 'entry 1: got "1.5,1,2"'),
        ("1,1,\n", 'row 1, column 3: got ""'),
        ("1,1,2\n1,1,3\n", "entry 2: got a second value for row 1, column 1"),
        (npy(W), "is not text"),
    ],
)
def test_coordinates_that_are_none_are_refused(
    tmp_path: Path, content: str | bytes, fragment: str
) -> None:
    path = write(tmp_path, "a.csv", content)
    with pytest.raises(InputError) as refused:
        Completion.from_file(path, coordinates=True, shape=(2, 3))
    assert fragment in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_file_of_another_shape_than_asked_for_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, "a.npy", npy(W))
    with pytest.raises(InputError, match=r"got shape \(2, 3\), expected \(3, 2\)"):
        Completion.from_file(path, shape=(3, 2))


@pytest.mark.skipif(os.name != "posix", reason="pipes")
def test_a_pipe_is_read_to_its_end(tmp_path: Path) -> None:
    """It does not say how long it is."""
    path = tmp_path / "a.csv"
    os.mkfifo(path)
    writer = threading.Thread(target=path.write_text, args=("1,,3\n-4,0.5,\n",))
    writer.start()
    assert Completion.from_file(path) == PROBLEM
    writer.join()


def test_what_unpacks_without_end_is_not_unpacked(tmp_path: Path) -> None:
    zeros = np.zeros((3000, 3000))
    bombs = {
        "a.gz": gzip.compress(bytes(MOST_BYTES + 2**20), mtime=0),
        "a.npz": npz(W=zeros),
        "b.npz": npz(values=zeros, mask=zeros > 0),
    }
    del zeros
    for name, bomb in bombs.items():
        path = write(tmp_path, name, bomb)
        tracemalloc.start()
        with pytest.raises(InputError, match=r"larger than 64 MiB"):
            Completion.from_file(path)
        # of gzip what is allowed is unpacked, in pieces that are then joined
        assert tracemalloc.get_traced_memory()[1] < 3 * MOST_BYTES
        tracemalloc.stop()


def test_measurements_of_a_small_type_are_bounded_by_what_they_become(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(problem_file, "MOST_MEASURED", 2**20)
    path = write(tmp_path, "s.npz", npz(A=np.ones((10_000, 4, 4), np.int8), y=np.ones(10_000)))
    with pytest.raises(
        InputError, match=r"shape \(10000, 4, 4\), 1 MiB in float64; expected at mo"
    ):
        Sensing.from_file(path)


def test_a_truth_with_masked_entries_is_not_known() -> None:
    truth = np.ma.masked_less(np.arange(6.0).reshape(2, 3), 2)
    with pytest.raises(InputError, match="truth: got an array with masked entries"):
        Completion.from_dense(W, truth=truth)
    assert Completion.from_dense(W, truth=np.ma.array(np.ones((2, 3)))).truth.sum() == 6


TRUTH = np.arange(6.0).reshape(2, 3)


def test_errors_are_half_the_mean_square_where_nothing_is_observed_and_everywhere(
    tmp_path: Path,
) -> None:
    path = write(tmp_path, "t.npy", npy(TRUTH))
    here = write(tmp_path, "a.npy", npy(W))
    problem = Completion.from_file(here, truth=path)
    batch = np.stack([TRUTH, TRUTH + 2, TRUTH + np.array([[0, 1, 0], [0, 0, 3]])])
    errors = problem.errors(batch)
    assert errors["error_unobserved"].tolist() == [0, 2, 2.5]
    np.testing.assert_allclose(errors["error_all"], [0, 2, 10 / 12])
    assert PROBLEM.errors(batch) == {}
    sensing = Sensing(np.ones((1, 2, 3)), [1], TRUTH)
    assert list(sensing.errors(batch)) == ["error_all"]


@pytest.mark.parametrize(
    ("name", "content", "fragment"),
    [
        ("t.csv", "1,2\n3,4\n", "got shape (2, 2), expected (2, 3)"),
        ("t.npy", npy(TRUTH.T), "got shape (3, 2), expected (2, 3), that of the problem; transp"),
        ("t.npy", npy(W), "row 1, column 2: the entry is left open"),
        ("t.npz", npz(values=TRUTH, mask=TRUTH > 0), "has a mask"),
        ("t.csv", "x", "expected a number"),
        ("t.npy", npy(TRUTH - np.inf), "got -inf at index (0, 0)"),
    ],
)
def test_truths_that_are_none_are_refused(
    tmp_path: Path, name: str, content: str | bytes, fragment: str
) -> None:
    path = write(tmp_path, name, content)
    with pytest.raises(InputError) as refused:
        Completion.from_dense(W, truth=path)
    assert fragment in str(refused.value)
    assert str(refused.value).startswith(f"truth {os.fspath(path)!r}: ")


def test_a_truth_needs_an_entry_to_test_it_on() -> None:
    with pytest.raises(InputError, match=r"whose 2 entries are all observed"):
        Completion((1, 2), {(0, 0): 1, (0, 1): 2}, truth=[[1, 2]])
    with pytest.raises(InputError, match=r"truth: got shape \(2,\)"):
        Completion((1, 2), {(0, 0): 1}, truth=[1, 2])


def test_measurements_come_from_an_npz(tmp_path: Path) -> None:
    A, y = np.random.default_rng(0).standard_normal((4, 2, 3)), np.arange(4)
    path = write(tmp_path, "s.npz", npz(A=A, y=y, other=y))
    assert Sensing.from_file(path) == Sensing(A, y)
    assert Sensing.from_file(path, truth=TRUTH) == Sensing(A, y, TRUTH)
    with pytest.raises(InputError, match=r"truth: got shape"):
        Sensing.from_file(path, truth=TRUTH.T)


@pytest.mark.parametrize(
    ("content", "fragment"),
    [
        (b"1,2", "got no .npz file, expected an .npz with the arrays A"),
        (npz(B=W), "got the arrays B, expected an .npz with the arrays A"),
        (npz(A=np.ones((2, 3)), y=[1, 2]), "matrices: got shape (2, 3), expected (m, d, d')"),
        (npz(A=np.ones((2, 2, 2)), y=[1]), "values: got shape (1,), expected (2,)"),
        (npz(A=np.ones((2, 2, 2)), y=[[1], [2]]), "values: got shape (2, 1), expected (2,)"),
        (npz(A=np.ones((0, 2, 2)), y=np.ones(0)), "matrices: got shape (0, 2, 2)"),
        (npz(A=np.zeros((1, 2, 2)), y=[1]), "got A_k = 0 at index 0"),
        (npz(A=np.full((1, 2, 2), np.nan), y=[1]), "matrices: got nan at index (0, 0, 0)"),
        (npz(A=np.ones((1, 1, WIDEST + 1)), y=[1]), "expected d, d' <= 1000"),
        (npz(A=np.ones((1, 2, 2)), y=["1"]), "got dtype <U1"),
    ],
)
def test_measurements_that_are_none_are_refused(
    tmp_path: Path, content: bytes, fragment: str
) -> None:
    path = write(tmp_path, "s.npz", content)
    with pytest.raises(InputError) as refused:
        Sensing.from_file(path)
    assert fragment in str(refused.value)
    assert str(refused.value).startswith(f"sensing file {os.fspath(path)!r}: ")
    assert "\n" not in str(refused.value)
