"""What log_volume_density costs beyond numpy's singular values: 100,000 matrices, 4 x 4.

Prints, for several depths, time(log_volume_density) / time(numpy.linalg.svd) on the same batch.
The two alternate within one run, and each is represented by its fastest round.
"""

import math
import time
from collections.abc import Callable

import numpy as np

from dlnproof import log_volume_density

DEPTHS = (1, 2, 3, 10, 1000, 10**6, math.inf)
ROUNDS = 7


def seconds(call: Callable[[], object]) -> float:
    """Return how long one call takes."""
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def main() -> None:
    """Print the ratios."""
    W = np.random.default_rng(0).standard_normal((100_000, 4, 4))
    calls: dict[str, Callable[[], object]] = {
        "svd": lambda: np.linalg.svd(W, compute_uv=False),
        **{f"N = {N}": lambda N=N: log_volume_density(W, N) for N in DEPTHS},  # type: ignore[misc]
    }
    rounds = [{name: seconds(call) for name, call in calls.items()} for _ in range(ROUNDS)]
    best = {name: min(times[name] for times in rounds) for name in calls}
    print(f"numpy.linalg.svd without vectors, 100,000 matrices 4 x 4: {best['svd']:.3f} s")
    for name in list(calls)[1:]:
        print(f"log_volume_density, {name:<11} {best[name] / best['svd']:.3f} times the svd")


if __name__ == "__main__":
    main()
