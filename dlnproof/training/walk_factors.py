"""Langevin's step upstairs: on balanced factors, where no formula for drift or entropy is needed.

A step is a random direction Z tangent to the balanced manifold, and W' = (W_N + Z_N)...(W_1 + Z_1).
Going back to the manifold along its normals, which are directions in the kernel of dphi, would
change W' by O(Z^3); so for functions f of W the mean of f(W') is f + h L f + O(h^2) with the traces
of the Hessian on the manifold in L: that of the horizontal part is Delta_g, that of the vertical
part, along orbits on which f is constant, is what curved orbits add, <grad S, grad f>. Orthogonal
matrices between the factors are isometries, and any balanced factors of W' serve for the next step.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import sqrt
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from dlnproof.numeric.floats.arrays import FloatArray
from dlnproof.training.noise import LARGEST, Noise


@dataclass(frozen=True)
class Factors:
    """Ends at det W = 0 (N >= 2). The state is W, (n, d, d): each step makes its factors."""

    noise: Noise

    @property
    def normals(self) -> int:
        """How many standard normal numbers one step of one run takes."""
        d = self.noise.width
        return d * d + (int(self.noise.depth) - 1) * d * (d - 1) // 2

    @property
    def bound(self) -> float:
        """Beyond which a state is that of a W that has diverged."""
        return LARGEST

    def start(self, W: FloatArray) -> FloatArray:
        """Return the states at W."""
        return W

    def step(
        self, state: FloatArray, normals: FloatArray
    ) -> tuple[FloatArray, NDArray[np.bool_] | Literal[True]]:
        """Return the states one step later, and which kept the signs of all det W_j.

        At det W = 0 those of all factors change together, and that of an even number is not seen.
        """
        of, d, N = self.noise, self.noise.width, int(self.noise.depth)
        U, sigma, Vt = np.linalg.svd(state)
        root = sigma ** (1 / N)
        j = np.arange(1, N + 1)[:, None, None]
        ahead, behind = root ** (N - j), root ** (j - 1)  # (N, n, d)
        lift = ahead[..., :, None] * behind[..., None, :]
        lengths = np.sqrt((lift * lift).sum(axis=0))
        across = normals[:, : d * d].reshape(-1, d, d)
        H = sqrt(2 * of.step * of.kappa / N) * across / lengths
        if of.force:
            H -= of.step / N * (U.mT @ of.force(state) @ Vt.mT)
        layers = lift * H
        layers += root[:, :, None] * np.eye(d)
        if of.vertical and N > 1:
            along = sqrt(2 * of.step * of.vertical / N) * normals[:, d * d :]
            for k, (i, l) in enumerate(combinations(range(d), 2)):
                mine = along[:, k * (N - 1) : (k + 1) * (N - 1)]
                _along_orbit(layers, i, l, root, mine)
        product = layers[0]
        for layer in layers[1:]:
            product = layer @ product
        found: FloatArray = U @ product @ Vt
        return found, N == 1 or (np.linalg.slogdet(layers).sign > 0).all(axis=0)

    def matrices(self, state: FloatArray) -> FloatArray:
        """Return W."""
        return state


def _along_orbit(layers: FloatArray, i: int, l: int, root: FloatArray, normals: FloatArray) -> None:
    """Add a_j Lambda - Lambda a_{j-1} in the entries (i, l), (l, i), Gaussian of unit covariance.

    The a_j are combined of sines, orthogonal for these directions (claim jacobi-basis).
    """
    N = len(layers)
    k = np.arange(1, N)
    x, y = root[:, i, None], root[:, l, None]
    lengths = 2 * (x * x + y * y - 2 * x * y * np.cos(k * np.pi / N))
    sines = sqrt(2 / N) * np.sin(np.outer(k, k) * np.pi / N)
    a = np.zeros((N + 1, len(root)))
    for mode in range(N - 1):  # one after another: a product of matrices might mix the runs' bits
        a[1:N] += sines[mode][:, None] * (normals[:, mode] / np.sqrt(lengths[:, mode]))
    x, y = root[:, i], root[:, l]
    layers[:, :, i, l] += a[1:] * y - x * a[:-1]
    layers[:, :, l, i] += y * a[:-1] - a[1:] * x
