"""A run as JUnit XML, which CI services read: a suite for each claim, a case for each route."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from dlnproof.core.verdict import Route, Verdict
from dlnproof.documents.verdicts import failure_text
from dlnproof.documents.words import claim_note, claim_word
from dlnproof.record.evidence import Evidence
from dlnproof.record.record import ClaimRecord

if TYPE_CHECKING:
    from dlnproof.run.runner import Run

_ERRORS: Final = frozenset({Verdict.ERROR, Verdict.TIMEOUT})
_NO_XML: Final = re.compile(r"[^\t\n -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit_text(run: Run) -> str:
    """Return a run as JUnit XML: ASCII, and deterministic but for the times.

    A route whose evidence does not hold is a failure, or an error where it was not decided because
    the software failed. Printed statements are no cases: ``system-out`` says what became of them.
    """
    record = run.record
    whole = Element("testsuites", name="dlnproof")
    common = {
        "version": record.version,
        "commit": record.commit,
        "command": record.command,
        "digest": record.digest,
        **({"incomplete": "stopped at the first failure"} if run.stopped else {}),
    }
    for claim in record.claims:
        suite = SubElement(whole, "testsuite", name=claim.id)
        about = {"title": claim.title, "source": claim.source, "verdict": claim_word(claim)}
        if note := claim_note(claim):
            about["note"] = note
        if claim.unexamined:
            about["not examined"] = ", ".join(claim.unexamined)
        properties = SubElement(suite, "properties")
        for name, value in (common | about).items():
            SubElement(properties, "property", name=name, value=_allowed(value))
        for evidence in claim.evidence:
            suite.append(_case(claim, evidence, _seconds(run, claim, evidence)))
        _count(suite)
        if claim.as_printed:
            listed = (f"as printed, {p.name}: {p.verdict.value}" for p in claim.as_printed)
            SubElement(suite, "system-out").text = _allowed("\n".join(listed))
    _count(whole)
    indent(whole)
    text: bytes = tostring(whole, "us-ascii", xml_declaration=True)
    return text.decode("ascii") + "\n"


def _case(claim: ClaimRecord, evidence: Evidence, seconds: float) -> Element:
    route = evidence.route.value
    case = Element("testcase", classname=claim.id, name=route, time=f"{seconds:.3f}")
    if not evidence.verdict.holds:
        kind = "error" if evidence.verdict in _ERRORS else "failure"
        why = _allowed(failure_text(evidence))
        SubElement(case, kind, type=evidence.verdict.value, message=why).text = why
    SubElement(case, "system-out").text = _allowed("\n".join(_figures(evidence)))
    return case


def _figures(evidence: Evidence) -> Iterator[str]:
    yield f"verdict: {evidence.verdict.value}"
    radius = evidence.route is Route.ENCLOSURE
    for shown, figure in (
        ("scope", evidence.scope),
        ("runs" if evidence.route is Route.TRAINING else "points", evidence.points),
        ("digits", evidence.digits),
        ("largest radius" if radius else "worst error", evidence.worst_error),
    ):
        if figure is not None:
            yield f"{shown}: {figure}"
    rejected = evidence.tried - len(evidence.survivors)
    yield f"wrong variants rejected: {rejected} of {evidence.tried}"


def _seconds(run: Run, claim: ClaimRecord, evidence: Evidence) -> float:
    """Return the time of a route: all of its pieces, which begin with the names of both."""
    mine = [claim.id, evidence.route.value]
    return sum(seconds for seconds, name in run.durations if name.split(maxsplit=2)[:2] == mine)


def _count(suite: Element) -> None:
    """Write what a suite holds into its attributes, which are what a service adds up."""
    cases = list(suite.iter("testcase"))
    suite.set("tests", str(len(cases)))
    suite.set("failures", str(sum(case.find("failure") is not None for case in cases)))
    suite.set("errors", str(sum(case.find("error") is not None for case in cases)))
    suite.set("skipped", "0")
    suite.set("time", f"{sum(float(case.get('time', 0)) for case in cases):.3f}")


def _allowed(text: str) -> str:
    """Return text with the characters that XML cannot hold written as Python escapes.

    >>> print(_allowed("a\\x1b[0m"))
    a\\x1b[0m
    """
    return _NO_XML.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)
