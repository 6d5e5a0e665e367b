"""Checks of the scalar curvature: its pairs and triples as sums, and the Riemann tensor."""

from collections.abc import Sequence
from itertools import combinations

from flint import fmpq

from dlnproof.claims.check import SECOND_DIFFERENCES, ConvergentCheck, ExactCheck, Groups
from dlnproof.core.expression import Expression
from dlnproof.core.spectrum import pair_values
from dlnproof.numeric.exact.curvature import scalar_curvature
from dlnproof.numeric.exact.curvature_pullback import scalar_curvature_pullback
from dlnproof.numeric.exact.points import ExactPoint, PointKey, Stratum
from dlnproof.numeric.exact.predictions import Parts, common, over_pairs

DIFFERENCES = frozenset({"pair", "coincident", "share", "curvature"})
COVERS = DIFFERENCES | {"twice", "thrice"}


# --- the sums -------------------------------------------------------------------------------------


def complete(count: int, x: fmpq, y: fmpq) -> fmpq:
    """Return h_k, of degree k - 1."""
    return sum((x ** (count - j) * y ** (j - 1) for j in range(1, count + 1)), fmpq(0))


def of_pair(N: int, x: fmpq, y: fmpq) -> fmpq:
    """Return k_il by its sum."""
    shares = ((N - k) * (x * y) ** (N - 1 - k) * complete(k, x, y) ** 2 for k in range(1, N))
    return 2 * (x + y) * sum(shares, fmpq(0)) / (N * complete(N, x, y) ** 2)


def of_triple(N: int, x: fmpq, y: fmpq, z: fmpq) -> fmpq:
    """Return k_ilm by its sums."""
    less = (y ** (N - 1 - j) * complete(j, x, z) for j in range(1, N))
    more = (x ** (j - 1) * (y * z) ** (N - j) * complete(j, y, z) for j in range(1, N + 1))
    below = complete(N, x, y) * complete(N, y, z) * complete(N, x, z)
    return 4 * sum(less, fmpq(0)) * sum(more, fmpq(0)) / below


def measure_exact(point: ExactPoint) -> Groups:
    """Pairs and triples by their sums; the curvature of the metric."""
    N, squares = int(point.depth), [t * t for t in point.roots]
    return [
        [of_pair(N, *some) for some in combinations(squares, 2)],
        [of_triple(N, *some) for some in combinations(squares, 3)],
        [scalar_curvature(point)],
    ]


# --- as it is stated ------------------------------------------------------------------------------


def value(part: object, point: ExactPoint, *indices: int) -> fmpq:
    """Return what a part is at one singular value, or at two."""
    assert isinstance(part, Expression)
    levels = point.levels()
    found: fmpq = part.at(pair_values(common(point), *(levels[k] for k in indices)))
    return found


def triple(parts: Parts, point: ExactPoint, i: int, l: int, m: int) -> fmpq:
    """Return what is stated of a triple, whichever of its values coincide."""
    t = point.roots
    if t[i] == t[m]:
        return value(parts["thrice"], point, i)
    if t[i] == t[l]:
        return value(parts["twice"], point, i, m)
    if t[l] == t[m]:
        return value(parts["twice"], point, l, i)
    x, y, z = (t[k] ** 2 for k in (i, l, m))
    sides = ((i, l), (l, m), (m, i))
    shares = sum((value(parts["share"], point, *side) for side in sides), fmpq(0))
    return 2 * shares / ((x - y) * (y - z) * (z - x))


def stated(parts: Parts, point: ExactPoint) -> tuple[list[fmpq], list[fmpq], fmpq]:
    """Return what is stated of pairs, of triples, and of the curvature."""
    places = range(point.width)
    table = over_pairs(parts["pair"], parts["coincident"], point)
    pairs = [table[i][l] for i, l in combinations(places, 2)]
    triples = [triple(parts, point, *some) for some in combinations(places, 3)]
    whole = sum((*pairs, *triples), fmpq(0))
    return pairs, triples, whole * value(parts["curvature"], point, 0)


def predict_exact(parts: Parts, point: ExactPoint) -> Groups:
    """The same as it is stated."""
    pairs, triples, whole = stated(parts, point)
    return [pairs, triples, [whole]]


def unit(point: ExactPoint) -> fmpq:
    """Return 1 / sigma_d^(2/N): curvature goes as the square of an inverse length."""
    return 1 / point.roots[-1] ** 2


def measure_pullback(point: ExactPoint, step: fmpq, digits: int) -> Groups:
    """The curvature by finite differences in factor space, in units of its size."""
    return [[scalar_curvature_pullback(point, step, digits) / unit(point)]]


def predict_pullback(parts: Parts, point: ExactPoint) -> Groups:
    """The same as it is stated."""
    return [[stated(parts, point)[2] / unit(point)]]


def curved(point: ExactPoint) -> bool:
    """Whether there is a plane to be curved."""
    return point.width > 1


def narrow(keys: Sequence[PointKey]) -> Sequence[PointKey]:
    """Return all points of width 2 at most, and few of width 3.

    That has all that sums are made of. Of two factors these are one of each kind, of three one;
    more take seconds a point.
    """
    first = [key for key in keys if key.width == 3 and (key.index, key.sign) == (0, 1)]
    wide = [k for k in first if k.depth == 2 or (k.depth == 3 and k.stratum is Stratum.SIMPLE)]
    return [*(key for key in keys if key.width < 3), *wide]


def few(keys: Sequence[PointKey]) -> Sequence[PointKey]:
    """Return of these one of each kind at width 2, and one of width 3."""
    first = [key for key in narrow(keys) if (key.index, key.sign) == (0, 1)]
    wide = [key for key in first if key.width == 3 and key.stratum is Stratum.SIMPLE]
    return [*(key for key in first if key.width < 3 and key.depth < 4), *wide[:1]]


CHECKS = (
    ExactCheck(COVERS, measure_exact, predict_exact, visits=narrow),
    ConvergentCheck(
        DIFFERENCES,
        measure_pullback,
        predict_pullback,
        truncates=curved,
        **SECOND_DIFFERENCES,
        visits=few,
    ),
)
"""Pairs and triples against their sums, and the curvature against the Riemann tensor."""
