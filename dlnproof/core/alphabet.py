"""What the letters of one proof mean: each has one meaning from its first use to the end."""

from collections.abc import Iterable

from dlnproof.core.domain import Domain
from dlnproof.core.engines import letters_of
from dlnproof.core.expression import Expression, Letter
from dlnproof.core.product import PairProduct


class MeaningError(ValueError):
    """A letter is given two meanings; the message names it."""


class Alphabet:
    """The letters of a proof: one letter for each name, number or matrix, recurrence, definition.

    ``definitions`` maps a letter to what it stands for, in letters that are not defined; ``names``
    maps a letter that is only printed to the product that it names.
    """

    def __init__(self, letters: Iterable[Letter], sequences: Domain) -> None:
        self.definitions: dict[Letter, Expression] = {}
        self.names: dict[Letter, PairProduct] = {}
        self._named: dict[str, Letter] = {}
        self._printed: dict[tuple[str, str], Letter] = {}
        self._is_matrix: dict[Letter, bool] = {}
        self._sequences = Domain(sequences=sequences.sequences, logs=sequences.logs)
        self.meet(letters)
        self.meet(sequences.letters())

    def meet(self, letters: Iterable[Letter]) -> None:
        """Take note that these letters occur: one letter for each name, and for each print."""
        for letter in letters:
            if self._named.setdefault(letter.name, letter) != letter:
                raise MeaningError(f"two letters are named '{letter.name}'")
            other = self._printed.setdefault((letter.latex, letter.exponent), letter)
            if other != letter:
                raise MeaningError(f"'{letter.name}' and '{other.name}' are printed alike")

    def numbers(self, letters: frozenset[Letter]) -> None:
        """Take note that these letters, and what they stand for, commute."""
        values = (self.definitions[x] for x in letters & set(self.definitions))
        self._note(letters | letters_of(*values), is_matrix=False)

    def matrices(self, letters: frozenset[Letter]) -> None:
        """Take note that these letters do not commute."""
        self._note(letters, is_matrix=True)

    def _note(self, letters: frozenset[Letter], *, is_matrix: bool) -> None:
        self.meet(letters)
        for letter in letters:
            if self._is_matrix.setdefault(letter, is_matrix) is not is_matrix:
                raise MeaningError(f"'{letter.name}' is used as a number and as a matrix")

    def define(self, letter: Letter, value: Expression) -> None:
        """Let a new letter stand for a value."""
        self.meet(value.letters())
        self._introduce(letter)
        self.definitions[letter] = value.substitute(self.definitions)

    def let(self, latex: str, product: PairProduct) -> None:
        """Let a new name stand for a product in print."""
        self.numbers(product.letters())
        letter = Letter(latex, latex)
        self._introduce(letter)
        self.names[letter] = product

    def _introduce(self, letter: Letter) -> None:
        if letter.name in self._named:
            raise MeaningError(f"'{letter.name}' has a meaning before it is defined")
        self.meet([letter])

    def over(self, domain: Domain) -> Domain:
        """Return the domain with all recurrences of the proof, its own among them from now on."""
        for letter in self.definitions:
            if letter in domain.letters():
                raise MeaningError(f"'{letter.name}' is defined: a hypothesis cannot speak of it")
        known = {*self._sequences.sequences, *self._sequences.logs}
        for letter in (*domain.sequences, *domain.logs):
            if letter not in known and letter.name in self._named:
                raise MeaningError(f"'{letter.name}' is in use before its recurrence is given")
        try:
            whole = domain | self._sequences
        except ValueError as error:
            raise MeaningError(str(error)) from None
        self.meet(domain.letters())
        self._sequences = Domain(sequences=whole.sequences, logs=whole.logs)
        return whole
