"""What documents print of a claim, read back: is each formula printed as it was decided?"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from dlnproof.claims.deduction import Account
from dlnproof.claims.schema import AsPrinted, Claim, Mutant
from dlnproof.core.side import Side
from dlnproof.core.verdict import Verdict
from dlnproof.kernel.terms import Term, equal
from dlnproof.language.alike import same
from dlnproof.language.readback import read_back
from dlnproof.language.sentences import UnreadError, Vocabulary, misnamed, misread, read_statement
from dlnproof.notation.terms import Writer


def misprints(claim: Claim, account: Account, tex: Callable[[Side], str]) -> Iterator[str]:
    """Read back each sentence and formula of a claim, of its variants and of its theorems.

    Yield of those that are printed otherwise than they were decided, or cannot be read, what is
    printed, and where it differs. ``tex`` is what typesets formulas: it is examined, and nothing
    here relies on it. Sentences, hypotheses and definitions are read back from the statement's own
    text.
    """
    yield from _misread(claim)
    yield from _shown(account)
    for what, side in _stated(claim):
        latex = tex(side)
        reading = read_back(side, latex, finite=claim.finite)
        if reading.verdict is not Verdict.PROVED:
            differs = reading.verdict is Verdict.ERROR
            why = reading.why if differs else f"this is not read: {reading.why}"
            yield f"{what} is printed as {' '.join(latex.split())}: {why}"


def _misread(claim: Claim) -> Iterator[str]:
    """Yield what the statement and the hypotheses say otherwise than the claim's terms."""
    stated = claim.stated
    named = [f"the sentence {sentence.name}" for sentence in stated.sentences]
    terms = [sentence.term for sentence in stated.sentences]
    for made in stated.definitions:
        named.append(f"the definition of {made.name}")
        terms.append(equal(made(*(p.term for p in made.parameters)), made.body))
    labels = [sentence.label for sentence in stated.sentences]
    try:
        vocabulary = Vocabulary.of(*terms, *claim.given)
        found, rest = read_statement(claim.statement, labels, len(stated.definitions), vocabulary)
    except UnreadError as error:
        yield f"the statement is not read: {error}"
        return
    yield from misnamed(vocabulary)
    for what, term, read in zip(named, terms, found, strict=True):
        if not same(term, read):
            yield f"{what} is printed otherwise than it is decided: it is read as {read}"
    if rest != " ".join(f"{stated.coincidences} {claim.measured}".split()):
        yield f"the statement says more than is decided: {rest}"
    for term, text in zip(claim.given, claim.hypotheses, strict=True):
        if why := misread(term, text, vocabulary):
            yield f"the hypothesis {text}: {why}"


def _shown(account: Account) -> Iterator[str]:
    """Yield the theorems that a derivation shows otherwise than they are."""
    writer = Writer()
    read: set[Term] = set()
    for shown in account.deduction.shown:
        for term in (shown.theorem.conclusion, *shown.theorem.hypotheses):
            if term in read:  # most hypotheses are those of many theorems
                continue
            read.add(term)
            text = writer.sentence(term)
            if why := misread(term, text):
                yield f"the theorem {shown.name} is printed as {text}: {why}"


def _stated(claim: Claim) -> Iterator[tuple[str, Side]]:
    for name, part in claim.parts.items():
        yield f"the part {name}", part
    for name, value in claim.stated.limits.items():
        yield f"the factor of a pair of the part {name}", value
    variants: tuple[Mutant | AsPrinted, ...] = (*claim.mutants, *claim.as_printed)
    for variant in variants:
        try:
            parts = claim.with_parts(variant.parts)
        except ValueError:  # what a source prints and nobody reads is said where it is examined
            continue
        for name in variant.parts:
            yield f"the part {name} of the variant {variant.name}", parts[name]
