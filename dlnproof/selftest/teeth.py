"""The section of teeth: claim by route by wrong variant of a fresh run, from its evidence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from dlnproof.claims.schema import Claim, Mutant
from dlnproof.claims.studies import known
from dlnproof.core.expression import Expression
from dlnproof.core.identity import decide_identity
from dlnproof.core.product import PairProduct, decide_product
from dlnproof.core.side import Side
from dlnproof.core.spectrum import STATED
from dlnproof.core.verdict import Route, Verdict
from dlnproof.limits import DIGITS, QUICK_DEPTHS
from dlnproof.record.evidence import Evidence
from dlnproof.record.record import Record
from dlnproof.run.grid import Grid
from dlnproof.run.jobs import checks_of
from dlnproof.run.runner import check
from dlnproof.selftest.bench import Bench
from dlnproof.selftest.case import Case, Section

_WIDTHS = (1, 2, 3)
_RUNS: Final = 100
"""Of each experiment, in the long form: a fifth of the usual, which tells the variants apart."""
REJECTED, EQUIVALENT, NOT_REJECTED = "rejected", "equivalent", "NOT REJECTED"


def variants(claim: Claim, route: Route) -> tuple[Mutant, ...]:
    """Return the wrong variants that a route is to reject: those of what it is about."""
    if route is Route.DERIVATION:
        return tuple(m for m in claim.mutants if not set(m.parts) <= claim.empirical)
    covers = {part for c in checks_of(claim) if c.route is route for part in c.covers}
    return tuple(m for m in claim.mutants if set(m.parts) & covers)


def same(left: Side, right: Side) -> bool:
    """Whether two formulas are proved equal."""
    if isinstance(left, PairProduct) and isinstance(right, PairProduct):
        return decide_product(left, right).verdict is Verdict.PROVED
    if isinstance(left, Expression) and isinstance(right, Expression):
        return decide_identity(left, right, STATED).verdict is Verdict.PROVED
    return False


def outcomes(claim: Claim, found: Evidence) -> Iterator[Case]:
    """Yield what became of the variants that a route is to reject, by what it found."""
    kind, expected = f"wrong variants, by {found.route}", variants(claim, found.route)
    if found.tried != len(expected):
        said = f"{found.tried} variants were tried"
        yield Case(kind, f"{claim.id}: {len(expected)} variants", NOT_REJECTED, False, said)
    for variant in expected:
        outcome = REJECTED
        if variant.name in found.survivors:
            equal = all(same(claim.parts[part], side) for part, side in variant.parts.items())
            outcome = EQUIVALENT if equal else NOT_REJECTED
        held = outcome != NOT_REJECTED
        yield Case(kind, f"{claim.id}: {variant.name}", outcome, held, variant.what)


def of_record(record: Record) -> Iterator[Case]:
    """Yield what became of every wrong variant in a run."""
    for entry in record.claims:
        for found in entry.evidence:
            if found.route is not Route.FORMAL:
                yield from outcomes(known()[entry.id], found)


def _cases(bench: Bench) -> Iterator[Case]:
    if not bench.long:
        yield from of_record(bench.record)
        return
    grid = Grid(QUICK_DEPTHS, _WIDTHS, digits=DIGITS.quick, runs=_RUNS)
    yield from of_record(check([], grid=grid, jobs=2))


SECTION: Final = Section("teeth", "Wrong variants of the claims, route by route", _cases)
