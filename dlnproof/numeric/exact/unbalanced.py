"""Two rational factors that are out of balance by a multiple of the identity."""

from __future__ import annotations

from typing import NamedTuple

from flint import fmpq, fmpq_mat

from dlnproof.numeric.exact.points import diagonal


class Unbalanced(NamedTuple):
    """Factors with W_2^T W_2 - W_1 W_1^T = lambda I, and the singular values of W_2 W_1."""

    first: fmpq_mat
    second: fmpq_mat
    gap: fmpq
    sizes: list[fmpq]


def unbalanced(
    left: fmpq_mat, between: fmpq_mat, right: fmpq_mat, roots: list[fmpq], sign: int
) -> Unbalanced:
    """Return W_2 = U diag(b) Q^T and W_1 = Q diag(a) V^T with b^2 - a^2 = lambda, of either sign.

    With u = b - a any positive numbers, b + a is lambda / u; lambda is the square of twice the
    largest, or the opposite of that with a and b exchanged. In place of 0 it is that: a = 0.
    """
    largest = max(roots)
    most = 2 * largest if largest != 0 else fmpq(2)
    gap, apart = most**2, [u if u != 0 else most for u in roots]
    small, large = ([(gap / u + side * u) / 2 for u in apart] for side in (-1, 1))
    a, b = (small, large) if sign > 0 else (large, small)
    return Unbalanced(
        between * diagonal(tuple(a)) * right.transpose(),
        left * diagonal(tuple(b)) * between.transpose(),
        sign * gap,
        [x * y for x, y in zip(a, b, strict=True)],
    )
