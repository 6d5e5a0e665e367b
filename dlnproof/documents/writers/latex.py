r"""Documents as LaTeX: ASCII, deterministic, every text of others escaped, macros ``\dln...``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from textwrap import fill
from typing import Final

from dlnproof.claims.schema import Source
from dlnproof.documents import bibliography, model
from dlnproof.documents.formulas import escaped, in_latex
from dlnproof.documents.model import Block, Inline, Text, To

LOOSE: Final = (
    r"\tolerance=1500\emergencystretch=4em"  # lines are rather loose than too long
    r"\csname @beginparpenalty\endcsname=10000 "  # no page ends between a list and its heading
)
"""How the text is set: formulas within sentences are long, and break where they can."""
_RAGGED: Final = r"\rightskip=0pt plus 3em "
"""In a narrow column the ends of lines give way, rather than the space between words."""

POINT: Final = r"\providecommand{\dlnpoint}[1]{\par\medskip\noindent\emph{#1.}\enspace}"
SEE: Final = r"\providecommand{\dlnsee}[2]{\emph{#2}}"
FIGURE: Final = r"""\providecommand{\dlnfigure}[2]{%
  \includegraphics[width=\ifdim#1>\linewidth\linewidth\else#1\fi]{\dlnpath#2}}"""

_SIZES: Final = {
    9: r"\small", 8: r"\footnotesize", 7: r"\scriptsize", 6: r"\tiny", 5: r"\tiny",
}  # fmt: skip
_FEW: Final = "lll"
"""Columns of a table of which one has room for sentences."""
_LINE: Final = 98
"""Characters of a line of the LaTeX sources."""
_FIGURE_WIDTH: Final = "6in"
"""The most that a figure takes, so that two fit a page; it is drawn for seven inches."""


def loose(columns: int) -> str:
    """Return how the text of a page of so many columns is set."""
    return LOOSE + _RAGGED * (columns > 1)


def text(pieces: Text) -> str:
    """Return text within a line."""
    return "".join(map(_inline, pieces))


def _inline(piece: Inline) -> str:
    match piece:
        case model.Prose(latex):
            made = latex
        case model.Mark(style, words):
            macro = "emph" if style is model.Style.EMPHASIS else "textbf"
            made = _code(words) if style is model.Style.CODE else rf"\{macro}{{{escaped(words)}}}"
        case model.Word(_, said):
            made = rf"\textbf{{{escaped(said)}}}"
        case model.Link(to, name, words):
            made = _link(to, name, text(words))
        case _:
            made = escaped(piece)
    return made


def _link(to: To, name: str, words: str) -> str:
    if to is To.SOURCE:
        return cited(name, words)
    made = {
        To.CLAIM: rf"\dlnsee{{dln:{name}}}{{{words}}}",
        To.TITLE: rf"\emph{{{words}}}",
        To.SECTION: rf"Section~\ref{{dln:{name}}}",
        To.FIGURE: rf"Figure~\ref{{dln:figure:{name}}}",
        To.FILE: _code(name),
        To.STATEMENT: words,
    }
    return made[to]


def cited(key: str, where: str) -> str:
    """Return what cites a place in a source, in words where no bibliography has it."""
    if key not in bibliography.entries():
        return escaped(key) + (f", {where}" if where else "")
    return (rf"\cite[{where}]" if where else r"\cite") + f"{{{key}}}"


def source(found: Source) -> str:
    """Return what cites the place where a claim is stated."""
    return cited(found.key, in_latex(found.where))


def _code(words: str) -> str:
    r"""Return text word for word in typewriter letters, with places where a line may end.

    >>> _code("--seed 0")
    '\\texttt{-{}-seed 0}'
    """
    whole = escaped(words).replace("--", "-{}-")
    shown = re.sub(r"(/|\\_|(?<=[a-z])-(?=[a-z]))", r"\1\\allowbreak{}", whole)
    digest = re.compile(r"\b[0-9a-f]{64}\b")
    parts = digest.sub(lambda found: r"\allowbreak{}".join(re.findall(".{16}", found[0])), shown)
    return rf"\texttt{{{parts}}}"


def blocks(found: Sequence[Block], between: str = "\n\n") -> str:
    """Return blocks one after the other, ``between`` them a new paragraph or a new line.

    Displays and lists belong to the paragraph before, displays also to the one after.
    """
    out = ""
    for k, block in enumerate(found):
        within = isinstance(block, model.Display | model.Items) or isinstance(
            found[k - 1], model.Display
        )
        out += (("\n" if within else between) if k and out else "") + _block(block)
    return out


def _block(block: Block) -> str:
    match block:
        case model.Paragraph(words):
            made = _filled(text(words))
        case model.Section(title, inside, anchor):
            made = section(title, inside, anchor)
        case model.Items(entries, names):
            made = _items(entries, names)
        case model.Table(header, align, rows):
            made = _table(header, align, rows)
        case model.Display():
            made = _display(block)
        case model.Figure():
            made = _figure(block)
        case model.Verbatim(lines):
            made = _verbatim(lines)
    return made


def _filled(words: str) -> str:
    return fill(words, _LINE, break_long_words=False, break_on_hyphens=False)


def section(title: Text, inside: Sequence[Block], anchor: str = "", macro: str = "point") -> str:
    """Return a part under its title, which is a macro's argument: point, section, subsection."""
    label = rf"\label{{dln:{anchor}}}" if anchor and macro != "point" else ""
    heading = rf"\dln{macro}{{{text(title)}}}{label}"
    first, rest = (inside[0], inside[1:]) if inside else (None, ())
    if macro == "point" and isinstance(first, model.Paragraph):  # it runs on
        heading = _filled(f"{heading} {text(first.text)}")
        between = "\n" if rest and isinstance(rest[0], model.Display | model.Items) else "\n\n"
        return between.join(filter(None, (heading, blocks(rest))))
    return f"{heading}\n{blocks(inside)}"


def _items(entries: Sequence[Text], names: Sequence[str]) -> str:
    if not entries:
        return ""
    named = [rf"\emph{{{escaped(name)}}}: " for name in names] or [""] * len(entries)
    items = zip(named, entries, strict=True)
    body = "\n".join(_filled(rf"\item {name}{text(entry)}") for name, entry in items)
    return f"\\begin{{itemize}}\n{body}\n\\end{{itemize}}"


def _table(header: Sequence[str], align: str, rows: Sequence[Sequence[Text]]) -> str:
    """Return a table over pages; one of numbers and names alone is as well a list that runs on."""
    if align == "rl":
        names = ", ".join(f"{text(name)} ({text(number)})" for number, name in rows)
        return f"{{\\footnotesize\\raggedright\n{_filled(names)}.\\par}}"
    wide = 0.23 if len(align) > len(_FEW) else 0.45
    columns = align.replace("p", rf"p{{{wide}\linewidth}}")
    headed = any(len(row) == 1 for row in rows)
    indent = r"\quad" if headed else ""
    lines = [
        r"{\footnotesize\setlength{\tabcolsep}{4pt}",
        rf"\begin{{longtable}}{{@{{{indent}}}{columns}@{{}}}}",
        rf"\toprule {' & '.join(map(escaped, header))} \\ \midrule",
        r"\endhead",
        r"\bottomrule\endlastfoot",
    ]
    for k, row in enumerate(rows):
        ends = headed and len(row) > 1 and (k + 1 == len(rows) or len(rows[k + 1]) == 1)
        end = r"\\[3pt]" if ends else r"\\*" if headed else r"\tabularnewline"
        if len(row) == 1:
            heading = rf"\parbox[t]{{\linewidth}}{{\raggedright {text(row[0])}}}"
            cells = rf"\multicolumn{{{len(align)}}}{{@{{}}l@{{}}}}{{{heading}}}"
        else:
            shown = zip(align, map(text, row), strict=True)
            cells = " & ".join(rf"\raggedright {x}" if k == "p" and x else x for k, x in shown)
        lines.append(f"{cells} {end}")
    return "\n".join([*lines, r"\end{longtable}}"])


def _display(shown: model.Display) -> str:
    size = _size(shown.sizes[0])
    body = shown.wide
    if shown.environment:
        label = rf"\label{{{shown.label}}}" if shown.label else ""
        body = f"\\begin{{{shown.environment}}}{label}\n  {body}\n\\end{{{shown.environment}}}"
    return f"{{{size}{body}}}" if size else body


def _size(size: int) -> str:
    """Return what asks for letters of about so many points, where those of the text have ten."""
    return _SIZES.get(size, "")


def _figure(figure: model.Figure) -> str:
    return "\n".join(
        (
            r"\begin{figure}[!htbp]",
            r"\centering",
            rf"\dlnfigure{{{_FIGURE_WIDTH}}}{{{figure.folder}{figure.name}.pdf}}",
            _filled(rf"\caption{{{text(figure.caption)}}}\label{{dln:figure:{figure.name}}}"),
            r"\end{figure}",
        )
    )


def _verbatim(code: str) -> str:
    whole = f"\\scriptsize\n\\begin{{verbatim}}\n{code}\n\\end{{verbatim}}"
    # on one page, with what is said before it
    page = f"\\begin{{minipage}}{{\\linewidth}}{whole}\n\\end{{minipage}}"
    return f"\\par\\nopagebreak\\smallskip\\noindent{page}\\smallskip"
