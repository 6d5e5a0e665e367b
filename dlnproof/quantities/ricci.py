"""Ricci and sectional curvatures of diagonal directions and of turns, in the frames of W.

Each is that of the metric's Taylor series of order two at Sigma: W -> U^T W V is an isometry.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from itertools import combinations, permutations
from typing import Final

from flint import fmpq, fmpq_mat

from dlnproof.numeric.exact.curvature import (
    Series,
    ricci_along,
    ricci_on,
    sectional_curvature_of,
)
from dlnproof.numeric.exact.points import ExactPoint
from dlnproof.quantities.curvature import WIDEST, mean_series, size, sum_series
from dlnproof.quantities.metric import METRIC, SUM_INVERSE
from dlnproof.quantities.operator import OPERATOR
from dlnproof.quantities.quantity import Indices, Quantity, W

_S: Final = "$S=u_iv_l^{T}+u_lv_i^{T}$"
_K: Final = "$K=u_iv_l^{T}-u_lv_i^{T}$"
_ONE: Final = "$i$: the free index; $u_i$, $v_i$: columns of $U$ and $V$"
_TWO: Final = r"$i$, $l$: free indices, $i\ne l$; $u_i$, $v_i$: columns of $U$ and $V$"
_SIGN: Final = (
    r"curvature: that of the unit sphere in $n$ dimensions is $\operatorname{Ric}=(n-1)g$, and $1$ "
    "in each plane"
)

Values = Callable[[Series, int], list[fmpq]]
"""What is measured of a metric of d x d matrices, from its series at Sigma."""


def straight(width: int, i: int) -> fmpq_mat:
    """Return u_i v_i^T at Sigma, as a column; i counts from 1."""
    return _column(width, {(i, i): 1})


def turn(width: int, i: int, l: int, sign: int) -> fmpq_mat:
    """Return S = u_i v_l^T + u_l v_i^T at Sigma, as a column, or, with the sign -1, K."""
    return _column(width, {(i, l): 1, (l, i): sign})


def _column(width: int, entries: dict[Indices, int]) -> fmpq_mat:
    found = fmpq_mat(width**2, 1)
    for (row, column), entry in entries.items():
        found[(column - 1) * width + row - 1, 0] = fmpq(entry)
    return found


def _both(width: int) -> list[Indices]:
    """Return all i and l that differ."""
    return list(permutations(range(1, width + 1), 2))


def pairs(point: ExactPoint) -> Sequence[Indices]:
    """Return all i and l that differ, counted from 1."""
    return _both(point.width)


def _alike(measure: Callable[[Series, int, int, int], fmpq]) -> Values:
    """Return the values at all pairs of what is symmetric in i and l."""

    def found(g: Series, width: int) -> list[fmpq]:
        known = {p: measure(g, width, *p) for p in combinations(range(1, width + 1), 2)}
        return [known[min(p), max(p)] for p in _both(width)]

    return found


def _own(g: Series, width: int) -> list[fmpq]:
    return [ricci_along(g, straight(width, i)) for i in range(1, width + 1)]


def _mixed(g: Series, width: int) -> list[fmpq]:
    form = ricci_on(g, [straight(width, i) for i in range(1, width + 1)])
    return [form[i - 1, l - 1] for i, l in _both(width)]


def _ricci(sign: int, g: Series, width: int, i: int, l: int) -> fmpq:
    z = turn(width, i, l, sign)
    return ricci_along(g, z) / (z.transpose() * g.value * z)[0, 0]


def _with_diagonal(sign: int, g: Series, width: int) -> list[fmpq]:
    return [
        sectional_curvature_of(g, straight(width, i), turn(width, i, l, sign))
        for i, l in _both(width)
    ]


def _of_turns(g: Series, width: int, i: int, l: int) -> fmpq:
    return sectional_curvature_of(g, turn(width, i, l, 1), turn(width, i, l, -1))


def _quantity(
    name: str, symbol: str, words: str, values: Values, indices: tuple[str, ...] = ("i", "l")
) -> Quantity:
    pair = len(indices) > 1
    return Quantity(
        name,
        f"${symbol}$",
        f"{words} of {METRIC}, with {OPERATOR}",
        (W, _TWO if pair else _ONE, _SIGN),
        indices=indices,
        exact=lambda point: values(mean_series(point), point.width),
        keys=pairs if pair else None,
        widest=WIDEST,
    )


def _normalised(name: str, symbol: str, words: str, values: Values) -> tuple[Quantity, Quantity]:
    """Return what is of the size of curvature, and the same of the metric without the mean."""
    mean = replace(_quantity(name, symbol, words, values), scale=size)
    return mean, replace(
        mean,
        name=f"submersion-{name}",
        symbol=rf"${symbol}$, $g=(d\phi\,d\phi^{{*}})^{{-1}}$",
        definition=f"{words} of the metric that is {SUM_INVERSE}",
        exact=lambda point: values(sum_series(point), point.width),
    )


RICCI_DIAGONAL: Final = _quantity(
    "ricci-diagonal",
    r"\operatorname{Ric}(u_iv_i^{T},\,u_iv_i^{T})",
    "the Ricci curvature along $u_iv_i^{T}$",
    _own,
    ("i",),
)
RICCI_MIXED: Final = _quantity(
    "ricci-mixed",
    r"\operatorname{Ric}(u_iv_i^{T},\,u_lv_l^{T})",
    "the Ricci curvature at $u_iv_i^{T}$ and $u_lv_l^{T}$",
    _mixed,
)
RICCI_SYMMETRIC, SUM_RICCI_SYMMETRIC = _normalised(
    "ricci-symmetric",
    r"\operatorname{Ric}(S,\,S) / g(S,\,S)",
    f"the Ricci curvature, for the unit vector along {_S},",
    _alike(partial(_ricci, 1)),
)
RICCI_SKEW, SUM_RICCI_SKEW = _normalised(
    "ricci-skew",
    r"\operatorname{Ric}(K,\,K) / g(K,\,K)",
    f"the Ricci curvature, for the unit vector along {_K},",
    _alike(partial(_ricci, -1)),
)
SECTIONAL_SYMMETRIC, SUM_SECTIONAL_SYMMETRIC = _normalised(
    "sectional-symmetric",
    r"\operatorname{sec}(u_iv_i^{T},\,S)",
    f"the sectional curvature, in the plane of $u_iv_i^{{T}}$ and {_S},",
    partial(_with_diagonal, 1),
)
SECTIONAL_SKEW, SUM_SECTIONAL_SKEW = _normalised(
    "sectional-skew",
    r"\operatorname{sec}(u_iv_i^{T},\,K)",
    f"the sectional curvature, in the plane of $u_iv_i^{{T}}$ and {_K},",
    partial(_with_diagonal, -1),
)
SECTIONAL_TURNS, SUM_SECTIONAL_TURNS = _normalised(
    "sectional-turns",
    r"\operatorname{sec}(S,\,K)",
    f"the sectional curvature, in the plane of {_S} and {_K},",
    _alike(_of_turns),
)
