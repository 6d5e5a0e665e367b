"""The section of crashes: a verb dies before a change of the file system; the same words again."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass, replace
from io import StringIO
from pathlib import Path
from typing import Final

from dlnproof.files import changes
from dlnproof.files.crashes import crashed
from dlnproof.run.point import described
from dlnproof.selftest.bench import Bench
from dlnproof.selftest.case import Case, Section
from dlnproof.training.store import arrays_of, load, packed

Contents = Mapping[str, bytes]
_CHECK: Final = ("check", "svd-jacobian", "-k", "exact", "--depth", "1", "--jobs", "1")
_TRAIN: Final = (
    "train", "--observe", "1,1=1", "--depth", "2", "--runs", "3", "--scale", "1/10",
    "--stop-loss", "1/100", "--jobs", "1", "-o", "o.npz",
)  # fmt: skip
_ONE: Final = 1
_FEW: Final = 2
"""Crash points of one file and of a folder in the short form: ten in all."""


def contents(folder: Path) -> Contents:
    """Return every file below a folder, but for what is being prepared there."""
    found = {}
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not name.startswith(".dlnproof-"):
            found[name] = path.read_bytes()
    return found


def runs_in(folder: Path) -> Contents:
    """Return the training runs in a folder: two files that are read together."""
    return {"runs": packed(arrays_of(load(folder / "o.npz")))}


@dataclass(frozen=True)
class Work:
    """A verb that writes: the words that left an earlier output there, and those that crash.

    ``points`` are the crash points of the short form, ``output`` reads what was written.
    """

    name: str
    earlier: tuple[str, ...]
    words: tuple[str, ...]
    points: int
    output: Callable[[Path], Contents] = contents


WORKS: Final = (
    Work(
        "check --json",
        (*_CHECK, "--width", "1", "--json", "o.json"),
        (*_CHECK, "--width", "2", "--json", "o.json"),
        _ONE,
    ),
    Work(
        "appendix",
        ("appendix", "--record", "other.json", "--no-figures", "-o", "o"),
        ("appendix", "--record", "record.json", "--no-figures", "-o", "o"),
        _FEW,
    ),
    Work(
        "appendix --force",
        ("appendix", "--record", "other.json", "--no-figures", "--arxiv", "-o", "o"),
        ("appendix", "--record", "record.json", "--no-figures", "--force", "-o", "o"),
        _ONE,
    ),
    Work(
        "report",
        ("report", "--record", "other.json", "--no-figures", "-o", "o"),
        ("report", "--record", "record.json", "--no-figures", "-o", "o"),
        _FEW,
    ),
    Work(
        "derive",
        ("derive", "orbit-volume", "-o", "o"),
        ("derive", "orbit-volume", "volume-form", "-o", "o"),
        _FEW,
    ),
    Work("train", (*_TRAIN, "--seed", "1"), (*_TRAIN, "--seed", "2"), _FEW, runs_in),
)


def names(folder: Path) -> list[str]:
    """Return what stands in a folder, hidden or not."""
    return sorted(path.name for path in folder.iterdir())


def telling(seen: Sequence[str], most: int) -> list[int]:
    """Return so many of the changes, by number: where the output takes its place, and around it.

    >>> telling(["make x", "write a", "sync a", "exchange o", "sync .", "remove x"], 2)
    [3, 4]
    """
    placed = max(k for k, change in enumerate(seen) if change.startswith(("exchange", "replace")))
    before = placed // 2
    return sorted([placed, min(placed + 1, len(seen) - 1), before][:most])


def _cases(bench: Bench) -> Iterator[Case]:
    start = bench.new_folder("crashes")
    environment = replace(bench.record.environment, system="Elsewhere")
    other = replace(bench.record, environment=environment)
    for name, record in (("record.json", bench.record), ("other.json", other)):
        (start / name).write_text(record.dumps(), encoding="ascii")
    for work in WORKS:
        yield from _crashes(bench, work, start)


def _crashes(bench: Bench, work: Work, start: Path) -> Iterator[Case]:
    kind = f"crashes of {work.name}"
    here = copied(start, bench)
    do(bench, work.earlier, here)
    done = copied(here, bench)
    seen: list[str] = []
    with changes.watch(lambda what, path: seen.append(f"{what} {path.name}")):
        do(bench, work.words, done)
    old, new = work.output(here), work.output(done)
    chosen = range(len(seen)) if bench.long else telling(seen, work.points)
    for at in chosen:
        place = copied(here, bench)
        change = crashed(lambda place=place: do(bench, work.words, place), at)  # type: ignore[misc]
        name = f"{work.name}: before change {at + 1} of {len(seen)} ({change})"
        found = work.output(place)
        outcome = "old" if found == old else "new" if found == new else "torn"
        yield Case(kind, name, outcome, outcome != "torn", f"not old: {_differing(found, old)}")
        wrong = again(bench, work, place, done)
        outcome = "amiss" if wrong else "the same bytes"
        yield Case("the same command again", name, outcome, not wrong, wrong)
        shutil.rmtree(place)


def again(bench: Bench, work: Work, place: Path, done: Path) -> str:
    """Do the words again after a crash; return what is not as where nothing happened, or ""."""
    try:
        do(bench, work.words, place)
    except Exception as error:
        return described(error)
    if stray := sorted({*names(place)} - {*names(done)}):
        return f"left there: {', '.join(stray)}"
    wrong = _differing(contents(place), contents(done))
    return wrong and f"other bytes: {wrong}"


def _differing(found: Contents, expected: Contents) -> str:
    every = sorted({*found, *expected})
    return ", ".join(name for name in every if found.get(name) != expected.get(name))


def do(bench: Bench, words: Sequence[str], folder: Path) -> None:
    """Do the words in a folder. Raises :class:`RuntimeError` where they fail."""
    said = StringIO()
    with chdir(folder), redirect_stdout(said), redirect_stderr(said):
        status = bench.verbs.main(words)
    if status:
        raise RuntimeError(f"{' '.join(words)}: status {status}: {said.getvalue()[-300:]}")


def copied(folder: Path, bench: Bench) -> Path:
    """Return a copy of a folder."""
    return Path(shutil.copytree(folder, bench.new_folder("crash") / "here", symlinks=True))


SECTION: Final = Section("crashes", "Crashes at changes of the file system", _cases)
