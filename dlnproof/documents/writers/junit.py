"""Verdicts as JUnit XML, which CI services read: suites of cases.

Of a run a suite is a claim, and a case a route; of a paper a suite is a file, and a case a formula.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Case:
    """What was examined: its verdict, ``why`` it does not hold, and what else there is to say.

    Without a verdict it was not examined, and counts as skipped.
    """

    name: str
    verdict: Verdict | None
    why: str
    says: str
    seconds: float = 0.0


@dataclass(frozen=True)
class Suite:
    """Cases that belong together, what they are about, and what is said at their end."""

    name: str
    about: Mapping[str, str]
    cases: Sequence[Case]
    says: str = ""


def junit_text(run: Run) -> str:
    """Return a run as JUnit XML: ASCII, and deterministic but for the times.

    A route whose evidence does not hold is a failure, or an error where it was not decided because
    the software failed. Printed statements are no cases: ``system-out`` says what became of them.
    """
    record = run.record
    common = {
        "version": record.version,
        "commit": record.commit,
        "command": record.command,
        "digest": record.digest,
        **({"incomplete": "stopped at the first failure"} if run.stopped else {}),
    }
    return written(_suite(run, claim, common) for claim in record.claims)


def _suite(run: Run, claim: ClaimRecord, common: Mapping[str, str]) -> Suite:
    about = {"title": claim.title, "source": claim.source, "verdict": claim_word(claim)}
    if note := claim_note(claim):
        about["note"] = note
    if claim.unexamined:
        about["not examined"] = ", ".join(claim.unexamined)
    cases = [
        Case(
            evidence.route.value,
            evidence.verdict,
            "" if evidence.verdict.holds else failure_text(evidence),
            "\n".join(_figures(evidence)),
            _seconds(run, claim, evidence),
        )
        for evidence in claim.evidence
    ]
    printed = (f"as printed, {p.name}: {p.verdict.value}" for p in claim.as_printed)
    return Suite(claim.id, {**common, **about}, cases, "\n".join(printed))


def written(suites: Iterable[Suite]) -> str:
    """Return suites as JUnit XML. A case that does not hold is a failure, or an error."""
    whole = Element("testsuites", name="dlnproof")
    for suite in suites:
        made = SubElement(whole, "testsuite", name=_allowed(suite.name))
        properties = SubElement(made, "properties")
        for name, value in suite.about.items():
            SubElement(properties, "property", name=name, value=_allowed(value))
        made.extend(_case(suite, case) for case in suite.cases)
        _count(made)
        if suite.says:
            SubElement(made, "system-out").text = _allowed(suite.says)
    _count(whole)
    indent(whole)
    text: bytes = tostring(whole, "us-ascii", xml_declaration=True)
    return text.decode("ascii") + "\n"


def _case(suite: Suite, case: Case) -> Element:
    named = {"classname": _allowed(suite.name), "name": _allowed(case.name)}
    made = Element("testcase", named, time=f"{case.seconds:.3f}")
    why = _allowed(case.why)
    if case.verdict is None:
        SubElement(made, "skipped", message=why)
    elif not case.verdict.holds:
        kind = "error" if case.verdict in _ERRORS else "failure"
        SubElement(made, kind, type=case.verdict.value, message=why).text = why
    SubElement(made, "system-out").text = _allowed(case.says)
    return made


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
    suite.set("skipped", str(sum(case.find("skipped") is not None for case in cases)))
    suite.set("time", f"{sum(float(case.get('time', 0)) for case in cases):.3f}")


def _allowed(text: str) -> str:
    """Return text with the characters that XML cannot hold written as Python escapes.

    >>> print(_allowed("a\\x1b[0m"))
    a\\x1b[0m
    """
    return _NO_XML.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)
