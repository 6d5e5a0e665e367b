"""Numeric checks of what gradient flow does to the norms on one completion problem."""

from collections.abc import Sequence
from math import comb, inf, sqrt
from typing import Any, Final

import numpy as np
from flint import arb, fmpq, fmpq_mat

from dlnproof.claims.check import (
    EnclosureCheck,
    ExactCheck,
    Finding,
    Groups,
    Parts,
    Readings,
    Sides,
    TrainingCheck,
    at_least_depth,
)
from dlnproof.claims.completion.norm_divergence import (
    E11,
    E12,
    E21,
    E22,
    LOG_1P,
    LOG_INVERSE,
    NORM,
    RATIO,
    RHO,
    SIGMA_1,
    SIGMA_2,
    TRIANGLE,
    W11,
    W12,
    W21,
    W22,
)
from dlnproof.core.expression import Expression, Letter
from dlnproof.core.inequality import Inequality
from dlnproof.core.spectrum import pair_values
from dlnproof.core.verdict import Verdict
from dlnproof.depth import Depth
from dlnproof.numeric.exact.exact_geometry import Dual
from dlnproof.numeric.exact.gradient import velocities
from dlnproof.numeric.exact.matrices import generic
from dlnproof.numeric.exact.points import ExactPoint
from dlnproof.numeric.exact.predictions import common
from dlnproof.numeric.exact.violation import violation
from dlnproof.numeric.floats.arrays import FloatArray
from dlnproof.training.divergence import (
    CONTROL_DIGITS,
    LEVELS,
    RATES,
    STOP_LOSS,
    Descended,
    Flowed,
    descended,
    flowed,
    starts,
)
from dlnproof.training.findings import seen
from dlnproof.training.shares import Share

EXCESSES = (fmpq(1, 1000), fmpq(1), fmpq(99))
INEQUALITIES: Final = ("entry", "small", "ratio", "entropy", "norm")
RESIDUALS = (fmpq(1, 2), fmpq(1, 10), fmpq(1, 200))


def flow(point: ExactPoint, gradient: fmpq_mat) -> fmpq_mat:
    """Return dW/dt from the factors' gradient flow, by dual numbers, in the flow's own time."""
    moving = [
        Dual(W, V) for W, V in zip(point.factors, velocities(point.factors, gradient), strict=True)
    ]
    W = moving[0]
    for factor in moving[1:]:
        W = factor * W
    return W.derivative / int(point.depth)


def determinant_rate(W: fmpq_mat, velocity: fmpq_mat) -> fmpq:
    """Return the derivative of log |det|: det(W + h V) is a polynomial of degree d in h.

    Its derivative at 0 is found from its values at h = 0, ..., d.
    """
    d = W.nrows()
    values = [(W + velocity * h).det() for h in range(d + 1)]
    first = -sum((fmpq(1, h) for h in range(1, d + 1)), fmpq(0)) * values[0]
    rest = (fmpq((-1) ** (h + 1) * comb(d, h), h) * values[h] for h in range(1, d + 1))
    return sum(rest, first) / values[0]


def matrices(point: ExactPoint) -> list[fmpq_mat]:
    """Return W near minimisers, with det W > 0 and the loss rho^2 / 2 for a rational rho < 1.

    The residuals point in a direction made from the point's frames, or to w22 alone, where the
    inequalities are nearly sharp.
    """
    directions = [(fmpq(0), fmpq(0), fmpq(1))]
    if point.width == 2:  # otherwise the first columns' entries are no cosines and sines
        (c, s), (c_2, s_2) = ((Q[0, 0], Q[1, 0]) for Q in (point.U, point.V))
        directions.append((c, s * c_2, s * s_2))
    found = []
    for rho in RESIDUALS:
        for a, b, e in directions:
            w12, w21, w22 = 1 + rho * a, 1 + rho * b, rho * e
            for excess in EXCESSES:
                found.append(fmpq_mat([[(w12 * w21 + excess) / w22, w12], [w21, w22]]))
    return found


def residual(W: fmpq_mat) -> fmpq:
    """Return the squared residual 2 l."""
    return (W[0, 1] - 1) ** 2 + (W[1, 0] - 1) ** 2 + W[1, 1] ** 2


def measure_exact(point: ExactPoint) -> Groups:
    """The rate of log |det W| along the flow for |W - B|^2 / 2; then no violation."""
    gradient = point.W - generic(point.width)
    return [[determinant_rate(point.W, flow(point, gradient))], [fmpq(0)] * len(matrices(point))]


def predict_exact(parts: Parts, point: ExactPoint) -> Groups:
    """The sum over r; by how much the bound on |w11| fails."""
    rate = parts["rate"]
    assert isinstance(rate, Expression)
    inner = point.U.transpose() * (point.W - generic(point.width)) * point.V
    shared = common(point)
    terms = [
        rate.at(pair_values(shared, level)) * inner[r, r] for r, level in enumerate(point.levels())
    ]
    failing = []
    for W in matrices(point):
        [rho] = (r for r in RESIDUALS if r * r == residual(W))
        failing.append(violation(parts["entry"], _entries(W, rho)))
    return [[-sum(terms, fmpq(0))], failing]


def _entries(W: fmpq_mat, rho: fmpq) -> dict[Letter, fmpq | arb]:
    return {W11: abs(W[0, 0]), W12: W[0, 1], W21: W[1, 0], W22: abs(W[1, 1]), RHO: rho}


# --- as printed ----------------------------------------------------------------------------------


def completion_flow(point: ExactPoint) -> fmpq_mat:
    """Return dW/dt for the completion problem at a 2 x 2 point."""
    W = point.W
    gradient = fmpq_mat([[fmpq(0), W[0, 1] - 1], [W[1, 0] - 1, W[1, 1]]])
    return flow(point, gradient)


def entry_growing(point: ExactPoint) -> Readings:
    """The derivative of |w11| where det W > 0; what increases has none below zero."""
    if point.width != 2 or point.W.det() < 0:
        return Readings()
    rate = completion_flow(point)[0, 0] * (1 if point.W[0, 0] > 0 else -1)
    what = Sides(
        "the derivative of |w11| along the flow, where det W > 0",
        "the least that does not decrease it",
    )
    return Readings([[rate]], [[max(rate, fmpq(0))]], what)


def norms_growing(point: ExactPoint) -> Readings:
    """The derivative of the nuclear norm where det W > 0 and |w11| grows."""
    entry = entry_growing(point).measured
    if not entry or entry[0][0] <= 0:
        return Readings()
    frames = point.U.transpose() * completion_flow(point) * point.V
    rate = frames[0, 0] + frames[1, 1]
    what = Sides(
        "the derivative of the nuclear norm along the flow, where det W > 0 and |w11| increases",
        "the least that does not decrease it",
    )
    return Readings([[rate]], [[max(rate, fmpq(0))]], what)


# --- in balls ------------------------------------------------------------------------------------


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
            **_entries(W, rho),
            **{SIGMA_1: first, SIGMA_2: second},
            **{RATIO: ratio, LOG_INVERSE: -ratio.log(), LOG_1P: (1 + ratio).log()},
            **dict.fromkeys((E11, E12, E21, E22), fmpq(1)),
        }
        for name in INEQUALITIES[:-1]:
            groups[name].append(arb(violation(parts[name], values)))
        for size, constant in norms(first, second):
            here = {**values, NORM: size, TRIANGLE: fmpq(constant)}
            groups["norm"].append(arb(violation(parts["norm"], here)))
    return [groups[name] for name in INEQUALITIES]


# --- training ------------------------------------------------------------------------------------

FLOWS: Final[tuple[tuple[Depth, float], ...]] = (
    (2, 1e-3),
    (3, 1e-3),
    (4, 1e-3),
    (inf, 1e-3),
    (3, 1e-1),
    (3, 1e-6),
)
"""Depths and scales of the starts."""


def followed(runs: int) -> int:
    """Return how many of ``runs`` starts are trained from: a tenth, which are long runs."""
    return max(16, runs // 10)


def train(experiment: str, runs: int, seed: int) -> list[Flowed] | list[Descended] | Share:
    """Return flows in each setting, or descents, or the share of det W(0) > 0 in all starts."""
    count = followed(runs)
    if experiment == "signs":
        _, positive = starts(max(runs, count), seed)
        return Share.where(positive)
    return flowed(FLOWS, count, seed) if experiment == "flow" else descended(count, seed)


def read(parts: Parts, data: Sequence[Any]) -> list[Finding]:
    """Every inequality at every accepted step; where |w11| ends; descent beside the flow."""
    flows: list[Flowed] = data[0]
    steps = np.concatenate([found.steps for found in flows])
    findings = [_at_steps(parts, name, steps) for name in INEQUALITIES]
    ends = np.concatenate([found.entry[found.positive] for found in flows])
    far = Share.where(ends >= flow_bound(STOP_LOSS))
    done = far.all() if all(found.reached for found in flows) else Verdict.NOT_OBSERVED
    least = ends.min(initial=inf)
    text = f"det W(0) > 0: all flows reach the loss {STOP_LOSS:g}, least |w11| there {least:.1f}"
    findings.append(Finding("divergence", text, done))
    half: Share = data[2]
    findings.append(Finding("sign", f"det W(0) > 0: {half}", half.compared(0.5)))
    fell = Share.where(np.concatenate([found.fell[found.positive] for found in flows]))
    text = f"det W(0) > 0, |w11| decreased at some step: {fell.count}"
    findings.append(Finding("not-monotone", text, seen(fell.seen > 0)))
    return [*findings, discretisation(data)]


def _at_steps(parts: Parts, name: str, steps: FloatArray) -> Finding:
    """Evaluate one inequality, from the statement's own formula, at all accepted steps."""
    stated = parts[name]
    assert isinstance(stated, Inequality)
    w11, w12, w21, w22 = np.abs(steps.T[:4])
    log_first, log_second = steps[:, 4], steps[:, 5]
    sigma_1, sigma_2, ratio = (np.exp(x) for x in (log_first, log_second, log_second - log_first))
    values: dict[Letter, Any] = {
        **{W11: w11, W12: w12, W21: w21, W22: w22, RHO: np.sqrt(2 * steps[:, 6])},
        **{SIGMA_1: sigma_1, SIGMA_2: sigma_2},
        **{RATIO: ratio, LOG_INVERSE: log_first - log_second, LOG_1P: np.log1p(ratio)},
        **{E11: 1.0, E12: 1.0, E21: 1.0, E22: 1.0},
    }
    sizes: list[dict[Letter, Any]] = [{}]
    if name == "norm":
        half = (np.exp(log_first / 2) + np.exp(log_second / 2)) ** 2
        kinds = ((np.hypot(sigma_1, sigma_2), 1.0), (sigma_1 + sigma_2, 1.0), (half, 2.0))
        sizes = [{NORM: size, TRIANGLE: c} for size, c in kinds]
    least = inf
    for size in sizes:
        left, right = (side.at({**values, **size}, float) for side in (stated.left, stated.right))
        with np.errstate(over="ignore"):  # where sigma_2 is next to nothing
            quotients = left[right > 0] / right[right > 0]
        least = min(least, float(quotients.min()))
    text = (
        f"at all {len(steps)} accepted steps with rho < 1, least quotient of the sides {least:.6f}"
    )
    # rounding in w11 and rho may show where the sides meet
    return Finding(name, text, seen(least >= 1 - 1e-9))


def discretisation(data: Sequence[Any]) -> Finding:
    """Descent at depth 2 leaves the flow: det W changes sign, and |w11| levels off."""
    found: list[Descended] = data[1]
    pieces, departed = [], True
    for run in found:
        plain, precise = run.changes
        same = plain is not None and precise is not None and plain.iteration == precise.iteration
        below = violation_loss(run)
        departed = departed and same and run.kept_sign == 0 and below is not None
        departed = departed and levelled_off(run)
        if plain is not None and below is not None:
            pieces.append(
                f"lr {run.lr:g}: in the first run det W changes sign at loss {plain.loss:.4f}, "
                f"iteration {plain.iteration} "
                f"({'the same' if same else 'not so'} with {CONTROL_DIGITS} digits), median |w11| "
                f"is below the flow's bound from loss {below:.2g} on and {at_end(run):.2f} at "
                f"{STOP_LOSS:g}"
            )
    text = (
        f"effect of discretisation, N = 2, {len(found[0].entry)} descents with det W(0) > 0: det W "
        f"changes its sign in all, and |w11| levels off (bound at {STOP_LOSS:g}: "
        f"{flow_bound(STOP_LOSS):.1f}); " + "; ".join(pieces)
    )
    return Finding("discretisation", text, seen(departed))


def violation_loss(run: Descended) -> float | None:
    """Return the first loss level at which the median |w11| is below the bound for the flow."""
    medians = np.median(run.entry, axis=0)
    below = [level for level, w in zip(LEVELS, medians, strict=True) if w < flow_bound(level)]
    return max(below, default=None)


def levelled_off(run: Descended) -> bool:
    """Whether |w11| grows by less than 5% from the loss 1e-3 to the last level, in every run."""
    middle = run.entry[:, LEVELS.index(1e-3)]
    return bool((run.entry[:, -1] < 1.05 * middle).all())


def at_end(run: Descended) -> float:
    """Return the median |w11| at the last level."""
    return float(np.median(run.entry[:, -1]))


def figure_one(data: Sequence[Any]) -> Finding:
    """Whether descent at depth 2 shows what the theorem says: |w11| not below the bound."""
    found: list[Descended] = data[1]
    obeyed = all(violation_loss(run) is None for run in found)
    rising = all(bool((np.diff(run.entry, axis=1) > 0).all()) for run in found)
    text = (
        f"At depth 2 |w11| {'increases' if rising else 'does not always increase'} with falling "
        f"loss and {_at_last(found)}; the flow's bound there is {flow_bound(STOP_LOSS):.0f}."
    )
    return Finding("figure-1", text, seen(obeyed))


def descent_drives(data: Sequence[Any]) -> Finding:
    """Whether descent at depth 2 drives |w11| on, rather than levelling off."""
    found: list[Descended] = data[1]
    text = f"At depth 2 |w11| {_at_last(found)}."
    return Finding("descent-drives", text, seen(not any(levelled_off(run) for run in found)))


def _at_last(found: Sequence[Descended]) -> str:
    """Say of |w11| whether it levels off at every step size, and where it ends."""
    levels = "levels off" if all(map(levelled_off, found)) else "does not always level off"
    ends = ", ".join(f"{at_end(run):.2f} at lr {run.lr:g}" for run in found)
    return f"{levels}: median at loss {STOP_LOSS:g} {ends}"


def unconditioned(data: Sequence[Any]) -> Finding:
    """Whether |w11| obeys the bound of the theorem without det W(0) > 0."""
    flows: list[Flowed] = [found for found in data[0] if (~found.positive).any()]
    medians = ", ".join(
        f"{np.median(f.entry[~f.positive]):.2f} (N = {f.depth}, scale {f.scale:g})" for f in flows
    )
    bound = flow_bound(STOP_LOSS)
    below = Share.where(np.concatenate([f.entry[~f.positive] for f in flows]) < bound)
    text = (
        f"For det W(0) < 0 {below.count} flows end below the theorem's bound, {bound:.0f} at loss "
        f"{STOP_LOSS:g}; median |w11| there: {medians}."
    )
    return Finding("unconditioned", text, seen(not below.seen))


def flow_bound(loss: float) -> float:
    """Return (1 - rho)^2 / rho."""
    rho = sqrt(2 * loss)
    return (1 - rho) ** 2 / rho


CHECKS = (
    ExactCheck(
        frozenset({"rate", "entry"}),
        measure_exact,
        predict_exact,
        printed={"entry-grows": entry_growing, "norms-grow": norms_growing},
    ),
    EnclosureCheck(
        frozenset(INEQUALITIES),
        measure_balls,
        predict_balls,
        reach=lambda digits: [fmpq(1, 10 ** (digits // 2))],
        visits=at_least_depth,
        scope="det W > 0; rho = 1/2, 1/10, 1/200",
    ),
    TrainingCheck(
        # sigma_2 comes nowhere near rho along the flow
        frozenset(INEQUALITIES) - {"small"},
        ("flow", "descent", "signs"),
        train,
        read,
        settings="flow to loss 1e-6 in coordinates that keep the sign of det W, N = 2, 3, 4, inf, "
        "W(0) = 1e-3 times standard Gaussian entries, and N = 3 at 1e-1 and 1e-6, the same entries "
        "in every setting; gradient descent at N = 2, steps 6e-3, 3e-3, 1.5e-3, from balanced "
        "factors of the starts at 1e-3 with det W(0) > 0; both from the first tenth of the starts, "
        "16 at least, the signs of det W(0) counted on all",
        trained=lambda runs: (len(FLOWS) + len(RATES)) * followed(runs),
        printed={
            "figure-1": figure_one,
            "descent-drives": descent_drives,
            "unconditioned": unconditioned,
        },
    ),
)
