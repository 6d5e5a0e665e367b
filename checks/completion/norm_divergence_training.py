"""The inequalities along flows, and what becomes of descent."""

from collections.abc import Mapping, Sequence
from math import inf, sqrt
from typing import Any, Final

import numpy as np

from dlnproof.claims.check import Finding, Parts, TrainingCheck
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
    RHO,
    SIGMA_1,
    SIGMA_2,
    THETA,
    TRIANGLE,
    W11,
    W12,
    W21,
    W22,
)
from dlnproof.core.expression import Letter
from dlnproof.core.inequality import Inequality
from dlnproof.core.verdict import Verdict
from dlnproof.depth import Depth
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

from .norm_divergence_matrices import INEQUALITIES

FLOWS: Final[tuple[tuple[Depth, float], ...]] = (
    (2, 1e-3),
    (3, 1e-3),
    (4, 1e-3),
    (inf, 1e-3),
    (3, 1e-1),
    (3, 1e-6),
)
"""Depths and scales of the starts."""
ROUNDING: Final = 1e-9
"""What doubles may hide, relative to the numbers that are compared."""


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
    text = (
        rf"$\det W(0)>0$: all flows reach the loss {STOP_LOSS:g}, "
        f"least $|w_{{11}}|$ there {least:.1f}"
    )
    findings.append(Finding("divergence", text, done))
    half: Share = data[2]
    findings.append(Finding("sign", rf"$\det W(0)>0$: {half}", half.compared(0.5)))
    fell = Share.where(np.concatenate([found.fell[found.positive] for found in flows]))
    text = rf"$\det W(0)>0$, $|w_{{11}}|$ decreased at some step: {fell.count}"
    findings.append(Finding("not-monotone", text, seen(fell.seen > 0)))
    return [*findings, discretisation(data)]


def _at_steps(parts: Parts, name: str, steps: FloatArray) -> Finding:
    """Evaluate one inequality, from the statement's own formula, at all accepted steps."""
    stated = parts[name]
    assert isinstance(stated, Inequality)
    w11, w12, w21, w22 = steps.T[:4]
    log_first, log_second = steps[:, 4], steps[:, 5]
    sigma_1, sigma_2, ratio = (np.exp(x) for x in (log_first, log_second, log_second - log_first))
    values: dict[Letter, Any] = {
        **{W11: abs(w11), W12: w12, W21: w21, W22: abs(w22), RHO: np.sqrt(2 * steps[:, 6])},
        **{SIGMA_1: sigma_1, SIGMA_2: sigma_2, THETA: _crossing(steps)},
        **{RATIO: ratio, LOG_INVERSE: log_first - log_second, LOG_1P: np.log1p(ratio)},
        **{E11: 1.0, E12: 1.0, E21: 1.0, E22: 1.0},
    }
    sizes: list[dict[Letter, Any]] = [{}]
    if name == "norm":
        rest = steps[:, :4] * [0, 1, 1, 1]  # W - w11 E11
        others = np.linalg.svd(rest.reshape(-1, 2, 2), compute_uv=False).T
        sizes = [
            {NORM: size, REST: other, TRIANGLE: c}
            for (size, c), (other, _) in zip(_norms(sigma_1, sigma_2), _norms(*others), strict=True)
        ]
    least, false = inf, 0
    for size in sizes:
        false += _false(stated, {**values, **size})
        left, right = (side.at({**values, **size}, float) for side in (stated.left, stated.right))
        with np.errstate(over="ignore"):  # where sigma_2 is next to nothing
            quotients = left[right > 0] / right[right > 0]
        least = min(least, float(quotients.min()))
    text = (
        rf"at all {len(steps)} accepted steps with $\rho<1$, least quotient of the sides "
        f"{least:.6f}"
    )
    if false:
        text += f"; a hypothesis of it is false at {false} of them"
    # rounding in w11 and rho may show where the sides meet
    return Finding(name, text, seen(least >= 1 - ROUNDING and not false))


def _norms(first: FloatArray, second: FloatArray) -> list[tuple[FloatArray, float]]:
    """Return the Frobenius, nuclear and Schatten-1/2 norms with their constants c."""
    half = (np.sqrt(first) + np.sqrt(second)) ** 2
    return [(np.hypot(first, second), 1.0), (first + second, 1.0), (half, 2.0)]


def _crossing(steps: FloatArray) -> FloatArray:
    """Return theta, where the segment from W to the minimiser with its w11 is singular first.

    As for rational W; det W from the singular values, which keep its digits.
    """
    w12, w21 = steps[:, 1], steps[:, 2]
    start = np.exp(steps[:, 4] + steps[:, 5])
    a = -(1 - w12) * (1 - w21)
    b = -1 - start - a
    crossing: FloatArray = 2 * start / (np.sqrt(b * b - 4 * a * start) - b)
    return crossing


def _false(stated: Inequality, values: Mapping[Letter, Any]) -> int:
    """Return at how many steps a hypothesis of an inequality is false, by more than rounding."""
    false: Any = False
    for hypothesis in stated.given:
        size = sum(abs(values[letter]) for letter in hypothesis.letters())
        false = false | (hypothesis.at(values, float) < -ROUNDING * size)
    return int(np.count_nonzero(false))


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
        f"effect of discretisation, $N=2$, {len(found[0].entry)} descents with "
        rf"$\det W(0)>0$: $\det W$ changes its sign in all, and $|w_{{11}}|$ levels off "
        f"(bound at {STOP_LOSS:g}: {flow_bound(STOP_LOSS):.1f}); {'; '.join(pieces)}"
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
        f"At depth 2 $|w_{{11}}|$ {'increases' if rising else 'does not always increase'} with "
        f"falling loss and {_at_last(found)}; the flow's bound there is "
        f"{flow_bound(STOP_LOSS):.0f}."
    )
    return Finding("figure-1", text, seen(obeyed))


def descent_drives(data: Sequence[Any]) -> Finding:
    """Whether descent at depth 2 drives |w11| on, rather than levelling off."""
    found: list[Descended] = data[1]
    text = f"At depth 2 $|w_{{11}}|$ {_at_last(found)}."
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
        rf"For $\det W(0)<0$ {below.count} flows end below the theorem's bound, {bound:.0f} at "
        f"loss {STOP_LOSS:g}; median $|w_{{11}}|$ there: {medians}."
    )
    return Finding("unconditioned", text, seen(not below.seen))


def flow_bound(loss: float) -> float:
    """Return (1 - rho)^2 / rho."""
    rho = sqrt(2 * loss)
    return (1 - rho) ** 2 / rho


CHECK = TrainingCheck(
    # sigma_2 comes nowhere near rho along the flow
    frozenset(INEQUALITIES) - {"small"},
    ("flow", "descent", "signs"),
    train,
    read,
    settings=r"flow to loss $10^{-6}$ in coordinates that keep the sign of $\det W$, $N=2$, 3, "
    r"4, $\infty$, $W(0)=10^{-3}$ times standard Gaussian entries, and $N=3$ at $10^{-1}$ and "
    r"$10^{-6}$, the same entries in every setting; gradient descent at $N=2$, steps "
    r"$6\cdot10^{-3}$, $3\cdot10^{-3}$, $1.5\cdot10^{-3}$, from balanced factors of the starts "
    r"at $10^{-3}$ with $\det W(0)>0$; both from the first tenth of the starts, 16 at least, "
    r"the signs of $\det W(0)$ counted on all",
    trained=lambda runs: (len(FLOWS) + len(RATES)) * followed(runs),
    printed={
        "figure-1": figure_one,
        "descent-drives": descent_drives,
        "unconditioned": unconditioned,
    },
)
