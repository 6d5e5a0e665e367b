"""Hypotheses: which imply which, which are in common, which hold for every N."""

import pytest

from dlnproof.core.domain import Domain
from dlnproof.core.expression import Letter, Number
from dlnproof.core.spectrum import DISTINCT, ONE_INDEX, ORDERED, STATED, I, L, N

x, y, z, S, k = (Letter(name, name) for name in ("x", "y", "z", "S", "k"))
POSITIVE = Domain(positive=frozenset({x, y}))
POSITIVE_Y = Domain(nonnegative=frozenset({y}))
WEAK = Domain(positive=frozenset({x}), nonnegative=frozenset({y}))
OVER_Y = Domain(positive=frozenset({y}), ordered=((x, y),))


@pytest.mark.parametrize(
    ("more", "fewer"),
    [
        (ORDERED, DISTINCT),
        (DISTINCT, ONE_INDEX),
        (ORDERED, Domain()),
        (POSITIVE, WEAK),
        (STATED, DISTINCT),
    ],
)
def test_more_hypotheses_imply_fewer_and_not_conversely(more: Domain, fewer: Domain) -> None:
    assert more.implies(fewer)
    assert not fewer.implies(more)


def test_a_sign_is_not_implied_by_nothing() -> None:
    assert not Domain().implies(Domain(nonnegative=frozenset({x})))
    assert WEAK.implies(Domain(nonnegative=frozenset({x, y})))


def test_hypotheses_in_common_are_not_stronger_than_either() -> None:
    for domain in (ORDERED.within(DISTINCT), DISTINCT.within(ORDERED)):
        assert not domain.ordered
        assert DISTINCT.implies(domain)
    assert len(DISTINCT.within(ORDERED).distinct) == 3
    assert DISTINCT.within(ONE_INDEX).distinct == ()
    assert WEAK.within(POSITIVE).nonnegative == POSITIVE_Y.within(WEAK).nonnegative == {y}
    assert WEAK.within(ONE_INDEX) == Domain()
    both = Domain(distinct=((x, y),), ordered=((x, y),))
    assert both.within(Domain(distinct=((x, y),))) == Domain(distinct=((x, y),))


def test_what_another_hypothesis_says_is_not_kept() -> None:
    stronger = Domain(frozenset({x}), ordered=((x, y),))
    weaker = Domain(nonnegative=frozenset({x}), distinct=((y, x),))
    assert stronger | weaker == stronger
    assert Domain(distinct=((y, x),)) == Domain(distinct=((x, y),))
    assert stronger.within(weaker) == weaker.within(stronger) == weaker
    assert stronger.implies(weaker)
    assert not weaker.implies(stronger)


def test_pairs_about_one_index_are_about_no_pair() -> None:
    assert DISTINCT.about(frozenset({I.sigma, N})).distinct == ()
    assert DISTINCT.about(frozenset({L.sigma, N})).distinct == ()
    assert DISTINCT.about(frozenset({I.log, L.root})) == DISTINCT


def test_free_hypotheses_are_not_about_sequences() -> None:
    sequences = {S: (Number(1), S), k: (Number(1), k)}
    mixed = Domain(
        frozenset({x, S}),
        nonnegative=frozenset({y, k}),
        distinct=((x, S), (x, y)),
        ordered=((S, z), (x, z)),
        sequences=sequences,
    )
    free = Domain(
        frozenset({x}),
        nonnegative=frozenset({y}),
        distinct=((x, y),),
        ordered=((x, z),),
        sequences=sequences,
    )
    assert mixed.free() == free


def test_hypotheses_on_sequences_count_when_induction_shows_them() -> None:
    assert ORDERED.shown() == ORDERED  # sigma_i > sigma_l follows from that of the roots
    falls = Domain(positive=frozenset({S}), sequences={S: (Number(1), S - 1)})
    assert falls.shown().positive == frozenset()
    negative = Domain(nonnegative=frozenset({S}), sequences={S: (Number(-1), S)})
    assert negative.shown().nonnegative == frozenset()


def test_that_sequences_are_distinct_is_never_shown() -> None:
    ones = {S: (Number(1), Number(1)), k: (Number(1), Number(1))}
    same = Domain(distinct=((S, k),), sequences=ones)
    assert same.shown().distinct == ()  # their difference is 0, which is >= 0 for every N


def test_hypotheses_add_up() -> None:
    whole = WEAK | Domain(nonnegative=frozenset({z}), distinct=((x, y),)) | OVER_Y | OVER_Y
    assert whole == Domain(
        frozenset({x, y}),
        nonnegative=frozenset({y, z}),
        distinct=((x, y),),
        ordered=((x, y),),
    )
    assert whole.letters() == {x, y, z}


def test_what_starts_at_zero_is_only_nonnegative() -> None:
    counted = Domain(
        positive=frozenset({k, S}), sequences={k: (Number(0), k + 1), S: (Number(1), k + S)}
    )
    assert counted.shown().positive == frozenset({S})
    assert counted.shown().nonnegative == frozenset({k})


def test_a_false_order_of_sequences_is_dropped_with_all_that_leans_on_it() -> None:
    domain = Domain(
        positive=frozenset({S, x}), ordered=((k, x),), sequences={k: (x, 2 * k), S: (x, S + k - x)}
    )
    assert domain.shown().ordered == ()  # equal at N = 1
    assert domain.shown().positive == frozenset({x})
