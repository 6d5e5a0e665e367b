"""Rewrite the README's table of claims from a run. Run: python docs/update_readme.py"""

from pathlib import Path

import dlnproof
from dlnproof.claims import CLAIMS
from dlnproof.core.verdict import Route
from dlnproof.record import Evidence, Record

README = Path(__file__).parent.parent / "README.md"
BEGIN, END = "<!-- table: begin -->\n", "<!-- table: end -->\n"


def table(record: Record) -> str:
    """Return the table of claims with their verdicts, as the README shows it."""
    rows = [
        "| claim | what it states | source | verdict | evidence |",
        "|---|---|---|---|---|",
    ]
    for claim in record.claims:
        evidence = "; ".join(map(_route, claim.evidence))
        printed = [f"as printed, *{p.name}*: {p.verdict.value}" for p in claim.as_printed]
        verdict = "; ".join([f"**{claim.verdict.value}**", *printed])
        title = CLAIMS[claim.id].title
        rows.append(f"| `{claim.id}` | {title} | {claim.source} | {verdict} | {evidence} |")
    return "\n".join(rows) + "\n"


def _route(evidence: Evidence) -> str:
    """Return a route's verdict and where it holds; the settings of training runs are long."""
    where = "" if evidence.route is Route.TRAINING else f" ({evidence.details['scope']})"
    return f"{evidence.route.value}: {evidence.verdict.value}{where}"


def updated(text: str, record: Record) -> str:
    """Return the README's text with its table replaced."""
    before, rest = text.split(BEGIN)
    _, after = rest.split(END)
    return before + BEGIN + table(record) + END + after


if __name__ == "__main__":
    README.write_text(updated(README.read_text(), dlnproof.check(jobs=2)))
