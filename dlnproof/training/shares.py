"""Shares of training runs, with what is certain of them."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist
from typing import Any, Final

import numpy as np

from dlnproof.core.verdict import Verdict

CONFIDENCE: Final = 0.999
"""The level of every interval, decided by and printed: a run compares a dozen shares at once."""
INTERVAL: Final = f"{100 * CONFIDENCE:g}% interval"


@dataclass(frozen=True)
class Share:
    """How many of some independent runs have a property."""

    seen: int
    of: int

    @classmethod
    def where(cls, property_: Any) -> Share:
        """Count the true entries of a boolean array."""
        return cls(int(np.count_nonzero(property_)), len(property_))

    def interval(self, confidence: float = CONFIDENCE) -> tuple[float, float]:
        """Return Wilson's interval for the probability; (0, 1) without runs.

        >>> [round(end, 3) for end in Share(491, 500).interval()]
        [0.95, 0.994]
        """
        if not self.of:
            return 0.0, 1.0
        z2 = NormalDist().inv_cdf((1 + confidence) / 2) ** 2
        p, n = self.seen / self.of, self.of
        middle = p + z2 / (2 * n)
        half = sqrt(z2 * (p * (1 - p) / n + z2 / (4 * n * n)))
        return (middle - half) / (1 + z2 / n), (middle + half) / (1 + z2 / n)

    def agrees(self, probability: float) -> bool:
        """Whether the probability is in the interval."""
        low, high = self.interval()
        return low <= probability <= high

    def compared(self, probability: float) -> Verdict:
        """Return OBSERVED where the share agrees with a probability; VACUOUS without runs."""
        return self._verdict(self.agrees(probability))

    def exceeds(self, probability: float) -> Verdict:
        """Return OBSERVED where the share is larger and the interval excludes the probability.

        A larger share whose interval holds it is UNDECIDED: it may be chance.
        """
        larger = self.seen > probability * self.of
        if larger and self.agrees(probability):
            return Verdict.UNDECIDED
        return self._verdict(larger)

    def all(self) -> Verdict:
        """Return OBSERVED where all runs have the property; VACUOUS without runs."""
        return self._verdict(self.seen == self.of)

    def _verdict(self, seen: bool) -> Verdict:
        if not self.of:
            return Verdict.VACUOUS
        return Verdict.OBSERVED if seen else Verdict.NOT_OBSERVED

    @property
    def count(self) -> str:
        """The runs counted, where no interval decides."""
        return f"{self.seen} of {self.of}" if self.of else "no runs"

    @property
    def percent(self) -> str:
        """The share alone."""
        return f"{100 * self.seen / self.of:.0f}%" if self.of else "no runs"

    def __str__(self) -> str:
        if not self.of:
            return "no runs"
        low, high = (100 * end for end in self.interval())
        share = f"{100 * self.seen / self.of:.1f}%"
        return f"{self.count} ({share}, {INTERVAL} {low:.1f} to {high:.1f})"
