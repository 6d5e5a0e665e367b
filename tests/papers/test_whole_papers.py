"""Invented papers in three notations: no wrong formula is proved, hardly a right one is refused.

Each formula stands in an environment, among macros, in the letters of its paper, as an author of
such a paper would write it, and is found at its line.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

import pytest
from formulas_of_targets import FORMS, RIGHT, WRITTEN, WRONG

from dlnproof.judge.targets import TARGETS
from dlnproof.language.reading import read
from dlnproof.language.tokens import Token, joined, tokens
from dlnproof.language.typeset import latex_text
from dlnproof.papers.judged import paper

Formulas = list[tuple[str, str]]
IN_LATEX = [(t, right, wrong) for t, right, wrong in WRITTEN if "\\" in right and "=" not in right]
ALL_RIGHT: Formulas = [
    *((t, x) for t, texts in RIGHT.items() for x in texts),
    *FORMS,
    *((target, right) for target, right, _ in IN_LATEX),
]
ALL_WRONG: Formulas = [
    *((target, text) for target, text, *_ in WRONG),
    *((target, f"2*({texts[0]})") for target, texts in RIGHT.items()),
    *((target, wrong) for target, _, wrong in IN_LATEX),
]


@dataclass(frozen=True)
class Style:
    """How a paper is written: its class, its macros, its letters, and where its formulas stand."""

    document: str
    preamble: str
    letters: Mapping[str, str]
    places: tuple[str, ...]

    def written(self, text: str) -> str:
        """Return a formula in the letters of the paper."""
        latex = text if "\\" in text else latex_text(read(text))
        for opening in (r"\begin{equation}", r"\end{equation}"):
            latex = latex.replace(opening, "")
        latex = re.sub(
            r"\\(?:operatorname|mathrm|mathop)\s*\{(?:\\mathrm\{)?van\}?\}", r"\\van ", latex
        )
        return joined(_in(self.letters, latex))


def _in(letters: Mapping[str, str], latex: str) -> Iterator[Token]:
    for token in tokens(latex):
        yield from tokens(letters.get(token.text, token.text))


STYLES = {
    "amsart": Style(
        "amsart",
        r"\DeclareMathOperator{\van}{van}",
        {},
        (
            "\\begin{equation}\\label{eq:NUMBER}\n  NAME = FORMULA, % dlnproof: TARGET\n"
            "\\end{equation}",
            "% dlnproof: TARGET\n\\[ NAME := FORMULA. \\]",
        ),
    ),
    "two columns": Style(
        "article}[twocolumn",
        r"\newcommand{\van}{\operatorname{van}}\newcommand{\sv}[1]{s_{#1}}\newcommand\half{\tfrac12}"
        "\n% dlnproof: let L = N, n = d, s = sigma",
        {"N": "L", "d": "n", r"\sigma": "s"},
        (
            "\\begin{align}\n  A &= B \\\\\n  NAME &= FORMULA \\label{eq:NUMBER} \\\\"
            " % dlnproof: TARGET\n  C &= D\n\\end{align}",
            "% dlnproof: TARGET\n\\begin{multline}\n  NAME = FORMULA\n\\end{multline}",
        ),
    ),
    "macros": Style(
        "article",
        r"\def\van{\operatorname{van}}\let\S\Sigma\newcommand{\depth}{H}\newcommand{\is}{\coloneqq}"
        "\n% dlnproof: let H = N, \\Lambda = Sigma",
        {"N": r"\depth ", r"\Sigma": r"\Lambda "},
        (
            "We find % a remark\n% dlnproof: TARGET\n$NAME \\is FORMULA$, as claimed.",
            "\\begin{gather*}\n  NAME = FORMULA \\qquad i \\ne l % dlnproof: TARGET\n"
            "\\end{gather*}",
        ),
    ),
}


def composed(style: Style, formulas: Formulas) -> tuple[str, list[int]]:
    """Return a paper, and the line of each formula in it."""
    text = f"\\documentclass{{{style.document}}}\n{style.preamble}\n\\begin{{document}}\n"
    lines = []
    standing = zip(formulas, cycle(style.places), strict=False)
    for number, ((target, formula), place) in enumerate(standing):
        made = place.replace("TARGET", target).replace("NUMBER", str(number))
        before, after = made.replace("NAME", r"X_{0}").split("FORMULA")
        text += (
            f"Paragraph {number}, which cites \\cite{{a{number}}}: $x^2$ and 50\\% of it.\n{before}"
        )
        lines.append(text.count("\n") + 1)
        text += f"{style.written(formula)}{after}\n\n"
    return text + "\\end{document}\n", lines


@pytest.mark.long
@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
@pytest.mark.parametrize("formulas", [ALL_RIGHT, ALL_WRONG], ids=["right", "wrong"])
def test_formulas_of_a_paper(
    style: Style,
    formulas: Formulas,
    tmp_path: Path,
    record_property: Callable[[str, object], None],
) -> None:
    text, lines = composed(style, formulas)
    (tmp_path / "main.tex").write_text(text)
    found = paper(tmp_path / "main.tex").formulas
    assert [each.line for each in found] == lines
    assert [each.target for each in found] == [target for target, _ in formulas]
    right = formulas is ALL_RIGHT
    seen = Counter(each.verdict for each in found)
    record_property(
        "formulas of papers", {f"{'right' if right else 'wrong'}: {v}": n for v, n in seen.items()}
    )
    if right:
        assert not seen["refuted"]
        assert seen["proved"] >= 0.9 * len(found), [f for f in found if f.verdict != "proved"]
    else:
        assert seen["refuted"] >= 0.9 * len(found), [f for f in found if f.verdict != "refuted"]
        assert not seen["proved"] + seen["derived"]


EIGENVALUE = r"\frac1N\sum_{j=1}^N(\sigma_i^2)^{\frac{N-j}N}(\sigma_l^2)^{\frac{j-1}N}"
VOLUME = r"N^{\frac{d(d-1)}2}\det(\Sigma^2)^{\frac{1-N}{2N}}{\rm van}(\Sigma^{2/N})"
DENSITY = r"\prod_{i,l=1}^d \frac1{\lambda_{il}}"
AS_PRINTED = [
    ("volume-form", rf"\sqrt{{\det g^N}}dW={VOLUME}d\Sigma\,dU\,dV", "proved"),
    ("metric-determinant", rf"\det g^N = {DENSITY}", "proved"),
    ("metric-determinant", r"\det g^N = \prod_{i,l=1}^d \frac1{\lambda_{il}^N}", "unread"),
    ("metric-determinant", r"\det g^N = \prod_{i,l=1}^d \frac1{\lambda_{il}^{(N)}}", "unread"),
    ("metric-determinant", r"\det g^N = \prod_{i,l=1}^d \frac1{\lambda^N_{il}}", "unread"),
    ("metric-determinant", r"\det g^N = \prod_{i,l} \frac1{(\lambda_{il})^N}", "refuted"),
    (
        "volume-form",
        rf"d\mathrm{{vol}}_{{g^N}} = \left({DENSITY}\right)^{{1/2}}\!\mathrm{{van}}(\Sigma^2)"
        r"\,d\Sigma\,dU\,dV",
        "proved",
    ),
    (
        "orbit-volume",
        r"\operatorname{vol}(O_W) = c_d^{N-1} "
        r"\frac{\operatorname{van}(\Sigma^2)}{\operatorname{van}(\Sigma^{2/N})}",
        "refuted",
    ),
    ("orbit-volume", r"{\rm vol}(O_W) = c_d^{N-1}\prod_{i<l}(N\lambda_{il})^{1/2}", "proved"),
    ("orbit-volume where N = 2", r"X = c_d\prod_{i<l}\sqrt{\sigma_i+\sigma_l}", "proved"),
    ("orbit-volume where N = 2", r"X = c_d\prod_{i<l}(\sigma_i+\sigma_l)", "refuted"),
    ("eigenvalue", rf"\lambda_{{il}}^N = {EIGENVALUE}", "proved"),
    ("eigenvalue", rf"\lambda_{{il}}^N = {EIGENVALUE.replace('j=1', 'i=1')}", "unread"),
    ("eigenvalue where N = 2", r"\lambda_{il} = (\sigma_i+\sigma_l)/2", "proved"),
    (
        "eigenvalue",
        r"\lambda_{il} = \frac{(\sigma_i\sigma_l)^{1-1/N}}N"
        r"\frac{\sinh(\log\frac{\sigma_i}{\sigma_l})}"
        r"{\sinh(\frac1N\log\frac{\sigma_i}{\sigma_l})}",
        "proved",
    ),
    ("submersion-eigenvalue where i = l", r"\Lambda_{ii} = N\sigma_i^{2-2/N}", "proved"),
    ("submersion-eigenvalue where i = l", r"\Lambda_{ii} = \sigma_i^{2-2/N}", "refuted"),
    ("metric-entry where i = l", r"g_{ii} = \sigma_i^{2/N-2}", "proved"),
    ("svd-jacobian", r"dW={\rm van}(\Sigma^2)\,d\Sigma\wedge dU\wedge dV", "proved"),
    (r"= {\rm van}(\Sigma^2)", r"x = \prod_{1\le i<j\le d} (\sigma_i^2-\sigma_j^2)", "proved"),
    (r"= {\rm van}(\Sigma)", r"x = \prod_{1\le i<j\le d} (\sigma_j-\sigma_i)", "refuted"),
    (
        r"= \det(\Sigma^2)^{\frac{1-N}{2N}}",
        r"x = \prod_{i=1}^d\sigma_i^{\frac1N-1}",
        "proved",
    ),
    (
        "entropy",
        r"S(W) = (N-1)\log c_d+\frac12\sum_{i<l}\log(N\lambda_{il})",
        "proved",
    ),
    ("entropy", r"S(W) = (N-1)\log c_d+\frac12\sum_{i<l}\log\lambda_{il}", "refuted"),
    (
        "infinite-eigenvalue",
        r"\lambda^\infty_{il} = \frac{\sigma_i^2-\sigma_l^2}{\log\sigma_i^2-\log\sigma_l^2}",
        "proved",
    ),
    (
        "infinite-volume-form",
        r"\sqrt{\det g^\infty}\,dW = \det(\Sigma)^{-1}{\rm van}(\log\Sigma^2)\,d\Sigma\,dU\,dV",
        "proved",
    ),
]


def test_formulas_as_lectures_and_papers_print_them(tmp_path: Path) -> None:
    """A superscript that may be a name and no power is never taken for a power."""
    text = "".join(f"% dlnproof: {target}\n\\[ {x} \\]\n\n" for target, x, _ in AS_PRINTED)
    (tmp_path / "main.tex").write_text(text)
    found = paper(tmp_path / "main.tex").formulas
    assert [f.verdict for f in found] == [verdict for *_, verdict in AS_PRINTED]


def test_there_are_many() -> None:
    assert len(STYLES) * len(ALL_RIGHT) >= 150
    assert len(STYLES) * len(ALL_WRONG) >= 150
    assert {t for t, _ in ALL_RIGHT} == {name for name, t in TARGETS.items() if t.provable}
