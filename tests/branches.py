"""Coverage by branches: which lines and turns of the program no test takes.

Run: python tests/branches.py [--json FILE] [--jobs J] [TESTS...]

Runs the tests that branches.toml names under coverage.py, with the processes that they start, and
sums up by area: so much these tests reach, and all of them more. Held: the least of each area; in
an area that has a name, each gap is listed with its reason; each gap that is listed is one.
"""

from __future__ import annotations

import argparse
import json
import linecache
import os
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from coverage import Coverage

from dlnproof.version import __version__

ROOT: Final = Path(__file__).parents[1]
PLAN: Final = Path(__file__).with_suffix(".toml")
SCHEMA: Final = "dlnproof-coverage/1"
WHOLE: Final = ""


def measured(tests: Sequence[str], jobs: str) -> dict[str, Any]:
    """Return coverage.py's report on the tests. Raises where a test fails."""
    plan = tomllib.loads(PLAN.read_text())
    passed_over = [f"--deselect={name}" for name in plan["deselect"]]
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        here = {"DLNPROOF_MADE_ONCE": folder, **os.environ, "COVERAGE_FILE": f"{folder}/data"}
        here["PYTHONPATH"] = str(Path(__file__).parent)

        def coverage(*words: str) -> None:
            command = [sys.executable, "-m", "coverage", *words]
            subprocess.run(command, cwd=ROOT, env=here, check=True)

        pytest = (
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            "-p",
            "branches",  # as a plugin, see below
            "-n",
            jobs,
            "--dist=loadfile",
            *passed_over,
        )
        coverage("run", "-m", *pytest, *tests)
        for path in Path(folder).glob("data.*"):
            if not path.stat().st_size:  # of a process that was killed as it began
                path.unlink()
        coverage("combine", "-q")
        coverage("json", "-q", "-o", str(report))
        found: dict[str, Any] = json.loads(report.read_text())
    return found


def pytest_sessionfinish() -> None:
    """Save what a process measured before it says that it is done: then it has ten seconds."""
    if current := Coverage.current():
        current.save()


def gaps(file: str, seen: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the lines of a file that no test reached, and those from which one turn was not taken
    that leads to no such line: the file, and the line as it is written.
    """
    lines = set(seen["missing_lines"])
    lines |= {start for start, end in seen["missing_branches"] if abs(end) not in lines}
    for number in sorted(lines):
        yield file, linecache.getline(str(ROOT / file), number).strip()


def inside(area: str, report: Mapping[str, Any]) -> dict[str, Any]:
    """Return the files of an area, by name."""
    return {name: seen for name, seen in report["files"].items() if name.startswith(area)}


def summed(area: str, report: Mapping[str, Any]) -> dict[str, Any]:
    """Return how much of an area was reached."""
    total = dict.fromkeys(("lines", "lines_reached", "branches", "branches_taken"), 0)
    for seen in inside(area, report).values():
        summary = seen["summary"]
        total["lines"] += summary["num_statements"]
        total["lines_reached"] += summary["covered_lines"]
        total["branches"] += summary["num_branches"]
        total["branches_taken"] += summary["covered_branches"]
    return {"area": area or "dlnproof", **total}


def share(total: Mapping[str, int]) -> float:
    """Return the share of lines and branches, in per cent."""
    reached = total["lines_reached"] + total["branches_taken"]
    return 100 * reached / (total["lines"] + total["branches"])


def amiss(report: Mapping[str, Any], plan: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is not as the plan has it."""
    listed = {(gap["file"], gap["line"]) for gap in plan.get("gap", [])}
    if short := [gap for gap in plan.get("gap", []) if not gap["reason"].strip()]:
        yield f"no reason: {short[0]}"
    found = set()
    for area, least in plan["least"].items():
        total = summed(area, report)
        if not total["lines"]:
            yield f"{area}: nothing was measured"
        elif share(total) < least:
            yield f"{area or 'all'}: {share(total):.2f} %, expected {least} %"
        for file, seen in inside(area, report).items() if area != WHOLE else ():
            found |= set(gaps(file, seen))
    yield from (f"{file}: not reached, and not listed: {line}" for file, line in found - listed)
    yield from (f"{file}: listed, and no gap: {line}" for file, line in listed - found)


def main() -> int:
    """Measure; print each area, and what is amiss."""
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("tests", nargs="*", help="in place of those of branches.toml")
    parser.add_argument("--jobs", default="2")
    parser.add_argument("--json", type=Path, help="where the figures are written")
    given = parser.parse_args()
    plan = tomllib.loads(PLAN.read_text())
    report = measured(given.tests or plan["tests"], given.jobs)
    areas = [summed(area, report) for area in plan["least"]]
    wrong = sorted(amiss(report, plan))
    if given.json:
        data = {"schema": SCHEMA, "version": __version__, "areas": areas}
        data |= {"gaps": plan.get("gap", [])}
        given.json.write_text(json.dumps(data, indent=2) + "\n")
    for total in areas:
        print(f"{share(total):7.2f} %  {total['area']}")
    print("\n".join(wrong) or "Each area is as it should be.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
