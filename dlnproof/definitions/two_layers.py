"""Two factors that are out of balance by a multiple of the identity."""

from __future__ import annotations

from typing import Final

from dlnproof.definitions.letters import U, V, W, Y, Z, d, factor, i, s, sigma, unbalance
from dlnproof.kernel.terms import (
    Term,
    diagonal,
    equal,
    identity,
    matrix_sort,
    root,
    transpose,
    variable,
    zero,
)

FIRST: Final = factor(1)
SECOND: Final = factor(2)
UNBALANCED: Final = (
    equal(transpose(SECOND) * SECOND - FIRST * transpose(FIRST), unbalance * identity(d)),
)
"""W_2^T W_2 - W_1 W_1^T = lambda I."""
PRODUCT_OF_TWO: Final = (equal(W, SECOND * FIRST),)
"""W = W_2 W_1."""


def spread(index: Term) -> Term:
    """Return the root of lambda^2 + 4 sigma_i^2."""
    return root(unbalance**2 + 4 * sigma(index) ** 2)


def in_frame(frame: Term, entries: Term) -> Term:
    """Return Q diag(f_i) Q^T."""
    return frame * diagonal(i, d, entries) * transpose(frame)


def pulled() -> Term:
    """Return U^T (W_2 - s Z W_1^T) (W_1 - s W_2^T Z) V: both factors a step of descent on."""
    z = Z.term
    above = SECOND - s.term * (z * transpose(FIRST))
    below = FIRST - s.term * (transpose(SECOND) * z)
    return transpose(U) * (above * below) * V


# --- both factors in one matrix -------------------------------------------------------------------

_TALL: Final = matrix_sort(2 * d, d)
UPPER: Final = variable("E_2d", _TALL, "E").term
LOWER: Final = variable("F_2d", _TALL, "F").term
"""Two blocks of d columns of 2d entries."""
BLOCKS: Final = (
    equal(transpose(UPPER) * UPPER, identity(d)),
    equal(transpose(LOWER) * LOWER, identity(d)),
    equal(transpose(UPPER) * LOWER, zero(d)),
)
"""All those columns are orthonormal: such as I over O, and O over I."""
AIM: Final = Y.term


def stacked(first: Term, second: Term) -> Term:
    """Return W_1^T in the first block, and W_2 in the other."""
    return UPPER * transpose(first) + LOWER * second


def descended() -> tuple[Term, Term]:
    """Return both factors a step s of descent on, for the loss |W_2 W_1 - Y|^2 / 2."""
    off = SECOND * FIRST - AIM
    return (
        FIRST - s.term * (transpose(SECOND) * off),
        SECOND - s.term * (off * transpose(FIRST)),
    )


def pulling(gap: Term) -> Term:
    """Return the symmetric matrix of the blocks -c I and Y^T, and Y and c I."""
    across = LOWER * AIM * transpose(UPPER)
    inside = LOWER * transpose(LOWER) - UPPER * transpose(UPPER)
    return across + transpose(across) + gap * inside
