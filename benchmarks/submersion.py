"""The exact submersion check: its time at d = 8, N = 4, and how the cost grows with N and d.

All in one run. Run: python benchmarks/submersion.py [FIGURE.svg]
"""

import math
import sys
import time
from importlib import import_module

from dlnproof.numeric.exact.points import PointKey, Stratum, point

submersion = import_module("dlnproof.checks.factors.riemannian_submersion")
WIDTHS, DEPTHS = (2, 3, 4, 6, 8, 10, 12), (2, 4, 8, 16, 32, 64)


def seconds(depth: int, width: int) -> float:
    """Return the best of three times of the exact measurement, the point made before."""
    best = math.inf
    for _ in range(3):
        at = point(PointKey(depth, width, Stratum.SIMPLE, 1, 0, 0))
        start = time.perf_counter()
        submersion.measure_exact(at)
        best = min(best, time.perf_counter() - start)
    return best


def exponent(sizes: tuple[int, ...], times: list[float]) -> float:
    """Return the slope of log time against log size, by least squares over the upper half."""
    half = len(sizes) // 2
    xs = [math.log(size) for size in sizes[half:]]
    ys = [math.log(t) for t in times[half:]]
    mx, my = sum(xs) / len(xs), sum(ys) / len(ys)
    slope = sum((x - mx) * (y - my) for x, y in zip(xs, ys, strict=True))
    return slope / sum((x - mx) ** 2 for x in xs)


def main() -> None:
    """Print the table; with an argument, draw it too."""
    print(f"exact submersion check, d = 8, N = 4: {seconds(4, 8):.3f} s")
    by_width = [seconds(4, width) for width in WIDTHS]
    by_depth = [seconds(depth, 4) for depth in DEPTHS]
    for width, t in zip(WIDTHS, by_width, strict=True):
        print(f"  N = 4, d = {width:2d}   {t:8.4f} s")
    print(f"  fitted: time ~ d^{exponent(WIDTHS, by_width):.1f}")
    for depth, t in zip(DEPTHS, by_depth, strict=True):
        print(f"  d = 4, N = {depth:2d}   {t:8.4f} s")
    print(f"  fitted: time ~ N^{exponent(DEPTHS, by_depth):.1f}")
    if len(sys.argv) > 1:
        import matplotlib.pyplot as plt

        figure, axes = plt.subplots(figsize=(4.5, 3))
        axes.loglog(WIDTHS, by_width, "o-", label="against d, N = 4")
        axes.loglog(DEPTHS, by_depth, "s--", label="against N, d = 4")
        ticks = [2, 4, 8, 16, 32, 64]
        axes.set_xticks(ticks, [str(tick) for tick in ticks])
        axes.set_xticks([], minor=True)
        axes.set_xlabel("d or N")
        axes.set_ylabel("seconds")
        axes.legend()
        figure.savefig(sys.argv[1], bbox_inches="tight")


if __name__ == "__main__":
    main()
