"""Matrix completion: the observed entries, the loss and its gradient."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from dlnproof.errors import InputError
from dlnproof.numeric.floats.arrays import FloatArray, as_real


@dataclass(frozen=True)
class Completion:
    """Matrix completion: l(W) = 1/2 sum over observed (i, j) of (W_ij - b_ij)^2.

    ``shape`` is (d, d'); ``observed`` maps index pairs, from zero as in numpy, to finite values.
    Raises :class:`InputError` for an index outside the shape or a value that is no number.
    Source: slides, problem formulation; G2017; RC2020; CMV2023.

    >>> problem = Completion((2, 2), {(0, 1): 1, (1, 0): 1, (1, 1): 0})
    >>> float(problem.loss(np.zeros((2, 2))))
    1.0
    """

    shape: tuple[int, int]
    observed: Mapping[tuple[int, int], float]

    def __post_init__(self) -> None:
        shape = _whole_pair(self.shape, "shape")
        if min(shape) < 1:
            raise InputError(f"shape: got {shape}, expected (d, d') with d, d' >= 1")
        if not self.observed or not hasattr(self.observed, "items"):
            raise InputError(
                f"observed: got {self.observed!r}, expected at least one entry, as a mapping "
                "{(i, j): value}; with none the loss is constant"
            )
        kept = {}
        for index, value in self.observed.items():
            i, j = _whole_pair(index, "observed")
            if not (0 <= i < shape[0] and 0 <= j < shape[1]):
                raise InputError(
                    f"observed: got the entry ({i}, {j}), expected 0 <= i < {shape[0]} and "
                    f"0 <= j < {shape[1]}; indices count from zero here"
                )
            kept[i, j] = float(as_real(value, f"observed[{i}, {j}]"))
        object.__setattr__(self, "shape", shape)
        object.__setattr__(self, "observed", dict(sorted(kept.items())))

    @cached_property
    def indices(self) -> tuple[Any, Any]:
        """The rows and the columns of the observed entries, as index arrays."""
        rows, columns = zip(*self.observed, strict=True)
        return np.array(rows), np.array(columns)

    @cached_property
    def values(self) -> FloatArray:
        """The observed values, in the order of ``indices``."""
        return np.array(list(self.observed.values()))

    def loss(self, W: FloatArray) -> FloatArray:
        """Return l(W), shape (...), for W of shape (..., d, d')."""
        rows, columns = self.indices
        # in order of memory: numpy's sums over other orders depend on how many matrices there are
        residual = np.ascontiguousarray(W[..., rows, columns] - self.values)
        return np.asarray((residual * residual).sum(axis=-1) / 2)

    def gradient(self, W: FloatArray) -> FloatArray:
        """Return G = grad l(W), shape (..., d, d'): the residuals, zero where not observed."""
        rows, columns = self.indices
        G = np.zeros_like(W)
        G[..., rows, columns] = W[..., rows, columns] - self.values
        return G


def _whole_pair(value: Any, name: str) -> tuple[int, int]:
    try:
        first, second = value
        if isinstance(first, bool) or isinstance(second, bool):
            raise TypeError
        return first.__index__(), second.__index__()
    except (TypeError, ValueError, AttributeError) as error:
        raise InputError(f"{name}: got {value!r}, expected a pair of integers") from error
