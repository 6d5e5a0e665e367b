"""A record as GitHub-flavoured Markdown: the README's table of claims, and a job's summary."""

from __future__ import annotations

import json
import re
from html import escape

from dlnproof.core.verdict import Verdict
from dlnproof.documents.verdicts import complaints, counterexample_text, evidence_text
from dlnproof.documents.words import claim_note, claim_word, headline, word
from dlnproof.record.record import ClaimRecord, PrintedRecord, Record

_SPECIAL = re.compile(r"[\\`*\[\]|$~]|(?<!\w)_|_(?!\w)")


def claims_table(record: Record, *, figures: bool = False) -> str:
    """Return the claims with their verdicts and evidence as a table; what fails comes first.

    ``figures`` adds to each route how many points it tried and its worst error.
    """
    rows = [
        "| claim | what it states | source | verdict | evidence |",
        "|---|---|---|---|---|",
    ]
    for claim in sorted(record.claims, key=lambda claim: not claim.verdict.fails):
        evidence = "; ".join(
            escaped(evidence_text(found, figures=figures)) for found in claim.evidence
        )
        printed = [
            f"as printed, *{escaped(p.name)}*: {escaped(word(p.verdict))}" for p in claim.as_printed
        ]
        note = f" ({escaped(said)})" if (said := claim_note(claim)) else ""
        verdict = "; ".join([f"**{escaped(claim_word(claim))}**{note}", *printed])
        title, source = escaped(claim.title), escaped(claim.source)
        rows.append(f"| `{claim.id}` | {title} | {source} | {verdict} | {evidence} |")
    return "\n".join(rows) + "\n"


def summary_markdown(record: Record, *, stopped: bool = False) -> str:
    """Return a record as the summary of a CI job: verdicts, failures, what is printed and false."""
    pieces = [f"## dlnproof: {headline(record).rstrip('.')}\n"]
    if stopped:
        pieces.append("Stopped at the first failure: the evidence is incomplete.\n")
    failures = "".join(map(_failures, record.claims))
    pieces += [failures] if failures else []
    pieces.append(claims_table(record, figures=True))
    refuted = [
        _refuted(claim, printed)
        for claim in record.claims
        for printed in claim.as_printed
        if printed.verdict is Verdict.REFUTED
    ]
    if refuted:
        pieces.append("### Refuted as printed\n")
        pieces.append("Examined as they stand; they do not count as failures.\n")
        pieces += refuted
    pieces.append(
        f"dlnproof {escaped(record.version)}, commit {escaped(record.commit)}; "
        f"{_code(record.command)}; digest of the record {_code(record.digest)}\n"
    )
    return "\n".join(pieces)


def escaped(text: str) -> str:
    r"""Return plain text as Markdown on one line, in a table or out of it.

    >>> escaped("|b_11| < *_x*")
    '\\|b_11\\| &lt; \\*\\_x\\*'
    """
    marked = _SPECIAL.sub(lambda found: "\\" + found[0], " ".join(text.split()))
    return marked.replace("&", "&amp;").replace("<", "&lt;")


def _code(text: str) -> str:
    return f"<code>{escaped(text)}</code>"  # backticks could not hold a backtick


def _failures(claim: ClaimRecord) -> str:
    return "".join(
        f"- `{claim.id}`, {evidence.route.value}: {escaped(why)}\n"
        for evidence in claim.evidence
        for why in complaints(evidence)
    )


def _refuted(claim: ClaimRecord, printed: PrintedRecord) -> str:
    """Return a refuted statement, folded, with the counterexample that 'dlnproof replay' takes."""
    title = f"{claim.id}, {printed.name} ({printed.source}; {printed.witness}): refuted"
    lines = [
        f"<details><summary>{escape(title)}</summary>\n",
        f"{_code(printed.statement)}\n",
        f"{escaped(printed.explanation)}\n",
    ]
    if printed.counterexample:
        lines.append(f"{escaped(counterexample_text(printed.counterexample))}\n")
        lines.append(f"```json\n{json.dumps(printed.counterexample.as_json())}\n```\n")
    return "\n".join([*lines, "</details>\n"])
