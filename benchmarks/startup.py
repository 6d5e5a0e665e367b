"""Start-up of the command line and of the package, beside a bare interpreter, in CPU time.

    python benchmarks/startup.py

measures the interpreter it is run with: install the package there with ``pip install .``, not
editable, since the import hooks of an editable install are what is measured otherwise. Targets:
``--help`` within 3 times ``python -c pass``, ``import dlnproof`` within 1.5 times.
"""

import os
import subprocess
import sys
import sysconfig
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median

ROUNDS = 40
COMMAND = Path(sysconfig.get_path("scripts")) / "dlnproof"
BARE = "python -c pass"
CASES = {
    BARE: [sys.executable, "-c", "pass"],
    "import argparse": [sys.executable, "-c", "import argparse"],
    "import dlnproof": [sys.executable, "-c", "import dlnproof"],
    "dlnproof --help": [str(COMMAND), "--help"],
    "python -m dlnproof --help": [sys.executable, "-m", "dlnproof", "--help"],
    "dlnproof check --help": [str(COMMAND), "check", "--help"],
    "dlnproof train --help": [str(COMMAND), "train", "--help"],
    "dlnproof list": [str(COMMAND), "list"],
}


def spent() -> float:
    """Return the CPU time, in seconds, of all processes that this one has waited for."""
    used = getrusage(RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def seconds() -> dict[str, float]:
    """Return the median CPU time of each case over interleaved rounds, after one to warm up."""
    times: dict[str, list[float]] = {name: [] for name in CASES}
    elsewhere = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    for _ in range(ROUNDS + 1):
        for name, command in CASES.items():
            before = spent()
            subprocess.run(
                command, check=True, stdout=subprocess.DEVNULL, cwd=COMMAND.parent, env=elsewhere
            )
            times[name].append(spent() - before)
    return {name: median(found[1:]) for name, found in times.items()}


def main() -> None:
    """Print each case's time and its ratio to the bare interpreter."""
    if not COMMAND.exists():
        sys.exit(f"{COMMAND}: not found; install the package for {sys.executable} first")
    found = seconds()
    for name, middle in found.items():
        print(f"{name:25}  {middle * 1e3:7.1f} ms  {middle / found[BARE]:5.2f} x")


if __name__ == "__main__":
    main()
