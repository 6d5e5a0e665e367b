"""Deep matrix factorization: what depth adds to completion of a matrix of low rank.

The experiment of Arora, Cohen, Hu and Luo, "Implicit Regularization in Deep Matrix Factorization"
(NeurIPS 2019): T is 100 x 100, of rank 5, with |T|_F = 100; some thousand of its entries are
observed, at random, without noise. Gradient descent on Gaussian factors of every depth starts near
zero and ends where the mean squared error of the observed entries is 1e-6. The test error is that
of the others. As in the paper, factors have full width, their entries W_j(0) the variance
scale^(2/N) / 100. The paper's loss is the mean over the observed entries, ours half the sum; its
optimizer adapts the step, ours does not: it is 2 / (N s^(2 - 2/N)), where s is the largest singular
value of the observed entries, zero elsewhere, over their share.

Run: python examples/deep_matrix_factorization.py (three minutes; --help for smaller sizes)
"""

from __future__ import annotations

import argparse

import numpy as np

import dlnproof
from dlnproof.training import Completion, Runs, train

LEVELS = (1e-1, 1e-2, 1e-4, 1e-6)
"""Mean squared errors of the observed entries, at which the effective rank is shown."""


def problem_of(size: int, rank: int, observed: int, seed: int) -> Completion:
    """Return T with some of its entries observed."""
    rng = np.random.default_rng(seed)
    T = rng.standard_normal((size, rank)) @ rng.standard_normal((rank, size))
    T *= size / np.linalg.norm(T)
    seen = np.zeros(size * size, dtype=bool)
    seen[rng.permutation(size * size)[:observed]] = True
    return Completion.from_dense(T, seen.reshape(size, size), truth=T)


def step_of(problem: Completion, depth: int) -> float:
    """Return a step of descent at which it converges."""
    seen = np.where(problem.unobserved, 0.0, problem.truth)
    share = 1 - problem.unobserved.mean()
    s = np.linalg.norm(seen, 2) / share
    return float(2 / (depth * s ** (2 - 2 / depth)))


def trained(problem: Completion, depth: int, scale: float, runs: int, steps: int) -> Runs:
    """Descend from Gaussian factors."""
    half = problem.observations / 2  # the loss is so many times the mean squared error
    return train(
        problem,
        depth=depth,
        runs=runs,
        scale=scale,
        method="descent",
        init="gaussian",
        lr=step_of(problem, depth),
        stop_loss=half * LEVELS[-1],
        at_loss=[half * level for level in LEVELS],
        max_steps=steps,
    )


def main() -> None:
    """Print a line for each depth and scale: medians over the runs."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--size", type=int, default=100)
    parser.add_argument("--rank", type=int, default=5)
    parser.add_argument("--observed", type=int, default=2000)
    parser.add_argument("--depths", type=int, nargs="+", default=[2, 3, 4])
    parser.add_argument("--scales", type=float, nargs="+", default=[1e-3, 1e-6])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--steps", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=0, help="what T and its entries are drawn from")
    given = parser.parse_args()
    problem = problem_of(given.size, given.rank, given.observed, given.seed)
    rank = dlnproof.effective_rank(problem.truth)
    print(
        f"{given.size} x {given.size} of rank {given.rank} (effective rank {rank:.2f}), "
        f"{problem.observations} entries observed, {given.runs} runs each"
    )
    along = "  ".join(f"{level:7.0e}" for level in LEVELS)
    print("                                     effective rank, where the error observed is")
    print(f"depth   scale    steps  test error   {along}")
    for scale in given.scales:
        for depth in given.depths:
            runs = trained(problem, depth, scale, given.runs, given.steps)
            test = np.median(runs.errors["error_unobserved"]) * 2  # the mean, not its half
            steps = int(np.median(runs.steps))
            shown = "  ".join(f"{_rank(runs, k):7.2f}" for k in range(len(LEVELS)))
            print(f"{depth:5}  {scale:6.0e}  {steps:7}  {test:10.2e}   {shown}")


def _rank(runs: Runs, level: int) -> float:
    """Return the median effective rank at a level, NaN where no run came down to it."""
    W = runs.W_at[:, level]
    there = W[np.isfinite(W).all(axis=(1, 2))]
    return float(np.median(dlnproof.effective_rank(there))) if len(there) else float("nan")


if __name__ == "__main__":
    main()
