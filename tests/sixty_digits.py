"""The functions of the geometry at 60 digits, from the definitions, and their derivatives by
differences there, where no step is too small."""

from collections.abc import Callable
from itertools import combinations
from typing import Any

import mpmath
import numpy as np
from hypothesis import strategies as st

from dlnproof.depth import Depth
from dlnproof.numeric.floats.arrays import FloatArray

DEPTHS: list[Depth] = [1, 2, 3, 7, 60, float("inf")]
Scalar = Callable[[Any], Any]
"""A function of an mpmath matrix W."""


def orthogonal(d: int, rng: np.random.Generator) -> FloatArray:
    return np.linalg.qr(rng.standard_normal((d, d)))[0]


SPECTRA: dict[str, list[list[float]]] = {
    "simple": [[1.5], [3, 0.7], [3, 2, 0.7]],
    "coincident": [[2], [2, 2], [2, 2, 1]],
    "coincident below": [[0.5], [1, 1], [3, 0.5, 0.5]],
    "near": [[1], [1 + 1e-9, 1], [2, 1 + 2e-7, 1]],
    "nearer": [[1], [1 + 2e-15, 1], [2 + 4e-15, 2, 1]],
    "close": [[1], [1.05, 1], [1.06, 1.03, 1]],
    "all equal": [[7], [7, 7], [7, 7, 7]],
    "tiny": [[1e-5], [1, 1e-5], [1, 1e-4, 1e-4]],
    "small and large": [[1e8], [1e8, 1e6], [1e-6, 1e-6, 1e-8]],
}


def matrix(stratum: str, d: int, seed: int) -> FloatArray:
    """A matrix of a stratum; seed 0: diagonal (2I is among them)."""
    sigma, rng = np.array(SPECTRA[stratum][d - 1], dtype=float), np.random.default_rng(seed)
    if not seed:
        return np.diag(sigma)
    return np.asarray(orthogonal(d, rng) * sigma @ orthogonal(d, rng))


matrices = st.builds(matrix, st.sampled_from([*SPECTRA]), st.integers(1, 3), st.integers(0, 5))


def mean(a: Any, b: Any, N: Depth) -> Any:
    """lambda_il at two singular values: a sum over layers, at infinite depth a logarithmic mean."""
    if float("inf") == N:
        return a**2 if a == b else (a**2 - b**2) / (2 * mpmath.log(a / b))
    q = 2 / mpmath.mpf(N)
    if N > 10 and abs(a - b) > a / 10**30:  # a geometric sum
        return (a**2 - b**2) / (N * (a**q - b**q))
    return mpmath.fsum(a ** (q * (N - j)) * b ** (q * (j - 1)) for j in range(1, int(N) + 1)) / N


class Frame:
    """The SVD of an mpmath matrix, and lambda_il."""

    def __init__(self, W: Any, N: Depth) -> None:
        self.U, s, self.Vt = mpmath.svd_r(W)
        self.s = list(s)
        self.eigenvalues = [[mean(a, b, N) for b in self.s] for a in self.s]

    def power(self, Z: Any, p: Any) -> Any:
        """A^p(Z)."""
        hat = self.U.T * Z * self.Vt.T
        for i, l in np.ndindex(len(self.s), len(self.s)):
            hat[i, l] *= self.eigenvalues[i][l] ** p
        return self.U * hat * self.Vt

    def density(self) -> Any:
        """Log sqrt(det g^N)."""
        return -mpmath.fsum(mpmath.log(x) for row in self.eigenvalues for x in row) / 2

    def entropy(self) -> Any:
        """Log vol(O_W), but for what depends on N alone."""
        places = combinations(range(len(self.s)), 2)
        return mpmath.fsum(mpmath.log(self.eigenvalues[i][l]) for i, l in places) / 2

    def effective_rank(self) -> Any:
        """Exp of the entropy of the shares."""
        p = [x / mpmath.fsum(self.s) for x in self.s]
        return mpmath.exp(-mpmath.fsum(x * mpmath.log(x) for x in p))


def exact(A: FloatArray) -> Any:
    return mpmath.matrix(np.asarray(A).tolist())


def paired(A: Any, B: Any) -> Any:
    """Tr(A^T B)."""
    return mpmath.fsum(a * b for a, b in zip(A, B, strict=True))


def gradient(f: Scalar, W: FloatArray) -> FloatArray:
    """The gradient of f at W, right to far more than float64."""
    found = np.zeros_like(W)
    with mpmath.workdps(60):
        step = mpmath.mpf(10) ** -20 * mpmath.mpf(float(np.linalg.svd(W)[1][-1]))
        for i, l in np.ndindex(*W.shape):
            up, down = exact(W), exact(W)
            up[i, l] += step
            down[i, l] -= step
            found[i, l] = float((f(up) - f(down)) / (2 * step))
    return found


def second(f: Scalar, W: FloatArray, H: FloatArray, K: FloatArray) -> float:
    """The second derivative of f at W along H and K."""
    with mpmath.workdps(60):
        step = mpmath.mpf(10) ** -13 * mpmath.mpf(float(np.linalg.svd(W)[1][-1]))
        base, along, across = exact(W), step * exact(H), step * exact(K)
        corners = f(base + along + across) - f(base + along - across)
        corners += f(base - along - across) - f(base - along + across)
        return float(corners / (4 * step**2))
