"""Numeric checks of horizontal, vertical and normal directions of balanced factors."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise

from flint import fmpq, fmpq_mat

from dlnproof.claims.check import (
    ConvergentCheck,
    ExactCheck,
    Groups,
    Question,
    deep_and_narrow,
    deeper_than_one,
)
from dlnproof.core.expression import Expression
from dlnproof.core.spectrum import SKEW, SKEW_BEFORE, STRETCH, STRETCH_BEFORE, THIS
from dlnproof.numeric.exact.exact_geometry import gauge_direction, manifold_tangents
from dlnproof.numeric.exact.gradient import lift
from dlnproof.numeric.exact.matrices import generic, trace
from dlnproof.numeric.exact.points import ExactPoint, cayley, identity
from dlnproof.numeric.exact.predictions import Parts

COVERS = frozenset({"vertical", "normal"})
Family = Sequence[fmpq_mat]


def between(point: ExactPoint, sign: int) -> list[fmpq_mat]:
    """Return c_0, ..., c_N, skew (-1) or symmetric (1), with 0 at both ends."""
    size = point.width
    inner = [generic(size) * fmpq(1, j) + generic(size) ** 2 for j in range(1, int(point.depth))]
    none = fmpq_mat(size, size)
    return [none, *(c + c.transpose() * sign for c in inner), none]


# --- from definitions -----------------------------------------------------------------------------


def imbalance(factors: Family, weights: Family) -> fmpq:
    """Return the sum of Tr(b_j (W_{j+1}^T W_{j+1} - W_j W_j^T))."""
    pairs = zip(pairwise(factors), weights[1:-1], strict=True)
    terms = ((b, after.transpose() * after - W * W.transpose()) for (W, after), b in pairs)
    return sum((x for b, D in terms for x in [trace(b * D)]), fmpq(0))


def against(point: ExactPoint, weights: Family) -> list[fmpq_mat]:
    """Return minus half the gradient of that: of a quadratic function a difference is exact."""
    factors, size = list(point.factors), point.width
    found = [fmpq_mat(size, size) for _ in factors]
    for j, W in enumerate(factors):
        for k in range(size):
            for l in range(size):
                unit = fmpq_mat(size, size)
                unit[k, l] = fmpq(1)
                ends = ([*factors[:j], W + unit * h, *factors[j + 1 :]] for h in (1, -1))
                above, under = (imbalance(end, weights) for end in ends)
                found[j][k, l] = (under - above) / 4
    return found


def measure_exact(point: ExactPoint) -> Groups:
    """The direction in which factors turn, and that of the gradient of their imbalance."""
    turning = gauge_direction(point, between(point, -1))
    normal = against(point, between(point, 1))
    return [[x for M in moves for x in M.entries()] for moves in (turning, normal)]


def measure_pullback(point: ExactPoint, step: fmpq, digits: int) -> Groups:
    """The derivative of g_j W_j g_{j-1}^(-1), g_j a Cayley transform, by finite differences."""
    groups = []
    for sign in (-1, 1):
        family = between(point, sign)
        a, b, c, e = (
            acted(point.factors, [cayley(m * (step * k)) for m in family])
            for k in (1, -1, fmpq(1, 2), fmpq(-1, 2))
        )
        slopes = (
            ((r - s) * 8 - (p - q)) / (6 * step) for p, q, r, s in zip(a, b, c, e, strict=True)
        )
        groups.append([x for slope in slopes for x in slope.entries()])
    return groups


def acted(factors: Family, group: Family) -> list[fmpq_mat]:
    """Return g_j W_j g_{j-1}^(-1)."""
    return [
        after * W * before.inv()
        for W, (before, after) in zip(factors, pairwise(group), strict=True)
    ]


# --- what is stated -------------------------------------------------------------------------------


def predict(parts: Parts, point: ExactPoint) -> Groups:
    """What is stated of a_j and of b_j, at all factors."""
    kinds = (("vertical", -1, SKEW, SKEW_BEFORE), ("normal", 1, STRETCH, STRETCH_BEFORE))
    groups, one = [], identity(point.width)
    for name, sign, here, before in kinds:
        stated, family = parts[name], between(point, sign)
        assert isinstance(stated, Expression)
        found = [
            stated.at({THIS: W, before: c, here: e}, lambda x: one * x)
            for W, (c, e) in zip(point.factors, pairwise(family), strict=True)
        ]
        groups.append([x for matrix in found for x in matrix.entries()])
    return groups


# --- the three together ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Directions:
    """Rows that span horizontal, vertical and normal directions, and the tangents of balance."""

    horizontal: fmpq_mat
    vertical: fmpq_mat
    normal: fmpq_mat
    tangents: fmpq_mat


def _rows(moves: Sequence[Sequence[fmpq_mat]], length: int) -> fmpq_mat:
    entries = [x for tuple_ in moves for matrix in tuple_ for x in matrix.entries()]
    return fmpq_mat(len(moves), length, entries)


def directions(point: ExactPoint) -> Directions:
    """Return bases of them at the point; tangents where W is invertible."""
    d, depth = point.width, int(point.depth)
    none, length = fmpq_mat(d, d), depth * d * d
    units = {(k, l): fmpq_mat(d, d) for k in range(d) for l in range(d)}
    for (k, l), unit in units.items():
        unit[k, l] = fmpq(1)
    pairs = list(combinations(range(d), 2))
    skew = [units[k, l] - units[l, k] for k, l in pairs]
    symmetric = [units[k, k] for k in range(d)] + [units[k, l] + units[l, k] for k, l in pairs]

    def spanned(matrices: Family) -> fmpq_mat:
        moves = [
            gauge_direction(point, [c if k == j else none for k in range(depth + 1)])
            for j in range(1, depth)
            for c in matrices
        ]
        return _rows(moves, length)

    horizontal = _rows([lift(point.factors, unit) for unit in units.values()], length)
    tangents = manifold_tangents(point) if point.rank == d else fmpq_mat(0, length)
    return Directions(horizontal, spanned(skew), spanned(symmetric), tangents)


def products(found: Directions) -> list[fmpq]:
    """Return the inner products of those of different kinds, and of normal ones with tangents."""
    hor, ver, nor = found.horizontal, found.vertical, found.normal
    pairs = ((hor, ver), (hor, nor), (ver, nor), (found.tangents, nor))
    return [x for a, b in pairs for x in (a * b.transpose()).entries()]


def turned_into(found: Directions) -> list[Directions]:
    """Directions with a horizontal one that is a normal one, and tangents that are normal."""
    first = fmpq_mat([found.normal.tolist()[0]])
    wrong = [replace(found, horizontal=first)]
    return [*wrong, replace(found, tangents=first)] if found.tangents.nrows() else wrong


def lacking(found: Directions) -> list[fmpq]:
    """Return how many directions there are more, where W is invertible."""
    if not found.tangents.nrows():
        return []
    ranks = [x.rank() for x in (found.horizontal, found.vertical, found.normal)]
    return [fmpq(found.horizontal.ncols() - sum(ranks))]


def without_normal(found: Directions) -> list[Directions]:
    """Directions as if the kernel were that of the vertical ones."""
    return [replace(found, normal=found.vertical)] if found.tangents.nrows() else []


CHECKS = (
    ExactCheck(
        COVERS,
        measure_exact,
        predict,
        visits=deeper_than_one,
        questions=(
            Question(
                "an inner product of directions of two kinds", directions, products, turned_into
            ),
            Question(
                "the number of directions of no kind, at an invertible $W$",
                directions,
                lacking,
                without_normal,
            ),
        ),
    ),
    ConvergentCheck(COVERS, measure_pullback, predict, visits=deep_and_narrow),
)
