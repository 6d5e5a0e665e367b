"""The geometry over QQ: each function against its definition."""

from collections.abc import Callable
from itertools import product as pairs

import pytest
from flint import fmpq, fmpq_mat

from dlnproof.numeric.exact.exact_geometry import (
    Dual,
    eigenvalue_sizes,
    eigenvectors,
    exact_root,
    kronecker,
    pivots,
    sum_operator,
    svd_differential,
)
from dlnproof.numeric.exact.points import (
    ExactPoint,
    PointKey,
    Stratum,
    cayley,
    diagonal,
    identity,
    point,
)


def matrix(rows: list[list[int]]) -> fmpq_mat:
    return fmpq_mat([[fmpq(x) for x in row] for row in rows])


def vec(Z: fmpq_mat) -> fmpq_mat:
    """Column-major."""
    return fmpq_mat([[x] for x in Z.transpose().entries()])


def key(depth: int, width: int, stratum: Stratum = Stratum.SIMPLE) -> PointKey:
    return PointKey(depth, width, stratum, -1, 0, 3)


Z = matrix([[1, 2, 5], [-3, 4, 7], [0, 6, -2]])


def test_kronecker_products_act_on_column_major_vectors() -> None:
    A, B = matrix([[1, 2, 0], [3, 4, 1], [5, 5, 5]]), matrix([[0, 1, 2], [1, 0, 3], [7, 1, 1]])
    assert kronecker(A, B) * vec(Z) == vec(B * Z * A.transpose())
    assert kronecker(A, B) != kronecker(B, A)
    wide, tall = matrix([[1, 2]]), matrix([[3], [4]])
    assert kronecker(wide, tall) == matrix([[3, 6], [4, 8]])


@pytest.mark.parametrize("depth", [1, 2, 3, 4])
def test_the_operator_is_the_sum_over_the_factors(depth: int) -> None:
    at = point(key(depth, 3))
    total = fmpq_mat(3, 3)
    for j in range(depth):
        left, right = identity(3), identity(3)
        for factor in at.factors[j + 1 :]:
            left = factor * left
        for factor in at.factors[:j]:
            right = factor * right
        total = total + left * left.transpose() * Z * right.transpose() * right
    assert sum_operator(at) * vec(Z) == vec(total)


def test_the_operator_is_the_differential_times_its_transpose() -> None:
    """dphi dphi^*: columns of dphi by dual numbers, factor by factor, entry by entry."""
    at = point(key(3, 2))
    zero = fmpq_mat(2, 2)
    rows = []
    for j, (r, c) in pairs(range(3), pairs(range(2), range(2))):
        unit = fmpq_mat(2, 2)
        unit[r, c] = fmpq(1)
        W = Dual(identity(2), zero)
        for k, factor in enumerate(at.factors):
            W = Dual(factor, unit if k == j else zero) * W
        assert W.value == at.W
        rows.append(W.derivative.transpose().entries())
    dphi = fmpq_mat(rows).transpose()
    assert dphi * dphi.transpose() == sum_operator(at)


def test_eigenvectors_in_their_order() -> None:
    at = point(key(2, 3))
    K = eigenvectors(at)
    assert K.transpose() * K == identity(9)
    for i, l in pairs(range(3), range(3)):
        u = fmpq_mat([[at.U[r, i]] for r in range(3)])
        v = fmpq_mat([[at.V[r, l]] for r in range(3)])
        column = fmpq_mat([[K[r, l * 3 + i]] for r in range(9)])
        assert column == vec(u * v.transpose())


def test_eigenvalues_have_their_sizes() -> None:
    at = point(key(4, 3, Stratum.TINY))
    K = eigenvectors(at)
    D = K.transpose() * sum_operator(at) * K
    for k, size in enumerate(eigenvalue_sizes(at)):
        assert 1 <= D[k, k] / size**2 <= 4


@pytest.mark.parametrize(
    ("rows", "positive"),
    [
        ([[2, 1], [1, 2]], 2),
        ([[1, 2], [2, 1]], 1),
        ([[-1, 0], [0, 3]], 1),
        ([[0, 1], [1, 0]], 0),
        ([[1, 1], [1, 1]], 1),
        ([[4, 2, 0], [2, 3, 1], [0, 1, 5]], 3),
    ],
)
def test_pivots_are_all_positive_for_definite_matrices_only(
    rows: list[list[int]], positive: int
) -> None:
    assert sum(p > 0 for p in pivots(matrix(rows))) == positive


def test_the_product_of_the_pivots_is_the_determinant() -> None:
    A = Z * Z.transpose()
    found = fmpq(1)
    for p in pivots(A):
        found = found * p
    assert found == A.det()


def test_square_roots_are_exact_or_refused() -> None:
    assert exact_root(fmpq(49, 64)) == fmpq(7, 8)
    assert exact_root(fmpq(0)) == 0
    assert exact_root(fmpq(10**80)) == 10**40
    for x in (fmpq(2), fmpq(-4), fmpq(1, 3), fmpq(10**80 + 1)):
        with pytest.raises(ArithmeticError, match="no rational square root"):
            exact_root(x)


def test_dual_numbers_are_differentials() -> None:
    A, B = Z, matrix([[1, 0, 2], [0, 1, 0], [1, 1, 1]])
    h = fmpq(1, 10**12)
    x = Dual(A, B)
    cases: list[tuple[Dual, Callable[[fmpq_mat], fmpq_mat]]] = [
        (x * x, lambda M: M * M),
        (x.inverse(), lambda M: M.inv()),
        ((x.transpose() * x).inverse(), lambda M: (M.transpose() * M).inv()),
    ]
    for f, g in cases:
        assert f.value == g(A)
        difference = (g(A + B * h) - g(A - B * h)) * (1 / (2 * h))
        assert all(abs(e) < fmpq(1, 10**15) for e in (difference - f.derivative).entries())


def test_the_differential_of_the_svd_by_the_product_rule() -> None:
    """U^T dW V = dSigma + omega_U Sigma - Sigma omega_V, and nothing else moves."""
    at = point(key(2, 3))
    J = svd_differential(at)
    Sigma = diagonal(at.sigma)
    expected = []
    for k in range(3):
        expected.append(diagonal(tuple(fmpq(int(k == r)) for r in range(3))))
    turns = []
    for i, l in ((0, 1), (0, 2), (1, 2)):
        turn = fmpq_mat(3, 3)
        turn[i, l], turn[l, i] = fmpq(1), fmpq(-1)
        turns.append(turn)
    expected += [turn * Sigma for turn in turns] + [-Sigma * turn for turn in turns]
    for k, dW in enumerate(expected):
        column = fmpq_mat([[J[r, k]] for r in range(9)])
        assert column == vec(at.U * dW * at.V.transpose())


def test_the_differential_of_the_svd_vanishes_on_what_does_not_move_w() -> None:
    at = point(key(1, 2, Stratum.PAIR))
    J = svd_differential(at)
    # sigma_1 = sigma_2: U and V turning together leave W where it is
    assert all(J[r, 2] + J[r, 3] == 0 for r in range(4))
    assert J.rank() == 3


def test_the_same_differential_for_any_cayley_step() -> None:
    at = point(key(1, 2))
    turn = matrix([[0, 1], [-1, 0]]) * fmpq(1, 10**9)
    moved = ExactPoint(1, at.roots, (at.V, at.U * cayley(turn)))
    J = svd_differential(at)
    change = vec(moved.W - at.W) * fmpq(10**9)
    assert all(abs(change[r, 0] - J[r, 2]) < fmpq(1, 10**8) for r in range(4))
