"""What ``paper`` prints: a line for each formula, as compilers do, and the count of verdicts."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from dlnproof.core.verdict import Verdict
from dlnproof.documents.judgements import reach
from dlnproof.documents.layout import Screen
from dlnproof.documents.verdicts import colour
from dlnproof.documents.words import count, word
from dlnproof.documents.writers.junit import Case, Suite
from dlnproof.documents.writers.junit import written as junit
from dlnproof.files.json import dumps
from dlnproof.notation.plain import plain
from dlnproof.papers.judged import UNREAD, Judged, Paper
from dlnproof.version import __version__


def paper_text(found: Paper, on: Screen) -> str:
    """Return ``file:line:column: verdict target: why`` for each formula, and the counts."""
    text = "".join(f"{line}\n" for line in found.missing)
    for each in found.formulas:
        style = "bold" if each.verdict == UNREAD else colour(Verdict(each.verdict))
        where = f"{each.file}:{each.line}:{each.column}"
        text += f"{where}: {on.styled(word(each.verdict), style)} {_name(each)}: {says(each)}\n"
    return text + summary(found) + "\n"


def left_text(found: Paper) -> str:
    """Return which corrections cannot be put in their place, and why."""
    return "".join(
        f"{each.file}:{each.line}:{each.column}: left as it is: {each.replaces}\n"
        for each in found.formulas
        if each.replaces and isinstance(each.replaces, str)
    )


def summary(found: Paper) -> str:
    """Return how many formulas have which verdict."""
    seen = Counter(each.verdict for each in found.marked)
    order = [*(v.value for v in Verdict), UNREAD]
    listed = ", ".join(f"{seen[v]} {word(v)}" for v in order if seen[v])
    text = f"{count(len(found.marked), found.noun)}{f': {listed}' if listed else ''}."
    if unmarked := len(found.formulas) - len(found.marked):
        text += f" {count(unmarked, 'formula')} recognised that nobody marked."
    return text


def paper_github(found: Paper) -> str:
    """Return the commands by which a workflow of GitHub shows formulas that are not confirmed."""
    text = ""
    for each in found.formulas:
        if (level := _level(each)) is None:
            continue
        at = f"file={_escaped(each.file)},line={each.line},col={each.column}"
        message = _escaped(f"{word(each.verdict)} {_name(each)}: {says(each)}")
        text += f"::{_LEVELS[level]} {at}::{message}\n"
    return text + summary(found) + "\n"


def _escaped(text: str) -> str:
    for mark, code in (("%", "%25"), ("\r", "%0D"), ("\n", "%0A")):
        text = text.replace(mark, code)
    return text


def _name(each: Judged) -> str:
    return (
        f"{each.target or 'no target'} ({each.label})" if each.label else each.target or "no target"
    )


def says(each: Judged) -> str:
    """Return what is said of a formula beside its verdict."""
    found = each.judgement
    if found is None:
        return each.unread
    if each.suggested:
        return f"nobody marked it; write % dlnproof: {each.target}"
    told = found.holds or found.counterexample or found.diagnosis
    why = () if told else map(each.own.back_plain, found.notes[len(found.guessed) :][:1])
    said = "; ".join((reach(found, each.own), *found.guessed, *why))
    if found.diagnosis_latex is not None:
        said += f"; {plain(found.diagnosis_latex)}"
    if each.correction and found.correction is not None:
        scope = each.own.back_plain(found.correction.scope)
        said += f"; write {each.correction} ({found.correction.verdict}: {scope})"
    return " ".join(said.split())


def paper_json(found: Paper) -> str:
    """Return the findings as JSON."""
    return dumps(found.as_json())


def paper_sarif(found: Paper) -> str:
    """Return the findings in SARIF 2.1.0, the format of static analysis: what is not confirmed."""
    results = [
        {
            "ruleId": each.target if each.judgement is not None else UNREAD,
            "level": level,
            "message": {"text": f"{word(each.verdict)} {_name(each)}: {says(each)}"},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": Path(each.file).as_posix()},
                        "region": {"startLine": each.line, "startColumn": each.column},
                    }
                }
            ],
        }
        for each in found.formulas
        if (level := _level(each)) is not None
    ]
    tool = {"driver": {"name": "dlnproof", "version": __version__}}
    run = {"tool": tool, "results": results}
    schema = "https://json.schemastore.org/sarif-2.1.0.json"
    return dumps({"$schema": schema, "version": "2.1.0", "runs": [run]})


def paper_junit(found: Paper) -> str:
    """Return the findings as JUnit XML: a suite for each file, a case for each marked formula.

    What could not be read is skipped, and what is equal at points only is no failure.
    """
    by_file: dict[str, list[Judged]] = {}
    for each in found.marked:
        by_file.setdefault(each.file, []).append(each)
    about = {"version": __version__}
    return junit(Suite(file, about, list(map(_case, inside))) for file, inside in by_file.items())


def _case(each: Judged) -> Case:
    verdict = None if each.judgement is None else each.judgement.verdict
    place = f"{_name(each)}, line {each.line}, column {each.column}"
    return Case(place, verdict, says(each), f"{word(each.verdict)}: {says(each)}")


_LEVELS = {"error": "error", "warning": "warning", "note": "notice"}
"""The levels of SARIF, and what GitHub calls them."""


def _level(each: Judged) -> str | None:
    """Return how grave a finding is; None for a formula that was marked and holds."""
    if each.suggested:
        return "note"
    if each.judgement is None:
        return "warning"
    return None if each.judgement.decided else "warning" if each.judgement.holds else "error"
