"""What each route found about a claim, in a sentence, and all of it in a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from dlnproof.core.verdict import Route, Verdict
from dlnproof.documents import model
from dlnproof.documents.content.common import NOTHING, Common
from dlnproof.documents.content.counterexamples import sentence as counterexample
from dlnproof.documents.entries import Entry
from dlnproof.documents.formulas import number, said, see
from dlnproof.documents.model import Text, code, joined, listed, strong
from dlnproof.documents.status import Status, Support
from dlnproof.documents.words import claim_note, claim_word, count, word
from dlnproof.record.evidence import Derivation, Evidence, Formal, Pullback, Training
from dlnproof.record.record import ClaimRecord

_WHAT: Final = {
    Route.DERIVATION: "{steps}",
    Route.EXACT: "{points}",
    Route.PULLBACK: "{points}, {digits}",
    Route.ENCLOSURE: "{points}, {digits}",
    Route.TRAINING: "{runs}",
    Route.FORMAL: "the Coq development, built in this run",
}
"""How much of it there was; what a route does is said once, among the conventions."""
LEGEND: Final = (
    "Under each claim stand the routes by which it was examined. Error: the largest of a "
    "comparison, or the largest radius of an enclosure. Order: the observed order of convergence "
    "of the finite differences, the least and the largest. Rejected: wrong variants told apart "
    "from the statement, of those tried. For training, points are runs."
)


def called(verdict: Verdict) -> model.Word:
    """Return a verdict as its word."""
    return model.Word(verdict, word(verdict))


def claim_called(claim: ClaimRecord) -> Text:
    """Return a claim's verdict with what must stand beside it."""
    note = claim_note(claim)
    return (model.Word(claim.verdict, claim_word(claim)), *[f" ({note})"] * bool(note))


def sentences(entry: Entry, shared: Common = NOTHING) -> model.Items:
    """Return what each route found, an item for each, without what the document says once."""
    found = []
    strata: Mapping[str, int] | None = None
    for evidence in entry.record.evidence:
        mine = evidence.strata or {}
        kinds = () if shared.is_usual(mine) else _strata(mine, same=bool(mine) and mine == strata)
        every = len(entry.claim.mutants)
        told = _rejected(evidence) if shared == NOTHING else _unusual(evidence, every)
        found.append(_sentence(evidence, kinds, told))
        strata = mine or strata
    return model.Items(found)


def _sentence(evidence: Evidence, kinds: Text, rejected: Text) -> Text:
    what = _WHAT[evidence.route].format(
        steps=count((isinstance(evidence, Derivation) and evidence.steps) or 0, "step"),
        points=count(evidence.points or 0, "point"),
        runs=count(evidence.points or 0, "run"),
        digits=count(evidence.digits or 0, "digit"),
    )
    name = model.Mark(model.Style.EMPHASIS, f"{evidence.route.value.capitalize()}:")
    text: Text = (name, " ", called(evidence.verdict), f"; {what}")
    if isinstance(evidence, Formal) and evidence.says:
        text += (": ", *said(evidence.says))
    if evidence.scope:
        text += (" (", *said(evidence.scope), ")")
    text += kinds
    text += _precision(evidence) + rejected
    return (*text, ".", *([] if evidence.verdict.holds else _trouble(evidence)))


def _strata(strata: Mapping[str, int], *, same: bool) -> Text:
    kinds = [(f"{n:d} ", *said(kind)) for kind, n in strata.items()]
    if same:
        return (", of the same kinds",)
    if len(kinds) == 1:
        return (", all ", *kinds[0][1:])
    return (", of these ", *listed(kinds)) if kinds else ()


def _precision(evidence: Evidence) -> Text:
    text: Text = ()
    if evidence.worst_error is not None:
        kind = "radius" if evidence.route is Route.ENCLOSURE else "relative error"
        text += (f"; largest {kind} ", number(evidence.worst_error))
    if isinstance(evidence, Pullback) and evidence.order:
        points = count(evidence.order_points or 0, "point")
        text += (", observed order of convergence ", *_order(evidence), f" (at {points})")
    return text


def _order(evidence: Evidence) -> Text:
    """Return the observed orders of convergence, the least and the largest."""
    if evidence.order is None:
        return ()
    low, high = map(float, evidence.order)
    return (model.Prose(f"{low:.4}" if low == high else f"{low:.4}--{high:.4}"),)


def _unusual(evidence: Evidence, every: int) -> Text:
    """Return how many of the wrong variants were rejected, where it is not all that there are."""
    usual = evidence.tried == every and not evidence.survivors
    if usual or evidence.route in (Route.TRAINING, Route.FORMAL):
        return ()
    return _rejected(evidence) or ("; no wrong variant tried",)


def _rejected(evidence: Evidence) -> Text:
    if not evidence.tried:
        return ()
    rejected = evidence.tried - len(evidence.survivors)
    text: Text = (f"; {rejected} of {count(evidence.tried, 'wrong variant')} rejected",)
    if evidence.survivors:
        text += (", not told apart here: ", *listed((code(name),) for name in evidence.survivors))
    return text


def _trouble(evidence: Evidence) -> Text:
    """Return why a route does not confirm the claim."""
    reasons: list[Text] = []
    if (failure := evidence.failure) is not None:
        reasons.append((code(failure),) if "\\" in failure else said(failure))
    if evidence.undecided is not None:
        reasons.append((f"undecided at {count(evidence.undecided, 'point')}",))
    if evidence.counterexample is not None:
        reasons.append(counterexample(evidence.counterexample))
    return (" ", strong("Reason:"), " ", *joined(reasons), ".") if reasons else ()


def findings(entry: Entry) -> model.Items:
    """Return what was looked for in training runs, and what was seen."""
    found = entry.evidence(Route.TRAINING)
    return model.Items(
        [
            (
                *_named(finding.name),
                ": ",
                called(finding.verdict),
                "; ",
                *said(finding.text),
                ".",
            )
            for finding in (isinstance(found, Training) and found.findings) or ()
        ]
    )


def _named(finding: str) -> Text:
    """Return what a finding is about: a part of the statement by its name, or words."""
    return said(finding) if " " in finding else (code(finding),)


def variants(entry: Entry) -> model.Items:
    """Return the wrong variants of the statement."""
    mutants = entry.claim.mutants
    return model.Items([(code(mutant.name), ", ", *said(mutant.what), ".") for mutant in mutants])


def table(entries: Sequence[Entry], status: Mapping[str, Status]) -> model.Table:
    """Return the table of claims: a heading for each, and under it a row for each route."""
    rows: list[tuple[Text, ...]] = []
    for entry in entries:
        rests = status[entry.claim.id].support is Support.RESTS
        title = (see(entry.claim.id), ": ", *claim_called(entry.record))
        rows.append(((*title, *["; given what was not established"] * rests),))
        rows += map(_row, entry.record.evidence)
    header = ("Route", "Verdict", "Scope", "Points", "Error", "Order", "Rejected")
    return model.Table(header, "llprllr", rows)


def _row(evidence: Evidence) -> tuple[Text, ...]:
    scope = "" if evidence.route is Route.TRAINING else evidence.scope
    points = str(evidence.points or "")
    error = () if evidence.worst_error is None else (number(evidence.worst_error),)
    rejected = f"{evidence.tried - len(evidence.survivors)}/{evidence.tried}" * bool(evidence.tried)
    return (
        (evidence.route.value,),
        (word(evidence.verdict),),
        said(scope),
        (points,),
        error,
        _order(evidence),
        (rejected,),
    )
