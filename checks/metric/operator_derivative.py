"""Numeric checks of the derivative of the operator: singular values move, and frames turn."""

from collections.abc import Sequence
from dataclasses import replace

from flint import fmpq, fmpq_mat

from dlnproof.claims.check import ConvergentCheck, ExactCheck, Groups
from dlnproof.core.expression import Number
from dlnproof.core.side import Side
from dlnproof.numeric.exact.exact_geometry import Dual, eigenvectors, sum_operator, turned
from dlnproof.numeric.exact.points import ExactPoint, PointKey, cayley, diagonal
from dlnproof.numeric.exact.predictions import Parts, over_pairs

from ..volume.volume_gradient import distinct

MOVES = frozenset({"first", "second", "own"})
COVERS = MOVES | {"turn", "crossed"}


# --- the path -------------------------------------------------------------------------------------


def rates(point: ExactPoint) -> tuple[fmpq, ...]:
    """Return t_i' / t_i."""
    return tuple(fmpq(k + 1, 2) for k in range(point.width))


def turns(point: ExactPoint) -> tuple[fmpq_mat, fmpq_mat]:
    """Return U^T U' and V^T V', skew matrices without a 0 beside the diagonal."""
    d = range(point.width)
    above = [[fmpq(2 * l - k, 3) if k < l else fmpq(0) for l in d] for k in d]
    other = [[fmpq(l + 2, k + 3) if k < l else fmpq(0) for l in d] for k in d]
    left, right = fmpq_mat(above), fmpq_mat(other)
    return left - left.transpose(), right - right.transpose()


def generic(point: ExactPoint) -> fmpq_mat:
    """Return Z, without symmetry."""
    d = range(point.width)
    return fmpq_mat([[fmpq(3 * k + 5 * l + 1, k + 2) for l in d] for k in d])


def outside(matrix: fmpq_mat, point: ExactPoint) -> fmpq_mat:
    """Return U M V^T."""
    return point.U * matrix * point.V.transpose()


def frames(point: ExactPoint) -> tuple[Dual, Dual]:
    """Return U and V, which turn."""
    left, right = turns(point)
    return turned(point.U, left), turned(point.V, right)


def velocity(point: ExactPoint) -> fmpq_mat:
    """Return U^T W' V."""
    U, V = frames(point)
    change = [int(point.depth) * r * x for r, x in zip(rates(point), point.sigma, strict=True)]
    W = U * Dual(diagonal(point.sigma), diagonal(tuple(change))) * V.transpose()
    return point.U.transpose() * W.derivative * point.V


# --- the operator, by dual numbers ----------------------------------------------------------------


def operator(point: ExactPoint, Z: Dual) -> Dual:
    """Return (1/N) sum_j (W W^T)^((N-j)/N) Z (W^T W)^((j-1)/N) along the path."""
    size, depth = point.width, int(point.depth)
    squares = tuple(t**2 for t in point.roots)
    change = tuple(2 * r * x for r, x in zip(rates(point), squares, strict=True))
    left, right = (
        Q * Dual(diagonal(squares), diagonal(change)) * Q.transpose() for Q in frames(point)
    )
    total = Dual(fmpq_mat(size, size), fmpq_mat(size, size))
    for j in range(depth):
        term = Z
        for _ in range(depth - 1 - j):
            term = left * term
        for _ in range(j):
            term = term * right
        total = total + term
    return Dual(total.value / depth, total.derivative / depth)


def off_diagonal(table: fmpq_mat) -> list[fmpq]:
    """Return the entries off the diagonal."""
    d = range(table.nrows())
    return [table[i, l] for i in d for l in d if i != l]


def on_diagonal(table: fmpq_mat) -> list[fmpq]:
    """Return the entries on the diagonal."""
    return [table[i, i] for i in range(table.nrows())]


def framed(matrix: fmpq_mat, point: ExactPoint) -> fmpq_mat:
    """Return U^T M V."""
    return point.U.transpose() * matrix * point.V


def eigenvalue_rates(point: ExactPoint) -> fmpq_mat:
    """Return the derivative of u_i^T A(u_i v_l^T) v_l, where both u_i and v_l turn."""
    d, (U, V) = point.width, frames(point)
    found = fmpq_mat(d, d)
    for i in range(d):
        for l in range(d):
            unit = fmpq_mat(d, d)
            unit[i, l] = fmpq(1)
            image = operator(point, U * Dual(unit, fmpq_mat(d, d)) * V.transpose())
            found[i, l] = (U.transpose() * image * V).derivative[i, l]
    return found


def measure_exact(point: ExactPoint) -> Groups:
    """Turns of the frames, and derivatives of the eigenvalues and of A(Z), by dual numbers."""
    still = fmpq_mat(point.width, point.width)
    values = eigenvalue_rates(point)
    image = framed(operator(point, Dual(outside(generic(point), point), still)).derivative, point)
    turned_ = (off_diagonal(frame) for frame in turns(point))
    told = (part(x) for x in (values, image) for part in (off_diagonal, on_diagonal))
    return [*turned_, *told]


# --- the same by finite differences ---------------------------------------------------------------


def moved(point: ExactPoint, h: fmpq) -> ExactPoint:
    """Return the balanced factors above W(h): those between the first and the last turn as well."""
    left, right = turns(point)
    roots = tuple(t * (1 + h * r) for t, r in zip(point.roots, rates(point), strict=True))
    return replace(
        point,
        roots=roots,
        frames=(point.V * cayley(right * h), *point.frames[1:-1], point.U * cayley(left * h)),
    )


def measure_pullback(point: ExactPoint, step: fmpq, digits: int) -> Groups:
    """The derivative of (1/N) dphi dphi^*(Z) along balanced factors, by finite differences."""
    a, b, c, e = (sum_operator(moved(point, step * k)) for k in (1, -1, fmpq(1, 2), fmpq(-1, 2)))
    slope = ((c - e) * 8 - (a - b)) / (6 * step * int(point.depth))
    d = point.width
    z = fmpq_mat(d * d, 1, outside(generic(point), point).transpose().entries())
    image = framed(fmpq_mat(d, d, (slope * z).entries()).transpose(), point)
    return [off_diagonal(image), on_diagonal(image)]


# --- what is stated -------------------------------------------------------------------------------


def table(name: str, alike: Side, parts: Parts, point: ExactPoint) -> fmpq_mat:
    """Return a part at all i and l, where i = l another."""
    return fmpq_mat(over_pairs(parts[name], alike, point))


def eigenvalues(point: ExactPoint) -> list[list[fmpq]]:
    """Return the eigenvalues lambda_il of (1/N) dphi dphi^*."""
    Q, d = eigenvectors(point), range(point.width)
    values = Q.transpose() * sum_operator(point) * Q
    at = [[l * point.width + i for l in d] for i in d]  # the column of u_i v_l^T
    return [[values[k, k] / int(point.depth) for k in row] for row in at]


def predict_moves(parts: Parts, point: ExactPoint) -> Groups:
    """Of A(Z), and of the eigenvalues before: in terms of H = U^T W' V."""
    first = table("first", parts["own"], parts, point)
    second = table("second", Number(0), parts, point)
    own, s, d = eigenvalues(point), point.sigma, range(point.width)
    H, Z = velocity(point), generic(point)
    slope, image = fmpq_mat(point.width, point.width), fmpq_mat(point.width, point.width)
    for i in d:
        for l in d:
            slope[i, l] = own[i][l] * (first[i, l] * H[i, i] + second[i, l] * H[l, l])
            image[i, l] = slope[i, l] * Z[i, l]
            for m in set(d) - {i}:
                quotient = (own[i][l] - own[m][l]) / (s[i] ** 2 - s[m] ** 2)
                image[i, l] += quotient * (s[m] * H[i, m] + s[i] * H[m, i]) * Z[m, l]
            for m in set(d) - {l}:
                quotient = (own[i][l] - own[i][m]) / (s[l] ** 2 - s[m] ** 2)
                image[i, l] += quotient * (s[m] * H[m, l] + s[l] * H[l, m]) * Z[i, m]
    return [part(x) for x in (slope, image) for part in (off_diagonal, on_diagonal)]


def predict_turns(parts: Parts, point: ExactPoint) -> Groups:
    """Of the frames, U^T U' and V^T V'."""
    turn, crossed = (table(name, Number(0), parts, point) for name in ("turn", "crossed"))
    H, d = velocity(point), range(point.width)
    pairs = [(i, l) for i in d for l in d if i != l]
    return [
        [a[i, l] * H[i, l] + b[i, l] * H[l, i] for i, l in pairs]
        for a, b in ((turn, crossed), (crossed, turn))
    ]


def predict(parts: Parts, point: ExactPoint) -> Groups:
    """All of them."""
    return [*predict_turns(parts, point), *predict_moves(parts, point)]


def predict_image(parts: Parts, point: ExactPoint) -> Groups:
    """Of A(Z) alone."""
    return predict_moves(parts, point)[2:]


def turning(keys: Sequence[PointKey]) -> list[PointKey]:
    """Return the points where frames turn: of one value A(Z) is a polynomial in its root."""
    return [key for key in distinct(keys) if key.width > 1]


CHECKS = (
    ExactCheck(COVERS, measure_exact, predict, visits=distinct),
    ConvergentCheck(
        MOVES,
        measure_pullback,
        predict_image,
        truncates=lambda point: point.depth != 1,
        visits=turning,
    ),
)
