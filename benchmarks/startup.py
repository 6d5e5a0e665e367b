"""Start-up of the command line and of the package, beside a bare interpreter.

    python benchmarks/startup.py

measures the interpreter it is run with: install the package there with ``pip install .``, not
editable, since the import hooks of an editable install are what is measured otherwise. Targets:
``dlnproof --help`` within 3 times ``python -c pass``, ``import dlnproof`` within 5 times.
"""

import os
import subprocess
import sys
import sysconfig
import time
from pathlib import Path

ROUNDS = 40
COMMAND = Path(sysconfig.get_path("scripts")) / "dlnproof"
BARE = "python -c pass"
CASES = {
    BARE: [sys.executable, "-c", "pass"],
    "import argparse": [sys.executable, "-c", "import argparse"],
    "import dlnproof": [sys.executable, "-c", "import dlnproof"],
    "dlnproof --help": [str(COMMAND), "--help"],
    "dlnproof list": [str(COMMAND), "list"],
}


def seconds() -> dict[str, float]:
    """Return the shortest time of each case over interleaved rounds, after one to warm up."""
    best = dict.fromkeys(CASES, float("inf"))
    elsewhere = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    for turn in range(ROUNDS + 1):
        for name, command in CASES.items():
            start = time.perf_counter()
            subprocess.run(
                command, check=True, stdout=subprocess.DEVNULL, cwd=COMMAND.parent, env=elsewhere
            )
            if turn:
                best[name] = min(best[name], time.perf_counter() - start)
    return best


def main() -> None:
    """Print each case's time and its ratio to the bare interpreter."""
    if not COMMAND.exists():
        sys.exit(f"{COMMAND}: not found; install the package for {sys.executable} first")
    found = seconds()
    for name, best in found.items():
        print(f"{name:16}  {best * 1e3:7.1f} ms  {best / found[BARE]:5.2f} x")


if __name__ == "__main__":
    main()
