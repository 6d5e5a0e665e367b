"""Who does the work of a verb: processes here, or the workers of a Dask scheduler that is named."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from time import monotonic
from typing import Any

from dlnproof.errors import InputError
from dlnproof.pool import processes
from dlnproof.version import __version__, commit

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
        yield client.get_executor(pure=False)


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
    except (OSError, ValueError) as error:  # TimeoutError among them
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
        if found != ours:
            what = " at ".join(found) if isinstance(found, tuple) else f"none ({found})"
            raise InputError(
                f"--scheduler: worker {worker} has another dlnproof: got {what}, expected "
                f"{' at '.join(ours)}; install the same there"
            )
