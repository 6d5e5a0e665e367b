"""How much a judgement costs: from a cold start, and warm, beside a bare interpreter.

    python benchmarks/formula.py

prints, for right and wrong formulas, the least processor time of ``dlnproof formula`` in a fresh
process and of ``dlnproof.formula`` in this one, and each as a multiple of ``python -c pass``.
Targets: 1.5 s cold, 0.1 s warm where it is decided for all N and d, 0.5 s warm where it is not.
"""

import resource
import subprocess
import sys
import time
from collections.abc import Callable

from dlnproof import formula

ROUNDS = 5
BODY = "(sigma[i]**2)**((N-j)/N)*(sigma[l]**2)**((j-1)/N)"
CASES = {
    "volume form, proved": (
        "volume-form",
        "N**(d*(d-1)/2) * det(Sigma**2)**((1-N)/(2*N)) * van(Sigma**(2/N))",
    ),
    "volume form, N missing": (
        "volume-form",
        r"\det(\Sigma^2)^{\frac{1-N}{2N}}\operatorname{van}(\Sigma^{2/N})",
    ),
    "orbit, root missing": ("orbit-volume", "c(d)**(N-1) * van(Sigma**2) / van(Sigma**(2/N))"),
    "eigenvalue, proved": ("eigenvalue", f"sum(j, 1, N, {BODY})/N"),
    "eigenvalue, 1/N missing": ("eigenvalue", f"sum(j, 1, N, {BODY})"),
    "not reducible, exact": ("svd-jacobian", "sqrt(van(Sigma**2) + 2)**2 - 2"),
    "not reducible, enclosed": ("svd-jacobian", "exp(log(van(Sigma**2) + 2)) - 2"),
    "eigenvalue, enclosed": (
        "eigenvalue",
        f"sqrt((sum(j, 1, N, {BODY})/N + 2)**2) - 2 + d**0.5 - d**0.5",
    ),
    "determinant, exact": (
        "metric-determinant",
        f"sqrt(prod(i, l, N/sum(j, 1, N, {BODY})) + 2)**2 - 2",
    ),
    "wrong at N = 6 only": ("svd-jacobian", "van(Sigma**2)*(1+(N-1)*(N-2)*(N-3)*(N-4)*(N-5))"),
}


def least(call: Callable[[], object], clock: Callable[[], float]) -> float:
    """Return how much processor time the call takes at best."""
    times = []
    for _ in range(ROUNDS):
        start = clock()
        call()
        times.append(clock() - start)
    return min(times)


def of_children() -> float:
    """Return the processor time of all processes that were started and have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def cold(*words: str) -> float:
    """Return how much a fresh process takes at best."""
    command = [sys.executable, *words]
    return least(
        lambda: subprocess.run(command, check=False, stdout=subprocess.DEVNULL), of_children
    )


def main() -> None:
    """Print each case's times."""
    bare = cold("-c", "pass")
    print(f"{'python -c pass':24}  {bare:6.3f} s")
    for name, (target, text) in CASES.items():
        start = cold("-m", "dlnproof", "formula", target, text)
        formula(target, text)
        warm = least(lambda t=target, x=text: formula(t, x), time.process_time)  # type: ignore[misc]
        print(f"{name:24}  cold {start:6.3f} s {start / bare:6.1f} x  warm {warm * 1e3:6.1f} ms")


if __name__ == "__main__":
    main()
