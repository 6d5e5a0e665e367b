"""The inequalities in balls, for several norms."""

from flint import arb, fmpq, fmpq_mat

from dlnproof.claims.check import EnclosureCheck, Groups, Parts, at_least_depth
from dlnproof.claims.completion.norm_divergence import (
    E11,
    E12,
    E21,
    E22,
    LOG_1P,
    LOG_INVERSE,
    NORM,
    RATIO,
    REST,
    SIGMA_1,
    SIGMA_2,
    THETA,
    TRIANGLE,
)
from dlnproof.numeric.exact.points import ExactPoint
from dlnproof.numeric.exact.violation import violation

from .norm_divergence_matrices import INEQUALITIES, RESIDUALS, entries, matrices, residual


def singular_values(W: fmpq_mat) -> tuple[arb, arb]:
    """Enclose those of W."""
    trace = sum((entry * entry for entry in W.entries()), fmpq(0))
    determinant = abs(W.det())
    gap = arb(trace * trace - 4 * determinant * determinant).sqrt()
    largest = ((trace + gap) / 2).sqrt()
    return largest, arb(determinant) / largest


def norms(first: arb, second: arb) -> list[tuple[arb, int]]:
    """Return norms of W with their constants c: Frobenius, nuclear, spectral, Schatten-1/2."""
    half = (first.sqrt() + second.sqrt()) ** 2
    return [
        ((first * first + second * second).sqrt(), 1),
        (first + second, 1),
        (first, 1),
        (half, 2),
    ]


def crossing(W: fmpq_mat) -> arb:
    """Return theta: where on the segment from W to the minimiser with its w11 det vanishes first.

    There det (W + theta D) = a theta^2 + b theta + det W with det W > 0, and -1 at theta = 1.
    """
    D = fmpq_mat([[fmpq(0), 1 - W[0, 1]], [1 - W[1, 0], -W[1, 1]]])
    a, end = D.det(), (W + D).det()
    b = end - W.det() - a
    return 2 * arb(W.det()) / (arb(b * b - 4 * a * W.det()).sqrt() - b)


def measure_balls(point: ExactPoint) -> Groups:
    """No violation of any inequality, for any of the norms."""
    count = len(matrices(point))
    return [[arb(0)] * count] * 4 + [[arb(0)] * (4 * count)]


def predict_balls(parts: Parts, point: ExactPoint) -> Groups:
    """By how much each inequality fails; singular values and norms are enclosed."""
    groups: dict[str, list[arb]] = {name: [] for name in INEQUALITIES}
    for W in matrices(point):
        [rho] = (r for r in RESIDUALS if r * r == residual(W))
        first, second = singular_values(W)
        ratio = second / first
        values = {
            **entries(W, rho),
            **{SIGMA_1: first, SIGMA_2: second},
            **{RATIO: ratio, LOG_INVERSE: -ratio.log(), LOG_1P: (1 + ratio).log()},
            **dict.fromkeys((E11, E12, E21, E22), fmpq(1)),
            THETA: crossing(W),
        }
        for name in INEQUALITIES[:-1]:
            groups[name].append(arb(violation(parts[name], values)))
        others = norms(*singular_values(W - fmpq_mat([[W[0, 0], 0], [0, 0]])))
        for (size, constant), (rest, _) in zip(norms(first, second), others, strict=True):
            here = {**values, NORM: size, REST: rest, TRIANGLE: fmpq(constant)}
            groups["norm"].append(arb(violation(parts["norm"], here)))
    return [groups[name] for name in INEQUALITIES]


CHECK = EnclosureCheck(
    frozenset(INEQUALITIES),
    measure_balls,
    predict_balls,
    visits=at_least_depth,
    scope=r"$\det W>0$; $\rho=1/2$, $1/10$, $1/200$",
)
