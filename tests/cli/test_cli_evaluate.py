"""``dlnproof evaluate``: a user's matrix in, certified numbers out."""

import json
import os
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from conftest import Cli

from dlnproof.documents.layout import Screen
from dlnproof.documents.terminal import evaluation_text
from dlnproof.numeric.balls.evaluate import evaluate
from dlnproof.numeric.matrix_file import read_matrix


@pytest.fixture
def matrix(tmp_path: Path) -> Path:
    path = tmp_path / "W.txt"
    path.write_text("2 0\n0 1\n")
    return path


def test_the_running_example(matrix: Path, cli: Cli) -> None:
    out, err = cli(["evaluate", str(matrix), "--depth", "2"])
    assert err == ""
    first, _, header, *rows = out.splitlines()
    assert first == "depth 2, width 2, rank 2 (exact)"
    assert header.split() == ["quantity", "value", "radius"]
    assert rows[0].split() == ["sigma_1", "2.000000000000000", "0"]
    assert rows[2].split()[:4] == ["log", "sqrt(det", "g^N)", "-0.7520386983881370"]
    assert rows[5].split()[:3] == ["log", "vol(O_W)", "3.426903981583318"]
    assert "Logarithms are natural" in out


@pytest.mark.parametrize("depth", ["1", "7", "inf", "1000000000000000000000"])
def test_json_has_the_schema(depth: str, matrix: Path, cli: Cli) -> None:
    found = json.loads(
        cli(["evaluate", str(matrix), "--depth", depth, "--digits", "20", "--json", "-"]).out
    )
    logarithms = ["log_volume_density", "log_volume_form", "log_det_metric", "log_orbit_volume"]
    numbers = [*logarithms, "scalar_curvature", "operator_trace", "metric_trace"]
    numbers.append("factors_squared_norm")
    vectors = ["volume_gradient", "entropy_gradient", "brownian_drift"]
    settings = ["depth", "shape", "width", "rank", "digits", "entries"]
    assert list(found) == [*settings, "singular_values", *numbers, *vectors, "warnings"]
    assert (found["entries"], found["warnings"]) == ("exact", [])
    assert found["depth"] == ("inf" if depth == "inf" else int(depth))
    assert (found["width"], found["digits"]) == (2, 20)
    if depth == "inf":
        for name in ("log_orbit_volume", "factors_squared_norm"):
            numbers.remove(name)
            reason = "no factor space at infinite depth"
            assert found[name] == {"mid": "nan", "rad": "0", "reason": reason}
    entries = [ball for name in ("singular_values", *vectors) for ball in found[name]]
    for ball in (*entries, *(found[name] for name in numbers)):
        assert set(ball) == {"mid", "rad"}
        assert Decimal(ball["rad"]) <= Decimal("1e-20") * max(Decimal(1), abs(Decimal(ball["mid"])))


def test_a_rectangular_matrix_and_its_rank(tmp_path: Path, cli: Cli) -> None:
    file = tmp_path / "W.txt"
    file.write_text("2 4 0\n1 2 0")
    out = cli(["evaluate", str(file), "--depth", "2"]).out
    assert out.startswith("depth 2, shape 2 x 3, rank 1 (exact)\n")
    assert "the density diverges there" in out
    assert "Frobenius" not in out
    out = cli(["evaluate", str(file), "--depth", "2", "--rank", "1"]).out
    assert out.startswith("depth 2, shape 2 x 3, rank 1 (exact), among matrices of that rank\n")
    # sigma = 5, one value and three edges of eigenvalue 5/2: -(log 5 + 3 log (5/2))/2
    assert "-2.179155" in out
    assert "Frobenius" in out
    for rank, said in (("2", "rank: got 2, expected 1"), ("0", "--rank: got '0'")):
        assert said in cli(["evaluate", str(file), "--depth", "2", "--rank", rank], 4).err


def test_gradients_are_printed_where_they_are_asked_for(matrix: Path, cli: Cli) -> None:
    asked = ["evaluate", str(matrix), "--depth", "2"]
    assert "d sigma_" not in cli(asked).out
    rows = [row.split() for row in cli([*asked, "--gradients"]).out.splitlines()]
    found = {" ".join(row[:-2]): row[-2] for row in rows if row[-4:-3] == ["d"]}
    # lambda = 2, 3/2, 3/2, 1: -(1/2)/sigma_i - 1/3, and half of 1/3
    assert {name: Decimal(value).quantize(Decimal("1e-9")) for name, value in found.items()} == {
        "d log sqrt(det g^N) / d sigma_1": Decimal("-0.583333333"),
        "d log sqrt(det g^N) / d sigma_2": Decimal("-0.833333333"),
        "d log vol(O_W) / d sigma_1": Decimal("0.166666667"),
        "d log vol(O_W) / d sigma_2": Decimal("0.166666667"),
    }
    limit = cli(["evaluate", str(matrix), "--depth", "inf", "--gradients"]).out
    assert "The derivatives of log vol(O_W) are limits of those at finite depth." in limit


def test_singular_matrices_are_answered_with_the_reason(tmp_path: Path, cli: Cli) -> None:
    path = tmp_path / "W.json"
    path.write_text('[["1/3", 0], [0, 0]]')
    found = json.loads(cli(["evaluate", str(path), "--depth", "3", "--json", "-"]).out)
    assert found["log_volume_density"]["mid"] == "inf"
    assert set(found["log_volume_density"]) == {"mid", "rad", "reason"}
    out = " ".join(cli(["evaluate", str(path), "--depth", "3"]).out.split())
    assert "rank 1 (exact)" in out
    assert f"log sqrt(det g^N) is inf: {found['log_volume_density']['reason']}." in out
    out = cli(["evaluate", str(path), "--depth", "3", "--gradients"]).out
    assert out.count("there is no gradient there") == 1


def test_doubles_and_digits_of_their_rounding_are_named(tmp_path: Path, cli: Cli) -> None:
    import numpy as np

    path = tmp_path / "W.npy"
    rng = np.random.default_rng(0)
    U, V = (np.linalg.qr(rng.standard_normal((4, 4)))[0] for _ in "UV")
    np.save(path, U @ np.diag([2.0, 2.0, 1.0, 1.0]) @ V)  # up to rounding, that is
    found = json.loads(cli(["evaluate", str(path), "--depth", "2", "--json", "-"]).out)
    assert found["entries"] == "float64"
    out = " ".join(cli(["evaluate", str(path), "--depth", "2"]).out.split())
    assert "The entries are float64, taken as the exact binary numbers they are." in out
    first, second = found["warnings"]
    assert first.startswith("sigma_1 - sigma_2 = ")
    assert second.startswith("sigma_3 - sigma_4 = ")
    assert f"warning: {first} warning: {second}" in out


@pytest.mark.parametrize("width", [80, 120, None])
@pytest.mark.parametrize("digits", [15, 50, 90])
def test_numbers_are_never_broken(width: int | None, digits: int, matrix: Path) -> None:
    result = evaluate(read_matrix(matrix).matrix, 3, digits)
    words = evaluation_text(result, Screen(width)).split()
    for value in (*result.singular_values, result.log_volume_density, result.log_volume_form):
        assert value.mid in words
        assert value.rad in words


def test_json_in_a_file_is_that_on_standard_output(matrix: Path, tmp_path: Path, cli: Cli) -> None:
    assert (
        "log volume form"
        in cli(["evaluate", str(matrix), "--depth", "2", "--json", str(tmp_path / "o")]).out
    )
    assert (tmp_path / "o").read_text() == cli(
        ["evaluate", str(matrix), "--depth", "2", "--json", "-"]
    ).out


@pytest.mark.parametrize(
    ("option", "value", "fragment"),
    [
        ("--depth", "0", "expected one integer >= 1"),
        ("--depth", "-1", "expected one integer >= 1"),
        ("--depth", "2.5", "expected one integer >= 1"),
        ("--depth", "two", "or inf"),
        ("--depth", "", "or inf"),
        ("--depth", "1..3", "expected one integer"),
        ("--depth", "9" * 5000, "expected one integer"),
        ("--digits", "0", "an integer from 1 to 10000"),
        ("--digits", "10001", "an integer from 1 to 10000"),
        ("--json", "nowhere/x", "'nowhere' is not a directory"),
    ],
)
def test_values_that_cannot_be_used(
    option: str, value: str, fragment: str, matrix: Path, cli: Cli
) -> None:
    err = cli.refused(["evaluate", str(matrix), "--depth=2", f"{option}={value}"])
    assert err.startswith(f"dlnproof evaluate: {option}: got '")
    assert fragment in err


def _save(save: str) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        import numpy as np

        arrays = {
            "pickled": np.array([[1, None], [0, 1]], dtype=object),
            "complex": np.eye(2) * 1j,
            "vector": np.ones(3),
            "nan": np.array([[1, np.nan], [0, 1]]),
        }
        with path.open("wb") as file:
            np.save(file, arrays[save])

    return write


def _text(text: str) -> Callable[[Path], object]:
    return lambda path: path.write_text(text)


@pytest.mark.parametrize(
    ("name", "write", "fragment"),
    [
        ("missing.txt", lambda path: None, "cannot be read"),
        ("folder", Path.mkdir, "cannot be read"),
        ("empty.txt", Path.touch, "holds no numbers"),
        ("empty.json", Path.touch, "is not JSON"),
        ("ragged.csv", _text("1,2\n3"), "row 2 has 1 entries"),
        ("word.txt", _text("1 x\n0 1"), 'row 1, column 2: got "x"'),
        ("nan.csv", _text("1,nan\n0,1"), "expected a finite number"),
        ("complex.txt", _text("1+2j 0\n0 1"), 'got "1+2j"'),
        ("object.json", _text('{"a": 1}'), "expected a list of rows"),
        ("divided.json", _text('[["1/0"]]'), "denominator"),
        ("bytes.txt", lambda path: path.write_bytes(b"\xff\xfe1\0"), "UTF-8"),
        ("text.npy", _text("1"), "is not a .npy file"),
        ("pickled.npy", _save("pickled"), "dtype object"),
        ("complex.npy", _save("complex"), "dtype complex128"),
        ("vector.npy", _save("vector"), "shape (3,)"),
        ("nan.npy", _save("nan"), "expected a finite number"),
    ],
)
def test_files_that_hold_no_matrix(
    name: str,
    write: Callable[[Path], object],
    fragment: str,
    tmp_path: Path,
    cli: Cli,
) -> None:
    path = tmp_path / name
    write(path)
    output = tmp_path / "output"
    err = cli.refused(["evaluate", str(path), "--depth", "2", "--json", str(output)])
    assert err.startswith(f"dlnproof evaluate: matrix file {os.fspath(path)!r}: ")
    assert fragment in err
    assert not output.exists()
