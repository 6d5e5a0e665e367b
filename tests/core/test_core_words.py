"""Words: noncommuting letters, the same combination of words or undecided."""

from ast import literal_eval
from fractions import Fraction

import pytest
from flint import fmpq
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dlnproof.core.expression import Expression, Letter, Number
from dlnproof.core.verdict import Verdict
from dlnproof.core.words import combination_of, decide_words
from dlnproof.language.refute import examined

A, B, C = (Letter(name, name) for name in "ABC")
A_T = Letter("A'", "A", "T")
ONE = Number(1)


@pytest.mark.parametrize(
    ("left", "right", "verdict"),
    [
        (A * (B + C), A * B + A * C, Verdict.PROVED),
        ((A + B) * C, A * C + B * C, Verdict.PROVED),
        ((A * B) * C, A * (B * C), Verdict.PROVED),
        ((A + B) ** 2, A**2 + A * B + B * A + B**2, Verdict.PROVED),
        (A - A, Number(0), Verdict.PROVED),
        (A**0, ONE, Verdict.PROVED),
        (2 * A, A * 2, Verdict.PROVED),
        (A * ONE, A, Verdict.PROVED),
        (A * B, B * A, Verdict.REFUTED),
        (A * B * C, C * A * B, Verdict.REFUTED),
        ((A + B) ** 2, A**2 + 2 * A * B + B**2, Verdict.REFUTED),
        (A, A_T, Verdict.REFUTED),
        (A_T * A, A * A_T, Verdict.REFUTED),
        (A, A + ONE, Verdict.REFUTED),
        (A, 2 * A, Verdict.REFUTED),
        # the same in 2 x 2 matrices (Hall), where alone a difference is looked for
        (
            (A * B - B * A) ** 2 * C,
            C * (A * B - B * A) ** 2,
            Verdict.UNDECIDED,
        ),
    ],
)
def test_the_same_words_or_not(left: Expression, right: Expression, verdict: Verdict) -> None:
    decision = decide_words(left, right)
    assert (decision.verdict is Verdict.PROVED) is (verdict is Verdict.PROVED)
    assert examined(decision).verdict is verdict


def test_a_combination_has_no_zero_terms() -> None:
    found = combination_of(A * B - 2 * B * A + 3 - A * B)
    assert found.terms == {("B", "A"): fmpq(-2), (): fmpq(3)}
    assert combination_of(A - A).terms == {}


def test_letters_that_share_a_name_are_refused() -> None:
    with pytest.raises(ValueError, match="two letters are named 'A'"):
        decide_words(A * B, Letter("A", r"\alpha") * B)


def test_words_cannot_be_divided() -> None:
    with pytest.raises(TypeError):
        decide_words(A / B, A / B)


def test_a_refutation_carries_matrices_at_which_the_sides_differ() -> None:
    witness = examined(decide_words(A * A_T, A_T * A)).witness
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


words = st.lists(st.sampled_from([A, A_T, B]), min_size=1, max_size=4)


def _product(word: list[Letter]) -> Expression:
    product: Expression = word[0]
    for letter in word[1:]:
        product = product * letter
    return product


@settings(deadline=None, max_examples=100)
@given(words, words)
def test_other_words_are_refuted(word: list[Letter], other: list[Letter]) -> None:
    decision = decide_words(_product(word), _product(other))
    assert (decision.verdict is Verdict.PROVED) is (word == other)
    assume(word != other)
    assert examined(decision).verdict is Verdict.REFUTED
