"""Rewrite the figures of the page on a study from a run of the benchmark.

python docs/update_study.py FOLDER

first trains there what is missing of 10^4 runs, and measures what they cost (ten minutes of one
processor; needs distributed and pyarrow); without FOLDER the page is written from docs/study.json.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

DOCS = Path(__file__).parent
FIGURES, PAGE = DOCS / "study.json", DOCS / "study.md"
RUNS, CELL, WORKERS = 10**9, 1000, 1000
"""What is extrapolated to."""
AHEAD, FOLDER = 256, 400
"""Cells that are handed out at a time, and in a folder: those of examples/study.py."""


def table(header: list[str], rows: list[list[str]]) -> str:
    """Return a table of Markdown."""
    lines = [header, ["---"] * len(header), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def observed(run: dict[str, Any]) -> str:
    """Return what was found, a row for each problem and noise."""
    shown = ["ending", "rank", "sign of det", "signs of entries", "median effective rank"]
    rows = [[row[name] for name in ("problem", "noise", *shown)] for row in run["observed"]]
    return table(["problem", "noise", *shown], rows)


def milli(seconds: float) -> str:
    """Return seconds as milliseconds."""
    return f"{1e3 * seconds:.2f} ms"


def costs(run: dict[str, Any]) -> str:
    """Return what an outcome costs."""
    workers = run["workers"]["seconds"]
    alone = workers["1"]
    rows = [[n, milli(s), f"{s / alone:.2f}"] for n, s in workers.items()]
    sizes = [[n, milli(s), f"{s / run['sizes']['25']:.2f}"] for n, s in run["sizes"].items()]
    few, many = 10**4 * alone, 10**6 * run["sizes"]["250"]
    return (
        table(["processes", "CPU time of an outcome", "ratio to one"], rows)
        + "\n"
        + table(["runs of a cell", "CPU time of an outcome", "ratio to 25"], sizes)
        + f"\nSo 10^4 runs take {lasting(few)} of one processor, and 10^6, by 250 a cell, "
        + f"{lasting(many)}.\n"
    )


def parts(run: dict[str, Any]) -> str:
    """Return what everything else costs, by cell."""
    store, tasks = run["store"], run["scheduler"]
    rows = [
        ["scheduler: CPU time of a task", milli(tasks["seconds"]["scheduler"])],
        ["scheduler: memory of a task that is held", size(tasks["bytes in the scheduler"])],
        ["worker: CPU time beside the work", milli(tasks["seconds"]["worker"])],
        ["who hands out: CPU time", milli(tasks["seconds"]["client"])],
        ["sent: a cell, with the function", size(tasks["bytes of a task"])],
        ["sent back: its counts", size(tasks["bytes of a result"])],
        ["a file", f"{size(store['bytes'])}, {size(store['disk'])} on the disk"],
        ["writing a file", milli(store["write"])],
        ["reading a file and adding it", milli(store["add"])],
        *(
            [f"memory of adding {store['files']} files{again}", size(peak)]
            for again, peak in zip(("", ", ten times over"), store["peaks"], strict=True)
        ),
        ["memory of such sums, with something in every bin", size(store["filled"])],
    ]
    return table(["", "measured"], rows)


def size(count: float) -> str:
    """Return bytes in the unit that suits them."""
    for unit, name in ((1e12, "TB"), (1e9, "GB"), (1e6, "MB"), (1e3, "kB")):
        if count >= unit:
            return f"{count / unit:.3g} {name}"
    return f"{count:.0f} B"


def lasting(seconds: float) -> str:
    """Return a time in the unit that suits it."""
    for unit, name in ((86400, "days"), (3600, "hours"), (60, "minutes")):
        if seconds >= 2 * unit:
            return f"{seconds / unit:.3g} {name}"
    return f"{seconds:.3g} s"


def extrapolated(run: dict[str, Any]) -> str:
    """Return what the figures would add up to."""
    store, tasks = run["store"], run["scheduler"]
    cells, training = RUNS // CELL, RUNS * run["sizes"][str(CELL)]
    task, held = tasks["seconds"]["scheduler"], tasks["bytes in the scheduler"]
    hands_out = tasks["seconds"]["client"] + store["write"]

    def fed(each: float) -> str:
        large, small = (n * run["sizes"][str(n)] / each for n in (CELL, 25))
        return f"{large:,.0f} workers with such cells, {small:,.0f} with cells of 25 runs"

    one = "of one processor"
    rows = [
        ["training", f"{lasting(training)} {one}, {lasting(training / WORKERS)} of {WORKERS:,}"],
        ["scheduler", f"{lasting(cells * task)} {one}, for {cells:,} tasks"],
        ["it keeps busy", fed(task)],
        ["its memory", f"{size(AHEAD * held)}; {size(cells * held)} if all tasks were handed out"],
        ["who hands out and writes", f"{lasting(cells * hands_out)} {one}"],
        ["it keeps busy", fed(hands_out)],
        ["it receives", size(cells * tasks["bytes of a result"])],
        ["store", f"{cells:,} files in {cells // FOLDER:,} folders"],
        ["its size", f"{size(cells * store['bytes'])}, {size(cells * store['disk'])} on the disk"],
        ["reduction", f"{lasting(cells * store['add'])} {one}, in {size(store['filled'])} at most"],
    ]
    return table(["", f"10^9 runs, {CELL:,} a cell"], rows)


SECTIONS = {"observed": observed, "costs": costs, "parts": parts, "extrapolated": extrapolated}


def updated(text: str, run: dict[str, Any]) -> str:
    """Return the page with what stands between its marks replaced."""
    for name, shown in SECTIONS.items():
        begin, end = f"<!-- {name}: begin -->\n", f"<!-- {name}: end -->\n"
        before, rest = text.split(begin)
        text = f"{before}{begin}\n{shown(run)}\n{end}{rest.split(end)[1]}"
    return text


def measure(folder: Path) -> None:
    """Train what is missing of the study in a folder, and measure what it costs."""
    study = ["examples/study.py", str(folder), "--local", "2"]
    costs = ["benchmarks/study_costs.py", str(folder), "--json", str(FIGURES)]
    for words in (study, costs):
        subprocess.run([sys.executable, *words], cwd=DOCS.parent, check=True)


if __name__ == "__main__":
    if sys.argv[1:]:
        measure(Path(sys.argv[1]).resolve())
    PAGE.write_text(updated(PAGE.read_text(), json.loads(FIGURES.read_text())))
