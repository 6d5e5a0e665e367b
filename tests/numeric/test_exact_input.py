"""dlnproof.evaluate: whatever holds exact numbers is evaluated as what it is."""

import io
import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import flint
import mpmath
import numpy as np
import pytest
import sympy

from dlnproof import evaluate
from dlnproof.errors import InputError
from dlnproof.numeric.balls.evaluate import Evaluation
from dlnproof.numeric.balls.evaluate import evaluate as evaluate_exact
from dlnproof.numeric.rounding import EXACT

HALF = flint.fmpq_mat(2, 2, [flint.fmpq(1, 2), flint.fmpq(3), flint.fmpq(0), flint.fmpq(1, 3)])


@pytest.mark.parametrize(
    "W",
    [
        HALF,
        [[Fraction(1, 2), 3], [0, Fraction(1, 3)]],
        [["0.5", "3"], [Decimal(0), "1/3"]],
        ((Decimal("0.5"), sympy.Integer(3)), (flint.fmpz(0), flint.fmpq(1, 3))),
        sympy.Matrix([[sympy.Rational(1, 2), 3], [0, sympy.Rational(1, 3)]]),
        np.array([[Fraction(1, 2), 3], [0, Fraction(1, 3)]], dtype=object),
        [[mpmath.mpf("0.5"), 3], [mpmath.mpf(0), "1/3"]],
    ],
)
def test_exact_numbers_of_every_kind(W: Any) -> None:
    result = evaluate(W, 3, 12)
    assert result == evaluate_exact(HALF, 3, 12)
    assert isinstance(result, Evaluation)
    assert result.entries == EXACT


@pytest.mark.parametrize(
    ("W", "entries"),
    [
        (np.array([[0.5, 3], [0, 0.25]]), "float64"),
        (np.array([[0.5, 3], [0, 0.25]], dtype=np.float32), "float32"),
        ([[0.5, 3], [0, 0.25]], "float64"),
        ([[np.float64(0.5), 3], [0, "1/4"]], "float64"),
        (sympy.Matrix([[0.5, 3], [0, 0.25]]), "float64"),
        (mpmath.matrix([[0.5, 3], [0, 0.25]]), EXACT),
        (-mpmath.matrix([[0.5, 3], [0, -0.25]]), EXACT),
        (flint.fmpz_mat([[2, 12], [0, 1]]), EXACT),
        (np.array([[2, 12], [0, 1]]), EXACT),
    ],
)
def test_binary_numbers_are_taken_as_they_are_and_it_says_so(W: Any, entries: str) -> None:
    result = evaluate(W, 2, 8)
    assert isinstance(result, Evaluation)
    assert result.entries == entries
    sign = -1 if str(W).startswith("[ -") or "-0.5" in str(W) else 1
    scale = 4 if "12" in str(W) else 1
    expected = evaluate_exact(
        flint.fmpq_mat(2, 2, [flint.fmpq(x) * scale / 4 * sign for x in (2, 12, 0, sign)]), 2, 8
    )
    assert result.singular_values == expected.singular_values


@pytest.mark.parametrize("name", ["torch", "jax"])
def test_tensors(name: str) -> None:
    library = pytest.importorskip(name)
    if name == "torch":
        W = library.tensor([[0.5, 3], [0, 0.25]], dtype=library.float32, requires_grad=True)
    else:
        W = library.numpy.asarray([[0.5, 3], [0, 0.25]], dtype="float32")
    result = evaluate(W, 2, 8)
    assert isinstance(result, Evaluation)
    assert result.entries == "float32"


def test_gaps_of_rounding_are_warned_of() -> None:
    W = np.array([[1.0, 2.0], [2.0, 4.0]])
    result = evaluate(W, 2, 8)
    assert isinstance(result, Evaluation)
    assert result.warnings == ()  # exactly singular
    almost = evaluate([[1.0, 2.0], [2.0, 4 + 2.0**-50]], 2, 8)
    assert isinstance(almost, Evaluation)
    assert "rounding to float64" in almost.warnings[0]
    assert "unless" not in almost.warnings[0]
    exactly = evaluate([[1, 2], [2, Fraction(4) + Fraction(1, 2**51)]], 2, 8)
    assert isinstance(exactly, Evaluation)
    assert "unless the entries are meant exactly" in exactly.warnings[0]


def test_lists_of_matrices() -> None:
    batch = np.random.default_rng(0).standard_normal((3, 2, 2))
    expected = [evaluate(W, 2, 8) for W in batch]
    assert evaluate(batch, 2, 8) == expected
    assert evaluate(list(batch), 2, 8) == expected
    assert evaluate([HALF, sympy.eye(2), [[1, 2], [3, 4]]], 2, 8) == [
        evaluate(W, 2, 8) for W in (HALF, [[1, 0], [0, 1]], [[1, 2], [3, 4]])
    ]


def test_iterators_and_wide_decimals() -> None:
    def rows() -> Any:
        return (map(Fraction, row) for row in (["1/2", "3"], ["0", "1/3"]))

    expected = evaluate_exact(HALF, 3, 12)
    assert evaluate(rows(), 3, 12) == evaluate(list(rows()), 3, 12) == expected
    assert evaluate([rows(), list(rows())], 3, 12) == [expected, expected]
    assert evaluate([[Decimal("1e400")]], 3, 12) == evaluate([["1e400"]], 3, 12)


def test_files(tmp_path: Path) -> None:
    path = tmp_path / "W.json"
    path.write_text(json.dumps([["1/2", 3], [0, "1/3"]]))
    assert evaluate(path, 3, 12) == evaluate(str(path), 3, 12) == evaluate_exact(HALF, 3, 12)


@pytest.mark.parametrize(
    ("W", "line"),
    [
        ([[sympy.sqrt(2)]], "W: row 1, column 1: got sqrt(2), expected a rational number"),
        ([[1, 2], [3, float("nan")]], "W: row 2, column 2: got nan, expected a finite number"),
        ([[mpmath.inf]], "W: row 1, column 1: got +inf, expected a finite"),
        ([[mpmath.mpf(2) ** 10**13]], "W: row 1, column 1: got a number times 2^10000000000000"),
        ([[sympy.Float(2) ** -(10**6)]], "W: row 1, column 1: got a number times 2^-1000"),
        ([[Decimal("sNaN")]], "W: row 1, column 1: got sNaN, expected a finite number"),
        ([[Decimal("1e99999")]], "W: row 1, column 1: got '1E+99999', expected an exponent"),
        (np.eye(2, dtype=np.longdouble), "W: row 1, column 1: got np.longdouble('1.0'), expected"),
        (np.eye(2, dtype=np.clongdouble), "W: row 1, column 1: got np.clongdouble("),
        (sympy.MatrixSymbol("A", 2, 2), "W: row 1, column 1: got A[0, 0], expected a rational"),
        (sympy.MatrixSymbol("A", sympy.Symbol("n"), 2), "W: got A of n rows and 2 columns"),
        (io.StringIO("1 2\n3 4"), "W: got '1 2\\n' as the first row, expected a row of numbers"),
        ([[True]], "W: row 1, column 1: got True, expected a rational number"),
        ([["x"]], "W: row 1, column 1: got 'x', expected a number such as"),
        ([[1, 2], [3]], "W: row 2 has 1 entries, row 1 has 2"),
        ([[[1, 2], [3, 4]], [[1]], [[1j]]], "W[2]: row 1, column 1: got 1j, expected a rational"),
        ([1, 2], "W: got 1 as the first row"),
        ([], "W: got [], expected a matrix"),
        (7, "W: got 7, expected a matrix"),
        ([[1, 2], 3], "W: expected a list of rows"),
        ("no_such_file.npy", "matrix file 'no_such_file.npy': cannot be read"),
    ],
)
def test_what_is_no_exact_matrix_says_so(W: Any, line: str) -> None:
    with pytest.raises(InputError) as caught:
        evaluate(W, 2)
    assert str(caught.value).startswith(line)
    assert "\n" not in str(caught.value)
