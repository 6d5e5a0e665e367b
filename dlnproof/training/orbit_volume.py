"""Whether noise finds solutions with a larger orbit volume: an experiment, and how it is read.

Runs with noise along the orbits O_W beside runs without it, from the same starts and with the same
noise across: what differs is the entropy's force alone. The question has no answer at equilibrium,
where for most depths there is none: exp(-beta E) vol(O_W) has infinite mass near the minimisers of
a completion unless 4 <= N < infinity. So it is asked of runs of a stated length.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist
from typing import Final

import numpy as np

from dlnproof.claims.check import Finding
from dlnproof.core.verdict import Verdict
from dlnproof.numeric.floats.arrays import FloatArray
from dlnproof.numeric.floats.gradients import entropy
from dlnproof.training.diffusion import langevin
from dlnproof.training.experiments import DIAGONAL
from dlnproof.training.runs import Ending, Runs
from dlnproof.training.shares import CONFIDENCE, INTERVAL

DEPTHS: Final = (2, 3, 5, 10)
BETAS: Final = (5.0, 20.0)
SCALE: Final = 0.1
STEP: Final = 5e-4
TIME: Final = 1.0
WITH, WITHOUT = 1.0, 0.0
"""Noise along the orbits, for 1 across."""

Outcomes = Mapping[tuple[int, float, float], Runs]
"""By depth, beta and noise along the orbits."""


def outcomes(runs: int, seed: int) -> dict[tuple[int, float, float], Runs]:
    """Follow Langevin's equation at each depth and temperature, with and without that noise."""
    return {
        (depth, beta, vertical): langevin(
            DIAGONAL, depth, beta=beta, vertical=vertical, runs=runs, seed=seed, scale=SCALE,
            step=STEP, steps=round(TIME / STEP),
        )
        for depth in DEPTHS
        for beta in BETAS
        for vertical in (WITHOUT, WITH)
    }  # fmt: skip


@dataclass(frozen=True)
class Gain:
    """How much larger the entropy is, in the mean over pairs of runs, and the half interval."""

    mean: float
    half: float

    @classmethod
    def of(cls, found: Outcomes, depth: int, beta: float) -> Gain:
        """Compare the runs pair by pair; those that diverged are left out with their partners."""
        pair = [found[depth, beta, vertical] for vertical in (WITHOUT, WITH)]
        kept = np.logical_and(*(runs.ending == Ending.SAMPLED for runs in pair))
        before, after = (np.asarray(entropy(runs.W[kept], depth)) for runs in pair)
        gained: FloatArray = after - before
        error = float(gained.std()) / sqrt(max(len(gained), 1))
        return cls(float(gained.mean()), NormalDist().inv_cdf((1 + CONFIDENCE) / 2) * error)

    @property
    def verdict(self) -> Verdict:
        """OBSERVED where the interval is above 0, NOT_OBSERVED below, UNDECIDED around it."""
        if abs(self.mean) <= self.half:
            return Verdict.UNDECIDED
        return Verdict.OBSERVED if self.mean > 0 else Verdict.NOT_OBSERVED

    def __str__(self) -> str:
        return (
            f"{self.mean:+.4f} ({INTERVAL} {self.mean - self.half:+.4f} to "
            f"{self.mean + self.half:+.4f})"
        )


def findings(found: Outcomes) -> list[Finding]:
    """Say at each depth and temperature whether outcomes have a larger orbit volume with noise."""
    return [
        Finding(
            f"$N={depth}$, $\\beta={beta:g}$",
            f"log vol(O_W) larger by {(gain := Gain.of(found, depth, beta))} with noise along",
            gain.verdict,
        )
        for depth in DEPTHS
        for beta in BETAS
    ]
