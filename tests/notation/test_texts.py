"""Texts with formulas in dollars, as LaTeX and as plain text: nothing is ever a command."""

import random
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlnproof.claims import CLAIMS
from dlnproof.claims.schema import Claim
from dlnproof.documents.formulas import said
from dlnproof.documents.model import code
from dlnproof.documents.stated import stated
from dlnproof.documents.words import listed
from dlnproof.documents.writers.latex import text as written
from dlnproof.errors import InputError
from dlnproof.notation import symbols
from dlnproof.notation.plain import plain
from dlnproof.notation.texts import escaped, in_latex, number


@pytest.mark.parametrize(
    ("text", "latex", "shown"),
    [
        (r"$\sigma^{2 - 1/N}$, for 5%", r"$\sigma^{2 - 1/N}$, for 5\%", "sigma^(2 - 1/N), for 5%"),
        ("W_1 and N >= 2", r"W\_1 and N $>$= 2", "W_1 and N >= 2"),  # no dollars: words
        ("5$ a piece", r"5\$ a piece", "5$ a piece"),
        (r"$\input{x}$ and $x$", r"\$\textbackslash{}input\{x\}\$ and $x$", r"$\input{x}$ and x"),
        ("$$ and $ $", r"\$\$ and \$ \$", "$$ and $ $"),
        (r"$|w_{11}|$ to $10^{-6}$", r"$|w_{11}|$ to $10^{-6}$", "|w11| to 1e-6"),
        (r"$3\cdot10^{-3}$", r"$3\cdot10^{-3}$", "3e-3"),
        (r"$W_2^T W_2 - W_1W_1^T$", "$W_2^T W_2 - W_1W_1^T$", "W_2^T W_2 - W_1 W_1^T"),
        (r"$d\Sigma\wedge dU$", r"$d\Sigma\wedge dU$", "dSigma ^ dU"),
        (r"$\langle G, u_r\rangle$", r"$\langle G, u_r\rangle$", "<G, u_r>"),
        (r"$W$ in $\mathrm{GL}(d)$", r"$W$ in $\mathrm{GL}(d)$", "W in GL(d)"),
        (r"$(W_N, \dots, W_1)$", r"$(W_N, \dots, W_1)$", "(W_N, ..., W_1)"),
        (r"a $3\times 3$ matrix", r"a $3\times 3$ matrix", "a 3 x 3 matrix"),
        (r"$\dot\sigma_r=-1$", r"$\dot\sigma_r=-1$", "dsigma_r/dt = -1"),
    ],
)
def test_a_text_as_latex_and_in_plain_text(text: str, latex: str, shown: str) -> None:
    assert in_latex(text) == latex
    assert plain(text) == shown


@pytest.mark.parametrize("claim", CLAIMS.values(), ids=CLAIMS)
def test_a_records_text_finds_its_formulas_again(claim: Claim) -> None:
    texts = [mutant.what for mutant in claim.mutants]
    texts += [text for p in claim.as_printed for text in (p.statement, p.explanation)]
    for text in texts:
        assert "$" not in plain(text)
        assert plain(stated(plain(text))) == plain(text)
        assert ("$" in stated(plain(text))) == ("$" in text)


def test_values_are_put_into_texts_of_code_and_nothing_else_is_a_formula() -> None:
    assert stated("N = 2..5, inf; d = 1") == r"$N=2,\dots,5, \infty$; $d=1$"
    assert stated("det W(0) > 0: 3 of 4") == r"$\det W(0)>0$: 3 of 4"
    for text in ("N >= 1000", "sigma_1 is large", "det W(0) > 0 or not"):
        assert stated(text) == text


COMMAND = re.compile(r"\\([A-Za-z]+)")
HARMLESS = {
    *("textbackslash", "textasciicircum", "textasciitilde", "left", "right"),
    *symbols.FUNCTIONS, *symbols.WORDS, *symbols.ARGUMENTS, *symbols.SIZES, *symbols.ACCENTS,
    *(name.removeprefix("\\") for known in symbols.KINDS.values() for name in known),
    *(name.removeprefix("\\") for name in (*symbols.SPACES, *symbols.DELIMITERS, *symbols.LARGE)),
}  # fmt: skip
"""What the reader of formulas knows."""


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126)))
def test_no_text_is_ever_a_command(text: str) -> None:
    for made in (in_latex(text), escaped(text)):
        assert made.isascii()
        assert {*COMMAND.findall(made)} <= HARMLESS
        bare = re.sub(r"\\[\\{}%&#$_,;!|:> ]|\\[A-Za-z]+", "", made)
        assert not set("%#") & set(bare)
        assert bare.count("$") % 2 == 0
        depth = 0
        for character in bare:
            depth += {"{": 1, "}": -1}.get(character, 0)
            assert depth >= 0
        assert depth == 0


SHARDS = (
    r"a W $ $ $ \sigma \sqrt{ \frac \text{ \left( \right) \bigl( \| sum 5 2.0 1e-06 ^ _ ( ) { } "
    r"< > ' \" | * x .. ... -> +- - = [ ] \\ # & ~ ! ; , \, inf ` ? i.e. 50% foo (1 \input \dot "
    r"\mathcal{A} \begin{matrix} \end{matrix}"
)


@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="needs pdflatex")
def test_latex_reads_whatever_the_text_is(tmp_path: Path) -> None:
    shuffled = random.Random(0)
    texts = [r"$a^b$ $x'^2$", r"$\sqrt$", r"$a_$", "[x", r"$\frac12$", r"$\text{a $b$}$"]
    shards = [*SHARDS.split(), " ", "$x_i^2$"]
    texts += ["".join(shuffled.choices(shards, k=shuffled.randint(1, 9))) for _ in range(3000)]
    made = "\n".join(rf"\item {in_latex(text)} \item {written((code(text),))}" for text in texts)
    (tmp_path / "all.tex").write_text(
        r"\documentclass{article}\usepackage[T1]{fontenc}\usepackage{amssymb,mathtools}"
        rf"\begin{{document}}\begin{{itemize}}{made}\end{{itemize}}\end{{document}}"
    )
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "all.tex"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout[-1500:]


@pytest.mark.parametrize("text", ["caf\u00e9", "bell\a", "\x00", "\x01", "\x0c", "\x1c", "\x7f"])
def test_other_characters_are_refused(text: str) -> None:
    for make in (in_latex, escaped, lambda text: written((code(text),))):
        with pytest.raises(InputError, match="not printable ASCII"):
            make(text)


@pytest.mark.parametrize("text", ["", "\\input{x}", "1_0", "1e", "1e-\\x", "-", "nan"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a number"):
        number(text)


def test_numbers_and_words() -> None:
    assert number("0.0e+00") == "0.0"
    assert number("1e-06") == "10^{-6}"
    assert written(said("Refuted by norm-divergence: G2017")) == (
        r"Refuted by \dlnsee{dln:norm-divergence}{Norms along gradient flow}: "
        r"\cite{G2017}"
    )
    assert written(said("the two infinite-depth exponents")) == "the two infinite-depth exponents"
    assert listed([]) == "none"
    assert written((code("a_b/c --d"),)) == r"\texttt{a\_\allowbreak{}b/\allowbreak{}c -{}-d}"
    assert re.sub(r"\\allowbreak\{\}", "", written((code("0123456789abcdef" * 4),))) == (
        rf"\texttt{{{'0123456789abcdef' * 4}}}"
    )
