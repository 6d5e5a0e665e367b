r"""The sentences of a statement: what is decided, and the text that is generated from it.

A statement is one text for each sentence, after a label that says nothing, with the definitions
that it uses at its end. So nothing mathematical in it is free text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from dlnproof.core.expression import Expression
from dlnproof.core.product import PairProduct
from dlnproof.core.side import Side
from dlnproof.definitions.formulas import parts_of
from dlnproof.kernel.terms import PROP, Definition, SortError, Term
from dlnproof.notation.terms import Writer
from dlnproof.notation.tex import tex


@dataclass(frozen=True)
class Sentence:
    """One sentence of a statement, by name; ``topic`` is a label for readers, which says nothing.

    Parts of the statement stand in it as ``part("distinct", i, l)``, see
    :mod:`dlnproof.definitions.formulas`.
    """

    name: str
    term: Term
    topic: str = ""

    def __post_init__(self) -> None:
        if self.term.sort != PROP:
            raise SortError(f"the sentence {self.name} is a {self.term.sort}")

    @property
    def label(self) -> str:
        """The topic as it stands before the sentence."""
        return f"{self.topic[:1].upper()}{self.topic[1:]}"

    @property
    def parts(self) -> frozenset[str]:
        """The names of the parts that stand in it."""
        return frozenset(parts_of(self.term))


def definitions_in(terms: Iterable[Term]) -> tuple[Definition, ...]:
    """Return the definitions that terms use, those before others that these use themselves."""
    found: dict[Definition, None] = {}
    for term in terms:
        for part in term.parts():
            if part.op == "defined" and part.data not in found:
                found |= dict.fromkeys(definitions_in([part.data.body]))
                found[part.data] = None
    return tuple(found)


@dataclass(frozen=True)
class Stated:
    """What a statement is made of, and its texts; parts stand there as ``<<part>>``."""

    given: tuple[Term, ...]
    sentences: tuple[Sentence, ...]
    parts: Mapping[str, Side]

    @property
    def definitions(self) -> tuple[Definition, ...]:
        """The definitions that hypotheses and sentences use."""
        return definitions_in([*self.given, *(s.term for s in self.sentences)])

    @property
    def writer(self) -> Writer:
        """What writes the sentences."""
        return Writer(self.parts)

    def text(self, sentence: Sentence) -> str:
        """Return a sentence as it stands in the statement."""
        return self.writer.sentence(sentence.term, display=True)

    def labelled(self, sentence: Sentence) -> str:
        """Return a sentence with its label, as it stands in the statement."""
        label = f"{sentence.label}: " if sentence.topic else ""
        return label + _ended(self.text(sentence))

    def definition(self, made: Definition) -> str:
        """Return a definition as it stands in the statement."""
        return rf"\[{self.writer.definition(made)}\]"

    @property
    def hypotheses(self) -> tuple[str, ...]:
        """The hypotheses as texts."""
        return tuple(map(self.writer.sentence, self.given))

    @property
    def statement(self) -> str:
        """The statement as text."""
        return " ".join(filter(None, (*self._pieces(), self.coincidences)))

    @property
    def limits(self) -> dict[str, Expression]:
        """What the factor of a pair is where sigma_i = sigma_l, of parts that are 0/0 there."""
        products = ((n, p) for n, p in self.parts.items() if isinstance(p, PairProduct))
        return {name: p.at_coincidence() for name, p in products if p.needs_limit}

    @property
    def coincidences(self) -> str:
        """What is said of these at the end of the statement."""
        return " ".join(
            rf"Where $\sigma_i=\sigma_l$, the factor of the pair in $<<{name}>>$ is its limit, "
            f"${tex(value)}$."
            for name, value in self.limits.items()
        )

    def _pieces(self) -> Iterator[str]:
        yield from map(self.labelled, self.sentences)
        for made in self.definitions:
            yield f"By definition {_ended(self.definition(made))}"


def _ended(text: str) -> str:
    inside = text.removesuffix(r"\]")
    return f"{text}." if inside == text else rf"{inside}.\]"
