"""By how much an inequality fails: zero where it holds."""

from collections.abc import Mapping
from typing import Any

from flint import arb, fmpq

from dlnproof.core.expression import Letter
from dlnproof.core.inequality import Inequality
from dlnproof.core.step import Side


def violation(stated: Side, values: Mapping[Letter, Any]) -> Any:
    """Return max(0, right - left) at exact values, or a ball that contains it.

    Only the two sides are looked at: the values are taken where the hypotheses hold.
    """
    assert isinstance(stated, Inequality)
    excess = stated.excess(values)
    if isinstance(excess, arb):
        return arb(0) if excess >= 0 else -excess
    return max(fmpq(0), -excess)
