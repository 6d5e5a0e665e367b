"""Premises and the Coq theorems that say them: the statement that Coq has to find the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dlnproof.claims.deduction import Account, told
from dlnproof.claims.studies import known
from dlnproof.kernel.theorem import Premise
from dlnproof.notation.coq import OutsideError, statement
from dlnproof.run.formal_table import Theorem, discharging


@dataclass(frozen=True)
class Pairing:
    """A premise and a theorem that is to discharge it, with the statement made from the premise.

    Without one, for the reason ``why``, the two are paired by hand: nothing is discharged.
    """

    premise: Premise
    theorem: Theorem
    statement: str = ""
    why: str = ""

    def __str__(self) -> str:
        name = f"{self.theorem.theorem} (formal/{self.theorem.file})"
        if self.why:
            return f"in Coq, paired by hand and not discharged: {name}; {self.why}"
        return f"in Coq: {name}"


def pairings(proof: Account) -> list[Pairing]:
    """Return the theorems of the table that are to discharge premises of a proof."""
    if not proof.premises:
        return []
    entries = discharging({proof.claim, *used(proof.claim)})
    return [
        _pairing(premise, theorem)
        for premise in proof.premises
        for theorem in entries
        if theorem.discharges[2] == told(premise.sentence)
    ]


def in_coq(found: Sequence[Pairing], premise: Premise) -> str:
    """Return what is told of the theorems of one premise, after what is told of it."""
    return "".join(f"; {pair}" for pair in found if pair.premise == premise)


def _pairing(premise: Premise, theorem: Theorem) -> Pairing:
    try:
        return Pairing(premise, theorem, statement(premise.sentence, premise.given))
    except OutsideError as error:
        return Pairing(premise, theorem, why=str(error))


def used(claim: str) -> set[str]:
    """Return the claims that one names as used, directly or not."""
    found, waiting = set[str](), [claim]
    while waiting:
        more = set(known()[waiting.pop()].uses) - found
        found |= more
        waiting += more
    return found
