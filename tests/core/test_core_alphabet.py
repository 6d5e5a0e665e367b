"""Letters of a proof keep one meaning: name, kind, recurrence, definition."""

import pytest

from dlnproof.core.alphabet import Alphabet, MeaningError
from dlnproof.core.domain import Domain
from dlnproof.core.expression import Letter, Number
from dlnproof.core.spectrum import DISTINCT, STATED, WIDTH, I, N

x, y, S = Letter("x", "x"), Letter("y", "y"), Letter("S", "S")
GROWS = Domain(sequences={S: (Number(1), S + 1)})


@pytest.fixture
def alphabet() -> Alphabet:
    return Alphabet([x], STATED)


@pytest.mark.parametrize("letter", [Letter("x", r"\xi"), Letter("N", "M"), Letter("x", "x", "T")])
def test_a_name_means_one_letter(alphabet: Alphabet, letter: Letter) -> None:
    with pytest.raises(MeaningError, match=f"two letters are named '{letter.name}'"):
        alphabet.numbers(frozenset({letter}))


def test_letters_are_not_printed_alike(alphabet: Alphabet) -> None:
    with pytest.raises(MeaningError, match="'z' and 'x' are printed alike"):
        alphabet.matrices(frozenset({Letter("z", "x")}))


def test_a_number_is_no_matrix(alphabet: Alphabet) -> None:
    alphabet.numbers(frozenset({x}))
    alphabet.matrices(frozenset({y}))
    with pytest.raises(MeaningError, match="'x' is used as a number and as a matrix"):
        alphabet.matrices(frozenset({x}))
    with pytest.raises(MeaningError, match="'y' is used as a number and as a matrix"):
        alphabet.numbers(frozenset({y}))


def test_what_stands_for_matrices_is_no_number(alphabet: Alphabet) -> None:
    alphabet.matrices(frozenset({x, y}))
    alphabet.define(S, x * y)
    with pytest.raises(MeaningError, match="as a number and as a matrix"):
        alphabet.numbers(frozenset({S}))


@pytest.mark.parametrize("letter", [x, N, WIDTH, I.sigma, I.root, I.log])
def test_what_the_statement_speaks_of_is_not_defined(alphabet: Alphabet, letter: Letter) -> None:
    with pytest.raises(MeaningError, match=f"'{letter.name}' has a meaning before"):
        alphabet.define(letter, Number(1))


def test_a_letter_is_defined_once_and_not_by_itself(alphabet: Alphabet) -> None:
    with pytest.raises(MeaningError, match="'y' has a meaning before"):
        alphabet.define(y, y + 1)
    alphabet.define(S, x)
    with pytest.raises(MeaningError, match="'S' has a meaning before"):
        alphabet.define(S, x)


def test_a_letter_in_use_is_not_defined(alphabet: Alphabet) -> None:
    alphabet.over(Domain(positive=frozenset({y})))
    with pytest.raises(MeaningError, match="'y' has a meaning before"):
        alphabet.define(y, Number(-1))


def test_definitions_cannot_go_in_a_circle(alphabet: Alphabet) -> None:
    alphabet.define(y, S + x)
    with pytest.raises(MeaningError, match="'S' has a meaning before"):
        alphabet.define(S, y)


def test_definitions_are_spelled_out(alphabet: Alphabet) -> None:
    alphabet.define(y, x + 1)
    alphabet.define(S, y * y)
    assert alphabet.definitions[S] == (x + 1) * (x + 1)


@pytest.mark.parametrize(
    "domain",
    [
        Domain(positive=frozenset({y})),
        Domain(distinct=((x, y),)),
        Domain(sequences={S: (Number(1), S * y)}),  # y may hide a dependence on N
    ],
)
def test_hypotheses_do_not_speak_of_defined_letters(alphabet: Alphabet, domain: Domain) -> None:
    alphabet.define(y, N + 1)
    with pytest.raises(MeaningError, match="'y' is defined"):
        alphabet.over(domain)


def test_recurrences_are_remembered_and_do_not_change(alphabet: Alphabet) -> None:
    alphabet.over(GROWS)
    assert set(alphabet.over(Domain()).sequences) == {S, *DISTINCT.sequences}
    with pytest.raises(MeaningError, match="'S' is given two meanings"):
        alphabet.over(Domain(sequences={S: (Number(5), S)}))
    with pytest.raises(MeaningError, match="'N' is given two meanings"):
        alphabet.over(Domain(sequences={N: (Number(1), N)}))


def test_a_constant_does_not_become_a_sequence(alphabet: Alphabet) -> None:
    alphabet.numbers(frozenset({S}))
    with pytest.raises(MeaningError, match="'S' is in use before its recurrence"):
        alphabet.over(GROWS)


@pytest.mark.parametrize("latex", [r"\mu_{1}", r"\mu_{ 1 }", r"\mu _1"])
def test_what_is_printed_alike_is_one_letter_however_it_is_typed(latex: str) -> None:
    alphabet = Alphabet([Letter("k", r"\mu_1")], Domain())
    with pytest.raises(MeaningError, match="'m' and 'k' are printed alike"):
        alphabet.define(Letter("m", latex), Number(2))
