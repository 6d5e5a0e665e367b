"""What is trained on: a loss of the end-to-end matrix, and the matrix that it should find."""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from dataclasses import fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dlnproof.errors import InputError
from dlnproof.numeric.floats.arrays import FloatArray, as_real


class Problem(ABC):
    """A loss l(W) of W, d x d', quadratic in W, with its gradient.

    ``shape`` is (d, d'); ``truth``, None or (d, d'), the matrix from which the observations come:
    training never sees it, and the error of what was trained is measured against it.
    """

    shape: tuple[int, int]
    truth: Any

    @abstractmethod
    def loss(self, W: FloatArray) -> FloatArray:
        """Return l(W), shape (...), for W of shape (..., d, d')."""

    @abstractmethod
    def gradient(self, W: FloatArray) -> FloatArray:
        """Return G = grad l(W), shape (..., d, d')."""

    @property
    @abstractmethod
    def observations(self) -> int:
        """How many numbers are observed."""

    @property
    def unobserved(self) -> NDArray[np.bool_] | None:
        """Which entries no observation shows, (d, d'); None where observations show no entries."""
        return None

    def errors(self, W: FloatArray) -> dict[str, FloatArray]:
        """Return half the mean squared errors of W, shape (..., d, d'): arrays (...).

        With T the ``truth``, ``error_all`` is the mean of (W_ij - T_ij)^2 / 2 over all entries, and
        for a completion ``error_unobserved`` that over the entries not observed: the test error.
        Empty where no truth is known.
        """
        if self.truth is None:
            return {}
        halves = (W - self.truth) ** 2 / 2
        found = {}
        if self.unobserved is not None:
            found["error_unobserved"] = np.asarray(halves[..., self.unobserved].mean(axis=-1))
        return {**found, "error_all": np.asarray(halves.mean(axis=(-2, -1)))}

    def __eq__(self, other: object) -> bool:
        if type(self) is not type(other):
            return NotImplemented
        names = [field.name for field in fields(self)]  # type: ignore[arg-type]
        return all(np.array_equal(getattr(self, n), getattr(other, n)) for n in names)

    __hash__ = None  # type: ignore[assignment]


def checked_truth(truth: Any, shape: tuple[int, int]) -> FloatArray | None:
    """Return the truth as an array, read from a file where it is a path. Raises
    :class:`InputError`.
    """
    if truth is None:
        return None
    name = "truth"
    if isinstance(truth, str | os.PathLike):
        from dlnproof.training.problem_file import read_truth

        name, truth = f"truth {os.fspath(truth)!r}", read_truth(truth)
    array = np.array(as_real(truth, name))  # its own: what is given may be changed
    if array.shape != shape:
        raise InputError(
            f"{name}: got shape {array.shape}, expected {shape}, that of the problem; transposed, "
            "or of another problem?"
        )
    return array


def checked_shape(shape: Any) -> tuple[int, int]:
    """Return (d, d'), both >= 1. Raises :class:`InputError`."""
    pair = whole_pair(shape, "shape")
    if min(pair) < 1:
        raise InputError(f"shape: got {pair}, expected (d, d') with d, d' >= 1")
    return pair


def whole_pair(value: Any, name: str) -> tuple[int, int]:
    """Return a pair of integers. Raises :class:`InputError`."""
    try:
        first, second = value
        if isinstance(first, bool) or isinstance(second, bool):
            raise TypeError
        return first.__index__(), second.__index__()
    except (TypeError, ValueError, AttributeError) as error:
        raise InputError(f"{name}: got {value!r}, expected a pair of integers") from error
