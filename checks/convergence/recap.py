"""Numeric checks of the slides' opening and closing sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from flint import fmpq, fmpq_mat

from dlnproof.claims.check import ExactCheck, Finding, Groups, Parts, Readings, Sides, TrainingCheck
from dlnproof.claims.convergence.recap import COEFFICIENTS, EQUAL, ROWS, ROWS_T, TARGETS
from dlnproof.core.expression import Expression
from dlnproof.core.inequality import Inequality
from dlnproof.core.spectrum import I, N, pair_values
from dlnproof.numeric.exact.exact_geometry import sum_operator
from dlnproof.numeric.exact.matrices import generic
from dlnproof.numeric.exact.points import ExactPoint, identity
from dlnproof.numeric.exact.predictions import common
from dlnproof.numeric.exact.violation import violation
from dlnproof.training import findings
from dlnproof.training.completion import Completion
from dlnproof.training.descent import gradient_descent
from dlnproof.training.flow import gradient_flow
from dlnproof.training.runs import Ending


def scalar(point: ExactPoint) -> ExactPoint:
    """Return the point of width 1 with the largest root of a point, and trivial frames."""
    return ExactPoint(point.depth, point.roots[:1], (identity(1),) * len(point.frames))


def regression(point: ExactPoint) -> tuple[fmpq_mat, fmpq_mat, fmpq_mat]:
    """Return X with fewer rows than columns, y and z, rational."""
    X = generic(point.width + 2)
    rows = fmpq_mat(X.tolist()[: point.width])
    y = fmpq_mat([[t] for t in point.roots])
    z = fmpq_mat([[t + k] for k, t in enumerate(point.roots)])
    return rows, y, z


def measure_exact(point: ExactPoint) -> Groups:
    """No violation; the speed at d = 1 from the factors; one step of descent from X^T z."""
    X, y, z = regression(point)
    w = X.transpose() * z
    after = w - X.transpose() * (X * w - y)
    return [[fmpq(0)] * 3, [sum_operator(scalar(point))[0, 0]], after.entries()]


def predict_exact(parts: Parts, point: ExactPoint) -> Groups:
    """The closed forms."""
    rate, iterate = parts["rate"], parts["iterate"]
    assert isinstance(rate, Expression)
    assert isinstance(iterate, Expression)
    failing = [
        violation(parts["stuck"], {EQUAL: w}) for w in (point.roots[0], fmpq(0), fmpq(1, 100))
    ]
    one = scalar(point)
    speed = rate.at(pair_values(common(one), one.levels()[0]))
    X, y, z = regression(point)
    values = {ROWS: X, ROWS_T: X.transpose(), COEFFICIENTS: z, TARGETS: y}
    return [failing, [speed], iterate.at(values).entries()]


def opposite(point: ExactPoint) -> Readings:
    """The least loss that equal factors can have for the target -1, at d = 1; and for any W."""
    target = fmpq(-1)
    reachable = max(target, fmpq(0))  # the product of equal factors, N even, is not negative
    if int(point.depth) % 2:
        return Readings()
    what = Sides(
        "the least loss that equal factors can have",
        "the least loss of all",
        f"$N={point.depth}$, $d=1$, target ${target}$",
    )
    return Readings([[(reachable - target) ** 2 / 2]], [[fmpq(0)]], what)


# --- training ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Observations:
    """What the runs left: see the findings."""

    product: float
    loss: float
    stationary: bool
    speeds: tuple[float, float]
    threshold: float
    excess_norm: float
    residual: float


def train(experiment: str, runs: int, seed: int) -> Observations:
    """Descend from w_1 = w_2 = 1 to the target -1; time flows; solve least squares from zero."""
    wrong = gradient_descent(
        Completion((1, 1), {(0, 0): -1}), [np.ones((1, 1, 1))] * 2, lr=1e-2, stop_loss=1e-12
    )
    depth, threshold = 3, 3 ** (-3 / 4)
    speeds = tuple(_speed(depth, factor * threshold) for factor in (0.5, 2.0))
    rng = np.random.default_rng(seed)
    X, y = rng.standard_normal((3, 6)), rng.standard_normal(3)
    w, step = np.zeros(6), 1 / np.linalg.norm(X, 2) ** 2
    for _ in range(5_000):
        w -= step * (X.T @ (X @ w - y))
    least = np.linalg.lstsq(X, y, rcond=None)[0]
    return Observations(
        float(wrong.W[0, 0, 0]),
        float(wrong.loss[0]),
        str(wrong.ending[0]) == Ending.STATIONARY,
        (speeds[0], speeds[1]),
        threshold,
        float(np.linalg.norm(w - least)),
        float(np.linalg.norm(X @ w - y)),
    )


def _speed(depth: int, sigma: float) -> float:
    """Return how fast the factors' flow decreases the loss near sigma, against depth one."""
    target = sigma * (1 + 1e-4)
    flow = gradient_flow(
        Completion((1, 1), {(0, 0): target}), depth, [[sigma]], stop_loss=1e-10 * target**2
    )
    # at depth one the residual decays like exp(-t); the factors' own time is N times shorter
    decay = np.log(abs(target - sigma) / abs(target - flow.W[0, 0, 0]))
    return float(decay / (flow.time[0] / depth))


def read(parts: Parts, data: Sequence[Observations]) -> list[Finding]:
    """Compare with the statement."""
    [seen] = data
    stuck, rate = parts["stuck"], parts["rate"]
    assert isinstance(stuck, Inequality)
    assert isinstance(rate, Expression)
    bound = stuck.right.at({}, float)
    slow, fast = seen.speeds
    ended = findings.seen(seen.loss >= bound - 1e-9 and abs(seen.product) < 1e-2)
    stated = [
        rate.at({N: 3.0, I.sigma: sigma, I.root: sigma ** (1 / 3)}, float)
        for sigma in (seen.threshold / 2, 2 * seen.threshold)
    ]
    close = all(abs(a / b - 1) < 1e-2 for a, b in zip(seen.speeds, stated, strict=True))
    accelerated = findings.seen(close and slow < 1 < fast)
    return [
        Finding(
            "stuck",
            f"$N=2$, $w_1=w_2=1$, target $-1$: product {seen.product:.1e}, loss {seen.loss:.9f}; "
            f"stated: at least {bound:g}",
            ended,
        ),
        Finding(
            "rate",
            rf"$N=3$, decay of the residual against $N=1$: {slow:.4f} at half of $\sigma="
            f"{seen.threshold:.4f}$, {fast:.4f} at twice; stated: {stated[0]:.4f}, {stated[1]:.4f}",
            accelerated,
        ),
        Finding(
            "least-norm",
            f"3 equations, 6 unknowns: distance to the solution of least norm "
            f"{seen.excess_norm:.1e}",
            findings.seen(seen.excess_norm < 1e-8 and seen.residual < 1e-8),
        ),
    ]


CHECKS = (
    ExactCheck(
        frozenset({"stuck", "rate", "iterate"}),
        measure_exact,
        predict_exact,
        printed={"convergence": opposite},
    ),
    TrainingCheck(
        frozenset({"stuck", "rate"}),
        ("all",),
        train,
        read,
        settings="descent at $d=1$, $N=2$, lr $10^{-2}$; flow at $d=1$, $N=3$, from two "
        "starts; descent on least squares",
        trained=lambda runs: 4,
    ),
)
