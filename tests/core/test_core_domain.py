"""Domains: which signs are seen, what vanishes nowhere, and points."""

from fractions import Fraction
from itertools import islice
from typing import Any

import pytest
from flint import arb, fmpq
from hypothesis import given, settings
from hypothesis import strategies as st

from dlnproof.core import domain
from dlnproof.core.domain import Domain
from dlnproof.core.engines import Ratio, polynomial_ring
from dlnproof.core.expression import Expression, Letter, Number, as_expression
from dlnproof.core.spectrum import DISTINCT, DOUBLED, ONE_INDEX, ORDERED, I, L, N
from dlnproof.language.precision import working_precision
from dlnproof.language.refute import points

x, y, z, S, k = (Letter(name, name) for name in ("x", "y", "z", "S", "k"))
POSITIVE = Domain(positive=frozenset({x, y}))
WEAK = Domain(positive=frozenset({x}), nonnegative=frozenset({y}))
OVER_Y = Domain(positive=frozenset({y}), ordered=((x, y),))


@pytest.mark.parametrize(
    ("on", "expression", "positive", "nonnegative"),
    [
        (POSITIVE, x * y + 2, True, True),
        (POSITIVE, x - y, False, False),
        (POSITIVE, x + z, False, False),
        (POSITIVE, as_expression(0), False, True),
        (POSITIVE, as_expression(3), True, True),
        (POSITIVE, as_expression(-3), False, False),
        (POSITIVE, x / (x + y), True, True),
        (POSITIVE, x / (x - y), False, False),
        (POSITIVE, x / (0 - y), False, False),
        (POSITIVE, 1 / (1 / x), True, True),
        (WEAK, x + y, True, True),
        (WEAK, x * y, False, True),
        (WEAK, x / y, False, False),
        (WEAK, y / x, False, True),
        (OVER_Y, x - y, True, True),
        (OVER_Y, x**2 - y**2, True, True),
        (OVER_Y, x, True, True),
        (OVER_Y, x - 2 * y, False, False),
        (OVER_Y | OVER_Y, x - 2 * y, False, False),
        (Domain(ordered=((x, y),)), x - y, True, True),
        (Domain(ordered=((x, y),)), x, False, False),  # x > y does not say x > 0
        (Domain(ordered=((x, y),)), x - y + x, False, False),
        (ORDERED, I.log, False, False),
        (ORDERED, I.log - L.log, True, True),
        (ONE_INDEX, 0 / I.log, False, False),  # log is zero at 1
    ],
)
def test_signs(on: Domain, expression: Expression, positive: bool, nonnegative: bool) -> None:
    assert on.shows(expression) is positive
    assert on.shows(expression, strict=False) is nonnegative


@settings(deadline=None)  # the first example pays for imports
@given(st.lists(st.integers(-3, 3), min_size=6, max_size=6), st.fractions(0, 5), st.fractions(0, 5))
def test_signs_that_are_seen_are_true(c: list[int], a: Fraction, b: Fraction) -> None:
    p = c[0] + c[1] * x + c[2] * y + c[3] * x**2 + c[4] * x * y + c[5] * y**2
    if Domain(nonnegative=frozenset({x, y})).shows(p, strict=False):
        assert p.at({x: a, y: b}, Fraction) >= 0
    if a > 0 and b > 0 and POSITIVE.shows(p):
        assert p.at({x: a, y: b}, Fraction) > 0
    if b > 0 and a > 0 and OVER_Y.shows(p):
        assert p.at({x: a + b, y: b}, Fraction) > 0


@pytest.mark.parametrize(
    ("on", "divisor", "nonzero"),
    [
        (Domain(distinct=((x, y),)), x - y, True),
        (Domain(distinct=((x, y),)), 3 * (y - x) ** 2, True),
        (Domain(distinct=((x, y),)), x + y, False),
        (Domain(distinct=((x, y),)), x**2 - y**2, False),
        (Domain(distinct=((x, y),)) | POSITIVE, x**2 - y**2, True),
        (Domain(), x**2 + 1, False),  # true, but not seen: coefficients need signs of letters
        (POSITIVE, 0 - x - y, True),
        (DISTINCT, I.sigma * L.root - I.root * L.sigma, False),  # zero at N = 1
        (DISTINCT, I.sigma - I.root, False),
        (POSITIVE, x - x, False),
        (Domain(distinct=((x, y),)), y**2, False),
        (Domain(positive=frozenset({x}), ordered=((y, x),)), x**2 - y - 1 - y**2, True),
    ],
)
def test_what_vanishes_nowhere(on: Domain, divisor: Expression, nonzero: bool) -> None:
    assert isinstance(on.divisors(1 / divisor), tuple) is nonzero


def test_divisors_are_irreducible_and_listed_once() -> None:
    found = (POSITIVE | Domain(distinct=((x, y),))).divisors(1 / (x**2 - y**2), 1 / (x * (x - y)))
    assert found == (x, x + y, x - y)


def test_what_a_divisor_divides_by_counts_too() -> None:
    assert isinstance(Domain().divisors(1 / (1 / x)), str)


def test_letters_that_share_a_name_are_refused() -> None:
    other = Letter("x", r"\xi")
    with pytest.raises(ValueError, match="two letters are named 'x'"):
        polynomial_ring(frozenset({x, other}))
    with pytest.raises(ValueError, match="two letters are named 'x'"):
        Domain(positive=frozenset({other})).shows(x)


@pytest.mark.parametrize("ordered", [((x, y), (y, z)), ((x, y), (x, z)), ((x, x),)])
def test_ordered_pairs_neither_chain_nor_share_the_larger(
    ordered: tuple[tuple[Letter, Letter], ...],
) -> None:
    with pytest.raises(ValueError, match="chain"):
        Domain(ordered=ordered)
    assert Domain(ordered=((x, y), (z, y))).shows(x + z - 2 * y)


def test_contradictory_domains_are_refused() -> None:
    with pytest.raises(ValueError, match="distinct from itself"):
        Domain(distinct=((x, x),))
    with pytest.raises(ValueError, match="at N = 1"):
        Domain(sequences={S: (k, S), k: (Number(1), k)})
    with pytest.raises(ValueError, match="'S' is given two meanings"):
        Domain(sequences={S: (Number(1), S)}) | Domain(sequences={S: (Number(2), S)})
    with pytest.raises(ValueError, match="'x' is given two meanings"):
        Domain(logs={x: y}) | Domain(logs={x: z})


def test_no_sequence_starts_at_the_logarithm_of_one() -> None:
    with pytest.raises(ValueError, match="at N = 1 must not refer to a sequence"):
        Domain(sequences={S: (I.log, S + I.log)}) | ONE_INDEX
    with pytest.raises(ValueError, match="nor that of a logarithm"):
        Domain(logs={x: y, y: z})


def test_what_another_hypothesis_says_is_not_kept() -> None:
    stronger = Domain(frozenset({x}), ordered=((x, y),))
    weaker = Domain(nonnegative=frozenset({x}), distinct=((y, x),))
    assert stronger | weaker == stronger
    assert Domain(distinct=((y, x),)) == Domain(distinct=((x, y),))


def test_hypotheses_add_up() -> None:
    whole = WEAK | Domain(nonnegative=frozenset({z}), distinct=((x, y),)) | OVER_Y | OVER_Y
    assert whole == Domain(
        frozenset({x, y}),
        nonnegative=frozenset({y, z}),
        distinct=((x, y),),
        ordered=((x, y),),
    )
    assert whole.letters() == {x, y, z}


def test_points_are_of_the_domain_and_sequences_and_logs_are_true() -> None:
    with working_precision(64):
        found: list[Any] = list(islice(points(ORDERED, frozenset({*I, *L, N})), 400))
    assert {int(point[N]) for point in found} == {1, 2, 3}
    for point in found:
        for level in (I, L):
            assert point[level.sigma] == fmpq(point[level.root]) ** int(point[N])
        assert point[I.sigma] > point[L.sigma] > 0
        assert arb(point[I.log]).overlaps(arb(point[I.sigma] ** 2).log())


def test_sequences_are_of_the_depth() -> None:
    for depth, doubled in ((1, 1), (2, 2), (3, 4), (4, 8)):
        [at] = ONE_INDEX.points(frozenset({N, DOUBLED}), [(depth, ())])
        assert at == {N: depth, DOUBLED: doubled}


def test_points_have_the_true_logarithms_of_every_depth() -> None:
    count = Domain(sequences={S: (Number(0), S + I.log)}) | ONE_INDEX
    seen = set()
    for point in points(count, frozenset({S, I.sigma, N})):
        seen.add(depth := int(str(point[N])))
        assert point[I.sigma] == point[I.root] ** depth
        total = 2 * sum(range(1, depth)) * arb(point[I.root]).log()
        assert arb(point[S]).overlaps(total)
    assert seen == {1, 2, 3}


def test_points_meet_every_hypothesis() -> None:
    start = Domain(sequences={S: (Number(0), 1 / S)})
    assert [p[S] for p in points(start, frozenset({S}))] == [0]  # 1/0 is passed over
    assert not list(points(start | Domain(positive=frozenset({S})), frozenset({S})))
    assert list(points(start | Domain(nonnegative=frozenset({S})), frozenset({S})))
    same = Domain(sequences={S: (x, S)}, distinct=((S, x),))
    assert not list(points(same, frozenset({S})))
    above = Domain(sequences={S: (x, S)}, ordered=((S, x),))
    assert not list(points(above, frozenset({S})))
    assert all(point[x] > point[y] for point in points(OVER_Y, frozenset({x, y})))
    elsewhere = Domain(nonnegative=frozenset({y}), sequences={S: (Number(-1), S)})
    assert list(points(elsewhere, frozenset({S})))
    assert not list(points(elsewhere | Domain(nonnegative=frozenset({S})), frozenset({S})))


def test_a_factorisation_that_does_not_multiply_back_is_an_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Lying(int):
        def factor(self) -> tuple[int, list[tuple[int, int]]]:
            return 1, []

    lying: Any = Lying(6)
    monkeypatch.setattr(domain, "flint_ratio", lambda expression, ring: Ratio(lying, lying))
    with pytest.raises(ArithmeticError, match="do not multiply back"):
        Domain().divisors(1 / x)
