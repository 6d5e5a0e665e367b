"""What each route found about a claim, in a sentence."""

from __future__ import annotations

from collections.abc import Mapping

from dlnproof.core.verdict import Route
from dlnproof.documents.entries import Entry
from dlnproof.documents.wording import code, prose
from dlnproof.documents.words import count, listed, word
from dlnproof.notation.mathtext import latex, number
from dlnproof.record.evidence import Derivation, Evidence, Formal, Pullback, Training

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
    strata: Mapping[str, int] | None = None
    for evidence in entry.record.evidence:
        mine = evidence.strata
        found.append(_sentence(evidence, same=bool(mine) and mine == strata))
        strata = mine or strata
    return found


def _sentence(evidence: Evidence, *, same: bool) -> str:
    facts = {
        "steps": count((isinstance(evidence, Derivation) and evidence.steps) or 0, "step"),
        "points": count(evidence.points or 0, "point"),
        "runs": count(evidence.points or 0, "run"),
        "digits": count(evidence.digits or 0, "digit"),
        "says": prose((isinstance(evidence, Formal) and evidence.says) or ""),
    }
    text = rf"\emph{{{evidence.route.value.capitalize()}:}} \textbf{{{word(evidence.verdict)}}}; "
    text += _WHAT[evidence.route].format(**facts)
    text += f" ({latex(evidence.scope)})" if evidence.scope else ""
    if same:
        text += ", of the same kinds"
    elif evidence.strata:
        kinds = [f"{n:d} {latex(kind)}" for kind, n in evidence.strata.items()]
        text += (
            f", of these {listed(kinds)}"
            if len(kinds) > 1
            else f", all {kinds[0].partition(' ')[2]}"
        )
    text += _precision(evidence)
    text += f"; {_variants(evidence)}." if evidence.tried else "."
    if not evidence.verdict.holds:
        text += _trouble(evidence)
    return text


def _precision(evidence: Evidence) -> str:
    text = ""
    if evidence.worst_error is not None:
        kind = "radius" if evidence.route is Route.ENCLOSURE else "relative error"
        text += f"; largest {kind} ${number(evidence.worst_error)}$"
    if isinstance(evidence, Pullback) and evidence.order:
        text += f", observed order of convergence {order(evidence)}"
        text += f" (at {count(evidence.order_points or 0, 'point')})"
    return text


def _variants(evidence: Evidence) -> str:
    rejected = evidence.tried - len(evidence.survivors)
    text = f"{rejected} of {count(evidence.tried, 'wrong variant')} rejected"
    if evidence.survivors:
        names = listed(code(name) for name in evidence.survivors)
        text += f", not told apart here: {names}"
    return text


def _trouble(evidence: Evidence) -> str:
    text, failure = "", evidence.failure
    if failure is not None:
        said = code(failure) if "\\" in failure else prose(failure)  # LaTeX is shown as typed
        text += rf" \textbf{{Reason:}} {said}."
    if evidence.undecided is not None:
        text += f" Undecided at {count(evidence.undecided, 'point')}."
    return text


def order(evidence: Evidence) -> str:
    """Return the observed orders of convergence, the least and the largest."""
    if evidence.order is None:
        return ""
    low, high = map(float, evidence.order)
    return f"{low:.4}" if low == high else f"{low:.4}--{high:.4}"


def findings(evidence: Evidence) -> list[str]:
    """Return what was looked for in training runs, and what was seen."""
    found = []
    for finding in (isinstance(evidence, Training) and evidence.findings) or ():
        text = prose(finding.text)
        strut = r"\rule[-2ex]{0pt}{5ex}" if "smallmatrix" in text else ""  # higher than a line
        verdict = word(finding.verdict)
        found.append(rf"{_named(finding.name)}: \textbf{{{verdict}}}; {text}{strut}.")
    return found


def _named(finding: str) -> str:
    """Return what a finding is about: a part of the statement by its name, or words."""
    return prose(finding) if " " in finding else code(finding)
