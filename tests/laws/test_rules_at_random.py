"""Rules at random terms: what they say is never false where their hypotheses hold."""

from __future__ import annotations

import pytest
from attack import attack
from rules_at_random import RANGES
from rules_of_algebra import ALGEBRA
from rules_of_analysis import ANALYSIS

RULES = {**RANGES, **ALGEBRA, **ANALYSIS}
COUNT = 16
"""How often each rule is tried; a run with other seeds and a larger count is a search for holes."""


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_says_nothing_false(rule: str) -> None:
    tally = attack({rule: RULES[rule]}, COUNT, seed=0, tries=3)
    assert not [text for text in tally.false if text.startswith("false")], tally.table()
    assert tally.of("true"), tally.table()  # it applied, and where it did its hypotheses were met
