"""A run: jobs made from a selection and a grid, done anywhere, gathered into a record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path

from dlnproof.claims.schema import Claim
from dlnproof.claims.studies import known
from dlnproof.limits import JOBS, whole
from dlnproof.record.evidence import Evidence
from dlnproof.record.record import ClaimRecord, Record
from dlnproof.run.evidence import gather
from dlnproof.run.executors import results
from dlnproof.run.formal_build import FormalBuild
from dlnproof.run.formal_evidence import formal_evidence
from dlnproof.run.formal_table import theorems
from dlnproof.run.grid import Grid
from dlnproof.run.jobs import DerivationResult, Job, Result, checks_of
from dlnproof.run.kept import Kept
from dlnproof.run.planning import Plan, plan
from dlnproof.run.printed import examine
from dlnproof.run.select import listed, without_folders
from dlnproof.run.shards import Piece, joined
from dlnproof.run.training import TrainingResult
from dlnproof.run.visited import Visited
from dlnproof.version import __version__


@dataclass
class Run:
    """The outcome of a run: the record, how long each piece took, slowest first, what is kept."""

    record: Record
    durations: list[tuple[float, str]] = field(default_factory=list)
    stopped: bool = False
    kept: Kept | None = None


def check(
    claims: Iterable[str] = (),
    *,
    grid: Grid | None = None,
    expression: str = "",
    jobs: int = JOBS.usual,
    executor: Executor | None = None,
    progress: Callable[[int, int], None] = lambda done, of: None,
    keep: str | Path | None = None,
) -> Record:
    """Derive and check claims (none named: all); return the record of what was decided.

    ``grid`` says where (default: :class:`~dlnproof.run.grid.Grid`), ``expression`` selects claims
    and routes like the command line's ``-k``, ``jobs`` or ``executor`` says who does the work,
    which never changes the record. ``progress`` is called after each piece of work with how many
    are done, and of how many. With the directory ``keep`` the finished claims of a run that takes
    longer than ten seconds are kept there, and the same run goes on from them. Raises
    :class:`InputError` for an unknown claim and :class:`NothingSelectedError` when nothing is left
    to do.

    >>> check(["svd-jacobian"], grid=Grid(depths=(2,), widths=(2,))).holds
    True
    """
    whole("jobs", jobs, JOBS.least)
    names = listed(claims)
    chosen = plan(names, grid or Grid(), expression)
    done = count(1)
    return execute(
        chosen,
        call_of(names, chosen.grid, expression),
        jobs=jobs,
        executor=executor,
        progress=lambda job: progress(next(done), len(chosen.jobs)),
        keep=keep,
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
    keep: str | Path | None = None,
) -> Run:
    """Do the plan's jobs and return the record. The record does not depend on who did them.

    ``jobs`` processes do them, or the given ``executor`` (anything with the interface of
    ``concurrent.futures``, such as a Dask client's). ``progress`` is called after each job. What
    the Coq development answered (``formal``) is evidence for the claims that it has theorems about.
    With the directory ``keep`` finished claims are kept there, and the same run goes on from them.
    """
    settings = replace(plan.settings, formal=formal is not None)
    run = Record(__version__, command, plan.grid.seed, (), settings)
    kept = None if keep is None else Kept(Path(keep), run, [claim.id for claim in plan.claims])
    pieces = {piece.claim.id: piece for piece in kept.load()} if kept else {}
    for job in plan.jobs:
        if job.claim in pieces:
            progress(job)
    waiting = [job for job in plan.jobs if job.claim not in pieces]
    found: dict[str, list[tuple[Job, Result]]] = {job.claim: [] for job in waiting}
    left = Counter(job.claim for job in waiting)
    stopped = False
    with results(waiting, jobs, executor) as done:
        for job, result in done:
            found[job.claim].append((job, result))
            left[job.claim] -= 1
            progress(job)
            if stop_at_failure and not _passes(result):
                stopped = True
                break
            if not left[job.claim]:
                pieces[job.claim] = _piece(job.claim, plan.grid, found[job.claim], formal)
                if kept:
                    kept.save(pieces[job.claim])
    for claim in plan.claims:
        if claim.id not in pieces and found[claim.id]:  # what was stopped
            pieces[claim.id] = _piece(claim.id, plan.grid, found[claim.id], formal)
    whole = joined(
        replace(run, run=replace(settings, stopped=stopped)),
        [pieces[claim.id] for claim in plan.claims if claim.id in pieces],
    )
    durations = [duration for mine in found.values() for duration in _durations(mine)]
    return Run(whole, sorted(durations, reverse=True), stopped, kept)


def _piece(
    name: str, grid: Grid, found: Sequence[tuple[Job, Result]], formal: FormalBuild | None
) -> Piece:
    """Return what was found of a claim, some of its jobs done at least."""
    claim, places = known()[name], Visited()
    evidence: list[Evidence] = []
    for route in claim.routes:
        if mine := [result for job, result in found if job.route is route]:
            evidence.append(_covering(claim, gather(claim, route, mine, grid, places)))
    coq = tuple(theorem.theorem for theorem in theorems(claim.id))
    if formal is not None and coq:
        evidence.append(formal_evidence(claim, formal, evidence))
    trained = [result for _, result in found if isinstance(result, TrainingResult)]
    derived = (result for _, result in found if isinstance(result, DerivationResult))
    printed = {name: examined for result in derived for name, examined in result.printed.items()}
    record = ClaimRecord(
        claim.id,
        claim.title,
        str(claim.source),
        claim.names,
        tuple(evidence),
        tuple(printed.get(p.name) or examine(claim, p, trained) for p in claim.as_printed),
        tuple(sorted(claim.empirical)),
        coq,
    )
    return Piece(record, places.all())


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


def _durations(found: Iterable[tuple[Job, Result]]) -> Iterator[tuple[float, str]]:
    for job, result in found:
        name = f"{job.claim} {job.route}"
        if isinstance(result, DerivationResult | TrainingResult):
            yield result.seconds, name
        else:
            yield from ((one.seconds, f"{name} {one.key}") for one in result)
