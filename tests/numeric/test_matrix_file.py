"""Reading a matrix file: what is read is exact, and every fault is one clear line."""

import io
import json
import os
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from flint import fmpq, fmpq_mat
from hypothesis import given
from hypothesis import strategies as st

from dlnproof.errors import InputError
from dlnproof.files.exact_number import exact_number
from dlnproof.numeric.matrix_file import MAX_BYTES, MAX_WIDTH, MatrixFile, read_matrix
from dlnproof.numeric.rounding import EXACT


def npy(array: Any, **options: Any) -> bytes:
    buffer = io.BytesIO()
    np.save(buffer, array, **options)
    return buffer.getvalue()


def write(folder: Path, name: str, content: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


EXPECTED = fmpq_mat([[fmpq(1, 10), fmpq(7, 3)], [fmpq(-2), fmpq(1, 2000)]])


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.json", '[[0.1, "7/3"], [-2, 5e-4]]'),
        ("a.json", '\ufeff[["0.1", " 7/3 "], ["-2", "+.5E-03"]]\r\n'),
        ("a.csv", "0.1,7/3\n-2,0.0005\n"),
        ("a.csv", "\ufeff# made by hand\r\n0.1 , 7/3\r\n\r\n-2., 5e-4 # tail\r\n"),
        ("a.txt", "  0.1   7/3\n\t-2\t0.0005"),
        ("a.dat", "0.1 7/3\r-2 5e-4\r"),
        ("a", "0.1 14/6\n-4/2 500e-6\n"),
    ],
)
def test_written_numbers_are_exact(tmp_path: Path, name: str, content: str) -> None:
    assert read_matrix(write(tmp_path, name, content)) == MatrixFile(EXPECTED, EXACT)


def test_scalar_text_is_a_one_by_one_matrix(tmp_path: Path) -> None:
    assert read_matrix(write(tmp_path, "a.txt", "2.5")).matrix == fmpq_mat([[fmpq(5, 2)]])


def test_npy_holds_binary_numbers_exactly(tmp_path: Path) -> None:
    binary = read_matrix(write(tmp_path, "a.npy", npy(np.array([[0.1]])))).matrix
    assert binary == fmpq_mat([[fmpq(*(0.1).as_integer_ratio())]])
    assert binary != read_matrix(write(tmp_path, "a.txt", "0.1")).matrix


@pytest.mark.parametrize(
    "dtype", ["int8", "uint64", "int64", ">i4", "float16", "float32", ">f8", "<f8"]
)
@pytest.mark.parametrize("order", ["C", "F"])
def test_npy_number_types_and_orders(tmp_path: Path, dtype: str, order: Any) -> None:
    array = np.array([[1, 2], [3, 4]], dtype=dtype, order=order)
    read = read_matrix(write(tmp_path, "a.npy", npy(array)))
    assert read.matrix == fmpq_mat([[1, 2], [3, 4]])
    assert read.entries == (array.dtype.name if array.dtype.kind == "f" else EXACT)


def test_npy_extreme_exponents_and_any_name(tmp_path: Path) -> None:
    array = np.array([[1e300, 5e-324], [-0.0, 1e-300]])
    matrix = read_matrix(write(tmp_path, "renamed.txt", npy(array))).matrix
    assert matrix[0, 0] == fmpq(int(1e300))
    assert matrix[0, 1] == fmpq(1) / fmpq(2) ** 1074
    assert matrix[1, 0] == 0


@given(
    st.from_regex(r"[+-]?[0-9]{1,30}(\.[0-9]{0,30})?([eE][+-]?[0-9]{1,2})?", fullmatch=True)
    | st.from_regex(r"[+-]?[0-9]{1,20}/[1-9][0-9]{0,20}", fullmatch=True)
)
def test_exact_number_agrees_with_fraction(text: str) -> None:
    value = exact_number(text)
    assert Fraction(int(value.p), int(value.q)) == Fraction(text)


def test_long_literals_are_exact(tmp_path: Path) -> None:
    value = read_matrix(write(tmp_path, "a.json", f"[[0.{'3' * 9000}]]")).matrix[0, 0]
    assert fmpq(1, 3) - value == fmpq(1, 3) / fmpq(10) ** 9000


def shaped(header: str) -> bytes:
    """A .npy file of version 1.0 with a header of our making."""
    return b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header.encode()


class Trap:
    """Unpickled, it would raise something that is no InputError."""

    def __reduce__(self) -> tuple[Any, ...]:
        return (os.abort, ())


NUMBER = "expected a number such as"
FAULTS: dict[str, tuple[str, bytes | str, str]] = {
    "empty text": ("a.txt", "", "holds no numbers"),
    "only comments": ("a.csv", "# nothing\n\n", "holds no numbers"),
    "empty json": ("a.json", "", "is not JSON"),
    "empty npy": ("a.npy", "", "is not a .npy file"),
    "zero-size json": ("a.json", "[]", "holds no numbers"),
    "zero-width json": ("a.json", "[[]]", "holds no numbers"),
    "non-square": ("a.csv", "1,2,3\n4,5,6\n", "got 2 rows of 3 entries"),
    "ragged": ("a.txt", "1 2\n3\n", "row 2 has 1 entries, row 1 has 2"),
    "comma at the end": ("a.csv", "1,2\n3,4,\n", "row 2 has 3 entries"),
    "blank entry": ("a.csv", "1,\n3,4\n", 'row 1, column 2: got "", ' + NUMBER),
    "header line": ("a.csv", "x,y\n3,4\n5,6\n", 'row 1: got "x,y", a header line?'),
    "header and labels": (
        "a.csv",
        ",0,1\n0,3,4\n1,5,6\n",
        'row 1: got ",0,1", a header line? Expected numbers alone; remove it and the column of',
    ),
    "semicolons": ("a.csv", "1;2\n3;4\n", 'got entries separated by ";", expected commas'),
    "decimal commas": ("a.csv", "1,5;2\n3;4\n", "and decimal commas by points"),
    "market header": ("a.mtx", "%%MatrixMarket matrix array complex general\n", "real or integer"),
    "market sizes": ("a.mtx", "%%MatrixMarket matrix array real general\n2\n", "no line of sizes"),
    "market not square": (
        "a.mtx",
        "%%MatrixMarket matrix array real general\n2 3\n",
        "got 2 rows of 3 entries",
    ),
    "market short": (
        "a.mtx",
        "%%MatrixMarket matrix array real general\n2 2\n1\n2\n3\n",
        "got 3 entries, expected 4; truncated?",
    ),
    "market place": (
        "a.mtx",
        "%%MatrixMarket matrix coordinate real general\n2 2 1\n0 1 5\n",
        "entry 1: got '0 1 5', expected a row and a column from 1 to 2",
    ),
    "market twice": (
        "a.mtx",
        "%%MatrixMarket matrix coordinate real general\n2 2 2\n1 1 5\n1 1 5\n",
        "entry 2: got row 1, column 1 twice",
    ),
    "market count": (
        "a.mtx",
        "%%MatrixMarket matrix coordinate real general\n2 2 2\n1 1 5\n",
        "got 1 entries, expected 2",
    ),
    "market above": (
        "a.mtx",
        "%%MatrixMarket matrix coordinate real symmetric\n2 2 1\n1 2 5\n",
        "above the diagonal of a symmetric matrix",
    ),
    "market entry": (
        "a.mtx",
        "%%MatrixMarket matrix coordinate real general\n2 2 1\n1 2 x\n",
        'row 1, column 2: got "x", ' + NUMBER,
    ),
    "market wide": (
        "a.mtx",
        "%%MatrixMarket matrix coordinate real general\n301 301 0\n",
        "got width 301, expected at most 300",
    ),
    "blank inside": ("a.csv", "1 2,3\n4,5\n", 'row 1, column 1: got "1 2", ' + NUMBER),
    "nan": ("a.txt", "1 2\n3 NaN\n", 'row 2, column 2: got "NaN", expected a finite'),
    "inf": ("a.csv", "1,-inf\n3,4\n", 'row 1, column 2: got "-inf", expected a finite'),
    "json NaN": ("a.json", "[[NaN]]", 'got "NaN", expected a finite'),
    "json Infinity": ("a.json", "[[1, 2], [-Infinity, 4]]", "row 2, column 1"),
    "denominator 0": ("a.json", '[["1/0"]]', "a fraction with denominator 0"),
    "hexadecimal": ("a.txt", "0x10", NUMBER),
    "underscore": ("a.txt", "1_000", NUMBER),
    "two signs": ("a.txt", "1e+-5", NUMBER),
    "point only": ("a.txt", ".", NUMBER),
    "exponent only": ("a.txt", "e5", NUMBER),
    "signed denominator": ("a.txt", "1/-2", NUMBER),
    "decimal in a fraction": ("a.txt", "1.5/2", NUMBER),
    "complex": ("a.txt", "1+2j", NUMBER),
    "code": ("a.json", "[[\"__import__('os').abort()\"]]", NUMBER),
    "huge exponent": ("a.json", "[[1e999999999]]", "expected an exponent from -5000 to 5000"),
    "huge exponent of 0": ("a.txt", "0e-999999999999999999", "expected an exponent"),
    "exponent of many digits": ("a.txt", "1e" + "9" * 9000, "expected an exponent"),
    "too many digits": ("a.json", f"[[{'7' * 20_000}]]", "20000 characters; expected at most"),
    "other digits": ("a.txt", "\uff11 2\n3 4", 'row 1, column 1: got "\\uff11", ' + NUMBER),
    "json other digits": ("a.json", '[["\uff11"]]', NUMBER),
    "json boolean": ("a.json", "[[true]]", "row 1, column 1: got true, " + NUMBER),
    "json null": ("a.json", "[[1, null], [3, 4]]", "row 1, column 2: got null, " + NUMBER),
    "json object": ("a.json", '{"W": [[1]]}', "got an object, expected a list of rows"),
    "json scalar": ("a.json", "2.5", 'got "2.5", expected a list of rows'),
    "json 1-d": ("a.json", "[1, 2]", 'row 1: got "1", expected a list of numbers'),
    "json 3-d": ("a.json", "[[[1]]]", "row 1, column 1: got a list, " + NUMBER),
    "json object inside": ("a.json", '[[{"p": 1}]]', "row 1, column 1: got an object"),
    "json cut short": ("a.json", "[[1, 2], [3", "is not JSON"),
    "json nested deeply": ("a.json", "[" * 200_000, "is not JSON"),
    "not UTF-8": ("a.txt", "1 2\n3 é".encode("latin-1"), "is neither UTF-8 text nor .npy"),
    "UTF-16": ("a.csv", "1,2\n3,4".encode("utf-16"), "but UTF-16, by its first two bytes; save it"),
    "too wide": ("a.txt", ("1 " * 301 + "\n") * 301, "got width 301, expected at most 300"),
    "too large": ("a.txt", b" " * (MAX_BYTES + 1), "larger than 16 MiB"),
    "npz": ("a.npz", b"PK\x03\x04\xff\xff", "is a damaged .npz file (BadZipFile)"),
    "npy is text": ("a.npy", "1 2\n3 4", "is not a .npy file"),
    "npy complex": ("a.npy", npy(np.eye(2) * 1j), "got dtype complex128"),
    "npy boolean": ("a.npy", npy(np.eye(2, dtype=bool)), "got dtype bool"),
    "npy string": ("a.npy", npy(np.array([["1"]])), "got dtype <U1"),
    "npy pickled": (
        "a.npy",
        npy(np.array([[Trap()]], dtype=object), allow_pickle=True),
        "got dtype object",
    ),
    "npy structured": ("a.npy", npy(np.zeros((1, 1), dtype=[("a", "f8")])), "got dtype"),
    "npy 0-d": ("a.npy", npy(np.array(2.5)), "got an array of shape ()"),
    "npy 1-d": ("a.npy", npy(np.ones(4)), "got an array of shape (4,)"),
    "npy 3-d": ("a.npy", npy(np.ones((2, 2, 2))), "got an array of shape (2, 2, 2)"),
    "npy zero-size": ("a.npy", npy(np.ones((0, 0))), "got shape (0, 0)"),
    "npy non-square": ("a.npy", npy(np.ones((2, 3))), "got 2 rows of 3 entries"),
    "npy nan": ("a.npy", npy(np.array([[1.0, np.nan], [3, 4]])), "row 1, column 2: got NaN"),
    "npy inf": ("a.npy", npy(np.array([[-np.inf]])), "got -Infinity, expected a finite"),
    "npy truncated": ("a.npy", npy(np.eye(2))[:-1], "got 31 bytes of data, expected 32"),
    "npy trailing": ("a.npy", npy(np.eye(2)) + b"x", "got 33 bytes of data, expected 32"),
    "npy header cut": ("a.npy", npy(np.eye(2))[:20], "unreadable .npy header"),
    "npy version 9": ("a.npy", b"\x93NUMPY\x09\x00rest", "unreadable .npy header"),
    "npy header no dict": ("a.npy", shaped("(" * 500), "unreadable .npy header"),
    "npy header of truth values": (
        "a.npy",
        shaped("{'descr': '<f8', 'fortran_order': False, 'shape': (True, True)}\n") + bytes(8),
        "unreadable .npy header",
    ),
    "npy header claims a petabyte": (
        "a.npy",
        shaped("{'descr': '<f8', 'fortran_order': False, 'shape': (10000000, 10000000)}\n"),
        "got shape (10000000, 10000000)",
    ),
    "npy negative shape": (
        "a.npy",
        shaped("{'descr': '<f8', 'fortran_order': False, 'shape': (-1, -1)}\n"),
        "got shape (-1, -1)",
    ),
}


def complaint(path: str | Path) -> str:
    with pytest.raises(InputError) as caught:
        read_matrix(path)
    line = str(caught.value)
    assert line.isprintable()
    assert len(line) < 400
    assert line.startswith(f"matrix file {os.fspath(path)!r}: ")
    return line


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_one_clear_line(tmp_path: Path, fault: str) -> None:
    name, content, fragment = FAULTS[fault]
    assert fragment in complaint(write(tmp_path, name, content))


@pytest.mark.skipif(np.dtype("longdouble").itemsize == 8, reason="longdouble is double here")
def test_longdouble_is_refused(tmp_path: Path) -> None:
    content = npy(np.eye(2, dtype="longdouble"))
    assert "got dtype" in complaint(write(tmp_path, "a.npy", content))


@pytest.mark.parametrize("keep", range(0, 200, 7))
def test_every_truncation_of_an_npy_file_is_refused(tmp_path: Path, keep: int) -> None:
    content = npy(np.eye(9))
    complaint(write(tmp_path, "a.npy", content[: len(content) * keep // 200]))


def test_a_header_of_python_2_is_read_without_a_word(tmp_path: Path) -> None:
    """Numpy warns of it, which is an error in these tests."""
    content = npy(np.eye(2)).replace(b"(2, 2), }  ", b"(2L, 2L), }")
    assert content != npy(np.eye(2))
    assert read_matrix(write(tmp_path, "a.npy", content)).matrix.det() == 1


def test_unreadable_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "No such file" in complaint(tmp_path / "missing.txt")
    assert "directory" in complaint(tmp_path)
    assert "cannot be read" in complaint("a\0b")
    assert "cannot be read" in complaint(str(tmp_path / "new\nline"))

    def denied(*_: Any) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", denied)
    assert "Permission denied" in complaint(tmp_path / "a.txt")


def test_the_widest_matrix_is_read(tmp_path: Path) -> None:
    rows = np.eye(MAX_WIDTH, dtype=int).tolist()
    matrix = read_matrix(write(tmp_path, "a.json", json.dumps(rows))).matrix
    assert (matrix.nrows(), matrix.ncols()) == (MAX_WIDTH, MAX_WIDTH)


def npz(**arrays: Any) -> bytes:
    buffer = io.BytesIO()
    np.savez_compressed(buffer, **arrays)
    return buffer.getvalue()


def test_members_of_npz(tmp_path: Path) -> None:
    W, Z = np.array([[0.1, 2], [3, 4]]), np.eye(2, dtype=np.float32)
    one, two = write(tmp_path, "one.npz", npz(W=W)), write(tmp_path, "two.npz", npz(W=W, Z=Z))
    expected = read_matrix(write(tmp_path, "W.npy", npy(W)))
    assert read_matrix(one) == read_matrix(f"{one}:W") == read_matrix(f"{two}:W") == expected
    assert read_matrix(f"{two}:Z").entries == "float32"
    assert "got members W, Z, expected one: FILE.npz:NAME" in complaint(two)
    assert "got 'V', expected one of its members: W" in complaint(f"{one}:V")
    assert "got an array of shape (3,)" in complaint(write(tmp_path, "v.npz", npz(v=np.ones(3))))
    assert "is no .npz file" in complaint(f"{write(tmp_path, 'text.npz', '1')}:W")
    several = np.asfortranarray(np.arange(12.0).reshape(3, 2, 2))
    runs = write(tmp_path, "runs.npz", npz(W=several, **{"Z[1]": Z, "Z": Z}))
    for k in range(3):
        assert read_matrix(f"{runs}:W[{k}]").matrix == fmpq_mat(several[k].astype(int).tolist())
    assert read_matrix(f"{runs}:Z[1]").entries == "float32"  # a member has that name
    assert "one is 'FILE.npz:NAME[0]'" in complaint(f"{runs}:W")
    assert "expected an index from 0, below 3" in complaint(f"{runs}:W[3]")
    assert "of shape (2, 2), expected an array of matrices" in complaint(f"{runs}:Z[0]")
    assert "got 'V', expected one of its members" in complaint(f"{runs}:V[0]")
    assert "got 'W[-1]', expected one of its members" in complaint(f"{runs}:W[-1]")
    big = npz(W=np.zeros((1500, 1500)))
    assert len(big) < MAX_BYTES
    assert "larger than 16 MiB" in complaint(write(tmp_path, "bomb.npz", big))


@pytest.mark.parametrize(
    ("header", "body", "rows"),
    [
        ("array real general", "2 2\n0.1\n3\n2\n4\n", [["1/10", 2], [3, 4]]),
        ("array integer symmetric", "2 2\n1\n3\n4\n", [[1, 3], [3, 4]]),
        ("array real skew-symmetric", "2 2\n-3\n", [[0, 3], [-3, 0]]),
        ("coordinate real general", "% note\n2 2 2\n1 2 1e-1\n2 1 +3\n", [[0, "1/10"], [3, 0]]),
        ("coordinate real symmetric", "2 2 2\n2 1 5\n2 2 1\n", [[0, 5], [5, 1]]),
        ("coordinate integer skew-symmetric", "2 2 1\n2 1 +5\n", [[0, -5], [5, 0]]),
    ],
)
def test_matrix_market(tmp_path: Path, header: str, body: str, rows: Any) -> None:
    path = write(tmp_path, "a.mtx", f"%%MatrixMarket matrix {header}\n{body}")
    expected = [[fmpq(*map(int, str(x).split("/"))) for x in row] for row in rows]
    assert read_matrix(path) == MatrixFile(fmpq_mat(expected), EXACT)


def test_scipys_matrix_market(tmp_path: Path) -> None:
    io_ = pytest.importorskip("scipy.io")
    W = np.array([[0.1, 1e-17], [3.0, -4.5]])
    io_.mmwrite(tmp_path / "W.mtx", W)
    found = read_matrix(tmp_path / "W.mtx").matrix
    assert [[float(Fraction(str(x))) for x in row] for row in found.tolist()] == W.tolist()
