"""What ``check`` prints: the verdict of each claim, its evidence, and what went wrong."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from dlnproof.claims import CLAIMS
from dlnproof.claims.check import TWICE
from dlnproof.claims.studies import known
from dlnproof.core.verdict import Route, Verdict
from dlnproof.depth import INFINITE, Depth
from dlnproof.documents.attestation import reading
from dlnproof.documents.layout import Screen, columns, paragraph
from dlnproof.documents.roads import roads_text
from dlnproof.documents.words import claim_note, claim_word, count, counted, headline, word
from dlnproof.notation.plain import plain
from dlnproof.record.counterexamples import Counterexample
from dlnproof.record.evidence import Derivation, Evidence, Formal, Training
from dlnproof.record.record import ClaimRecord, PrintedRecord, Record

_HEADER: Final = ("route", "verdict", "scope", "points", "error", "order", "rejected")
_LEGEND: Final = (
    "error: the largest, relative to the largest number compared with it (enclosure: the largest "
    "radius). order: observed order of convergence of the finite differences. rejected: wrong "
    "variants of the claim told apart, of those tried."
)


def record_text(record: Record, on: Screen, *, stopped: bool = False) -> str:
    """Return the verdicts of a run, and by which evidence."""
    rows: list[tuple[str, ...]] = []
    for claim in record.claims:
        note = f" ({said})" if (said := claim_note(claim) or _shares(claim)) else ""
        verdict = on.styled(claim_word(claim), colour(claim.verdict))
        rows.append((f"{on.styled(claim.id, 'bold')}: {verdict}{note}",))
        for evidence in claim.evidence:
            verdict = _verdict(evidence.verdict, on)
            rows.append((f"  {evidence.route}", verdict, *_figures(evidence)))
    text = columns(_HEADER, rows, on, folding=2)
    if text is None:  # too narrow for columns: let the terminal break the lines
        text = columns(_HEADER, rows, Screen(None, on.colour)) or ""
    text += "\n" + paragraph(_LEGEND, on)
    for claim in record.claims:
        for evidence in claim.evidence:
            text += _premises(claim, evidence, on)
            text += _findings(claim, evidence, on)
            text += _discharging(claim, evidence, on)
            text += _trouble(claim, evidence, on)
        for printed in claim.as_printed:
            text += "\n" + printed_text(claim.id, printed, on)
    text += roads_text(record, on) + _diagnosis(record, on)
    return text + "\n" + _summary(record, on, stopped=stopped)


def _diagnosis(record: Record, on: Screen) -> str:
    """Return how what is wrong with formulas in TOML is found, if some are refuted."""
    files = {name: claim for name, claim in known().items() if name not in CLAIMS}
    refuted = [claim.id for claim in record.claims if claim.verdict is Verdict.REFUTED]
    theirs = [name for name in refuted if name in files and files[name].quantities]
    if not theirs or not any(name.endswith(".toml") for name in record.run.files):
        return ""
    look = "'dlnproof formula QUANTITY FORMULA' looks for what is wrong with it, and corrects it"
    return "\n" + paragraph(f"{', '.join(theirs)}: {look}", on, then="  ")


def _shares(claim: ClaimRecord) -> str:
    """Return how many sentences have which verdict, where the claim's is not that of all.

    It is that of the weakest: a derivation may have proved all others.
    """
    seen = list(claim.sentences.values())
    return f"of {count(len(seen), 'sentence')} {counted(seen)}" if len(set(seen)) > 1 else ""


def durations_text(durations: Sequence[tuple[float, str]]) -> str:
    """Return the slowest pieces of a run."""
    return "".join(f"{seconds:8.3f} s  {name}\n" for seconds, name in durations)


def _verdict(verdict: Verdict, on: Screen) -> str:
    return on.styled(word(verdict), colour(verdict))


def colour(verdict: Verdict) -> str:
    """Return the colour of a verdict on a screen."""
    return "green" if verdict.holds else "red" if verdict.fails else "yellow"


def _figures(evidence: Evidence) -> list[str]:
    low, high = evidence.order or (None, None)
    return [
        "" if evidence.route is Route.TRAINING else evidence.scope,
        "" if evidence.points is None else str(evidence.points),
        evidence.worst_error or "",
        "" if low is None or high is None else _span(low + 0, high + 0),  # -0.0 is 0.0
        f"{evidence.tried - len(evidence.survivors)}/{evidence.tried}",
    ]


def _span(low: float, high: float) -> str:
    return f"{low}" if low == high else f"{low} to {high}"


def _premises(claim: ClaimRecord, evidence: Evidence, on: Screen) -> str:
    """Return what a derivation takes as given, with the arguments for it."""
    given = evidence.premises if isinstance(evidence, Derivation) else None
    found = (f"{claim.id}, {evidence.route}: taken as given: {premise}" for premise in given or ())
    return "".join("\n" + paragraph(line, on, then="  ") for line in found)


def _findings(claim: ClaimRecord, evidence: Evidence, on: Screen) -> str:
    """Return what was looked for in training runs, and what was seen."""
    if not (isinstance(evidence, Training) and evidence.findings):
        return ""
    text = "\n" + paragraph(f"{claim.id}, {evidence.route}: {evidence.scope}", on)
    for finding in evidence.findings:
        line = f"{finding.name}: {finding.verdict}; {finding.text}"
        text += paragraph(line, on, first="  ", then="    ")
    return text


def _discharging(claim: ClaimRecord, evidence: Evidence, on: Screen) -> str:
    """Return which premises Coq theorems discharge."""
    if not isinstance(evidence, Formal) or not evidence.verdict.holds:
        return ""
    lines = (f"{claim.id}, {evidence.route}: {said}" for said in discharged(evidence))
    return "".join("\n" + paragraph(line, on, then="  ") for line in lines)


def discharged(built: Formal) -> list[str]:
    """Return which premises are discharged by which Coq theorem, and which theorems do not."""
    found = [f"the premise is the theorem {x}: {y}" for y, x in (built.discharges or {}).items()]
    return found + [f"no premise is discharged by {why}" for why in built.refused or ()]


def _trouble(claim: ClaimRecord, evidence: Evidence, on: Screen) -> str:
    """Return why a route did not confirm the claim, and the wrong variants it let through."""
    where = f"{claim.id}, {evidence.route}"
    found = (paragraph(f"{where}: {why}", on, then="  ") for why in complaints(evidence))
    return "".join(f"\n{text}" for text in found)


def evidence_text(evidence: Evidence, *, figures: bool = True) -> str:
    """Return a route's verdict, where it holds, and with ``figures`` how much was tried.

    The settings of training runs, which are long, are left out.
    """
    trained = evidence.route is Route.TRAINING
    where = [] if trained else [evidence.scope]
    if figures and evidence.points:
        where.append(f"{evidence.points} {'runs' if trained else 'points'}")
    if figures and evidence.worst_error is not None:
        what = "largest radius" if evidence.route is Route.ENCLOSURE else "worst error"
        where.append(f"{what} {evidence.worst_error}")
    listed = "; ".join(filter(None, where))
    return f"{evidence.route}: {evidence.verdict}{f' ({listed})' if listed else ''}"


def complaints(evidence: Evidence) -> list[str]:
    """Return what is wrong with a route's evidence: why it failed, which variants passed."""
    found = [] if evidence.verdict.holds else [failure_text(evidence)]
    if evidence.survivors and evidence.tried:
        found.append(f"wrong variants not told apart: {', '.join(evidence.survivors)}")
    return found


def failure_text(evidence: Evidence) -> str:
    """Return the verdict of a route that did not confirm its claim, and the reasons for it."""
    reasons = [] if evidence.failure is None else [evidence.failure]
    if evidence.undecided is not None:
        reasons.append(f"{evidence.undecided} of {evidence.points} points undecided")
    if evidence.counterexample is not None:
        reasons.append(counterexample_text(evidence.counterexample))
    return "; ".join([evidence.verdict.value, *reasons])


def printed_text(claim: str, printed: PrintedRecord, on: Screen) -> str:
    """Return a printed statement with its verdict, its explanation and its counterexample."""
    read = reading(printed.witness)
    title = f"{claim}, {read} ({printed.source}; {printed.witness}): {printed.verdict}"
    text = paragraph(title, on, then="  ")
    text += paragraph(printed.statement, on, first="  ", then="    ")
    text += paragraph(printed.explanation, on, first="  ")
    if printed.counterexample:
        text += paragraph(counterexample_text(printed.counterexample), on, first="  ", then="    ")
    return text


def counterexample_text(found: Counterexample) -> str:
    """Return a counterexample in a sentence: where, and what the two numbers are that differ."""
    left, right = (f"{short(number)} ({what})" for number, what in sides(found))
    where = found.where or plain(place(found.N, found.d, found.point.t))
    return f"counterexample: {where}: {left} against {right}"


def sides(found: Counterexample) -> tuple[tuple[str, str], tuple[str, str]]:
    """Return the two numbers of a counterexample and what they are; older ones do not say it."""
    left = TWICE.left if found.left_is is None else found.left_is
    right = TWICE.right if found.right_is is None else found.right_is
    return (found.left, left), (found.right, right)


def place(depth: Depth, width: int, t: Sequence[str]) -> str:
    """Return depth, width and singular values of a counterexample's point."""
    roots = ", ".join(map(short, t))
    shown, of = (r"\infty", r"\sigma") if depth == INFINITE else (str(depth), r"\sigma^{1/N}")
    return f"$N={shown}$, $d={width}$, ${of}=({roots})$"


def short(number: str) -> str:
    """Return a number's digits, those in the middle of a long one left out."""
    return number if len(number) <= 40 else f"{number[:18]}...{number[-18:]}"


def _summary(record: Record, on: Screen, *, stopped: bool) -> str:
    text = on.styled(headline(record), "bold") + "\n"
    if stopped:
        text += "Stopped at the first failure: the evidence above is incomplete.\n"
    return text
