"""Who does the jobs: this process, its own pool, or any executor. The results are the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager

from dlnproof.pool import shared
from dlnproof.run.jobs import Job, Result, failed, run


@contextmanager
def results(
    jobs: Sequence[Job], count: int, executor: Executor | None
) -> Iterator[Iterator[tuple[Job, Result]]]:
    """Yield the jobs with their results, in the jobs' order: from ``executor``, else from so many
    processes, of which one is this one.

    A job that is lost (its process died, its worker left) has the verdict ERROR; the run goes on.
    """
    with shared(run, jobs, max(1, min(count, len(jobs))), executor) as done:
        yield (
            (job, failed(job, result) if isinstance(result, Exception) else result)
            for job, result in done
        )
