"""One claim of the appendix: statement, proof, evidence; a fragment that also stands alone."""

from __future__ import annotations

import re
from textwrap import wrap
from typing import Final

from dlnproof.core.verdict import Route, Verdict, worst
from dlnproof.documents.appendix.evidence import findings, sentences
from dlnproof.documents.appendix.support import given
from dlnproof.documents.entries import Entry
from dlnproof.documents.fragment import LOOSE, cited, keys, proof_tex, statement_tex
from dlnproof.documents.limits import beside
from dlnproof.documents.status import Status
from dlnproof.documents.wording import code, items, paragraph, prose, see
from dlnproof.documents.words import claim_note, claim_word, listed
from dlnproof.notation import display
from dlnproof.notation.mathtext import escaped, latex
from dlnproof.notation.tex import tex
from dlnproof.run.formal_table import Theorem, theorems

MACROS: Final = (
    r"""\providecommand{\dlnsubsection}[1]{\subsection{#1}}
\providecommand{\dlntitle}[2]{\ifcsname texorpdfstring\endcsname\texorpdfstring{#2}{#1}\else#2\fi}
\providecommand{\dlnpoint}[1]{\par\medskip\noindent\emph{#1.}\enspace}
\providecommand{\dlnsee}[2]{\emph{#2}}
"""
    + display.MACRO
)
"""What fragments need; a document that knows better defines its own before."""

_COQ_WIDTH: Final = 58
"""Characters of a line of Coq that fit the narrow column of a two-column page."""
_TIED: Final = re.compile(r" (?:->|=|:=|:|\*m?|/\\)(?= |$)| \^[+-] \S+| %:R")
"""What does not begin a line of Coq: it stays with what is before it."""
_TIE: Final = "\0"


def fragment(entry: Entry, status: Status) -> str:
    """Return a claim as LaTeX that can be put into a document of one or two columns.

    ``status`` says what its derivation rests on that the record did not establish.
    """
    claim, record = entry.claim, entry.record
    title = latex(claim.title)
    if "$" in title:  # bookmarks of a PDF hold no formulas
        title = rf"\dlntitle{{{escaped(claim.title)}}}{{{title}}}"
    hypotheses = "; ".join(latex(hypothesis) for hypothesis in claim.hypotheses)
    note = f" ({said})" if (said := claim_note(record)) else ""
    verdict = rf"\textbf{{{claim_word(record)}}}{note}"
    parts = [
        f"% The claim {claim.id}; part of the appendix that dlnproof wrote.\n"
        "% Needs amsmath, amssymb, amsthm, mathtools, and of references.bib: "
        f"{listed(keys(claim, entry.proof))}.",
        MACROS.strip(),
        rf"\dlnsubsection{{{title}}}\label{{dln:{claim.id}}}",
        rf"\begingroup{LOOSE}",
        rf"\dlnpoint{{Statement}} ({cited(claim.source)})\enspace",
        statement_tex(claim),
        rf"\dlnpoint{{Hypotheses}} {hypotheses}.",
        "",
        proof_tex(entry.proof, _proved(entry), alone=False),
        rf"\dlnpoint{{Verdict}} {verdict}{_uses(entry, status)}.",
        _unexamined(entry),
        _not_covered(entry),
        r"\dlnpoint{Evidence}",
        items(sentences(entry)),
        *_training(entry),
        _variants(entry),
        *_formal(entry),
        r"\par\endgroup",
    ]
    return "\n".join(part for part in parts if part) + "\n"


def _proved(entry: Entry) -> Verdict:
    """Return what to print of the proof: the record's verdict, or a worse one found now."""
    found = entry.evidence(Route.DERIVATION)
    return worst([entry.proof.verdict, *([found.verdict] if found else [])])


def _uses(entry: Entry, status: Status) -> str:
    if entry.evidence(Route.DERIVATION) is None:
        return "; the derivation was no part of the run, and is printed as it stands"
    if not entry.uses:
        return "; the proof uses no other claim"
    uses = f"the proof uses {listed(see(used) for used in entry.uses)}"
    but = given([status])
    return rf"; {uses}; \textbf{{it stands}} {but}" if but else f"; {uses}"


def _unexamined(entry: Entry) -> str:
    if not entry.record.unexamined:
        return ""
    names = listed(code(name) for name in entry.record.unexamined)
    return paragraph(
        rf"\dlnpoint{{Not examined}} What the statement says of {names} was not examined in this "
        "run, and no verdict is on it."
    )


def _not_covered(entry: Entry) -> str:
    """Return what is printed of the statement and the verdict is not about."""
    claim = entry.claim
    around = beside(claim, lambda part: f"${tex(claim.parts[part])}$")
    return paragraph(rf"\dlnpoint{{Not decided}} {around}") if around else ""


def _training(entry: Entry) -> list[str]:
    found = entry.evidence(Route.TRAINING)
    seen = findings(found) if found else []
    return [r"\dlnpoint{Seen in training}", items(seen)] if seen else []


def _variants(entry: Entry) -> str:
    variants = [f"{code(mutant.name)}, {prose(mutant.what)}" for mutant in entry.claim.mutants]
    survivors = any(evidence.survivors for evidence in entry.record.evidence)
    but = " (not all were told apart from the statement, as said above)" if survivors else ""
    return paragraph(rf"\dlnpoint{{Wrong variants}} {'; '.join(variants)}{but}.")


def _formal(entry: Entry) -> list[str]:
    """Return the Coq theorems about a claim by file, the headline also word for word."""
    found = [
        theorem for theorem in theorems(entry.claim.id) if theorem.theorem in entry.record.formal
    ]
    if not found:
        return []
    files: dict[str, list[Theorem]] = {}
    for theorem in found:
        files.setdefault(theorem.file, []).append(theorem)
    by_file = [
        f"{code(f'formal/{name}')}: {'; '.join(_theorem(theorem) for theorem in inside)}."
        for name, inside in files.items()
    ]
    shown = [theorem for theorem in found if theorem.headline]
    text = [r"\dlnpoint{In Coq}", rf"{{\raggedright{items(by_file)}}}"]
    for theorem in shown:
        says = paragraph(rf"\noindent Word for word, {code(theorem.theorem)} states:\nopagebreak")
        text += [says, _verbatim(theorem)]
    return text


def _theorem(theorem: Theorem) -> str:
    return f"{code(theorem.theorem)}, {prose(theorem.says)}"


def _verbatim(theorem: Theorem) -> str:
    lines = []
    for line in (*theorem.context, *theorem.statement.splitlines()):
        indent = " " * (len(line) - len(line.lstrip()))
        lines += wrap(
            _TIED.sub(lambda m: m[0].replace(" ", _TIE), line.strip()),
            _COQ_WIDTH,
            initial_indent=indent,
            subsequent_indent=f"{indent}    ",
            break_long_words=False,
            break_on_hyphens=False,
        )
    body = "\n".join(lines).replace(_TIE, " ")
    return f"{{\\scriptsize\n\\begin{{verbatim}}\n{body}\n\\end{{verbatim}}}}"
