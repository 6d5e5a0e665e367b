"""A claim whose derivation is a list of steps, as users write them: that of the example."""

import runpy
from pathlib import Path
from typing import Final

from dlnproof.claims.schema import Claim
from dlnproof.core.proof import Proof

EXAMPLE: Final = Path(__file__).parents[1] / "examples" / "my_claims.py"
[_STUDY] = runpy.run_path(str(EXAMPLE))["STUDIES"]
CLAIM: Final[Claim] = _STUDY.claim
PROOF: Final[Proof] = _STUDY.derive(CLAIM.parts)
