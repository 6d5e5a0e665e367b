"""Processes that do a run's jobs: they end with the run, however it ends."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import (
    Executor,
    Future,
    InvalidStateError,
    ProcessPoolExecutor,
    as_completed,
)
from contextlib import contextmanager
from os import _exit
from pathlib import Path
from typing import Any, Final, ParamSpec, TypeVar

from dlnproof.errors import InputError

_P = ParamSpec("_P")
_S = TypeVar("_S")
_T = TypeVar("_T")
_SAFE_PATH: Final = {"PYTHONSAFEPATH": "1"}
"""Let Python import nothing from the current folder.

multiprocessing starts processes by ``python -c``, which would take its first imports from there: a
``signal.py`` that came with somebody's record would be run. Their environment is this one's.
"""
_NO_COMPLAINT: Final = {"PYTHONWARNINGS": "ignore:resource_tracker"}
"""Let the process that clears up locks after one that was killed do so without a word."""


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
    with _started():
        pool = _Pool(count)
    before = _interrupt_on_sigterm()
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


@contextmanager
def shared(
    work: Callable[[_S], _T],
    pieces: Sequence[_S],
    count: int,
    executor: Executor | None = None,
    *,
    ordered: bool = True,
) -> Iterator[Iterator[tuple[_S, _T | Exception]]]:
    """Yield the pieces with what ``work`` makes of them: in ``executor``, else in ``count``
    processes, of which one is this one.

    They come in their order, or else as they end. A piece that is lost (its process died, its
    worker left) or that raised elsewhere comes with the exception; here it is raised at once. What
    is not begun when the block is left is given up.
    """
    if executor is None:
        with processes(count) as pool:
            if pool is None:
                yield ((piece, work(piece)) for piece in pieces)
            else:
                with shared(work, pieces, count, pool, ordered=ordered) as done:
                    yield done
        return
    futures: dict[Future[_T], _S] = {}
    try:
        for piece in pieces:
            futures[_submitted(executor, work, piece)] = piece
        ended = futures if ordered else as_completed(futures)
        yield ((futures[future], _outcome(future)) for future in ended)
    finally:
        for future in futures:
            future.cancel()


def _submitted(executor: Executor, work: Callable[[_S], _T], piece: _S) -> Future[_T]:
    try:
        return executor.submit(work, piece)
    except InputError:
        raise
    except Exception as error:  # a broken pool takes no more
        refused: Future[_T] = Future()
        refused.set_exception(error)
        return refused


def _outcome(future: Future[Any]) -> Any:
    try:
        return future.result()
    except Exception as error:
        return error


class _Pool(ProcessPoolExecutor):
    """A pool whose processes are born deaf to Ctrl-C, so that only the caller speaks of it.

    They are fresh: a fork of one that has threads or a changed precision is not reproducible.
    """

    def __init__(self, count: int) -> None:
        with _environment(**_SAFE_PATH, **_NO_COMPLAINT):  # its first lock starts that process
            super().__init__(
                count, multiprocessing.get_context("spawn"), initializer=_end_with_the_run
            )

    def stop_reading(self) -> None:
        """Let the pool's thread give up on a result that a terminated process was sending.

        It waits for the rest as long as anybody could write it, and this process could: CPython
        keeps that end of the pipe open here, and offers no public way to close it.
        """
        results = getattr(self, "_result_queue", None)
        if results is not None:
            results._writer.close()

    def submit(self, fn: Callable[_P, _T], /, *args: _P.args, **kwargs: _P.kwargs) -> Future[_T]:
        # may start processes, which inherit the environment and what is not heard
        with _started(), _environment(**_SAFE_PATH), _deaf():
            return super().submit(fn, *args, **kwargs)


@contextmanager
def _started() -> Iterator[None]:
    """Say what is wrong where the system has no room for another process, or its pipes."""
    try:
        yield
    except OSError as error:
        raise InputError(
            f"processes: cannot be started ({error.strerror}); expected room for them: see "
            "'ulimit -a', or take fewer with --jobs"
        ) from None


@contextmanager
def _deaf() -> Iterator[None]:
    """Hold Ctrl-C and SIGTERM back for as long as the block: what it starts does not hear Ctrl-C.

    The mask is for the processes, which inherit it. Here another thread may take a signal, for
    which Python calls this one's handler all the same: a process that is being started then would
    read half of what it is to do, and complain.
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    heard: list[int] = []
    main = threading.current_thread() is threading.main_thread()
    handlers = {n: signal.getsignal(n) for n in (signal.SIGINT, signal.SIGTERM) if main}
    called = {number: how for number, how in handlers.items() if callable(how)}
    for number in called:
        signal.signal(number, lambda number, _: heard.append(number))
    blocked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        for number, how in called.items():
            signal.signal(number, how)
        signal.pthread_sigmask(signal.SIG_SETMASK, blocked)
        for first in heard[:1]:
            signal.raise_signal(first)


@contextmanager
def _environment(**values: str) -> Iterator[None]:
    """Give processes that are started in the block these variables of the environment."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


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
    """Let SIGTERM raise KeyboardInterrupt, where nobody else hears it; return what was before."""
    alone = signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
    if not alone or threading.current_thread() is not threading.main_thread():
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
            _exit(1)

    threading.Thread(target=watch, daemon=True).start()
