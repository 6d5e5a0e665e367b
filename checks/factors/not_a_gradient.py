"""Numeric checks of the Jacobian of the flow of one row."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

from flint import arb, arb_mat, fmpq, fmpq_mat

from dlnproof.claims.check import ConvergentCheck, ExactCheck, Groups, Parts, Question
from dlnproof.language.precision import bits_of, working_precision
from dlnproof.numeric.exact.exact_geometry import Dual
from dlnproof.numeric.exact.matrices import trace
from dlnproof.numeric.exact.points import ExactPoint, PointKey, identity
from dlnproof.numeric.exact.stencil import derivative, working_digits

from .single_output import layers, pull, pushed, stated, units

COVERS = frozenset({"curl"})


def turning(keys: Sequence[PointKey]) -> Sequence[PointKey]:
    """Return the points where the Jacobian is not symmetric."""
    return [key for key in keys if key.width > 1 and key.depth > 2]


def row(point: ExactPoint) -> fmpq_mat:
    """Return w = sigma_1 v^T."""
    found: fmpq_mat = units(point)[0].transpose() * point.sigma[0]
    return found


def moving(point: ExactPoint, along: fmpq_mat) -> list[Dual]:
    """Return balanced factors of w + epsilon Z: tau Q for all but the first, tau = |w|^(1/N)."""
    depth, w, [t, *_] = int(point.depth), row(point), point.roots
    rate = t * trace(w.transpose() * along) / (depth * point.sigma[0] ** 2)  # of tau
    first, *others = layers(point)
    left = first * units(point)[0] / t  # the column of the layer after, or 1
    turned = left * (along / t ** (depth - 1) - w * ((depth - 1) * rate / t**depth))
    return [Dual(first, turned), *(Dual(W, W * (rate / t)) for W in others)]


def jacobian(point: ExactPoint) -> fmpq_mat:
    """Return the derivatives of dphi(dphi^*(c)), those along each row of the identity in a row."""
    rows = (fmpq_mat([x]) for x in identity(point.width).tolist())
    still = Dual(pull(point), pull(point) * 0)
    return fmpq_mat([pushed(moving(point, Z), still).derivative.entries() for Z in rows])


def measure_exact(point: ExactPoint) -> Groups:
    """The Jacobian less its transpose, by dual numbers."""
    J = jacobian(point)
    return [(J.transpose() - J).entries()]


def predict(parts: Parts, point: ExactPoint) -> Groups:
    """The multiple of c^T w - w^T c."""
    c, w = pull(point), row(point)
    area = c.transpose() * w - w.transpose() * c
    return [(area * stated(parts, "curl", point)).entries()]


def measure_pullback(point: ExactPoint, step: fmpq, digits: int) -> Groups:
    """The same by finite differences, of balanced factors of rows nearby."""
    guarded, size, depth = working_digits(point, digits), point.width, int(point.depth)
    h = step * point.sigma[0]
    with working_precision(bits_of(guarded)):
        w, c = arb_mat(row(point)), arb_mat(pull(point))
        between = [arb_mat(u) for u in units(point)[1:]] + [arb_mat([[1]])]

        def field(at: arb_mat) -> arb_mat:
            root = sum(x * x for x in at.entries()) ** (arb(1) / (2 * depth))
            first = between[0] * at / root ** (depth - 1)
            rest = (b * a.transpose() * root for a, b in pairwise(between))
            found: arb_mat = pushed([first, *rest], c)
            return found

        def along(k: int) -> Callable[[arb], list[arb_mat]]:
            return lambda x: [field(w + arb_mat([[x * (i == k) for i in range(size)]]))]

        rates = [derivative(along(k), h)[0].entries() for k in range(size)]
        return [[rates[l][k] - rates[k][l] for k in range(size) for l in range(size)]]


# --- two factors ----------------------------------------------------------------------------------


class Gradients(NamedTuple):
    """The flow of the row by two factors, and the gradient of |w| <c, w>; none at other depths."""

    flow: fmpq_mat
    slope: fmpq_mat


def two(point: ExactPoint) -> Gradients:
    """Return them."""
    if point.depth != 2:
        return Gradients(pull(point) * 0, pull(point) * 0)
    size, c, w = point.sigma[0], pull(point), row(point)
    slope = c * size + w * (trace(w.transpose() * c) / size)
    return Gradients(pushed(layers(point), c), slope)


def differ(found: Gradients) -> list[fmpq]:
    """Return the entries of the difference."""
    return list((found.flow - found.slope).entries())


def longer(found: Gradients) -> list[Gradients]:
    """Return the same with twice the flow."""
    return [found._replace(flow=found.flow * 2)] if any(found.flow.entries()) else []


CHECKS = (
    ExactCheck(
        COVERS,
        measure_exact,
        predict,
        questions=(
            Question(
                r"an entry of $2\mathcal{A}_{2,w}(c)$ less that of the gradient of "
                r"$|w|\langle c,w\rangle$",
                two,
                differ,
                longer,
            ),
        ),
    ),
    ConvergentCheck(COVERS, measure_pullback, predict, visits=turning),
)
