"""Langevin's step of d x d matrices at finite depth, in R = N U Sigma^{1/N} V^T.

In these coordinates the volume of g^N is Lebesgue's measure, up to a constant (claim power-map),
and the Laplacian that of R's entries and of rotations (:mod:`dlnproof.training.pair_noise`): a step
rotates by random angles, adds a Gaussian matrix, and the singular values of R have, with neither
energy nor entropy, the law of a Gaussian matrix walk exactly, however long the step.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import sqrt
from typing import Literal

import numpy as np

from dlnproof.numeric.floats.arrays import FloatArray
from dlnproof.numeric.floats.sampling import power_map
from dlnproof.training.frames import rows
from dlnproof.training.noise import Noise
from dlnproof.training.pair_noise import Pair, pair


@dataclass(frozen=True)
class Power:
    """Walks through det W = 0 with no flux there. The state is R, (n, d, d)."""

    noise: Noise

    @property
    def normals(self) -> int:
        """How many standard normal numbers one step of one run takes."""
        return self.noise.width * (2 * self.noise.width - 1)

    def start(self, W: FloatArray) -> FloatArray:
        """Return the states at W."""
        U, sigma, Vt = np.linalg.svd(W)
        found: FloatArray = (U * (self._depth * sigma ** (1 / self._depth))[:, None, :]) @ Vt
        return found

    def step(self, state: FloatArray, normals: FloatArray) -> tuple[FloatArray, Literal[True]]:
        """Return the states one step later: all of them."""
        of, d = self.noise, self.noise.width
        U, s, Vt = np.linalg.svd(state)
        values = np.ascontiguousarray(s.T)
        pairs = list(combinations(range(d), 2))
        first, second = np.triu_indices(d, 1)
        rates = pair(values[first], values[second], self._depth)
        M = np.zeros((d, d, len(s)))
        for i in range(d):
            M[i, i] = values[i]
        if of.vertical:
            for k, (i, l) in enumerate(pairs):
                M[i, i] += of.step * of.vertical * rates.push_large[k]
                M[l, l] += of.step * of.vertical * rates.push_small[k]
        if of.force:
            hat = U.mT @ of.force(power_map_of(U, s, Vt, self._depth)) @ Vt.mT
            self._pull(M, np.ascontiguousarray(np.moveaxis(hat, 0, -1)), values, rates)
        if of.kappa and self._depth > 1:
            size = 2 * sqrt(of.step * of.kappa)
            angles = np.ascontiguousarray(normals[:, d * d :].T)
            together = size * np.sqrt(rates.p) * angles[: len(pairs)]
            against = size * np.sqrt(rates.m) * angles[len(pairs) :]
            for k, (i, l) in enumerate(pairs):
                _turn(M, i, l, (together[k] + against[k]) / 2)
                _turn(M.swapaxes(0, 1), i, l, (together[k] - against[k]) / 2)
        found: FloatArray = U @ rows(M) @ Vt
        if of.kappa:
            found += sqrt(2 * of.step * of.kappa) * normals[:, : d * d].reshape(-1, d, d)
        return found, True

    def matrices(self, state: FloatArray) -> FloatArray:
        """Return W."""
        return power_map(state / self._depth, self._depth)

    @property
    def _depth(self) -> int:
        return int(self.noise.depth)

    def _pull(self, M: FloatArray, hat: FloatArray, values: FloatArray, rates: Pair) -> None:
        """Move M by -A(grad E), from beta grad E in the frames."""
        h, d = self.noise.step, self.noise.width
        for i in range(d):
            M[i, i] -= h * (values[i] / self._depth) ** (self._depth - 1) * hat[i, i]
        for k, (i, l) in enumerate(combinations(range(d), 2)):
            even = rates.plus[k] * (hat[i, l] + hat[l, i]) / 2
            odd = rates.minus[k] * (hat[i, l] - hat[l, i]) / 2
            M[i, l] -= h * (even + odd)
            M[l, i] -= h * (even - odd)


def power_map_of(U: FloatArray, s: FloatArray, Vt: FloatArray, depth: int) -> FloatArray:
    """Return W of R = U diag(s) V^T."""
    found: FloatArray = (U * ((s / depth) ** depth)[:, None, :]) @ Vt
    return found


def _turn(M: FloatArray, i: int, l: int, angle: FloatArray) -> None:
    """Rotate the rows i and l."""
    cosine, sine = np.cos(angle), np.sin(angle)
    row, other = M[i].copy(), M[l].copy()
    M[i], M[l] = cosine * row + sine * other, cosine * other - sine * row
