"""A user's matrix, of whatever makes numbers, as the exact rational matrix it is."""

import math
import os
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from flint import fmpq, fmpq_mat, fmpz, fmpz_mat

from dlnproof.depth import Depth
from dlnproof.errors import InputError
from dlnproof.files.exact_number import FINITE, exact_number
from dlnproof.limits import EVALUATED_DIGITS
from dlnproof.numeric.balls.evaluate import Evaluation
from dlnproof.numeric.balls.evaluate import evaluate as evaluate_exact
from dlnproof.numeric.matrix_file import MatrixFile, rational, read_matrix
from dlnproof.numeric.rounding import EXACT

_FLOATS: Final = ("float16", "float32", "float64")
_MOST_BITS: Final = 20_000
"""Of a binary exponent: a little more than text may have."""


def evaluate(
    W: Any, depth: Depth, digits: int = EVALUATED_DIGITS.usual, *, rank: int | None = None
) -> Evaluation | list[Evaluation]:
    """Return the singular values of W and the logarithms of its volumes, each with a radius.

    W is a matrix of exact numbers, of any shape; with ``rank``, which has to be its rank, it is one
    of the matrices of that rank, whose volumes are those. It has rows of ``int``, ``Fraction``,
    ``Decimal`` or text such as "0.1" and "7/3" (a decimal is what it says, 1/10), a sympy matrix of
    rationals, an mpmath or flint matrix; or an array of numpy, torch or jax, or rows of ``float``:
    binary numbers, taken as the exact ones they are, which the result's ``entries`` says. Its
    ``warnings`` say which digits depend on gaps of the order of rounding. A path is read as
    ``dlnproof evaluate`` reads a file. A list of matrices, or an array of shape (n, d, d), gives a
    list of results. Certified: every interval printed holds its value, see
    :class:`~dlnproof.numeric.balls.evaluate.Evaluation`. Raises
    :class:`~dlnproof.errors.InputError`. Source: CMV2023 Lemma 2.4 and Theorem 1.1; MY2025.

    >>> evaluate([["0.5", 0], [0, "1/3"]], depth=2, digits=6).log_volume_density.mid
    '1.771348'
    """
    if isinstance(W, str | os.PathLike):
        return evaluate_file(W, depth, digits, rank)
    matrices, single = _matrices(W)
    results = [
        evaluate_exact(m.matrix, depth, digits, entries=m.entries, rank=rank) for m in matrices
    ]
    return results[0] if single else results


def evaluate_file(
    path: str | os.PathLike[str], depth: Depth, digits: int, rank: int | None = None
) -> Evaluation:
    """Return the same of the matrix in a file."""
    read = read_matrix(path, rectangular=True)
    return evaluate_exact(read.matrix, depth, digits, entries=read.entries, rank=rank)


def _matrices(W: Any) -> tuple[list[MatrixFile], bool]:
    """Return the matrices given, and whether it is one alone."""
    if isinstance(W, fmpq_mat | fmpz_mat):
        return [MatrixFile(fmpq_mat(W), EXACT)], True
    entries = _dtype(W)
    rows = _listed(_drawn(W))
    if not isinstance(rows, list) or not rows:
        raise InputError(f"W: got {_named(W)}, expected a matrix, rows of exact numbers")
    first = rows[0]
    if not isinstance(first, list) and not _is_sequence(first):
        raise InputError(f"W: got {_named(first)} as the first row, expected a row of numbers")
    if _is_matrix(first):
        return [_matrix(m, f"W[{k}]", entries) for k, m in enumerate(rows)], False
    return [_matrix(rows, "W", entries)], True


def _matrix(W: Any, name: str, entries: str) -> MatrixFile:
    if isinstance(W, fmpq_mat | fmpz_mat):
        return MatrixFile(fmpq_mat(W), EXACT)
    if entries == EXACT:
        entries = _dtype(W)
    kinds: set[str] = set()
    rows = [_listed(row) for row in _listed(W)]
    try:
        if not all(isinstance(row, list) for row in rows):
            raise InputError("expected a list of rows of one length")
        values = [
            [_entry(x, i, j, kinds) for j, x in enumerate(row, 1)] for i, row in enumerate(rows, 1)
        ]
        doubles = entries == EXACT and "float64" in kinds
        return MatrixFile(rational(values), "float64" if doubles else entries)
    except InputError as error:
        raise InputError(f"{name}: {error}") from None


def _entry(x: Any, row: int, column: int, kinds: set[str]) -> fmpq:
    """Return an entry as the rational it is, and note whether it was a double."""
    try:
        return _rational(x, kinds)
    except InputError as error:
        raise InputError(f"row {row}, column {column}: {error}") from None


def _rational(x: Any, kinds: set[str]) -> fmpq:
    if isinstance(x, str):
        try:
            return exact_number(x.strip())
        except InputError as error:
            raise InputError(f"got {x!r}, {error}") from None
    if isinstance(x, int | Fraction) and not isinstance(x, bool):
        return fmpq(*x.as_integer_ratio())
    if isinstance(x, Decimal):
        if not x.is_finite():
            raise InputError(f"got {x}, {FINITE}")
        return _rational(str(x), kinds)  # as text, whose exponent is bounded
    if isinstance(x, float):
        if not math.isfinite(x):
            raise InputError(f"got {x}, {FINITE}")
        kinds.add("float64")
        return fmpq(*x.as_integer_ratio())
    return _of_a_library(x, kinds)


def _of_a_library(x: Any, kinds: set[str]) -> fmpq:
    """Return a number of flint, mpmath, sympy or numpy as the rational it is."""
    home = _home(x)
    if isinstance(x, fmpq | fmpz):
        return fmpq(x)
    if home == "mpmath" and hasattr(x, "_mpf_"):
        sign, man, exp, _ = x._mpf_
        if not man and exp:
            raise InputError(f"got {x}, {FINITE}")
        if abs(int(exp)) > _MOST_BITS:  # a short number to write, and no memory holds it
            raise InputError(
                f"got a number times 2^{exp}, expected a power of two from -{_MOST_BITS} to "
                f"{_MOST_BITS}; rescale"
            )
        value = fmpq(fmpz(int(man))) * fmpq(2) ** int(exp)
        return -value if sign else value
    if home == "sympy" and x.is_Rational:
        return fmpq(int(x.p), int(x.q))
    if home == "sympy" and x.is_Float:  # a binary number too
        kinds.add("float64")
        return _of_a_library(x._to_mpmath(x._prec), kinds)
    if home == "numpy" and hasattr(x, "item"):
        value = x.item()
        if type(value) is not type(x):
            return _rational(value, kinds)
        if hasattr(x, "as_integer_ratio"):
            raise InputError(
                f"got {_named(x)}, expected a float of at most 64 bits; convert with "
                "numpy.float64(x), or exactly with Fraction(*x.as_integer_ratio())"
            )
    raise InputError(
        f"got {_named(x)}, expected a rational number: int, Fraction, Decimal, text such as "
        '"7/3", or a binary float; an irrational one by a rational as near as you need'
    )


def _dtype(W: Any) -> str:
    """Return the binary type of an array's entries, or ``EXACT``."""
    dtype = str(getattr(W, "dtype", "")).rpartition(".")[2]
    return dtype if dtype in _FLOATS else EXACT


def _listed(W: Any) -> Any:
    """Return rows, or a row, as a list, where W is something that holds them."""
    if hasattr(W, "detach") and hasattr(W, "dtype"):  # a tensor that may require grad
        W = W.detach()
    if _home(W) in ("mpmath", "sympy") and hasattr(W, "rows") and hasattr(W, "cols"):
        if not (str(W.rows).isdigit() and str(W.cols).isdigit()):
            raise InputError(
                f"W: got {_named(W)} of {W.rows} rows and {W.cols} columns, expected a matrix of "
                "rational numbers; put numbers for its letters"
            )
        return [[W[i, j] for j in range(W.cols)] for i in range(W.rows)]
    if hasattr(W, "tolist"):
        return W.tolist()
    return list(W) if _is_sequence(W) else W


def _drawn(W: Any) -> Any:
    """Return lists for the iterators in it, such as ``map``: they can be read only once."""
    return [_drawn(x) for x in W] if isinstance(W, list | tuple | Iterator) else W


def _is_matrix(row: Any) -> bool:
    """Return whether what should be a row is a whole matrix."""
    if isinstance(row, fmpq_mat | fmpz_mat) or (hasattr(row, "rows") and hasattr(row, "cols")):
        return True
    listed = _listed(row)
    return isinstance(listed, list) and bool(listed) and isinstance(_listed(listed[0]), list)


def _is_sequence(value: Any) -> bool:
    if isinstance(value, str | bytes | dict):
        return False
    matrix = isinstance(value, fmpq_mat | fmpz_mat) or hasattr(value, "cols")
    return matrix or isinstance(value, Sequence | Iterable)


def _home(x: Any) -> str:
    return type(x).__module__.partition(".")[0]


def _named(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 40 else f"{text[:37]}..."
