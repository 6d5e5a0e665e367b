"""The end-to-end flow: per curve against gradient descent, and batches up to 50,000 runs.

1. norm-divergence (w12 = w21 = 1, w22 = 0 observed, w11 free), depth 4, det W(0) > 0, loss 1e-4:
   CPU time per curve of gradient_flow in batches of 500, against one curve of gradient descent on
   the balanced factors of the same W(0) by a plain numpy loop, run to the end. Its step size is
   near the largest that is stable (2 / (4 lambda_12) = 0.0034 at the end). Prints the ratio.
2. Diagonal completion, 2 x 2 and 3 x 3, five depths of 500 runs, W(0) = 1e-3 Gaussian, to 1e-12.
3. The same problems with up to 50,000 runs: time per run.
4. Wide matrices: the stiff method's step up to where it ends, and the explicit one's up to
   100 x 100, to loss 1e-3.

All in one process and one thread; CPU time.
"""

import math
import time

import numpy as np

from dlnproof import balanced_factors
from dlnproof.numeric.floats.arrays import FloatArray
from dlnproof.training.completion import Completion
from dlnproof.training.flow import gradient_flow
from dlnproof.training.runs import Runs

NORM = Completion((2, 2), {(0, 1): 1, (1, 0): 1, (1, 1): 0})
DEPTH = 4
LR = 2e-3
LOSS = 1e-4
CURVES = 500


def gaussian(n: int, d: int, scale: float) -> FloatArray:
    """Return n starting points."""
    return scale * np.random.default_rng(0).standard_normal((n, d, d))


def descend(W0: FloatArray, lr: float, stop_loss: float) -> tuple[int, FloatArray]:
    """Descend on the factors by the textbook loop; return the iterations taken and W."""
    factors = list(balanced_factors(W0, DEPTH))
    one = np.eye(len(W0))
    rows, columns = NORM.indices
    target, G = NORM.values, np.zeros_like(W0)
    iterations = 0
    while True:
        right = [one]  # W_{j-1} .. W_1
        for factor in factors:
            right.append(factor @ right[-1])
        residual = right[-1][rows, columns] - target
        if residual @ residual / 2 <= stop_loss:
            return iterations, right[-1]
        G[rows, columns] = residual
        left = G  # (W_N .. W_{j+1})^T G
        for j in range(DEPTH - 1, -1, -1):
            slope = left @ right[j].T
            left = factors[j].T @ left
            factors[j] = factors[j] - lr * slope
        iterations += 1


def flow(
    problem: Completion, depth: object, W0: FloatArray, stop_loss: float
) -> tuple[float, Runs]:
    """Return the CPU time and the runs."""
    start = time.process_time()
    runs = gradient_flow(problem, depth, W0, stop_loss=stop_loss)  # type: ignore[arg-type]
    seconds = time.process_time() - start
    if not runs.reached.all():
        raise SystemExit(f"expected every run to reach {stop_loss:g}: {set(runs.ending)}")
    return seconds, runs


def curves() -> None:
    """Print the flow's time per curve, the descent's, and their ratio."""
    W0 = gaussian(CURVES, 2, 1e-3)
    W0[np.linalg.det(W0) < 0, 0] *= -1
    flow(NORM, DEPTH, W0[:10], LOSS)
    before, runs = flow(NORM, DEPTH, W0, LOSS)
    start = time.process_time()
    iterations, W = descend(W0[0], LR, LOSS)
    descent = time.process_time() - start
    after, runs = flow(NORM, DEPTH, W0, LOSS)
    curve = min(before, after) / CURVES
    print(f"norm-divergence, depth {DEPTH}, to loss {LOSS:g}")
    print(f"  flow, {CURVES} curves at once     {1e3 * curve:10.2f} ms a curve")
    print(f"  its steps (mean)            {runs.steps.mean():10.0f}")
    print(f"  descent, lr = {LR:g}, a curve {descent:10.1f} s")
    print(
        f"  its iterations              {iterations:10d}, {1e6 * descent / iterations:.1f} us each"
    )
    print(f"  N lr iterations / t         {DEPTH * LR * iterations / runs.time[0]:10.3f}")
    print(f"  w11, descent and flow       {W[0, 0]:10.3f} {runs.W[0, 0, 0]:.3f}")
    print(f"  ratio per curve             {descent / curve:10.0f}")


def batches() -> None:
    """Print the times of the diagonal completion problems, by depth and by size."""
    for d, depths in ((2, (2, 5, 10, 20, math.inf)), (3, (2, 3, 5, 10, math.inf))):
        problem = Completion((d, d), {(i, i): 1 for i in range(d)})
        print(f"{d} x {d} diagonal completion, scale 1e-3, to loss 1e-12")
        W0 = gaussian(500, d, 1e-3)
        total = 0.0
        for N in depths:
            seconds, runs = flow(problem, N, W0, 1e-12)
            total += seconds
            print(f"  depth {N:<4} 500 runs {seconds:6.2f} s, {runs.steps.mean():4.0f} steps a run")
        mixed = [N for N in depths for _ in W0]
        seconds, _ = flow(problem, mixed, np.concatenate([W0] * len(depths)), 1e-12)
        print(f"  one depth after another     {total:6.2f} s")
        print(f"  all depths in one batch     {seconds:6.2f} s")
        for n in (500, 5_000, 50_000):
            seconds, _ = flow(problem, 5, gaussian(n, d, 1e-3), 1e-12)
            print(f"  depth 5, {n:6d} runs {seconds:8.2f} s, {1e3 * seconds / n:.3f} ms a run")


def widths() -> None:
    """Print what a step costs, and a run, by width and engine."""
    print("half of the entries of a matrix of rank 2 observed, depth 3, one run to loss 1e-3")
    for d, engine in [(d, e) for d in (8, 12, 20) for e in ("stiff", "explicit")] + [
        (50, "explicit"),
        (100, "explicit"),
    ]:
        rng = np.random.default_rng(0)
        T = rng.standard_normal((d, 2)) @ rng.standard_normal((2, d))
        chosen = rng.choice(d * d, d * d // 2, replace=False)
        entries = {(int(k // d), int(k % d)): T[k // d, k % d] for k in chosen}
        problem, W0 = Completion((d, d), entries), gaussian(1, d, 0.1)
        start = time.process_time()
        runs = gradient_flow(problem, 3, W0, stop_loss=1e-3, engine=engine)
        seconds, steps = time.process_time() - start, int(runs.steps[0])
        print(
            f"  {d:4} {engine:8} {1e3 * seconds / steps:8.2f} ms a step, {steps:5} steps, "
            f"{seconds:7.2f} s, {runs.ending[0]}"
        )


if __name__ == "__main__":
    curves()
    batches()
    widths()
