"""A run: jobs made from a selection and a grid, done anywhere, gathered into a record."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from itertools import count

from dlnproof.claims.check import TrainingCheck
from dlnproof.claims.schema import Claim
from dlnproof.claims.studies import files_of, known, origin
from dlnproof.core.verdict import Route
from dlnproof.errors import InputError, NothingSelectedError
from dlnproof.limits import JOBS, MOST_POINTS, whole
from dlnproof.record.evidence import Evidence
from dlnproof.record.record import ClaimRecord, Record, Settings
from dlnproof.run.evidence import gather
from dlnproof.run.executors import results
from dlnproof.run.formal_build import FormalBuild
from dlnproof.run.formal_evidence import formal_evidence
from dlnproof.run.formal_table import theorems
from dlnproof.run.grid import Grid
from dlnproof.run.jobs import DerivationResult, Job, Result, checks_of, training_jobs
from dlnproof.run.printed import examine
from dlnproof.run.select import claims_named, matcher, without_folders
from dlnproof.run.training import TrainingResult
from dlnproof.run.visited import Visited
from dlnproof.version import __version__

_CHUNK = 8
"""Points in one job: enough to pay for sending it, few enough to share the work evenly."""


@dataclass(frozen=True)
class Plan:
    """What a run will do: the selection, the claims it leaves, the grid, and the jobs in order."""

    ids: tuple[str, ...]
    expression: str
    claims: tuple[Claim, ...]
    grid: Grid
    jobs: tuple[Job, ...]

    @property
    def settings(self) -> Settings:
        """What the run is asked for; the seed stands beside it in a record.

        Files of the user's are named without their folders, with the SHA-256 of their contents.
        """
        return Settings(
            claims=tuple(without_folders(name) for name in self.ids),
            files=files_of(claim.id for claim in self.claims),
            expression=self.expression,
            depths=self.grid.depths,
            widths=self.grid.widths,
            points=self.grid.points,
            digits=self.grid.digits,
            runs=self.grid.runs,
        )


@dataclass
class Run:
    """The outcome of a run: the record, and how long each piece took, slowest first."""

    record: Record
    durations: list[tuple[float, str]] = field(default_factory=list)
    stopped: bool = False


def plan(ids: Iterable[str], grid: Grid, expression: str = "") -> Plan:
    """Return what a selection of claims and routes means on a grid.

    Raises :class:`InputError` for an unknown claim or too many points, and
    :class:`NothingSelectedError` when nothing is left to do.
    """
    names = tuple(ids)
    matches = matcher(expression) if expression else lambda text: True
    jobs: list[Job] = []
    claims = claims_named(names)
    _refuse_too_many(claims, grid, matches)
    for claim in claims:
        keys = list(grid.keys(claim))
        if not keys:
            continue  # a derivation alone is no check of a claim at depths it does not speak of
        if matches(f"{claim.id} {Route.DERIVATION}"):
            jobs.append(Job(claim.id, Route.DERIVATION, origin=origin(claim.id)))
        for check in checks_of(claim):
            if isinstance(check, TrainingCheck):
                if grid.runs and matches(f"{claim.id} {check.route}"):
                    jobs += training_jobs(claim, grid.runs, grid.seed)
            elif matches(f"{claim.id} {check.route}"):
                here = check.visits(keys)
                jobs += [
                    Job(
                        claim.id,
                        check.route,
                        tuple(here[k : k + _CHUNK]),
                        grid.digits,
                        origin=origin(claim.id),
                    )
                    for k in range(0, len(here), _CHUNK)
                ]
    if not jobs:
        raise NothingSelectedError(
            "nothing selected: no claim, route, depth and width are left by this selection; see "
            "'dlnproof list' for the claims and the depths they speak of"
        )
    chosen = {job.claim for job in jobs}
    # the longest first, so that no process is left alone with one of them at the end
    jobs.sort(key=lambda job: job.route is not Route.TRAINING)
    left = tuple(claim for claim in known().values() if claim.id in chosen)
    return Plan(names, expression, left, grid, tuple(jobs))


def _refuse_too_many(claims: Iterable[Claim], grid: Grid, matches: Callable[[str], bool]) -> None:
    """Refuse what no run could end, before its points are listed."""
    points = sum(
        grid.count(claim)
        for claim in claims
        for route in claim.routes
        if route not in (Route.DERIVATION, Route.TRAINING) and matches(f"{claim.id} {route}")
    )
    if points > MOST_POINTS:
        raise InputError(
            f"run: got {points:,} points, expected at most {MOST_POINTS:,}; take fewer claims, "
            "depths, widths or points"
        )


def check(
    claims: Iterable[str] = (),
    *,
    grid: Grid | None = None,
    expression: str = "",
    jobs: int = JOBS.usual,
    executor: Executor | None = None,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> Record:
    """Derive and check claims (none named: all); return the record of what was decided.

    ``grid`` says where (default: :class:`~dlnproof.run.grid.Grid`), ``expression`` selects claims
    and routes like the command line's ``-k``, ``jobs`` or ``executor`` says who does the work,
    which never changes the record. ``progress`` is called after each piece of work with how many
    are done, and of how many. Raises :class:`InputError` for an unknown claim and
    :class:`NothingSelectedError` when nothing is left to do.

    >>> check(["svd-jacobian"], grid=Grid(depths=(2,), widths=(2,))).holds
    True
    """
    whole("jobs", jobs, JOBS.least)
    names = list(claims)
    chosen = plan(names, grid or Grid(), expression)
    done = count(1)
    return execute(
        chosen,
        call_of(names, chosen.grid, expression),
        jobs=jobs,
        executor=executor,
        progress=lambda job: progress(next(done), len(chosen.jobs)),
    ).record


def call_of(names: Iterable[str], grid: Grid, expression: str) -> str:
    """Return the call of :func:`check` that repeats a run, as its record has it."""
    plain = [without_folders(name) for name in names]
    return f"dlnproof.check({plain!r}, grid={grid!r}, expression={expression!r})"


def execute(
    plan: Plan,
    command: str,
    *,
    jobs: int = JOBS.usual,
    executor: Executor | None = None,
    stop_at_failure: bool = False,
    formal: FormalBuild | None = None,
    progress: Callable[[Job], None] = lambda job: None,
) -> Run:
    """Do the plan's jobs and return the record. The record does not depend on who did them.

    ``jobs`` processes do them, or the given ``executor`` (anything with the interface of
    ``concurrent.futures``, such as a Dask client's). ``progress`` is called after each job. What
    the Coq development answered (``formal``) is evidence for the claims that it has theorems about.
    """
    found: dict[Job, Result] = {}
    stopped = False
    with results(plan.jobs, jobs, executor) as done:
        for job, result in done:
            found[job] = result
            progress(job)
            if stop_at_failure and not _passes(result):
                stopped = True
                break
    records = []
    places = Visited()
    durations: list[tuple[float, str]] = []
    for claim in plan.claims:
        evidence: list[Evidence] = []
        for route in claim.routes:
            mine = [r for job, r in found.items() if (job.claim, job.route) == (claim.id, route)]
            if mine:
                gathered = gather(claim, route, mine, plan.grid, places)
                evidence.append(_covering(claim, gathered))
                durations += _durations(claim, route, mine)
        coq = tuple(theorem.theorem for theorem in theorems(claim.id))
        if formal is not None and coq:
            evidence.append(formal_evidence(claim, formal, evidence))
        if evidence:
            trained = [
                r for j, r in found.items() if j.claim == claim.id and isinstance(r, TrainingResult)
            ]
            printed = tuple(examine(claim, statement, trained) for statement in claim.as_printed)
            where = str(claim.source)
            measured = tuple(sorted(claim.empirical))
            records.append(
                ClaimRecord(
                    claim.id,
                    claim.title,
                    where,
                    claim.names,
                    tuple(evidence),
                    printed,
                    measured,
                    coq,
                )
            )
    record = Record(
        __version__,
        command,
        plan.grid.seed,
        tuple(records),
        replace(plan.settings, formal=formal is not None, stopped=stopped),
        places.all(),
    )
    return Run(record, sorted(durations, reverse=True), stopped)


def _covering(claim: Claim, evidence: Evidence) -> Evidence:
    """Return evidence with the sentences that it is about, if these are not all."""
    covered = frozenset(claim.names) - claim.empirical
    for check in checks_of(claim):
        if check.route is evidence.route:
            covered = claim.about(check.covers)
    if covered == set(claim.names):
        return evidence
    return replace(evidence, covers=tuple(name for name in claim.names if name in covered))


def _passes(result: Result) -> bool:
    if isinstance(result, DerivationResult):
        return result.found.verdict.holds
    if isinstance(result, TrainingResult):
        return not result.failure
    return all(found.comparison.verdict.holds for found in result)


def _durations(claim: Claim, route: Route, results: list[Result]) -> list[tuple[float, str]]:
    name = f"{claim.id} {route}"
    timed = []
    for result in results:
        if isinstance(result, DerivationResult | TrainingResult):
            timed.append((result.seconds, name))
        else:
            timed += [(r.seconds, f"{name} {r.key}") for r in result]
    return timed
