"""The files of the appendix, as names and bytes: all of it is made before any of it is written."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from dlnproof.claims.studies import CHECKER, checker, contents, own_parts
from dlnproof.documents import bibliography
from dlnproof.documents.appendix import claim
from dlnproof.documents.appendix.body import body
from dlnproof.documents.appendix.readme import readme
from dlnproof.documents.appendix.short import short_body
from dlnproof.documents.content.common import common
from dlnproof.documents.content.reliance import trusted_text
from dlnproof.documents.content.summary import summary
from dlnproof.documents.document import MAIN
from dlnproof.documents.entries import Entry, entries, well_formed
from dlnproof.documents.formulas import escaped
from dlnproof.documents.site.site import site
from dlnproof.documents.status import statuses
from dlnproof.documents.writers import latex
from dlnproof.errors import InputError
from dlnproof.files import tree as output_tree
from dlnproof.record.record import Record

TRUSTED: Final = "anc/trusted.txt"
SUMS: Final = f"anc/{output_tree.SUMS}"
_ANCILLARY: Final = {
    "record.json": "the record: settings, points, evidence, verdicts",
    CHECKER: "a checker in one file, independent of dlnproof",
    "trusted.txt": "the files of dlnproof that verdicts rely on, with their lengths",
    output_tree.SUMS: f"checksums of the files here: sha256sum -c {output_tree.SUMS}",
}

MAIN_TEX: Final = r"""% {main}: the appendix as a document of its own, written by dlnproof {verb}.
\pdfoutput=1 % for arXiv, which looks here for the engine: pdflatex
\documentclass[{size}]{{amsart}}
\usepackage[T1]{{fontenc}}
\usepackage{{lmodern}}
\usepackage[margin={margin}]{{geometry}}
\usepackage{{amssymb,mathtools,booktabs,longtable,graphicx}}
\usepackage[hidelinks]{{hyperref}}
\newcommand{{\dlntop}}[1]{{\title{{#1}}\author{{dlnproof {version}}}\date{{}}\maketitle
  \hypersetup{{pdftitle={{#1}},pdfauthor={{dlnproof {version}}}}}}}
{tight}\newcommand{{\dlnthis}}{{this document}}
\newcommand{{\dlnsection}}[1]{{\section{{#1}}}}
\newcommand{{\dlnsubsection}}[1]{{\subsection{{#1}}}}
\begin{{document}}
\input{{appendix}}
{sources}\end{{document}}
"""
_TIGHT: Final = r"""\makeatletter % little space around the titles of sections, and what is quoted
\def\section{\@startsection{section}{1}{\z@}{4pt plus 2pt}{2pt}{\normalfont\scshape\centering}}
\renewenvironment{quote}{\list{}{\topsep1pt\leftmargin1em\rightmargin1em}\item\relax}{\endlist}
\makeatother
"""
_THIS: Final = r"\providecommand{\dlnthis}{Appendix~\ref{dln:appendix}}"
SOURCES: Final = "\\bibliographystyle{plain}\n\\bibliography{references}\n"

_APPENDIX: Final = r"""% appendix.tex: statements checked by computer, written by dlnproof appendix.
% From the record with SHA-256 digest {digest}.
% In a paper: \appendix \input{{appendix}}, with the folder of this file beside the paper or, if it
% is elsewhere, \newcommand{{\dlnpath}}{{folder/}} and \input{{\dlnpath appendix}}. (IEEEtran wants
% \appendices.) Its sections are one level lower than \dlntop, which may be defined before.
% Packages: amsmath, amssymb, amsthm, mathtools, booktabs, longtable, graphicx. hyperref is not
% needed. Sources: \bibliography{{references}}, beside your own.
% In two columns the appendix stands in one, on pages of its own; afterwards there are two again.
\providecommand{{\dlnpath}}{{}}
\providecommand{{\dlntop}}[1]{{\section{{#1}}}}
\providecommand{{\dlnsection}}[1]{{\subsection{{#1}}}}
\providecommand{{\dlnsubsection}}[1]{{\subsubsection{{#1}}}}
\providecommand{{\dlnsee}}[2]{{\emph{{#2}}\ifcsname r@#1\endcsname{{}} (\S\ref{{#1}})\fi}}
{macros}
\csname if@twocolumn\endcsname\onecolumn\def\dlnafter{{\twocolumn}}\else\def\dlnafter{{}}\fi
\begingroup{loose}
\dlntop{{Statements checked by computer}}\label{{dln:appendix}}
{body}
\par\endgroup\dlnafter
"""


def appendix_files(
    record: Record,
    drawn: Mapping[str, bytes],
    *,
    flat: bool = False,
    columns: int = 1,
    short: bool = False,
) -> dict[str, bytes]:
    """Return the tree of the appendix: relative paths and contents, the same for the same record.

    ``drawn`` are the figures as pdf, by name. ``flat`` puts everything that LaTeX reads into one
    folder, as arXiv wants it; ``columns`` are those of a paper that claims are put into; ``short``
    leaves derivations and evidence to the record's web page, in ``anc/``. Verdicts, numbers and
    dependences are the record's. Raises :class:`InputError` for a record of unknown claims, or with
    evidence of another form.
    """
    with well_formed():
        found = entries(record)
        texts = _short(record, found) if short else _texts(record, found, drawn, flat, columns)
    for name, text in texts.items():
        if not text.isascii():
            raise InputError(f"record: got characters that are not ASCII, in what {name} prints")
    folder = "" if flat else "figures/"
    others = {f"{folder}{name}.pdf": content for name, content in drawn.items()}
    own = contents(claim.id for claim in record.claims)
    carried = {f"anc/{name}": content for name, content in own.items()}
    if short:
        page = {f"anc/{name}": content for name, content in site(record, {}).items()}
        carried |= {name: page[name] for name in page if name not in texts}
    _distinct([*texts, *others, *carried, SUMS])
    made = {name: text.encode("ascii") for name, text in texts.items()} | others | carried
    beside = {n.removeprefix("anc/"): made[n] for n in made if n.startswith("anc/")}
    return made | {SUMS: output_tree.checksums(beside)}  # anc/ is also handed out by itself


def _distinct(names: Iterable[str]) -> None:
    """Refuse two files of one name, as file systems that know no capitals see them."""
    twice = [name for name, n in Counter(name.lower() for name in names).items() if n > 1]
    if twice:
        raise InputError(
            f"appendix: got two files named {twice[0]!r}, expected one of each name, whether in "
            "capitals or not; rename the file of claims, or choose another id"
        )


def _texts(
    record: Record, found: list[Entry], drawn: Mapping[str, bytes], flat: bool, columns: int
) -> dict[str, str]:
    # flat, a claim's file has a name that none of ours has, whatever its id
    before, folder = ("claim_", "") if flat else ("claims/", "figures/")
    status = statuses(found)
    shared = common(found)
    fragments = {
        f"{before}{e.claim.slug}": claim.fragment(
            e, status[e.claim.id], columns=columns, shared=shared
        )
        for e in found
    }
    text = body(record, found, status, list(fragments), drawn, folder=folder, shared=shared)
    macros = f"{claim.MACROS}\n{latex.FIGURE}"
    return _framed(record, found, text, macros, fragments=fragments)


def _short(record: Record, found: list[Entry]) -> dict[str, str]:
    """Return the short appendix: statements, verdicts, what is assumed, how to run it again."""
    text = short_body(record, found, statuses(found))
    return _framed(record, found, text, claim.MACROS, size="10pt", margin="0.33in", tight=_TIGHT)


def _framed(
    record: Record,
    found: list[Entry],
    text: str,
    macros: str,
    *,
    fragments: Mapping[str, str] = MappingProxyType({}),
    size: str = "11pt",
    margin: str = "1in",
    tight: str = "",
) -> dict[str, str]:
    """Return the texts of an appendix of this body, and of what comes with it."""
    keys = cited([text, *fragments.values()])
    return {
        "appendix.tex": _APPENDIX.format(
            digest=record.digest, macros=macros, loose=latex.LOOSE, body=text
        ),
        MAIN: MAIN_TEX.format(
            main=MAIN,
            size=size,
            margin=margin,
            tight=tight,
            verb="appendix",
            version=escaped(record.version),
            sources=SOURCES if keys else "",
        ),
        "paragraph.tex": f"{_THIS}\n{latex.blocks([summary(record, found, statuses(found))])}\n",
        **{f"{name}.tex": text for name, text in fragments.items()},
        **listed_sources(keys),
        "anc/record.json": record.dumps(),
        f"anc/{CHECKER}": checker(entry.claim.id for entry in found),
        "anc/README": readme(record, _ancillary(record)),
        TRUSTED: trusted_text(found),
    }


def _ancillary(record: Record) -> dict[str, str]:
    """Return the files in anc/ with what they are; a user's file of claims among them."""
    what = "the program that states the claims not built in: read it before you run it"
    made = {**_ANCILLARY, **dict.fromkeys(record.run.files, what)}
    if own := own_parts(claim.id for claim in record.claims):
        made[CHECKER] += f"; what it knows of {', '.join(own)} is the author's, not dlnproof's"
    return made


def listed_sources(keys: set[str]) -> dict[str, str]:
    """Return the bibliography of the sources cited, as files; none where nothing is cited."""
    if not keys:
        return {}
    return {bibliography.BIB: bibliography.bibtex(keys), "main.bbl": bibliography.compiled(keys)}


def cited(texts: Iterable[str]) -> set[str]:
    """Return the keys of the sources that texts cite."""
    found = re.findall(r"\\cite(?:\[[^]]*\])?\{([^}]*)\}", "\n".join(texts))
    return {key for keys in found for key in keys.split(",")}
