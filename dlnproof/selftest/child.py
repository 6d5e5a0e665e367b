"""Work done in another process: in a fork with bounds, or as a command of its own."""

from __future__ import annotations

import contextlib
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dlnproof.files.crashes import fork

MOST_SECONDS: Final = 5
"""Of processor time: hostile input may take so much, however busy the machine is."""
MOST_BYTES: Final = 2**30
"""Of memory, beyond what the process had."""
_LATEST: Final = 120
"""Seconds by the clock after which what still runs is said to hang."""
_LONGEST: Final = 1200
_SHELL: Final = shutil.which("sh") or "sh"
"""By its full path: the surroundings tried may have another search path, or none."""


@dataclass(frozen=True)
class Ended:
    """How a process ended, and what it wrote; a signal that ended it is a negative status."""

    status: int
    out: str
    err: str

    @property
    def shown(self) -> str:
        """What was seen, on one line."""
        if self.status < 0:
            return f"ended by {signal.Signals(-self.status).name}"
        said = " ".join((self.err or self.out).split())
        return f"status {self.status}: {said[:200]}"

    @property
    def one_line(self) -> bool:
        """Whether standard error has one line, of the program's, that a terminal can show."""
        line = self.err.removesuffix("\n")
        return line.startswith("dlnproof") and line.isprintable() and len(line) < _LONGEST


def bounded(
    work: Callable[[], int],
    folder: Path,
    *,
    seconds: int = MOST_SECONDS,
    memory: int = MOST_BYTES,
) -> Ended:
    """Do work in a fork of this process, in a folder, within bounds; its result is the status."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        sys.stdout.flush()
        sys.stderr.flush()
        child = fork()
        if child == 0:
            _do(work, folder, (out.fileno(), err.fileno()), seconds, memory)
        status = _awaited(child)
        written = []
        for file in (out, err):
            file.seek(0)
            written.append(file.read().decode("utf-8", "backslashreplace"))
    return Ended(status, *written)


def _awaited(child: int) -> int:
    """Return the status of a process; it does not outlive the wait, however that ends."""
    latest, ended = time.monotonic() + _LATEST, 0
    try:
        while not ended and time.monotonic() < latest:
            ended, status = os.waitpid(child, os.WNOHANG)
            time.sleep(0.002)
    finally:
        if not ended:
            os.kill(child, signal.SIGKILL)
            status = os.waitpid(child, 0)[1]
    return os.waitstatus_to_exitcode(status)


def _do(
    work: Callable[[], int], folder: Path, streams: tuple[int, int], seconds: int, memory: int
) -> None:
    status = 99
    try:
        for number, stream in enumerate(streams, 1):
            os.dup2(stream, number)
        sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
        sys.stderr = open(2, "w", encoding="utf-8", closefd=False, errors="backslashreplace")  # noqa: SIM115
        os.chdir(folder)
        used = resource.getrusage(resource.RUSAGE_SELF)
        _limit(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + seconds)
        if has := _address_space():
            _limit(resource.RLIMIT_AS, has + memory)
        status = work()
    except BaseException:
        traceback.print_exc()
    finally:
        with contextlib.suppress(BaseException):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(status)


def _limit(which: int, most: int) -> None:
    resource.setrlimit(which, (most, resource.getrlimit(which)[1]))


def _address_space() -> int:
    """Return how many bytes this process may address now; 0 where the system does not say."""
    with contextlib.suppress(OSError, ValueError):
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[0]
        return int(pages) * resource.getpagesize()
    return 0


def command(words: Sequence[str], *flags: str) -> list[str]:
    """Return the command line that does the words in a fresh interpreter."""
    return [sys.executable, *flags, "-P", "-m", "dlnproof", *words]


def ran(
    words: Sequence[str],
    folder: Path,
    *,
    flags: Sequence[str] = (),
    environment: Mapping[str, str] | None = None,
    shell: str = '"$@"',
) -> Ended:
    """Run the words in a fresh interpreter, in a folder; ``shell`` says how, for "$@".

    ``environment`` is what differs from this process's.
    """
    done = subprocess.run(
        [_SHELL, "-c", shell, "sh", *command(words, *flags)],
        cwd=folder,
        env={**os.environ, **(environment or {})},
        capture_output=True,
        check=False,
        timeout=900,
    )
    texts = (text.decode("utf-8", "backslashreplace") for text in (done.stdout, done.stderr))
    return Ended(done.returncode, *texts)
