"""A sentence with one change that makes it false is established by no claim's theorem."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from changed_sentences import judged, table
from points_of_claims import SENTENCES

MOST = 8
"""How many changes of a kind are tried of each claim; ``tests/changed_sentences.py`` tries all."""
FEWER = {"infinite-depth": 3, "volume-divergence": 3}
"""Of claims with integrals in limits."""


@pytest.mark.parametrize("claim", SENTENCES)
def test_nothing_false_is_established(
    claim: str, record_property: Callable[[str, object], None]
) -> None:
    tally = judged(claim, FEWER.get(claim, MOST))
    record_property("changed sentences", table(tally.counts))
    assert not tally.false
    assert any(what == "false and refused" for _, what in tally.counts)
