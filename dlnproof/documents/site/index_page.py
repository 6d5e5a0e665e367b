"""The first page: what holds and what does not, the graph of dependences, errata, the run."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from importlib.resources import files

from dlnproof.core.verdict import Verdict
from dlnproof.documents import attestation
from dlnproof.documents.bibliography import as_text
from dlnproof.documents.entries import Entry
from dlnproof.documents.fragment import statement
from dlnproof.documents.meanings import MEANINGS
from dlnproof.documents.site.back_matter import errata, limits, run, sources
from dlnproof.documents.site.evidence import claim_beside, claim_mark
from dlnproof.documents.site.graph import graph
from dlnproof.documents.site.page import facts, file_name, page, section
from dlnproof.documents.site.prose import Prose
from dlnproof.documents.site.shapes import legend
from dlnproof.documents.status import Status, Support
from dlnproof.documents.words import claim_verdict, headline, word
from dlnproof.notation.markup import Markup, joined, tag
from dlnproof.notation.plain import plain as plain_latex
from dlnproof.record.record import Record

PROVED, DERIVED = Support.PROVED, Support.DERIVED


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
    main = [
        tag("h1", "The Riemannian geometry of deep linear networks"),
        tag("p", _about()),
        _summary(record, found, status),
        section("claims", "Claims", _search(), _claims(found, status), _words()),
        section("graph", "Dependences", *_graph(found, status)),
        *errata(found),
        section("run", "The run", *run(record, carried)),
        section("limits", "What a pass does not show", limits(found)),
        sources(found),
    ]
    return page("dlnproof: claims and evidence", main, "", foot, script=script)


def _summary(record: Record, found: Sequence[Entry], status: Mapping[str, Status]) -> Markup:
    pieces = [tag("p", tag("strong", headline(record)), class_="outcome")]
    if record.run.stopped:
        said = "The run was stopped at its first failure: the evidence is incomplete."
        pieces.append(tag("p", said, class_="trouble"))
    for said, chosen in (
        ("Not confirmed", [e for e in found if e.record.verdict.fails]),
        (
            "In part, a sentence not examined",
            [e for e in found if e.record.verdict is Verdict.UNEXAMINED],
        ),
        (
            "Derivations not run, or not established by this record with all they rest on",
            [e for e in found if status[e.claim.id].support not in (PROVED, DERIVED)],
        ),
    ):
        links = [
            tag("a", e.record.title, href=f"claims/{file_name(e.claim.id)}.html") for e in chosen
        ]
        if links:
            pieces.append(tag("p", f"{said}: ", joined(links, "; "), ".", class_="trouble"))
    printed = attestation.outcome([(entry.claim, entry.record.as_printed) for entry in found])
    if printed:
        pieces.append(
            tag(
                "p",
                f"{as_text(printed)} ",
                tag("a", "These statements", href="#errata"),
                " are no failures of the claims, which are stated as corrected.",
            )
        )
    given = (
        f"dlnproof {record.version}, commit {record.commit}; digest of the record ",
        tag("code", record.digest[:16]),
        "... (",
        tag("a", "in full", href="#run"),
        ").",
    )
    return joined([*pieces, tag("p", *given, class_="given")], "\n")


def _about() -> Markup:
    text = (
        "A deep linear network is a product $W=W_N\\cdots W_1$ of square matrices. On the balanced "
        "manifold, $W_{j+1}^{T}W_{j+1}=W_jW_j^{T}$, training the factors by gradient flow moves "
        "$W$ by Riemannian gradient flow for a metric $g^{N}$. For each statement about this "
        "geometry these pages give a derivation, independent numeric evidence with what it "
        "covers, and what is printed of it elsewhere."
    )
    return Prose(lambda key, where: Markup("")).inline(text)


def _search() -> Markup:
    """Return the search, which the script shows: without it every claim is shown."""
    box = tag("input", type="search", id="search", autocomplete="off", spellcheck="false")
    label = tag("label", "Search claims: words of titles, statements, verdicts", for_="search")
    told = tag("p", id="found", role="status", aria_live="polite")
    return tag("form", label, box, told, id="search-form", role="search", hidden=True)


def _claims(found: Sequence[Entry], status: Mapping[str, Status]) -> Markup:
    items = [_claim(entry, status[entry.claim.id]) for entry in found]
    return tag("ul", joined(items, "\n"), class_="claims", id="claim-list")


def _claim(entry: Entry, status: Status) -> Markup:
    name = entry.claim.id
    routes = "; ".join(f"{e.route.value}: {e.verdict.value}" for e in entry.record.evidence)
    printed = [f"{p.name} {p.statement} {p.verdict.value}" for p in entry.record.as_printed]
    words = [name, entry.record.title, entry.record.source, routes, status.text]
    words.append(claim_verdict(entry.record))
    words += [plain_latex(statement(entry.claim)), *printed, *entry.claim.hypotheses]
    whole = status.support in (PROVED, DERIVED)
    return tag(
        "li",
        tag("h3", tag("a", entry.record.title, href=f"claims/{file_name(name)}.html")),
        tag("p", claim_mark(entry.record), class_="said"),
        claim_beside(entry.record),
        tag("p", tag("code", name), f" \u00b7 {entry.record.source}", class_="source"),
        tag("p", routes, class_="routes"),
        *([] if whole else [tag("p", f"Derivation: {status.text}.", class_="trouble")]),
        class_="claim",
        data_claim=name,
        data_words=" ".join(" ".join(words).lower().split()),
    )


def _words() -> Markup:
    return tag(
        "details",
        tag("summary", "What the words of verdicts mean"),
        facts([(word(verdict), said) for verdict, said in MEANINGS.items()]),
    )


def _graph(found: Sequence[Entry], status: Mapping[str, Status]) -> list[Markup]:
    said = (
        "An arrow leads from a claim to those whose derivations use it. The shape of a node is the "
        "verdict on the statement; the strip at its left is the state of the derivation, with all "
        "that it rests on. An arrow that follows from others is left out."
    )
    return [
        tag("p", said),
        legend(),
        tag("div", tag("div", graph(found, status), class_="scroll graph-box"), class_="broad"),
    ]
