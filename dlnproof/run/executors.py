"""Who does the jobs: this process, its own pool, or any executor. The results are the same."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager

from dlnproof.run.jobs import Job, Result, failed, run


@contextmanager
def results(
    jobs: Sequence[Job], processes: int, executor: Executor | None
) -> Iterator[Iterator[tuple[Job, Result]]]:
    """Yield the jobs with their results, in the jobs' order.

    A job that is lost (its process died, its worker left) has the verdict ERROR; the run goes on.
    """
    if executor is None and processes == 1:
        yield ((job, run(job)) for job in jobs)
        return
    # fresh processes: a fork of one that has threads or a changed precision is not reproducible
    spawn = multiprocessing.get_context("spawn")
    pool = executor or ProcessPoolExecutor(max(1, min(processes, len(jobs))), spawn)
    futures: list[Future[Result]] = []
    try:
        futures += [_submitted(pool, job) for job in jobs]
        yield ((job, _outcome(job, future)) for job, future in zip(jobs, futures, strict=True))
    finally:
        for future in futures:
            future.cancel()
        if executor is None:
            pool.shutdown(wait=True, cancel_futures=True)


def _submitted(pool: Executor, job: Job) -> Future[Result]:
    try:
        return pool.submit(run, job)
    except Exception as error:  # a broken pool refuses
        refused: Future[Result] = Future()
        refused.set_exception(error)
        return refused


def _outcome(job: Job, future: Future[Result]) -> Result:
    try:
        return future.result()
    except Exception as error:
        return failed(job, error)
