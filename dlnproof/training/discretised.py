"""Gradient descent beside gradient flow: how long steps may be, and at which order they differ."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dlnproof.numeric.floats.arrays import FloatArray
from dlnproof.numeric.floats.factors import balanced_factors
from dlnproof.training.completion import Completion
from dlnproof.training.descent import gradient_descent
from dlnproof.training.experiments import NORMS
from dlnproof.training.initial import gaussian_matrices
from dlnproof.training.stack import end_to_end, prefix_products, slopes

Factors = list[FloatArray]

SCALE: Final = 0.3
"""Starts are standard Gaussian entries times this, with det W(0) > 0."""
TIME: Final = 2.0
STEPS: Final = (1 / 16, 1 / 32, 1 / 64)
"""Step sizes by which a time is reached, of which orders are told."""
_FINE: Final = 1 / 128
"""The step of the flows beside them, whose error is of order 4."""


def starts(runs: int, depth: int, seed: int) -> Factors:
    """Return balanced factors of random 2 x 2 matrices with positive determinants."""
    [W] = gaussian_matrices(NORMS.shape, [runs], SCALE, seed)
    W[np.linalg.det(W) < 0, 0] *= -1
    return list(balanced_factors(W, depth))


def gradient(factors: Factors) -> Factors:
    """Return the gradient of the loss in each factor."""
    products = prefix_products(factors)
    return slopes(factors, products, NORMS.gradient(products[-1]))


def sharpness(problem: Completion, factors: Factors) -> FloatArray:
    """Return the largest eigenvalue of P dphi dphi^* P, (n,); P projects to the observed entries.

    Where the loss is 0 that is the largest of its Hessian.
    """
    products, lifts = prefix_products(factors), []
    for index in problem.observed:
        unit = np.zeros(products[-1].shape)
        unit[:, index[0], index[1]] = 1
        moves = slopes(factors, products, unit)
        lifts.append(np.concatenate([M.reshape(len(M), -1) for M in moves], axis=1))
    rows = np.stack(lifts, axis=1)
    largest: FloatArray = np.linalg.eigvalsh(rows @ rows.mT)[:, -1]
    return largest


# --- at a minimum ---------------------------------------------------------------------------------


def longest_step(W: FloatArray, depth: int) -> float:
    """Return the longest step by which descent does not leave balanced factors of W, all observed.

    By bisection, to one part in 500: from factors of a loss near 0, which 400 steps make larger or
    smaller.
    """
    problem = Completion(W.shape, dict(np.ndenumerate(W)))
    near = [(1 + 1e-6) * factor[None] for factor in balanced_factors(W, depth)]
    first = float(problem.loss(end_to_end(near))[0])

    def leaves(step: float) -> bool:
        found = gradient_descent(problem, near, lr=step, stop_loss=1e-30, max_iterations=400)
        return bool(found.loss[0] > first)

    low, high = 1e-3, 8.0
    while high > low * 1.002:
        middle = float(np.sqrt(low * high))
        low, high = (low, middle) if leaves(middle) else (middle, high)
    return low


# --- on a completion ------------------------------------------------------------------------------


@dataclass(frozen=True)
class SignChanges:
    """Descents from balanced factors with det W > 0, of one depth and step size.

    ``changed``: (n,), whether det W changed its sign. ``before``: (n,), the largest step until
    then, or of all, in units of the longest stable one, 2 / sharpness.
    """

    depth: int
    step: float
    changed: NDArray[np.bool_]
    before: FloatArray


def sign_changes(depth: int, step: float, runs: int, seed: int, most: int) -> SignChanges:
    """Descend for at most so many iterations, or until det W has changed its sign in all runs."""
    factors = starts(runs, depth, seed)
    changed, before = np.zeros(runs, dtype=bool), np.zeros(runs)
    for _ in range(most):
        units = step * sharpness(NORMS, factors) / 2
        before = np.where(changed, before, np.maximum(before, units))
        factors = _moved(factors, -step, gradient(factors))
        changed |= np.linalg.det(end_to_end(factors)) <= 0
        if changed.all():
            break
    return SignChanges(depth, step, changed, before)


@dataclass(frozen=True)
class Beside:
    """Descents by ``STEPS`` until ``TIME``, at one depth: the largest of each over all runs.

    ``defect``: of the entries of W_{j+1}^T W_{j+1} - W_j W_j^T; ``flow``: of the differences of
    factors from gradient flow; ``modified``: from that of the loss + step |gradient|^2 / 4.
    """

    depth: int
    defect: tuple[float, ...]
    flow: tuple[float, ...]
    modified: tuple[float, ...]


def beside(depth: int, runs: int, seed: int) -> Beside:
    """Descend by each step size, and follow the two flows."""
    begun = starts(runs, depth, seed)
    flow = _followed(begun, gradient)
    defects, gaps, modified_gaps = [], [], []
    for step in STEPS:
        ended = begun
        for _ in range(round(TIME / step)):
            ended = _moved(ended, -step, gradient(ended))
        pairs = pairwise(ended)
        defects.append(max(float(abs(b.mT @ b - a @ a.mT).max()) for a, b in pairs))
        gaps.append(_apart(ended, flow))
        modified_gaps.append(_apart(ended, _followed(begun, partial(_modified, step))))
    return Beside(depth, tuple(defects), tuple(gaps), tuple(modified_gaps))


def _apart(one: Factors, other: Factors) -> float:
    return max(float(abs(W - M).max()) for W, M in zip(one, other, strict=True))


def _moved(factors: Factors, by: float, moves: Factors) -> Factors:
    return [W + by * V for W, V in zip(factors, moves, strict=True)]


def _modified(step: float, factors: Factors) -> Factors:
    """Return the gradient of loss + step |gradient|^2 / 4: g + (step / 2) H g, H the Hessian."""
    slope, h = gradient(factors), 1e-5
    ends = (gradient(_moved(factors, by, slope)) for by in (h, -h))
    bent = [(a - b) / (2 * h) for a, b in zip(*ends, strict=True)]
    return _moved(slope, step / 2, bent)


def _followed(factors: Factors, slope: Callable[[Factors], Factors]) -> Factors:
    """Follow minus a gradient until the time, by the classical Runge-Kutta method of order 4."""
    h = _FINE
    for _ in range(round(TIME / h)):
        a = slope(factors)
        b = slope(_moved(factors, -h / 2, a))
        c = slope(_moved(factors, -h / 2, b))
        d = slope(_moved(factors, -h, c))
        mean = [(p + 2 * q + 2 * r + s) / 6 for p, q, r, s in zip(a, b, c, d, strict=True)]
        factors = _moved(factors, -h, mean)
    return factors
