"""Langevin's step of d x d matrices at finite depth, in R = N U Sigma^{1/N} V^T.

In these coordinates the volume of g^N is Lebesgue's measure, up to a constant (claim power-map),
and the Laplacian that of R's entries and of rotations (:mod:`dlnproof.training.pair_noise`): a step
rotates by random angles, adds a Gaussian matrix, and the singular values of R have, with neither
energy nor entropy, the law of a Gaussian matrix walk exactly, however long the step.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import combinations
from math import sqrt
from typing import Literal

import numpy as np
from numpy.typing import NDArray

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

    @property
    def bound(self) -> float:
        """Beyond which a state is that of a W that has diverged."""
        return self.noise.largest_root

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
        first, second = np.triu_indices(d, 1)
        rates = pair(values[first], values[second], self._depth)
        M, every = np.zeros((d, d, len(s))), np.arange(d)
        M[every, every] = values
        if of.vertical:
            for k, (i, l) in enumerate(zip(first, second, strict=True)):
                M[i, i] += of.step * of.vertical * rates.push_large[k]
                M[l, l] += of.step * of.vertical * rates.push_small[k]
        if of.force:
            hat = U.mT @ of.force(power_map_of(U, s, Vt, self._depth)) @ Vt.mT
            self._pull(M, np.ascontiguousarray(np.moveaxis(hat, 0, -1)), values, rates)
        if of.kappa and self._depth > 1:
            size = 2 * sqrt(of.step * of.kappa)
            angles = np.ascontiguousarray(normals[:, d * d :].T)
            together = size * np.sqrt(rates.p) * angles[: len(first)]
            against = size * np.sqrt(rates.m) * angles[len(first) :]
            for which in apart(d):
                ends = first[which], second[which]
                _turn(M, *ends, (together[which] + against[which]) / 2)
                _turn(M.swapaxes(0, 1), *ends, (together[which] - against[which]) / 2)
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
        h, N, every = self.noise.step, self._depth, np.arange(self.noise.width)
        first, second = np.triu_indices(self.noise.width, 1)
        M[every, every] -= h * (values / N) ** (N - 1) * hat[every, every]
        one, other = hat[first, second], hat[second, first]
        even, odd = h / 2 * rates.plus * (one + other), h / 2 * rates.minus * (one - other)
        M[first, second] -= even + odd
        M[second, first] -= even - odd


@cache
def apart(width: int) -> list[NDArray[np.int64]]:
    """Return the pairs i < l, numbered as by ``triu_indices``, in groups of pairs without a common
    member: what is done to a group is done at once.

    >>> [group.tolist() for group in apart(4)]
    [[0, 5], [1, 4], [2, 3]]
    """
    left = list(enumerate(combinations(range(width), 2)))
    groups = []
    while left:
        group: list[int] = []
        taken: set[int] = set()
        for number, ends in left:
            if not taken.intersection(ends):
                group.append(number)
                taken.update(ends)
        left = [one for one in left if one[0] not in group]
        groups.append(np.array(group))
    return groups


def power_map_of(U: FloatArray, s: FloatArray, Vt: FloatArray, depth: int) -> FloatArray:
    """Return W of R = U diag(s) V^T."""
    found: FloatArray = (U * ((s / depth) ** depth)[:, None, :]) @ Vt
    return found


def _turn(M: FloatArray, i: NDArray[np.int64], l: NDArray[np.int64], angle: FloatArray) -> None:
    """Rotate rows i and l of pairs without a common member, by 2 arctan(angle / 2), (pairs, n).

    For a random angle that is as good to the order of the step.
    """
    half = angle[:, None] / 2
    square = half * half
    cosine, sine = (1 - square) / (1 + square), 2 * half / (1 + square)
    row, other = M[i], M[l]
    M[i], M[l] = cosine * row + sine * other, cosine * other - sine * row
