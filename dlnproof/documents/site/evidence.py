"""What a run found about a claim, route by route, and why a route does not confirm it."""

from __future__ import annotations

from typing import Final

from dlnproof.claims.schema import Claim
from dlnproof.core.verdict import Route, Verdict
from dlnproof.documents.entries import Entry
from dlnproof.documents.site.counterexamples import counterexample, counterexample_file, own_name
from dlnproof.documents.site.prose import formula_of, typeset
from dlnproof.documents.verdicts import failure_text
from dlnproof.documents.words import claim_note, claim_word, word
from dlnproof.notation.markup import Markup, joined, plain, tag
from dlnproof.notation.mathtext import number
from dlnproof.record.evidence import Evidence, Training
from dlnproof.record.record import ClaimRecord

_COLUMNS = ("route", "verdict", "scope", "points", "largest error", "order", "variants rejected")


def verdict_mark(verdict: Verdict) -> Markup:
    """Return a verdict's word with a sign, so that colour only repeats what is said."""
    return _marked(verdict, word(verdict))


def claim_mark(claim: ClaimRecord) -> Markup:
    """Return a claim's verdict with its sign."""
    return _marked(claim.verdict, claim_word(claim))


def claim_beside(claim: ClaimRecord) -> Markup:
    """Return what must stand beside a claim's verdict."""
    note = claim_note(claim)
    return tag("p", note, class_="note") if note else joined([])


def kind(verdict: Verdict) -> str:
    """Return how a verdict is drawn: as holding, observed, in part, or failing."""
    if verdict is Verdict.OBSERVED:
        return "observed"
    return "holds" if verdict.holds else "fails" if verdict.fails else "partial"


_SIGNS: Final = {"holds": "\u2713", "observed": "\u25d0", "partial": "\u25cb", "fails": "\u2717"}


def _marked(verdict: Verdict, said: str) -> Markup:
    shown = kind(verdict)
    sign = tag("span", _SIGNS[shown], aria_hidden="true")
    return tag("span", sign, f" {said}", class_=f"verdict {shown}")


def evidence_section(entry: Entry) -> Markup:
    """Return the table of routes, the wrong variants, and what was not confirmed."""
    head = tag("tr", *(tag("th", name, scope="col") for name in _COLUMNS))
    rows = [_row(evidence) for evidence in entry.record.evidence]
    table = tag("table", tag("thead", head), tag("tbody", *rows))
    pieces = [tag("div", table, class_="scroll wide")]
    pieces += [_trouble(entry, evidence) for evidence in entry.record.evidence]
    if entry.record.unexamined:
        names = ", ".join(entry.record.unexamined)
        said = f"Sentences of the statement that this run did not examine: {names}."
        pieces.append(tag("p", said, class_="trouble"))
    return joined([*pieces, _variants(entry.claim)])


def _row(evidence: Evidence) -> Markup:
    ends = list(dict.fromkeys(map(str, evidence.order or ())))
    rejected = evidence.tried - len(evidence.survivors)
    scope = "see below" if evidence.route is Route.TRAINING else evidence.scope
    error = evidence.worst_error
    digits = "" if evidence.digits is None else f"{evidence.digits} digits"
    points = "" if evidence.points is None else str(evidence.points)
    cells = (
        typeset(scope),
        _with_note(plain(points), _strata(evidence)),
        _with_note(formula_of(number(error)) if error else plain(""), digits),
        plain("\u2013".join(ends)),
        plain(f"{rejected} of {evidence.tried}" if evidence.tried else ""),
    )
    return tag(
        "tr",
        tag("th", evidence.route.value, scope="row"),
        tag("td", verdict_mark(evidence.verdict)),
        *(tag("td", cell) for cell in cells),
    )


def _strata(evidence: Evidence) -> str:
    return ", ".join(f"{count} {name}" for name, count in (evidence.strata or {}).items())


def _with_note(said: Markup, note: str) -> Markup:
    return joined([said, tag("small", note)] if note else [said])


def _trouble(entry: Entry, evidence: Evidence) -> Markup:
    """Return why a route does not confirm the claim; nothing if it does."""
    found: list[Markup] = []
    if not evidence.verdict.holds:
        said = f"{evidence.route.value}: {failure_text(evidence)}"
        found.append(tag("p", said, class_="trouble"))
        if (own := evidence.counterexample) is not None:
            found.append(
                counterexample(own, counterexample_file(entry.claim.id, own_name(evidence)))
            )
    if evidence.survivors and evidence.tried:
        names = ", ".join(evidence.survivors)
        said = f"{evidence.route.value}: wrong variants not told apart: {names}"
        found.append(tag("p", said, class_="trouble"))
    return joined(found)


def _variants(claim: Claim) -> Markup:
    items = [
        tag("li", tag("p", tag("code", mutant.name), ": ", typeset(mutant.what)))
        for mutant in claim.mutants
    ]
    said = "Wrong variants of the statement, which every route that applies must reject"
    return tag("details", tag("summary", f"{said} ({len(items)})"), tag("ul", *items))


def training_section(entry: Entry) -> Markup | None:
    """Return what was looked for in training runs and what was seen, if any were made."""
    evidence = entry.evidence(Route.TRAINING)
    if not isinstance(evidence, Training):
        return None
    pieces = [tag("p", "Setting: ", typeset(evidence.scope), ".")]
    rows = [
        tag(
            "tr",
            tag("th", typeset(finding.name), scope="row"),
            tag("td", verdict_mark(finding.verdict)),
            tag("td", typeset(finding.text)),
        )
        for finding in evidence.findings or ()
    ]
    head = tag("tr", *(tag("th", name, scope="col") for name in ("looked for", "verdict", "seen")))
    table = tag("table", tag("thead", head), tag("tbody", *rows), class_="findings")
    return joined([*pieces, tag("div", table, class_="scroll wide")] if rows else pieces)
