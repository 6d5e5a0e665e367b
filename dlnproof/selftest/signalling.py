"""The section of signals: a command is told to end, at any moment of its start, work and end."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dlnproof.errors import INTERRUPTED, OK
from dlnproof.selftest.bench import Bench
from dlnproof.selftest.case import Case, Section
from dlnproof.selftest.child import Ended, command
from dlnproof.selftest.crashing import Contents, Work, again, copied, do, runs_in

_CHECK: Final = ("check", "svd-jacobian", "-k", "exact", "--depth", "1", "--jobs", "2")
_TRAIN: Final = (
    "train", "--observe", "1,1=1", "--depth", "2", "--runs", "300", "--scale", "1/10",
    "--stop-loss", "1/100", "--jobs", "2", "-o", "o.npz",
)  # fmt: skip
WORKS: Final = (
    Work(
        "check --json",
        (*_CHECK, "--width", "1", "--json", "o.json"),
        (*_CHECK, "--width", "2", "--json", "o.json"),
        points=2,
    ),
    Work("train", (*_TRAIN, "--seed", "1"), (*_TRAIN, "--seed", "2"), points=2, output=runs_in),
)
"""With processes of their own; ``points`` are the signals of the short form."""
_LONG: Final = 20
_SENT: Final = {
    "Ctrl-C": (signal.SIGINT,),
    "SIGTERM": (signal.SIGTERM,),
    "Ctrl-C twice": (signal.SIGINT, signal.SIGINT),
}
_LATEST: Final = 120


@dataclass(frozen=True)
class Told:
    """What a command is told, and when: a share of the seconds that it takes, undisturbed."""

    name: str
    share: float
    pause: float

    def __str__(self) -> str:
        return f"{self.name} at {self.share:.0%}"


def moments(count: int, seed: str) -> list[Told]:
    """Return so many signals at random moments, the same for each seed.

    >>> [str(told) for told in moments(2, "0")]
    ['SIGTERM at 9%', 'Ctrl-C at 104%']
    """
    rng = random.Random(seed)
    names = list(_SENT)
    return [Told(rng.choice(names), 1.1 * rng.random(), 0.2 * rng.random()) for _ in range(count)]


def _cases(bench: Bench) -> Iterator[Case]:
    for work in WORKS:
        here = bench.new_folder("signals")
        do(bench, work.earlier, here)
        done = copied(here, bench)
        seconds = min(told(work.words, copied(here, bench), None, 0)[0] for _ in range(2))
        do(bench, work.words, done)
        contents = work.output(here), work.output(done)
        for moment in moments(_LONG if bench.long else work.points, work.name):
            place = copied(here, bench)
            _, ended = told(work.words, place, moment, seconds)
            name = f"{work.name}: {moment}"
            outcome = as_documented(ended, work.output(place), contents)
            held = outcome != "amiss"
            yield Case(f"signals to {work.name}", name, outcome, held, ended.shown)
            wrong = again(bench, work, place, done)
            outcome = "amiss" if wrong else "the same bytes"
            yield Case("the same command after a signal", name, outcome, not wrong, wrong)
            shutil.rmtree(place)


def told(
    words: Sequence[str], folder: Path, moment: Told | None, seconds: float
) -> tuple[float, Ended]:
    """Do words in a process, told to end or not; return how long they took, and how they ended.

    The time counts from where the program hears: what comes before, Python itself answers.
    """
    with subprocess.Popen(
        command(words),
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=_hearing,  # noqa: PLW1509 - there are no threads
    ) as child:
        while child.poll() is None and not _hears(child.pid):
            time.sleep(0.001)
        start = time.monotonic()
        if moment is not None:
            time.sleep(moment.share * seconds)
            for number in _SENT[moment.name]:
                child.send_signal(number)
                time.sleep(moment.pause)
        try:
            out, err = child.communicate(timeout=_LATEST)
        except subprocess.TimeoutExpired:
            child.kill()
            out, err = child.communicate()
        return time.monotonic() - start, Ended(child.returncode, out, err)


def _hearing() -> None:
    """Hear Ctrl-C, to which a shell makes deaf what it leaves in the background."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _hears(process: int) -> bool:
    """Whether a process has a handler for SIGTERM; where the system does not say, in a while."""
    with suppress(OSError, ValueError, IndexError):
        status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
        caught = int(status.split("SigCgt:")[1].split()[0], 16)
        return bool(caught >> (signal.SIGTERM - 1) & 1)
    time.sleep(0.5)
    return True


def as_documented(ended: Ended, found: Contents, contents: tuple[Contents, Contents]) -> str:
    """Return how a command ended that was told to: interrupted in one line, or done without one;
    ``contents`` are what was there before and what it writes. Anything else is amiss.
    """
    old, new = contents
    if ended.status == OK and not ended.err and found == new:
        return "done"
    if ended.status == INTERRUPTED and ended.one_line and found in (old, new):
        return f"interrupted, {'old' if found == old else 'new'}"
    return "amiss"


SECTION: Final = Section("signals", "Signals at random moments", _cases)
