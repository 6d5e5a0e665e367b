"""What a run will do: a selection of claims and routes on a grid, as jobs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from dlnproof.claims.check import TrainingCheck
from dlnproof.claims.schema import Claim
from dlnproof.claims.studies import files_of, known, origin
from dlnproof.core.verdict import Route
from dlnproof.errors import InputError, NothingSelectedError
from dlnproof.limits import MOST_POINTS
from dlnproof.record.record import Settings
from dlnproof.run.grid import Grid
from dlnproof.run.jobs import Job, checks_of, training_jobs
from dlnproof.run.select import claims_named, matcher, without_folders

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
