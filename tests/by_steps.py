"""The claims whose derivations are lists of steps, and these proofs."""

from typing import Final

from dlnproof.claims import CLAIMS
from dlnproof.claims.schema import Claim
from dlnproof.core.proof import Proof
from dlnproof.run.jobs import derive_claim

BY_STEPS: Final = {name: claim for name, claim in CLAIMS.items() if not claim.sentences}


def proof_of(claim: Claim) -> Proof:
    """Return a claim's derivation by steps."""
    found = derive_claim(claim)
    assert isinstance(found, Proof)
    return found
