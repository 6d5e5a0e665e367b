"""Words: noncommuting letters, rewritten; equal normal forms or undecided."""

from ast import literal_eval
from fractions import Fraction

import pytest

from dlnproof.core.expression import Expression, Letter, Number
from dlnproof.core.identity import Equation
from dlnproof.core.verdict import Verdict
from dlnproof.core.words import RewritingError, decide_words, derivative
from dlnproof.language.refute import examined

A, B, C, U, V = (Letter(name, name) for name in ("A", "B", "C", "U", "V"))
U_t = Letter("U'", "U", "T")
s, t = Letter("s", "s"), Letter("t", "t")
ONE = Number(1)
ORTHOGONAL: tuple[Equation, ...] = ((U_t * U, ONE),)


@pytest.mark.parametrize(
    ("left", "right", "rules", "verdict"),
    [
        (A * (B + C), A * B + A * C, (), Verdict.PROVED),
        (A * B, B * A, (), Verdict.UNDECIDED),
        ((A + B) ** 2, A**2 + A * B + B * A + B**2, (), Verdict.PROVED),
        ((A + B) ** 2, A**2 + 2 * A * B + B**2, (), Verdict.UNDECIDED),
        (s * A * t, t * s * A, (), Verdict.PROVED),
        (A - A, Number(0), (), Verdict.PROVED),
        (A**0, ONE, (), Verdict.PROVED),
        (A * U_t * U * B, A * B, ORTHOGONAL, Verdict.PROVED),
        (A * U * U_t * B, A * B, ORTHOGONAL, Verdict.UNDECIDED),  # one side only
        (U, U_t, ORTHOGONAL, Verdict.UNDECIDED),
        (A * B * A, s**2 * A, ((A * B, s * ONE), (B * A, s * ONE)), Verdict.UNDECIDED),
        (A * B * A, s * A, ((A * B, s * ONE), (B * A, s * ONE)), Verdict.PROVED),
        (A * B, C, ((A * B, Number(0)),), Verdict.UNDECIDED),
        # two rules for one word, not confluent: the equality B = C is missed, not refuted
        (B, C, ((A, B), (A, C)), Verdict.UNDECIDED),
    ],
)
def test_normal_forms(
    left: Expression, right: Expression, rules: tuple[Equation, ...], verdict: Verdict
) -> None:
    assert examined(decide_words(left, right, rules, frozenset({s, t}))).verdict is verdict


def test_only_letters_declared_as_scalars_commute() -> None:
    assert examined(decide_words(s * t, t * s, ())).verdict is Verdict.REFUTED
    assert decide_words(s * t, t * s, (), frozenset({s})).verdict is Verdict.PROVED


@pytest.mark.parametrize(
    ("left", "right", "verdict"),
    [
        (A * B * C, C * A * B, Verdict.PROVED),
        (A * B * C, A * C * B, Verdict.UNDECIDED),
        (A * B - B * A, Number(0), Verdict.PROVED),
        (A * B, B * A + ONE, Verdict.UNDECIDED),
        (A * B + B * A, 2 * B * A, Verdict.PROVED),
    ],
)
def test_under_the_trace_words_may_be_rotated(
    left: Expression, right: Expression, verdict: Verdict
) -> None:
    assert examined(decide_words(left, right, (), cyclic=True)).verdict is verdict
    assert examined(decide_words(left, right, ())).verdict is Verdict.REFUTED


@pytest.mark.parametrize("pattern", [ONE, Number(0), 2 * A, A + B, s * A, s, A - A])
def test_a_rule_starts_from_one_word(pattern: Expression) -> None:
    with pytest.raises(RewritingError, match="one word"):
        decide_words(A, B, ((pattern, A),), frozenset({s}))


def test_rewriting_without_end_is_undecided() -> None:
    decision = decide_words(A, B, ((A, A),))
    assert decision.verdict is Verdict.UNDECIDED
    assert "did not end" in decision.why


def test_a_word_and_a_scalar_of_one_name_are_refused() -> None:
    scalar = Letter("A", r"\alpha")
    with pytest.raises(ValueError, match="two letters are named 'A'"):
        decide_words(A * B * scalar, B * A * scalar, (), frozenset({scalar}))
    with pytest.raises(ValueError, match="two letters are named 'A'"):
        decide_words(B, B, ((B * C, A * scalar),), frozenset({A}))


def test_words_cannot_be_divided() -> None:
    with pytest.raises(TypeError):
        decide_words(A / B, A / B, ())


def test_a_refutation_carries_matrices_at_which_the_sides_differ() -> None:
    transposed = Letter("A'", "A", "T")
    witness = examined(decide_words(A * transposed, transposed * A, ())).witness
    assert witness is not None
    matrix, left, right = (literal_eval(witness[name]) for name in ("A", "left", "right"))
    rows = [[Fraction(x) for x in row] for row in matrix]
    columns = [list(column) for column in zip(*rows, strict=True)]

    def gram(vectors: list[list[Fraction]]) -> list[list[Fraction]]:
        zero = Fraction(0)
        return [
            [sum((x * y for x, y in zip(v, w, strict=True)), zero) for w in vectors]
            for v in vectors
        ]

    assert (left, right) == (gram(rows), gram(columns))
    assert left != right


def test_letters_bound_by_a_relation_are_not_refuted() -> None:
    # A may be the identity: then the sides are equal
    assert examined(decide_words(A * B, B, ((A * A, ONE),))).verdict is Verdict.UNDECIDED


@pytest.mark.parametrize(
    ("expression", "rate"),
    [
        (A * B, C * B),
        (A**2, C * A + A * C),
        (A - 2 * A, C - 2 * C),
        (B, Number(0)),
        (Number(3), Number(0)),
    ],
)
def test_the_derivative_obeys_the_product_rule(expression: Expression, rate: Expression) -> None:
    found = derivative(expression, {A: C, B: Number(0)})
    assert decide_words(found, rate, ()).verdict is Verdict.PROVED


def test_a_quotient_has_no_product_rule() -> None:
    with pytest.raises(TypeError, match="no product rule"):
        derivative(A / B, {A: C, B: Number(0)})
