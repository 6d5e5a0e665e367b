"""Runs: the same record whoever does the jobs, and no failure that takes the run with it."""

import json
import os
import re
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import replace
from importlib import import_module
from math import inf
from typing import Any

import flint
import pytest

from dlnproof import Grid, check
from dlnproof.claims import CLAIMS
from dlnproof.claims.check import ExactCheck
from dlnproof.claims.schema import Mutant
from dlnproof.claims.volume.volume_form import CLAIM as VOLUME_FORM
from dlnproof.core.verdict import Route, Verdict
from dlnproof.errors import InputError
from dlnproof.numeric.exact.exact_geometry import exact_root
from dlnproof.numeric.exact.points import PointKey, Stratum, point
from dlnproof.quantities import metric
from dlnproof.record.evidence import Evidence
from dlnproof.record.record import ClaimRecord
from dlnproof.run import jobs, planning, printed
from dlnproof.run.executors import results
from dlnproof.run.jobs import Job, run
from dlnproof.run.planning import plan
from dlnproof.run.point import check_at
from dlnproof.run.runner import execute

svd_jacobian = import_module("dlnproof.checks.volume.svd_jacobian")

GRID = Grid(depths=(2, inf), widths=(1, 2))
SOME = "svd and derivation or operator and not derivation or infinite and enclosure"
"""Every kind of route, at finite and infinite depth, at little cost."""
SMALL = plan([], GRID, SOME)
COMMAND = "a command"


@pytest.fixture(scope="module")
def serial() -> str:
    return execute(SMALL, COMMAND).record.dumps()


@pytest.fixture(autouse=True)
def _forget_proofs() -> Iterator[None]:
    yield
    jobs.proof_verdict.cache_clear()


class Backwards(Executor):
    """Does nothing until a result is asked for, and then everything, the last job first."""

    def __init__(self) -> None:
        self.waiting: list[tuple[Future[Any], Callable[[], Any]]] = []

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        executor = self

        class Lazy(Future[Any]):
            def result(self, timeout: float | None = None) -> Any:
                while executor.waiting:
                    future, call = executor.waiting.pop()
                    future.set_result(call())
                return super().result(timeout)

        future = Lazy()
        self.waiting.append((future, lambda: fn(*args, **kwargs)))
        return future


def test_the_record_does_not_depend_on_who_does_the_jobs(serial: str) -> None:
    assert execute(SMALL, COMMAND, jobs=2).record.dumps() == serial
    assert execute(SMALL, COMMAND, executor=Backwards()).record.dumps() == serial


def test_threads_share_the_precision_and_do_not_disturb_each_other(serial: str) -> None:
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)  # change threads as often as one can
    try:
        with ThreadPoolExecutor(4) as threads:
            assert execute(SMALL, COMMAND, executor=threads).record.dumps() == serial
            assert threads.submit(lambda: 1).result() == 1  # it is not ours to shut down
    finally:
        sys.setswitchinterval(before)


def test_jobs_of_one_process_do_not_overlap() -> None:
    inside, most = [0], [0]
    lock, together = threading.Lock(), threading.Barrier(2)

    def enter() -> None:
        together.wait()
        with jobs.alone(50):
            inside[0] += 1
            most[0] = max(most[0], inside[0])
            time.sleep(0.05)
            with lock:
                inside[0] -= 1

    with ThreadPoolExecutor(2) as threads:
        for done in [threads.submit(enter) for _ in range(2)]:
            done.result()
    assert most == [1]


@pytest.mark.parametrize("chunk", [1, 3, 1000])
def test_nor_on_how_the_points_are_packed(
    chunk: int, serial: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planning, "_CHUNK", chunk)
    packed = plan([], GRID, SOME)
    assert len(packed.jobs) != len(SMALL.jobs)
    assert execute(packed, COMMAND).record.dumps() == serial


def test_nor_on_the_precision_of_the_caller(serial: str) -> None:
    before = flint.ctx.prec
    flint.ctx.prec = 17
    try:
        assert execute(SMALL, COMMAND).record.dumps() == serial
        assert flint.ctx.prec == 17
    finally:
        flint.ctx.prec = before


def test_the_seed_changes_every_point_and_not_what_is_decided() -> None:
    one, two = (Grid((2,), (2,), seed=seed) for seed in (0, 1))
    keys = [
        [key for job in plan(["volume-form"], grid).jobs for key in job.keys] for grid in (one, two)
    ]
    assert all(point(a).frames != point(b).frames for a, b in zip(*keys, strict=True))
    records = [check(["volume-form"], grid=grid, expression="exact") for grid in (one, two)]
    assert [record.seed for record in records] == [0, 1]
    assert records[0].claims == records[1].claims


def test_the_command_of_a_library_run_repeats_it() -> None:
    record = check(["svd-jacobian"], grid=Grid((2, inf), (2,)), expression="exact")
    again = eval(record.command, {"dlnproof": import_module("dlnproof"), "Grid": Grid, "inf": inf})
    assert again == record


def test_progress_is_told_of_every_job_in_order() -> None:
    seen: list[Job] = []
    execute(SMALL, COMMAND, executor=Backwards(), progress=seen.append)
    assert tuple(seen) == SMALL.jobs


def test_durations_cover_every_point_slowest_first() -> None:
    done = execute(SMALL, COMMAND)
    assert len(done.durations) == sum(len(job.keys) or 1 for job in SMALL.jobs)
    assert done.durations == sorted(done.durations, reverse=True)
    exact = [name for _, name in done.durations if " exact" in name]
    shown = r"[a-z-]+ exact N = \d, d = \d, [a-z -]+(, det < 0)?, \d+"
    assert all(re.fullmatch(shown, name) for name in exact)
    assert len(set(exact)) == len(exact) > 0


@pytest.mark.parametrize("jobs", [0, -1])
def test_a_number_of_processes_is_positive(jobs: int) -> None:
    with pytest.raises(InputError, match="jobs"):
        check(["volume-form"], jobs=jobs)


# --- failures -------------------------------------------------------------------------------------


def evidence(claim: ClaimRecord, route: Route) -> Evidence:
    [found] = (e for e in claim.evidence if e.route is route)
    return found


def fail(*given: Any) -> Any:
    raise RuntimeError("cannot\nread '/home/someone/secret/file.txt' or C:\\Users\\me\\x.txt, 1/2")


def test_an_exception_at_a_point_is_an_error_of_that_claim_and_route(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(metric, "exact_root", fail)
    record = execute(plan(["svd-jacobian", "volume-form"], GRID), COMMAND).record
    svd, volume = record.claims
    assert svd.verdict is Verdict.PROVED
    assert volume.verdict is Verdict.ERROR
    assert not record.holds
    found = evidence(volume, Route.EXACT)
    assert found.verdict is Verdict.ERROR
    failure = found.details["failure"]
    assert failure.startswith("N = 2, d = 1, simple, det W > 0, point 0: RuntimeError: cannot read")
    assert failure.endswith("'file.txt' or x.txt, 1/2")
    assert evidence(volume, Route.PULLBACK).verdict is Verdict.SAMPLED


def test_one_point_that_fails_is_not_outvoted(monkeypatch: pytest.MonkeyPatch) -> None:
    right, calls = exact_root, iter(range(1000))
    monkeypatch.setattr(metric, "exact_root", lambda x: fail() if next(calls) == 3 else right(x))
    [claim] = execute(plan(["volume-form"], GRID, "exact"), COMMAND).record.claims
    assert claim.verdict is Verdict.ERROR
    assert claim.evidence[0].survivors == ()  # the other points have rejected them
    assert claim.evidence[0].details["failure"].startswith("N = 2, d = 1, tiny sigma, det W < 0")


def test_an_exception_in_a_derivation_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    jobs.proof_verdict.cache_clear()
    monkeypatch.setattr(import_module("dlnproof.derivations.volume.svd_jacobian"), "derive", fail)
    [claim] = execute(plan(["svd-jacobian"], GRID), COMMAND).record.claims
    assert claim.verdict is Verdict.ERROR
    found = evidence(claim, Route.DERIVATION)
    assert found.details["failure"].startswith("RuntimeError: cannot read")
    assert found.details["scope"] == "all N, all d"
    assert evidence(claim, Route.EXACT).verdict is Verdict.EXACT


def test_a_claim_is_not_proved_where_one_it_uses_is_not(stating: Callable[[str], None]) -> None:
    stating("svd-jacobian")
    [claim] = execute(plan(["volume-form"], GRID, "derivation"), COMMAND).record.claims
    assert claim.verdict is Verdict.UNDECIDED


def test_a_derivation_that_proves_a_wrong_variant_proves_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    alike = Mutant("alike", "no other formula", VOLUME_FORM.parts)
    mutants = (alike, *VOLUME_FORM.mutants)
    monkeypatch.setitem(CLAIMS, "volume-form", replace(VOLUME_FORM, mutants=mutants))
    [claim] = execute(plan(["volume-form"], GRID, "derivation"), COMMAND).record.claims
    assert claim.verdict is Verdict.ERROR
    assert "is derived too" in claim.evidence[0].details["failure"]
    assert claim.evidence[0].survivors == ("alike",)


def test_a_wrong_variant_that_fails_is_not_rejected(monkeypatch: pytest.MonkeyPatch) -> None:
    exact, *others = jobs.checks_of(VOLUME_FORM)
    assert isinstance(exact, ExactCheck)
    right = exact.predict

    def predict(parts: Any, at: Any) -> Any:
        return right(parts, at) if parts == VOLUME_FORM.parts else fail()

    checks = (replace(exact, predict=predict), *others)
    monkeypatch.setattr(jobs, "checks_of", lambda claim: checks)
    [claim] = execute(plan(["volume-form"], GRID, "exact"), COMMAND).record.claims
    assert claim.verdict is Verdict.UNDECIDED
    assert claim.evidence[0].tried == len(claim.evidence[0].survivors) == 6
    assert claim.evidence[0].details["failure"].startswith("not told apart from ordered-pairs")


def test_a_printed_statement_that_cannot_be_examined_loses_nothing_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(printed, "_verdict", fail)
    record = execute(plan(["volume-form"], GRID, "exact"), COMMAND).record
    [claim] = record.claims
    assert record.holds
    assert {p.verdict for p in claim.as_printed} == {Verdict.ERROR}
    assert claim.as_printed[0].explanation.startswith("Not examined (RuntimeError: cannot read")


class Dying(ProcessPoolExecutor):
    """A pool whose process dies at the second job."""

    count = 0

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.count += 1
        if self.count == 2:
            return super().submit(os._exit, 1)
        return super().submit(fn, *args, **kwargs)


def test_a_process_that_dies_is_an_error_of_what_it_was_doing() -> None:
    chosen = plan(["volume-form"], Grid((2,), (1,)))
    with Dying(1) as pool:
        record = execute(chosen, COMMAND, executor=pool).record
    [claim] = record.claims
    assert claim.verdict is Verdict.ERROR
    assert evidence(claim, Route.EXACT).verdict is Verdict.ERROR
    assert "BrokenProcessPool" in evidence(claim, Route.EXACT).details["failure"]
    assert json.loads(record.dumps())["claims"][0]["verdict"] == "error"


class Refusing(Backwards):
    """An executor that takes one job and then refuses."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        if self.waiting:
            raise BrokenProcessPool("gone")
        return super().submit(fn, *args, **kwargs)


def test_an_executor_that_refuses_jobs_loses_only_those() -> None:
    [claim] = execute(plan(["volume-form"], GRID), COMMAND, executor=Refusing()).record.claims
    assert evidence(claim, Route.DERIVATION).verdict is Verdict.PROVED
    assert evidence(claim, Route.EXACT).verdict is Verdict.ERROR


def test_an_interrupt_ends_the_run_and_cancels_what_waits() -> None:
    class Interrupting(Executor):
        futures: list[Future[Any]] = []  # noqa: RUF012

        def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
            future: Future[Any] = Future()
            if len(self.futures) == 1:
                future.set_exception(KeyboardInterrupt())
            elif not self.futures:
                future.set_result(fn(*args, **kwargs))
            self.futures.append(future)
            return future

    executor = Interrupting()
    with pytest.raises(KeyboardInterrupt):
        execute(SMALL, COMMAND, executor=executor)
    assert all(future.cancelled() for future in executor.futures[2:])


# --- stopping at the first failure ----------------------------------------------------------------


def test_stopping_at_the_first_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dlnproof.quantities.svd_jacobian.svd_differential", fail)
    chosen = plan(["svd-jacobian", "volume-form"], GRID, "not pullback")
    seen: list[Job] = []
    done = execute(chosen, COMMAND, stop_at_failure=True, progress=seen.append)
    assert done.stopped
    assert [(job.claim, job.route) for job in seen] == [
        ("svd-jacobian", Route.DERIVATION),
        ("svd-jacobian", Route.EXACT),
    ]
    assert [claim.id for claim in done.record.claims] == ["svd-jacobian"]
    assert not done.record.holds
    threads = execute(chosen, COMMAND, stop_at_failure=True, executor=Backwards())
    assert threads.record == done.record
    whole = execute(chosen, COMMAND)
    assert not whole.stopped
    assert len(whole.record.claims) == 2


def test_a_run_without_failure_is_not_stopped(serial: str) -> None:
    done = execute(SMALL, COMMAND, stop_at_failure=True)
    assert not done.stopped
    assert done.record.dumps() == serial


def test_a_wrong_variant_that_agrees_at_a_point_is_not_tested_there() -> None:
    exact, _ = jobs.checks_of(VOLUME_FORM)
    assert isinstance(exact, ExactCheck)
    key = PointKey(1, 1, Stratum.SIMPLE, 1, 0, 0)  # the density is 1, whatever the exponents
    found = check_at(VOLUME_FORM, exact, key, 50)
    assert found.comparison.verdict is Verdict.EXACT
    assert set(found.mutants.values()) == {Verdict.VACUOUS}
    assert len(found.mutants) == 6


# --- jobs -----------------------------------------------------------------------------------------


def test_no_more_processes_than_jobs(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    @contextmanager
    def counted(count: int) -> Iterator[Executor | None]:
        asked.append(count)
        yield Backwards() if count > 1 else None

    monkeypatch.setattr("dlnproof.pool.processes", counted)
    for number in (2, 1, 0):
        some = SMALL.jobs[:number]
        with results(some, 64, None) as done:
            assert [job for job, _ in done] == list(some)
    assert asked == [2, 1, 1]


def test_a_job_for_a_route_that_is_not_there_is_an_error() -> None:
    key = SMALL.jobs[1].keys[0]
    [found] = run(Job("volume-form", Route.FORMAL, (key,)))  # type: ignore[misc]
    assert found.comparison.verdict is Verdict.ERROR


def test_progress_is_told_after_each_piece() -> None:
    told: list[tuple[int, int]] = []
    check(
        ["recap"], grid=Grid(depths=(2,), widths=(2,), runs=0), progress=lambda *x: told.append(x)
    )
    of = told[-1][1]
    assert of >= 2
    assert told == [(k, of) for k in range(1, of + 1)]
