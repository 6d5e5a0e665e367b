"""The first page: what was checked, with which outcome, and the paragraph for a paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dlnproof.claims import CLAIMS
from dlnproof.depth import INFINITE, Depth
from dlnproof.documents.appendix.support import given
from dlnproof.documents.entries import Entry
from dlnproof.documents.figures.catalogue import trained
from dlnproof.documents.status import Status, Support
from dlnproof.documents.wording import code, items, paragraph, paragraphs, see
from dlnproof.documents.words import count, headline, listed, word
from dlnproof.record.record import Record


def opening(record: Record, entries: Sequence[Entry], status: Mapping[str, Status]) -> str:
    """Return the first section: outcome, what fails, what was not examined, the settings."""
    return "\n\n".join(
        part
        for part in (
            _outcome(record, entries),
            _failing(record),
            _given(entries, status),
            _unexamined(record),
            paragraph(
                "The following paragraph may be pasted into a paper; it is also in the file "
                rf"{code('paragraph.tex')}."
            ),
            r"\begin{quote}\input{\dlnpath paragraph}\end{quote}",
            _settings(record),
        )
        if part
    )


def _outcome(record: Record, entries: Sequence[Entry]) -> str:
    return paragraph(
        "This appendix reports what a computer has checked of a number of statements about deep "
        rf"linear networks. It covers {_scope(entries)}. \textbf{{{headline(record)}}} "
        r"Section~\ref{dln:table} shows by which evidence, and Section~\ref{dln:claims} gives each "
        "statement with its derivation. Everything below (verdicts, numbers, which statement rests "
        "on which) was taken from the record of one run, which accompanies this text as a file and "
        r"can be run again: see Section~\ref{dln:again}."
    )


def _scope(entries: Sequence[Entry]) -> str:
    """Return how much of the catalogue is covered, and how many claims of the user's own."""
    mine = sum(entry.claim.id in CLAIMS for entry in entries)
    own = len(entries) - mine
    every = "all" if mine == len(CLAIMS) else f"{mine}"
    catalogue = "the catalogue of dlnproof"
    parts = [f"{every} of the {len(CLAIMS)} claims in {catalogue}"] * bool(mine)
    parts += [f"{count(own, 'claim')} not in {'it' if mine else catalogue}"] * bool(own)
    return listed(parts)


def _failing(record: Record) -> str:
    failing = [f"{see(claim.id)}: {word(claim.verdict)}" for claim in record.failing]
    if not failing:
        return ""
    return (
        rf"\textbf{{Not confirmed}} {'are' if len(failing) > 1 else 'is'}:" + "\n" + items(failing)
    )


def _given(entries: Sequence[Entry], status: Mapping[str, Status]) -> str:
    """Return which proofs rest on what the run did not establish, and on what."""
    resting = [e.claim.id for e in entries if status[e.claim.id].support is Support.RESTS]
    if not resting:
        return ""
    proofs, stand = ("derivations", "stand") if len(resting) > 1 else ("derivation", "stands")
    return paragraph(
        rf"\textbf{{Not all was established that derivations rest on.}} The {proofs} of "
        f"{listed(see(claim) for claim in resting)} {stand} "
        f"{given(status[claim] for claim in resting)}."
    )


def _unexamined(record: Record) -> str:
    texts = []
    if record.run.stopped:
        texts.append("The run was stopped at its first failure: the evidence is incomplete.")
    if record.in_part:
        names = listed(see(claim.id) for claim in record.in_part)
        texts.append(
            rf"\textbf{{In part:}} this run did not examine every sentence of {names}; the table "
            "says how many."
        )
    return paragraphs(*texts)


def _settings(record: Record) -> str:
    run = record.run
    depths = ", ".join(_depth(depth) for depth in run.depths)
    widths = ", ".join(f"{width:d}" for width in run.widths)
    runs = "no training runs"
    if trained(record):
        runs = f"at most {count(run.runs, 'training run')} of an experiment"
    return paragraph(
        f"The run took the depths $N={depths}$ and the widths $d={widths}$, "
        f"{count(run.points, 'point')} of each kind, {count(run.digits, 'digit')} in finite "
        f"differences and balls, {runs}, and the seed {record.seed:d}."
    )


def _depth(depth: Depth) -> str:
    return r"\infty" if depth == INFINITE else str(depth)
