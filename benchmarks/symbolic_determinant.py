"""What det g^N and the volume form cost: dlnproof.symbolic, the proofs, and sympy alone.

Prints, from one run, the time to construct them (the fastest of several rounds), the time to derive
all five claims behind them, for every N and d, and the time sympy needs for the determinant of the
16 entries of g^N at d = 2, N = 3 alone, with sigma_i = t_i^3 and U, V rotations by symbolic angles;
then each as a multiple of the first. Sympy's .det() takes about a minute: --skip-slow omits it.
"""

import argparse
import time
from collections.abc import Callable
from importlib import import_module

import sympy

from dlnproof import symbolic
from dlnproof.claims import module_of

CLAIMS = (
    "operator-spectrum", "metric-diagonalization", "svd-jacobian", "volume-form", "infinite-depth",
)  # fmt: skip
ROUNDS = 7


def fastest(call: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Return how long the call takes at best, each time with sympy's cache empty."""
    times = []
    for _ in range(rounds):
        sympy.core.cache.clear_cache()
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> None:
    """Print the times and their ratios."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--skip-slow", action="store_true", help="omit sympy's own determinants")
    skip_slow = parser.parse_args().skip_slow

    N, d = (sympy.Symbol(name, integer=True, positive=True) for name in "Nd")
    theta, phi = sympy.symbols("theta phi", real=True)
    cubes = [t**3 for t in sympy.symbols("t_1 t_2", positive=True)]
    frames = symbolic.rotation(theta), symbolic.rotation(phi)
    derivations = [import_module(module_of(claim, "derivations")) for claim in CLAIMS]

    def derive() -> None:
        for derivation in derivations:
            derivation.derive()

    def plain_metric() -> sympy.Matrix:
        return symbolic.metric_matrix(3, 2, cubes, *frames)

    def construct(depth: object, width: object) -> Callable[[], object]:
        def both() -> None:
            symbolic.metric_determinant(depth, width)
            symbolic.volume_form(depth, width)

        return both

    times = {
        "det g^N and volume form, d = 2, N = 3": fastest(construct(3, 2)),
        "the same, d = 2, symbolic N": fastest(construct(N, 2)),
        "the same, d = 10, symbolic N": fastest(construct(N, 10)),
        "the same, symbolic N and d": fastest(construct(N, d)),
        "the same, symbolic d, infinite depth": fastest(construct(sympy.oo, d)),
        "derive all five claims, every N and d": fastest(derive),
        "metric_matrix, d = 2, N = 3": fastest(plain_metric),
    }
    if not skip_slow:
        matrix = plain_metric()
        times["sympy: .det(method='laplace') and simplify"] = fastest(
            lambda: sympy.simplify(matrix.det(method="laplace")), 1
        )
        times["sympy: .det()"] = fastest(matrix.det, 1)
    first = next(iter(times.values()))
    for name, seconds in times.items():
        print(f"{name:<44} {1000 * seconds:12.2f} ms {seconds / first:12.1f}")


if __name__ == "__main__":
    main()
