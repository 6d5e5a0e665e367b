"""Checks of the power map: how it moves along polar coordinates, beside the metric's volume."""

from collections.abc import Sequence
from math import prod

from flint import arb, arb_mat, fmpq, fmpq_mat

from dlnproof.claims.check import ConvergentCheck, ExactCheck, Groups, narrow
from dlnproof.core.expression import Expression
from dlnproof.core.product import PairProduct
from dlnproof.core.spectrum import I, L, N
from dlnproof.language.precision import bits_of, working_precision
from dlnproof.numeric.exact.exact_geometry import Dual, skew_units, turned
from dlnproof.numeric.exact.points import ExactPoint, diagonal, identity
from dlnproof.numeric.exact.predictions import Parts, common, product_value
from dlnproof.numeric.exact.pullback import determinant_pullback
from dlnproof.numeric.exact.stencil import derivative, working_digits
from dlnproof.quantities.metric import density, sum_determinant
from dlnproof.quantities.power_map import directions, grown, moves, polar

COVERS = frozenset({"exponent", "constant", "squared", "density"})
# --- by dual numbers ------------------------------------------------------------------------------


def along_values(point: ExactPoint) -> fmpq:
    """Return |det| of (Sigma^(1/N), U, V) -> U Sigma V^T."""
    d, still = point.width, fmpq_mat(point.width, point.width)
    rows = []

    def moved(stretch: fmpq_mat, left: fmpq_mat, right: fmpq_mat) -> None:
        found = turned(point.U, left)
        for _ in range(int(point.depth)):
            found = found * Dual(diagonal(point.roots), stretch)
        rows.append((found * turned(point.V, right).transpose()).derivative.entries())

    for k in range(d):
        moved(diagonal(tuple(fmpq(int(n == k)) for n in range(d))), still, still)
    for skew in skew_units(d):
        moved(still, skew, still)
        moved(still, still, skew)
    return abs(fmpq_mat(rows).det())


def measure_exact(point: ExactPoint) -> Groups:
    """W; how volumes grow, times the metric's volume; the same in the coordinates of the SVD."""
    by, volume = grown(point), density(point)
    return [
        point.W.entries(),
        [volume * by],
        [sum_determinant(point) * by**2],
        [volume * along_values(point)],
    ]


def powers(parts: Parts, point: ExactPoint) -> int:
    """Return n, where the image R (R^T R)^e is Q P^n."""
    exponent = parts["exponent"]
    assert isinstance(exponent, Expression)
    return int(2 * exponent.at(common(point)) + 1)


def predict_exact(parts: Parts, point: ExactPoint) -> Groups:
    """Return the image of R, and what is stated of volumes."""
    Q, P = polar(point)
    stated = [[product_value(parts[name], point)] for name in ("constant", "squared", "density")]
    return [(Q * P ** powers(parts, point)).entries(), *stated]


# --- by finite differences ------------------------------------------------------------------------


def turning(frame: fmpq_mat, skew: fmpq_mat, h: arb) -> arb_mat:
    """Return a frame turned by the Cayley transform of a skew matrix."""
    one, half = arb_mat(identity(frame.nrows())), arb_mat(skew) * (h / 2)
    return arb_mat(frame) * (one - half).solve(one + half)


def differences(point: ExactPoint, exponent: int, step: fmpq) -> arb_mat:
    """Return, by rows, how Q P^n moves, in balls."""
    Q, P = polar(point)

    def lines(h: arb) -> Sequence[arb_mat]:
        return [
            turning(Q, skew, h) * (arb_mat(P) + arb_mat(stretch) * h) ** exponent
            for skew, stretch in directions(point)
        ]

    return arb_mat([matrix.entries() for matrix in derivative(lines, step)])


def along_differences(point: ExactPoint, step: fmpq) -> arb:
    """Return the square of that in balls, from the Gram matrix: 0 where values coincide."""
    depth, still = int(point.depth), fmpq_mat(point.width, point.width)

    def lines(h: arb) -> Sequence[arb_mat]:
        found = []
        for k in range(point.width):  # relative to the root, which may be small
            sizes = arb_mat(diagonal(point.sigma))
            sizes[k, k] *= (1 + h) ** depth
            found.append(arb_mat(point.U) * sizes * arb_mat(point.V).transpose())
        for skew in skew_units(point.width):
            for left, right in ((skew, still), (still, skew)):
                turned_ = turning(point.U, left, h) * arb_mat(diagonal(point.sigma))
                found.append(turned_ * turning(point.V, right, h).transpose())
        return found

    rows = arb_mat([matrix.entries() for matrix in derivative(lines, step)])
    return (rows * rows.transpose()).det() / prod(point.roots) ** 2


def _scale(point: ExactPoint) -> fmpq:
    """Return the density with sums in place of differences."""
    return product_value(PairProduct(pair=N * (I.root**2 + L.root**2), index=N), point)


def measure_pullback(point: ExactPoint, step: fmpq, digits: int) -> Groups:
    """How Q P^N moves; and squared volumes from factor space, times how they grow, squared."""
    guarded = working_digits(point, digits)
    with working_precision(bits_of(guarded)):
        image = differences(point, int(point.depth), step)
        by = (image.det() / differences(point, 1, step).det()) ** 2
        volume = determinant_pullback(point, step, guarded)
        return [
            image.entries(),
            [volume * by],
            [volume * by / fmpq(int(point.depth)) ** point.width**2],
            [volume * along_differences(point, step) / _scale(point) ** 2, arb(1)],
        ]


def predict_pullback(parts: Parts, point: ExactPoint) -> Groups:
    """Return the same as it is stated."""
    constant, squared, stated = (
        product_value(parts[name], point) for name in ("constant", "squared", "density")
    )
    return [
        moves(point, powers(parts, point)).entries(),
        [constant**2],
        [squared],
        [(stated / _scale(point)) ** 2, fmpq(1)],
    ]


def moving(point: ExactPoint) -> bool:
    """Whether differences are truncated: not of one number itself."""
    return (point.depth, point.width) != (1, 1)


CHECKS = (
    ExactCheck(COVERS, measure_exact, predict_exact),
    ConvergentCheck(COVERS, measure_pullback, predict_pullback, visits=narrow, truncates=moving),
)
