"""Verdicts: a closed list, ordered from the strongest evidence to the worst failure."""

from itertools import permutations

import pytest

from dlnproof.core.verdict import Route, Verdict, worst


def test_what_holds_is_exactly_this() -> None:
    holding = {verdict.value for verdict in Verdict if verdict.holds}
    assert holding == {
        "proved", "proved_with_Coq", "derived", "exact", "enclosed", "sampled", "observed",
    }  # fmt: skip
    failing = {verdict.value for verdict in Verdict if verdict.fails}
    assert failing == {"vacuous", "not_observed", "undecided", "timeout", "error", "refuted"}


def test_the_list_is_closed() -> None:
    assert [verdict.value for verdict in Verdict] == [
        "proved",
        "proved_with_Coq",
        "derived",
        "exact",
        "enclosed",
        "sampled",
        "observed",
        "unexamined",
        "vacuous",
        "not_observed",
        "undecided",
        "timeout",
        "error",
        "refuted",
    ]
    with pytest.raises(ValueError, match="passed"):
        Verdict("passed")
    assert {route.value for route in Route} == {
        "derivation",
        "exact",
        "enclosure",
        "pullback",
        "training",
        "formal",
    }


def test_nothing_at_all_is_vacuous() -> None:
    assert worst([]) is Verdict.VACUOUS


def test_the_worst_does_not_depend_on_the_order() -> None:
    for chosen in permutations([Verdict.PROVED, Verdict.UNDECIDED, Verdict.REFUTED]):
        assert worst(chosen) is Verdict.REFUTED


def test_whatever_fails_is_worse_than_whatever_holds() -> None:
    for good in (verdict for verdict in Verdict if verdict.holds):
        for bad in (verdict for verdict in Verdict if not verdict.holds):
            assert worst([good, bad]) is worst([bad, good]) is bad
