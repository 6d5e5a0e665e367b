"""The claims whose derivations are lists of steps, and these proofs."""

from typing import Final

from conftest import derivation_of

from dlnproof.claims import CLAIMS
from dlnproof.claims.schema import Claim
from dlnproof.core.proof import Proof

BY_STEPS: Final = {name: claim for name, claim in CLAIMS.items() if not claim.sentences}


def proof_of(claim: Claim) -> Proof:
    """Return a claim's derivation by steps."""
    found = derivation_of(claim.id)
    assert isinstance(found, Proof)
    return found
