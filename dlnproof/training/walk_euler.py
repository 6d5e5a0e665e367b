"""Langevin's equation in the entries of W as it is written down, by Euler's method, any depth."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod, sqrt
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from dlnproof.numeric.floats.arrays import FloatArray
from dlnproof.numeric.floats.drift import drift_values
from dlnproof.numeric.floats.frame import Frame
from dlnproof.numeric.floats.kernels import edge_eigenvalues, eigenvalues
from dlnproof.numeric.floats.volume import entropy_potential
from dlnproof.training.noise import LARGEST, Noise


@dataclass(frozen=True)
class Euler:
    """Ends at det W = 0, where the drift has no limit (N >= 2). The state is W, (n, d, d').

    Of rectangular W that is no surface, and no path is stopped there.
    """

    noise: Noise

    @property
    def normals(self) -> int:
        """How many standard normal numbers one step of one run takes."""
        return prod(self.noise.shape)

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
        U, sigma, Vt = np.linalg.svd(state, full_matrices=False)
        frame = Frame(U, sigma, Vt, eigenvalues(sigma, q), edge_eigenvalues(sigma, q))
        size = sqrt(2 * of.step * of.kappa)
        lengths = size * np.sqrt(frame.eigenvalues), size * np.sqrt(frame.edges)
        move = frame.times(*lengths, frame.coordinates(normals.reshape(state.shape)))
        diagonal = np.einsum("nii->ni", move.inner)
        diagonal += of.step * of.kappa * drift_values(sigma, q)
        if of.vertical and q < 1:
            force = entropy_potential(q, of.width).gradient(sigma)
            diagonal += of.step * of.vertical * sigma ** (2 - 2 * q) * force
        found: FloatArray = state + frame.assembled(move)
        if of.force:
            pull = frame.coordinates(of.force(state))
            found -= of.step * frame.assembled(frame.times(frame.eigenvalues, frame.edges, pull))
        if q == 1 or frame.shape[0] != frame.shape[1]:
            return found, True
        return found, np.linalg.slogdet(found).sign == np.linalg.slogdet(state).sign

    def matrices(self, state: FloatArray) -> FloatArray:
        """Return W."""
        return state
