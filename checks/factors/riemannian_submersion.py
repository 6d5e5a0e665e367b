"""Numeric checks of the Riemannian submersion, at every rank."""

from dataclasses import dataclass, replace
from itertools import pairwise

from flint import fmpq, fmpq_mat

from dlnproof.claims.check import ConvergentCheck, ExactCheck, Groups, Question
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


@dataclass(frozen=True)
class Lifts:
    """The lifts of the tangent u_i v_l^T, l first: the solutions Y of dphi dphi^*(Y) = Z over QQ.

    ``operator`` is dphi dphi^*; ``basis`` has the Z as its columns, and ``inner`` the coordinates
    of the Y in them. ``moves`` are those of the factors for one mixture of the lifts.
    """

    operator: fmpq_mat
    basis: fmpq_mat
    inner: fmpq_mat
    factors: tuple[fmpq_mat, ...]
    moves: tuple[fmpq_mat, ...]


def lifts(point: ExactPoint) -> Lifts:
    """Solve for the lifts, within the tangent space."""
    S, K = sum_operator(point), eigenvectors(point)
    inside = [k for k, norm in enumerate(_tangent(point)) if norm]
    basis = fmpq_mat([[K[row, k] for k in inside] for row in range(K.nrows())])
    inner = (basis.transpose() * S * basis).inv()
    Z = basis * inner * fmpq_mat([[fmpq(1, 1 + k)] for k in range(len(inside))])
    d = point.width
    Y = fmpq_mat([[Z[d * column + row, 0] for column in range(d)] for row in range(d)])
    return Lifts(S, basis, inner, tuple(point.factors), tuple(lift(point.factors, Y)))


def measure_exact(point: ExactPoint) -> Groups:
    """The Gram matrix of the lifts."""
    return [lifts(point).inner.entries()]


def predict_exact(parts: Parts, point: ExactPoint) -> Groups:
    """The diagonal matrix of the norms."""
    predicted = norms(parts, point)
    inside = [k for k, norm in enumerate(_tangent(point)) if norm]
    return [diagonal(tuple(predicted[k] for k in inside)).entries()]


def residual(found: Lifts) -> list[fmpq]:
    """The entries of dphi dphi^*(Y) - Z."""
    return (found.operator * found.basis * found.inner - found.basis).entries()


def unsolved(found: Lifts) -> list[Lifts]:
    """Lifts of which one is doubled."""
    size = found.inner.nrows()
    doubled = [
        diagonal(tuple(fmpq(2 if row == k else 1) for row in range(size))) for k in range(size)
    ]
    return [replace(found, inner=found.inner * twice) for twice in doubled]


def unbalance(found: Lifts) -> list[fmpq]:
    """The derivatives of W_{j+1}^T W_{j+1} - W_j W_j^T as the factors move."""
    return [
        x
        for (W, X), (V, M) in pairwise(zip(found.factors, found.moves, strict=True))
        for x in (
            M.transpose() * V + V.transpose() * M - X * W.transpose() - W * X.transpose()
        ).entries()
    ]


def unbalanced(found: Lifts) -> list[Lifts]:
    """Moves of which the first few are larger by their factors: one difference changes."""
    moved = [X + W for X, W in zip(found.moves, found.factors, strict=True)]
    return [
        replace(found, moves=(*moved[:few], *found.moves[few:]))
        for few in range(1, len(found.factors))
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
    ExactCheck(
        COVERS,
        measure_exact,
        predict_exact,
        questions=(
            Question(r"an entry of $d\phi\,d\phi^{*}(Y)-Z$, $Y$ a lift", lifts, residual, unsolved),
            Question(
                r"an entry of the derivative of $W_{j+1}^{T}W_{j+1}-W_{j}W_{j}^{T}$ along a lift",
                lifts,
                unbalance,
                unbalanced,
            ),
        ),
    ),
    ConvergentCheck(
        COVERS,
        measure_pullback,
        predict_pullback,
        # at depth 1 the operator is a projection, whatever the stretch
        truncates=lambda point: point.depth > 1,
    ),
)
