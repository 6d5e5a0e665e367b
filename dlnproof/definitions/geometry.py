r"""Primitive definitions: the operator, the metric, and what is made of them.

Nothing is defined by a formula that a statement concludes: an eigenvalue is what a matrix is
multiplied by, a determinant that of a linear map.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from dlnproof.definitions.letters import (
    SIGMA,
    N,
    U,
    V,
    W,
    X,
    Y,
    Z,
    d,
    end_velocity_at,
    j,
    left_at,
    right_at,
    s,
    t,
)
from dlnproof.kernel.terms import (
    Definition,
    Term,
    entry,
    inner,
    integral,
    map_determinant,
    map_inverse,
    number,
    psd_power,
    psd_root,
    total,
    transpose,
    unit,
)

_N, _W = N.data, W.data

OPERATOR: Final = Definition(
    "A",
    (_N, _W, Z),
    (1 / N)
    * total(
        j,
        1,
        N,
        psd_root(W * transpose(W), N) ** (N - j.term)
        * Z.term
        * psd_root(transpose(W) * W, N) ** (j.term - 1),
    ),
    r"\mathcal{A}_{{0},{1}}({2})",
)
"""A_{N,W}(Z) = (1/N) sum_j (W W^T)^((N-j)/N) Z (W^T W)^((j-1)/N)."""

INFINITE_OPERATOR: Final = Definition(
    "A_inf",
    (_W, Z),
    integral(
        s,
        number(0),
        number(1),
        psd_power(W * transpose(W), 1 - s.term) * Z.term * psd_power(transpose(W) * W, s.term),
    ),
    r"\mathcal{A}_{\infty,{0}}({1})",
)
"""A_{inf,W}(Z) = int_0^1 (W W^T)^(1-s) Z (W^T W)^s ds, for invertible W."""

METRIC: Final = Definition(
    "g",
    (_N, _W, X, Y),
    inner(X.term, map_inverse(Z, OPERATOR(N, W, Z.term), Y.term)),
    r"g^{0}_{1}({2},{3})",
)
"""g^N(X, Y) = Tr(X^T A^{-1}(Y))."""

METRIC_DETERMINANT: Final = Definition(
    "det g",
    (_N, _W),
    map_determinant(X, map_inverse(Z, OPERATOR(N, W, Z.term), X.term)),
    r"\det g^{0}_{1}",
)
"""det g^N, in any orthonormal basis: the determinant of A^{-1}."""

INFINITE_METRIC_DETERMINANT: Final = Definition(
    "det g_inf",
    (_W,),
    map_determinant(X, map_inverse(Z, INFINITE_OPERATOR(W, Z.term), X.term)),
    r"\det g^{\infty}_{0}",
)


def infinite_metric(at: Term, one: Term, other: Term) -> Term:
    """Return the inner product of two matrices at a third one, at infinite depth."""
    return inner(one, map_inverse(Z, INFINITE_OPERATOR(at, Z.term), other))


def pair(row: Term, column: Term) -> Term:
    """Return u_i v_l^T, of the columns of U and V: U E_il V^T."""
    return U * unit(d, row, column) * transpose(V)


def coefficient(matrix: Term, row: Term, column: Term) -> Term:
    """Return u_i^T M v_l: the entry of U^T M V."""
    return entry(transpose(U) * matrix * V, row, column)


def framed(matrix: Term, row: Term, column: Term) -> Term:
    """Return u_i^T M v_l, with the singular vectors at time t."""
    return entry(transpose(left_at(t.term)) * matrix * right_at(t.term), row, column)


def rate(index: Term) -> Term:
    """Return u_i^T W' v_i, along a path at time t."""
    return framed(end_velocity_at(t.term), index, index)


def sum_metric_determinant(matrix: Term) -> Term:
    """Return the determinant of g^N / N at W, the metric that is the inverse of N A."""
    inverse = map_inverse(Z, OPERATOR(N, matrix, Z.term), X.term)
    return map_determinant(X, number(1) / N * inverse)


def between_resolvents(matrix: Term, shifted: Callable[[Term], Term]) -> Term:
    """Return s(W W^T)^-1 M s(W^T W)^-1, for s that adds a multiple of I, as to a resolvent."""
    rows, columns = (psd_power(shifted(m), -1) for m in (W * transpose(W), transpose(W) * W))
    return rows * matrix * columns


def product_of_svd() -> Term:
    """Return U Sigma V^T."""
    return U * SIGMA * transpose(V)
