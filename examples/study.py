"""A study: where training ends, over problems, depths, scales of the start, and kinds of noise.

A cell is one problem at one depth, scale and noise, from one seed. Its runs are reduced where they
are made to counts, which add up, and written to one Parquet file, whole or not at all: a study that
was ended goes on. The report reads one file after another and adds. 10^6 runs are
--runs 250 --seeds 10.

Run: python examples/study.py FOLDER --local 2 (10^4 runs; needs pyarrow, and dask's distributed for
--local and --scheduler; --jobs 2 are processes without it).
"""

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    Executor,
    Future,
    ProcessPoolExecutor,
    wait,
)
from contextlib import ExitStack
from importlib.util import find_spec
from itertools import islice, product
from multiprocessing import get_context, parent_process
from pathlib import Path
from random import Random
from signal import SIG_IGN, SIGINT, signal
from threading import Thread
from typing import Any, NamedTuple

import numpy as np

import dlnproof
from dlnproof import training
from dlnproof.errors import InputError
from dlnproof.training import Bins, Completion

PROBLEMS = {
    "diagonal-2": Completion((2, 2), {(0, 0): 1, (1, 1): 1}),
    "corner-2": Completion((2, 2), {(0, 1): 1, (1, 0): 1, (1, 1): 0}),  # det W = -1 in all that fit
    "diagonal-3": Completion((3, 3), {(i, i): 1 for i in range(3)}),
    "cross-3": Completion((3, 3), {(i, j): 1 for i in range(3) for j in range(3) if i * j == 0}),
}
DEPTHS = (2, 3, 4, 6, 10)
SCALES = (1e-1, 1e-2, 1e-3, 1e-4)
STEPS = {"step": 1e-3, "max_steps": 1000}
LOSS = 1e-4
"""At which flow and descent end."""
NOISE: dict[str, dict[str, Any]] = {
    "flow": {"method": "flow", "stop_loss": LOSS},
    "descent": {"method": "descent", "lr": 0.01, "max_steps": 20_000, "stop_loss": LOSS},
    **{f"langevin-{b}": {"method": "langevin", "beta": b, **STEPS} for b in (5, 20, 80)},
}
RANK = 1e-2
"""A singular value counts for the rank if it is larger than so many times the largest."""
SETTLED = ("reached", "stationary", "unfinished", "sampled")
"""The endings with a W to look at; of the others nothing but their number is kept."""
BINS = {
    "effective rank": Bins(1, 3, 80),
    "log volume": Bins(-50, 100, 300),
    "entropy": Bins(-20, 60, 320),
}
LABELS = ("problem", "depth", "scale", "noise")
AHEAD = 256
"""Cells handed out at a time: neither this process nor a scheduler ever holds more."""


class Cell(NamedTuple):
    """What is trained together, and written to one file."""

    seed: int
    problem: str
    depth: int
    scale: float
    noise: str

    @property
    def file(self) -> Path:
        """Where in the folder; a folder for each seed, so that none has many files."""
        return Path(f"seed-{self.seed:05}", "_".join(map(str, self[1:])) + ".parquet")


Counts = Counter[tuple[str, str]]
"""How many runs, by what was looked at and what was found: an ending, a rank, or a bin's number."""


def cells(seeds: int, part: tuple[int, int] = (1, 1)) -> Iterator[Cell]:
    """Yield the cells of a study, or of one of its parts, as a stream.

    Shuffled, the same way always: parts, and workers at the end, get dear and cheap ones alike.
    """
    of_a_seed = list(product(PROBLEMS, DEPTHS, SCALES, NOISE))
    Random(0).shuffle(of_a_seed)
    every = (Cell(seed, *labels) for seed in range(seeds) for labels in of_a_seed)
    return islice(every, part[0] - 1, None, part[1])


def outcomes(cell: Cell, runs: int) -> Counts:
    """Train one cell, and reduce it."""
    problem, how = PROBLEMS[cell.problem], NOISE[cell.noise]
    found = training.train(
        problem, depth=cell.depth, scale=cell.scale, seed=cell.seed, runs=runs, **how
    )
    return reduced(problem, found)


def reduced(problem: Completion, found: training.Runs) -> Counts:
    """Count the outcomes of runs of one problem at one depth."""
    depth = int(found.settings["depth"])
    counts: Counts = Counter(("ending", str(ending)) for ending in found.ending)
    settled = found.take(np.isin(found.ending, SETTLED))
    if not len(settled):
        return counts
    logs = settled.log_singular_values
    sigma = np.exp(logs)
    rank = (logs > np.log(RANK) + logs[:, :1]).sum(axis=1)
    left = [ij for ij in np.ndindex(problem.shape) if ij not in problem.observed]
    signs = np.stack([np.where(settled.W[:, i, j] < 0, "-", "+") for i, j in left[:2]], axis=1)
    counts.update(("rank", str(k)) for k in rank)
    counts.update(("sign of det", str(k)) for k in settled.det_sign)
    counts.update(("signs of entries", "".join(row)) for row in signs)
    with np.errstate(divide="ignore"):  # a W that is singular in float64 has an infinite density
        eigenvalues = np.log(dlnproof.operator_eigenvalues(sigma, depth))
    values = {
        "effective rank": settled.effective_rank,
        "log volume": -eigenvalues.sum(axis=(-2, -1)) / 2,
        "entropy": dlnproof.log_orbit_volume(sigma, depth),
    }
    for name, bins in BINS.items():
        counts.update((name, str(k)) for k in bins.bins(values[name]))
    return counts


def write(folder: Path, cell: Cell, counts: Counts) -> None:
    """Write what was found in a cell, in the order of names: the same counts are the same bytes."""
    listed = sorted(counts.items())
    labels = {name: np.full(len(listed), label) for name, label in cell._asdict().items()}
    what = {"what": [key[0] for key, _ in listed], "found": [key[1] for key, _ in listed]}
    file = folder / cell.file
    file.parent.mkdir(exist_ok=True)
    columns = {**labels, **what, "runs": [count for _, count in listed]}
    training.save_columns(columns, file)


def read(folder: Path, cell: Cell, runs: int) -> Counts:
    """Return what was found in a cell. Raises :class:`InputError` for a damaged file."""
    from pyarrow import ArrowException, parquet

    try:
        with parquet.ParquetFile(folder / cell.file) as file:
            table = file.read().to_pydict()
        if any(set(table.pop(name)) != {label} for name, label in cell._asdict().items()):
            raise ValueError("it is of another cell")
        counts: Counts = Counter()
        listed = (table[name] for name in ("what", "found", "runs"))
        for what, found, number in zip(*listed, strict=True):
            counts[what, found] = number
        if sum(number for (what, _), number in counts.items() if what == "ending") != runs:
            raise ValueError(f"it does not have {runs} runs")
    except (ArrowException, OSError, KeyError, ValueError) as error:
        raise InputError(
            f"{str(folder / cell.file)!r}: cannot be used ({str(error).partition(chr(10))[0]}); "
            "expected a file of this study: remove it, and run the same command again"
        ) from None
    return counts


def train_cells(
    folder: Path, missing: Iterable[Cell], runs: int, executor: Executor
) -> Iterator[tuple[Cell, str]]:
    """Train cells and write their files; yield each that ended, and why if it failed."""
    going: dict[Future[Counts], Cell] = {}
    missing = iter(missing)
    try:
        while True:
            for cell in islice(missing, AHEAD - len(going)):
                going[executor.submit(outcomes, cell, runs)] = cell
            if not going:
                return
            for future in wait(going, return_when=FIRST_COMPLETED).done:
                cell, error = going.pop(future), future.exception()
                if isinstance(error, BrokenExecutor | InputError):  # and so would all others
                    raise error
                if error is None:
                    write(folder, cell, future.result())
                yield cell, "" if error is None else f"{type(error).__name__}: {error}"
    finally:
        for future in going:  # or else they would be waited for
            future.cancel()


Sums = dict[tuple[Any, ...], Counts]
"""What was counted, by the labels that are asked for."""


def added(folder: Path, asked: Iterable[Cell], runs: int, by: Sequence[str]) -> tuple[Sums, int]:
    """Add up what is there of some cells, one file after another; return how many are not there.

    What is kept grows with the groups and with what is found in them, not with cells or runs.
    """
    sums: Sums = {}
    absent = 0
    for cell in asked:
        if (folder / cell.file).exists():
            group = sums.setdefault(tuple(getattr(cell, name) for name in by), Counter())
            group.update(read(folder, cell, runs))
        else:
            absent += 1
    return sums, absent


def of(counts: Counts, what: str) -> dict[str, int]:
    """Return the counts of one quantity, the most frequent first."""
    found = {key: number for (name, key), number in counts.items() if name == what}
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def median(counts: Counts, name: str) -> str:
    """Return the bin of the median: that is all that is known of it."""
    found = np.zeros(BINS[name].count + 2, dtype=np.int64)
    for key, number in of(counts, name).items():
        found[int(key)] = number
    if not found.any():
        return "-"
    low, high = BINS[name].quantile(found, 0.5)
    return f"{low:g} to {high:g}"


def rows(sums: Sums, by: Sequence[str]) -> list[dict[str, str]]:
    """Return what is shown of each group."""
    return [
        dict(zip(by, map(str, group), strict=True))
        | {"runs": str(sum(of(counts, "ending").values()))}
        | {
            what: ", ".join(f"{number} {key}" for key, number in of(counts, what).items()) or "-"
            for what in ("ending", "rank", "sign of det", "signs of entries")
        }
        | {f"median {name}": median(counts, name) for name in BINS}
        for group, counts in sorted(sums.items())
    ]


def begin(folder: Path, runs: int) -> None:
    """Let a folder be that of a study. Raises :class:`InputError` if it is that of another."""
    if find_spec("pyarrow") is None:
        raise InputError("pyarrow is not installed, which this needs: pip install pyarrow")
    design = {
        "dlnproof": dlnproof.__version__,
        "runs of a cell": runs,
        "problems": {
            name: [problem.shape, [[*ij, b] for ij, b in problem.observed.items()]]
            for name, problem in PROBLEMS.items()
        },
        "depths": DEPTHS, "scales": SCALES, "noise": NOISE, "rank": RANK,
        "bins": {name: vars(bins) for name, bins in BINS.items()},
    }  # fmt: skip
    text, file = json.dumps(design, indent=1), folder / "study.json"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not file.exists():  # jobs of an array may all find that: they write the same
            own = folder / f"study.json.{os.getpid()}"
            own.write_text(text)
            own.replace(file)
        if file.read_text() == text:
            return
    except (OSError, ValueError) as error:
        raise InputError(f"{str(folder)!r}: cannot be used ({error})") from None
    raise InputError(
        f"{str(folder)!r}: is the folder of another study, as its study.json says (other runs of a "
        "cell, settings, or version of dlnproof); expected a new folder, or that study's settings"
    )


def begin_process() -> None:
    """In a process that trains: leave Ctrl-C to the one that started it, and end with it."""
    signal(SIGINT, SIG_IGN)

    def watch() -> None:
        if (parent := parent_process()) is not None:
            parent.join()
            os._exit(1)

    Thread(target=watch, daemon=True).start()


def executor_of(given: argparse.Namespace, until: ExitStack) -> Executor:
    """Return who trains: processes here, or the workers of a Dask scheduler."""
    if not given.local and not given.scheduler:
        return until.enter_context(
            ProcessPoolExecutor(given.jobs, get_context("spawn"), begin_process)
        )
    try:
        from distributed import Client, LocalCluster
    except ImportError:
        raise InputError(
            "--local, --scheduler: need dask's distributed, which is not here; install it with "
            "pip install 'dlnproof[cluster]', or use --jobs"
        ) from None
    where = given.scheduler
    if given.local:
        where = until.enter_context(
            LocalCluster(
                n_workers=given.local,
                threads_per_worker=1,
                dashboard_address="127.0.0.1:0",
                silence_logs=50,
            )
        )
    try:
        client = until.enter_context(Client(where, timeout=10))
    except (OSError, ValueError) as error:
        raise InputError(f"--scheduler: got {where!r}, which does not answer ({error})") from None
    executor: Executor = client.get_executor(pure=False)
    return executor


def run(given: argparse.Namespace) -> int:
    """Train what is missing, report what is there, and return the exit status."""
    begin(given.folder, given.runs)
    failed = 0
    if not given.report:
        asked = cells(given.seeds, given.part)
        missing = (cell for cell in asked if not (given.folder / cell.file).exists())
        with ExitStack() as until:
            executor = executor_of(given, until)
            for cell, why in train_cells(given.folder, missing, given.runs, executor):
                failed += bool(why)
                if why:
                    print(f"study: {cell.file}: failed ({why})", file=sys.stderr)
    sums, absent = added(given.folder, cells(given.seeds, given.part), given.runs, given.by)
    if given.json:
        given.json.write_text(json.dumps(rows(sums, given.by), indent=1) + "\n")
    for row in rows(sums, given.by):
        print(", ".join(row[name] for name in given.by))
        print(
            "".join(f"    {name}: {said}\n" for name, said in row.items() if name not in given.by)
        )
    if absent:
        print(f"study: {absent} cells are missing: run the same command again", file=sys.stderr)
    return 1 if failed or (absent and not given.report) else 0


def whole(text: str) -> int:
    """Read an integer >= 1."""
    if not text.isdecimal() or (number := int(text)) < 1:
        raise argparse.ArgumentTypeError(f"got {text!r}, expected an integer >= 1")
    return number


def part_of(text: str) -> tuple[int, int]:
    """Read I/N."""
    one, _, all_of_them = text.partition("/")
    part = whole(one), whole(all_of_them)
    if part[0] > part[1]:
        raise argparse.ArgumentTypeError(f"got {text!r}, expected I/N, I from 1 to N")
    return part


def main() -> int:
    """Read the options and do what they say."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--runs", type=whole, default=25, help="runs of a cell")
    parser.add_argument("--seeds", type=whole, default=1, help="400 cells each")
    parser.add_argument("--part", type=part_of, default=(1, 1), metavar="I/N", help="of the cells")
    parser.add_argument("--report", action="store_true", help="train nothing")
    parser.add_argument("--by", nargs="+", choices=LABELS, default=["problem", "noise"])
    parser.add_argument("--json", type=Path, help="the report, as data")
    who = parser.add_mutually_exclusive_group()
    who.add_argument("--jobs", type=whole, default=1, help="processes here")
    who.add_argument("--local", type=whole, help="workers of a Dask cluster that is started here")
    who.add_argument("--scheduler", metavar="ADDRESS", help="of a Dask cluster there is")
    try:
        return run(parser.parse_args())
    except KeyboardInterrupt:
        print("study: interrupted; the same command goes on", file=sys.stderr)
        return 2
    except BrokenExecutor:
        print("study: a process was lost; the same command goes on", file=sys.stderr)
        return 1
    except (InputError, OSError) as error:
        print(f"study: {error}", file=sys.stderr)
        return 4


if __name__ == "__main__":
    sys.exit(main())
