"""The page of one claim: statement, evidence, derivation, what is printed, what it rests on."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from dlnproof.documents import model
from dlnproof.documents.content import claim as content
from dlnproof.documents.content.counterexamples import again, file_of, name_of
from dlnproof.documents.content.evidence import findings, sentences, variants
from dlnproof.documents.content.formal import machine_checked, sentence_by_sentence
from dlnproof.documents.content.printed import errata_of, pairs, statement
from dlnproof.documents.content.reliance import trusted
from dlnproof.documents.content.statement import statement_of
from dlnproof.documents.entries import Entry
from dlnproof.documents.formulas import see
from dlnproof.documents.model import Block, code, joined, paragraph
from dlnproof.documents.site.page import page
from dlnproof.documents.site.sentence_graph import sentence_graph
from dlnproof.documents.status import Status, Support
from dlnproof.documents.words import claim_note, claim_word
from dlnproof.documents.writers.html import Html, numbered
from dlnproof.notation.markup import Markup, tag
from dlnproof.record.record import Record

_GRAPH_TITLE: Final = "What rests on what"
_GRAPH: Final = (
    "An arrow leads to a sentence from what its derivation uses: claims, premises, other sentences "
    "of this claim; and from the theorems in Coq that state it, dashed where the run did not build "
    "them. The shape of a sentence is its verdict, as on the first page."
)


@dataclass(frozen=True)
class Surroundings:
    """What the page of a claim needs to know of the others, and of the run."""

    record: Record
    status: Mapping[str, Status]
    used_by: Mapping[str, Sequence[str]]
    figures: Sequence[str]
    foot: str


def claim_page(entry: Entry, around: Surroundings) -> bytes:
    """Return the page of a claim."""
    derivation = content.derivation(entry)
    html = Html("../", frozenset(around.status), numbered(derivation))
    parts: dict[str, Sequence[Block]] = {
        "Measured": content.about(entry),
        "Evidence": _evidence(entry),
        "Derivation": derivation,
        "Seen in training": _some(findings(entry)),
        "Figures": content.figures(around.figures, "figures/", around.record),
        "As printed elsewhere": _printed(entry),
        "In Coq": [*machine_checked([entry]), *sentence_by_sentence(entry, whole=True)],
        "Files to trust": trusted([entry], around.record),
    }
    shown = [
        model.Section((title,), blocks, title.lower().replace(" ", "-"))
        for title, blocks in parts.items()
        if blocks
    ]
    contents = [tag("li", tag("a", html.text(s.title), href=f"#{s.anchor}")) for s in shown]
    contents.append(tag("li", tag("a", _GRAPH_TITLE, href="#graph")))
    verdict = model.Word(entry.record.verdict, claim_word(entry.record))
    main = [
        tag("h1", entry.record.title),
        html.blocks([paragraph(code(entry.claim.id), " ", verdict, kind="lead")]),
        html.blocks(_beside(entry, around.status[entry.claim.id])),
        tag("div", html.blocks(statement_of(entry.claim)), class_="statement", id="statement"),
        html.blocks([_facts(entry, around)]),
        tag("nav", tag("ul", *contents), class_="contents", aria_label="On this page"),
        html.blocks(shown),
        _graph(entry, around.status),
    ]
    return page(f"{entry.record.title} - dlnproof", main, "../", around.foot)


def _beside(entry: Entry, status: Status) -> list[Block]:
    """Return, in front of everything, what the verdict does not cover."""
    found: list[Block] = []
    if note := claim_note(entry.record):
        found.append(paragraph(note, kind="note"))
    said = [unexamined.text for unexamined in content.not_examined(entry)]
    if entry.record.verdict.fails:
        said.append(("This claim does not hold in this run; the evidence below says why.",))
    if status.support is Support.RESTS:
        said.append(content.standing(entry, status))
    return [*found, *(model.Paragraph(text, "trouble") for text in said)]


def _graph(entry: Entry, pages: Collection[str]) -> Markup:
    box = tag("div", sentence_graph(entry, pages), class_="scroll graph-box")
    broad = tag("div", box, class_="broad")
    return tag("section", tag("h2", _GRAPH_TITLE), tag("p", _GRAPH), broad, id="graph")


def _facts(entry: Entry, around: Surroundings) -> model.Items:
    name = entry.claim.id
    rows = {
        "Hypotheses": content.hypotheses(entry),
        "Source": content.source(entry),
        "Derivation": content.standing(entry, around.status[name]),
    }
    if used_by := around.used_by.get(name):
        rows["Used by"] = joined((see(user),) for user in used_by)
    if entry.record.measured:
        rows["Measured parts"] = (", ".join(entry.record.measured),)
    return model.Items(list(rows.values()), list(rows))


def _evidence(entry: Entry) -> list[Block]:
    title = "Wrong variants of the statement, which every route that applies must reject"
    wrong = variants(entry)
    return [
        sentences(entry),
        *(
            again(file_of(entry.claim.id, name_of(found)))
            for found in entry.record.evidence
            if found.counterexample is not None
        ),
        model.Section((f"{title} ({len(wrong.entries)})",), [wrong], folded=True),
    ]


def _printed(entry: Entry) -> list[Block]:
    found: list[Block] = []
    for claim, printed, record in pairs(errata_of([entry])):
        section = statement(printed, record)
        if record.counterexample:
            more = again(file_of(claim.id, record.name))
            section = model.Section(section.title, [*section.blocks, more], section.anchor)
        found.append(section)
    return found


def _some(items: model.Items) -> list[model.Items]:
    return [items] * bool(items.entries)
