"""Checks of the path to a truncated decomposition: its velocity, its speed, and bounds."""

from dataclasses import replace
from functools import reduce
from itertools import pairwise

from flint import arb, arb_mat, fmpq, fmpq_mat

from dlnproof.claims.check import ConvergentCheck, ExactCheck, Groups, Question, narrow
from dlnproof.language.precision import bits_of, working_precision
from dlnproof.numeric.exact.exact_geometry import Dual
from dlnproof.numeric.exact.matrices import generic
from dlnproof.numeric.exact.points import ExactPoint, diagonal
from dlnproof.numeric.exact.predictions import Parts, over_index
from dlnproof.numeric.exact.pullback import metric_pullback
from dlnproof.numeric.exact.stencil import working_digits
from dlnproof.quantities.operator import deep

from .polar_action import in_basis
from .riemannian_cone import column, metric, value

COVERS = frozenset({"rate", "scale", "value"})
TIME = fmpq(1, 3)


def shrunk(point: ExactPoint, rank: int) -> ExactPoint:
    """Return the point at that time on the path to a rank."""
    left = (t if k < rank else t * (1 - TIME) for k, t in enumerate(point.roots))
    return replace(point, roots=tuple(left))


def velocity(point: ExactPoint, rank: int) -> fmpq_mat:
    """Return how W moves there, of factors Q_j diag(roots) Q_{j-1}^T whose roots move."""
    rates = tuple(fmpq(0) if k < rank else -t for k, t in enumerate(point.roots))
    middle = Dual(diagonal(shrunk(point, rank).roots), diagonal(rates))
    frames = [Dual(Q, fmpq_mat(point.width, point.width)) for Q in point.frames]
    factors = [b * middle * a.transpose() for a, b in pairwise(frames)]
    return reduce(lambda before, after: after * before, factors).derivative


def measure_exact(point: ExactPoint) -> Groups:
    """For each rank the velocity in the frames, and the squared speed."""
    moves, speeds = [], []
    for rank in range(point.width):
        Z = velocity(point, rank)
        moves += (point.U.transpose() * Z * point.V).entries()
        z = column(Z)
        [square] = (z.transpose() * metric(shrunk(point, rank)) * z).entries()
        speeds.append(square / int(point.depth))
    return [moves, speeds]


def predict(parts: Parts, point: ExactPoint) -> Groups:
    """Return the same as it is stated."""
    depth, d = int(point.depth), point.width
    rates = [-x * (1 - TIME) ** (depth - 1) for x in over_index(parts["rate"], point)]
    values, scale = over_index(parts["value"], point), value(parts, "scale", point)
    moves = [[fmpq(0)] * rank + rates[rank:] for rank in range(d)]
    return [
        [x for one in moves for x in diagonal(tuple(one)).entries()],
        [scale * sum(values[rank:], fmpq(0)) for rank in range(d)],
    ]


def lengths(point: ExactPoint) -> tuple[fmpq_mat, list[fmpq]]:
    """Return g in the basis u_i v_l^T, and some matrix in it."""
    return in_basis(point), generic(point.width).entries()


def lacking(found: tuple[fmpq_mat, list[fmpq]]) -> list[fmpq]:
    """Return by how much its length is less than that of its diagonal."""
    g, entries = found
    z = fmpq_mat(len(entries), 1, entries)
    [whole] = (z.transpose() * g * z).entries()
    d = round(len(entries) ** 0.5)
    own = sum((g[k, k] * entries[k] ** 2 for k in range(0, d * d, d + 1)), fmpq(0))
    return [min(whole - own, fmpq(0))]


def indefinite(found: tuple[fmpq_mat, list[fmpq]]) -> list[tuple[fmpq_mat, list[fmpq]]]:
    """The same where g is negative off the diagonal; there is none of one number."""
    g, entries = found
    d = round(len(entries) ** 0.5)
    signs = diagonal(tuple(fmpq(1 if k % (d + 1) == 0 else -1) for k in range(d * d)))
    return [(g * signs, entries)] if d > 1 else []


def measure_pullback(point: ExactPoint, step: fmpq, digits: int) -> Groups:
    """On the path to rank 0 the velocity, and its squared speed."""
    there, Z, guarded = shrunk(point, 0), velocity(point, 0), working_digits(point, digits)
    with working_precision(bits_of(guarded)):
        z = arb_mat(column(Z))
        [square] = (z.transpose() * metric_pullback(there, step, guarded) * z).entries()
        framed = (point.U.transpose() * Z * point.V).entries()
        return [[arb(x) for x in framed], [square / int(point.depth)]]


def predict_pullback(parts: Parts, point: ExactPoint) -> Groups:
    """Return the same as it is stated."""
    moves, speeds = predict(parts, point)
    return [moves[: point.width**2], speeds[:1]]


CHECKS = (
    ExactCheck(
        COVERS,
        measure_exact,
        predict,
        visits=narrow,
        questions=(
            Question(
                "a squared length less that of the diagonal, where it is negative",
                lengths,
                lacking,
                indefinite,
            ),
        ),
    ),
    ConvergentCheck(COVERS, measure_pullback, predict_pullback, visits=narrow, truncates=deep),
)
"""The path at a third of its time; and what the metric adds off the diagonal."""
