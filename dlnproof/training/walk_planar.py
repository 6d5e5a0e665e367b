"""Langevin's step of 2 x 2 matrices, whose singular value decomposition is two complex numbers.

R = N U Sigma^{1/N} V^T is the pair z, w with 2 z = R_11 + R_22 + i (R_21 - R_12) and
2 w = R_11 - R_22 + i (R_21 + R_12): s_1 = |z| + |w|, s_2 = |z| - |w| with the sign of det R, and
turning U by a and V by b multiplies z by e^{i(a-b)}, w by e^{i(a+b)}. No decomposition is computed.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import ClassVar, Final, Literal

import numpy as np
from numpy.typing import NDArray

from dlnproof.numeric.floats.arrays import FloatArray
from dlnproof.training.noise import Noise
from dlnproof.training.pair_noise import Pair, pair

Complex = NDArray[np.complex128]
_TINY: Final = 1e-300


@dataclass(frozen=True)
class Planar:
    """Walks through det W = 0 as :class:`~dlnproof.training.walk_power.Power` does, for d = 2.

    The state is (z, w), complex (n, 2).
    """

    noise: Noise
    normals: ClassVar[int] = 6

    @property
    def bound(self) -> float:
        """Beyond which a state is that of a W that has diverged."""
        return self.noise.largest_root

    def start(self, W: FloatArray) -> Complex:
        """Return the states at W."""
        both = _complex(W)
        length = np.abs(both)
        large = length.sum(axis=1)
        N = int(self.noise.depth)
        small = np.abs(length[:, 0] - length[:, 1])
        roots = N * np.stack([large, small], axis=1) ** (1 / N)
        sign = np.where(length[:, 0] < length[:, 1], -1, 1)
        sizes = np.stack([roots[:, 0] + sign * roots[:, 1], roots[:, 0] - sign * roots[:, 1]], 1)
        found: Complex = _units(both, length) * sizes / 2
        return found

    def step(self, state: Complex, normals: FloatArray) -> tuple[Complex, Literal[True]]:
        """Return the states one step later: all of them."""
        of, h = self.noise, self.noise.step
        length = np.abs(state)
        unit = _units(state, length)
        inside = length[:, 0] >= length[:, 1]  # det R >= 0
        rates = _rates(length, int(of.depth))
        # along z and w, and across them, as parts of each
        along, across = length.copy(), np.zeros_like(length)
        if of.vertical:
            push, pull = rates.push_large, np.where(inside, 1, -1) * rates.push_small
            along += (h * of.vertical / 2) * np.stack([push + pull, push - pull], axis=1)
        if of.force:
            hat = _complex(of.force(self.matrices(state))) * unit.conj()
            first, second = _powers(length, int(of.depth))
            one = first * (hat.real[:, 0] + hat.real[:, 1])
            two = second * (hat.real[:, 0] - hat.real[:, 1])
            along -= (h / 2) * np.stack([one + two, one - two], axis=1)
            across -= h * _larger(inside, rates.minus, rates.plus) * hat.imag
        found = (along + 1j * across) * unit
        if of.kappa:
            if of.depth > 1:
                turned = 2 * sqrt(h * of.kappa) * np.sqrt(_larger(inside, rates.m, rates.p))
                found *= np.exp(1j * (turned * normals[:, 4:]))
            found += sqrt(h * of.kappa) * (normals[:, :2] + 1j * normals[:, 2:4])
        return found, True

    def matrices(self, state: Complex) -> FloatArray:
        """Return W."""
        N = int(self.noise.depth)
        length = np.abs(state)
        rates = _rates(length, N)
        z, w = (state * (_larger(length[:, 0] >= length[:, 1], rates.plus, rates.minus) / N)).T
        return np.stack([(z + w).real, (w - z).imag, (z + w).imag, (z - w).real], axis=1).reshape(
            -1, 2, 2
        )


def _complex(W: FloatArray) -> Complex:
    z = W[:, 0, 0] + W[:, 1, 1] + 1j * (W[:, 1, 0] - W[:, 0, 1])
    w = W[:, 0, 0] - W[:, 1, 1] + 1j * (W[:, 1, 0] + W[:, 0, 1])
    return np.asarray(np.stack([z, w], axis=1) / 2, dtype=np.complex128)


def _units(both: Complex, length: FloatArray) -> Complex:
    """Return z / |z| and w / |w|, 1 at 0."""
    return np.where(length < _TINY, 1, both / np.maximum(length, _TINY))


def _rates(length: FloatArray, depth: int) -> Pair:
    return pair(length[:, 0] + length[:, 1], np.abs(length[:, 0] - length[:, 1]), depth)


def _powers(length: FloatArray, depth: int) -> tuple[FloatArray, FloatArray]:
    """Return sigma_i^{1 - 1/N}."""
    large, small = length[:, 0] + length[:, 1], np.abs(length[:, 0] - length[:, 1])
    return (large / depth) ** (depth - 1), (small / depth) ** (depth - 1)


def _larger(inside: NDArray[np.bool_], larger: FloatArray, smaller: FloatArray) -> FloatArray:
    """Return for z and w what belongs to the larger and to the smaller of them, (n, 2)."""
    found: FloatArray = np.where(
        inside[:, None],
        np.stack([larger, smaller], axis=1),
        np.stack([smaller, larger], axis=1),
    )
    return found
