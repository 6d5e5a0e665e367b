"""Checks of the speed of roots of singular values, beside that of the matrix in the metric."""

from typing import NamedTuple

from flint import arb, arb_mat, fmpq, fmpq_mat

from dlnproof.claims.check import ConvergentCheck, ExactCheck, Groups, Question, narrow
from dlnproof.core.expression import Expression
from dlnproof.language.precision import bits_of, working_precision
from dlnproof.numeric.exact.exact_geometry import svd_differential
from dlnproof.numeric.exact.points import ExactPoint
from dlnproof.numeric.exact.predictions import Parts, common, over_index
from dlnproof.numeric.exact.pullback import metric_pullback
from dlnproof.numeric.exact.stencil import working_digits
from dlnproof.quantities.operator import deep, mean_operator

COVERS = frozenset({"rate", "scale"})


def values(point: ExactPoint) -> list[fmpq]:
    """Return how fast singular values move: none is still, and none moves as another."""
    return [s * fmpq(2 * k + 3, k + 2) for k, s in enumerate(point.sigma)]


def along(point: ExactPoint) -> fmpq_mat:
    """Return how the matrix moves then, where its frames stay, in column-major vec."""
    d = point.width
    J = svd_differential(point)
    column = fmpq_mat(d * d, 1, [*values(point), *[fmpq(0)] * (d * d - d)])
    return J * column


def rates(point: ExactPoint) -> list[fmpq]:
    """Return how fast the roots move then, by s = t^N."""
    depth, moving = int(point.depth), zip(values(point), point.roots, strict=True)
    return [v / (depth * t ** (depth - 1)) for v, t in moving]


def measure_exact(point: ExactPoint) -> Groups:
    """The speed of each root; and the squared speed of W, for g^N / N."""
    Z = along(point)
    speed = (Z.transpose() * mean_operator(point).inv() * Z).entries()
    return [rates(point), [x / int(point.depth) for x in speed]]


def measure_pullback(point: ExactPoint, step: fmpq, digits: int) -> Groups:
    """The same, of the metric by finite differences in factor space."""
    guarded = working_digits(point, digits)
    with working_precision(bits_of(guarded)):
        Z = arb_mat(along(point))
        speed = (Z.transpose() * metric_pullback(point, step, guarded) * Z).entries()
        return [[arb(x) for x in rates(point)], [x / int(point.depth) for x in speed]]


def predict(parts: Parts, point: ExactPoint) -> Groups:
    """Return the same as it is stated."""
    scale, each = parts["scale"], over_index(parts["rate"], point)
    assert isinstance(scale, Expression)
    stated = [rate * v for rate, v in zip(each, values(point), strict=True)]
    total = sum((x * x for x in stated), fmpq(0))
    return [stated, [scale.at(common(point)) * total]]


class Speeds(NamedTuple):
    """The squared speed of W, and what that of its roots is at least."""

    whole: fmpq
    roots: fmpq


def speeds(point: ExactPoint) -> list[Speeds]:
    """Return them where values move, with no turn of the frames, with one, or with many."""
    d, depth, J = point.width, int(point.depth), svd_differential(point)
    metric = mean_operator(point).inv()
    roots = sum((x * x for x in rates(point)), fmpq(0)) * depth
    found = []
    for turn in range(d * d - d + 2):
        turns = [fmpq(int(k + 1 == turn) or turn > d * d - d) for k in range(d * d - d)]
        Z = J * fmpq_mat(d * d, 1, [*values(point), *(x * (-1) ** k for k, x in enumerate(turns))])
        [whole] = (Z.transpose() * metric * Z).entries()
        found.append(Speeds(whole / depth, roots))
    return found


def lacking(found: list[Speeds]) -> list[fmpq]:
    """Return by how much W is too slow."""
    return [min(one.whole - one.roots, fmpq(0)) for one in found]


def slowed(found: list[Speeds]) -> list[list[Speeds]]:
    """The same at half the speed of W."""
    return [[Speeds(one.whole / 4, one.roots) for one in found]]


CHECKS = (
    ExactCheck(
        COVERS,
        measure_exact,
        predict,
        questions=(
            Question(
                "the squared speed of $W$ less that of the roots times $N$, where it is negative",
                speeds,
                lacking,
                slowed,
            ),
        ),
    ),
    ConvergentCheck(COVERS, measure_pullback, predict, visits=narrow, truncates=deep),
)
