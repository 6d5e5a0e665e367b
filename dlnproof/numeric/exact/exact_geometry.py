"""The geometry over QQ, from factors and differentials only: no closed form is used here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from math import isqrt

from flint import fmpq, fmpq_mat

from dlnproof.numeric.exact.points import ExactPoint, diagonal, identity


def kronecker(a: fmpq_mat, b: fmpq_mat) -> fmpq_mat:
    """Return a kron b."""
    inner = b.table()
    return fmpq_mat(
        [[x * y for x in row for y in inner_row] for row in a.table() for inner_row in inner]
    )


def sum_operator(point: ExactPoint) -> fmpq_mat:
    """Return the d^2 x d^2 matrix of dphi dphi^* at the point's factors, column-major vec.

    dphi(X_1, ..., X_N) = sum_j (W_N...W_{j+1}) X_j (W_{j-1}...W_1), so dphi dphi^* (Z) =
    sum_j L_j Z R_j with L_j = (W_N...W_{j+1})(W_N...W_{j+1})^T and R_j = (W_{j-1}...W_1)^T
    (W_{j-1}...W_1). On the balanced manifold this is N A_{N,W} (CMV2023, M2024).
    """
    size = point.width
    after, before = [identity(size)], [identity(size)]
    for factor in reversed(point.factors[1:]):
        after.append(after[-1] * factor)
    for factor in point.factors[:-1]:
        before.append(factor * before[-1])
    terms = [
        kronecker(right.transpose() * right, left * left.transpose())
        for left, right in zip(reversed(after), before, strict=True)
    ]
    total = terms[0]
    for term in terms[1:]:
        total = total + term
    return total


def eigenvectors(point: ExactPoint) -> fmpq_mat:
    """Return V kron U, whose column l*d + i is vec(u_i v_l^T)."""
    return kronecker(point.V, point.U)


def eigenvalue_sizes(point: ExactPoint) -> list[fmpq]:
    """Return max(t_i, t_l)^(N-1) in the order of those columns: lambda_il is its square to 1/N.

    In units of these sizes no eigenvalue is hidden by larger ones, however small it is.
    """
    power, t = int(point.depth) - 1, point.roots
    return [max(a, b) ** power for b in t for a in t]


def pivots(matrix: fmpq_mat) -> list[fmpq]:
    """Return the pivots of LDL^T: all positive exactly for a positive definite matrix."""
    a = matrix.table()
    found = []
    for k in range(len(a)):
        found.append(a[k][k])
        if a[k][k] == 0:
            break
        for row in range(k + 1, len(a)):
            ratio = a[row][k] / a[k][k]
            a[row] = [x - ratio * y for x, y in zip(a[row], a[k], strict=True)]
    return found


def exact_root(x: fmpq) -> fmpq:
    """Return the square root of a rational that has a rational one.

    Raises ``ArithmeticError`` for any other.
    """
    root = fmpq(isqrt(int(x.p)), isqrt(int(x.q))) if x >= 0 else fmpq(0)
    if root * root != x:
        raise ArithmeticError(f"{x} has no rational square root")
    return root


@dataclass(frozen=True)
class Dual:
    """A matrix value + epsilon * derivative, epsilon^2 = 0: differentials without finite steps."""

    value: fmpq_mat
    derivative: fmpq_mat

    def __mul__(self, other: Dual) -> Dual:
        return Dual(
            self.value * other.value,
            self.value * other.derivative + self.derivative * other.value,
        )

    def __add__(self, other: Dual) -> Dual:
        return Dual(self.value + other.value, self.derivative + other.derivative)

    def __sub__(self, other: Dual) -> Dual:
        return Dual(self.value - other.value, self.derivative - other.derivative)

    def inverse(self) -> Dual:
        """Return the inverse matrix."""
        inverse = self.value.inv()
        return Dual(inverse, -inverse * self.derivative * inverse)

    def transpose(self) -> Dual:
        """Return the transposed matrix."""
        return Dual(self.value.transpose(), self.derivative.transpose())


def turned(frame: fmpq_mat, skew: fmpq_mat) -> Dual:
    """Return a frame that turns by the Cayley transform of epsilon times a skew matrix."""
    size, half = frame.nrows(), skew * fmpq(1, 2)
    turn = Dual(identity(size), -half).inverse() * Dual(identity(size), half)
    return Dual(frame, fmpq_mat(size, size)) * turn


def svd_differential(point: ExactPoint) -> fmpq_mat:
    """Return the d^2 x d^2 Jacobian matrix of (Sigma, U, V) -> U Sigma V^T, column-major vec.

    Columns: d sigma_i, then (U^T dU)_{il}, then (V^T dV)_{il} over i < l; the frames move by Cayley
    transforms and are differentiated by dual numbers.
    """
    size = point.width
    zero = fmpq_mat(size, size)

    def column(dsigma: fmpq_mat, skew_u: fmpq_mat, skew_v: fmpq_mat) -> list[fmpq]:
        middle = Dual(diagonal(point.sigma), dsigma)
        W = turned(point.U, skew_u) * middle * turned(point.V, skew_v).transpose()
        return W.derivative.transpose().entries()

    columns = [column(unit, zero, zero) for unit in _diagonal_units(size)]
    columns += [column(zero, skew, zero) for skew in skew_units(size)]
    columns += [column(zero, zero, skew) for skew in skew_units(size)]
    return fmpq_mat(columns).transpose()


def gauge_direction(point: ExactPoint, family: Sequence[fmpq_mat]) -> list[fmpq_mat]:
    """Return the derivative of (I + e c_j) W_j (I + e c_{j-1})^(-1) at e = 0, for c_0, ..., c_N."""
    still, one = fmpq_mat(point.width, point.width), identity(point.width)
    moving = [Dual(one, c) for c in family]
    return [
        (after * Dual(W, still) * before.inverse()).derivative
        for W, (before, after) in zip(point.factors, pairwise(moving), strict=True)
    ]


def orbit_tangents(point: ExactPoint) -> fmpq_mat:
    """Return the tangent vectors of the fibre at the point's factors, as rows (N d^2 entries).

    One for each Q_j, 0 < j < N, and each pair i < l.
    """
    return fmpq_mat(
        [_turning(point, {j: s}) for j in _inner(point) for s in skew_units(point.width)]
    )


def manifold_tangents(point: ExactPoint) -> fmpq_mat:
    """Return the coordinate vectors of the balanced manifold, as rows (N d^2 entries).

    Those of sigma_i, then of (U^T dU)_{il}, (V^T dV)_{il}, and of the inner frames, over i < l.
    """
    depth = int(point.depth)
    rows = []
    for k, unit in enumerate(_diagonal_units(point.width)):
        # sigma = t^N: dt / dsigma = t / (N sigma)
        rows.append(_moving(point, unit * (point.roots[k] / (depth * point.sigma[k])), {}))
    for j in (depth, 0, *_inner(point)):
        rows += [_turning(point, {j: skew}) for skew in skew_units(point.width)]
    return fmpq_mat(rows)


def _inner(point: ExactPoint) -> range:
    return range(1, int(point.depth))


def _turning(point: ExactPoint, turns: Mapping[int, fmpq_mat]) -> list[fmpq]:
    return _moving(point, fmpq_mat(point.width, point.width), turns)


def _moving(point: ExactPoint, stretch: fmpq_mat, turns: Mapping[int, fmpq_mat]) -> list[fmpq]:
    """Return how the factors move when Lambda stretches and frames turn, by dual numbers."""
    middle = Dual(diagonal(point.roots), stretch)
    still = fmpq_mat(point.width, point.width)
    frames = [
        turned(Q, turns[j]) if j in turns else Dual(Q, still) for j, Q in enumerate(point.frames)
    ]
    factors = [after * middle * before.transpose() for before, after in pairwise(frames)]
    return [x for factor in factors for x in factor.derivative.entries()]


def _diagonal_units(size: int) -> Iterator[fmpq_mat]:
    for k in range(size):
        yield diagonal(tuple(fmpq(int(k == row)) for row in range(size)))


def skew_units(size: int) -> Iterator[fmpq_mat]:
    """Yield the E_il - E_li over i < l."""
    for row, column in combinations(range(size), 2):
        unit = fmpq_mat(size, size)
        unit[row, column], unit[column, row] = fmpq(1), fmpq(-1)
        yield unit


def symmetric_units(size: int) -> Iterator[fmpq_mat]:
    """Yield the E_ii, and the E_il + E_li over i < l."""
    for row in range(size):
        for column in range(row, size):
            unit = fmpq_mat(size, size)
            unit[row, column] = unit[column, row] = fmpq(1)
            yield unit
