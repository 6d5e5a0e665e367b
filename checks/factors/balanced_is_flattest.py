"""Numeric checks of how sharp the loss is at factors of one matrix."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from flint import arb, fmpq, fmpq_mat

from dlnproof.claims.check import (
    ConvergentCheck,
    ExactCheck,
    Groups,
    Question,
    most_of,
    step_of,
)
from dlnproof.numeric.exact.gradient import lift
from dlnproof.numeric.exact.matrices import generic, product, trace
from dlnproof.numeric.exact.points import ExactPoint, identity
from dlnproof.numeric.exact.predictions import Parts, over_index
from dlnproof.quantities.operator import deep

from .balanced_is_flattest_training import CHECK as TRAINING
from .three_way_splitting import acted

COVERS = frozenset({"sharpness", "longest"})
Factors = Sequence[fmpq_mat]


def square(matrices: Factors) -> fmpq:
    """Return the sum of their squared lengths."""
    return sum((trace(M.transpose() * M) for M in matrices), fmpq(0))


def vectors(point: ExactPoint) -> list[fmpq_mat]:
    """Return u_i v_i^T for each i."""
    columns = zip(point.U.transpose().tolist(), point.V.transpose().tolist(), strict=True)
    size = point.width
    return [fmpq_mat(size, 1, u) * fmpq_mat(1, size, v) for u, v in columns]


def others(point: ExactPoint) -> list[fmpq_mat]:
    """Return factors with the same product that are not balanced, if there are two or more."""
    size, one = point.width, identity(point.width)
    inner = [one + generic(size) * fmpq(1, j) for j in range(1, int(point.depth))]
    return acted(point.factors, [one, *inner, one])


def sharpness(point: ExactPoint, factors: Factors) -> list[fmpq]:
    """Return |dphi^*(u_i v_i^T)|^2 for each i."""
    return [square(lift(factors, Z)) for Z in vectors(point)]


def measure_exact(point: ExactPoint) -> Groups:
    """The sharpness of balanced factors; and twice the reciprocal of the first."""
    sharp = sharpness(point, point.factors)
    return [sharp, [2 / sharp[0]]]


def predict(parts: Parts, point: ExactPoint) -> Groups:
    """The same as it is stated."""
    sharp, longest = (over_index(parts[name], point) for name in ("sharpness", "longest"))
    return [sharp, longest[:1]]


# --- what is bounded ------------------------------------------------------------------------------


class Sizes(NamedTuple):
    """What is at least, or at most, something, for each of several things; and that."""

    found: list[fmpq]
    bound: list[fmpq]


def beyond(found: Sizes) -> list[fmpq]:
    """Return by how much any is too large."""
    return [max(x - y, fmpq(0)) for x, y in zip(found.found, found.bound, strict=True)]


def short_of(found: Sizes) -> list[fmpq]:
    """Return by how much any is too small."""
    return [min(x - y, fmpq(0)) for x, y in zip(found.found, found.bound, strict=True)]


def times(by: fmpq) -> Callable[[Sizes], list[Sizes]]:
    """Return what has the bounds as sizes, so many times."""
    return lambda found: [Sizes([y * by for y in found.bound], found.bound)]


def elsewhere(point: ExactPoint) -> Sizes:
    """The sharpness of other factors, and that of balanced ones."""
    return Sizes(sharpness(point, others(point)), sharpness(point, point.factors))


def residuals(point: ExactPoint) -> list[fmpq_mat]:
    """Return matrices that steps are to make smaller: along singular vectors, and any."""
    some = generic(point.width)
    return [*vectors(point), some, some * some - some.transpose()]


def stepped(factors: Factors, residual: fmpq_mat, step: fmpq) -> fmpq_mat:
    """Return Z - t dphi(dphi^*(Z)), of which the product of factors is right to first order."""
    pushed = fmpq_mat(residual.nrows(), residual.ncols())
    for j, moves in enumerate(lift(factors, residual)):
        pushed += product([*factors[:j], moves, *factors[j + 1 :]])
    return residual - pushed * step


def forms(point: ExactPoint) -> Sizes:
    """|dphi^*(Z)|^2 at balanced factors, and |Z|^2 times the sharpness."""
    sharp = sharpness(point, point.factors)[0]
    found = residuals(point)
    return Sizes(
        [square(lift(point.factors, Z)) for Z in found], [square([Z]) * sharp for Z in found]
    )


def shrinking(point: ExactPoint) -> Sizes:
    """What balanced factors leave of residuals in the longest step, or half of it."""
    step, found = 2 / sharpness(point, point.factors)[0], residuals(point) * 2
    steps = [step / (1 + k % 2) for k in range(len(found))]
    after = [stepped(point.factors, Z, h) for Z, h in zip(found, steps, strict=True)]
    return Sizes([square([Z]) for Z in after], [square([Z]) for Z in found])


def growing(point: ExactPoint) -> Sizes:
    """What other factors, and balanced ones, leave of u_1 v_1^T in a longer step."""
    step, Z = fmpq(201, 100) / sharpness(point, point.factors)[0], vectors(point)[0]
    after = [stepped(factors, Z, step) for factors in (others(point), point.factors)]
    return Sizes([square([M]) for M in after], [fmpq(1)] * 2)


# --- by finite differences ------------------------------------------------------------------------


def measure_hessian(point: ExactPoint, step: fmpq, digits: int) -> Groups:
    """The second difference of |W_N ... W_1 - W|^2 / 2 along dphi^*(u_i v_i^T), by its length."""
    found = []
    for Z, s, t in zip(vectors(point), point.sigma, point.roots, strict=True):
        along = [M * (t**2 / s) for M in lift(point.factors, Z)]  # by a share of that factor
        ends = [
            [W + M * h for W, M in zip(point.factors, along, strict=True)] for h in (step, -step)
        ]
        rise = sum((square([product(end) - point.W]) for end in ends), fmpq(0)) / 2
        found.append(arb(rise / (step**2 * square(along))))
    return [found, [2 / found[0]]]


CHECKS = (
    ExactCheck(
        COVERS,
        measure_exact,
        predict,
        questions=(
            Question(
                r"the sharpness of other factors less that of balanced ones, where it is negative",
                elsewhere,
                short_of,
                times(fmpq(1, 2)),
            ),
            Question(
                r"$|d\phi^{*}(Z)|^2$ less $|Z|^2$ times the largest, where it is positive",
                forms,
                beyond,
                times(fmpq(2)),
            ),
            Question(
                "what a short step leaves of a residual less that, where it is positive",
                shrinking,
                beyond,
                times(fmpq(2)),
            ),
            Question(
                "what a long step leaves of a residual less that, where it is negative",
                growing,
                short_of,
                times(fmpq(1, 2)),
            ),
        ),
    ),
    ConvergentCheck(
        COVERS,
        measure_hessian,
        predict,
        truncates=deep,
        order=2,
        fine=step_of,
        reach=most_of,
    ),
    TRAINING,
)
