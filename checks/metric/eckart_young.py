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


def of_rank(point: ExactPoint, rank: int) -> Groups:
    """On the path to a rank the velocity in the frames, and the squared speed."""
    Z = velocity(point, rank)
    z = column(Z)
    [square] = (z.transpose() * metric(shrunk(point, rank)) * z).entries()
    return [(point.U.transpose() * Z * point.V).entries(), [square / int(point.depth)]]


def measure_exact(point: ExactPoint) -> Groups:
    """The same for each rank."""
    found = [of_rank(point, rank) for rank in range(point.width)]
    return [[x for one in found for x in one[group]] for group in (0, 1)]


def stated(parts: Parts, point: ExactPoint, rank: int) -> Groups:
    """Return the velocity and the squared speed as they are stated."""
    left = (1 - TIME) ** (int(point.depth) - 1)
    rates = [-x * left for x in over_index(parts["rate"], point)][rank:]
    values, scale = over_index(parts["value"], point), value(parts, "scale", point)
    moves = diagonal((*[fmpq(0)] * rank, *rates))
    return [moves.entries(), [scale * sum(values[rank:], fmpq(0))]]


def predict(parts: Parts, point: ExactPoint) -> Groups:
    """Return the same for each rank."""
    found = [stated(parts, point, rank) for rank in range(point.width)]
    return [[x for one in found for x in one[group]] for group in (0, 1)]


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


def pulled_back(point: ExactPoint, rank: int, step: fmpq, digits: int) -> Groups:
    """On the path to a rank the velocity, and its squared speed by finite differences."""
    there, Z, guarded = shrunk(point, rank), velocity(point, rank), working_digits(point, digits)
    with working_precision(bits_of(guarded)):
        z = arb_mat(column(Z))
        [square] = (z.transpose() * metric_pullback(there, step, guarded) * z).entries()
        framed = (point.U.transpose() * Z * point.V).entries()
        return [[arb(x) for x in framed], [square / int(point.depth)]]


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
    ConvergentCheck(
        COVERS,
        lambda point, step, digits: pulled_back(point, 0, step, digits),
        lambda parts, point: stated(parts, point, 0),
        visits=narrow,
        truncates=deep,
    ),
)
"""The path at a third of its time; and what the metric adds off the diagonal."""
