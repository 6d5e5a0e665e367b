"""A derivation by theorems: each theorem shown, what it was made from, and what all rests on."""

from __future__ import annotations

from collections import Counter
from typing import Final

from dlnproof.claims.deduction import Account, Shown
from dlnproof.core.verdict import Verdict
from dlnproof.documents.content.statement import paragraphs_of
from dlnproof.documents.model import Block, Items, Paragraph, Prose, Text, paragraph, strong
from dlnproof.documents.words import count, listed
from dlnproof.kernel.terms import Term
from dlnproof.kernel.theorem import Premise
from dlnproof.notation.terms import Writer
from dlnproof.notation.texts import in_latex

FAMILIES: Final = {
    "field": "identities of numbers",
    "words": "identities of matrices",
    "traces": "identities of traces",
    "induction": "inductions",
    "congruence": "equations used under a sum, a product or another binder",
    "rewrite": "equations used",
    "certificate": "certificates of inequalities",
    "indices": "bounds of indices",
}
"""The rules that decide most, in words; all others are counted together."""


def sentence(term: Term) -> str:
    """Return a sentence as text, its last formula displayed."""
    return Writer().sentence(term, display=True)


def account_of(account: Account, verdict: Verdict) -> list[Block]:
    """Return a derivation as a list of theorems; its first line says so where it does not hold."""
    found: list[Block] = []
    if not verdict.holds:
        found.append(paragraph(strong(f"This proof is not complete: {verdict}.")))
        missing = [(f"{name}: {why}",) for name, why in account.missing.items()]
        found += [Items(missing)] if missing else []
    numbers = {shown.name: k for k, shown in enumerate(account.deduction.shown, 1)}
    for shown in account.deduction.shown:
        found += _theorem(account, shown, numbers)
    return [*found, *resting(account)]


def _theorem(account: Account, shown: Shown, numbers: dict[str, int]) -> list[Block]:
    text = sentence(shown.theorem.conclusion)
    if not shown.said or shown.said.endswith("."):
        text = text[:1].upper() + text[1:]
    lead, *rest = paragraphs_of(f"{shown.said} {text}".lstrip())
    first = Paragraph((strong(f"{numbers[shown.name]}. "), *_words(lead)))
    given = frozenset(account.given)
    beyond = sorted(map(Writer().sentence, shown.theorem.hypotheses - given))
    under = (Prose(f"This holds where {'; '.join(beyond)}. "),) if beyond else ()
    shown_first = [first] if isinstance(lead, Paragraph) else [first, lead]
    return [*shown_first, *rest, paragraph(*under, _made(account, shown, numbers))]


def _words(block: Block) -> Text:
    return block.text if isinstance(block, Paragraph) else ()


def _made(account: Account, shown: Shown, numbers: dict[str, int]) -> str:
    """Return what a theorem was made from, and by which rules, in a sentence."""
    above, between = account.made_from(shown)
    origin = f"From {listed(str(numbers[name]) for name in above)}" if above else "By the rules"
    return f"[{origin}, in {count(len(between), 'step')}.]"


def resting(account: Account) -> list[Block]:
    """Return what a derivation decided, and what it takes as given, counted and listed."""
    rules = Counter(t.rule for x in account.established.values() for t in x.origins())
    said = [f"{rules[rule]} {what}" for rule, what in FAMILIES.items() if rules[rule]]
    others = sum(n for rule, n in rules.items() if rule not in FAMILIES)
    whole = listed([*said, count(others, "other step")])
    found: list[Block] = [paragraph(f"Decided by the software: {whole}.")]
    if account.named:
        found.append(paragraph("Theorems of the literature that are used:"))
        found.append(Items([(f"{named.name} ({named.book})",) for named in account.named]))
    if account.premises:
        found.append(paragraph(f"Taken as given, in words ({len(account.premises)}):"))
        found.append(Items([_premise(x, frozenset(account.given)) for x in account.premises]))
    return found


def _premise(premise: Premise, given: frozenset[Term]) -> Text:
    source = f" ({premise.source})" if premise.source else ""
    said = Writer().sentence(premise.sentence)
    if beyond := "; ".join(sorted(map(Writer().sentence, premise.given - given))):
        said += f", where {beyond}"
    return (Prose(f"{said}: {in_latex(premise.argument + source)}"),)
