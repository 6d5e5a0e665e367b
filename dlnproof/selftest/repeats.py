"""The section of repeats: the same bytes, whatever the hash seed and whoever does the work."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from importlib import import_module
from itertools import product
from pathlib import Path
from typing import Final

from dlnproof.run.runner import check
from dlnproof.selftest.bench import CLAIM, GRID, Bench
from dlnproof.selftest.case import Case, Section
from dlnproof.selftest.child import Ended, ran

_SEEDS, _JOBS = ("0", "1", "2"), ("1", "2", "4")
_SHORT: Final = 2
OUTPUTS: Final[Mapping[str, tuple[str, ...]]] = {
    "a record": (
        "check", "svd-jacobian", "--depth", "1..2", "--width", "1..2", "--points", "1",
        "--digits", "20", "--runs", "0", "--json", "o.json", "--jobs",
    ),
    "an appendix": ("appendix", "--record", "record.json", "--no-figures", "-o", "o", "--jobs"),
    "training runs": (
        "train", "--observe", "1,1=1", "--observe", "2,2=1", "--depth", "3", "--runs", "40",
        "--scale", "1/10", "--stop-loss", "1/1000", "-o", "o.npz", "--jobs",
    ),
}  # fmt: skip
"""Words that write, but for the number of processes."""


def digest(folder: Path) -> str:
    """Return the SHA-256 of all files below a folder, by name."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    made = hashlib.sha256()
    for path in paths:
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        made.update(f"{path.relative_to(folder).as_posix()} {content}\n".encode())
    return made.hexdigest()


def _cases(bench: Bench) -> Iterator[Case]:
    most = None if bench.long else _SHORT
    for what, words in OUTPUTS.items():
        first = ""
        for seed, jobs in product(_SEEDS[:most], _JOBS[:most]):
            if what == "an appendix" and jobs != _JOBS[0]:  # its record is there
                continue
            found, ended = _made(bench, (*words, jobs), seed)
            first = first or found
            name = f"{what}: hash seed {seed}, {jobs} processes"
            yield _case(what, name, found == first and not ended.status, ended)
    if bench.long:
        yield from _on_a_cluster(bench)


def _case(what: str, name: str, held: bool, ended: Ended) -> Case:
    outcome = "the same bytes" if held else "other bytes"
    return Case(f"repeats of {what}", name, outcome, held, ended.shown)


def _made(bench: Bench, words: tuple[str, ...], seed: str) -> tuple[str, Ended]:
    """Return the digest of what words write in a process with a hash seed, and how it ended."""
    here = bench.new_folder("repeats")
    (here / "record.json").write_bytes(bench.record_file.read_bytes())
    ended = ran(words, here, environment={"PYTHONHASHSEED": seed})
    return digest(here), ended


def _on_a_cluster(bench: Bench) -> Iterator[Case]:
    """Yield the record as the workers of a Dask cluster make it, where there is Dask."""
    try:
        dask = import_module("distributed")
    except ImportError:
        return
    with (
        dask.LocalCluster(
            n_workers=2, threads_per_worker=2, dashboard_address="127.0.0.1:0"
        ) as cluster,
        dask.Client(cluster) as client,
    ):
        record = check([CLAIM], grid=GRID, executor=client.get_executor())
    held = record.dumps() == bench.record.dumps()
    outcome = "the same bytes" if held else "other bytes"
    yield Case("repeats of a record, by a Dask cluster", "2 workers", outcome, held)


SECTION: Final = Section("repeats", "The same bytes again: hash seeds, processes", _cases)
