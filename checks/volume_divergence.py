"""Numeric checks of the exponents with which the densities vanish or diverge."""

from collections.abc import Sequence

from flint import arb, fmpq

from dlnproof.core.expression import Expression
from dlnproof.core.precision import bits_of, working_precision
from dlnproof.core.spectrum import VANISHING, N
from dlnproof.numeric.exact_geometry import (
    exact_root,
    orbit_tangents,
    sum_operator,
    svd_differential,
)
from dlnproof.numeric.points import ExactPoint, PointKey, Stratum
from dlnproof.run.check import ConvergentCheck, ExactCheck, Groups, Parts

COVERS = frozenset({"form", "density", "orbit"})
PRIME = 1_000_003


def simple(keys: Sequence[PointKey]) -> Sequence[PointKey]:
    """Return the points with distinct values: the ratios of the vanishing ones are fixed."""
    return [key for key in keys if key.stratum is Stratum.SIMPLE]


def densities(point: ExactPoint) -> list[fmpq]:
    """The squares of the two densities and of the orbit's volume, exactly, from the factors."""
    A = sum_operator(point) * fmpq(1, int(point.depth))
    density = 1 / exact_root(A.det())
    form = abs(svd_differential(point).det()) * density
    squares = [form**2, density**2]
    if point.depth > 1 and point.width > 1:
        rows = orbit_tangents(point)
        squares.append((rows * rows.transpose()).det())
    else:
        squares.append(fmpq(1))
    return squares


def scaled(point: ExactPoint, count: int, by: fmpq) -> ExactPoint:
    """Return the point with its ``count`` least roots multiplied."""
    kept = point.width - count
    roots = point.roots[:kept] + tuple(t * by for t in point.roots[kept:])
    return ExactPoint(point.depth, roots, point.frames)


def measure_exact(point: ExactPoint) -> Groups:
    """For each k, the power of a prime by which the k least roots are multiplied, over 2N.

    As p -> 0 p-adically the densities behave like the same power of p as of epsilon^(1/N), and
    the power of p in a rational is exact; 2 for the squares.
    """
    twice = 2 * int(point.depth)
    return [
        [fmpq(_valuation(x), twice) for x in densities(scaled(point, k, fmpq(PRIME)))]
        for k in range(1, point.width + 1)
    ]


def _valuation(x: fmpq) -> int:
    power, above, below = 0, int(x.p), int(x.q)
    while above % PRIME == 0:
        above, power = above // PRIME, power + 1
    while below % PRIME == 0:
        below, power = below // PRIME, power - 1
    return power


def predict(parts: Parts, point: ExactPoint) -> Groups:
    """The exponents of epsilon for k = 1, ..., d."""

    def exponent(part: str, k: int) -> fmpq:
        expression = parts[part]
        assert isinstance(expression, Expression)
        value: fmpq = expression.at({N: fmpq(int(point.depth)), VANISHING: fmpq(k)})
        return value

    return [
        [exponent(part, k) for part in ("form", "density", "orbit")]
        for k in range(1, point.width + 1)
    ]


def measure_slopes(point: ExactPoint, step: fmpq, digits: int) -> Groups:
    """The slopes of log density against log epsilon between epsilon^(1/N) = step and step / 2."""
    with working_precision(bits_of(digits)):
        unit = 2 * int(point.depth) * arb(2).log()
        return [
            [
                arb(a / b).log() / unit
                for a, b in zip(
                    densities(scaled(point, k, step)),
                    densities(scaled(point, k, step / 2)),
                    strict=True,
                )
            ]
            for k in range(1, point.width + 1)
        ]


CHECKS = (
    ExactCheck(COVERS, measure_exact, predict, visits=simple),
    ConvergentCheck(
        COVERS,
        measure_slopes,
        predict,
        order=2,
        # with all values vanishing together the scaling is exact
        truncates=lambda point: point.width > 1,
        ladder=lambda point: (fmpq(1, 128), fmpq(1, 256), fmpq(1, 512)),
        fine=lambda digits: fmpq(1, 10 ** ((digits + 1) // 2)),
        reach=lambda digits: fmpq(1, 10 ** (4 * digits // 5)),
        visits=simple,
    ),
)
