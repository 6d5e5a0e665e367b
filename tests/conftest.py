"""What several test files need: one run over the default grid, done once."""

import os
import pickle
import time
from collections.abc import Callable, Iterator

import flint
import pytest

from dlnproof.record import ClaimRecord, Record
from dlnproof.run.grid import Grid
from dlnproof.run.runner import execute, plan


@pytest.fixture(scope="session")
def default_record(tmp_path_factory: pytest.TempPathFactory) -> Record:
    """The record of ``dlnproof check`` with nothing else said, but fewer training runs.

    One test process makes it, the others wait for it.
    """
    shared = tmp_path_factory.getbasetemp().parent
    done, started = shared / "record.pickle", shared / "record.started"
    alone = "PYTEST_XDIST_WORKER" not in os.environ
    try:
        os.close(os.open(started, os.O_CREAT | os.O_EXCL))
        mine = True
    except FileExistsError:
        mine = False
    for _ in range(0 if alone or mine else 600):
        if done.exists():
            found: Record = pickle.loads(done.read_bytes())
            return found
        time.sleep(0.5)
    record = execute(plan([], Grid(runs=100)), "dlnproof check", jobs=2).record
    written = shared / f"record.{os.getpid()}"
    written.write_bytes(pickle.dumps(record))
    written.replace(done)
    return record


@pytest.fixture(scope="session")
def in_default(default_record: Record) -> Callable[[str], ClaimRecord]:
    """One claim in that record."""
    return {claim.id: claim for claim in default_record.claims}.__getitem__


@pytest.fixture(autouse=True)
def precision_is_left_alone() -> Iterator[None]:
    before = flint.ctx.prec
    yield
    assert flint.ctx.prec == before
