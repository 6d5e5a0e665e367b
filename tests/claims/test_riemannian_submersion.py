"""The claim riemannian-submersion: the normalisation, and the tangent space at every rank."""

from collections.abc import Callable
from fractions import Fraction
from itertools import combinations, pairwise
from math import prod
from typing import Any

import numpy as np
import pytest

from dlnproof import metric_matrix
from dlnproof.numeric.floats.arrays import FloatArray

ID = "riemannian-submersion"

# --- as printed -----------------------------------------------------------------------------------


def test_with_the_mean_normalisation_the_metric_is_n_times_too_large(
    refuted: Callable[[str, str], Any],
) -> None:
    found = refuted(ID, "theorem-13")
    assert found.d == 1
    depth, [t] = found.N, found.t
    w = [after.item() * t * before.item() for before, after in pairwise(found.Q)]
    assert [a * a for a in w] == [t * t] * depth
    # dphi(x) = <g, x> with g_j the product of the others: |the shortest x with dphi(x) = 1|^2
    others = [prod((*w[:j], *w[j + 1 :]), start=Fraction(1)) for j in range(depth)]
    shortest = 1 / sum((g * g for g in others), Fraction(0))
    assert found.left == shortest
    assert found.right == depth * shortest


# --- independently, in floats ---------------------------------------------------------------------


class Network:
    """Balanced factors of random frames, their tangent vectors, and the derivative of phi."""

    def __init__(self, depth: int, sigma: tuple[float, ...]) -> None:
        rng = np.random.default_rng(depth * 10 + len(sigma))
        self.depth, self.d = depth, len(sigma)
        self.roots = np.array(sigma) ** (1 / depth)
        self.rank = sum(s > 0 for s in sigma)
        self.Q = [np.linalg.qr(rng.normal(size=(self.d, self.d)))[0] for _ in range(self.depth + 1)]
        self.factors = [
            after @ np.diag(self.roots) @ before.T for before, after in pairwise(self.Q)
        ]

    def multiplied(self, start: int, end: int) -> FloatArray:
        W = np.eye(self.d)
        for factor in self.factors[start:end]:
            W = factor @ W
        return W

    def tangents(self) -> FloatArray:
        """An orthonormal basis of the tangent space of the balanced factors of rank r."""
        d, zero = self.d, np.zeros((self.d, self.d))
        Lambda, rows = np.diag(self.roots), []

        def moved(stretch: FloatArray, turns: dict[int, FloatArray]) -> FloatArray:
            return np.concatenate(
                [
                    (
                        self.Q[j + 1]
                        @ (turns.get(j + 1, zero) @ Lambda + stretch - Lambda @ turns.get(j, zero))
                        @ self.Q[j].T
                    ).ravel()
                    for j in range(self.depth)
                ]
            )

        for k in range(self.rank):
            rows.append(moved(np.diag(np.eye(d)[k]), {}))
        for i, l in combinations(range(d), 2):
            # values that coincide may part in any direction: a symmetric stretch
            if l < self.rank:
                stretch = np.zeros((d, d))
                stretch[i, l] = stretch[l, i] = 1
                rows.append(moved(stretch, {}))
            skew = np.zeros((d, d))
            skew[i, l], skew[l, i] = 1, -1
            rows += [moved(zero, {j: skew}) for j in range(self.depth + 1)]
        _, s, V = np.linalg.svd(np.array(rows), full_matrices=False)
        return np.asarray(V[s > 1e-9])

    def dphi(self, vector: FloatArray) -> FloatArray:
        moves = vector.reshape(self.depth, self.d, self.d)
        total: FloatArray = sum(
            (
                self.multiplied(j + 1, self.depth) @ X @ self.multiplied(0, j)
                for j, X in enumerate(moves)
            ),
            np.zeros((self.d, self.d)),
        )
        return total


def eigenvalue(network: Network, i: int, l: int) -> float:
    a, b = network.roots[i] ** 2, network.roots[l] ** 2
    N = network.depth
    return float(sum(a ** (N - j) * b ** (j - 1) for j in range(1, N + 1)))


SPECTRA = [
    (2.0, 1.3, 0.6),
    (1.4, 1.4, 0.5),
    (1.5, 0.8, 0.0),
    (1.2, 1.2, 0.0),
    (1.3, 0.0, 0.0),
    (1.1, 0.0),
]


@pytest.mark.parametrize("sigma", SPECTRA)
@pytest.mark.parametrize("depth", [1, 2, 3, 4])
def test_on_the_tangent_space_it_is_n_times_the_operator(
    depth: int, sigma: tuple[float, ...]
) -> None:
    """dphi dphi^* with dphi restricted to the balanced factors of rank r, not to all factors."""
    network = Network(depth, sigma)
    d, r = network.d, network.rank
    basis = network.tangents()
    frames = depth * (r * (r - 1) // 2 + r * (d - r)) + r * (d - r)
    assert len(basis) == r * (r + 1) // 2 + frames
    images = np.array([(network.Q[-1].T @ network.dphi(v) @ network.Q[0]).ravel() for v in basis])
    expected = [
        eigenvalue(network, i, l) if min(i, l) < r else 0.0 for i in range(d) for l in range(d)
    ]
    assert np.allclose(images.T @ images, np.diag(expected), atol=1e-9)


@pytest.mark.parametrize("sigma", SPECTRA)
@pytest.mark.parametrize("depth", [2, 3, 4])
def test_the_eigenvalues_where_one_or_both_values_vanish(
    depth: int, sigma: tuple[float, ...]
) -> None:
    network = Network(depth, sigma)
    for i, l in combinations(range(network.d), 2):
        if l >= network.rank:
            expected = sigma[i] ** (2 - 2 / depth) if i < network.rank else 0.0
            assert eigenvalue(network, i, l) == pytest.approx(expected)


@pytest.mark.parametrize("depth", [1, 2, 3, 4])
def test_the_metric_is_exactly_n_times_that_of_the_submersion(depth: int) -> None:
    network = Network(depth, (2.0, 1.3, 0.6))
    basis = network.tangents()
    images = np.array([network.dphi(v).T.ravel() for v in basis]).T  # column-major
    lifts = np.linalg.pinv(images)
    W = network.multiplied(0, depth)
    assert np.allclose(metric_matrix(W, depth), depth * lifts.T @ lifts, atol=1e-9)
