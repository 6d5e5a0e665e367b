"""A claim's derivation as blocks: by steps, or by theorems."""

from __future__ import annotations

from dlnproof.claims.deduction import Account
from dlnproof.claims.schema import Claim
from dlnproof.core.proof import Proof
from dlnproof.core.verdict import Verdict
from dlnproof.documents import bibliography
from dlnproof.documents.content import deduction, proof
from dlnproof.documents.model import Block

Derived = Proof | Account


def derivation_of(derived: Derived, verdict: Verdict) -> list[Block]:
    """Return a derivation, words and equations; its first line says so where it does not hold."""
    if isinstance(derived, Account):
        return deduction.account_of(derived, verdict)
    return proof.proof_of(derived, verdict)


def keys(claim: Claim, derived: Derived) -> list[str]:
    """Return what the fragment cites, as keys of the bibliography in alphabetical order."""
    found = {claim.source.key}
    if isinstance(derived, Proof):
        found |= {proof.CITED[step.source] for step in proof.assumed(derived, proof.CITED)}
    return sorted(found & set(bibliography.entries()))
