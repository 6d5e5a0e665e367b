"""Make completion.npy: the end-to-end matrix of a small deep linear network that was trained.

A 4 x 4 matrix completion problem with the six entries below the diagonal observed (those of a
rank-one matrix), depth 3, balanced initialisation of scale 0.05, gradient descent until the loss
is below 1e-8. Run: python examples/make_completion.py
"""

from pathlib import Path

import numpy as np

from dlnproof import balanced_factors, product

DEPTH, WIDTH, RATE = 3, 4, 0.02


def train(seed: int) -> np.ndarray:
    """Return the end-to-end matrix after training from the given seed."""
    rng = np.random.default_rng(seed)
    target = np.outer([1.0, -0.5, 2.0, 1.5], [0.8, 1.2, -1.0, 0.4])
    observed = np.tril(np.ones((WIDTH, WIDTH)), -1)
    factors = balanced_factors(0.05 * rng.standard_normal((WIDTH, WIDTH)), DEPTH)
    while True:
        residual = observed * (product(factors) - target)
        if (residual**2).sum() / 2 < 1e-8:
            return np.asarray(product(factors))
        one = np.eye(WIDTH)
        gradients = [
            (product([*factors[j + 1 :]]) if j + 1 < DEPTH else one).T
            @ residual
            @ (product([*factors[:j]]) if j else one).T
            for j in range(DEPTH)
        ]
        factors = factors - RATE * np.array(gradients)


if __name__ == "__main__":
    np.save(Path(__file__).with_name("completion.npy"), train(seed=0))
