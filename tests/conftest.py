"""What several test files need: one run over the default grid, done once."""

from collections.abc import Callable, Iterator

import flint
import pytest

from dlnproof.record import ClaimRecord, Record
from dlnproof.run.grid import Grid
from dlnproof.run.runner import execute, plan


@pytest.fixture(scope="session")
def default_record() -> Record:
    """The record of ``dlnproof check`` with nothing else said, but fewer training runs."""
    return execute(plan([], Grid(runs=100)), "dlnproof check", jobs=2).record


@pytest.fixture(scope="session")
def in_default(default_record: Record) -> Callable[[str], ClaimRecord]:
    """One claim in that record."""
    return {claim.id: claim for claim in default_record.claims}.__getitem__


@pytest.fixture(autouse=True)
def precision_is_left_alone() -> Iterator[None]:
    before = flint.ctx.prec
    yield
    assert flint.ctx.prec == before
