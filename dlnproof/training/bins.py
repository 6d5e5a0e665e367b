"""Counts of values in bins that are fixed beforehand: what is counted apart can be added."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, isfinite
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dlnproof.errors import InputError
from dlnproof.limits import whole


@dataclass(frozen=True)
class Bins:
    """``count`` equal bins from ``low`` to ``high``, with one below and one above them.

    Bin 0 is x < low, bin k is edge_{k-1} <= x < edge_k with edge_k = low + k (high - low) / count,
    bin ``count`` + 1 is x >= high. Counts of two sets of values add up to those of both, in any
    order and to the last digit. Raises :class:`~dlnproof.errors.InputError` where ``low`` and
    ``high`` are not finite and in order, or ``count`` is no integer >= 1.

    >>> bins = Bins(0, 10, 5)
    >>> counts = bins.counts([1, 3, 3.5]) + bins.counts([7, 99])
    >>> counts.tolist(), bins.quantile(counts, 0.5)
    ([0, 1, 2, 0, 1, 0, 1], (2.0, 4.0))
    """

    low: float
    high: float
    count: int

    def __post_init__(self) -> None:
        whole("count", self.count, 1)
        if not (isfinite(self.low) and isfinite(self.high) and self.low < self.high):
            raise InputError(
                f"bins: got the ends {self.low!r} and {self.high!r}, expected finite ones, the "
                "smaller first"
            )

    @property
    def edges(self) -> NDArray[np.float64]:
        """The edges of the bins between the ends, (count + 1,)."""
        return np.linspace(self.low, self.high, self.count + 1)

    def bins(self, values: Any) -> NDArray[np.int64]:
        """Return the number of each value's bin, of the values' shape.

        Raises :class:`~dlnproof.errors.InputError` for NaN, which is in none.
        """
        found = np.asarray(values, dtype=np.float64)
        if unknown := int(np.isnan(found).sum()):
            raise InputError(
                f"values: got {unknown} NaN of {found.size}, which no bin holds; expected numbers "
                "or infinities: count what is unknown apart"
            )
        return np.searchsorted(self.edges, found, side="right")

    def counts(self, values: Any) -> NDArray[np.int64]:
        """Return how many values are in each bin, (count + 2,). Raises as :meth:`bins`."""
        return np.bincount(self.bins(values).ravel(), minlength=self.count + 2)

    def quantile(self, counts: Any, share: float) -> tuple[float, float]:
        """Return the ends of the bin that holds the quantile: all that counts say of it.

        It is the least value that at least ``share`` of the values do not exceed, 0 < share <= 1
        (``method="inverted_cdf"`` of numpy). Raises :class:`~dlnproof.errors.InputError`, also
        where nothing was counted.
        """
        found = np.asarray(counts)
        if found.shape != (self.count + 2,) or found.min() < 0 or not found.any():
            raise InputError(
                f"counts: got {found.sum()} values in {found.size} bins, expected at least one in "
                f"the {self.count + 2} of these"
            )
        if not 0 < share <= 1:
            raise InputError(f"share: got {share!r}, expected a number > 0 and <= 1")
        at = int(np.searchsorted(found.cumsum(), share * found.sum()))
        ends = (-inf, *self.edges.tolist(), inf)
        return ends[at], ends[at + 1]
