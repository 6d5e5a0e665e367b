"""The product of factors, over rationals and balls alike; the trace; matrices for tests."""

from collections.abc import Sequence
from functools import cache
from typing import Any, TypeVar, overload

from flint import arb, arb_mat, fmpq, fmpq_mat

Matrix = TypeVar("Matrix", fmpq_mat, arb_mat)


def product(factors: Sequence[Matrix]) -> Matrix:
    """Return phi(W_N, ..., W_1) = W_N ... W_1 for the factors W_1, ..., W_N."""
    W, *rest = factors
    for factor in rest:
        W = factor * W
    return W


def generic(size: int) -> fmpq_mat:
    """Return a matrix with no symmetry and no zero entry."""
    return fmpq_mat([[fmpq(1, 1 + 2 * r + 5 * c) for c in range(size)] for r in range(size)])


@cache
def columns(rows: int, cols: int) -> fmpq_mat:
    """Return orthonormal columns: the first of a reflection that mixes all coordinates."""
    scale = fmpq(2, sum(k * k for k in range(1, rows + 1)))
    return fmpq_mat(
        [[(i == k) - scale * (i + 1) * (k + 1) for k in range(cols)] for i in range(rows)]
    )


@overload
def trace(matrix: fmpq_mat) -> fmpq: ...
@overload
def trace(matrix: arb_mat) -> arb: ...
def trace(matrix: Any) -> Any:
    """Return the sum of the diagonal entries, of one at least."""
    first, *others = (matrix[k, k] for k in range(matrix.nrows()))
    return sum(others, first)
