"""The training experiments on which the hypotheses rest, each a function of plain settings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from dlnproof.depth import Depth
from dlnproof.training.completion import Completion
from dlnproof.training.descent import gradient_descent
from dlnproof.training.flow import gradient_flow
from dlnproof.training.initial import gaussian_matrices, network_factors
from dlnproof.training.runs import Runs
from dlnproof.training.stepping import Hook

NORMS: Final = Completion((2, 2), {(0, 1): 1, (1, 0): 1, (1, 1): 0})
"""w12 = w21 = 1 and w22 = 0 observed, w11 free (RC2020)."""

DIAGONAL: Final = Completion((2, 2), {(0, 0): 1, (1, 1): 1})
"""The unit diagonal observed: the minimisers of rank one are a hyperbola (CMV2023)."""


def flows(
    problem: Completion,
    depths: Sequence[Depth],
    *,
    scale: float | Sequence[float],
    runs: int,
    seed: int,
    stop_loss: float,
    at_loss: Sequence[float] = (),
    on_step: Hook | None = None,
) -> list[Runs]:
    """Follow the end-to-end flow from W(0) = scale x standard Gaussian entries, at each depth.

    ``scale`` is one number, or one for each depth. The Gaussian matrices are the same for all, and
    all are one batch. Returns the runs of each depth; ``on_step`` sees run k of the j-th depth as
    run j x runs + k.
    """
    scales = [scale] * len(depths) if isinstance(scale, float) else scale
    [unit] = gaussian_matrices(problem.shape, [runs], 1.0, seed)
    listed = [depth for depth in depths for _ in range(runs)]
    start = np.concatenate([size * unit for size in scales])
    done = gradient_flow(
        problem, listed, start, stop_loss=stop_loss, at_loss=at_loss, on_step=on_step
    )
    return [done.take(slice(k * runs, (k + 1) * runs)) for k in range(len(depths))]


def descents(
    problem: Completion,
    depth: int,
    *,
    lr: float,
    scale: float,
    runs: int,
    seed: int,
    stop_loss: float,
    at_loss: Sequence[float] = (),
) -> Runs:
    """Gradient descent from balanced factors of the same starts."""
    [W0] = gaussian_matrices(problem.shape, [runs], scale, seed)
    return gradient_descent(
        problem,
        network_factors(W0, depth),
        lr=lr,
        stop_loss=stop_loss,
        at_loss=at_loss,
        max_iterations=1_000_000,
    )
