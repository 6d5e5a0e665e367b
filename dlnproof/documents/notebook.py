"""How claims, verdicts and records are shown in a notebook: as Markdown and HTML.

Formatters are registered with IPython under the names of the classes, so that nothing that decides
what is true knows of them; proofs are shown as their theorems.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from dlnproof.claims.deduction import Account
    from dlnproof.claims.schema import Claim
    from dlnproof.core.verdict import Verdict
    from dlnproof.documents.model import Block, Table
    from dlnproof.papers.judged import Paper
    from dlnproof.record.record import ClaimRecord, Record
    from dlnproof.training.runs import Runs
    from dlnproof.training.sweeps import Sweep

_MATH: Final = re.compile(r"(\s*\\\[.*?\\\]\s*|\$.*?\$)", re.DOTALL)
# a notebook must not read mathematics into words: $ and \( are left alone in these classes
_BEGIN: Final = '<div class="tex2jax_ignore mathjax_ignore">'


def register() -> None:
    """Tell the running IPython, if there is one, how to show what this package returns."""
    from IPython.core.interactiveshell import InteractiveShell

    shell = InteractiveShell.instance() if InteractiveShell.initialized() else None
    if shell is None or shell.display_formatter is None:
        return
    formatters = shell.display_formatter.formatters
    shown: tuple[tuple[str, str, str, Callable[[Any], str]], ...] = (
        ("dlnproof.claims.schema", "Claim", "text/markdown", claim_markdown),
        ("dlnproof.claims.deduction", "Account", "text/markdown", account_markdown),
        ("dlnproof.core.verdict", "Verdict", "text/html", verdict_html),
        ("dlnproof.record.record", "ClaimRecord", "text/html", claim_record_html),
        ("dlnproof.record.record", "Record", "text/html", record_html),
        ("dlnproof.training.runs", "Runs", "text/html", runs_html),
        ("dlnproof.training.sweeps", "Sweep", "text/html", sweep_html),
        ("dlnproof.papers.judged", "Paper", "text/html", paper_html),
    )
    for module, name, kind, show in shown:
        formatters[kind].for_type_by_name(module, name, show)
    # a notebook's file keeps plain text too: by default all that an object holds, or its address
    for (module, name), short in _PLAIN.items():
        formatters["text/plain"].for_type_by_name(module, name, _printing(short))


def claim_markdown(claim: Claim) -> str:
    """Return a claim's statement, hypotheses and source as Markdown with LaTeX."""
    from dlnproof.documents.explanation import reference
    from dlnproof.documents.writers.markdown import escaped

    source = ": ".join(filter(None, (str(claim.source), reference(claim.source.key))))
    return (
        f"**{escaped(claim.title)}** (`{claim.id}`)\n\n{_markdown(claim.written)}\n\n"
        f"*Hypotheses:* {_markdown('; '.join(claim.hypotheses))}\n\n*Source:* {escaped(source)}\n"
    )


def _markdown(text: str) -> str:
    """Return a text with its formulas as Markdown, displays in paragraphs of their own."""
    from dlnproof.documents.writers.markdown import escaped

    pieces = _MATH.split(text)
    for k, piece in enumerate(pieces):
        if piece.lstrip().startswith(r"\["):
            pieces[k] = f"\n\n$$\n{piece.strip()[2:-2]}\n$$\n\n"
        elif k % 2 == 0:
            pieces[k] = "&nbsp;".join(escaped(f"({part})")[1:-1] for part in piece.split(r"\,"))
    return "".join(pieces).strip()


def account_markdown(account: Account) -> str:
    """Return the theorems that a derivation shows, and what is said of each."""
    from dlnproof.documents.content.deduction import sentence

    shown = (f"{x.said} {sentence(x.theorem.conclusion)}" for x in account.deduction.shown)
    return "\n\n".join(f"**{k}.** {_markdown(text)}" for k, text in enumerate(shown, 1)) + "\n"


def verdict_html(verdict: Verdict) -> str:
    """Return a verdict with a mark that says whether the statement was confirmed."""
    from dlnproof.documents.content.evidence import called
    from dlnproof.documents.model import paragraph

    return _html([paragraph(called(verdict))])


def record_html(record: Record) -> str:
    """Return the claims of a record, with verdicts and evidence, as a table."""
    from dlnproof.documents.model import code, paragraph, strong
    from dlnproof.documents.words import headline

    made = f"dlnproof {record.version}, commit {record.commit}; {record.command}; digest "
    end = paragraph(made, code(record.digest))
    return _html([paragraph(strong(headline(record))), *_claims(record.claims), end])


def paper_html(paper: Paper) -> str:
    """Return the formulas of a paper as a table: where each stands, and what became of it."""
    from dlnproof.core.verdict import Verdict
    from dlnproof.documents.content.evidence import called
    from dlnproof.documents.content.paper import in_letters
    from dlnproof.documents.formulas import math
    from dlnproof.documents.model import Table, Text, code, strong
    from dlnproof.documents.papers import says

    rows: list[tuple[Text, ...]] = [
        (
            (code(f"{each.file}:{each.line}:{each.column}"),),
            (code(each.label),) if each.label else (),
            (code(each.target),),
            (code(each.formula),) if each.judgement is None else (math(in_letters(each)),),
            (called(Verdict(each.verdict)),) if each.judgement else (strong(each.verdict),),
            (says(each),),
        )
        for each in paper.formulas
    ]
    return _html([Table(("Where", "Label", "Of", "Formula", "Verdict", "Says"), "llllll", rows)])


def claim_record_html(claim: ClaimRecord) -> str:
    """Return one claim of a record: its verdict, its evidence, what failed."""
    return _html(_claims([claim]))


def runs_html(runs: Runs) -> str:
    """Return a batch of training runs: how many ended how, with the medians of what they found."""
    from dlnproof.documents.model import paragraph

    shape = " x ".join(map(str, runs.problem.shape))
    plain = {k: v for k, v in runs.settings.items() if isinstance(v, str | int | float)}
    settings = ", ".join(f"{name} {value}" for name, value in plain.items())
    rows = [(ending, runs.take(runs.ending == ending)) for ending in dict.fromkeys(runs.ending)]
    what = f"{len(runs)} runs of {type(runs.problem).__name__} {shape}"
    table = _runs_table(("ending",), [((str(ending),), its) for ending, its in rows])
    return _html([paragraph(f"{what}; {settings}" if settings else what), table])


def sweep_html(sweep: Sweep) -> str:
    """Return the runs of a sweep, a row for each depth, scale and seed."""
    from dlnproof.depth import show_depth
    from dlnproof.training.sweeps import LABELS
    from dlnproof.training.tables import endings

    rows = [
        ((str(show_depth(depth)), f"{scale:g}", str(seed), endings(its.ending)), its)
        for (depth, scale, seed), its in sweep.runs.items()
    ]
    return _html([_runs_table((*LABELS, "endings"), rows)])


def _runs_table(labels: Sequence[str], rows: Sequence[tuple[Sequence[str], Runs]]) -> Table:
    """Return a table of batches of runs, each with its labels."""
    from dlnproof.documents.model import Table
    from dlnproof.training.tables import median

    header = (*labels, "runs", "median loss", "median effective rank", "median Frobenius norm")
    cells = (
        (
            *labels,
            str(len(its)),
            median(its.loss),
            median(its.effective_rank),
            median(its.norms["frobenius"]),
        )
        for labels, its in rows
    )
    return Table(header, "l" * len(labels) + "rrrr", [[(cell,) for cell in row] for row in cells])


def _claims(claims: Sequence[ClaimRecord]) -> list[Block]:
    from dlnproof.documents.content.overview import failures, overview

    failing = failures(claims)
    return [overview(claims, figures=True), *[failing] * bool(failing.entries)]


def _html(blocks: Sequence[Block]) -> str:
    from dlnproof.documents.writers.html import Html
    from dlnproof.notation.markup import ascii_bytes

    return ascii_bytes(f"{_BEGIN}{Html('', frozenset()).blocks(blocks)}</div>").decode("ascii")


def _printing(short: Callable[[Any], str]) -> Callable[[Any, Any, bool], None]:
    return lambda shown, printer, _cycle: printer.text(short(shown))


def _claim_text(claim: ClaimRecord) -> str:
    from dlnproof.documents.words import claim_verdict

    return f"{claim.id}: {claim_verdict(claim)}"


def _paper_text(paper: Paper) -> str:
    from dlnproof.documents.layout import Screen
    from dlnproof.documents.papers import paper_text

    return paper_text(paper, Screen()).rstrip()


def _record_text(record: Record) -> str:
    from dlnproof.documents.layout import Screen
    from dlnproof.documents.verdicts import record_text

    return record_text(record, Screen()).rstrip()


_PLAIN: Final[dict[tuple[str, str], Callable[[Any], str]]] = {
    ("dlnproof.claims.schema", "Claim"): lambda claim: f"{claim.id}: {claim.title}",
    ("dlnproof.claims.deduction", "Account"): lambda x: f"proof of {x.claim}: {x.verdict}",
    ("dlnproof.core.verdict", "Verdict"): str,
    ("dlnproof.record.record", "ClaimRecord"): _claim_text,
    ("dlnproof.record.record", "Record"): _record_text,
    ("dlnproof.papers.judged", "Paper"): _paper_text,
}
