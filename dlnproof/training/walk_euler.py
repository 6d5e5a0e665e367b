"""Langevin's equation in the entries of W as it is written down, by Euler's method, any depth."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from dlnproof.numeric.floats.arrays import FloatArray
from dlnproof.numeric.floats.drift import drift_values
from dlnproof.numeric.floats.kernels import eigenvalues
from dlnproof.numeric.floats.volume import entropy_potential
from dlnproof.training.noise import LARGEST, Noise


@dataclass(frozen=True)
class Euler:
    """Ends at det W = 0, where the drift has no limit (N >= 2). The state is W, (n, d, d)."""

    noise: Noise

    @property
    def normals(self) -> int:
        """How many standard normal numbers one step of one run takes."""
        return self.noise.width**2

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
        """Return the states one step later, and which kept the sign of det W."""
        of, q = self.noise, 1 / self.noise.depth
        U, sigma, Vt = np.linalg.svd(state)
        of_pairs = eigenvalues(sigma, q)
        M = np.zeros_like(state)
        diagonal = np.einsum("nii->ni", M)
        diagonal += of.step * of.kappa * drift_values(sigma, q)
        if of.vertical and q < 1:
            force = entropy_potential(q, of.width).gradient(sigma)
            diagonal += of.step * of.vertical * sigma ** (2 - 2 * q) * force
        if of.force:
            M -= of.step * of_pairs * (U.mT @ of.force(state) @ Vt.mT)
        hat = U.mT @ normals.reshape(state.shape) @ Vt.mT
        M += sqrt(2 * of.step * of.kappa) * np.sqrt(of_pairs) * hat
        found: FloatArray = state + U @ M @ Vt
        if q == 1:
            return found, True
        return found, np.linalg.slogdet(found).sign == np.linalg.slogdet(state).sign

    def matrices(self, state: FloatArray) -> FloatArray:
        """Return W."""
        return state
