"""A crash at each change of the file system, as if the process were killed there: for tests.

POSIX alone: what is tried is done in a fork, whose end nothing in it can put off.
"""

from __future__ import annotations

import os
import sys
import traceback
import warnings
from collections.abc import Callable
from os import _exit
from pathlib import Path
from typing import Final

from dlnproof.files import changes

_DONE, _CRASHED, _FAILED = 0, 137, 3
"""How the fork ends; 137 is what shells say of a process that was killed."""
MOST: Final = 10_000


def fork() -> int:
    """Fork this process: other threads do not live on in the fork, and it needs none of them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return os.fork()


def crashed(work: Callable[[], object], at: int) -> str | None:
    """Do ``work`` in a process that ends before its change number ``at``, counted from 0.

    Returns that change, as ``what name``; None where the work was done before. Nothing that the
    process holds is written or cleared away, no ``finally`` is run. Raises :class:`RuntimeError`
    where the work raises.

    >>> from tempfile import mkdtemp
    >>> place = Path(mkdtemp())
    >>> crashed(lambda: changes.write(place / "a", b"text"), 1)
    'sync a'
    >>> (place / "a").read_bytes()
    b'text'
    """
    out, end = os.pipe()
    child = fork()
    if child == 0:
        _work_until(work, at, end)
    os.close(end)
    with os.fdopen(out, encoding="utf-8") as said:
        change = said.read()
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if status not in (_DONE, _CRASHED):
        raise RuntimeError(f"the work failed, with status {status}")
    return change if status == _CRASHED else None


def _work_until(work: Callable[[], object], at: int, end: int) -> None:
    left = at

    def see(what: str, path: Path) -> None:
        nonlocal left
        if left == 0:
            os.write(end, f"{what} {path.name}".encode())
            _exit(_CRASHED)
        left -= 1

    status = _FAILED
    try:
        with changes.watch(see):
            work()
        status = _DONE
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
    finally:
        _exit(status)
