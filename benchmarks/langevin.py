"""A step of Langevin's equation against one batched SVD of the same matrices, d = 2..8.

Each engine takes the same number of steps from the same matrices, energy, noise along and across
orbits included, random numbers too; ``numpy.linalg.svd`` decomposes them as often. CPU time of this
process, one BLAS thread; the calls alternate, and each is represented by its fastest round. Target:
1.5 for the engine power. Then the time that 10^4 runs of 2 x 2 matrices to 10^4 steps take, from a
hundredth of the steps; target: 180 s on two processors.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import time
from collections.abc import Callable

import numpy as np

from dlnproof.training import Completion, langevin

BATCHES = {2: 4096, 3: 1820, 4: 1024, 6: 455, 8: 256}
DEPTH, STEPS, ROUNDS, TARGET = 3, 256, 3, 1.5


def seconds(call: Callable[[], object]) -> float:
    """Return the CPU time of one call."""
    start = time.process_time()
    call()
    return time.process_time() - start


def main() -> None:
    """Print the ratios."""
    for d, batch in BATCHES.items():
        W = np.random.default_rng(d).standard_normal((batch, d, d))
        problem = Completion((d, d), {(i, i): 1 for i in range(d)})
        calls: dict[str, Callable[[], object]] = {
            "svd": lambda W=W: [np.linalg.svd(W) for _ in range(STEPS)],  # type: ignore[misc]
        }
        for engine in ("power", "euler", "factors"):
            calls[engine] = lambda W=W, problem=problem, engine=engine: langevin(  # type: ignore[misc]
                problem, DEPTH, W, steps=STEPS, step=1e-4, engine=engine
            )
        rounds = [{name: seconds(call) for name, call in calls.items()} for _ in range(ROUNDS)]
        best = {name: min(times[name] for times in rounds) for name in calls}
        ratios = ", ".join(
            f"{engine} {best[engine] / best['svd']:.2f}" for engine in ("power", "euler", "factors")
        )
        print(f"d = {d}, {batch:5,} runs: {ratios} times one svd; target {TARGET} for power")
    problem = Completion((2, 2), {(0, 0): 1, (1, 1): 1})
    taken = seconds(lambda: langevin(problem, DEPTH, runs=10_000, steps=100))
    print(f"10^4 runs to 10^4 steps: {100 * taken:.0f} s of one processor; target 360")


if __name__ == "__main__":
    main()
