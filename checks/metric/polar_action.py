"""Checks of isometries: at turned, transposed and inverted points, and along moving roots."""

from collections.abc import Sequence
from dataclasses import replace
from functools import reduce
from itertools import pairwise
from typing import NamedTuple

from flint import arb, arb_mat, fmpq, fmpq_mat

from dlnproof.claims.check import ConvergentCheck, ExactCheck, Groups, Question, narrow
from dlnproof.core.expression import Expression
from dlnproof.core.spectrum import pair_values
from dlnproof.language.precision import bits_of, working_precision
from dlnproof.numeric.exact.exact_geometry import Dual, eigenvalue_sizes, eigenvectors, kronecker
from dlnproof.numeric.exact.matrices import generic
from dlnproof.numeric.exact.points import ExactPoint, cayley, diagonal
from dlnproof.numeric.exact.predictions import Parts, common, in_order, over_index
from dlnproof.numeric.exact.pullback import metric_pullback
from dlnproof.numeric.exact.stencil import working_digits
from dlnproof.quantities.operator import deep

from .riemannian_cone import column, metric, value

COVERS = frozenset({"inverted", "stretch", "flat"})


# --- inversion ------------------------------------------------------------------------------------


def opposite(point: ExactPoint) -> ExactPoint:
    """Return the point of the inverse: its factors are those of the inverse, in its order."""
    frames = tuple(fmpq_mat([row[::-1] for row in Q.tolist()]) for Q in point.frames[::-1])
    return replace(point, frames=frames, roots=tuple(1 / t for t in point.roots[::-1]))


def in_basis(point: ExactPoint) -> fmpq_mat:
    """Return the matrix of g in the basis u_i v_l^T."""
    basis = eigenvectors(point)
    return basis.transpose() * metric(point) * basis


def inverted(point: ExactPoint) -> fmpq_mat:
    """Return that of the metric at the inverse E, of the matrices E u_i v_l^T E."""
    E = point.W.inv()
    basis = kronecker(E.transpose(), E) * eigenvectors(point)
    return basis.transpose() * metric(opposite(point)) * basis


def weighted(parts: Parts, point: ExactPoint) -> fmpq_mat:
    """Return the same as it is stated: its columns are multiples of those at the point."""
    weight, shared, levels = parts["inverted"], common(point), point.levels()
    assert isinstance(weight, Expression)
    table = [[weight.at(pair_values(shared, a, b)) for b in levels] for a in levels]
    return in_basis(point) * diagonal(tuple(in_order(table)))


# --- the roots as coordinates ---------------------------------------------------------------------


def along(point: ExactPoint) -> list[fmpq_mat]:
    """Return how W moves with each of the roots, by its factors."""
    found = []
    for k in range(point.width):
        one = diagonal(tuple(fmpq(int(k == m)) for m in range(point.width)))
        still = fmpq_mat(point.width, point.width)
        frames = [Dual(Q, still) for Q in point.frames]
        middle = Dual(diagonal(point.roots), one)
        factors = [b * middle * a.transpose() for a, b in pairwise(frames)]
        found.append(reduce(lambda before, after: after * before, factors).derivative)
    return found


def rates(point: ExactPoint) -> list[fmpq]:
    """Return how fast each singular value moves with its root."""
    moves = enumerate(along(point))
    return [(point.U.transpose() * Z * point.V)[k, k] for k, Z in moves]


def columns(point: ExactPoint) -> fmpq_mat:
    """Return those moves as columns."""
    return fmpq_mat([column(Z).entries() for Z in along(point)]).transpose()


def stated_section(parts: Parts, point: ExactPoint) -> Groups:
    """Return the rates, and the inner products, as they are stated."""
    flat = (value(parts, "flat", point),) * point.width
    return [
        over_index(parts["stretch"], point),
        diagonal(flat).entries(),
    ]


def measure_exact(point: ExactPoint) -> Groups:
    """The metric at the inverse; the rates of the values; the metric along the roots."""
    J = columns(point)
    return [
        inverted(point).entries(),
        rates(point),
        (J.transpose() * metric(point) * J).entries(),
    ]


def predict_exact(parts: Parts, point: ExactPoint) -> Groups:
    """The same as it is stated."""
    return [weighted(parts, point).entries(), *stated_section(parts, point)]


# --- what no formula says -------------------------------------------------------------------------


class Moved(NamedTuple):
    """The metric, that at an image, and the derivative of the map."""

    here: fmpq_mat
    there: fmpq_mat
    map: fmpq_mat


def images(point: ExactPoint) -> list[Moved]:
    """Return those of Q W R^T and of W^T."""
    d, some, here = point.width, generic(point.width), metric(point)
    skew = some - some.transpose()
    Q, R = cayley(skew), cayley(skew * fmpq(-1, 3))
    first, *between, last = point.frames
    places = [(n % d) * d + n // d for n in range(d * d)]
    turned = replace(point, frames=(R * first, *between, Q * last))
    crossed = replace(point, frames=point.frames[::-1])
    return [
        Moved(here, metric(turned), kronecker(R, Q)),
        Moved(
            here, metric(crossed), fmpq_mat([[fmpq(n == m) for n in places] for m in range(d * d)])
        ),
    ]


def changed(found: Sequence[Moved]) -> list[fmpq]:
    """Return by how much inner products change."""
    return [
        x for one in found for x in (one.map.transpose() * one.there * one.map - one.here).entries()
    ]


def stretched(found: Sequence[Moved]) -> list[list[Moved]]:
    """The same with one of the maps doubled."""
    return [
        [*found[:k], one._replace(map=one.map * 2), *found[k + 1 :]] for k, one in enumerate(found)
    ]


def orbit(point: ExactPoint) -> list[fmpq_mat]:
    """Return W; g of U D V^T for the units D; and the skew matrices that turn W."""
    d, g = range(point.width), metric(point)
    diagonals = [diagonal(tuple(fmpq(int(k == m)) for m in d)) for k in d]
    moved = [g * column(point.U * D * point.V.transpose()) for D in diagonals]
    some = generic(point.width)
    return [point.W, some - some.transpose(), *moved]


def along_orbit(found: Sequence[fmpq_mat]) -> list[fmpq]:
    """Return the inner products of diagonal matrices with a W, and with W a."""
    W, turn, *moved = found
    ways = (column(turn * W), column(W * turn))
    return [(Z.transpose() * way)[0, 0] for Z in moved for way in ways]


def not_skew(found: Sequence[fmpq_mat]) -> list[list[fmpq_mat]]:
    """The same with I added to what turns."""
    W, turn, *moved = found
    one = turn * 0 + diagonal((fmpq(1),) * W.nrows())
    return [[W, turn + one, *moved]]


# --- by finite differences ------------------------------------------------------------------------


def units(point: ExactPoint) -> fmpq_mat:
    """Return the sizes of the eigenvalues at the inverse, in the order of the v_i u_l^T."""
    there = replace(point, roots=tuple(1 / t for t in point.roots))
    return diagonal(tuple(eigenvalue_sizes(there)))


def measure_pullback(point: ExactPoint, step: fmpq, digits: int) -> Groups:
    """The metric at the inverse in units of its size, and along the roots there."""
    there, guarded = opposite(point), working_digits(point, digits)
    with working_precision(bits_of(guarded)):
        basis = arb_mat(kronecker(point.U, point.V) * units(point))
        J, g = arb_mat(columns(there)), metric_pullback(there, step, guarded)
        return [
            (basis.transpose() * g * basis).entries(),
            [arb(x) for x in rates(there)],
            (J.transpose() * g * J).entries(),
        ]


def predict_pullback(parts: Parts, point: ExactPoint) -> Groups:
    """The same as it is stated."""
    sizes = diagonal(tuple(a * b for b in point.sigma for a in point.sigma)) * units(point)
    whole = sizes * weighted(parts, point) * sizes
    return [whole.entries(), *stated_section(parts, opposite(point))]


CHECKS = (
    ExactCheck(
        COVERS,
        measure_exact,
        predict_exact,
        questions=(
            Question(
                "by how much an inner product changes under an isometry", images, changed, stretched
            ),
            Question(
                "the inner product of a diagonal matrix and a tangent of the orbit",
                orbit,
                along_orbit,
                not_skew,
            ),
        ),
        visits=narrow,
    ),
    ConvergentCheck(COVERS, measure_pullback, predict_pullback, visits=narrow, truncates=deep),
)
"""The metric at images of W, and along the roots of its singular values."""
