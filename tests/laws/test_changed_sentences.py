"""A sentence with one change that makes it false is established by no claim's theorem."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from changed_sentences import judged, lines
from conftest import derivation_of, few
from points_of_claims import DEAR, SENTENCES, STEEP

from dlnproof.claims import deduction
from dlnproof.kernel.logic import specialise
from dlnproof.kernel.terms import Symbol, Term, equal, every, opened
from dlnproof.kernel.theorem import Theorem, mint
from dlnproof.tactics import agreement, finish

MOST = 2
"""How many changes of a kind are tried of each claim; ``tests/changed_sentences.py`` tries all."""
FEWER = {"infinite-depth": 1, "volume-divergence": 1, **dict.fromkeys(STEEP, 1)}
"""Of claims with integrals in limits."""


@pytest.mark.parametrize("claim", few(SENTENCES, DEAR, first=3))
def test_nothing_false_is_established(
    claim: str, record_property: Callable[[str, object], None]
) -> None:
    tally = judged(claim, FEWER.get(claim, MOST))
    record_property("changed sentences", lines(tally))
    assert not tally.false
    assert any(what == "false and refused" for _, what in tally.counts)


def any_equation(left: Term, right: Term, *used: object) -> Theorem:
    """A rule of numbers that decides nothing."""
    return mint("field", equal(left, right))


def without_conditions(theorem: Theorem, names: tuple[Symbol, ...], *conditions: Term) -> Theorem:
    """A rule for all that forgets under which conditions."""
    sentence = every(names, conditions, theorem.conclusion)
    return mint("generalise", sentence, [theorem], less=theorem.hypotheses)


def any_instance(theorem: Theorem, *values: Term) -> Theorem:
    """A rule for instances that drops the conditions."""
    found = specialise(theorem, *values)
    *conditions, _ = opened(theorem.conclusion, *values)
    return mint("specialise", found.conclusion, [found], less=conditions)


def any_inequality(goal: Term, *used: object) -> Theorem:
    """A certificate of everything."""
    return mint("certificate", goal)


@pytest.mark.parametrize(
    ("name", "rule", "claim"),
    [
        ("field", any_equation, "svd-jacobian"),
        ("generalise", without_conditions, "operator-spectrum"),
        ("specialise", any_instance, "riemannian-submersion"),
        ("certificate", any_inequality, "norm-conjecture"),
    ],
)
def test_a_broken_rule_is_noticed(
    name: str, rule: object, claim: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    derivation_of(claim)  # with the rules as they are
    for module in (finish, agreement):
        if hasattr(module, name):
            monkeypatch.setattr(module, name, rule)
    deduction._established.cache_clear()
    try:
        assert judged(claim, 40).false
    finally:
        deduction._established.cache_clear()
