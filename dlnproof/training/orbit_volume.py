"""Whether noise finds solutions with a larger orbit volume: an experiment, and how it is read.

Runs with noise along the orbits O_W beside runs without it, from the same starts and with the same
noise across: what differs is the entropy's force alone. And outcomes beside the whole plane of
minimisers. Both are asked of runs of a stated length, not of an equilibrium: of a completion there
need be none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from math import isnan, nan, sqrt
from statistics import NormalDist
from typing import Any, Final

import numpy as np

from dlnproof.claims.check import Finding
from dlnproof.core.verdict import Verdict
from dlnproof.numeric.floats.arrays import FloatArray
from dlnproof.numeric.floats.gradients import entropy
from dlnproof.numeric.floats.volume import log_volume_density
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
REACH: Final = 2.0
"""The window |w12|, |w21| <= REACH in the plane of minimisers."""
CELLS: Final = 400
"""In which so many places a side stand for all of it."""

Outcomes = Mapping[tuple[int, float, float], Runs]
"""By depth, beta and noise along the orbits."""


def outcomes(
    runs: int,
    seed: int,
    betas: Sequence[float] = BETAS,
    verticals: Sequence[float] = (WITHOUT, WITH),
) -> dict[tuple[int, float, float], Runs]:
    """Follow Langevin's equation at each depth and temperature, with and without that noise."""
    return {
        (depth, beta, vertical): langevin(
            DIAGONAL, depth, beta=beta, vertical=vertical, runs=runs, seed=seed, scale=SCALE,
            step=STEP, steps=round(TIME / STEP),
        )
        for depth in DEPTHS
        for beta in betas
        for vertical in verticals
    }  # fmt: skip


@dataclass(frozen=True)
class Gain:
    """A mean over independent runs, and half its interval."""

    mean: float
    half: float

    @classmethod
    def of_samples(cls, samples: FloatArray) -> Gain:
        """Return the mean of samples with what is certain of it: of none, nothing."""
        if not len(samples):
            return cls(nan, nan)
        error = float(samples.std()) / sqrt(len(samples))
        return cls(float(samples.mean()), NormalDist().inv_cdf((1 + CONFIDENCE) / 2) * error)

    @classmethod
    def by_noise(cls, found: Outcomes, depth: int, beta: float) -> Gain:
        """How much larger log vol(O_W) is with noise along the orbits, run by run.

        Runs that diverged are left out, with their partners.
        """
        pair = [found[depth, beta, vertical] for vertical in (WITHOUT, WITH)]
        kept = np.logical_and(*(runs.ending == Ending.SAMPLED for runs in pair))
        before, after = (np.asarray(entropy(runs.W[kept], depth)) for runs in pair)
        return cls.of_samples(after - before)

    @classmethod
    def beside_minimisers(
        cls, found: Outcomes, depth: int, beta: float, of: Callable[..., Any] = entropy
    ) -> Gain:
        """How much larger it is at the minimisers next to outcomes than at those of the window.

        The window is |w12|, |w21| <= REACH; what ended outside is left out. ``of`` is another
        function of W and depth.
        """
        W = found[depth, beta, WITH].W
        inside = W[(np.abs(W[:, 0, 1]) <= REACH) & (np.abs(W[:, 1, 0]) <= REACH)]
        places = (2 * np.arange(CELLS) + 1) / CELLS - 1
        every = REACH * np.stack(np.meshgrid(places, places), axis=-1).reshape(-1, 2)
        mean = of(_minimisers(every[:, 0], every[:, 1]), depth).mean()
        return cls.of_samples(of(_minimisers(inside[:, 0, 1], inside[:, 1, 0]), depth) - mean)

    @property
    def verdict(self) -> Verdict:
        """OBSERVED where the interval is above 0, NOT_OBSERVED below, UNDECIDED around it; VACUOUS
        without runs.
        """
        if isnan(self.mean):
            return Verdict.VACUOUS
        if abs(self.mean) <= self.half:
            return Verdict.UNDECIDED
        return Verdict.OBSERVED if self.mean > 0 else Verdict.NOT_OBSERVED

    def __str__(self) -> str:
        ends = f"{self.mean - self.half:+.3f} to {self.mean + self.half:+.3f}"
        return f"{self.mean:+.3f} ({INTERVAL} {ends})"


def _minimisers(x: FloatArray, y: FloatArray) -> FloatArray:
    """Return [[1, x], [y, 1]], (n, 2, 2)."""
    W = np.ones((len(x), 2, 2))
    W[:, 0, 1], W[:, 1, 0] = x, y
    return W


QUESTIONS: Final[Mapping[str, Callable[[Outcomes, int, float], Gain]]] = {
    "log vol(O_W) larger with noise along the orbits than without": Gain.by_noise,
    "log vol(O_W) larger next to outcomes than over the window": Gain.beside_minimisers,
    "log sqrt(det g^N) larger next to outcomes than over the window": partial(
        Gain.beside_minimisers, of=log_volume_density
    ),
}
"""Two readings of the sentence, and the second of the volume in place of the orbits'."""


def findings(found: Outcomes) -> list[Finding]:
    """Answer all of them at each depth and temperature."""
    return [
        Finding(f"$N={depth}$, $\\beta={beta:g}$", f"{question}: {gain}", gain.verdict)
        for question, measured in QUESTIONS.items()
        for depth in DEPTHS
        for beta in BETAS
        for gain in (measured(found, depth, beta),)
    ]
