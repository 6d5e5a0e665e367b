"""A record made again: the same run, and the verdicts of both side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from math import inf
from typing import Any, Final

from dlnproof import limits
from dlnproof.claims.studies import files_of, known
from dlnproof.core.verdict import Route
from dlnproof.errors import InputError, NothingSelectedError
from dlnproof.files.fields import integer, show
from dlnproof.notation.plain import plain
from dlnproof.record.difference import (
    THE_RUN,
    Change,
    Difference,
    as_printed,
    differences,
    without,
)
from dlnproof.record.record import ClaimRecord, Record
from dlnproof.run.formal_table import theorems
from dlnproof.run.grid import Grid
from dlnproof.run.planning import Plan, plan
from dlnproof.run.select import is_file
from dlnproof.version import __version__, commit

VERIFICATION_SCHEMA: Final = "dlnproof-verification/2"
_HINT: Final = "; if it is in a file of your own, give the file: --with FILE.py"
_OTHERWISE: Final = "what another version puts otherwise"
_BEYOND: Final = "the depths, widths, points and digits beyond those of --quick"


class Outcome(StrEnum):
    """What a verification says of a record."""

    CONFIRMED = "confirmed"
    IN_PART = "confirmed in part"
    """Nothing is amiss, but not all was made again."""
    NOT_CONFIRMED = "not confirmed"


@dataclass(frozen=True)
class Verification:
    """A record and the same run made now, compared verdict by verdict.

    ``amiss`` says what else is wrong with the record; ``left_out`` names what was not made again.
    """

    before: Record
    after: Record
    found: tuple[Difference, ...]
    amiss: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def outcome(self) -> Outcome:
        """Confirmed is what was made again, and all of it is the same; nothing else is."""
        if self.amiss or any(d.change is not Change.SAME for d in self.found):
            return Outcome.NOT_CONFIRMED
        return Outcome.IN_PART if self.left_out else Outcome.CONFIRMED

    def count(self, change: Change) -> int:
        """Return how many verdicts are the same, changed, missing or new."""
        return sum(difference.change is change for difference in self.found)

    def as_json(self) -> dict[str, Any]:
        """Return the comparison as JSON data."""
        return {
            "schema": VERIFICATION_SCHEMA,
            "digest": self.before.digest,
            "amiss": list(self.amiss),
            "version": {"record": self.before.version, "now": self.after.version},
            "outcome": self.outcome.value,
            **{change.value: self.count(change) for change in Change},
            "left_out": list(self.left_out),
            "differences": [difference.as_json() for difference in self.found],
        }


def plan_again(record: Record, *, quick: bool = False) -> Plan:
    """Return the run that a record says it was, or a smaller one of it.

    ``quick``: the depths and widths of a quick run, one point of each kind, 30 digits, no training
    runs, as far as the record has them. Claims that the catalogue does not have are left
    out: they will be missing. Raises :class:`InputError` for settings that no run can have.
    """
    grid = grid_of(record)
    if quick:
        depths = tuple(n for n in grid.depths if n in limits.QUICK_DEPTHS)
        widths = tuple(d for d in grid.widths if d in limits.QUICK_WIDTHS)
        grid = Grid(
            depths=depths or (min(grid.depths),),
            widths=widths or (min(grid.widths),),
            points=limits.POINTS.quick,
            digits=min(grid.digits, limits.DIGITS.quick),
            seed=grid.seed,
            runs=limits.RUNS.quick,
        )
    names = record.run.claims
    # a file of the user's stands for its claims, which are known if it has been loaded
    inside = [claim.id for claim in record.claims] if any(map(is_file, names)) else []
    here = known()
    chosen = [name for name in dict.fromkeys((*names, *inside)) if name in here]
    if names and not chosen:
        raise InputError(f"run: claims: got {show(names[0])}, which is not known here{_HINT}")
    try:
        return plan(chosen, grid, record.run.expression)
    except NothingSelectedError:
        if not quick:
            raise
        raise InputError(
            "--quick: the smaller run makes nothing of this record again; leave --quick out"
        ) from None


def files_amiss(record: Record) -> Iterator[str]:
    """Yield the user's files that a record speaks of and that are not loaded, or are others."""
    loaded = files_of(known())
    for name, digest in record.run.files.items():
        if name not in loaded:
            yield f"{name}: the record's file of claims is not given; give it: --with {name}"
        elif loaded[name] != digest:
            yield f"{name}: is not the record's, it has another SHA-256 than {show(digest)}."


def formal_amiss(record: Record) -> Iterator[str]:
    """Yield the claims with formal evidence that no run of ``--formal`` gives, or without it.

    Another version may have theorems about more claims.
    """
    built = record.run.formal
    mine = (record.version, record.commit) == (__version__, commit())
    for claim in record.claims:
        if not has_formal(claim):
            if built and mine and theorems(claim.id):
                yield f"{claim.id}: has no formal evidence, though its run built the Coq files."
        elif not built:
            yield f"{claim.id}: has formal evidence, but its run did not build the Coq files."
        elif not theorems(claim.id):
            yield f"{claim.id}: has formal evidence, but no theorem of the Coq files is about it."


def has_formal(claim: ClaimRecord) -> bool:
    """Whether a claim has evidence of the route formal."""
    return any(found.route is Route.FORMAL for found in claim.evidence)


def compare(
    before: Record,
    after: Record,
    amiss: Sequence[str] = (),
    left_out: Sequence[str] = (),
    *,
    quick: bool = False,
) -> Verification:
    """Return the verdicts of a record and of the same run made now, side by side.

    A quick run leaves out what the smaller plan does not have and the whole one has; its verdicts
    are by the rest. The route formal is left out where the Coq development was not built again.
    Whatever else the record has and the run made now has not is missing. ``left_out`` names what
    else was not made again.
    """
    quick = quick and grid_of(after) != grid_of(before)
    left = _left(before, after, quick=quick)
    kept = without(before, left)
    compared = differences(kept, without(after, left), _explained())
    if quick:  # a smaller grid has other points, counts and errors
        numeric = set(Route) - {Route.DERIVATION}
        compared = [
            replace(d, figures=(), content=()) if d.what in numeric else d
            for d in compared
            if d.claim != THE_RUN
        ]
    some = {claim.id for claim in kept.claims}
    whats = [f"{c} {what}" for c, what in _whats(before) if (c, what) in left or c not in some]
    whats += [_BEYOND] * quick
    if (before.version, before.commit) != (after.version, after.commit):
        whats += [_OTHERWISE] * any(d.figures for d in compared)
    return Verification(before, after, tuple(compared), tuple(amiss), (*whats, *left_out))


def _left(before: Record, after: Record, *, quick: bool) -> frozenset[tuple[str, str]]:
    """Return what is not made again, by the plans: what a record has beyond them stays in."""
    left: set[tuple[str, str]] = set()
    if quick:
        whole, smaller = (
            {(job.claim, job.route.value) for job in plan_again(before, quick=less).jobs}
            for less in (False, True)
        )
        left = whole - smaller
        told, again = (
            {
                (claim.id, as_printed(printed.name))
                for claim in run.claims
                for printed in claim.as_printed
                if printed.route is Route.TRAINING and (claim.id, Route.TRAINING.value) in left
            }
            for run in (before, after)
        )
        left |= told & again
    if not after.run.formal:
        left |= {(claim.id, Route.FORMAL.value) for claim in before.claims}
    return frozenset(left)


def _whats(record: Record) -> Iterator[tuple[str, str]]:
    for claim in record.claims:
        yield from ((claim.id, found.route.value) for found in claim.evidence)
        yield from ((claim.id, as_printed(printed.name)) for printed in claim.as_printed)


def _explained() -> dict[tuple[str, str], str]:
    return {
        (claim.id, as_printed(printed.name)): plain(printed.explanation)
        for claim in known().values()
        for printed in claim.as_printed
    }


def grid_of(record: Record) -> Grid:
    """Return where a run was made, by its record. Raises :class:`InputError` for no such place."""
    run = record.run
    for name in ("depths", "widths"):
        if not getattr(run, name):
            raise InputError(f"{name}: got none, expected at least one")
    return Grid(
        depths=tuple(
            n if n == inf else integer(n, "depths", limits.MOST_DEPTH) for n in run.depths
        ),
        widths=tuple(integer(d, "widths", limits.MOST_WIDTH) for d in run.widths),
        points=integer(run.points, "points", limits.POINTS.most),
        digits=integer(run.digits, "digits", limits.DIGITS.most),
        seed=record.seed,
        runs=integer(run.runs, "runs", limits.RUNS.most, limits.RUNS.least),
    )
