r"""What the catalogue is made of: claims, their sources, their printed and their wrong variants.

Texts are plain words with formulas in dollars (``for $N\ge2$``); records and terminals show these
as plain text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, field, fields
from enum import StrEnum
from functools import cached_property
from hashlib import sha256
from typing import Any, Final

from dlnproof.claims.sentences import Sentence, Stated
from dlnproof.core.expression import Letter
from dlnproof.core.side import Side
from dlnproof.core.verdict import Route
from dlnproof.definitions.formulas import LETTERS, with_formulas
from dlnproof.kernel.terms import SortError, Term
from dlnproof.notation.plain import plain
from dlnproof.notation.tex import tex


class CatalogueError(ValueError):
    """A record of the catalogue is malformed; the message names the claim and the field."""


AT_POINTS: Final = (Route.DERIVATION, Route.EXACT, Route.PULLBACK)
"""The routes of a claim that is checked at exact points and by finite differences."""


class Witness(StrEnum):
    """How well it is attested that a source prints a statement.

    A machine's misreading is no author's slip: what one extraction alone has is told "as
    extracted", never "as printed".
    """

    DUPLICATED = "duplicated"
    """It stands twice in what machines extracted from the source, and agrees."""
    SINGLE = "single extraction"
    """One machine extraction has it: the slip may be the machine's, not the author's."""
    SOURCE_FILE = "source file"
    """It was read in the file from which the author made the source."""
    PAPER = "paper"
    """It was read in the published paper."""


@dataclass(frozen=True)
class Source:
    """A source by its key in the bibliography, and the place in it (formulas in dollars)."""

    key: str
    where: str

    def __str__(self) -> str:
        return plain(f"{self.key}, {self.where}")


@dataclass(frozen=True)
class Mutant:
    """A wrong variant: the parts of the statement that it changes. Every route must reject it."""

    name: str
    what: str
    parts: Mapping[str, Side]


@dataclass(frozen=True)
class AsPrinted:
    """A statement as a source prints it, a checkable object of its own.

    ``statement`` is in words, ``latex`` as printed. ``parts`` replaces parts of the claim's
    statement: by LaTeX, as printed, which is read and stands in ``latex`` where that refers to it
    as ``<<part>>``, or by a formula, where the source prints none. A printed statement that no part
    expresses is evaluated by the claim's check module, under the same name; one that the claim
    states as it is printed says so, ``as_stated``. ``least_depth`` is the least N that it is
    printed for: nothing is held against it below. ``read_as`` are the strings that are read and do
    not stand in ``latex``: documents show them beside it.
    """

    name: str
    source: Source
    witness: Witness
    statement: str
    latex: str
    explanation: str
    parts: Mapping[str, Side | str] = field(default_factory=dict)
    least_depth: int = 1
    as_stated: bool = False
    read_as: tuple[str, ...] = field(init=False, default=())

    def __post_init__(self) -> None:
        apart: list[str] = []
        for name, part in self.parts.items():
            if isinstance(part, str):
                whole = self.latex.replace(f"<<{name}>>", part)
                apart += [part] * (whole == self.latex)
                object.__setattr__(self, "latex", whole)
        object.__setattr__(self, "read_as", tuple(apart))


@dataclass(frozen=True)
class Claim:
    """One statement, stated once.

    ``sentences`` are what it says, in terms, and ``given`` its hypotheses. ``parts`` are its
    formulas, which stand in the sentences; ``letters`` are what letters of these stand for there.
    ``measured`` stands at the end of the statement, and says what training runs or exact points
    showed.

    ``finite`` and
    ``infinite`` say at which depths it speaks (from ``least_depth`` on), ``singular`` whether of
    singular W too; ``scope`` says for what a derivation holds, where it is not all N and all d. The
    parts named in ``empirical`` are not derived but measured, in training runs, at exact points or
    in balls; the claim is then observed, exact or enclosed. ``chief`` names the sentences that
    stand for it where there is room for one or two (the first ones, where it names none).
    ``quantities`` are what it is about, by their names in :mod:`dlnproof.quantities` (or as
    objects, if they are the author's own), each with the parts that state it: one, or two for a
    quantity with indices i and l, where sigma_i and sigma_l differ and where they do not, or three
    for a sum, of an index and of a pair likewise. So the claim can be checked without code of its
    own.
    """

    id: str
    title: str
    source: Source
    given: tuple[Term, ...]
    sentences: tuple[Sentence, ...]
    parts: Mapping[str, Side]
    routes: tuple[Route, ...]
    mutants: tuple[Mutant, ...]
    uses: tuple[str, ...] = ()
    as_printed: tuple[AsPrinted, ...] = ()
    finite: bool = True
    infinite: bool = False
    singular: bool = False
    least_depth: int = 1
    scope: str = ""
    empirical: frozenset[str] = frozenset()
    quantities: Mapping[Any, tuple[str, ...]] = field(default_factory=dict)
    letters: Mapping[Letter, Term] = field(default_factory=lambda: LETTERS)
    measured: str = ""
    chief: tuple[str, ...] = ()

    @cached_property
    def statement(self) -> str:
        """The statement in LaTeX, written from the sentences; parts stand there as ``<<part>>``."""
        return " ".join(filter(None, (self.stated.statement, self.measured)))

    @cached_property
    def hypotheses(self) -> tuple[str, ...]:
        """The hypotheses in LaTeX, written from their terms."""
        return self.stated.hypotheses

    @property
    def written(self) -> str:
        """The statement in LaTeX, with its formulas in place."""
        return self.placed(self.statement)

    def placed(self, text: str) -> str:
        """Return text of the statement with the formulas in place of ``<<part>>``."""
        return re.sub(r"<<(\w+)>>", lambda found: tex(self.parts[found[1]]), text)

    @property
    def digest(self) -> str:
        """The SHA-256 of what is printed: the hypotheses, the sentences, the definitions."""
        return sha256("\n".join((*self.hypotheses, self.written)).encode("ascii")).hexdigest()

    @property
    def stated(self) -> Stated:
        """The hypotheses and sentences, and how they are written."""
        return Stated(self.given, self.sentences, self.parts)

    @property
    def slug(self) -> str:
        """The name of the modules that derive and check it."""
        return self.id.replace("-", "_")

    @property
    def speaks_of(self) -> str:
        """For what a derivation holds, in words."""
        return self.scope or ("all $N$, all $d$" if self.finite else "all $d$")

    @property
    def derived(self) -> dict[str, Side]:
        """The parts that a derivation has to establish."""
        return {name: part for name, part in self.parts.items() if name not in self.empirical}

    def with_parts(self, parts: Mapping[str, Side | str]) -> dict[str, Side]:
        """Return the statement's formulas with some of them replaced; what is text is read.

        Raises :class:`InputError` for text that is not read.
        """
        return {**self.parts, **{name: self._read(name, part) for name, part in parts.items()}}

    @property
    def names(self) -> tuple[str, ...]:
        """The names of what is stated: of sentences, and of the parts that are measured."""
        measured = (name for name in self.parts if name in self.empirical)
        return (*(sentence.name for sentence in self.sentences), *measured)

    def about(self, parts: frozenset[str]) -> frozenset[str]:
        """Return the names of what is stated by some of the parts alone."""
        told = (s.name for s in self.sentences if s.parts and s.parts <= parts)
        return frozenset(told) | (self.empirical & parts)

    def says(self, parts: Mapping[str, Side] | None = None) -> dict[str, Term]:
        """Return the sentences by name, with the formulas in place, or with others."""
        parts = self.parts if parts is None else parts
        return {x.name: with_formulas(x.term, parts, self.letters) for x in self.sentences}

    def _read(self, name: str, part: Side | str) -> Side:
        if not isinstance(part, str):
            return part
        from dlnproof.language.core_of import core_of

        return core_of(part, self.parts[name], finite=self.finite)


def claim(id: str, **given: Any) -> Claim:  # noqa: A002 - the field's name in records
    """Return the claim, or raise :class:`CatalogueError` naming the claim and the wrong field."""
    known = {f.name: f for f in fields(Claim)}
    for name in given:
        if name in ("statement", "hypotheses"):
            of = "sentences" if name == "statement" else "given"
            raise CatalogueError(
                f"claim '{id}': field '{name}' is written from terms; expected them in '{of}'"
            )
        if name not in known:
            raise CatalogueError(f"claim '{id}': unknown field '{name}'")
    required = {n for n, f in known.items() if MISSING is f.default is f.default_factory}
    for name in sorted(required - set(given) - {"id"}):
        raise CatalogueError(f"claim '{id}': missing field '{name}'")
    made = Claim(id=id, **given)
    _check(made)
    return made


def _check(made: Claim) -> None:
    for what in (
        *_faults(made),
        *_faults_of_statement(made),
        *_faults_of_sentences(made),
        *_faults_of_variants(made),
    ):
        raise CatalogueError(f"claim '{made.id}': {what}")


def _faults(made: Claim) -> Iterator[str]:
    if not re.fullmatch("[a-z][a-z0-9]*(-[a-z0-9]+)*", made.id) or len(made.id) > 60:
        yield "field 'id': expected lower-case words and digits joined by hyphens"
    yield from _faults_of_texts(made)
    if not isinstance(made.quantities, Mapping):
        yield "field 'quantities': expected names of quantities with the parts that state them"
        return
    stated = {part for parts in made.quantities.values() for part in parts}
    for name, parts in (("empirical", made.empirical), ("quantities", stated)):
        for part in sorted(parts - set(made.parts)):
            yield f"field '{name}' names an unknown part '{part}'"
    measuring = {Route.TRAINING, Route.EXACT, Route.ENCLOSURE}
    if made.empirical and not measuring & {*made.routes}:
        yield "field 'routes': parts are measured, expected the route training, exact or enclosure"
    if Route.DERIVATION not in made.routes or len(made.routes) < 2:
        yield "field 'routes': expected a derivation and another route, independent of it"
    if len(set(made.routes)) < len(made.routes):
        yield "field 'routes': one occurs twice"


def _faults_of_texts(made: Claim) -> Iterator[str]:
    for name in ("title", "given", "sentences", "parts", "routes", "mutants"):
        if not getattr(made, name):
            yield f"field '{name}' is empty"
    texts = {"title": made.title, "source": str(made.source), "measured": made.measured}
    texts |= {"sentences": "".join(_written(made))}
    for name, text in texts.items():
        if not text.isascii():
            yield f"field '{name}': expected ASCII (LaTeX commands for other letters)"
        elif not " ".join(text.split()).isprintable():
            yield f"field '{name}': expected no control characters"
    for printed in made.as_printed:
        texts = {"name": printed.name, "source": str(printed.source), "latex": printed.latex}
        texts |= {"statement": printed.statement, "explanation": printed.explanation}
        for name, text in texts.items():
            if not text.isprintable():
                yield f"printed variant '{printed.name}': '{name}' is not on one line, printable"


def _written(made: Claim) -> Iterator[str]:
    """Yield what is typed by hand in a claim of sentences: labels, and how letters are written."""
    for sentence in made.sentences:
        yield from (sentence.name, sentence.topic)
    for term in (*made.given, *(sentence.term for sentence in made.sentences)):
        yield from (symbol.latex for symbol in term.free)
    yield from (definition.latex for definition in made.stated.definitions)


def _faults_of_statement(made: Claim) -> Iterator[str]:
    shown = [part for sentence in made.sentences for part in sorted(sentence.parts)]
    for part, end, _ in (piece.partition(">>") for piece in made.measured.split("<<")[1:]):
        shown.append(part)
        if not end:
            yield f"field 'measured' does not close '<<{part}'"
        elif part not in made.parts:
            yield f"field 'measured' refers to an unknown part '{part}'"
    for part in made.parts:
        if part not in shown:
            yield f"the statement does not show the part '{part}'"


def _faults_of_sentences(made: Claim) -> Iterator[str]:
    names = [sentence.name for sentence in made.sentences]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield f"two sentences are named '{name}'"
    for name in sorted(set(made.chief) - set(names)):
        yield f"field 'chief' names an unknown sentence '{name}'"
    for sentence in made.sentences:
        if sentence.term in made.given:
            yield f"the sentence '{sentence.name}' is one of the hypotheses"
    stated = frozenset[str]().union(*(sentence.parts for sentence in made.sentences))
    for part in sorted(set(made.derived) - stated):
        yield f"the part '{part}' stands in no sentence"
    for part in sorted(stated & made.empirical):
        yield f"the part '{part}', which is measured, stands in a sentence"
    try:
        made.says()
    except SortError as error:
        yield f"a part does not fit its sentence: {error}"
    except KeyError as error:
        yield f"a letter of a part stands for nothing: {error}"


def _faults_of_variants(made: Claim) -> Iterator[str]:
    variants: tuple[Mutant | AsPrinted, ...] = (*made.mutants, *made.as_printed)
    for variant in variants:
        for part, formula in variant.parts.items():
            if part not in made.parts:
                yield f"variant '{variant.name}' changes an unknown part '{part}'"
            elif formula == made.parts[part]:
                yield f"variant '{variant.name}' does not change the part '{part}'"
    for printed in made.as_printed:
        if re.search(r"<<|%|\\[hv]?phantom", printed.latex):
            yield f"printed variant '{printed.name}': its LaTeX has '<<', '%' or a phantom left"
        if printed.least_depth < 1:
            yield f"printed variant '{printed.name}': 'least_depth' is not a depth"
        if printed.as_stated and printed.parts:
            yield f"printed variant '{printed.name}' is as stated, and changes parts"
    for mutant in made.mutants:
        if not mutant.parts:
            yield f"wrong variant '{mutant.name}' changes nothing"
    names = [variant.name for variant in variants]
    for name in names:
        if names.count(name) > 1:
            yield f"two variants are named '{name}'"


def catalogue(*claims: Claim) -> dict[str, Claim]:
    """Return the claims by id, in order of dependence; refuse doubles and forward references."""
    found: dict[str, Claim] = {}
    for made in claims:
        if made.id in found:
            raise CatalogueError(f"claim '{made.id}': stated twice")
        for used in made.uses:
            if used not in found:
                raise CatalogueError(
                    f"claim '{made.id}': uses '{used}', which is not stated before"
                )
        found[made.id] = made
    return found
