"""The Laplacian of the entries of W: the Ito drift of the metric's Brownian motion."""

from dataclasses import replace
from typing import Final

from flint import fmpq

from dlnproof.numeric.exact.laplacian import laplacian
from dlnproof.numeric.exact.points import ExactPoint, unturned
from dlnproof.quantities.metric import METRIC, SUM_INVERSE
from dlnproof.quantities.operator import OPERATOR
from dlnproof.quantities.quantity import Quantity, W

_WIDEST: Final = 4
"""A point of d = 4 takes some hundredths of a second; d = 5 would take five times that."""
_FIXED: Final = (
    "$i$: the free index, that of a diagonal entry in the frames of $W$; with the generator "
    r"$\Delta$, Brownian motion has the drift $\Delta W$"
)


def drifts(point: ExactPoint) -> list[fmpq]:
    """Return u_i^T (Delta W) v_i for each i, for "mean".

    At Sigma, where the metric has few entries: W -> U^T W V is an isometry, and linear.
    """
    found = laplacian(unturned(point))
    return [found[i, i] for i in range(point.width)]


BROWNIAN_DRIFT: Final = Quantity(
    "brownian-drift",
    r"$u_i^{T}(\Delta W)v_i$",
    "the diagonal entry, in the frames of $W$, of the matrix of the Laplacians of the entries of "
    f"$W$, for {METRIC}, with {OPERATOR}",
    (W, _FIXED),
    indices=("i",),
    exact=drifts,
    widest=_WIDEST,
)
SUM_BROWNIAN_DRIFT: Final = replace(
    BROWNIAN_DRIFT,
    name="submersion-brownian-drift",
    symbol=r"$u_i^{T}(\Delta W)v_i$, $g=(d\phi\,d\phi^{*})^{-1}$",
    definition="the diagonal entry, in the frames of $W$, of the matrix of the Laplacians of the "
    f"entries of $W$, for the metric that is {SUM_INVERSE}",
    exact=lambda point: [int(point.depth) * x for x in drifts(point)],
)
