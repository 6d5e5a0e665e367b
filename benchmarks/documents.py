"""How long a record takes to become documents, beside what only a record costs.

    python benchmarks/documents.py

makes the record of ``dlnproof check --quick`` once and prints the shortest wall time of a fresh
process that reads it and writes the appendix, the web page, or the citation, each as a multiple of
the derivations alone (``dlnproof derive``), which both documents contain; and of the independent
checker in a bare interpreter. Targets: appendix and web page without figures under 3 s.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROUNDS = 3
CHECKER = Path(__file__).parent.parent / "dlnproof" / "verify_record.py"


def fastest(*command: str) -> float:
    """Return how long a fresh process takes at best."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> None:
    """Print each document's time."""
    with tempfile.TemporaryDirectory() as place:
        record = str(Path(place) / "record.json")
        dlnproof = (sys.executable, "-m", "dlnproof")
        start = time.perf_counter()
        subprocess.run([*dlnproof, "check", "--quick", "--json", record], check=True)
        print(f"{'check --quick':34} {time.perf_counter() - start:7.2f} s")
        read = ("--record", record, "--no-figures", "-o")
        derivations = fastest(*dlnproof, "derive")
        cases = {
            "derive": derivations,
            "cite RECORD": fastest(*dlnproof, "cite", record),
            "appendix, no figures": fastest(*dlnproof, "appendix", *read, f"{place}/appendix"),
            "report, no figures": fastest(*dlnproof, "report", *read, f"{place}/site"),
            "verify_record.py": fastest(sys.executable, "-I", "-S", str(CHECKER), record),
        }
    for name, seconds in cases.items():
        print(f"{name:34} {seconds:7.2f} s  {seconds / derivations:5.2f} x derive")


if __name__ == "__main__":
    main()
