"""Numeric checks of the Riemannian submersion, at every rank."""

from itertools import pairwise

from flint import fmpq, fmpq_mat

from dlnproof.claims.check import ConvergentCheck, ExactCheck, Groups
from dlnproof.core.expression import Expression
from dlnproof.core.spectrum import pair_values
from dlnproof.language.precision import bits_of, working_precision
from dlnproof.numeric.exact.exact_geometry import eigenvectors, sum_operator
from dlnproof.numeric.exact.gradient import lift
from dlnproof.numeric.exact.points import ExactPoint, diagonal
from dlnproof.numeric.exact.predictions import Parts, common
from dlnproof.numeric.exact.rank_chart import rank_chart
from dlnproof.numeric.exact.stencil import (
    tangents,
    working_digits,
)

COVERS = frozenset({"distinct", "coincident", "edge"})


def norms(parts: Parts, point: ExactPoint) -> list[fmpq]:
    """The predicted squared norms of the lifts of u_i v_l^T, l first; 0 where it is not tangent."""
    distinct, coincident, edge = parts["distinct"], parts["coincident"], parts["edge"]
    assert isinstance(distinct, Expression)
    assert isinstance(coincident, Expression)
    assert isinstance(edge, Expression)
    levels, shared = point.levels(), common(point)

    def norm(i: int, l: int) -> fmpq:
        a, b = levels[i], levels[l]
        if a[0] == 0 == b[0]:
            return fmpq(0)
        if 0 in (a[0], b[0]):
            value: fmpq = edge.at(pair_values(shared, b if a[0] == 0 else a))
        elif a[0] == b[0]:
            value = coincident.at(pair_values(shared, a))
        else:
            value = distinct.at(pair_values(shared, a, b))
        return value

    return [norm(i, l) for l in range(point.width) for i in range(point.width)]


def measure_exact(point: ExactPoint) -> Groups:
    """The Gram matrix of the lifts of the tangent u_i v_l^T; then what a lift must satisfy.

    The lifts solve dphi dphi^*(Y) = Z over QQ within the tangent space. Their residuals vanish, and
    they are tangent to the balanced factors.
    """
    S, K = sum_operator(point), eigenvectors(point)
    inside = [k for k, norm in enumerate(_tangent(point)) if norm]
    basis = fmpq_mat([[K[row, k] for k in inside] for row in range(K.nrows())])
    inner = (basis.transpose() * S * basis).inv()
    residual = S * basis * inner - basis
    Z = basis * inner * fmpq_mat([[fmpq(1, 1 + k)] for k in range(len(inside))])
    d = point.width
    Y = fmpq_mat([[Z[d * column + row, 0] for column in range(d)] for row in range(d)])
    moves = lift(point.factors, Y)
    kept = [
        x
        for (W, X), (V, M) in pairwise(zip(point.factors, moves, strict=True))
        for x in (
            M.transpose() * V + V.transpose() * M - X * W.transpose() - W * X.transpose()
        ).entries()
    ]
    return [inner.entries(), residual.entries(), [*kept, fmpq(0)]]


def predict_exact(parts: Parts, point: ExactPoint) -> Groups:
    """The diagonal matrix of the norms; then zeros."""
    inside = [k for k, norm in enumerate(_tangent(point)) if norm]
    predicted = norms(parts, point)
    d, count = point.width, len(inside)
    zeros = [fmpq(0)] * ((int(point.depth) - 1) * d * d + 1)
    return [
        diagonal(tuple(predicted[k] for k in inside)).entries(),
        [fmpq(0)] * (d * d * count),
        zeros,
    ]


def _tangent(point: ExactPoint) -> list[bool]:
    """Whether u_i v_l^T is tangent to the matrices of W's rank, l first."""
    d, r = point.width, point.rank
    return [min(i, l) < r for l in range(d) for i in range(d)]


def measure_pullback(point: ExactPoint, step: fmpq, digits: int) -> Groups:
    """dphi dphi^* on the balanced factors of rank r, by finite differences: Y^T G^(-1) Y."""
    with working_precision(bits_of(working_digits(point, digits))):
        chart = rank_chart(point)
        vectors, images = tangents(chart, range(chart.dimension), step)
        gram = vectors * vectors.transpose()
        return [(images.transpose() * gram.solve(images)).entries()]


def predict_pullback(parts: Parts, point: ExactPoint) -> Groups:
    """The inverse of the norms on the tangent space, zero off it."""
    K = eigenvectors(point)
    inverse = tuple(
        1 / norm if inside else fmpq(0)
        for norm, inside in zip(norms(parts, point), _tangent(point), strict=True)
    )
    return [(K * diagonal(inverse) * K.transpose()).entries()]


CHECKS = (
    ExactCheck(COVERS, measure_exact, predict_exact),
    ConvergentCheck(
        COVERS,
        measure_pullback,
        predict_pullback,
        # at depth 1 the operator is a projection, whatever the stretch
        truncates=lambda point: point.depth > 1,
    ),
)
