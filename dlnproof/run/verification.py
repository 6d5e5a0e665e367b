"""A record made again: the same run, and the verdicts of both side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import inf
from typing import Any, Final

from dlnproof.core.verdict import Route
from dlnproof.depth import Depth
from dlnproof.errors import InputError
from dlnproof.json_fields import entries, integer, mapping, show, text
from dlnproof.options import MOST_DEPTH, MOST_WIDTH
from dlnproof.record import Record
from dlnproof.run.difference import Change, Difference, differences, with_routes
from dlnproof.run.grid import Grid
from dlnproof.run.runner import Plan, plan
from dlnproof.run.select import is_file
from dlnproof.run.studies import files_of, known

VERIFICATION_SCHEMA: Final = "dlnproof-verification/1"
_HINT: Final = "; if it is in a file of your own, give the file: --with FILE.py"
_QUICK_DEPTH, _QUICK_WIDTH, _QUICK_DIGITS = 3, 3, 30


@dataclass(frozen=True)
class Verification:
    """A record and the same run made now, compared verdict by verdict.

    ``amiss`` says what else is wrong with the record; ``left_out`` names what a quick verification
    does not make again.
    """

    before: Record
    after: Record
    found: tuple[Difference, ...]
    amiss: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def confirmed(self) -> bool:
        """Whether every verdict that was made again is the record's, and nothing is amiss."""
        return not self.amiss and all(d.change is Change.SAME for d in self.found)

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
            "confirmed": self.confirmed,
            **{change.value: self.count(change) for change in Change},
            "left_out": list(self.left_out),
            "differences": [difference.as_json() for difference in self.found],
        }


def plan_again(record: Record, *, quick: bool = False) -> Plan:
    """Return the run that a record says it was, or a smaller one of it.

    ``quick``: depths up to 3 and infinity, widths up to 3, one point of each kind, 30 digits, no
    training runs, as far as the record has them. Claims that the catalogue does not have are left
    out: they will be missing. Raises :class:`InputError` for settings that no run can have.
    """
    run = record.run
    grid = _grid(run, record.seed)
    if quick:
        depths = tuple(n for n in grid.depths if n <= _QUICK_DEPTH or n == inf)
        widths = tuple(d for d in grid.widths if d <= _QUICK_WIDTH)
        grid = Grid(
            depths=depths or (min(grid.depths),),
            widths=widths or (min(grid.widths),),
            points=1,
            digits=min(grid.digits, _QUICK_DIGITS),
            seed=grid.seed,
            runs=0,
        )
    data = mapping(run, "run")
    names = [text({"claims": name}, "claims") for name in entries(data, "claims")]
    # a file of the user's stands for its claims, which are known if it has been loaded
    inside = [claim.id for claim in record.claims] if any(map(is_file, names)) else []
    here = known()
    chosen = [name for name in dict.fromkeys((*names, *inside)) if name in here]
    if names and not chosen:
        raise InputError(f"run: claims: got {show(names[0])}, which is not known here{_HINT}")
    return plan(chosen, grid, text(data, "expression"))


def files_amiss(record: Record) -> Iterator[str]:
    """Yield the user's files that a record speaks of and that are not loaded, or are others."""
    loaded = files_of(known())
    for name, digest in mapping(record.run.get("files", {}), "files").items():
        if name not in loaded:
            yield f"{name}: the record's file of claims is not given{_HINT}."
        elif loaded[name] != digest:
            yield f"{name}: is not the record's, it has another SHA-256 than {show(digest)}."


def compare(
    before: Record, after: Record, amiss: Sequence[str] = (), *, quick: bool = False
) -> Verification:
    """Return the verdicts of a record and of the same run made now, side by side.

    Of a quick run only what was made again is compared: its routes, and the verdicts by these. The
    route formal is left out where the Coq development was not built again.
    """
    again = {c.id: frozenset(found.route for found in c.evidence) for c in after.claims}
    if not quick:
        some = frozenset(Route) - {Route.FORMAL}
        every = (
            frozenset(Route) if any(Route.FORMAL in routes for routes in again.values()) else some
        )
        again = {claim.id: every for claim in (*before.claims, *after.claims)}
    left_out = [
        f"{claim.id} {found.route}"
        for claim in before.claims
        for found in claim.evidence
        if found.route not in again.get(claim.id, ())
    ]
    compared = differences(with_routes(before, again), with_routes(after, again))
    if quick:  # a smaller grid has other counts and errors; counterexamples are the same
        compared = [replace(d, figures=()) if d.what in set(Route) else d for d in compared]
    return Verification(before, after, tuple(compared), tuple(amiss), tuple(left_out))


def _grid(run: Any, seed: int) -> Grid:
    data = mapping(run, "run")
    return Grid(
        depths=tuple(_depth(depth) for depth in _some(data, "depths")),
        widths=tuple(integer({"widths": d}, "widths", MOST_WIDTH) for d in _some(data, "widths")),
        points=integer(data, "points", 1000),
        digits=integer(data, "digits", 1000),
        seed=seed,
        runs=integer(data, "runs", 10**6, least=0),
    )


def _depth(value: Any) -> Depth:
    return inf if value == "inf" else integer({"depths": value}, "depths", MOST_DEPTH)


def _some(data: dict[str, Any], name: str) -> Sequence[Any]:
    found = entries(data, name)
    if not found:
        raise InputError(f"{name}: got none, expected at least one")
    return found
