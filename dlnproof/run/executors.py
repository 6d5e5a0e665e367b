"""Who does the jobs: this process, its own pool, or any executor. The results are the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, Future
from contextlib import contextmanager

from dlnproof.pool import processes
from dlnproof.run.jobs import Job, Result, failed, run


@contextmanager
def results(
    jobs: Sequence[Job], count: int, executor: Executor | None
) -> Iterator[Iterator[tuple[Job, Result]]]:
    """Yield the jobs with their results, in the jobs' order: from ``executor``, else from so many
    processes, of which one is this one.

    A job that is lost (its process died, its worker left) has the verdict ERROR; the run goes on.
    """
    if executor is not None:
        with _shared(jobs, executor) as done:
            yield done
        return
    with processes(max(1, min(count, len(jobs)))) as pool:
        if pool is None:
            yield ((job, run(job)) for job in jobs)
        else:
            with _shared(jobs, pool) as done:
                yield done


@contextmanager
def _shared(jobs: Sequence[Job], pool: Executor) -> Iterator[Iterator[tuple[Job, Result]]]:
    futures: list[Future[Result]] = []
    try:
        futures += [_submitted(pool, job) for job in jobs]
        yield ((job, _outcome(job, future)) for job, future in zip(jobs, futures, strict=True))
    finally:
        for future in futures:
            future.cancel()


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
