"""What documents print: each claim of a record, with its statement and its proof beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

from dlnproof.claims.deduction import Account, Deduction
from dlnproof.claims.schema import Claim
from dlnproof.claims.studies import known, study
from dlnproof.core.verdict import Route
from dlnproof.errors import InputError
from dlnproof.record.evidence import Evidence
from dlnproof.record.record import ClaimRecord, Record
from dlnproof.run.jobs import derive_claim
from dlnproof.run.select import claims_named


@dataclass(frozen=True)
class Entry:
    """A claim as the catalogue states it, what a run found about it, and its derivation.

    Verdicts, numbers and dependences are the record's; statement and equations the catalogue's.
    """

    claim: Claim
    record: ClaimRecord
    proof: Account

    def evidence(self, route: Route) -> Evidence | None:
        """Return the evidence of one route, if the run has any."""
        return next((found for found in self.record.evidence if found.route is route), None)

    @property
    def uses(self) -> tuple[str, ...]:
        """The claims that the derivation uses, by the record."""
        found = self.record.derivation
        return (found and found.uses) or ()


@contextmanager
def well_formed() -> Iterator[None]:
    """Raise :class:`InputError`, in one line, where no document can be made of what a record says.

    The form of its evidence is each route's own: it shows when it is printed.
    """
    try:
        yield
    except InputError:
        raise
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        said = " ".join(str(error).split())[:80]
        raise InputError(
            f"record: its evidence or its settings have another form than dlnproof writes "
            f"({type(error).__name__}: {said}); expected a record of 'check --json FILE'"
        ) from None


def entries(record: Record) -> list[Entry]:
    """Return the record's claims, in its order. Raises :class:`InputError` for an unknown one."""
    found = {claim.id: claim for claim in claims_named([claim.id for claim in record.claims])}
    return [
        Entry(found[claim.id], claim, _proof(claim.id, study(claim.id).derive))
        for claim in record.claims
    ]


@cache
def _proof(name: str, derive: Callable[[], Deduction]) -> Account:
    """Return a claim's proof; an empty one, which is undecided, where its derivation raises.

    It is made once in a process; ``derive`` tells apart two files with a claim of one id.
    """
    claim = known()[name]
    try:
        return derive_claim(claim)
    except (Exception, SystemExit):  # a user's own: the record says what went wrong
        return Account(Deduction(claim.id), claim.says(), claim.given)
