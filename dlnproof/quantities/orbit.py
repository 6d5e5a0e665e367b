"""The volume of the orbit of balanced factorizations, and of the whole balanced manifold."""

from itertools import permutations
from typing import Final

from flint import arb, arb_mat, fmpq, fmpq_mat

from dlnproof.core.product import PairProduct
from dlnproof.core.spectrum import DOUBLED, I, L, N
from dlnproof.language.precision import bits_of, working_precision
from dlnproof.numeric.exact.charts import svd_chart
from dlnproof.numeric.exact.exact_geometry import (
    gauge_direction,
    manifold_tangents,
    orbit_tangents,
)
from dlnproof.numeric.exact.points import ExactPoint
from dlnproof.numeric.exact.predictions import product_value
from dlnproof.numeric.exact.stencil import tangents, working_digits
from dlnproof.quantities.quantity import Indices, Pullback, Quantity, Root, W
from dlnproof.quantities.volume_form import varies

_ORBIT: Final = (
    "the volume, for the Frobenius metric of the factors, of the set of balanced factorizations "
    "of $W$"
)
_GROUP: Final = (
    r"$c(d)$: the volume of $O_d$ for the metric $\operatorname{Tr}(a^{T}a)$ on skew-symmetric "
    "matrices"
)


def _coordinates(point: ExactPoint) -> int:
    return (int(point.depth) - 1) * point.width * (point.width - 1) // 2


def gram(rows: fmpq_mat) -> fmpq:
    """Return the Gram determinant of tangent vectors, as rows."""
    return (rows * rows.transpose()).det()


def squared(point: ExactPoint) -> fmpq:
    """Return the Gram determinant of the orbit over that of the group, by dual numbers.

    Of each coordinate of the group E_il - E_li the squared length is 2.
    """
    count = _coordinates(point)
    return gram(orbit_tangents(point)) / fmpq(2) ** count if count else fmpq(1)


def squared_differences(point: ExactPoint, step: fmpq, digits: int) -> arb:
    """Return the same by finite differences in factor space."""
    with working_precision(bits_of(working_digits(point, digits))):
        chart = svd_chart(point)
        rows, _ = tangents(chart, chart.fibre, step)
        return (rows * rows.transpose()).det() / arb(fmpq(2) ** _coordinates(point))


def _whole(point: ExactPoint) -> fmpq:
    return gram(manifold_tangents(point))


def _scale(point: ExactPoint) -> fmpq:
    """Return the determinant of the manifold with sums in place of differences."""
    sums = PairProduct(
        index=I.root**2 / (N * I.sigma**2),
        pair=DOUBLED * ((I.root**2 + L.root**2) * (I.sigma**2 + L.sigma**2)),
    )
    return product_value(sums, point)


def _whole_differences(point: ExactPoint, step: fmpq, digits: int) -> arb:
    with working_precision(bits_of(working_digits(point, digits))):
        chart = svd_chart(point)
        rows, _ = tangents(chart, range(chart.dimension), step)
        # the coordinates of the spectrum are relative: d sigma_i = sigma_i dx_i
        unit = arb(1)
        for sigma in point.sigma:
            unit = unit * arb(sigma) ** 2
        return (rows * rows.transpose()).det() / unit / _scale(point)


def pair_gram(point: ExactPoint, i: int, l: int) -> fmpq_mat:
    """Return the Gram matrix of the frames' turns Q_k -> Q_k (I + s (E_il - E_li)), 0 < k < N.

    It is relative to the group, in which the squared length of a turn is 2. Indices are from 0.
    """
    d = point.width
    turn, still = fmpq_mat(d, d), fmpq_mat(d, d)
    turn[i, l], turn[l, i] = fmpq(1), fmpq(-1)
    rows = []
    for k in range(1, int(point.depth)):
        family = [Q * turn * Q.transpose() if k == n else still for n, Q in enumerate(point.frames)]
        rows.append([x for W in gauge_direction(point, family) for x in W.entries()])
    moves = fmpq_mat(rows)
    return moves * moves.transpose() * fmpq(1, 2)


def _waves(point: ExactPoint) -> list[Indices]:
    """Return i, l and m: two different indices, and 0 < m < N."""
    pairs = permutations(range(1, point.width + 1), 2)
    return [(i, l, m) for i, l in pairs for m in range(1, int(point.depth))]


def _on_waves(point: ExactPoint) -> list[arb]:
    """Return v^T G v / v^T v for v_k = sin(k m pi / N)."""
    depth, found = int(point.depth), []
    for i, l, m in _waves(point):
        wave = arb_mat([[arb(fmpq(k * m, depth)).sin_pi() for k in range(1, depth)]])
        whole = wave * arb_mat(pair_gram(point, i - 1, l - 1)) * wave.transpose()
        found.append(whole[0, 0] / (wave * wave.transpose())[0, 0])
    return found


GRAM_EIGENVALUE: Final = Quantity(
    "gram-eigenvalue",
    r"$\mu_{il,m}$",
    "the eigenvalue, at the vector of the $\\sin(km\\pi/N)$, $0<k<N$, of the Gram matrix of the "
    r"orbit's tangents by which $Q_1,\dots,Q_{N-1}$ turn in the plane of $i$ and $l\ne i$, where "
    r"$W_j=Q_j\Sigma^{1/N}Q_{j-1}^{T}$, relative to $\operatorname{Tr}(a^{T}a)$",
    (W, "$i$, $l$, $m$: free indices, $i\\ne l$ and $0<m<N$"),
    indices=("i", "l", "m"),
    balls=_on_waves,
    keys=_waves,
)
ORBIT_SQUARED: Final = Quantity(
    "orbit-squared",
    r"$(\operatorname{vol}(O_W)/c_d^{N-1})^{2}$",
    f"the square of {_ORBIT}, relative to that of $O_d^{{N-1}}$",
    (W, _GROUP),
    exact=squared,
    pullback=Pullback(squared_differences, lambda point: bool(_coordinates(point))),
)
ORBIT_VOLUME: Final = Quantity(
    "orbit-volume",
    r"$\operatorname{vol}(O_W)$",
    _ORBIT,
    (W, _GROUP),
    root=Root(ORBIT_SQUARED, 2, group=True),
    floats="log_orbit_volume",
)
ENTROPY: Final = Quantity(
    "entropy",
    r"$S(W)=\log\operatorname{vol}(O_W)$",
    f"the natural logarithm of {_ORBIT}",
    (W, _GROUP),
    root=Root(ORBIT_SQUARED, 2, group=True, log=True),
    floats="log_orbit_volume",
)
MANIFOLD_GRAM: Final = Quantity(
    "manifold-gram",
    r"$\det\langle\partial_a,\partial_b\rangle$",
    "the Gram determinant of the balanced manifold, for the Frobenius metric of the factors, in "
    r"the coordinates $\Sigma$, $U$, $V$, $Q_1,\dots,Q_{N-1}$ of $W_j=Q_j\Sigma^{1/N}Q_{j-1}^{T}$, "
    "$Q_0=V$, $Q_N=U$",
    exact=_whole,
    pullback=Pullback(_whole_differences, varies),
    scale=_scale,
)
