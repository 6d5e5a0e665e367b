"""Checks of the volume at a product of rank r, of any shape: its metric from the operator."""

from __future__ import annotations

from itertools import combinations
from math import prod

from flint import fmpq, fmpq_mat

from dlnproof.claims.check import ConvergentCheck, ExactCheck, Groups, narrow
from dlnproof.core.expression import Expression, Number
from dlnproof.core.spectrum import FIRST_ROWS, LAST_ROWS, RANK
from dlnproof.numeric.exact.matrices import product
from dlnproof.numeric.exact.points import ExactPoint, identity
from dlnproof.numeric.exact.predictions import Parts, common, over_index, over_pairs

from ..factors.rectangular_flow import outwards
from ..orbit.orbit_volume_strata import Orbit, Turn, few

COVERS = frozenset(
    {"radial", "together", "apart", "coincident", "edge", "scale", "gap", "root", "across"}
)


def turns(orbit: Orbit) -> list[Turn]:
    """The turns of U and of V, pair by pair; then those that leave the span of their columns."""
    pairs = combinations(range(orbit.rank), 2)
    inside = [Turn(end, *pair) for pair in pairs for end in (orbit.depth, 0)]
    return inside + outwards(orbit)


def read(gram: fmpq_mat, rank: int) -> Groups:
    """Return all inner products, the determinants of the pairs, and that of all coordinates."""
    starts = range(rank, rank**2, 2)
    pairs = [gram[k, k] * gram[k + 1, k + 1] - gram[k, k + 1] * gram[k + 1, k] for k in starts]
    return [gram.entries(), pairs, [gram.det()]]


def measure_exact(point: ExactPoint) -> Groups:
    """The operator from the factors, on what is tangent, and how the product moves there."""
    orbit = Orbit(point)
    U, V = orbit.frames[-1], orbit.frames[0]
    factors = list(orbit.factors(orbit.frames))
    W = product(factors)
    places = [(i, l) for i in range(U.nrows()) for l in range(V.nrows()) if min(i, l) < orbit.rank]
    summands = []
    for j in range(orbit.depth):
        after = product([identity(factors[j].nrows()), *factors[j + 1 :]])
        before = product([identity(V.nrows()), *factors[:j]])
        rows, columns = U.transpose() * after, before * V
        summands.append((rows * rows.transpose(), columns.transpose() * columns))
    operator = fmpq_mat(
        [[sum(A[i, m] * B[l, n] for A, B in summands) for m, n in places] for i, l in places]
    )

    def framed(moved: fmpq_mat) -> list[fmpq]:
        inner = U.transpose() * moved * V
        return [inner[place] for place in places]

    moves = []
    for i in range(orbit.rank):
        stretched = fmpq_mat(U.nrows(), V.nrows())
        stretched[i, i] = orbit.depth * orbit.middle[i, i] ** (orbit.depth - 1)
        moves.append(framed(U * stretched * V.transpose()))
    for turn in turns(orbit):
        frames = list(orbit.frames)
        frames[turn.frame] = frames[turn.frame] + frames[turn.frame] * orbit.skew(turn)
        moves.append(framed(product(list(orbit.factors(frames))) - W))
    J = fmpq_mat(moves)
    return read(J * operator.inv() * J.transpose(), orbit.rank)


def measure_pullback(point: ExactPoint, step: fmpq, digits: int) -> Groups:
    """Balanced factors by finite differences: the shortest of all that move the product so."""
    orbit = Orbit(point)
    still = [x for factor in orbit.factors(orbit.frames) for x in factor.entries()]

    def stretch(i: int) -> list[fmpq]:
        """The factors are linear in the roots."""
        longer = Orbit(point)
        longer.middle[i, i] += 1
        moved = (x for factor in longer.factors(orbit.frames) for x in factor.entries())
        return [x - y for x, y in zip(moved, still, strict=True)]

    turning = (orbit.slope(turn, step) for turn in turns(orbit))
    T = fmpq_mat([*map(stretch, range(orbit.rank)), *turning])
    gram = T * T.transpose()
    if orbit.turns:
        fibre = fmpq_mat([orbit.slope(turn, step) for turn in orbit.turns])
        mixed = fibre * T.transpose()
        gram -= mixed.transpose() * (fibre * fibre.transpose()).solve(mixed)
    return read(gram, orbit.rank)


def predict(parts: Parts, point: ExactPoint) -> Groups:
    """Blocks for values, pairs and edges; and their determinants in closed form."""
    orbit, rank = Orbit(point), point.width
    pairs = list(combinations(range(rank), 2))
    radial, edges, roots, scale = (
        over_index(parts[name], point) for name in ("radial", "edge", "root", "scale")
    )
    together, apart, gaps = (
        over_pairs(parts[name], other, point)
        for name, other in (
            ("together", Number(0)),
            ("apart", parts["coincident"]),
            ("gap", Number(0)),
        )
    )
    size = len(turns(orbit)) + rank
    gram = fmpq_mat(size, size)
    for i in range(rank):
        gram[i, i] = radial[i]
    for k, (i, l) in zip(range(rank, rank**2, 2), pairs, strict=True):
        more, less = together[i][l] + apart[i][l], together[i][l] - apart[i][l]
        gram[k, k] = gram[k + 1, k + 1] = more
        gram[k, k + 1] = gram[k + 1, k] = less
    for k, turn in enumerate(outwards(orbit), rank**2):
        gram[k, k] = edges[turn.first]
    across, letters = parts["across"], dict(common(point))
    assert isinstance(across, Expression)
    sizes = {RANK: rank, FIRST_ROWS: orbit.frames[0].nrows(), LAST_ROWS: orbit.frames[-1].nrows()}
    letters |= {letter: fmpq(value) for letter, value in sizes.items()}
    times = 2 * int(across.at(letters))
    areas = [gaps[i][l] ** 2 for i, l in pairs]
    whole = prod(scale, start=fmpq(1)) * prod(areas, start=fmpq(1))
    return [gram.entries(), areas, [whole * prod(roots, start=fmpq(1)) ** times]]


CHECKS = (
    ExactCheck(COVERS, measure_exact, predict, visits=narrow),
    ConvergentCheck(COVERS, measure_pullback, predict, visits=few),
)
