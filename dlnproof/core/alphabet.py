"""What the letters of one proof mean: each has one meaning from its first use to the end.

A name that ends in a prime is that of a transpose: what is known of the letter is known of it.
"""

import re
from collections.abc import Iterable, Mapping

from dlnproof.core.domain import Domain
from dlnproof.core.engines import letters_of
from dlnproof.core.expression import Expression, Letter
from dlnproof.core.product import PairProduct
from dlnproof.core.words import transpose_of


class MeaningError(ValueError):
    """A letter is given two meanings; the message names it."""


_TOKEN = re.compile(r"\\(?:[A-Za-z]+|.)|.", re.DOTALL)


def tokens(latex: str) -> tuple[str, ...]:
    """Return what is printed, without spaces and without braces around a single token."""
    bare = re.sub(r"\{\s*(\\[A-Za-z]+|\\.|[^\\{}])\s*\}", r" \1 ", latex)
    return tuple(t for t in _TOKEN.findall(bare) if not t.isspace() and t not in (r"\,", r"\;"))


class Alphabet:
    """The letters of a proof: one letter for each name, number or matrix, recurrence, definition.

    A transpose has no meaning of its own: it is printed as the transpose of its letter, is a number
    or a matrix as that is, and is not defined. A velocity is that of one letter.

    ``definitions`` maps a letter to what it stands for, in letters that are not defined; ``names``
    maps a letter that is only printed to the product that it names.
    """

    def __init__(self, letters: Iterable[Letter], sequences: Domain) -> None:
        self.definitions: dict[Letter, Expression] = {}
        self.names: dict[Letter, PairProduct] = {}
        self._named: dict[str, Letter] = {}
        self._printed: dict[tuple[tuple[str, ...], ...], Letter] = {}
        self._is_matrix: dict[Letter, bool] = {}
        self._velocities: dict[Letter, Letter] = {}
        self._sequences = Domain(sequences=sequences.sequences, logs=sequences.logs)
        self.meet(letters)
        self.meet(sequences.letters())

    def meet(self, letters: Iterable[Letter]) -> None:
        """Take note that these letters occur: one letter for each name, and for each print."""
        for letter in letters:
            for one in dict.fromkeys((letter, _base(letter))):
                if self._named.setdefault(one.name, one) != one:
                    raise MeaningError(f"two letters are named '{one.name}'")
                print_ = (tokens(one.latex), tokens(one.exponent))
                other = self._printed.setdefault(print_, one)
                if other != one:
                    raise MeaningError(f"'{one.name}' and '{other.name}' are printed alike")

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
            if self._is_matrix.setdefault(_base(letter), is_matrix) is not is_matrix:
                raise MeaningError(f"'{letter.name}' is used as a number and as a matrix")

    def move(self, velocities: Mapping[Letter, Letter]) -> None:
        """Take note of whose velocities these letters are: each has one, and is that of one."""
        self.matrices(frozenset(velocities.values()))
        for letter, velocity in velocities.items():
            known = self._velocities.setdefault(letter, velocity)
            owners = [x for x, other in self._velocities.items() if other == velocity]
            if known != velocity or owners != [letter] or velocity != _base(velocity):
                raise MeaningError(
                    f"'{velocity.name}' is not the velocity of '{letter.name}' alone"
                )

    def define(self, letter: Letter, value: Expression) -> None:
        """Let a new letter stand for a value."""
        if letter != _base(letter):
            raise MeaningError(
                f"'{letter.name}' is a transpose: expected a definition of the letter"
            )
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


def _base(letter: Letter) -> Letter:
    """Return the letter of which this one is the transpose, or the letter itself."""
    if not letter.name.endswith("'"):
        return letter
    if not letter.exponent.endswith("T"):
        raise MeaningError(f"'{letter.name}' is named as a transpose and not printed as one")
    return _base(transpose_of(letter))
