"""What each route found about a claim, in a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dlnproof.core.verdict import Route, Verdict
from dlnproof.documents.entries import Entry
from dlnproof.documents.stated import in_latex
from dlnproof.documents.wording import code, prose
from dlnproof.documents.words import count, listed, word
from dlnproof.notation.texts import number
from dlnproof.record.record import Evidence

_WHAT = {
    Route.DERIVATION: "the proof above, in {steps}",
    Route.EXACT: "both sides computed in rational numbers at {points}",
    Route.PULLBACK: "finite differences with {digits} at {points}",
    Route.ENCLOSURE: "ball arithmetic with {digits} at {points}",
    Route.TRAINING: "{runs}",
    Route.FORMAL: "the Coq development, built in this run: {says}",
}


def sentences(entry: Entry) -> list[str]:
    """Return what each route found, an item for each."""
    found = []
    strata: Mapping[str, int] = {}
    for evidence in entry.record.evidence:
        mine = evidence.details.get("strata", {})
        found.append(_sentence(evidence, same=bool(mine) and mine == strata))
        strata = mine or strata
    return found


def _sentence(evidence: Evidence, *, same: bool) -> str:
    details = evidence.details
    facts = {
        "steps": count(details.get("steps", 0), "step"),
        "points": count(details.get("points", 0), "point"),
        "runs": count(details.get("points", 0), "run"),
        "digits": count(details.get("digits", 0), "digit"),
        "says": prose(str(details.get("says", ""))),
    }
    text = rf"\emph{{{evidence.route.value.capitalize()}:}} \textbf{{{word(evidence.verdict)}}}; "
    text += _WHAT[evidence.route].format(**facts)
    text += f" ({in_latex(str(details['scope']))})" if details.get("scope") else ""
    if same:
        text += ", of the same kinds"
    elif details.get("strata"):
        kinds = [f"{n:d} {in_latex(kind)}" for kind, n in details["strata"].items()]
        text += (
            f", of these {listed(kinds)}"
            if len(kinds) > 1
            else f", all {kinds[0].partition(' ')[2]}"
        )
    text += _precision(evidence)
    text += f"; {_variants(evidence)}." if evidence.tried else "."
    if not evidence.verdict.holds:
        text += _trouble(details)
    return text


def _precision(evidence: Evidence) -> str:
    details, text = evidence.details, ""
    if "worst_error" in details:
        kind = "radius" if evidence.route is Route.ENCLOSURE else "relative error"
        text += f"; largest {kind} ${number(str(details['worst_error']))}$"
    if "order" in details:
        text += f", observed order of convergence {order(details)}"
        text += f" (at {count(details['order_points'], 'point')})"
    return text


def _variants(evidence: Evidence) -> str:
    rejected = evidence.tried - len(evidence.survivors)
    text = f"{rejected} of {count(evidence.tried, 'wrong variant')} rejected"
    if evidence.survivors:
        names = listed(code(name) for name in evidence.survivors)
        text += f", not told apart here: {names}"
    return text


def _trouble(details: Mapping[str, Any]) -> str:
    text = ""
    if "failure" in details:
        failure = str(details["failure"])
        said = code(failure) if "\\" in failure else prose(failure)  # LaTeX is shown as typed
        text += rf" \textbf{{Reason:}} {said}."
    if "undecided" in details:
        text += f" Undecided at {count(details['undecided'], 'point')}."
    return text


def order(details: Mapping[str, Any]) -> str:
    """Return the observed orders of convergence, the least and the largest."""
    if "order" not in details:
        return ""
    low, high = map(float, details["order"])
    return f"{low:.4}" if low == high else f"{low:.4}--{high:.4}"


def findings(evidence: Evidence) -> list[str]:
    """Return what was looked for in training runs, and what was seen."""
    found = []
    for finding in evidence.details.get("findings", ()):
        text = prose(str(finding["text"]))
        verdict = word(Verdict(finding["verdict"]))
        found.append(rf"{_named(str(finding['name']))}: \textbf{{{verdict}}}; {text}.")
    return found


def _named(finding: str) -> str:
    """Return what a finding is about: a part of the statement by its name, or words."""
    return prose(finding) if " " in finding else code(finding)
