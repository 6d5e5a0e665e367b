"""The default grid of `dlnproof check`: time on one and on two processes, in one run.

Run: python benchmarks/check_grid.py
"""

import time

import dlnproof


def seconds(jobs: int) -> float:
    """Return how long the default check takes."""
    start = time.perf_counter()
    record = dlnproof.check(jobs=jobs)
    assert record.holds
    return time.perf_counter() - start


if __name__ == "__main__":
    one, two = seconds(1), seconds(2)
    print(f"dlnproof check, default grid: {one:.1f} s on one process")
    print(f"                              {two:.1f} s on two, ratio {one / two:.2f}")
