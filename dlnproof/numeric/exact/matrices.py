"""The product of factors, over rationals and balls alike; a matrix for tests; the trace."""

from collections.abc import Sequence
from typing import TypeVar

from flint import arb_mat, fmpq, fmpq_mat

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


def trace(matrix: fmpq_mat) -> fmpq:
    """Return the sum of the diagonal entries."""
    return sum((matrix[k, k] for k in range(matrix.nrows())), fmpq(0))
