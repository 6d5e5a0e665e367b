"""The experiment on norm divergence: flows to small losses, and descent beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from dlnproof.depth import Depth
from dlnproof.numeric.floats.arrays import FloatArray
from dlnproof.training.control import SignChange, first_sign_change
from dlnproof.training.experiments import NORMS, descents, flows
from dlnproof.training.initial import gaussian_matrices
from dlnproof.training.stepping import AcceptedStep

SCALE: Final = 1e-3
STOP_LOSS: Final = 1e-6
LEVELS: Final = tuple(10 ** (-k / 10) for k in range(10, 61))
"""Losses at which descent is looked at, ten a decade."""
RATES: Final = (6e-3, 3e-3, 1.5e-3)
"""Step sizes: the first two are in the legend of RC2020's Figure 1, as extracted."""
CONTROL_DIGITS: Final = 50


@dataclass(frozen=True)
class Flowed:
    """The flows at one depth.

    ``steps``: (m, 7), every accepted step with det W > 0 and rho < 1: w11, w12, w21, w22,
    log sigma_1, log sigma_2, loss. ``positive``: (n,), det W(0) > 0. ``entry``: (n,), |w11| at the
    end. ``fell``: (n,), whether |w11| decreased at some accepted step.
    """

    depth: Depth
    scale: float
    steps: FloatArray
    positive: NDArray[np.bool_]
    entry: FloatArray
    fell: NDArray[np.bool_]
    reached: bool


def flowed(settings: Sequence[tuple[Depth, float]], runs: int, seed: int) -> list[Flowed]:
    """Follow flows to the loss 1e-6, for each depth and scale of the start; keep what was passed.

    All are one batch, from the same random matrices.
    """
    depths, scales = zip(*settings, strict=True)
    passed: list[FloatArray] = []
    last, fell = np.zeros(runs * len(settings)), np.zeros(runs * len(settings), dtype=bool)

    def keep(step: AcceptedStep) -> None:
        entry = np.abs(step.W[:, 0, 0])
        fell[step.runs] |= entry < last[step.runs]
        last[step.runs] = entry
        chosen = (step.det_sign > 0) & (step.loss < 0.5)
        which = step.runs[chosen] // runs
        entries = step.W[chosen].reshape(-1, 4)
        passed.append(np.column_stack([which, entries, step.log_sigma[chosen], step.loss[chosen]]))

    ended = flows(
        NORMS, depths, scale=scales, runs=runs, seed=seed, stop_loss=STOP_LOSS, on_step=keep
    )
    steps = np.concatenate(passed)
    return [
        Flowed(
            depth,
            scale,
            steps[steps[:, 0] == k, 1:],
            done.det_sign > 0,
            np.abs(done.W[:, 0, 0]),
            fell[k * runs : (k + 1) * runs],
            bool(done.reached.all()),
        )
        for k, ((depth, scale), done) in enumerate(zip(settings, ended, strict=True))
    ]


def starts(runs: int, seed: int) -> tuple[FloatArray, NDArray[np.bool_]]:
    """Return the starts of descent, those of flow at the same scale; and which have det W(0) > 0.

    At other scales the starts are multiples of them, with the same signs.
    """
    [W0] = gaussian_matrices(NORMS.shape, [runs], SCALE, seed)
    return W0, np.linalg.det(W0) > 0


@dataclass(frozen=True)
class Descended:
    """Gradient descent at depth 2 with one step size, from the starts with det W(0) > 0.

    ``entry``: (n, levels), |w11| at each level. ``kept_sign``: how many still have det W > 0 at the
    end. ``changes``: of the first run, where det W changes sign, in float64 and with 50 digits.
    """

    lr: float
    entry: FloatArray
    kept_sign: int
    changes: tuple[SignChange | None, SignChange | None]


def descended(runs: int, seed: int) -> list[Descended]:
    """Descend from the same starts, for each step size.

    Raises ``ValueError`` when no start has det W(0) > 0.
    """
    W0, positive = starts(runs, seed)
    if not positive.any():
        raise ValueError(f"none of {runs} starts has det W(0) > 0; more runs are needed")
    entries = W0[positive][0].ravel().tolist()
    start: Any = {"scale": SCALE, "runs": runs, "seed": seed}
    found = []
    for lr in RATES:
        every = descents(NORMS, 2, lr=lr, stop_loss=STOP_LOSS, at_loss=LEVELS, **start)
        done = every.take(positive)
        double, precise = (
            first_sign_change(entries, lr, most=60_000, digits=digits)
            for digits in (None, CONTROL_DIGITS)
        )
        kept = int((done.det_sign > 0).sum())
        found.append(Descended(lr, np.abs(done.W_at[:, :, 0, 0]), kept, (double, precise)))
    return found
