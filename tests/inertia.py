"""Decisions in ball arithmetic: a ball decides a sign, or says that it could not.

A ball that contains zero and other numbers decides nothing. Comparisons use ``contains``,
``overlaps``, ``<`` and ``>``, never ``==`` or truthiness.
"""

from dataclasses import dataclass
from enum import Enum

from flint import arb, arb_mat


class Sign(Enum):
    """The sign of a real number enclosed by a ball."""

    POSITIVE = 1
    ZERO = 0
    NEGATIVE = -1
    UNDECIDED = None


def sign(x: arb) -> Sign:
    """Return the sign of every number in the ball, or UNDECIDED; ZERO only for the exact zero.

    >>> sign(arb(0, 1))
    <Sign.UNDECIDED: None>
    """
    if x > 0:
        return Sign.POSITIVE
    if x < 0:
        return Sign.NEGATIVE
    if x.is_zero():
        return Sign.ZERO
    return Sign.UNDECIDED


@dataclass(frozen=True)
class Inertia:
    """How many eigenvalues of a symmetric matrix are positive, zero and negative."""

    positive: int
    zero: int
    negative: int


def inertia(matrix: arb_mat) -> Inertia | None:
    """Return the inertia of every symmetric matrix in the balls, or None where undecided.

    LDL^T without pivoting: by Sylvester's law the pivots' signs are the eigenvalues'. A pivot that
    may be zero ends the attempt, unless the whole remaining block is exactly zero. Raises
    ``ValueError`` where no matrix in the balls is symmetric.
    """
    size = matrix.nrows()
    if not matrix.overlaps(matrix.transpose()):
        raise ValueError("expected a symmetric matrix")
    a = [[matrix[row, column] for column in range(size)] for row in range(size)]
    counts = {Sign.POSITIVE: 0, Sign.NEGATIVE: 0}
    for k in range(size):
        pivot = sign(a[k][k])
        if pivot not in counts:
            rest = [a[row][column] for row in range(k, size) for column in range(k, size)]
            if all(sign(entry) is Sign.ZERO for entry in rest):
                return Inertia(counts[Sign.POSITIVE], size - k, counts[Sign.NEGATIVE])
            return None
        counts[pivot] += 1
        for row in range(k + 1, size):
            ratio = a[row][k] / a[k][k]
            for column in range(k + 1, row + 1):
                a[row][column] = a[column][row] = a[row][column] - ratio * a[column][k]
    return Inertia(counts[Sign.POSITIVE], 0, counts[Sign.NEGATIVE])
