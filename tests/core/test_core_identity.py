"""Identities: what is proved, refuted, undecided; two engines that must agree."""

from fractions import Fraction

import pytest
from flint import fmpq
from hypothesis import given, settings
from hypothesis import strategies as st

from dlnproof.core import engines, identity, induction
from dlnproof.core.domain import Domain
from dlnproof.core.expression import Expression, Letter, Number, as_expression
from dlnproof.core.identity import Decision, decide_identity, joint, multiple_of
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
    assert "identically zero" in induction.decide_sign(1 / (x - x), ANY, strict=True).why


def test_divisors_are_reported() -> None:
    assert decide_identity(x / (x * y), 1 / y, POSITIVE).divisors == (x, y)


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


def test_engines_that_disagree_about_a_multiple_or_a_sign_are_an_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for module in (identity, induction):
        monkeypatch.setattr(module, "equal_by_sympy", lambda left, right: False)
    assert multiple_of((2 * x, 2 * y), (x, y), ANY).verdict is Verdict.ERROR
    assert induction.decide_sign(x, POSITIVE, strict=True).verdict is Verdict.ERROR


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


@pytest.mark.parametrize(
    ("goal", "given_equation", "domain", "verdict"),
    [
        ((2 * x * y, 2 * y**2), (x, y), ANY, Verdict.PROVED),
        ((x**2, y**2), (x, y), ANY, Verdict.PROVED),
        ((x, y), (x**2, y**2), ANY, Verdict.UNDECIDED),  # x = -y
        ((x, y), (x * z, y * z), ANY, Verdict.UNDECIDED),  # z = 0
        ((x / z, y / z), (x, y), Domain(positive=frozenset({z})), Verdict.PROVED),
        ((x / z, y / z), (x, y), ANY, Verdict.UNDECIDED),
        ((x, y), (x / z, y / z), ANY, Verdict.UNDECIDED),
        ((x, y), (z, z), ANY, Verdict.UNDECIDED),  # 0 = 0 says nothing
        ((x, x), (z, z), ANY, Verdict.PROVED),
        ((x, y), (Number(1), Number(2)), ANY, Verdict.PROVED),  # from what is false
        ((1 / (x - x), y), (x, y), ANY, Verdict.UNDECIDED),
    ],
)
def test_what_follows_as_a_multiple(
    goal: identity.Equation, given_equation: identity.Equation, domain: Domain, verdict: Verdict
) -> None:
    assert multiple_of(goal, given_equation, domain).verdict is verdict


def test_the_multiple_is_the_true_factor_with_its_denominators() -> None:
    goal, known = (x / y**2, z / y), (x / y, z)
    multiple = multiple_of(goal, known, POSITIVE).multiple
    assert multiple is not None
    product = multiple * (known[0] - known[1])
    assert decide_identity(product, goal[0] - goal[1], POSITIVE).verdict is Verdict.PROVED


def test_decisions_merge_into_the_worst() -> None:
    proved = [Decision(Verdict.PROVED, "a", (x,)), Decision(Verdict.PROVED, "b", (x, y))]
    refuted = Decision(Verdict.REFUTED, "c")
    assert joint(proved).divisors == (x, y)
    assert joint([*proved, refuted, Decision(Verdict.UNDECIDED, "d")]) is refuted
    assert joint([]).verdict is Verdict.VACUOUS


def test_a_depth_that_is_a_letter_is_no_sequence() -> None:
    assert decide_identity(N / N, Number(1), ANY).verdict is Verdict.UNDECIDED
    assert decide_identity(N / N, Number(1), ONE_INDEX).verdict is Verdict.PROVED
