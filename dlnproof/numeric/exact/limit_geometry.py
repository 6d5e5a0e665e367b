"""The operator at infinite depth from its definitions: an integral, a long sum, many factors.

No closed form of an eigenvalue enters. Ball arithmetic at the working precision of the caller.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Final

import flint
from flint import acb, acb_mat, arb, arb_mat, fmpq, fmpq_mat

from dlnproof.language.precision import working_precision
from dlnproof.numeric.exact.exact_geometry import kronecker
from dlnproof.numeric.exact.points import ExactPoint, diagonal, identity

_MOST_DOUBLINGS: Final = 8


def integrated_operator(point: ExactPoint, Z: fmpq_mat) -> list[arb]:
    """Enclose the entries of int_0^1 (W W^T)^(1-s) Z (W^T W)^s ds."""
    U, V, middle = (acb_mat(arb_mat(M)) for M in (point.U, point.V, Z))
    logs = [level[2] for level in point.levels()]

    def integrand(s: acb) -> acb_mat:
        left = U * _diagonal([((1 - s) * g).exp() for g in logs]) * U.transpose()
        right = V * _diagonal([(s * g).exp() for g in logs]) * V.transpose()
        return left * middle * right

    def entry(k: int) -> arb:
        return acb.integral(lambda s, _: integrand(s).entries()[k], 0, 1).real

    return [entry(k) for k in range(point.width**2)]


def integrated_eigenvalues(point: ExactPoint) -> list[arb]:
    """Enclose int_0^1 (sigma_i^2)^(1-s) (sigma_l^2)^s ds for all i and l."""
    logs = [level[2] for level in point.levels()]

    def eigenvalue(a: arb, b: arb) -> arb:
        return acb.integral(lambda s, _: ((1 - s) * a + s * b).exp(), 0, 1).real

    return [eigenvalue(a, b) for a in logs for b in logs]


def summed_eigenvalues(point: ExactPoint, depth: int) -> list[arb]:
    """Enclose (1/N) sum_j (sigma_i^2)^((N-j)/N) (sigma_l^2)^((j-1)/N) for all i and l."""
    roots = [(level[2] / depth).exp() for level in point.levels()]

    def total(a: arb, b: arb) -> arb:
        value, power = arb(1), arb(1)
        for _ in range(depth - 1):
            power = power * b
            value = value * a + power
        return value / depth

    return [total(a, b) for a in roots for b in roots]


def integrated_determinant(point: ExactPoint) -> arb:
    """Enclose det A_inf, from the entries of its matrix in the standard basis."""
    return _determinant(point, lambda: integrated_eigenvalues(point))


def summed_determinant(point: ExactPoint, depth: int) -> arb:
    """Enclose det A_{N,W}, from the entries of its matrix in the standard basis."""
    return _determinant(point, lambda: summed_eigenvalues(point, depth))


def _determinant(point: ExactPoint, coefficients: Callable[[], Sequence[arb]]) -> arb:
    """Return the determinant of sum_il c_il (v_l v_l^T) kron (u_i u_i^T), to the precision.

    The integral, or the sum over j, of a product of powers of W W^T and W^T W is this by the
    definition of the powers. Of its spectrum as an operator nothing is used: the determinant is
    that of the d^2 x d^2 entries, with more digits until those that cancel are made good.
    """
    wanted = flint.ctx.prec
    left, right = (_projections(M) for M in (point.U, point.V))
    for bits in (wanted << k for k in range(1, _MOST_DOUBLINGS)):
        with working_precision(bits):
            entries = iter(coefficients())
            size = point.width**2
            total = arb_mat(size, size)
            for u in left:
                for v in right:
                    total = total + arb_mat(kronecker(v, u)) * next(entries)
            found = total.det()
            if found.rel_accuracy_bits() >= wanted:
                return found
    return arb("nan")


def _projections(frame: fmpq_mat) -> list[fmpq_mat]:
    """Return x x^T for each column x of an orthogonal matrix."""
    return [
        frame
        * diagonal(tuple(fmpq(int(k == row)) for row in range(frame.nrows())))
        * frame.transpose()
        for k in range(frame.nrows())
    ]


def _diagonal(entries: list[acb]) -> acb_mat:
    size = len(entries)
    return acb_mat([[entries[r] if r == c else 0 for c in range(size)] for r in range(size)])


def operator_from_factors(point: ExactPoint, Z: fmpq_mat, depth: int) -> arb_mat:
    """Apply (1/N) dphi dphi^* to Z, at balanced factors W_j = Q_j Lambda Q_{j-1}^T of depth N.

    The inner frames alternate between the identity and a reflection, so that factors do not
    commute. Midpoints only: radii would grow exponentially along a product of thousands, and this
    route samples, it does not enclose.
    """
    size = point.width
    inner = (arb_mat(identity(size)), arb_mat(reflection(size)))
    Lambda = arb_mat(size, size)
    for k, level in enumerate(point.levels()):
        Lambda[k, k] = (level[2] / (2 * depth)).exp()
    frames = [arb_mat(point.V), *(inner[j % 2] for j in range(1, depth)), arb_mat(point.U)]
    factors = [after * Lambda * before.transpose() for before, after in pairwise(frames)]
    before = [arb_mat(identity(size))]
    for factor in factors[:-1]:
        before.append((factor * before[-1]).mid())
    after, total = arb_mat(identity(size)), arb_mat(size, size)
    direction = arb_mat(Z)
    for factor, right in zip(reversed(factors), reversed(before), strict=True):
        total = total + (after * (after.transpose() * direction)) * (right.transpose() * right)
        after = (after * factor).mid()
    return total / arb(depth)


def reflection(size: int) -> fmpq_mat:
    """Return I - 2 x x^T / |x|^2 for x = (1, 2, ..., d)."""
    x = fmpq_mat([[fmpq(k + 1)] for k in range(size)])
    length = (x.transpose() * x)[0, 0]
    return identity(size) - x * x.transpose() * (2 / length)
