"""What a build of the Coq development shows of a claim, and of the premises of its derivation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from dlnproof.claims.schema import Claim
from dlnproof.claims.studies import known
from dlnproof.core.verdict import Verdict
from dlnproof.kernel.theorem import Premise
from dlnproof.record.evidence import Derivation, Evidence, Formal
from dlnproof.run.discharges import Pairing, pairings
from dlnproof.run.formal_build import Asked, FormalBuild
from dlnproof.run.formal_table import stating
from dlnproof.run.jobs import derive_claim


def formal_evidence(claim: Claim, built: FormalBuild, others: Sequence[Evidence]) -> Formal:
    """Return the evidence; what fails to build is told of all sentences.

    The premises are discharged where a theorem says each, and each of the claims that the
    derivation uses: all, or none.
    """
    found = Formal(built.verdict, scope="as its theorems state", says=built.says)
    if not built.verdict.holds:
        return found
    stated = stating(claim.id)
    derived = [e for e in others if isinstance(e, Derivation) and e.verdict is Verdict.DERIVED]
    discharges, refused = _discharged(claim, derived, built.answers)
    covers = tuple(name for name in claim.names if name in stated)
    return replace(found, covers=covers, discharges=discharges, refused=refused)


def _discharged(
    claim: Claim, derived: Sequence[Derivation], answers: Mapping[Asked, str]
) -> tuple[Mapping[str, str] | None, tuple[str, ...] | None]:
    """Return the premises as they are told, with their theorems, if all are; and what is not so."""
    if not (derived and answers):
        return None, None
    proof = derive_claim(claim)
    found = pairings(proof)
    refused = tuple(
        f"{p.theorem.theorem}: {why}" for p in found if (why := p.why or answers.get(_of(p), ""))
    )
    theorems = _by_premise(found, answers)
    told = dict(zip(derived[0].premises or (), proof.premises, strict=True))
    whole = all(_all_discharged(used, answers) for used in (claim.id, *proof.claims_used))
    discharges = {text: theorems[premise] for text, premise in told.items()} if whole else None
    return discharges, refused or None


def _all_discharged(claim: str, answers: Mapping[Asked, str]) -> bool:
    """Return whether a theorem says each premise of a claim, and of those that it uses."""
    proof = derive_claim(known()[claim])
    theorems = _by_premise(pairings(proof), answers)
    mine = all(premise in theorems for premise in proof.premises)
    return mine and all(_all_discharged(used, answers) for used in proof.claims_used)


def _by_premise(found: Sequence[Pairing], answers: Mapping[Asked, str]) -> dict[Premise, str]:
    return {p.premise: p.theorem.theorem for p in found if answers.get(_of(p)) == ""}


def _of(pairing: Pairing) -> Asked:
    return pairing.theorem.theorem, pairing.statement
