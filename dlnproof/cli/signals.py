"""Signals that end the program: whenever they come, it ends with the status it documents.

Before the work it ends at once, for there is nothing to clear away. The work is interrupted by an
exception, which clears away what is unfinished; a second signal does not wait for that. After the
work there is nothing to interrupt: the output stands, and the status is what came of it.
"""

import os
import signal
import sys
import time
from _thread import get_ident, interrupt_main, start_new_thread
from os import _exit

from dlnproof.errors import INTERRUPTED

TYPE_CHECKING = False  # typing costs more than argparse
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import NoReturn

_HEARD = ("SIGINT", "SIGTERM", "SIGHUP")
_STARTING, _WORKING, _STOPPING, _DONE = range(4)
_phase = [_STARTING]  # signals are the process's, and so is this


def listen() -> None:
    """Hear the signals from now on, but for those that the caller ignores (as ``nohup`` does)."""
    for number in _numbers():
        signal.signal(number, _hear)


def heeding(work: "Callable[[], int]") -> int:
    """Do the work and return its status; INTERRUPTED where not even it could say so."""
    sys.unraisablehook = _unraisable
    try:
        _phase[0] = _WORKING
        status = work()
        _phase[0] = _DONE
    except KeyboardInterrupt:  # before the work could catch it
        _end_at_once("interrupted")
    # where KeyboardInterrupt passed through code that is executed from text (dataclasses and sympy
    # have such), "python -m" ends by the signal, whatever the status; executing any more forgets it
    exec("")
    for number in _numbers():
        signal.signal(number, signal.SIG_IGN)  # the interpreter would give up hearing them first
    return status


def stopping() -> bool:
    """Whether a signal came: what is raised then, however it reads, is for that reason."""
    return _phase[0] == _STOPPING


def _numbers() -> "list[signal.Signals]":
    there = [getattr(signal, name) for name in _HEARD if hasattr(signal, name)]
    return [number for number in there if signal.getsignal(number) is not signal.SIG_IGN]


def _hear(number: int, frame: object) -> None:
    if _phase[0] == _WORKING:
        _phase[0] = _STOPPING
        raise KeyboardInterrupt
    if _phase[0] != _DONE:
        _end_at_once("interrupted" if _phase[0] == _STARTING else "interrupted again, ends at once")


def _unraisable(ignored: "sys.UnraisableHookArgs") -> None:
    """Raise again, a little later, what came where Python lets nothing be raised: in a finalizer,
    or a callback of its imports.
    """
    if _phase[0] != _STOPPING or ignored.exc_type is not KeyboardInterrupt:
        sys.__unraisablehook__(ignored)
        return
    _phase[0] = _WORKING
    start_new_thread(_interrupt, (get_ident(),))


def _interrupt(thread: int) -> None:
    time.sleep(0.01)
    number = _numbers()[0]  # there is one that is heard
    if hasattr(signal, "pthread_kill"):  # which ends what the thread waits for
        signal.pthread_kill(thread, number)
    else:  # Windows
        interrupt_main(number)


def _end_at_once(how: str) -> "NoReturn":
    """End the process, past whatever it is doing; its workers notice and end, too."""
    try:
        os.write(2, f"dlnproof: {how}\n".encode())
    except OSError:  # standard error is closed
        pass
    finally:
        _exit(INTERRUPTED)
