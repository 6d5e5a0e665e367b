"""The hypotheses of inequalities are evaluated wherever a check evaluates the inequality."""

from dataclasses import replace

import pytest

from dlnproof import Grid
from dlnproof.claims import CLAIMS
from dlnproof.claims.check import EnclosureCheck, ExactCheck
from dlnproof.core.expression import Number
from dlnproof.core.inequality import Inequality
from dlnproof.numeric.exact.points import point
from dlnproof.numeric.exact.violation import HypothesisError
from dlnproof.run.jobs import alone, checks_of

CASES = [
    (claim.id, part, check)
    for claim in CLAIMS.values()
    for part, stated in claim.parts.items()
    for check in checks_of(claim)
    if isinstance(stated, Inequality)
    and isinstance(check, ExactCheck | EnclosureCheck)
    and part in check.covers
]


@pytest.mark.parametrize(
    ("claim", "part", "check"), CASES, ids=[f"{c}-{p}-{k.route}" for c, p, k in CASES]
)
def test_where_a_hypothesis_is_false_an_inequality_is_not_compared(
    claim: str, part: str, check: ExactCheck | EnclosureCheck
) -> None:
    stated = CLAIMS[claim].parts[part]
    assert isinstance(stated, Inequality)
    false = replace(stated, given=(*stated.given, Number(0) - 1))
    keys = check.visits(list(Grid(depths=(2, 3), points=1).keys(CLAIMS[claim])))
    with alone(50):
        check.predict(CLAIMS[claim].parts, point(keys[0]))
        with pytest.raises(HypothesisError, match="is false"):
            check.predict(CLAIMS[claim].with_parts({part: false}), point(keys[0]))
