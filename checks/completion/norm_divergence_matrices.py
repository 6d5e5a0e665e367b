"""Matrices near the minimisers, where the inequalities are evaluated."""

from typing import Final

from flint import arb, fmpq, fmpq_mat

from dlnproof.claims.completion.norm_divergence import RHO, W11, W12, W21, W22
from dlnproof.core.expression import Letter
from dlnproof.numeric.exact.points import ExactPoint

EXCESSES: Final = (fmpq(1, 1000), fmpq(1), fmpq(99))
INEQUALITIES: Final = ("entry", "small", "ratio", "entropy", "norm")
RESIDUALS: Final = (fmpq(1, 2), fmpq(1, 10), fmpq(1, 200))


def matrices(point: ExactPoint) -> list[fmpq_mat]:
    """Return W near minimisers, with det W > 0 and the loss rho^2 / 2 for a rational rho < 1.

    The residuals point in a direction made from the point's frames, or to w22 alone, where the
    inequalities are nearly sharp.
    """
    directions = [(fmpq(0), fmpq(0), fmpq(1))]
    if point.width == 2:  # otherwise the first columns' entries are no cosines and sines
        (c, s), (c_2, s_2) = ((Q[0, 0], Q[1, 0]) for Q in (point.U, point.V))
        directions.append((c, s * c_2, s * s_2))
    found = []
    for rho in RESIDUALS:
        for a, b, e in directions:
            w12, w21, w22 = 1 + rho * a, 1 + rho * b, rho * e
            for excess in EXCESSES:
                found.append(fmpq_mat([[(w12 * w21 + excess) / w22, w12], [w21, w22]]))
    return found


def residual(W: fmpq_mat) -> fmpq:
    """Return the squared residual 2 l."""
    return (W[0, 1] - 1) ** 2 + (W[1, 0] - 1) ** 2 + W[1, 1] ** 2


def entries(W: fmpq_mat, rho: fmpq) -> dict[Letter, fmpq | arb]:
    """Return what the inequalities say of W, but for its singular values and norm."""
    return {W11: abs(W[0, 0]), W12: W[0, 1], W21: W[1, 0], W22: abs(W[1, 1]), RHO: rho}
