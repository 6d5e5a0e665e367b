"""What examples/study.py costs: per outcome, per task of a scheduler, per file, per file added up.

1. CPU time of an outcome with 1, 2 and 4 processes, the same cells each: ratios to one process.
2. With more runs a cell, in one process.
3. Dask's scheduler, in a process of its own: tasks that do nothing; its CPU time and its memory for
   each, CPU time of the process that hands them out, and what of a task of the study is sent.
4. Files of a finished study: bytes, and CPU time to write, and to read and add, one; memory of
   adding up its cells once, and ten times over, and of sums with something in every bin.

Run: python benchmarks/study_costs.py FOLDER --json docs/study.json, where FOLDER is a study of 10^4
runs that examples/study.py has finished. CPU time everywhere: other work on the machine counts
little; python docs/update_study.py writes the page from that JSON.
"""

import argparse
import json
import os
import pickle
import resource
import subprocess
import sys
import time
import tracemalloc
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import chain, repeat
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "examples"))
import study  # noqa: E402

WORKERS = (1, 2, 4)
PART = "1/10"
SIZES, SMALL_PART = (25, 100, 250, 1000), "1/40"
TASKS, ROUNDS = 10_000, 3


def trained(*words: str) -> float:
    """Return the CPU time of a study in a new folder, all its processes together."""
    with TemporaryDirectory() as folder:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        command = [sys.executable, study.__file__, folder, *words]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def by_workers() -> dict[str, Any]:
    """Measure the cost of an outcome by the number of processes."""
    outcomes = len(list(study.cells(1, study.part_of(PART)))) * 25
    found = {}
    for workers in WORKERS:
        taken = min(trained("--part", PART, "--jobs", str(workers)) for _ in range(2))
        found[workers] = taken / outcomes
        ratio = found[workers] / found[WORKERS[0]]
        print(f"{workers} processes: {1e3 * found[workers]:.2f} ms an outcome, ratio {ratio:.2f}")
    return {"outcomes": outcomes, "seconds": found}


def by_size() -> dict[int, float]:
    """Measure the cost of an outcome by the number of runs in a cell, without any process."""
    found = {}
    for runs in SIZES:
        cells = list(study.cells(1, study.part_of(SMALL_PART)))
        taken = seconds(study.outcomes, [(cell, runs) for cell in cells])
        found[runs] = taken / runs / len(cells)
        print(f"{runs} runs a cell: {1e3 * found[runs]:.2f} ms an outcome")
    return found


def seconds(call: Callable[..., object], given: Iterable[tuple[Any, ...]]) -> float:
    """Return the CPU time of calls."""
    start = time.process_time()
    for words in given:
        call(*words)
    return time.process_time() - start


def nothing(number: int) -> int:
    """Do what a task costs without any work."""
    return number


def resident() -> int:
    """Return the bytes of memory that this process has."""
    pages = Path("/proc/self/statm").read_text().split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


@contextmanager
def cluster() -> Iterator[Any]:
    """Yield a client of a scheduler with one worker, each a process of its own."""
    from distributed import Client

    with TemporaryDirectory() as folder:
        file = Path(folder, "scheduler.json")
        own = ["--no-dashboard", "--scheduler-file", str(file)]
        words = [
            ["scheduler", "--host", "127.0.0.1", "--port", "0", *own],
            ["worker", "--nthreads", "1", "--no-nanny", "--local-directory", folder, *own],
        ]
        code = "import sys; from distributed.cli import dask_{0}; dask_{0}.main()"
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        running: list[subprocess.Popen[bytes]] = []
        try:
            for kind, *options in words:
                while running and not (file.exists() and file.read_text().strip().endswith("}")):
                    time.sleep(0.1)
                command = [sys.executable, "-c", code.format(kind), *options]
                running.append(subprocess.Popen(command, **quiet))  # type: ignore[call-overload]
            with Client(scheduler_file=str(file)) as client:
                client.wait_for_workers(1)
                yield client
        finally:
            for process in running:
                process.kill()
                process.wait()


def scheduler() -> dict[str, Any]:
    """Measure what a task costs that does nothing."""
    import cloudpickle
    from distributed import wait

    cloudpickle.register_pickle_by_value(study)  # as that of a script is
    cell = next(study.cells(1))
    found: dict[str, Any] = {
        "tasks": TASKS,
        "bytes of a task": len(cloudpickle.dumps((study.outcomes, cell, 1000))),
        "bytes of a result": len(pickle.dumps(study.outcomes(cell, 1000))),
    }
    with cluster() as client:
        wait([client.submit(nothing, -k, pure=False) for k in range(100)])

        def costs() -> dict[str, float]:
            [worker] = client.run(time.process_time).values()
            there = client.run_on_scheduler(time.process_time)
            return {"scheduler": there, "worker": worker, "client": time.process_time()}

        held, rounds = [], []
        memory = client.run_on_scheduler(resident)
        for _ in range(ROUNDS):
            before = costs()
            held += [client.submit(nothing, k, pure=False) for k in range(TASKS)]
            wait(held)
            rounds.append({who: (after - before[who]) / TASKS for who, after in costs().items()})
        grown = client.run_on_scheduler(resident) - memory
        found["seconds"] = {who: min(each[who] for each in rounds) for who in rounds[0]}
        found["bytes in the scheduler"] = grown / TASKS / ROUNDS
    print(", ".join(f"{who}: {1e3 * s:.2f} ms a task" for who, s in found["seconds"].items()))
    print(f"scheduler: {found['bytes in the scheduler'] / 1e3:.1f} kB a task that is held")
    return found


def store(folder: Path) -> dict[str, Any]:
    """Measure files, and what adding them up takes."""
    cells = list(study.cells(1))
    counts = [study.read(folder, cell, 25) for cell in cells]
    sizes = [(folder / cell.file).stat().st_size for cell in cells]
    with TemporaryDirectory() as other:
        pairs = zip(cells, counts, strict=True)
        writing = seconds(study.write, [(Path(other), *pair) for pair in pairs])
    reading = seconds(study.added, [(folder, cells, 25, study.LABELS)])
    peaks = []
    for times in (1, 10):
        tracemalloc.start()
        again = chain.from_iterable(repeat(cells, times))
        study.added(folder, again, 25, study.LABELS)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    tracemalloc.start()
    bins = [(name, k) for name, of in study.BINS.items() for k in range(of.count + 2)]
    most = [Counter({(name, str(k)): 1 for name, k in bins}) for _ in cells]
    filled = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert len(most) == len(cells)  # it is kept until here
    number = len(cells)
    found = {
        "files": number,
        "bytes": sum(sizes) / number,
        "disk": sum((folder / c.file).stat().st_blocks * 512 for c in cells) / number,
        "write": writing / number,
        "add": reading / number,
        "peaks": peaks,
        "filled": filled,
    }
    print(f"a file: {found['bytes']:.0f} bytes, {1e3 * writing / number:.2f} ms to write, "
          f"{1e3 * reading / number:.2f} ms to read and add")  # fmt: skip
    print(f"memory of adding: {peaks[0] / 1e6:.2f} MB, ten times as many: {peaks[1] / 1e6:.2f} MB")
    return found


def observed(folder: Path) -> list[dict[str, str]]:
    """Return what the study found, by problem and noise."""
    by = ("problem", "noise")
    sums, absent = study.added(folder, study.cells(1), 25, by)
    if absent:
        raise SystemExit(f"expected a finished study: {absent} cells are missing")
    return list(study.rows(sums, by))


def main() -> None:
    """Measure all, and write it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    found = {
        "observed": observed(given.folder),
        "store": store(given.folder),
        "scheduler": scheduler(),
        "sizes": by_size(),
        "workers": by_workers(),
    }
    if given.json:
        given.json.write_text(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    main()
