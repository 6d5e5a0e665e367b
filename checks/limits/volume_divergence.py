"""Numeric checks of the exponents with which the densities vanish or diverge."""

from collections.abc import Sequence
from dataclasses import replace

from flint import arb, fmpq

from dlnproof.claims.check import (
    ConvergentCheck,
    EnclosureCheck,
    ExactCheck,
    Groups,
    Parts,
    Readings,
    Sides,
    halving,
    most_of,
    step_of,
)
from dlnproof.core.expression import Expression
from dlnproof.core.spectrum import VANISHING, WIDTH, N
from dlnproof.depth import INFINITE
from dlnproof.language.precision import bits_of, working_precision
from dlnproof.numeric.exact.limit_geometry import integrated_determinant
from dlnproof.numeric.exact.points import ExactPoint, PointKey, Stratum
from dlnproof.quantities.metric import density
from dlnproof.quantities.orbit import squared
from dlnproof.quantities.svd_jacobian import jacobian
from dlnproof.quantities.volume_form import form

COVERS = frozenset({"form", "density", "orbit"})
PRIME = 1_000_003


def finite(keys: Sequence[PointKey]) -> Sequence[PointKey]:
    """Return the points of finite depth with distinct values: the ratios stay fixed."""
    return [key for key in keys if key.stratum is Stratum.SIMPLE and key.depth != INFINITE]


def infinite(keys: Sequence[PointKey]) -> Sequence[PointKey]:
    """Return the points of infinite depth with distinct values."""
    return [key for key in keys if key.stratum is Stratum.SIMPLE and key.depth == INFINITE]


def densities(point: ExactPoint) -> list[fmpq]:
    """The squares of the two densities and of the orbit's volume, exactly, from the factors."""
    return [form(point) ** 2, density(point) ** 2, squared(point)]


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


def orbit_diverging(point: ExactPoint) -> Readings:
    """The exponent of the orbit's volume, all values vanishing; what diverges has none above zero.

    (It is the largest.)
    """
    *_, exponent = measure_exact(point)[-1]
    what = replace(exponents(point, point.width - 1, 2), right="less than this if it diverges")
    return Readings([[exponent]], [[min(exponent, fmpq(0))]], what)


def exponents(point: ExactPoint, group: int, number: int) -> Sides:
    """Say what the exact check compares."""
    density = (
        r"the exponent of $\varepsilon$ in $\sqrt{\det g^N}$ with respect to $d\Sigma\,dU\,dV$, "
        "from the factors",
        r"the exponent of $\varepsilon$ in $\sqrt{\det g^N}$ with respect to $dW$, "
        "from the factors",
        r"the exponent of $\varepsilon$ in $\operatorname{vol}(O_W)$, from the factors",
    )[number]
    return Sides(
        density,
        "by the formula",
        f"$N={point.depth}$, $d={point.width}$, {group + 1} of the singular values in proportion "
        r"to $\varepsilon$",
    )


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


# --- infinite depth -----------------------------------------------------------------------------

SMALL = (fmpq(1, 2**200), fmpq(1, 2**400))
"""Two values of epsilon: the logarithms are seen over many orders of magnitude only."""


def measure_infinite(point: ExactPoint) -> Groups:
    """How the logarithms of the two densities differ between the two epsilons, for each k.

    The determinant of A_inf is that of its entries, which are integrals, and the Jacobian that of
    the exact differential of (Sigma, U, V) -> U Sigma V^T.
    """
    forms, densities = [], []
    for k in range(1, point.width + 1):
        (density, form), (later_density, later_form) = (
            _logarithms(scaled(point, k, epsilon)) for epsilon in SMALL
        )
        forms.append(form - later_form)
        densities.append(density - later_density)
    return [forms, densities]


def _logarithms(point: ExactPoint) -> tuple[arb, arb]:
    """Return log sqrt(det g^inf) with respect to dW, and with respect to dSigma dU dV."""
    density = -integrated_determinant(point).log() / 2
    return density, density + arb(jacobian(point)).log()


def predict_infinite(parts: Parts, point: ExactPoint) -> Groups:
    """The same from the exponents, to within what the fixed ratios contribute."""
    logs = [level[2] for level in point.levels()]
    first, second = (2 * arb(epsilon).log() for epsilon in SMALL)

    def difference(part: str, k: int) -> arb:
        exponent, logarithms = parts[part], parts["logarithms"]
        assert isinstance(exponent, Expression)
        assert isinstance(logarithms, Expression)
        kept = point.width - k
        spread = sum((abs(a - b) for a in logs[:kept] for b in logs[kept:]), arb(0))
        slack = arb(0, (2 * spread * (1 / abs(first) + 1 / abs(second))).upper())
        values = {VANISHING: fmpq(k), WIDTH: fmpq(point.width)}
        power = exponent.at(values) * (first - second) / 2
        found: arb = power + logarithms.at(values) * (first / second).log() + slack
        return found

    widths = range(1, point.width + 1)
    return [[difference(part, k) for k in widths] for part in ("infinite_form", "infinite_density")]


CHECKS = (
    ExactCheck(
        COVERS,
        measure_exact,
        predict,
        visits=finite,
        printed={"orbit-diverges": orbit_diverging},
        sides=exponents,
    ),
    ConvergentCheck(
        COVERS,
        measure_slopes,
        predict,
        order=2,
        # with all values vanishing together the scaling is exact
        truncates=lambda point: point.width > 1,
        ladder=halving(128),
        fine=step_of,
        reach=most_of,
        visits=finite,
    ),
    EnclosureCheck(
        frozenset({"infinite_form", "infinite_density", "logarithms"}),
        measure_infinite,
        predict_infinite,
        reach=lambda digits: [fmpq(1, 1000)],
        visits=infinite,
    ),
)
