"""Statements for all N: induction, instances of it, and signs."""

import pytest

from dlnproof.core.domain import Domain
from dlnproof.core.expression import Expression, Letter, Number
from dlnproof.core.induction import decide_induction, decide_instance, decide_sign
from dlnproof.core.spectrum import DISTINCT, ONE_INDEX, ORDERED, I, L, N
from dlnproof.core.verdict import Verdict
from dlnproof.language.refute import examined

n, a, b, A, B, S, T = (Letter(name, name) for name in ("n", "a", "b", "A", "B", "S", "T"))
POWERS = {n: (Number(1), n + 1), A: (a, a * A), B: (b, b * B)}
GEOMETRIC = Domain(sequences={**POWERS, S: (Number(1), a * S + B)})
AT_SIGMA = Domain(sequences={T: (Number(1), I.root**2 * T + L.sigma**2)})
SUM = ((a - b) * S, A - B)
PUT = {a: I.root**2, b: L.root**2, A: I.sigma**2, B: L.sigma**2, S: T}


@pytest.mark.parametrize(
    ("left", "right", "verdict"),
    [
        (*SUM, Verdict.PROVED),
        ((a - b) * S, A + B, Verdict.REFUTED),  # the base
        ((a - b) * S, a - b, Verdict.UNDECIDED),  # the base holds, the step does not
        (S, Number(1), Verdict.UNDECIDED),
        (n, Number(1), Verdict.UNDECIDED),
        (n / n, Number(1), Verdict.UNDECIDED),
        (S, (A - B) / (a - b), Verdict.UNDECIDED),  # a = b
        (a, b, Verdict.REFUTED),
    ],
)
def test_induction(left: Expression, right: Expression, verdict: Verdict) -> None:
    assert examined(decide_induction(left, right, GEOMETRIC)[0]).verdict is verdict


def test_base_and_step_are_returned_as_decided() -> None:
    decision, (base, step) = decide_induction(*SUM, GEOMETRIC)
    assert base == ((a - b) * 1, a - b)
    assert step == ((a - b) * (a * S + B), a * A - b * B)
    assert decision.multiple == a
    assert decision.divisors == ()


def test_division_by_what_vanishes_nowhere_is_allowed_and_reported() -> None:
    apart = Domain(distinct=((a, b),)) | GEOMETRIC
    decision, _ = decide_induction(S, (A - B) / (a - b), apart)
    assert decision.verdict is Verdict.PROVED
    assert decision.divisors == (a - b,)


def test_divisors_of_the_base_are_reported_too() -> None:
    domain = Domain(positive=frozenset({a}), sequences={S: (1 / a, S)})
    assert decide_induction(S - S, Number(0), domain)[0].divisors == (a,)


def test_a_hypothesis_that_does_not_hold_for_every_n_is_not_used() -> None:
    falls = Domain(
        positive=frozenset({n}), sequences={n: (Number(1), n - 1), S: (Number(2), S + 0 / n)}
    )
    decision, _ = decide_induction(S, Number(2), falls)  # n = 0 at N = 2: S has no value after it
    assert decision.verdict is Verdict.UNDECIDED
    assert decision.why == "the denominator n may vanish on the domain"


def test_instance() -> None:
    assert decide_instance(SUM, PUT, GEOMETRIC | DISTINCT | AT_SIGMA).verdict is Verdict.PROVED


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({a: I.sigma}, "what is put for a depends on N"),
        ({b: L.root**2 * N}, "what is put for b depends on N"),
        ({a: I.sigma, b: N}, "what is put for a depends on N"),
        ({a: L.root**2, b: I.root**2}, "what is put for A breaks a recurrence"),
        ({A: I.sigma**3}, "what is put for A breaks a recurrence"),
        ({A: I.root**2 * I.sigma**2}, "what is put for A breaks a recurrence"),  # at N = 1
        ({S: I.sigma**2}, "what is put for S breaks a recurrence"),
        ({S: S}, "what is put for S breaks a recurrence"),
        ({S: T / (I.root - I.root)}, "what is put for S breaks a recurrence"),
        ({S: T * I.log / I.log}, "g_i depends on N by no recurrence"),
        ({a: I.log}, "what is put for a depends on N"),
    ],
)
def test_what_breaks_a_recurrence_is_no_instance(
    changed: dict[Letter, Expression], why: str
) -> None:
    decision = decide_instance(SUM, PUT | changed, GEOMETRIC | DISTINCT | AT_SIGMA)
    assert (decision.verdict, decision.why.split(" (")[0]) == (Verdict.UNDECIDED, why)


@pytest.mark.parametrize(
    ("expression", "strict", "verdict"),
    [
        (I.sigma, True, Verdict.PROVED),
        (I.sigma - L.sigma, True, Verdict.PROVED),
        (I.sigma - L.sigma, False, Verdict.PROVED),
        (L.sigma - I.sigma, False, Verdict.UNDECIDED),
        (I.sigma - 2 * L.sigma, True, Verdict.UNDECIDED),
        (I.log, True, Verdict.UNDECIDED),
        (I.log - L.log, True, Verdict.PROVED),
        (I.sigma / (I.root - L.root), True, Verdict.PROVED),
        (1 / (I.root - I.root), True, Verdict.UNDECIDED),
        (I.root - I.root, False, Verdict.PROVED),
        (I.root - I.root, True, Verdict.UNDECIDED),
        (N - 1, False, Verdict.UNDECIDED),
    ],
)
def test_signs(expression: Expression, strict: bool, verdict: Verdict) -> None:
    assert decide_sign(expression, ORDERED, strict=strict).verdict is verdict


def test_the_sign_of_a_sequence_is_shown_by_induction() -> None:
    whole = DISTINCT | AT_SIGMA
    assert decide_sign(T, whole, strict=True).verdict is Verdict.PROVED
    assert decide_sign(2 * T, whole, strict=True).verdict is Verdict.UNDECIDED  # not assumed


@pytest.mark.parametrize(
    ("first", "after"), [(-1, S), (1, S - 1), (1, 0 - S), (0, S), (1, S / (a - b)), (1, S + B)]
)
def test_a_sequence_is_not_positive_without_base_and_step(first: int, after: Expression) -> None:
    sequences = {S: (Number(first), after), B: (b, b * B)}
    domain = Domain(positive=frozenset({a}), sequences=sequences)
    assert decide_sign(S, domain, strict=True).verdict is Verdict.UNDECIDED


def test_starting_at_zero_a_sequence_is_nonnegative_only() -> None:
    domain = Domain(positive=frozenset({a}), sequences={S: (Number(0), S + a)})
    assert decide_sign(S, domain, strict=False).verdict is Verdict.PROVED
    assert decide_sign(S, domain, strict=True).verdict is Verdict.UNDECIDED


def test_one_index_knows_nothing_of_the_other() -> None:
    assert decide_sign(L.sigma, ONE_INDEX, strict=True).verdict is Verdict.UNDECIDED
