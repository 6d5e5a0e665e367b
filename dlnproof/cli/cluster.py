"""Who does the work of a verb: processes here, or the workers of a Dask scheduler that is named."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from time import monotonic
from typing import Any, ParamSpec, TypeVar

from dlnproof.errors import InputError
from dlnproof.pool import processes
from dlnproof.version import __version__, commit

_P = ParamSpec("_P")
_T = TypeVar("_T")
ANSWER = 10.0
"""Seconds in which a scheduler has to answer."""
SILENCE = 10.0
"""Seconds between two lines that say that there is no worker yet."""
PATIENCE = 600.0
"""Seconds after which nobody waits for a worker any more."""


@contextmanager
def executor_of(scheduler: str | None, count: int) -> Iterator[Executor | None]:
    """Yield the executor of a scheduler's workers, or, without one, of so many processes here.

    Raises :class:`InputError` where there is no scheduler, no worker comes, or one has another
    version of this package. A worker that is lost is replaced by the others.
    """
    if scheduler is None:
        with processes(count) as executor:
            yield executor
        return
    with _client(scheduler) as client:
        _wait(client, scheduler)
        _refuse_other_versions(client)
        yield _Workers(client)


class _Workers(Executor):
    """The workers of a client. What one had done when it was lost, another does again.

    dask's own executor asks for a future's state after it has fetched the result: where the worker
    was lost in between it takes the result for an error.
    """

    def __init__(self, client: Any) -> None:
        self._client = client

    def submit(self, fn: Callable[_P, _T], /, *args: _P.args, **kwargs: _P.kwargs) -> Future[_T]:
        there = self._client.submit(fn, *args, pure=False, **kwargs)
        here: Future[_T] = Future()

        def fetch(done: Any) -> None:
            if not here.set_running_or_notify_cancel():
                return
            try:
                here.set_result(done.result())
            except Exception as error:
                here.set_exception(error)

        here.add_done_callback(lambda given_up: there.cancel() if given_up.cancelled() else None)
        there.add_done_callback(fetch)
        return here


def _client(scheduler: str) -> Any:
    if not re.fullmatch(r"[a-z]+://[^\s/]+:[0-9]{1,5}", scheduler):
        raise InputError(
            f"--scheduler: got {scheduler!r}, expected an address such as tcp://HOST:8786"
        )
    try:
        from distributed import Client
    except ImportError:
        raise InputError(
            "--scheduler: needs dask's distributed, which is not here; install it with "
            "pip install 'dlnproof[cluster]'"
        ) from None
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what is wrong, we say
    try:
        return Client(scheduler, timeout=ANSWER)
    except (OSError, ValueError, TypeError) as error:  # no time; no certificates
        why = str(error).split("\n", 1)[0] or type(error).__name__
        raise InputError(
            f"--scheduler: got {scheduler!r}, which does not answer ({why}); expected one that "
            "'dask scheduler' started, of the same version of dask"
        ) from None


def _wait(client: Any, scheduler: str) -> None:
    """Wait until there is a worker, and say so."""
    began = monotonic()
    while True:
        try:
            client.wait_for_workers(1, timeout=SILENCE)
        except TimeoutError:
            if monotonic() - began > PATIENCE:
                raise InputError(
                    f"--scheduler: no worker has come to {scheduler} in {PATIENCE / 60:.0f} "
                    f"minutes; start some with 'dask worker {scheduler} --nthreads 1'"
                ) from None
            print(f"dlnproof: no worker is connected to {scheduler}: waiting", file=sys.stderr)
        else:
            return


def installed() -> tuple[str, str]:
    """Return which version a process has: asked of each worker."""
    return __version__, commit()


def _refuse_other_versions(client: Any) -> None:
    ours = installed()
    for worker, found in client.run(installed, on_error="return").items():
        if isinstance(found, OSError):  # it has left: the others do the work
            continue
        if found != ours:
            what = " at ".join(found) if isinstance(found, tuple) else f"none ({found})"
            raise InputError(
                f"--scheduler: worker {worker} has another dlnproof: got {what}, expected "
                f"{' at '.join(ours)}; install the same there"
            )
