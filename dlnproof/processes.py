"""Processes that do a run's jobs: they end with the run, however it ends."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, InvalidStateError, ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from dlnproof.errors import InputError

_P = ParamSpec("_P")
_T = TypeVar("_T")


@contextmanager
def processes(count: int) -> Iterator[Executor | None]:
    """Yield an executor with ``count`` processes; None for one, which needs no other process.

    Ctrl-C and SIGTERM raise KeyboardInterrupt in the calling process only. When the block is left
    by an exception the processes are terminated, whatever they are doing. Raises
    :class:`~dlnproof.errors.InputError` where no process can be started.
    """
    if count == 1:
        yield None
        return
    try:
        Path.cwd()
    except FileNotFoundError:
        raise InputError(
            "current directory: it is gone, and processes start in it; change to one that exists"
        ) from None
    before = _interrupt_on_sigterm()
    # fresh processes: a fork of one that has threads or a changed precision is not reproducible
    context = multiprocessing.get_context("spawn")
    pool = _Pool(count, context, initializer=_end_with_the_run)
    try:
        yield pool
    except BaseException:
        with _quiet_threads():
            children = multiprocessing.active_children()
            for process in children:
                process.terminate()
            pool.stop_reading()
            pool.shutdown(wait=True, cancel_futures=True)
            for process in children:
                process.join()
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
        if before is not None:
            signal.signal(signal.SIGTERM, before)


class _Pool(ProcessPoolExecutor):
    """A pool whose processes are born deaf to Ctrl-C, so that only the caller speaks of it."""

    def stop_reading(self) -> None:
        """Let the pool's thread give up on a result that a terminated process was sending.

        It waits for the rest as long as anybody could write it, and this process could: CPython
        keeps that end of the pipe open here, and offers no public way to close it.
        """
        results = getattr(self, "_result_queue", None)
        if results is not None:
            results._writer.close()

    def submit(self, fn: Callable[_P, _T], /, *args: _P.args, **kwargs: _P.kwargs) -> Future[_T]:
        if not hasattr(signal, "pthread_sigmask"):  # Windows
            return super().submit(fn, *args, **kwargs)
        blocked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            return super().submit(fn, *args, **kwargs)  # may start a process: it inherits the mask
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, blocked)


@contextmanager
def _quiet_threads() -> Iterator[None]:
    """Before Python 3.12 the pool's thread trips over cancelled futures when a process ends."""
    before = threading.excepthook

    def hook(arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_type is not InvalidStateError:
            before(arguments)

    threading.excepthook = hook
    try:
        yield
    finally:
        threading.excepthook = before


def _interrupt_on_sigterm() -> Any:
    if threading.current_thread() is not threading.main_thread():
        return None

    def interrupt(number: int, frame: object) -> None:
        raise KeyboardInterrupt

    return signal.signal(signal.SIGTERM, interrupt)


def _end_with_the_run() -> None:
    """In a worker: end it when the process that started it is gone, even if killed."""

    def watch() -> None:
        parent = multiprocessing.parent_process()
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
