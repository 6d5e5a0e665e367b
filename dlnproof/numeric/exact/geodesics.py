"""Geodesics of balanced factors: the acceleration that keeps balance, exactly and in time.

It is normal, b_j W_j - W_j b_{j-1} with symmetric b_j: which, is decided by the second derivative
of balance alone.
"""

from collections.abc import Mapping, Sequence
from itertools import combinations_with_replacement, pairwise, product

from flint import arb_mat, fmpq, fmpq_mat

from dlnproof.numeric.exact.exact_geometry import gauge_direction
from dlnproof.numeric.exact.gradient import lift
from dlnproof.numeric.exact.matrices import Matrix, generic
from dlnproof.numeric.exact.points import ExactPoint
from dlnproof.numeric.exact.runge_kutta import integrated


def velocities(point: ExactPoint) -> list[fmpq_mat]:
    """Return a velocity of the factors that keeps balance: a lift, and what turns neighbours.

    Its entries are at most the least root: that leads to no singular matrix for some time.
    """
    size = point.width
    none = fmpq_mat(size, size)
    skew = [(generic(size) - generic(size).transpose()) * j for j in range(1, int(point.depth))]
    turning = gauge_direction(point, [none, *skew, none])
    found = [a + b for a, b in zip(lift(point.factors, generic(size)), turning, strict=True)]
    largest = max(abs(x) for M in found for x in M.entries())
    return [M * (point.roots[-1] / largest) for M in found]


def accelerations(factors: Sequence[Matrix], moves: Sequence[Matrix]) -> list[Matrix]:
    """Return the normal acceleration with which they stay balanced, of an invertible product."""
    d, inner = factors[0].nrows(), len(factors) - 1
    kind, places = type(factors[0]), list(combinations_with_replacement(range(d), 2))
    columns = []
    for j, (k, l) in product(range(inner), places):
        unit = fmpq_mat(d, d)
        unit[k, l] = unit[l, k] = fmpq(1)
        bent = _bend(factors, _normal(factors, {j: kind(unit)}))
        columns.append([M[place] for M in bent for place in places])
    if not inner:
        return [factors[0] * 0]
    wanted = [W.transpose() * W - V * V.transpose() for V, W in pairwise(moves)]
    bends = kind([[M[place] * -2] for M in wanted for place in places])
    solved = iter(kind(columns).transpose().solve(bends).entries())
    found = {}
    for j in range(inner):
        found[j] = kind(d, d)
        for k, l in places:
            found[j][k, l] = found[j][l, k] = next(solved)
    return _normal(factors, found)


def _normal(factors: Sequence[Matrix], weights: Mapping[int, Matrix]) -> list[Matrix]:
    """Return b_j W_j - W_j b_{j-1}, with b_{j+1} by j, and O where there is none."""
    found = [W * 0 for W in factors]
    for j, b in weights.items():
        found[j] += b * factors[j]
        found[j + 1] -= factors[j + 1] * b
    return found


def _bend(factors: Sequence[Matrix], moves: Sequence[Matrix]) -> list[Matrix]:
    """Return how W_{j+1}^T W_{j+1} - W_j W_j^T moves, for each j."""
    found = []
    for (V, Y), (W, Z) in pairwise(zip(factors, moves, strict=True)):
        after, before = W.transpose() * Z, Y * V.transpose()
        found.append(after + after.transpose() - before - before.transpose())
    return found


def follow(
    factors: Sequence[arb_mat], moves: Sequence[arb_mat], time: fmpq, steps: int
) -> tuple[list[arb_mat], list[arb_mat]]:
    """Return factors and velocities after a time on the geodesic, by a method of order 4."""
    count = len(factors)

    def slope(at: Sequence[arb_mat]) -> list[arb_mat]:
        return [*at[count:], *accelerations(at[:count], at[count:])]

    state = integrated(slope, [*factors, *moves], time, steps)
    return state[:count], state[count:]
