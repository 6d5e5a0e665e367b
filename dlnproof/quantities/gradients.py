"""The derivatives of the volume density and of the entropy by a singular value, by dual numbers."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from flint import fmpq, fmpq_mat

from dlnproof.numeric.exact.exact_geometry import Dual, kronecker, orbit_tangents
from dlnproof.numeric.exact.matrices import trace
from dlnproof.numeric.exact.points import ExactPoint, diagonal
from dlnproof.quantities.metric import LOG_VOLUME_DENSITY
from dlnproof.quantities.orbit import ENTROPY
from dlnproof.quantities.quantity import Quantity

_FIXED: Final = (
    "$i$: the free index; $U$, $V$ and the other singular values are held, so that it is the "
    r"entry $u_i^{T}Gv_i$ of the gradient $G$ for $\operatorname{Tr}(X^{T}Y)$"
)


def moving(point: ExactPoint, i: int) -> list[Dual]:
    """Return the factors where t_i moves by epsilon t_i, and sigma_i by epsilon N sigma_i."""
    roots, d = point.roots, point.width
    change = diagonal(tuple(t if k == i else fmpq(0) for k, t in enumerate(roots)))
    middle, zero = Dual(diagonal(roots), change), fmpq_mat(d, d)
    frames = [Dual(Q, zero) for Q in point.frames]
    return [after * middle * before.transpose() for before, after in pairwise(frames)]


def whole(factors: Sequence[Dual], d: int) -> Dual:
    """Return the product of factors, the last first."""
    one, zero = diagonal((fmpq(1),) * d), fmpq_mat(d, d)
    found = Dual(one, zero)
    for factor in factors:
        found = factor * found
    return found


def density_slope(point: ExactPoint, i: int) -> fmpq:
    """Return -1/2 Tr(M^{-1} M') for the matrix M of dphi dphi^*, by sigma_i: N drops out."""
    factors, d = moving(point, i), point.width
    value, change = fmpq_mat(d * d, d * d), fmpq_mat(d * d, d * d)
    for j in range(len(factors)):
        left, right = whole(factors[j + 1 :], d), whole(factors[:j], d)
        a, b = right.transpose() * right, left * left.transpose()
        value += kronecker(a.value, b.value)
        change += kronecker(a.derivative, b.value) + kronecker(a.value, b.derivative)
    return -trace(value.solve(change)) / (2 * int(point.depth) * point.sigma[i])


def fibred(point: ExactPoint) -> bool:
    """Whether the orbit is more than points."""
    return point.depth != 1 and point.width > 1


def entropy_slope(point: ExactPoint, i: int) -> fmpq:
    """Return Tr(G^{-1} T' T^T), for the Gram matrix G = T T^T of the orbit's tangents, by sigma_i.

    The tangents are linear in Lambda: how they move with t_i is what they are at t_i alone.
    """
    if not fibred(point):
        return fmpq(0)
    rows = orbit_tangents(point)
    inside = (rows * rows.transpose()).solve(_alone(point, i) * rows.transpose())
    return trace(inside) / (int(point.depth) * point.sigma[i])


def _alone(point: ExactPoint, i: int) -> fmpq_mat:
    """Return the orbit's tangents at t_i alone."""
    roots = tuple(t if k == i else fmpq(0) for k, t in enumerate(point.roots))
    return orbit_tangents(replace(point, roots=roots))


def entropy_second(point: ExactPoint, i: int, l: int) -> fmpq:
    """Return the derivative of the entropy by sigma_i and sigma_l.

    By the roots it is half of Tr(G^{-1} G_il) - Tr(G^{-1} G_i G^{-1} G_l), as that of log det G.
    """
    if not fibred(point):
        return fmpq(0)
    rows, n = orbit_tangents(point), int(point.depth)
    metric, one, other = rows * rows.transpose(), _alone(point, i), _alone(point, l)

    def change(first: fmpq_mat, second: fmpq_mat) -> fmpq_mat:
        both = first * second.transpose()
        return metric.solve(both + both.transpose())

    first, last = change(one, rows), change(other, rows)
    twice = trace(change(one, other)) - trace(first * last)
    if i == l:  # as the root moves with sigma_i at a rate that changes
        twice += (1 - n) * trace(first)
    return twice / (2 * n**2 * point.sigma[i] * point.sigma[l])


VOLUME_GRADIENT: Final = Quantity(
    "volume-gradient",
    r"$\partial_{\sigma_i}\log\sqrt{\det g^{N}}$",
    rf"the derivative by $\sigma_i$ of {LOG_VOLUME_DENSITY.definition}",
    (*LOG_VOLUME_DENSITY.conventions, _FIXED),
    indices=("i",),
    exact=lambda point: [density_slope(point, i) for i in range(point.width)],
)
ENTROPY_GRADIENT: Final = Quantity(
    "entropy-gradient",
    r"$\partial_{\sigma_i}\log\operatorname{vol}(O_W)$",
    rf"the derivative by $\sigma_i$ of {ENTROPY.definition}",
    (*ENTROPY.conventions[:1], _FIXED),
    indices=("i",),
    exact=lambda point: [entropy_slope(point, i) for i in range(point.width)],
)
