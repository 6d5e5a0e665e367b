"""A derivation by theorems: each theorem shown, what it was made from, and what all rests on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from dlnproof.claims.deduction import Account, Made, Shown
from dlnproof.core.verdict import Verdict
from dlnproof.documents.content.literature import cited
from dlnproof.documents.content.statement import DISPLAY, paragraphs_of
from dlnproof.documents.formulas import see
from dlnproof.documents.model import Block, Items, Prose, Text, To, joined, paragraph, strong
from dlnproof.documents.model import listed as texts
from dlnproof.documents.words import count, listed
from dlnproof.kernel.terms import Term
from dlnproof.kernel.theorem import Premise
from dlnproof.notation.terms import Writer
from dlnproof.notation.texts import in_latex
from dlnproof.run.discharges import Pairing, in_coq, pairings

FAMILIES: Final = {
    "field": ("identity of numbers", "identities of numbers"),
    "words": ("identity of matrices", "identities of matrices"),
    "traces": ("identity of traces", "identities of traces"),
    "induction": ("induction", "inductions"),
    "congruence": (
        "equation used under a sum, a product or another binder",
        "equations used under a sum, a product or another binder",
    ),
    "rewrite": ("equation used", "equations used"),
    "certificate": ("certificate of an inequality", "certificates of inequalities"),
    "indices": ("bound of indices", "bounds of indices"),
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
    shown = account.deduction.shown
    made = [account.made_from(each) for each in shown]
    referred = {name for each in made for name in each.earlier}
    for each, of in zip(shown, made, strict=True):
        found += _theorem(account, each, of, numbered=each.name in referred)
    return [*found, *resting(account)]


def label_of(claim: str, name: str) -> str:
    """Return the label of a theorem: its claim, and its name there."""
    return f"dln:{claim}:{name}"


def _theorem(account: Account, shown: Shown, made: Made, *, numbered: bool) -> list[Block]:
    """Return a theorem and what it was made from; it has a number where another refers to it."""
    text = sentence(shown.theorem.conclusion)
    if not shown.said or shown.said.endswith("."):
        text = text[:1].upper() + text[1:]
    label = label_of(account.claim, shown.name) if numbered else ""
    blocks = paragraphs_of(f"{shown.said} {text}".lstrip(), label)
    beyond = Writer().conditions(shown.theorem.hypotheses - frozenset(account.given))
    under = (Prose(f"This holds where {beyond}. "),) if beyond else ()
    return [*blocks, paragraph(*under, *_made(account, made))]


def _made(account: Account, made: Made) -> Text:
    """Return what a theorem was made from, and in how many steps, in a sentence."""
    sources: list[Text] = [(_reference(account, name),) for name in made.earlier]
    sources += [("the claim ", see(claim, To.TITLE)) for claim in made.claims]
    steps = f"in {count(len(made.theorems), 'step')}.]"
    return ("[From ", *texts(sources), ", ", steps) if sources else (f"[I{steps[1:]}",)


def _reference(account: Account, name: str) -> Prose:
    """Return the number of a theorem, or what it says where it has no formula of its own."""
    term = account.deduction.theorem(name).conclusion
    if DISPLAY.search(sentence(term)):
        return Prose(rf"\eqref{{{label_of(account.claim, name)}}}")
    return Prose(f"the fact that {Writer().sentence(term)}")


def resting(account: Account) -> list[Block]:
    """Return what a derivation decided, and what it takes as given, counted and listed."""
    rules = Counter(t.rule for x in account.established.values() for t in x.origins())
    said = [f"{n} {what[n > 1]}" for rule, what in FAMILIES.items() if (n := rules[rule])]
    others = sum(n for rule, n in rules.items() if rule not in FAMILIES)
    whole = listed([*said, count(others, "other step")])
    found: list[Block] = [paragraph(f"Decided by the software: {whole}.")]
    if account.named:
        used = ((named.name, " ", *cited(named.book)) for named in account.named)
        found.append(
            paragraph("Theorems of the literature that are used: ", *joined(used, "; "), ".")
        )
    if account.premises:
        found.append(paragraph(f"Taken as given, in words ({len(account.premises)}):"))
        paired = pairings(account)
        found.append(
            Items([_premise(x, frozenset(account.given), paired) for x in account.premises])
        )
    return found


def _premise(premise: Premise, given: frozenset[Term], paired: Sequence[Pairing]) -> Text:
    source = f" ({premise.source})" if premise.source else ""
    said = Writer().sentence(premise.sentence)
    if beyond := Writer().conditions(premise.given - given):
        said += f", where {beyond}"
    text = Prose(f"{said}: {in_latex(premise.argument + source)}")
    coq = in_coq(paired, premise)
    return (text, coq) if coq else (text,)
