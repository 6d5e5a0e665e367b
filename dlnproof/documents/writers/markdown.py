"""A record as GitHub-flavoured Markdown: the README's table of claims, and a job's summary."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from html import escape

from dlnproof.core.verdict import Verdict
from dlnproof.documents.content.overview import failures, overview
from dlnproof.documents.model import Mark, Style, Text, Word
from dlnproof.documents.verdicts import counterexample_text
from dlnproof.documents.words import headline
from dlnproof.record.record import ClaimRecord, PrintedRecord, Record

_SPECIAL = re.compile(r"[\\`*\[\]|$~]|(?<!\w)_|_(?!\w)")
_AROUND = {Style.EMPHASIS: "*", Style.STRONG: "**"}


def claims_table(record: Record, *, figures: bool = False) -> str:
    """Return the claims with their verdicts and evidence as a table.

    ``figures`` adds to each route how many points it tried and its worst error.
    """
    table = overview(record.claims, figures=figures)
    rows = [_row(table.header), "|---" * len(table.header) + "|"]
    return "\n".join([*rows, *(_row([_text(cell) for cell in row]) for row in table.rows)]) + "\n"


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _text(pieces: Text) -> str:
    return "".join(map(_inline, pieces))


def _inline(piece: object) -> str:
    match piece:
        case Mark(Style.CODE, words):
            return f"`{words}`" if re.fullmatch(r"[\w.-]+", words) else _code(words)
        case Mark(style, words):
            return f"{_AROUND[style]}{escaped(words)}{_AROUND[style]}"
        case Word(_, said):
            return f"**{escaped(said)}**"
    return escaped(f"x{piece}x")[1:-1]  # with the spaces at its ends


def summary_markdown(record: Record, *, stopped: bool = False) -> str:
    """Return a record as the summary of a CI job: verdicts, failures, what is printed and false."""
    pieces = [f"## dlnproof: {headline(record).rstrip('.')}\n"]
    if stopped:
        pieces.append("Stopped at the first failure: the evidence is incomplete.\n")
    failing = "".join(f"- {_text(entry)}\n" for entry in failures(record.claims).entries)
    pieces += [failing] if failing else []
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
