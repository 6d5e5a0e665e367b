"""The first page: what was checked, with which outcome, and the paragraph for a paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dlnproof.claims import CLAIMS
from dlnproof.figures.catalogue import trained
from dlnproof.record import Record
from dlnproof.report.appendix.support import given
from dlnproof.report.entries import Entry
from dlnproof.report.mathtext import latex
from dlnproof.report.status import Status, Support
from dlnproof.report.wording import (
    code,
    count,
    items,
    listed,
    paragraph,
    paragraphs,
    see,
    word,
)


def opening(record: Record, entries: Sequence[Entry], status: Mapping[str, Status]) -> str:
    """Return the first section: outcome, what fails, what was not examined, the settings."""
    return "\n\n".join(
        part
        for part in (
            _outcome(entries),
            _failing(entries),
            _given(entries, status),
            _unexamined(record, entries),
            paragraph(
                "The following paragraph may be pasted into a paper; it is also in the file "
                rf"{code('paragraph.tex')}."
            ),
            r"\begin{quote}\input{\dlnpath paragraph}\end{quote}",
            _settings(record),
        )
        if part
    )


def _outcome(entries: Sequence[Entry]) -> str:
    confirmed = sum(entry.record.verdict.holds for entry in entries)
    verdict = f"{confirmed} of {len(entries)} are confirmed"
    if len(entries) == 1:
        verdict = f"It is {'' if confirmed else 'not '}confirmed"
    elif confirmed == len(entries):
        verdict = f"Each of the {confirmed} is confirmed"
    return paragraph(
        "This appendix reports what a computer has checked of a number of statements about deep "
        rf"linear networks. It covers {_scope(entries)}. \textbf{{{verdict}.}} "
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


def _failing(entries: Sequence[Entry]) -> str:
    failing = [entry for entry in entries if not entry.record.verdict.holds]
    if not failing:
        return ""
    listed_ = [f"{see(e.claim.id)}: {word(e.record.verdict)}" for e in failing]
    return (
        rf"\textbf{{Not confirmed}} {'are' if len(failing) > 1 else 'is'}:" + "\n" + items(listed_)
    )


def _given(entries: Sequence[Entry], status: Mapping[str, Status]) -> str:
    """Return which proofs rest on what the run did not establish, and on what."""
    resting = [e.claim.id for e in entries if status[e.claim.id].support is Support.RESTS]
    if not resting:
        return ""
    proofs, stand = ("proofs", "stand") if len(resting) > 1 else ("proof", "stands")
    return paragraph(
        rf"\textbf{{Not all was proved that proofs rest on.}} The {proofs} of "
        f"{listed(see(claim) for claim in resting)} {stand} "
        f"{given(status[claim] for claim in resting)}."
    )


def _unexamined(record: Record, entries: Sequence[Entry]) -> str:
    without = [entry for entry in entries if entry.record.unexamined]
    texts = []
    if record.run.get("stopped"):
        texts.append("The run was stopped at its first failure: the evidence is incomplete.")
    if without:
        names = listed(see(entry.claim.id) for entry in without)
        texts.append(
            rf"\textbf{{Not examined}} were the measured parts of {names}: the run made no "
            "training runs."
        )
    return paragraphs(*texts)


def _settings(record: Record) -> str:
    run = record.run
    depths = ", ".join(_depth(depth) for depth in run["depths"])
    widths = ", ".join(f"{width:d}" for width in run["widths"])
    runs = "no training runs"
    if trained(record):
        runs = f"at most {count(run['runs'], 'training run')} of an experiment"
    return paragraph(
        f"The run took the depths $N={depths}$ and the widths $d={widths}$, "
        f"{count(run['points'], 'point')} of each kind, {count(run['digits'], 'digit')} in finite "
        f"differences and balls, {runs}, and the seed {record.seed:d}."
    )


def _depth(depth: object) -> str:
    return r"\infty" if depth == "inf" else latex(str(depth))
