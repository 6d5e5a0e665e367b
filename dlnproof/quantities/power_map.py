"""The volume of g^N beside Lebesgue measure dR, W = R (R^T R)^((N-1)/2), and that of a ball.

R is turned and stretched by dual numbers, in polar coordinates.
"""

from typing import Final

from flint import fmpq, fmpq_mat

from dlnproof.numeric.exact.exact_geometry import Dual, skew_units, symmetric_units, turned
from dlnproof.numeric.exact.points import ExactPoint, diagonal
from dlnproof.quantities.metric import INVERSE, SUM_INVERSE, density, sum_determinant
from dlnproof.quantities.quantity import Quantity, Root, W

_ROOTS: Final = 1
"""Of R = Q P itself; its image is Q P^N."""
_BALL: Final = (
    r"of the $W$ with $\sum_i\sigma_i^{2/N}\le1$, the image of the unit ball of "
    r"$\mathbb{R}^{d\times d}$ under $R\mapsto R(R^{T}R)^{(N-1)/2}$: the density with respect to "
    "$dR$ times the volume of that ball, in its closed form"
)


def polar(point: ExactPoint) -> tuple[fmpq_mat, fmpq_mat]:
    """Return Q and P of R = Q P: U V^T and V Sigma^(1/N) V^T."""
    turn = point.V.transpose()
    return point.U * turn, point.V * diagonal(point.roots) * turn


def directions(point: ExactPoint) -> list[tuple[fmpq_mat, fmpq_mat]]:
    """Return skew matrices by which Q moves, and symmetric ones by which P does, one at a time.

    None of the latter is large beside the least eigenvalue of P.
    """
    d, least = point.width, point.roots[-1]
    still = fmpq_mat(d, d)
    return [
        *((skew, still) for skew in skew_units(d)),
        *((still, unit * least) for unit in symmetric_units(d)),
    ]


def moves(point: ExactPoint, exponent: int) -> fmpq_mat:
    """Return, by rows, how Q P^n moves."""
    Q, P = polar(point)
    rows = []
    for skew, stretch in directions(point):
        found = turned(Q, skew)
        for _ in range(exponent):
            found = found * Dual(P, stretch)
        rows.append(found.derivative.entries())
    return fmpq_mat(rows)


def grown(point: ExactPoint) -> fmpq:
    """Return |det| of the differential of R -> R (R^T R)^((N-1)/2)."""
    return abs(moves(point, int(point.depth)).det() / moves(point, _ROOTS).det())


_DENSITY: Final = Quantity(
    "power-map-density",
    r"$\sqrt{\det g^{N}}\,dW / dR$",
    f"the density of the volume of $g^{{N}}$ with respect to $dR$; {INVERSE}",
    exact=lambda point: density(point) * grown(point),
)
_SUM_DENSITY_SQUARED: Final = Quantity(
    "submersion-power-map-density-squared",
    r"$\det g\,(dW / dR)^{2}$",
    f"the square of the density with respect to $dR$ of the metric that is {SUM_INVERSE}",
    exact=lambda point: sum_determinant(point) * grown(point) ** 2,
)
BALL_VOLUME: Final = Quantity(
    "ball-volume",
    r"$\operatorname{vol}\{\sum_i\sigma_i^{2/N}\le1\}$",
    f"the volume for $g^{{N}}$ {_BALL}; {INVERSE}",
    (W,),
    root=Root(_DENSITY, ball=True),
)
SUM_BALL_VOLUME: Final = Quantity(
    "submersion-ball-volume",
    r"$\operatorname{vol}_g\{\sum_i\sigma_i^{2/N}\le1\}$",
    f"the volume {_BALL}; the metric is {SUM_INVERSE}",
    (W,),
    root=Root(_SUM_DENSITY_SQUARED, 2, ball=True),
)
