"""Identities: what is proved, refuted, undecided; two engines that must agree."""

from collections.abc import Callable
from fractions import Fraction

import pytest
from flint import fmpq
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dlnproof.core import engines, identity
from dlnproof.core.domain import Domain
from dlnproof.core.expression import Expression, Letter, Number, Operation, Power, as_expression
from dlnproof.core.identity import Decision, decide_identity, joint
from dlnproof.core.spectrum import DISTINCT, ONE_INDEX, ORDERED, I, L, N
from dlnproof.core.verdict import Verdict
from dlnproof.language.refute import examined

x, y, z = Letter("x", "x"), Letter("y", "y"), Letter("z", "z")
ANY = Domain()
POSITIVE = Domain(positive=frozenset({x, y}))
TRAP = I.sigma * L.root - I.root * L.sigma  # zero at N = 1, and at sigma_i = sigma_l

coefficients = st.lists(st.integers(-2, 2), min_size=4, max_size=4)


@pytest.mark.parametrize(
    ("left", "right", "domain", "verdict"),
    [
        ((x + y) ** 2, x**2 + 2 * x * y + y**2, ANY, Verdict.PROVED),
        ((x + y) ** 2, x**2 + x * y + y**2, ANY, Verdict.REFUTED),
        (x / x, Number(1), POSITIVE, Verdict.PROVED),
        (x / x, Number(1), ANY, Verdict.UNDECIDED),
        (x / (y + 1), x / (1 + y), POSITIVE, Verdict.PROVED),
        (1 / (x - y), 1 / (x - y), POSITIVE, Verdict.UNDECIDED),
        (1 / (x - x), 1 / (x - x), POSITIVE, Verdict.UNDECIDED),
        ((x - x) / (x - x), Number(1), POSITIVE, Verdict.UNDECIDED),
        (as_expression(1) / 0, as_expression(1), ANY, Verdict.UNDECIDED),
        (as_expression(Fraction(1, 3)) * 3, Number(1), ANY, Verdict.PROVED),
        (Number(1), Number(2), ANY, Verdict.REFUTED),
        (0 * (1 / x), Number(0), ANY, Verdict.UNDECIDED),
        ((I.sigma**2 - L.sigma**2) / (I.sigma - L.sigma), I.sigma + L.sigma, DISTINCT, "proved"),
        (
            (I.sigma**2 - L.sigma**2) / (I.sigma - L.sigma),
            I.sigma + L.sigma,
            ONE_INDEX,
            "undecided",
        ),
        ((I.log - L.log) / (I.log - L.log), Number(1), DISTINCT, Verdict.PROVED),
        (I.log / I.log, Number(1), ORDERED, Verdict.UNDECIDED),  # log 1 = 0
        (I.log, I.sigma, ONE_INDEX, Verdict.REFUTED),
        (I.sigma, I.root, ONE_INDEX, Verdict.REFUTED),  # equal at N = 1 only
    ],
)
def test_verdicts(left: Expression, right: Expression, domain: Domain, verdict: Verdict) -> None:
    assert examined(decide_identity(left, right, domain)).verdict == verdict


@pytest.mark.parametrize("domain", [DISTINCT, ORDERED, ONE_INDEX])
def test_the_trap_is_not_proved(domain: Domain) -> None:
    decision = decide_identity(TRAP / TRAP, Number(1), domain)
    assert decision.verdict is Verdict.UNDECIDED
    assert "may vanish" in decision.why


def test_at_n_equal_to_one_the_identity_is_decided_apart() -> None:
    never = Domain(positive=frozenset({x}), sequences={x: (Number(0), x + 1)})  # x > 0 is false
    decision = decide_identity(x / x, Number(1), never)
    assert decision.verdict is Verdict.UNDECIDED
    assert decision.why.startswith("at N = 1")


def test_a_witness_can_be_replayed() -> None:
    decision = examined(decide_identity(I.sigma / I.root, I.root, ONE_INDEX))
    assert decision.witness is not None
    values = {
        letter: fmpq(Fraction(decision.witness[letter.name]).numerator)
        for letter in (I.sigma, I.root)
    }
    assert str((I.sigma / I.root).at(values)) == decision.witness["left"]
    assert str(values[I.root]) == decision.witness["right"] != decision.witness["left"]


def test_a_difference_in_balls_that_overlap_is_no_witness() -> None:
    tiny = as_expression(Fraction(1, 10**60))
    near, far = (decide_identity(I.log, x, ONE_INDEX) for x in (I.log * (1 + tiny), I.log + 1))
    assert examined(near).verdict is Verdict.UNDECIDED
    assert examined(far).verdict is Verdict.REFUTED


def test_exact_values_differ_however_little() -> None:
    tiny = as_expression(Fraction(1, 10**60))
    assert examined(decide_identity(x, x + tiny, ANY)).verdict is Verdict.REFUTED


def test_a_division_by_zero_is_named() -> None:
    assert "identically zero" in decide_identity(1 / (x - x), x, ANY).why


def test_divisors_are_reported() -> None:
    assert decide_identity(x / (x * y), 1 / y, POSITIVE).divisors == (x, y)


def test_a_divisor_is_not_hidden_by_a_letter_of_its_name() -> None:
    named = Letter("x - y", "z")
    domain = Domain(positive=frozenset({named}))
    quotient = ((x - y) / (x - y)) * (named / named)
    decision = decide_identity(Number(1), quotient, domain)
    assert decision.verdict is Verdict.UNDECIDED
    assert "may vanish" in decision.why
    apart = domain | Domain(distinct=((x, y),))
    assert len(decide_identity(Number(1), quotient, apart).divisors) == 2


def test_letters_that_share_a_name_are_not_equal() -> None:
    with pytest.raises(ValueError, match="two letters are named 'x'"):
        decide_identity(x, Letter("x", r"\xi"), ANY)


@pytest.mark.parametrize("engine", ["equal_by_flint", "equal_by_sympy"])
@pytest.mark.parametrize("answer", [True, False, None])
def test_engines_that_disagree_are_an_error(
    engine: str, answer: bool | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = {True: x, False: y, None: 1 / (x - x)}
    monkeypatch.setattr(identity, engine, lambda left, right: answer)
    for truth, side in right.items():
        verdict = decide_identity(x, side, ANY).verdict
        assert (verdict is Verdict.ERROR) is (truth is not answer)
        assert verdict is not Verdict.PROVED or truth is True


def test_engines_that_disagree_at_n_equal_to_one_are_an_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    truth = engines.equal_by_sympy
    monkeypatch.setattr(
        identity, "equal_by_sympy", lambda a, b: I.sigma in a.letters() and truth(a, b)
    )
    assert decide_identity(I.sigma, I.sigma * 1, ONE_INDEX).verdict is Verdict.ERROR


@settings(deadline=None)  # the first example pays for imports
@given(coefficients, coefficients, st.fractions(-5, 5), st.fractions(-5, 5))
def test_proved_means_equal_and_refuted_different_at_rational_points(
    c: list[int], e: list[int], a: Fraction, b: Fraction
) -> None:
    p, q = (k[0] + k[1] * x + k[2] * y + k[3] * x * y for k in (c, e))
    left, right = (p - q) * (p + q), p**2 - q**2 + (c[0] - e[0]) * x
    decision = examined(decide_identity(left, right, ANY))
    at = {x: a, y: b}
    if decision.verdict is Verdict.PROVED:
        assert left.at(at, Fraction) == right.at(at, Fraction)
    assert (decision.verdict is Verdict.PROVED) is (c[0] == e[0])
    assert (decision.verdict is Verdict.REFUTED) is (c[0] != e[0])


def test_decisions_merge_into_the_worst() -> None:
    proved = [Decision(Verdict.PROVED, "a", (x,)), Decision(Verdict.PROVED, "b", (x, y))]
    refuted = Decision(Verdict.REFUTED, "c")
    assert joint(proved).divisors == (x, y)
    assert joint(proved[:1]) == proved[0]
    assert joint([*proved, refuted, Decision(Verdict.UNDECIDED, "d")]) is refuted
    assert joint([]).verdict is Verdict.VACUOUS
    left_open = decide_identity(x, y, ANY)
    assert left_open.question is not None
    both = joint([proved[0], left_open])
    assert (both.verdict, both.why, both.question) == (left_open.verdict, left_open.why, None)
    assert both.parts == (proved[0], left_open)


def test_a_depth_that_is_a_letter_is_no_sequence() -> None:
    assert decide_identity(N / N, Number(1), ANY).verdict is Verdict.UNDECIDED
    assert decide_identity(N / N, Number(1), ONE_INDEX).verdict is Verdict.PROVED


# --- at random ------------------------------------------------------------------------------------

few = settings(deadline=None, max_examples=100)
expressions = st.recursive(
    st.sampled_from([x, y, z]) | st.integers(-2, 3).map(Number),
    lambda inner: (
        st.builds(Operation, st.sampled_from("+-*"), inner, inner)
        | st.builds(Power, inner, st.integers(0, 2))
    ),
    max_leaves=6,
)
Rewrite = Callable[[Expression, Expression], Expression]


def _turned(e: Expression, _: Expression) -> Expression:
    match e:
        case Operation("+" | "*" as sign, left, right):
            return Operation(sign, right, left)
        case Operation("-", left, right):
            return Number(0) - (right - left)
        case Power(base, 2):
            return base * base
    return e * 1


def _expanded(e: Expression, other: Expression) -> Expression:
    match e:
        case Operation("*", Operation("+" | "-" as sign, a, b), c):
            return Operation(sign, a * c, b * c)
        case Operation("*", c, Operation("+" | "-" as sign, a, b)):
            return Operation(sign, c * a, c * b)
    return (e - other) * (e + other) + other**2 - e * (e - 1)


TRUE: list[Rewrite] = [
    _turned,
    _expanded,
    lambda e, other: e + other - other,
    lambda e, other: e * x / x,
    lambda e, other: (e * y - other) / (x + y) - ((e * y - other) / (x + y) - e),
    lambda e, other: (2 * e + other * (x - x)) / 2,
]
FALSE: list[Rewrite] = [
    lambda e, other: e + 1,
    lambda e, other: e + other,
    lambda e, other: 0 - e,
    lambda e, other: e * x,
    lambda e, other: e.substitute({x: y}),
    lambda e, other: e.substitute({z: z + 1}),
    lambda e, other: e / y,
    lambda e, other: e + (x - y) * (x - 2) * (z - 1) * other,
]
rewrites = st.lists(st.tuples(st.sampled_from(TRUE), expressions), min_size=1, max_size=4)


def _rewritten(start: Expression, steps: list[tuple[Rewrite, Expression]]) -> Expression:
    for rewrite, other in steps:
        start = rewrite(start, other)
    return start


def _differ(left: Expression, right: Expression) -> bool:
    """Whether two sides differ at a point: one engine of its own, of Python's fractions."""
    at = [("3", "5", "7"), ("2", "9", "-1/3"), ("5/7", "11", "0")]
    values = (dict(zip((x, y, z), map(Fraction, point), strict=True)) for point in at)
    return any(left.at(point, Fraction) != right.at(point, Fraction) for point in values)


@few
@given(expressions, rewrites, st.tuples(st.sampled_from(FALSE), expressions))
def test_what_is_rewritten_is_equal_and_with_one_slip_it_is_refuted(
    start: Expression,
    steps: list[tuple[Rewrite, Expression]],
    slip: tuple[Rewrite, Expression],
) -> None:
    end = _rewritten(start, steps)
    assert decide_identity(start, end, POSITIVE).verdict is Verdict.PROVED
    false = _rewritten(end, [slip])
    assume(_differ(start, false))
    assert examined(decide_identity(start, false, POSITIVE)).verdict is Verdict.REFUTED


@few
@given(expressions, rewrites, st.sampled_from([z, x - y, z**2 - 2, x - 1]))
def test_what_is_divided_by_what_may_vanish_is_not_proved(
    start: Expression, steps: list[tuple[Rewrite, Expression]], divisor: Expression
) -> None:
    end = _rewritten(start, steps) * divisor / divisor
    assert examined(decide_identity(start, end, POSITIVE)).verdict is Verdict.UNDECIDED
