"""The page of one claim: statement, evidence, derivation, what is printed, what it rests on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from dlnproof.core.proof import Proof, ProofError
from dlnproof.core.verdict import Route
from dlnproof.documents.entries import Entry
from dlnproof.documents.explanation import trusted_files
from dlnproof.documents.figures.captions import SHOWN
from dlnproof.documents.fragment import proof_tex, statement_tex
from dlnproof.documents.limits import beside
from dlnproof.documents.site.evidence import (
    claim_beside,
    claim_mark,
    evidence_section,
    training_section,
)
from dlnproof.documents.site.page import cited, facts, file_name, page, section
from dlnproof.documents.site.printed import printed_section
from dlnproof.documents.site.prose import Prose, numbered, typeset
from dlnproof.documents.status import Status
from dlnproof.notation.display import on_a_page
from dlnproof.notation.markup import Markup, joined, plain, tag
from dlnproof.notation.tex import tex
from dlnproof.run.formal_table import theorems


@dataclass(frozen=True)
class Surroundings:
    """What the page of a claim needs to know of the others, and of the run."""

    status: Mapping[str, Status]
    titles: Mapping[str, str]
    used_by: Mapping[str, Sequence[str]]
    figures: Sequence[str]
    runs: int
    seed: int
    foot: str

    @property
    def pages(self) -> dict[str, str]:
        """The pages of the claims by id, seen from one of them."""
        return {name: f"{file_name(name)}.html" for name in self.titles}


def claim_page(entry: Entry, around: Surroundings) -> bytes:
    """Return the page of a claim."""
    status = around.status[entry.claim.id]
    parts: list[tuple[str, str, Markup | None]] = [
        ("evidence", "Evidence", evidence_section(entry)),
        ("derivation", "Derivation", _derivation(entry, around)),
        ("training", "Training runs", training_section(entry)),
        ("figures", "Figures", _figures(around)),
        ("printed", "As printed elsewhere", printed_section(entry, _cite, around.pages)),
        ("formal", "In Coq", _formal(entry)),
        ("trusted", "Files to trust", _trusted(entry)),
    ]
    shown = [(anchor, title, content) for anchor, title, content in parts if content is not None]
    contents = [tag("li", tag("a", title, href=f"#{anchor}")) for anchor, title, _ in shown]
    prose = Prose(_cite).blocks(on_a_page(statement_tex(entry.claim)))
    main = [
        tag("h1", entry.record.title),
        tag("p", tag("code", entry.claim.id), " ", claim_mark(entry.record), class_="lead"),
        claim_beside(entry.record),
        _doubts(entry, status),
        tag("div", prose, class_="statement", id="statement"),
        _not_covered(entry),
        _facts(entry, around),
        tag("nav", tag("ul", *contents), class_="contents", aria_label="On this page"),
        *(section(anchor, title, content) for anchor, title, content in shown),
    ]
    return page(f"{entry.record.title} - dlnproof", main, "../", around.foot)


def _cite(key: str, where: str) -> Markup:
    return cited("../", key, where)


def _doubts(entry: Entry, status: Status) -> Markup:
    """Return, in front of everything, what the verdict does not cover."""
    said = []
    if entry.record.unexamined:
        names = ", ".join(entry.record.unexamined)
        said.append(f"This run did not examine every sentence of it; left out: {names}.")
    elif not status.verdict.holds:
        said.append("This claim does not hold in this run; the evidence below says why.")
    if status.doubtful or status.absent:
        said.append(f"Its derivation is {status.text}.")
    return joined([tag("p", line, class_="trouble") for line in said])


def _not_covered(entry: Entry) -> Markup:
    """Return what is printed of the statement and the verdict is not about."""
    claim = entry.claim
    around = beside(claim, lambda part: f"${tex(claim.parts[part])}$")
    return tag("p", Prose(_cite).inline(around)) if around else joined([])


def _facts(entry: Entry, around: Surroundings) -> Markup:
    status = around.status[entry.claim.id]
    rows: list[tuple[str, str]] = [
        ("Hypotheses", typeset("; ".join(entry.claim.hypotheses))),
        ("Source", _cite(entry.claim.source.key, entry.claim.source.where)),
        ("Derivation", status.text),
        ("Uses", _listed(entry.uses, around.titles) or "no other claim"),
    ]
    if used_by := _listed(around.used_by.get(entry.claim.id, ()), around.titles):
        rows.append(("Used by", used_by))
    if entry.record.measured:
        rows.append(("Measured parts", ", ".join(entry.record.measured)))
    return facts(rows)


def _listed(names: Sequence[str], titles: Mapping[str, str]) -> Markup:
    links = [
        tag("a", titles[name], href=f"{file_name(name)}.html")
        if name in titles
        else plain(f"{name} (not in this record)")
        for name in names
    ]
    return joined(links, "; ")


def _derivation(entry: Entry, around: Surroundings) -> Markup:
    """Return the derivation: what ``dlnproof derive`` writes as LaTeX, as HTML."""
    found = entry.evidence(Route.DERIVATION)
    verdict = found.verdict if found else entry.proof.verdict
    text = on_a_page(proof_tex(entry.proof, verdict))
    body = text.removeprefix(r"\begin{proof}").removesuffix(r"\end{proof}")
    links = {around.titles[name]: page for name, page in around.pages.items()}
    prose = Prose(_cite, numbered(body), links, _rule_of(entry.proof))
    return tag("div", prose.blocks(body), class_="derivation")


def _rule_of(proof: Proof) -> Callable[[str], str]:
    def rule(label: str) -> str:
        try:
            return proof[label.rpartition(":")[2]].rule.value
        except ProofError:
            return ""

    return rule


def _figures(around: Surroundings) -> Markup | None:
    drawn = [
        tag(
            "figure",
            tag("img", src=f"../figures/{name}.svg", alt=f"Figure: {shown.shows}.", loading="lazy"),
            tag("figcaption", typeset(shown.caption(around.runs, around.seed))),
            id=f"figure-{name}",
        )
        for name, shown in ((name, SHOWN[name]) for name in around.figures)
    ]
    return joined(drawn, "\n") if drawn else None


def _formal(entry: Entry) -> Markup | None:
    """Return the claim's theorems in the Coq development, each word for word."""
    named = set(entry.record.formal)
    found = [theorem for theorem in theorems(entry.claim.id) if theorem.theorem in named]
    if not found:
        return None
    pieces = [
        tag(
            "p",
            "Machine-checked for every N and d, without axioms, in a development that is built "
            "apart from this run (formal/README.md says how).",
        )
    ]
    for theorem in found:
        text = "\n".join([*theorem.context, theorem.statement])
        body = tag("pre", tag("code", text), tabindex="0")
        name = [tag("code", theorem.theorem), f" (formal/{theorem.file}): ", typeset(theorem.says)]
        attributes = {"open": True} if theorem.headline else {}
        pieces.append(tag("details", tag("summary", *name), body, **attributes))
    return joined(pieces, "\n")


def _trusted(entry: Entry) -> Markup:
    proof, checks = trusted_files(entry.claim)
    pieces = []
    for what, files in (
        ("For the proof, beside Python, sympy and python-flint", proof),
        ("Further files for the checks", checks),
    ):
        rows = [
            tag("tr", tag("td", tag("code", name)), tag("td", str(lines))) for name, lines in files
        ]
        head = tag("tr", tag("th", "file", scope="col"), tag("th", "lines", scope="col"))
        total = sum(lines for _, lines in files)
        table = tag("table", tag("thead", head), tag("tbody", *rows))
        said = f"{what}: {len(files)} files, {total} lines"
        pieces.append(tag("details", tag("summary", said), tag("div", table, class_="scroll wide")))
    return joined(pieces, "\n")
