"""Numeric checks of the mean curvature of orbits: its horizontal part, by all vertical directions.

H is the sum of the second derivatives of the factors along a basis of the orbit's tangents, by the
inverse of their Gram matrix. Its inner products with tangents are not looked at: only those with
lifts, which are normal to the orbit.
"""

from collections.abc import Sequence
from itertools import pairwise

from flint import fmpq, fmpq_mat

from dlnproof.claims.check import SECOND_DIFFERENCES, ConvergentCheck, ExactCheck, Groups
from dlnproof.numeric.exact.exact_geometry import orbit_tangents, skew_units
from dlnproof.numeric.exact.gradient import lift
from dlnproof.numeric.exact.points import ExactPoint, PointKey, identity
from dlnproof.numeric.exact.predictions import Parts, over_pairs
from dlnproof.numeric.values import unit
from dlnproof.quantities.gradients import fibred

COVERS = frozenset({"first", "second", "coincident"})
Family = list[fmpq_mat]


def turns(point: ExactPoint) -> list[Family]:
    """Return c_0, ..., c_N for each frame and each pair: R_j (E_il - E_li) R_j^T at one place."""
    still, found = fmpq_mat(point.width, point.width), []
    for j in range(1, int(point.depth)):
        for skew in skew_units(point.width):
            turn = point.frames[j] * skew * point.frames[j].transpose()
            found.append([turn if k == j else still for k in range(len(point.frames))])
    return found


def acted(family: Family, factors: Sequence[fmpq_mat]) -> list[fmpq_mat]:
    """Return c_k Y_k - Y_k c_{k-1}."""
    pairs = zip(factors, pairwise(family), strict=True)
    return [after * Y - Y * before for Y, (before, after) in pairs]


def flat(factors: Sequence[fmpq_mat]) -> list[fmpq]:
    """Return all entries."""
    return [x for Y in factors for x in Y.entries()]


def lifts(point: ExactPoint) -> list[list[fmpq]]:
    """Return the horizontal lift of each u_a v_b^T."""
    found = []
    for place in range(point.width**2):
        E = unit(point.width, point.width, *divmod(place, point.width))
        row = flat(lift(point.factors, point.U * E * point.V.transpose()))
        length = sum((x * x for x in row), fmpq(0))
        found.append([x / length for x in row])
    return found


def along_lifts(point: ExactPoint, bent: Sequence[fmpq]) -> Groups:
    """Return the inner products with the lifts."""
    return [(fmpq_mat(lifts(point)) * fmpq_mat(len(bent), 1, bent)).entries()]


def curvature(point: ExactPoint) -> list[fmpq]:
    """Return the sum of second derivatives by the inverse of the Gram matrix: H, up to tangents."""
    moves = turns(point)
    bent = [fmpq(0)] * (len(point.factors) * point.width**2)
    if not moves:
        return bent
    rows = fmpq_mat([flat(acted(c, point.factors)) for c in moves])
    inverse = (rows * rows.transpose()).inv()
    for b, second in enumerate(moves):
        once = acted(second, point.factors)
        for a, first in enumerate(moves):
            if (weight := inverse[a, b]) != 0:
                twice = flat(acted(first, once))
                bent = [x + weight * y for x, y in zip(bent, twice, strict=True)]
    return bent


def measure_exact(point: ExactPoint) -> Groups:
    """The inner products of H with the lifts, over QQ."""
    return along_lifts(point, curvature(point))


def orthogonal(rows: fmpq_mat) -> tuple[list[list[fmpq]], list[fmpq]]:
    """Return combinations of the rows that are orthogonal, and their squared lengths."""
    gram, size = rows * rows.transpose(), rows.nrows()
    made: list[list[fmpq]] = []
    lengths: list[fmpq] = []
    for k in range(size):
        found = [fmpq(int(k == n)) for n in range(size)]
        for one, length in zip(made, lengths, strict=True):
            share = _product(one, gram, found) / length
            found = [x - share * y for x, y in zip(found, one, strict=True)]
        made.append(found)
        lengths.append(_product(found, gram, found))
    return made, lengths


def _product(x: Sequence[fmpq], gram: fmpq_mat, y: Sequence[fmpq]) -> fmpq:
    return (fmpq_mat(1, len(x), x) * gram * fmpq_mat(len(y), 1, y))[0, 0]


def measure_pullback(point: ExactPoint, step: fmpq, digits: int) -> Groups:
    """The same by second differences along turns of all frames, of an orthogonal basis."""
    one, moves = identity(point.width), turns(point)

    def turned(family: Family, h: fmpq) -> list[fmpq]:
        group = [(one - c * (h / 2)).solve(one + c * (h / 2)) for c in family]
        pairs = zip(point.factors, pairwise(group), strict=True)
        return flat([after * W * before.inv() for W, (before, after) in pairs])

    start = flat(point.factors)
    bent = [fmpq(0)] * len(start)
    combinations, lengths = orthogonal(orbit_tangents(point))
    for weights, length in zip(combinations, lengths, strict=True):
        family = [one * 0 for _ in point.frames]
        for weight, move in zip(weights, moves, strict=True):
            family = [c + b * weight for c, b in zip(family, move, strict=True)]
        ends = zip(turned(family, step), turned(family, -step), start, strict=True)
        change = [(a + b - 2 * c) / (step**2 * length) for a, b, c in ends]
        bent = [x + y for x, y in zip(bent, change, strict=True)]
    return along_lifts(point, bent)


def predict(parts: Parts, point: ExactPoint) -> Groups:
    """Minus what the pairs of each value add up to, on the diagonal."""
    own = parts["coincident"]
    first, second = (over_pairs(parts[name], own, point) for name in ("first", "second"))
    d = range(point.width)
    sums = [sum((first[i][l] if i < l else second[l][i] for l in d if l != i), fmpq(0)) for i in d]
    return [[-sums[i] if i == l else fmpq(0) for i in d for l in d]]


def some(keys: Sequence[PointKey]) -> list[PointKey]:
    """Return one point of each depth beyond 1, width up to 3 and stratum."""
    few = [key for key in keys if key.width < 4 and 1 < key.depth < 5]
    kinds = {(key.depth, key.width, key.stratum): key for key in reversed(few)}
    return [*reversed(kinds.values())]


CHECKS = (
    ExactCheck(COVERS, measure_exact, predict, visits=some),
    ConvergentCheck(
        COVERS,
        measure_pullback,
        predict,
        truncates=fibred,
        visits=some,
        **SECOND_DIFFERENCES,
    ),
)
