"""Checks of the Laplacian of the entries of W, and of the divergence that it is made of."""

from collections.abc import Sequence
from itertools import permutations

from flint import arb_mat, fmpq, fmpq_mat

from dlnproof.claims.check import SECOND_DIFFERENCES, ConvergentCheck, ExactCheck, Groups
from dlnproof.core.expression import Number
from dlnproof.language.precision import bits_of, working_precision
from dlnproof.numeric.exact.curvature import metric
from dlnproof.numeric.exact.exact_geometry import eigenvectors
from dlnproof.numeric.exact.laplacian import laplacian, laplacian_pullback
from dlnproof.numeric.exact.matrices import trace
from dlnproof.numeric.exact.points import ExactPoint, PointKey
from dlnproof.numeric.exact.predictions import Parts, over_pairs
from dlnproof.numeric.exact.stencil import working_digits

from .volume_gradient import by_value

COVERS = frozenset(
    {"own", "turn", "crossed", "value", "pair", "other", "density", "drift", "laplacian"}
)


def along(point: ExactPoint) -> tuple[fmpq_mat, dict[tuple[int, int], fmpq_mat], list[fmpq]]:
    """Return A, its derivatives along all u_k v_m^T, and those of log sqrt(det g) along u_i v_i^T.

    A and its derivatives in the basis of the u_k v_m^T.
    """
    g, K, d = metric(point, 1), eigenvectors(point), point.width
    raised, back = g.value.inv(), K.transpose()
    none = fmpq_mat(d * d, d * d)
    slopes = {
        (k, m): sum((x * K[a, m * d + k] for a, x in enumerate(g.first)), none)
        for k in range(d)
        for m in range(d)
    }
    moves = {way: back * (-raised * x * raised) * K for way, x in slopes.items()}
    return back * raised * K, moves, [trace(raised * slopes[i, i]) / 2 for i in range(d)]


def measure_exact(point: ExactPoint) -> Groups:
    """The Laplacian in the frames; where values differ, how the operator and the density move."""
    d, whole = point.width, point.U.transpose() * laplacian(point) * point.V
    if not point.distinct:
        return [whole.entries()]
    A, moves, density = along(point)

    def at(k: int, m: int) -> int:
        """Return a place in column-major vec."""
        return m * d + k

    turns, crossed = [], []
    for i, l in permutations(range(d), 2):
        for place in ((l, i), (i, l)):
            turns.append(moves[place][at(*place), at(i, i)])
            crossed.append(moves[place[::-1]][at(*place), at(i, i)])
    return [
        whole.entries(),
        [whole[i, i] for i in range(d)],
        [moves[i, i][at(i, i), at(i, i)] for i in range(d)],
        [A[at(i, i), at(i, i)] for i in range(d)],
        density,
        turns,
        crossed,
    ]


def predict_exact(parts: Parts, point: ExactPoint) -> Groups:
    """The same as it is stated."""
    d = range(point.width)
    own = {
        name: [over_pairs(parts[name], parts[name], point)[i][i] for i in d]
        for name in ("laplacian", "drift", "own", "value")
    }
    whole = [own["laplacian"][i] if i == l else fmpq(0) for i in d for l in d]
    if not point.distinct:
        return [whole]
    named = {"first": parts["pair"], "second": parts["other"]}
    [density] = by_value(named, parts["density"], point)
    turns, crossed = (
        [table[i][l] for i, l in permutations(d, 2) for _ in range(2)]
        for table in (over_pairs(parts[name], Number(0), point) for name in ("turn", "crossed"))
    )
    return [whole, own["drift"], own["own"], own["value"], density, turns, crossed]


def measure_pullback(point: ExactPoint, step: fmpq, digits: int) -> Groups:
    """The Laplacian by finite differences in factor space, in the frames."""
    found, d = laplacian_pullback(point, step, digits, arb_mat.entries), point.width
    with working_precision(bits_of(working_digits(point, 4 * digits))):
        whole = arb_mat(d, d, found).transpose()
        return [(arb_mat(point.U.transpose()) * whole * arb_mat(point.V)).entries()]


def predict_pullback(parts: Parts, point: ExactPoint) -> Groups:
    """The same as it is stated."""
    return predict_exact(parts, point)[:1]


def narrow(keys: Sequence[PointKey]) -> list[PointKey]:
    """Return those of few factors and columns."""
    return [key for key in keys if key.width < 4 and key.depth < 5 and key.sign == 1]


def few(keys: Sequence[PointKey]) -> list[PointKey]:
    """Return one of each kind, of more than one factor (of one it is 0), of width 3 one in all."""
    first = [key for key in keys if (key.index, key.sign) == (0, 1) and 1 < key.depth < 4]
    wide = [key for key in first if key.width == 3 and key.depth == 2]
    return [*(key for key in first if key.width < 3), *wide[:1]]


CHECKS = (
    ExactCheck(COVERS, measure_exact, predict_exact, visits=narrow),
    ConvergentCheck(
        frozenset({"laplacian"}),
        measure_pullback,
        predict_pullback,
        **SECOND_DIFFERENCES,
        visits=few,
    ),
)
