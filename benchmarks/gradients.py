"""What the volume density and its gradient cost beyond numpy's singular values, d = 2..20.

Prints, for batches of thousands of matrices, time(log_volume_density) over that of
``numpy.linalg.svd`` without vectors, and time(value and gradient together) over that of a full one.
The calls alternate within one run, and each is represented by its fastest round. Targets: 1.3 and,
from d = 4 on, 1.15; 1.3 for value and gradient.
"""

import time
from collections.abc import Callable

import numpy as np

from dlnproof import log_volume_density, log_volume_density_gradient

BATCHES = {2: 40_000, 3: 20_000, 4: 20_000, 6: 8_000, 8: 5_000, 12: 3_000, 20: 1_000}
DEPTH = 3
ROUNDS = 7


def seconds(call: Callable[[], object]) -> float:
    """Return the CPU time of one call: set OPENBLAS_NUM_THREADS=1."""
    start = time.process_time()
    call()
    return time.process_time() - start


def main() -> None:
    """Print the ratios."""
    for d, batch in BATCHES.items():
        W = np.random.default_rng(d).standard_normal((batch, d, d))
        calls: dict[str, Callable[[], object]] = {
            "values": lambda W=W: np.linalg.svd(W, compute_uv=False),  # type: ignore[misc]
            "svd": lambda W=W: np.linalg.svd(W),  # type: ignore[misc]
            "density": lambda W=W: log_volume_density(W, DEPTH),  # type: ignore[misc]
            "both": lambda W=W: log_volume_density_gradient(W, DEPTH, return_value=True),  # type: ignore[misc]
        }
        rounds = [{name: seconds(call) for name, call in calls.items()} for _ in range(ROUNDS)]
        best = {name: min(times[name] for times in rounds) for name in calls}
        density, both = best["density"] / best["values"], best["both"] / best["svd"]
        print(f"d = {d:2}, {batch:6,} matrices: density {density:.2f} times the singular values,")
        print(f"{'':24}with its gradient {both:.2f} times the svd")


if __name__ == "__main__":
    main()
