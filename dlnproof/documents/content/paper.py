"""What is said of an author's paper: its marked formulas, what became of each, how to judge again.

Nothing is said of the paper but this: which formulas are marked, and which verdict each has.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from dlnproof.core.verdict import Verdict
from dlnproof.depth import INFINITE
from dlnproof.documents.content.counterexamples import in_math
from dlnproof.documents.content.evidence import called
from dlnproof.documents.content.statement import displayed
from dlnproof.documents.formulas import escaped, math, said, see
from dlnproof.documents.model import (
    Block,
    Items,
    Paragraph,
    Prose,
    Section,
    Table,
    Text,
    code,
    joined,
    listed,
    paragraph,
    strong,
)
from dlnproof.documents.verdicts import place
from dlnproof.errors import InputError
from dlnproof.judge.hypotheses import Hypotheses, hypotheses, in_dollars, shared
from dlnproof.judge.pairs import Pairs
from dlnproof.judge.pairs import listed as in_a_row
from dlnproof.judge.proportions import CONSTANT
from dlnproof.judge.targets import TARGETS
from dlnproof.language.authors import OURS
from dlnproof.language.reading import read as understood
from dlnproof.language.tokens import joined as latex_of
from dlnproof.language.tokens import tokens
from dlnproof.language.typeset import latex_text
from dlnproof.notation.reading import LatexError, read
from dlnproof.notation.texts import formulas, ranges
from dlnproof.papers.judged import UNREAD, Judged, Paper
from dlnproof.papers.macros import expanded
from dlnproof.version import __version__, commit

LABEL: Final = re.compile(r"[\w:.+/*@ -]{1,80}", re.ASCII)
"""Labels that are shown by number; others are shown word for word."""
_SHORT: Final = 40
"""Characters of a number that is shown whole."""
_ALL: Final = " for every depth and width"
_EVERYWHERE: Final = "all N, all d"
_PAIR: Final = ("i", "l")
"""Free indices that what was assumed may name."""
MEANINGS: Final = {
    Verdict.PROVED: f"proved to be equal to the definition{_ALL}",
    Verdict.DERIVED: f"derived from premises in words that are listed,{_ALL}",
    Verdict.EXACT: "exactly equal to the definition at every point tried, and not decided beyond",
    Verdict.ENCLOSED: "equal to the definition in ball arithmetic at every point tried, and not "
    "decided beyond",
    Verdict.VACUOUS: "without a value where it was to be compared",
    Verdict.UNDECIDED: "neither confirmed nor refuted",
    UNREAD: "not known, since it could not be read",
    Verdict.TIMEOUT: "not judged in the time allowed",
    Verdict.ERROR: "not judged, because the software failed",
    Verdict.REFUTED: "refuted by a counterexample",
}
"""What a formula is, the best first; every verdict of a judgement has its words."""


def name(found: Paper, each: Judged) -> Text:
    """Return what names a formula: the number of its equation, or else where it stands."""
    if not each.label:
        return (f"the formula in line {each.line:d} of ", code(_ascii(each.file)))
    return (Prose(f"Equation~{_number(found, each)}"),)


def _number(found: Paper, each: Judged) -> str:
    """Return the number of a formula's equation, or its label, as LaTeX."""
    number = found.numbers.get(each.label)
    shown = f"({escaped(number)})" if number else rf"\texttt{{{escaped(_ascii(each.label))}}}"
    return rf"\dlneq{{{each.label}}}{{{shown}}}" if LABEL.fullmatch(each.label) else shown


def _names(found: Paper, formulas: Sequence[Judged]) -> Text:
    """Return what names several formulas: an equation once, and equations before others."""
    numbers = list(dict.fromkeys(_number(found, each) for each in formulas if each.label))
    opening = "Equations~" if len(numbers) > 1 else "Equation~"
    texts: list[Text] = [(Prose(opening * (not k) + x),) for k, x in enumerate(numbers)]
    return listed([*texts, *dict.fromkeys(name(found, x) for x in formulas if not x.label)])


def _ascii(text: str) -> str:
    """Return a text of the author's as documents of ours can hold it."""
    return text.encode("ascii", "backslashreplace").decode("ascii")


def summary(found: Paper, digest: str) -> Paragraph:
    r"""Return the paragraph for the paper itself; ``\dlnthis`` names where the details are."""
    marked = found.marked
    are = "formulas of this paper were" if len(marked) > 1 else "formula of this paper was"
    text: Text = (
        f"{len(marked):d} {are} compared, by dlnproof {__version__} (commit {commit()}), with the "
        f"definition of the quantity that {'each' if len(marked) > 1 else 'it'} states. ",
    )
    failing = [each for each in marked if each.judgement is None or not each.judgement.holds]
    if failing:
        verb = "is" if len(failing) == 1 else "are"
        text += (strong(f"{len(failing):d} of {len(marked):d} {verb} not confirmed."), " ")
    sentences = (each for v in _verdicts(marked) for each in _those(found, v))
    text += (*joined(sentences, " "), " ")
    return Paragraph(
        (
            *text,
            "Nothing was examined but these formulas. Counterexamples, what is assumed, and how to "
            "judge them again are in ",
            Prose(r"\dlnthis{}"),
            " (findings with SHA-256 digest ",
            code(digest),
            ").",
        )
    )


def _verdicts(formulas: Sequence[Judged]) -> list[str]:
    seen = {each.verdict for each in formulas}
    return [verdict for verdict in MEANINGS if verdict in seen]


def limits(found: Paper, each: Judged) -> str:
    """Return for what a formula is decided, if that is less than all depths and widths.

    Cases of one case distinction that leave out nothing are decided for all that they share. The
    formulas stand in dollars, in the author's letters.
    """
    result = each.judgement
    if result is None or not result.decided:
        return ""
    scope, named, constant = result.scope.partition(CONSTANT)
    if each.case and (common := _shared(found, each.case)) is not None:
        scope = common.scope(finite=re.search(r"\bN\b", scope) is not None)
    return "" if scope + named == _EVERYWHERE else _theirs(each, scope) + named + constant


def _shared(found: Paper, case: str) -> Hypotheses | None:
    """Return what the cases of a case distinction share, if all are decided and none is missing."""
    cases = [each.judgement for each in found.marked if each.case == case]
    known = [hypotheses(x.where, _PAIR) for x in cases if x is not None and x.decided and x.where]
    return shared(known) if len(known) == len(cases) else None


def _theirs(each: Judged, scope: str) -> str:
    """Return for what a formula holds in the author's letters, where we can set them."""
    text = "$".join(
        _printed(each, each.own.back(piece)) if k % 2 else piece
        for k, piece in enumerate(in_dollars(scope).split("$"))
    )
    return in_dollars(scope) if any(isinstance(x, str) for x in formulas(text)[1::2]) else text


def _printed(each: Judged, latex: str) -> str:
    """Return LaTeX with what the paper's macros print: documents of ours do not have these."""
    return latex_of(expanded(list(tokens(latex)), each.prints)) if each.prints else latex


def _those(found: Paper, verdict: str) -> Iterator[Text]:
    """Yield sentences on the formulas of one verdict, by name: one for each scope."""
    seen = [each for each in found.marked if each.verdict == verdict]
    scopes = [limits(found, each) for each in seen]
    for scope in dict.fromkeys(scopes):
        those = [each for each, own in zip(seen, scopes, strict=True) if own == scope]
        named = _names(found, those)
        meaning: Text = (MEANINGS[verdict],)
        if scope:
            meaning = (MEANINGS[verdict].partition(_ALL)[0], " for ", *said(scope))
        if len(those) > 1:
            yield (f"{len(those):d} are ", *meaning, " (", *named, ").")
            continue
        first, *rest = named
        opening = f"{first[:1].upper()}{first[1:]}" if isinstance(first, str) else first
        yield (opening, *rest, " is ", *meaning, ".")


def notation(found: Paper) -> list[Block]:
    """Return what the paper's letters stand for, where it says so."""
    seen = {tuple(each.letters.items()): each for each in found.marked if each.letters}
    if not seen:
        return [
            paragraph(
                "The formulas are in the letters that are explained below; the paper names no "
                "others."
            )
        ]
    lines = [
        joined((_convention(each, said) for said in letters), ", ")
        for letters, each in seen.items()
    ]
    return [
        paragraph(
            "The paper writes ",
            *joined(lines, "; elsewhere "),
            ". Formulas, verdicts and points below are in its letters, definitions in those that "
            "are explained next.",
        )
    ]


def _convention(each: Judged, said: tuple[str, str]) -> Text:
    """Return what a letter stands for, or what the paper means otherwise than we do."""
    theirs, ours = said
    if theirs == "normalization":
        return ("the operator as the ", ours, " of its terms")
    if theirs == "van":
        return (math(r"\operatorname{van}(x)"), " for ", math(r"\prod_{i<j}(x_j-x_i)"))
    argument, named = _ARGUMENTS[ours] if theirs in each.own.braced else ("", OURS[ours])
    shown = _printed(each, f"{theirs}{argument}")
    if theirs in each.prints and shown == named:  # what it prints is not known without the paper
        return (code(_ascii(theirs)), " for ", math(named), ", which is written here")
    return (_letter(shown), " for ", math(named))


_ARGUMENTS: Final = {
    "sigma": ("{i}", r"\sigma_{i}"),
    "van": ("{x}", r"\operatorname{van}(x)"),
}
"""What a macro with an argument is shown by: itself, and in our letters."""


def _letter(text: str) -> Prose:
    try:
        read(text)
    except LatexError:
        return Prose(rf"\texttt{{{escaped(_ascii(text))}}}")
    return math(text)


def definitions(found: Paper) -> list[Block]:
    """Return what the formulas are formulas of: each quantity's symbol and definition."""
    names = dict.fromkeys(each.target for each in found.marked if each.target in TARGETS)
    quantities = [each for name in names if (each := TARGETS[name].quantity) is not None]
    items = [said(f"{each.symbol}: {each.definition}") for each in quantities]
    conventions = dict.fromkeys(c for each in quantities for c in each.conventions)
    where: list[Text] = [said(each) for each in conventions]
    if not names:
        return []
    return [
        paragraph("A formula is compared with one of these, each given by its definition alone:"),
        Items([(*item, ".") for item in items], list(names)),
        paragraph("Here ", *joined(where, "; "), "."),
    ]


def table(found: Paper) -> Table:
    """Return the formulas with their verdicts, in their order."""
    rows: list[tuple[Text, ...]] = [
        (
            name(found, each) if each.label else ("unnumbered",),
            (code(each.target),),
            (called(Verdict(each.verdict)) if each.judgement else strong(UNREAD),),
            _for(each),
            (code(f"{_ascii(each.file)}:{each.line:d}"),),
        )
        for each in found.marked
    ]
    return Table(("Formula", "Of", "Verdict", "For", "Where"), "lllpp", rows)


def _for(each: Judged) -> Text:
    """Return where a formula holds, or fails."""
    result = each.judgement
    if result is None:
        return ()
    if (data := result.counterexample) is not None:
        depth = r"\infty" if data["N"] == "inf" else data["N"]
        return said(_theirs(each, f"at $N={depth}$, $d={data['d']}$"))
    if result.pairs and not result.decided:
        return joined((_pairs(each, pairs) for pairs in result.pairs), "; ")
    before, named, rest = result.scope.partition(CONSTANT)
    if not named:
        return said(_theirs(each, result.scope))
    constant, times, after = rest.rpartition(" times ")
    return (*said(_theirs(each, before)), named, _value(constant), times + after)


def _pairs(each: Judged, found: Pairs) -> Text:
    """Return depths and widths as people list them."""
    depths, widths = (ranges(in_a_row(values)) for values in (found.depths, found.widths))
    return said(_theirs(each, f"$N={depths}$ and $d={widths}$"))


def formula(found: Paper, each: Judged, file: str) -> Section:
    """Return a formula as it was read, with what became of it; ``file`` holds a counterexample."""
    first, *rest = name(found, each)
    title = (f"{first[:1].upper()}{first[1:]}" if isinstance(first, str) else first, *rest)
    title += (f", {each.target}",)
    result = each.judgement
    if result is None:
        return Section(
            title, [paragraph(strong("Not read:"), " ", *said(_ascii(each.unread)), ".")]
        )
    between = " " if result.verdict is Verdict.REFUTED else " for " if result.holds else ": "
    text: Text = (called(result.verdict), between)
    text += _for(each)
    if result.rests_on:
        text += (", by the derivation of ", *listed((see(claim),) for claim in result.rests_on))
    blocks: list[Block] = [Paragraph((*text, ":")), displayed(in_letters(each))]
    if result.notes and not result.decided:
        notes = (said(_sentence(_printed(each, note))) for note in result.notes)
        blocks.append(Paragraph(joined(notes, " ")))
    if result.counterexample is not None:
        blocks.append(_counterexample(each, file))
    if result.diagnosis_latex is not None:
        slip = said(_ascii(_printed(each, result.diagnosis_latex)))
        blocks.append(paragraph("The slip: ", *slip, "."))
    if result.correction is not None:
        fixed = result.correction
        verdict: Text = (called(fixed.verdict), " for ", *said(_theirs(each, fixed.scope)), ":")
        blocks += [
            paragraph("Corrected, and ", *verdict),
            displayed(in_letters(each, corrected=True)),
        ]
    return Section(title, blocks)


def _sentence(note: str) -> str:
    """Return a note as a sentence; a letter of mathematics stays one."""
    first = note[:1] if note[1:3] == " =" else note[:1].upper()
    return f"{first}{note[1:]}."


def in_letters(each: Judged, *, corrected: bool = False) -> str:
    """Return a formula, or its correction, in the author's letters where LaTeX knows them."""
    assert each.judgement is not None
    ours = each.judgement.understood.latex
    theirs = each.printed
    if corrected and each.judgement.correction is not None:
        ours, theirs = each.judgement.correction.formula.latex, each.correction
    ours, theirs = _printed(each, ours), _printed(each, theirs)
    try:
        read(theirs or ours)
    except LatexError:
        return ours
    return theirs or ours


def _counterexample(each: Judged, file: str) -> Paragraph:
    assert each.judgement is not None
    assert each.judgement.counterexample is not None
    data = each.judgement.counterexample
    depth = INFINITE if data["N"] == "inf" else data["N"]
    where = place(depth, data["d"], data["point"]["t"])
    ratio: Text = (" (ratio ", _value(each.judgement.ratio), ")") if each.judgement.ratio else ()
    where += "".join(f", ${k}={v}$" for k, v in data.get("indices", {}).items())
    at = said(_theirs(each, where))
    return paragraph(
        "Counterexample: ",
        *at,
        ": the definition gives ",
        _value(data["left"]),
        ", the formula ",
        _value(data["right"]),
        *ratio,
        ". To compute it again: ",
        code(f"dlnproof replay {file}"),
        ".",
    )


def _value(text: str) -> Prose:
    """Return a number, exact as roots and powers of pi or rational, as mathematics."""
    try:
        return math(latex_text(understood(text)) if len(text) <= _SHORT else in_math(text))
    except InputError:
        return math(in_math(text))


def not_shown() -> Items:
    """Return what a verdict on a formula does not show."""
    return Items(
        [
            (
                "That the left side of an equation means the quantity that its mark names is for "
                "the reader to judge, and so are the definitions above.",
            ),
            (
                "A formula is compared where both sides are defined: at invertible matrices, and "
                "where its denominators do not vanish.",
            ),
            (
                "Of formulas that are not marked, of the text between them and of the proofs of "
                "the paper nothing is known.",
            ),
            ("Equality at points, exact or in ball arithmetic, proves nothing beyond them.",),
        ]
    )


def again(main: str, formulas: str, examples: Iterable[str]) -> list[Block]:
    """Return how the formulas are judged again, from the paper or without it."""
    items: list[Text] = [
        (code(f"dlnproof paper {_ascii(main)}"), " judges the formulas where they stand."),
        (
            code(f"dlnproof paper --fresh {formulas}"),
            " judges them without the paper: the file has each as it was read, with its mark and "
            "the verdict that it had.",
        ),
    ]
    files: list[Text] = [(code(file),) for file in examples]
    if files:
        which = "the counterexample" if len(files) == 1 else "a counterexample"
        items.append(
            (code("dlnproof replay FILE"), f" computes {which} again: ", *listed(files), ".")
        )
    return [Items(items)]
