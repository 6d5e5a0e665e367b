"""The sections of the appendix, from the outcome to how to run it again."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from dlnproof.documents.attestation import legend
from dlnproof.documents.content import reliance
from dlnproof.documents.content.claim import figures
from dlnproof.documents.content.common import Common, said_once
from dlnproof.documents.content.evidence import LEGEND, table
from dlnproof.documents.content.formal import machine_checked
from dlnproof.documents.content.outcome import outcome, scope, settings
from dlnproof.documents.content.printed import errata_of, in_full
from dlnproof.documents.entries import Entry
from dlnproof.documents.figures import of_claim
from dlnproof.documents.formulas import see
from dlnproof.documents.model import Block, Link, Text, To, code, listed, paragraph
from dlnproof.documents.status import Status
from dlnproof.documents.writers import latex
from dlnproof.record.record import Record

_ERRATA: Final = (
    "These statements are examined as they stand, and do not count among the claims. In "
    "parentheses stands by what it is attested that the source has them. A counterexample gives "
    "the two sides of the statement, as rational numbers, at a point that is listed at the end."
)


_MORE: Final[Text] = (
    Link(To.SECTION, "table"),
    " shows by which evidence, and ",
    Link(To.SECTION, "claims"),
    " gives each statement with its derivation.",
)


def body(
    record: Record,
    found: Sequence[Entry],
    status: Mapping[str, Status],
    fragments: Sequence[str],
    drawn: Collection[str],
    *,
    folder: str,
    shared: Common,
) -> str:
    """Return the appendix without its frame; the figures ``drawn`` lie in a folder."""
    errata = errata_of(found)
    sections: dict[str, tuple[str, Sequence[Block] | str]] = {
        "What was checked": ("outcome", opening(record, found, status, _MORE)),
        "Conventions": (
            "conventions",
            [*reliance.conventions(), *reliance.meanings(), *said_once(shared)],
        ),
        "The claims and their evidence": ("table", [paragraph(LEGEND), table(found, status)]),
        "Statements, derivations, evidence": (
            "claims",
            "\n".join(rf"\input{{\dlnpath {name}}}" for name in fragments),
        ),
        "Printed statements": (
            "errata",
            [
                paragraph(_ERRATA),
                paragraph(legend(record for _, records in errata for record in records)),
                *in_full(errata),
            ]
            if errata
            else [],
        ),
        "Training": ("training", _figures(found, record, drawn, folder)),
        "What is assumed": ("assumed", reliance.assumed(found)),
        "What is trusted": (
            "trusted",
            [reliance.trusted_said(found, record, "in anc/trusted.txt"), *machine_checked(found)],
        ),
        "What a pass does not show": ("limits", [reliance.not_shown(found)]),
        "How to run it again": ("again", reliance.again(record, "anc/", ())),
    }
    return joined(sections)


def joined(sections: Mapping[str, tuple[str, Sequence[Block] | str]]) -> str:
    """Return the sections that have something in them, by title, each with its label."""
    return "\n\n".join(
        f"\\dlnsection{{{title}}}\\label{{dln:{label}}}\n"
        + (inside if isinstance(inside, str) else latex.blocks(inside))
        for title, (label, inside) in sections.items()
        if inside
    )


def opening(
    record: Record, found: Sequence[Entry], status: Mapping[str, Status], more: Text
) -> str:
    """Return what was checked, with which outcome, and the paragraph for a paper."""
    text = (
        "This appendix reports what a computer has checked of a number of statements about deep "
        f"linear networks. It covers {scope(found)}. ",
        *more,
        " Everything below (verdicts, numbers, which statement rests on which) was taken from the "
        "record of one run, which accompanies this text as a file and can be run again: see ",
        Link(To.SECTION, "again"),
        ".",
    )
    pasted = (
        "The following paragraph may be pasted into a paper; it is also in the file ",
        code("paragraph.tex"),
        ".",
    )
    before = latex.blocks([paragraph(*text), *outcome(record, found, status), paragraph(*pasted)])
    quoted = r"\begin{quote}\input{\dlnpath paragraph}\end{quote}"
    return "\n\n".join((before, quoted, latex.blocks([settings(record)])))


def _figures(found: Sequence[Entry], record: Record, drawn: Collection[str], folder: str) -> str:
    """Return the figures that are there, each with its claim; nothing where there are none."""
    shown = [(entry, name) for entry in found for name in of_claim(entry.claim.id) if name in drawn]
    if not shown:
        return ""
    named: list[Text] = [
        (Link(To.FIGURE, name), " (", see(entry.claim.id), ")") for entry, name in shown
    ]
    text = (
        "What was seen in training is listed with the claims that speak of it. The experiments are "
        "drawn in ",
        *listed(named),
        ", each with its own settings.",
    )
    pictures = figures([name for _, name in shown], folder, record)
    return latex.blocks([paragraph(*text), *pictures])
