r"""The verification appendix of an author's paper: its marked formulas, and what became of each.

Its equations are named by their numbers: within the paper by ``\eqref``, by itself as LaTeX last
numbered them.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Final

from dlnproof.claims import CLAIMS
from dlnproof.claims.deduction import Account
from dlnproof.claims.studies import CHECKER, checker, contents
from dlnproof.core.verdict import Verdict
from dlnproof.documents.appendix import claim
from dlnproof.documents.appendix.body import joined
from dlnproof.documents.appendix.claim import MACROS
from dlnproof.documents.appendix.tree import (
    MAIN_TEX,
    SOURCES,
    SUMS,
    cited,
    listed_sources,
)
from dlnproof.documents.content import paper as content
from dlnproof.documents.content import reliance
from dlnproof.documents.content.evidence import table
from dlnproof.documents.document import MAIN
from dlnproof.documents.entries import entries, well_formed
from dlnproof.documents.formulas import escaped, said, see
from dlnproof.documents.fragment import fragment
from dlnproof.documents.model import Block, Text, code, listed, paragraph
from dlnproof.documents.papers import paper_json
from dlnproof.documents.status import Status, Support, statuses
from dlnproof.documents.words import word
from dlnproof.documents.writers import latex
from dlnproof.errors import InputError
from dlnproof.files import tree as output_tree
from dlnproof.files.json import dumps
from dlnproof.language.deciding import DECIDED
from dlnproof.papers.judged import Judged, Paper
from dlnproof.papers.source import stamp
from dlnproof.record.record import Record
from dlnproof.run.jobs import derive_claim
from dlnproof.version import __version__, commit

FORMULAS: Final = "anc/formulas.latex"
FINDINGS: Final = "anc/findings.json"
_FILE: Final = re.compile(r"[\w./+ -]+", re.ASCII)
_EQ: Final = r"\providecommand{\dlneq}[2]{\ifcsname r@#1\endcsname\eqref{#1}\else#2\fi}"
_STALE: Final = r"\providecommand{\dlnstale}{}% dlnproof.sty says here what was edited since"
_THIS: Final = r"\providecommand{\dlnthis}{Appendix~\ref{dln:paper}}"
_OWN: Final = "claims/own-"
"""What files of the author's own claims begin with: no claim of the catalogue has a hyphen."""
_SHOWN: Final = 12
"""Digits of the commit in the text of a paper, where TeX breaks no such word."""
_RECORD: Final = "anc/claims/"
"""The folder of their record: it is verified by itself."""

_README: Final = """\
What dlnproof {version} (commit {commit}) found of the marked formulas of a paper.

    formulas.latex         each formula as it was read, with its mark and the verdict it had
    findings.json          all that was found; SHA-256 {digest}
{failing}\
    SHA256SUMS             checksums of the files here: sha256sum -c SHA256SUMS

With dlnproof installed, and without the paper,

    dlnproof paper --fresh formulas.latex

judges the formulas again{replay}.
"""
_FAILING: Final = """\
    counterexample-*.json  where a formula fails, by its number among those marked
"""
_REPLAY: Final = """\
, and

    dlnproof replay {file}

computes both sides at a counterexample again, from the formula and the exact point in the file"""
_APPENDIX: Final = r"""% appendix.tex: formulas of the paper {name}, judged by dlnproof paper.
% In the paper: \appendix \newcommand{{\dlnpath}}{{FOLDER/}} \input{{\dlnpath appendix}}, with the
% folder of this file. Its sections are one level lower than \dlntop, which may be defined before.
% Packages: amsmath, amssymb, amsthm, mathtools, booktabs, longtable; hyperref is not needed.
% Sources: \bibliography{{FOLDER/references}}, beside your own; a thebibliography takes in the
% entries of main.bbl.
% In two columns the appendix stands in one, on pages of its own; afterwards there are two again.
\providecommand{{\dlnpath}}{{}}
\providecommand{{\dlntop}}[1]{{\section{{#1}}}}
\providecommand{{\dlnsection}}[1]{{\subsection{{#1}}}}
{macros}
\csname if@twocolumn\endcsname\onecolumn\def\dlnafter{{\twocolumn}}\else\def\dlnafter{{}}\fi
\begingroup{loose}
\dlntop{{Formulas checked by computer}}\label{{dln:paper}}
\dlnstale
{body}
\par\endgroup\dlnafter
"""


def paper_files(
    found: Paper, main: Path, folder: Path, *, short: bool = False, own: Record | None = None
) -> dict[str, bytes]:
    """Return the tree of a paper's appendix, for a folder: relative paths and contents.

    The derivations are those of the claims that its verdicts rest on, and of what these use; the
    ``short`` one names them. ``own`` is the record of the author's own claims. Raises
    :class:`InputError` where the paper is no longer what was read.
    """
    found = _from_home(found, main.parent)
    example = {k: f"anc/counterexample-{k}.json" for k, _ in _with_examples(found)}
    proofs = _proofs(found, own)
    printed = {} if short else proofs
    fragments = {f"claims/{CLAIMS[k].slug}": fragment(CLAIMS[k], x) for k, x in printed.items()}
    findings = paper_json(found)
    digest = hashlib.sha256(findings.encode("ascii")).hexdigest()
    claims, told = ({}, "") if own is None else _own(own, proofs)
    body = _body(found, main.name, (proofs, list(fragments)), example, told)
    pasted = latex.blocks([content.summary(found, digest)])
    stated = [claims[name].decode("ascii") for name in claims if name.startswith(_OWN)]
    keys = cited([body, pasted, *fragments.values(), *stated])
    texts = {
        "appendix.tex": _APPENDIX.format(
            name=escaped(ascii(main.name)[1:-1]),
            macros=f"{MACROS}\n{_EQ}\n{_STALE}",
            loose=latex.LOOSE,
            body=body,
        ),
        "paragraph.tex": f"{_THIS}\n{_EQ}\n{_STALE}\n\\dlnstale\n{pasted}\n",
        MAIN: MAIN_TEX.format(
            main=MAIN,
            size="11pt",
            margin="1in",
            tight="",
            verb="paper",
            version=escaped(__version__),
            sources=SOURCES if keys else "",
        ),
        **{f"{name}.tex": text for name, text in fragments.items()},
        **listed_sources(keys),
        "dlnproof.sty": (files("dlnproof.documents") / "dlnproof.sty").read_text("ascii"),
        "verdicts.tex": _verdicts(found, main.parent, folder, digest),
        "anc/README": _readme(digest, list(example.values())),
        FINDINGS: findings,
        FORMULAS: formulas_again(found, main.name),
        **{example[k]: dumps(each.judgement.counterexample) for k, each in _with_examples(found)},  # type: ignore[union-attr]
    }
    made = {name: text.encode("ascii") for name, text in texts.items()} | claims
    beside = {n.removeprefix("anc/"): made[n] for n in made if n.startswith("anc/")}
    return made | {SUMS: output_tree.checksums(beside)}


def _readme(digest: str, examples: Sequence[str]) -> str:
    """Return what the files in anc/ are, and how what they hold is computed again."""
    failing = _FAILING if examples else ""
    replay = _REPLAY.format(file=Path(examples[0]).name) if examples else ""
    return _README.format(
        version=__version__, commit=commit(), digest=digest, failing=failing, replay=replay
    )


def _own(record: Record, proofs: Mapping[str, Account]) -> tuple[dict[str, bytes], str]:
    """Return the files of the author's own claims, and what is said of these.

    The files are a fragment each, the record, and what it takes to verify that.
    """
    with well_formed():
        found = entries(record)
        status = {name: _standing(x, proofs) for name, x in statuses(found).items()}
        texts = {f"{_OWN}{e.claim.slug}": claim.fragment(e, status[e.claim.id]) for e in found}
    names = [e.claim.id for e in found]
    with_files = " ".join(f"--with {name}" for name in record.run.files)
    opening: Text = (
        "The author states these in ",
        *listed((code(name),) for name in record.run.files),
        "; they were checked by ",
        code(record.command),
        ". In the folder ",
        code(_RECORD),
        " ",
        code(f"dlnproof verify record.json {with_files}"),
        " makes the run again and compares it.",
    )
    inputs = (rf"\input{{\dlnpath {name}}}" for name in texts)
    said_ = "\n".join((latex.blocks([paragraph(*opening), table(found, status)]), "", *inputs))
    made = {f"{name}.tex": text for name, text in texts.items()}
    made |= {f"{_RECORD}record.json": record.dumps(), f"{_RECORD}{CHECKER}": checker(names)}
    carried = {f"{_RECORD}{name}": content for name, content in contents(names).items()}
    return {name: text.encode("ascii") for name, text in made.items()} | carried, said_


def _standing(status: Status, proofs: Mapping[str, Account]) -> Status:
    """Return the status of a claim where what it rests on is derived here, if not in its record."""
    rest = [proofs[name].verdict for name in status.absent if name in proofs]
    if status.doubtful or len(rest) < len(status.absent) or not all(v.holds for v in rest):
        return status
    if status.support is not Support.RESTS:
        return status
    proved = all(verdict is Verdict.PROVED for verdict in (status.verdict, *rest))
    return Status(status.verdict, Support.PROVED if proved else Support.DERIVED)


def _from_home(found: Paper, home: Path) -> Paper:
    """Return a paper whose formulas stand in files as seen from its folder, wherever that is."""
    names = {x.file: Path(x.file).relative_to(home).as_posix() for x in found.formulas}
    return replace(found, formulas=tuple(replace(x, file=names[x.file]) for x in found.formulas))


def _with_examples(found: Paper) -> list[tuple[int, Judged]]:
    """Return the formulas that have a counterexample, counted from one among those marked."""
    numbered = enumerate(found.marked, 1)
    return [(k, x) for k, x in numbered if x.judgement and x.judgement.counterexample]


def _proofs(found: Paper, own: Record | None) -> dict[str, Account]:
    """Return the derivations that verdicts and own claims rest on, in the catalogue's order."""
    wanted: set[str] = set()
    stack = [name for x in found.marked if x.judgement for name in x.judgement.rests_on]
    for each in () if own is None else own.claims:
        stack += [x for x in (each.derivation and each.derivation.uses) or () if x in CLAIMS]
    made: dict[str, Account] = {}
    while stack:
        if (name := stack.pop()) not in wanted:
            wanted.add(name)
            made[name] = derive_claim(CLAIMS[name])
            stack += made[name].claims_used
    return {name: made[name] for name in CLAIMS if name in wanted}


def _body(
    found: Paper,
    main: str,
    derived: tuple[Mapping[str, Account], Sequence[str]],
    example: Mapping[int, str],
    own: str,
) -> str:
    proofs, fragments = derived
    sections: dict[str, tuple[str, Sequence[Block] | str]] = {
        "What was checked": ("paper:outcome", _opening(found)),
        "Notation": ("paper:notation", _notation(found)),
        "The formulas": (
            "paper:formulas",
            [content.formula(found, x, example.get(k, "")) for k, x in enumerate(found.marked, 1)],
        ),
        "Further statements": ("paper:claims", own),
        "Derivations": ("paper:derivations", _derivations(proofs, fragments)),
        "What is assumed": ("paper:assumed", _assumed(proofs)),
        "What a verdict does not show": ("paper:limits", [content.not_shown()]),
        "How to judge the formulas again": (
            "paper:again",
            content.again(main, FORMULAS, example.values()),
        ),
    }
    return joined(sections)


def _derivations(proofs: Mapping[str, Account], fragments: Sequence[str]) -> str:
    """Return the derivations, or which they are and how they are had."""
    if not proofs:
        return ""
    if not fragments:
        titles = listed((see(name),) for name in proofs)
        made = code(f"dlnproof derive {' '.join(proofs)} -o derivations")
        text = ("The verdicts rest on the derivations of ", *titles, "; they are written by ", made)
        return latex.blocks([paragraph(*text, ".")])
    inputs = (rf"\input{{\dlnpath {name}}}" for name in fragments)
    return "\n".join((latex.blocks(reliance.conventions()), "", *inputs))


def _opening(found: Paper) -> str:
    quoted = r"\begin{quote}\input{\dlnpath paragraph}\end{quote}"
    pasted = (
        "This paragraph may be pasted into the paper; it is also in the file ",
        code("paragraph.tex"),
        ".",
    )
    return "\n\n".join((quoted, latex.blocks([paragraph(*pasted), content.table(found)])))


def _notation(found: Paper) -> list[Block]:
    return [*content.notation(found), *content.definitions(found)]


def _assumed(proofs: Mapping[str, Account]) -> list[Block]:
    users: dict[str, list[Text]] = {}
    for name, proof in proofs.items():
        for theorem in proof.named:
            users.setdefault(theorem.name, []).append((see(name),))
    return reliance.cited(users, proofs.values()) if proofs else []


def _verdicts(found: Paper, home: Path, folder: Path, digest: str) -> str:
    """Return what dlnproof.sty reads: the sums of the paper's files, verdicts by label, values.

    What lies in our own folder is no file of the author's. A label has the worst verdict of the
    formulas of its equation. MD5 is what TeX itself can compute; it guards against edits, and not
    against somebody who forges.
    """
    lines = ["% verdicts.tex: written by dlnproof paper, read by dlnproof.sty"]
    ours = folder.resolve()
    for name, read in found.files.items():
        path = Path(name)
        if path.resolve().is_relative_to(ours):
            continue
        there = path.read_bytes()
        if stamp(path) != read:
            raise InputError(f"{name}: has changed since it was read; run the command again")
        sum_ = hashlib.md5(there, usedforsecurity=False).hexdigest().upper()
        shown = path.relative_to(home).as_posix()
        if not _FILE.fullmatch(shown):  # what TeX could not open: a verdict is never shown
            shown, sum_ = "a file with a name that TeX does not read", ""
        lines.append(rf"\dlnfile{{{shown}}}{{{sum_}}}")
    for name in found.absent:  # one that comes to be has another sum than none
        shown = Path(os.path.relpath(name, home)).as_posix()
        if _FILE.fullmatch(shown) and not Path(name).resolve().is_relative_to(ours):
            lines.append(rf"\dlnfile{{{shown}}}{{}}")
    by_label: dict[str, list[Judged]] = {}
    for each in found.marked:
        if each.label and content.LABEL.fullmatch(each.label):
            by_label.setdefault(each.label, []).append(each)
    order = list(content.MEANINGS)
    for label, judged in by_label.items():
        worst = max((each.verdict for each in judged), key=order.index)
        known = judged if worst in DECIDED else []
        scopes = {content.limits(found, each): each.case for each in known}
        scopes.pop("", None)
        alone = len(scopes) == 1 and not any(scopes.values())  # one of several cases is no limit
        where = " for " if alone else " under conditions" if scopes else ""
        text: Text = (word(worst), where, *(said(*scopes) if alone else ()))
        lines.append(rf"\dlnfound{{{label}}}{{{latex.text(text)}}}")
    values = {"version": __version__, "commit": commit()[:_SHOWN], "digest": digest[:16]}
    values |= {"marked": str(len(found.marked))}
    values |= {word(v): str(sum(x.verdict == v for x in found.marked)) for v in order}
    lines += [rf"\dlnset{{{key}}}{{{escaped(value)}}}" for key, value in values.items()]
    return "\n".join(lines) + "\n"


def formulas_again(found: Paper, main: str) -> str:
    """Return the formulas as a LaTeX source that ``dlnproof paper`` judges without the paper."""
    text = f"% Formulas of {ascii(main)[1:-1]} as dlnproof read them; dlnproof paper judges them\n"
    for each in found.marked:
        if each.judgement is None:
            continue
        result = each.judgement
        where = f"{each.file}:{each.line}: {each.verdict} ({result.scope})"
        mark = f"{result.target} where {result.where}" if result.where else result.target
        side = r"x \propto " * each.proportional + result.understood.latex
        text += f"\n% {ascii(where)[1:-1]}\n% dlnproof: {mark}\n\\[ {side} \\]\n"
    return text
