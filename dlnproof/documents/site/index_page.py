"""The first page: what holds and what does not, the graph of dependences, errata, the run."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from importlib.resources import files
from typing import Final

from dlnproof.documents import model
from dlnproof.documents.attestation import legend as witnesses
from dlnproof.documents.attestation import outcome as errata_outcome
from dlnproof.documents.content import reliance
from dlnproof.documents.content.counterexamples import file_name
from dlnproof.documents.content.outcome import outcome, settings
from dlnproof.documents.content.printed import errata_of, table
from dlnproof.documents.entries import Entry
from dlnproof.documents.explanation import reference
from dlnproof.documents.fragment import keys
from dlnproof.documents.model import Block, To, code, paragraph
from dlnproof.documents.site.graph import graph
from dlnproof.documents.site.page import page
from dlnproof.documents.site.shapes import legend
from dlnproof.documents.status import Status, Support
from dlnproof.documents.words import claim_note, claim_verdict, claim_word
from dlnproof.documents.writers.html import Html
from dlnproof.notation.markup import Markup, joined, tag
from dlnproof.notation.plain import blocks, plain
from dlnproof.record.record import Record

_ABOUT: Final = (
    "A deep linear network is a product $W=W_N\\cdots W_1$ of square matrices. On the balanced "
    "manifold, $W_{j+1}^{T}W_{j+1}=W_jW_j^{T}$, training the factors by gradient flow moves "
    "$W$ by Riemannian gradient flow for a metric $g^{N}$. For each statement about this "
    "geometry these pages give a derivation, independent numeric evidence with what it "
    "covers, and what is printed of it elsewhere."
)
_GRAPH: Final = (
    "An arrow leads from a claim to those whose derivations use it. The shape of a node is the "
    "verdict on the statement; the strip at its left is the state of the derivation, with all "
    "that it rests on; below stands how many of the sentences theorems in Coq state. An arrow that "
    "follows from others is left out."
)


def index_page(
    record: Record,
    found: Sequence[Entry],
    status: Mapping[str, Status],
    carried: Collection[str],
    foot: str,
) -> bytes:
    """Return the first page: claims, graph, errata, the run, its limits, the sources.

    ``carried`` are the names of the user's files that stand beside it.
    """
    script = (files("dlnproof.documents.site") / "index.js").read_text("ascii")
    html = Html("", frozenset(status))
    words = model.Section(("What the words mean",), reliance.meanings(), folded=True)
    letters = model.Section(("What the letters stand for",), reliance.conventions(), folded=True)
    after: dict[str, tuple[str, Sequence[Block]]] = {
        "errata": ("Printed statements", _errata(found)),
        "run": ("The run", _run(record, carried)),
        "assumed": ("What is assumed", reliance.assumed(found)),
        "limits": ("What a pass does not show", [reliance.not_shown(found)]),
    }
    main = [
        tag("h1", "The Riemannian geometry of deep linear networks"),
        html.blocks([paragraph(model.Prose(_ABOUT)), *outcome(record, found, status)]),
        html.blocks(_given(record, found)),
        _section("claims", "Claims", _search(), _claims(found, status, html)),
        html.blocks([words, letters]),
        _section("graph", "Dependences", *_graph(found, status)),
        html.blocks(
            [
                model.Section((title,), blocks, name)
                for name, (title, blocks) in after.items()
                if blocks
            ]
        ),
        _sources(found),
    ]
    return page("dlnproof: claims and evidence", main, "", foot, script=script)


def _section(anchor: str, title: str, *children: str) -> Markup:
    return tag("section", tag("h2", title), *children, id=anchor)


def _given(record: Record, found: Sequence[Entry]) -> list[Block]:
    blocks: list[Block] = []
    if errata := errata_of(found):
        these = model.Link(To.SECTION, "errata", ("These statements",))
        text = " are not failures of the claims, which are stated as corrected."
        blocks.append(paragraph(model.Prose(errata_outcome(errata)), " ", these, text))
    run = f"dlnproof {record.version}, commit {record.commit}; digest of the record "
    full = model.Link(To.SECTION, "run", ("in full",))
    given = paragraph(run, code(record.digest[:16]), "... (", full, ").", kind="given")
    return [*blocks, given]


def _errata(found: Sequence[Entry]) -> list[Block]:
    errata = errata_of(found)
    text = (
        "Each is checked as it stands. A refuted one has a counterexample in rationals on the page "
        "of its claim. "
    ) + witnesses(printed for _, records in errata for printed in records)
    return [paragraph(text), table(errata, formulas=True)] if errata else []


def _run(record: Record, carried: Collection[str]) -> list[Block]:
    used = record.environment
    packages = ", ".join(f"{name} {version}" for name, version in used.packages.items())
    rows = {
        "Version": f"dlnproof {record.version}",
        "Commit": record.commit,
        "With": f"Python {used.python}, {packages}",
    }
    facts = model.Items([(text,) for text in rows.values()], list(rows))
    return [settings(record), facts, *reliance.again(record, "", carried)]


def _search() -> Markup:
    """Return the search, which the script shows: without it every claim is shown."""
    box = tag("input", type="search", id="search", autocomplete="off", spellcheck="false")
    label = tag("label", "Search claims: words of titles, statements, verdicts", for_="search")
    told = tag("p", id="found", role="status", aria_live="polite")
    return tag("form", label, box, told, id="search-form", role="search", hidden=True)


def _claims(found: Sequence[Entry], status: Mapping[str, Status], html: Html) -> Markup:
    items = [_claim(entry, status[entry.claim.id], html) for entry in found]
    return tag("ul", joined(items, "\n"), class_="claims", id="claim-list")


def _claim(entry: Entry, status: Status, html: Html) -> Markup:
    name, note = entry.claim.id, claim_note(entry.record)
    routes = "; ".join(f"{e.route.value}: {e.verdict.value}" for e in entry.record.evidence)
    printed = [f"{p.name} {p.statement} {p.verdict.value}" for p in entry.record.as_printed]
    words = [name, entry.record.title, entry.record.source, routes, status.text]
    words.append(claim_verdict(entry.record))
    words += [*(text for _, text in blocks(entry.claim.written)), *printed]
    words += map(plain, entry.claim.hypotheses)
    whole = status.support in (Support.PROVED, Support.WITH_COQ, Support.DERIVED)
    verdict = model.Word(entry.record.verdict, claim_word(entry.record))
    return tag(
        "li",
        tag("h3", tag("a", entry.record.title, href=f"claims/{file_name(name)}.html")),
        tag("p", html.text((verdict,)), class_="said"),
        *([tag("p", note, class_="note")] if note else []),
        tag("p", tag("code", name), f" \u00b7 {entry.record.source}", class_="source"),
        tag("p", routes, class_="routes"),
        *([] if whole else [tag("p", f"Derivation: {status.text}.", class_="trouble")]),
        class_="claim",
        data_claim=name,
        data_words=" ".join(" ".join(words).lower().split()),
    )


def _graph(found: Sequence[Entry], status: Mapping[str, Status]) -> list[Markup]:
    box = tag("div", graph(found, status), class_="scroll graph-box")
    return [tag("p", _GRAPH), legend(), tag("div", box, class_="broad")]


def _sources(found: Sequence[Entry]) -> Markup:
    """Return what the claims and their proofs cite."""
    cited = sorted(
        {key for entry in found for key in keys(entry.claim, entry.proof)}
        | {printed.source.key for entry in found for printed in entry.claim.as_printed}
    )
    rows = [
        tag("li", tag("code", key), f" {reference(key)}.", id=f"source-{key}")
        for key in cited
        if reference(key)
    ]
    return _section("sources", "Sources", tag("ul", *rows))
