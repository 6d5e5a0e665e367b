"""LaTeX as MathML and HTML: every formula of the catalogue, TeX's spaces, and what is refused."""

import re
import xml.etree.ElementTree as ET
from collections import Counter
from unicodedata import name as unicode_name
from unicodedata import normalize

import pytest
from conftest import derivation_of, few

from dlnproof.claims import CLAIMS
from dlnproof.documents import formulas as documents
from dlnproof.documents.content.deduction import account_of
from dlnproof.documents.content.statement import statement_of
from dlnproof.documents.model import Block, Display, Paragraph, Prose, paragraph
from dlnproof.documents.writers.html import Html, numbered
from dlnproof.notation import symbols
from dlnproof.notation.markup import Markup, ascii_bytes, tag
from dlnproof.notation.mathml import mathml as mathml_of
from dlnproof.notation.reading import LatexError, read

TEXT = re.compile(r"<[^>]*>")


def shown(*blocks: Block) -> Markup:
    return Html("../", frozenset(CLAIMS), numbered(blocks)).blocks(blocks)


def typeset(text: str) -> Markup:
    return Html("../", frozenset(CLAIMS)).text(documents.said(text))


def mathml(latex: str) -> Markup:
    return mathml_of(read(latex))


def complaints(html: str) -> list[str]:
    """What would be seen if LaTeX were left in a page."""
    text = TEXT.sub("", html)
    found = [text[max(0, m.start() - 40) : m.end() + 40] for m in re.finditer(r"[\\${}]", text)]
    return found + re.findall(r'class="latex"[^<]*', html)


@pytest.mark.parametrize("name", few(CLAIMS, first=1))
def test_every_formula_of_a_claim_is_shown(name: str) -> None:
    claim = CLAIMS[name]
    proof = derivation_of(name)
    derivation = account_of(proof, proof.verdict)
    braces = r"\{" in "".join(b.wide for b in derivation if isinstance(b, Display))
    for shows in (statement_of(claim), derivation):
        page = re.sub(r"\{(?=</mo><mtable class=.cases)", "", shown(*shows))
        assert complaints(page.replace("{", "(") if braces else page) == []
        for math in re.findall(r"<math.*?</math>", page):
            ET.fromstring(math)  # well-formed, and so nothing is half open


TABLES = [
    symbols.SLANTED,
    symbols.UPRIGHT,
    symbols.BINARY,
    symbols.RELATION,
    symbols.OPENING,
    symbols.CLOSING,
    symbols.BAR,
    symbols.DOTS,
    symbols.LARGE,
    symbols.ACCENTS,
    symbols.FUNCTIONS,
    {"'": "\u2032"},
]
SILENT = {"frac", "tfrac", "dfrac", "sqrt", "left", "right", "operatorname", "mathrm"}
SILENT |= {"mathcal", "mathbb", "text", "overset"}
SILENT |= {f"{size}{side}" for size in ("big", "Big") for side in "lr"}


def characters(latex: str) -> Counter[str]:
    """The characters that a formula has to show, in whatever places."""
    found = ""
    latex = latex.replace(r"\begin{cases}", r"\lbrace ")
    latex = re.sub(r"\\(begin|end)\{\w+\*?\}", "", latex)
    for token in re.findall(r"\\[a-zA-Z]+|\\.|\S", latex, re.DOTALL):
        key = token[1:] if len(token) > 2 else token
        if key in SILENT or key in symbols.SPACES or token in ("\\\\", *"{}_^&$"):
            continue
        found += next((table[key] for table in TABLES if key in table), token)
    return Counter(normalize("NFKC", found))


@pytest.mark.parametrize("name", few(CLAIMS, first=2))
def test_every_formula_shows_each_of_its_characters(name: str) -> None:
    claim = CLAIMS[name]
    proof = derivation_of(name)
    blocks = [*statement_of(claim), *account_of(proof, proof.verdict)]
    formulas = [printed.latex for printed in claim.as_printed]
    bare = re.compile(r"\\\[|\\\]|\\(begin|end)\{\w+\*\}")
    formulas += [bare.sub("", block.wide) for block in blocks if isinstance(block, Display)]
    texts = [piece for block in blocks if isinstance(block, Paragraph) for piece in block.text]
    for piece in texts:
        formulas += re.findall(r"\$([^$]*)\$", piece.latex) if isinstance(piece, Prose) else []
    assert len(formulas) >= 4
    for formula in formulas:
        shown_text = "".join(ET.fromstring(mathml(formula)).itertext()).replace("\u00a0", "")
        assert Counter(normalize("NFKC", shown_text)) == characters(formula), formula


def test_symbols_are_what_they_are_called() -> None:
    odd = {"epsilon", "varepsilon", "phi", "varphi", "ell", "partial"}
    odd |= {"vartheta", "varpi", "varrho", "varsigma"}
    for case, table in (("SMALL", symbols.SLANTED), ("CAPITAL", symbols.UPRIGHT)):
        greek = {k: mark for k, mark in table.items() if k.isalpha() and k not in odd}
        for key, mark in greek.items():
            if key not in ("infty", "emptyset", "nabla"):
                called = key.upper().replace("LAMBDA", "LAMDA")
                assert unicode_name(mark) == f"GREEK {case} LETTER {called}"
    for table, key, called in (
        (symbols.SLANTED, "varepsilon", "GREEK SMALL LETTER EPSILON"),
        (symbols.SLANTED, "phi", "GREEK PHI SYMBOL"),
        (symbols.SLANTED, "vartheta", "GREEK THETA SYMBOL"),
        (symbols.SLANTED, "varpi", "GREEK PI SYMBOL"),
        (symbols.SLANTED, "varrho", "GREEK RHO SYMBOL"),
        (symbols.SLANTED, "varsigma", "GREEK SMALL LETTER FINAL SIGMA"),
        (symbols.SLANTED, "ell", "SCRIPT SMALL L"),
        (symbols.UPRIGHT, "infty", "INFINITY"),
        (symbols.BINARY, "-", "MINUS SIGN"),
        (symbols.BINARY, "cdot", "DOT OPERATOR"),
        (symbols.BINARY, "times", "MULTIPLICATION SIGN"),
        (symbols.BINARY, "otimes", "CIRCLED TIMES"),
        (symbols.BINARY, "wedge", "LOGICAL AND"),
        (symbols.BINARY, "pm", "PLUS-MINUS SIGN"),
        (symbols.BINARY, "mp", "MINUS-OR-PLUS SIGN"),
        (symbols.RELATION, "le", "LESS-THAN OR EQUAL TO"),
        (symbols.RELATION, "ge", "GREATER-THAN OR EQUAL TO"),
        (symbols.RELATION, "ne", "NOT EQUAL TO"),
        (symbols.RELATION, "in", "ELEMENT OF"),
        (symbols.RELATION, "approx", "ALMOST EQUAL TO"),
        (symbols.RELATION, "to", "RIGHTWARDS ARROW"),
        (symbols.RELATION, "mapsto", "RIGHTWARDS ARROW FROM BAR"),
        (symbols.RELATION, "uparrow", "UPWARDS ARROW"),
        (symbols.RELATION, "downarrow", "DOWNWARDS ARROW"),
        (symbols.RELATION, "Rightarrow", "RIGHTWARDS DOUBLE ARROW"),
        (symbols.RELATION, "iff", "LONG LEFT RIGHT DOUBLE ARROW"),
        (symbols.BAR, r"\|", "DOUBLE VERTICAL LINE"),
        (symbols.OPENING, "langle", "MATHEMATICAL LEFT ANGLE BRACKET"),
        (symbols.CLOSING, "rangle", "MATHEMATICAL RIGHT ANGLE BRACKET"),
        (symbols.LARGE, "sum", "N-ARY SUMMATION"),
        (symbols.LARGE, "prod", "N-ARY PRODUCT"),
        (symbols.LARGE, "int", "INTEGRAL"),
        (symbols.DOTS, "cdots", "MIDLINE HORIZONTAL ELLIPSIS"),
        (symbols.ACCENTS, "dot", "DOT ABOVE"),
    ):
        assert unicode_name(table[key]) == called, key


@pytest.mark.parametrize("name", CLAIMS)
def test_every_printed_statement_and_every_text_is_shown(name: str) -> None:
    claim = CLAIMS[name]
    texts = [*claim.hypotheses, *(mutant.what for mutant in claim.mutants)]
    for printed in claim.as_printed:
        assert "\\" not in mathml(printed.latex)
        texts += [printed.statement, printed.explanation]
    for text in texts:
        assert not re.search(r"[\\$]|class=.latex", TEXT.sub("", typeset(text))), text


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"\log x", "log _ x"),
        (r"\log(x)", "log ( x )"),
        (r"c|w|", "c | w |"),
        (r"a\,\log b", "a _ log _ b"),  # what is written stands for what TeX adds
        (r"\frac12", "1 2"),
        (r"0.25", "0.25"),
        (r"x_{11}", "x 11"),
        (r"U'^{2}", "U \u2032 2"),
        (r"\mathcal{A}\mathbb{R}", "\U0001d49c \u211d"),
        (r"\operatorname{van}\Sigma", "van _ \u03a3"),
        (r"a<b", "a < b"),
    ],
)
def test_a_formula_reads_so(latex: str, expected: str) -> None:
    pieces = []
    for element in ET.fromstring(mathml(latex)).iter():
        if element.tag == "mspace":
            pieces.append("_")
        elif element.text:
            pieces.append(element.text)
    assert " ".join(pieces) == expected


def attribute(latex: str, text: str, name: str) -> list[str | None]:
    return [e.get(name) for e in ET.fromstring(mathml(latex)).iter() if e.text == text]


def test_a_minus_is_a_sign_or_an_operation() -> None:
    assert attribute("-a-b=-c", "\u2212", "form") == ["prefix", "infix", "prefix"]


def test_a_line_that_goes_on_with_a_sign_goes_on() -> None:
    lines = r"\begin{split}&-a\\&\quad -b\\-c&=d\end{split}"
    assert attribute(lines, "\u2212", "form") == ["infix", "infix", "prefix"]


def test_bars_open_and_close() -> None:
    assert attribute(r"|w_{11}||w_{22}|", "|", "form") == ["prefix", "postfix"] * 2
    assert attribute(r"c(\|A\|+\|B-|x|C\|)", "\u2016", "form") == ["prefix", "postfix"] * 2


def test_greek_capitals_are_upright_and_small_letters_slanted() -> None:
    assert attribute(r"\Sigma\sigma", "\u03a3", "mathvariant") == ["normal"]
    assert attribute(r"\Sigma\sigma", "\u03c3", "mathvariant") == [None]


def test_scripts_of_a_sized_bracket_are_of_all_that_it_holds() -> None:
    """Else the bracket that closes is as small as a letter."""
    root = ET.fromstring(mathml(r"a\Bigl(\frac12+\Bigl(b\Bigr)\Bigr)^{2}c"))
    [raised] = root.iter("msup")
    base, exponent = raised
    marks = [e.text for e in base.iter("mo") if e.get("minsize")]
    assert (marks, exponent.text) == (["(", "(", ")", ")"], "2")
    assert "".join(root.itertext()) == "a(12+(b))2c"
    assert [e.tag for e in ET.fromstring(mathml(r"a\Bigr)^{2}"))[0]] == ["mi", "msup"]


def test_limits_stand_below_and_scripts_beside() -> None:
    assert "<munderover>" in mathml(r"\prod_{i=1}^{d}x_i")
    assert "<msubsup>" in mathml(r"\int_0^1 x")
    assert "<munder>" in mathml(r"\min_x f")


def test_there_is_no_space_around_signs_in_scripts() -> None:
    assert attribute("x^{a+b}", "+", "lspace") == ["0"]
    assert attribute("a+b", "+", "lspace") == [None]


def test_lines_become_rows() -> None:
    root = ET.fromstring(mathml(r"\begin{split}a &= b \\ &= \text{c if $d$}\end{split}"))
    assert [len(row) for row in root.iter("mtr")] == [2, 2]
    assert [len(row) for row in ET.fromstring(mathml(r"a&=b\\c&=d")).iter("mtr")] == [2, 2]


@pytest.mark.parametrize(
    "latex",
    [r"\input{x}", r"\frac{1}", "{a", "a}", r"\begin{tikz}x\end{tikz}", "a^b^c", r"\left\foo x"],
)
def test_what_is_not_known_is_refused_and_shown_as_latex(latex: str) -> None:
    with pytest.raises(LatexError):
        mathml(latex)
    assert documents.mathml_of(latex).startswith('<code class="latex">')


def test_punctuation_after_lines_belongs_to_the_last_of_them() -> None:
    split = r"\[\begin{split}a&=b\\&=c\end{split},\]"
    page = shown(Display(split, split))
    assert page.index("<mi>c</mi>") < page.index(">,</mo>") < page.index("</mtable>")


def test_text_is_escaped() -> None:
    assert tag("p", "<script>", title='"><') == '<p title="&quot;&gt;&lt;">&lt;script&gt;</p>'
    assert "<script>" not in shown(paragraph(Prose("<script>alert(1)</script> $a<b$")))
    assert typeset("\u00e9 <b>") == "\u00e9 &lt;b&gt;"


def test_bytes_are_ascii() -> None:
    assert ascii_bytes("\u03c3") == b"&#963;"
