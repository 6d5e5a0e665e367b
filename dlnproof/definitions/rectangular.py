"""Matrices of rank r with d_N rows and d_0 columns: the operator at one, and how they move."""

from __future__ import annotations

from typing import Final

from dlnproof.definitions.letters import N, i, s, sigma
from dlnproof.definitions.rows import moves
from dlnproof.definitions.shapes import LEFT, RANK, RIGHT, VALUES, WHOLE, size
from dlnproof.definitions.strata import across_frame, within_frame
from dlnproof.kernel.terms import (
    Term,
    at_most,
    diagonal,
    entry,
    equal,
    matrix_sort,
    transpose,
    variable,
    zero,
)

_S, _I = s.term, i.term
INNER: Final = matrix_sort(RANK)
X, Y, Z = (
    variable(f"{name}_r", matrix_sort(rows, columns), name)
    for name, rows, columns in (
        ("X", size(N), RANK),
        ("Y", size(0), RANK),
        ("Z", size(N), size(0)),
    )
)
"""Matrices to bind: with as many rows as U, with as many as V, and of the shape of W."""
G: Final = variable("G_r", Z.sort, "G").term
"""The gradient of the loss."""
RANKED: Final = (at_most(1, RANK),)
"""1 <= r."""


def operator(matrix: Term) -> Term:
    """Return N A_{N,W}(Z) = sum_j (W W^T)^((N-j)/N) Z (W^T W)^((j-1)/N)."""
    return moves(N, WHOLE, matrix)


BEYOND: Final = (
    equal(transpose(LEFT) * Z.term, zero(RANK, size(0))),
    equal(Z.term * RIGHT, zero(size(N), RANK)),
)
"""The columns of Z are orthogonal to those of U, and its rows to those of V."""


# --- how W moves with its singular values and vectors ---------------------------------------------

stretch: Final = variable("D_r", INNER, "D")
D: Final = stretch.term
LEFT_TURN, RIGHT_TURN = within_frame(N), within_frame(0)
LEFT_ACROSS, RIGHT_ACROSS = across_frame(N), across_frame(0)
"""U moves by U a_N + Z_N, and V by V a_0 + Z_0."""
MOVING: Final = (
    equal(transpose(LEFT_TURN), -LEFT_TURN),
    equal(transpose(RIGHT_TURN), -RIGHT_TURN),
    equal(transpose(LEFT) * LEFT_ACROSS, zero(RANK)),
    equal(transpose(RIGHT) * RIGHT_ACROSS, zero(RANK)),
)
"""a_N and a_0 are skew; the columns of Z_N and Z_0 are orthogonal to those of U and V."""


def curve(values: Term) -> Term:
    """Return U Sigma V^T where the frames move with s; ``values`` is Sigma, as it moves."""
    left = LEFT + _S * (LEFT * LEFT_TURN + LEFT_ACROSS)
    right = RIGHT + _S * (RIGHT * RIGHT_TURN + RIGHT_ACROSS)
    return left * values * transpose(right)


def inside(rates: Term) -> Term:
    """Return U^T dW V, where Sigma moves by ``rates``."""
    return LEFT_TURN * VALUES + rates + VALUES * transpose(RIGHT_TURN)


def tangent(rates: Term) -> Term:
    """Return dW, which is that between U and V^T, and what moves out of the frames."""
    middle = LEFT * inside(rates) * transpose(RIGHT)
    return (
        middle + LEFT_ACROSS * VALUES * transpose(RIGHT) + LEFT * VALUES * transpose(RIGHT_ACROSS)
    )


FLOWING: Final = (*MOVING, equal(tangent(D), -operator(G)))
"""W moves by -N A(G), and Sigma by D."""

BY_ROOTS: Final = diagonal(i, RANK, (sigma(_I) ** (1 / N) + _S * entry(D, _I, _I)) ** N)
"""(Sigma^(1/N) + s D)^N."""
RATES: Final = diagonal(i, RANK, N * sigma(_I) ** (1 - 1 / N) * entry(D, _I, _I))
"""How this moves."""
H: Final = variable("H_r", Z.sort, "H").term
LIFTED: Final = (equal(operator(H), tangent(RATES)),)
"""N A(H) is how W moves, its roots by D."""
