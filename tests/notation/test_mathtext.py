"""Plain text of records as LaTeX: formulas are set, and nothing is ever a command."""

import random
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlnproof.documents.formulas import said
from dlnproof.documents.model import code
from dlnproof.documents.words import listed
from dlnproof.documents.writers.latex import text as in_latex
from dlnproof.errors import InputError
from dlnproof.notation.mathtext import escaped, latex, number


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("W_{j+1} W_{j+1}^T in place of W_l", r"$W_{j+1}W_{j+1}^{T}$ in place of $W_{l}$"),
        ("the exponent (1-N)/N on det(Sigma^2)", r"the exponent $(1-N)/N$ on $\det (\Sigma^{2})$"),
        ("A majority does, at N = 2 all runs", "A majority does, at $N=2$ all runs"),
        ("A_{N,W} is self-adjoint", r"$\mathcal{A}_{N,W}$ is self-adjoint"),
        ("a + b, and a factor", "$a+b$, and a factor"),
        ("loss 1e-06, |w11| there 707.1", "loss $10^{-6}$, $|w_{11}|$ there 707.1"),
        ("a 3 x 3 diagonal, b, x, y", r"a $3\times 3$ diagonal, $b$, $x$, $y$"),
        ("N = 2..5; d = 1", r"$N=2,\dots,5$; $d=1$"),
        ("dW = van(x) dSigma ^ dU", r"$dW=\operatorname{van}(x)\,d\Sigma \wedge dU$"),
        ("target -1, near-coincident, rank-1", "target $-1$, near-coincident, rank-1"),
        ("50% chance (a 95% interval)", r"50\% chance (a 95\% interval)"),
        ("is +- prod_{i<l} x_i", r"is $\pm \prod_{i<l}x_{i}$"),
        ("sqrt(det(orbit))", r"$\sqrt {\det (\text{orbit})}$"),
        (
            "of rank 1: (1.00 -0.42; 0.09 1.00)",
            r"of rank 1: $\left(\begin{smallmatrix}1.00&-0.42\\0.09&1.00\end{smallmatrix}\right)$",
        ),
        ("a^b^c, e5_(_), w11_2", r"${a^{b}}^{c}$, ${e_{5}}_{\text{\_}}$, ${w_{11}}_{2}$"),
        ("x_i^2_j^3", r"${x_{i}^{2}}_{j}^{3}$"),
        ("sqrt( and sqrt(x", "sqrt( and sqrt($x$"),
        ("a_ b, a_i_ b", r"$a$\_ $b$, $a_{i}$\_ $b$"),
        ("[0, 1] [x", "{[}0, 1{]} {[}$x$"),
        ("<G, u_r> = <dphi^*(Z), X>", r"$\langle G,u_{r}\rangle =\langle d\phi^{*}(Z),X\rangle$"),
    ],
)
def test_formulas_in_text(text: str, expected: str) -> None:
    assert without_spaces_in_formulas(latex(text)) == without_spaces_in_formulas(expected)


def without_spaces_in_formulas(text: str) -> list[str]:
    return [re.sub(r"\s+", "", part) if k % 2 else part for k, part in enumerate(text.split("$"))]


COMMAND = re.compile(r"\\([A-Za-z]+)")
HARMLESS = re.compile(
    r"textbackslash|textasciicircum|textasciitilde|dots|mathcal|mathrm|mathfrak|operatorname|text|"
    r"varepsilon|infty|otimes|times|cdot|wedge|mapsto|to|ge|le|ne|langle|rangle|pm|sqrt|sum|prod|min|"
    r"max|log|det|exp|cos|sin|left|right|begin|end|alpha|beta|gamma|delta|eta|theta|kappa|lambda|"
    r"mu|nu|xi|pi|rho|sigma|tau|phi|psi|omega|Gamma|Delta|Lambda|Sigma|Phi|Omega"
)


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126)))
def test_no_text_is_ever_a_command(text: str) -> None:
    for made in (latex(text), escaped(text)):
        assert made.isascii()
        assert all(HARMLESS.fullmatch(name) for name in COMMAND.findall(made))
        bare = re.sub(r"\\[\\{}%&#$_,;!]|\\[A-Za-z]+", "", made)
        assert not set("%#~") & set(bare)
        assert bare.count("$") % 2 == 0
        depth = 0
        for character in bare:
            depth += {"{": 1, "}": -1}.get(character, 0)
            assert depth >= 0
        assert depth == 0


SHARDS = (
    "a W sigma sqrt sum log van 5 2.0 1e-06 ^ _ ( ) { } < > ' \" | * x .. ... -> +- - = [ ] \\ # $ "
    "& ~ ! ; , so A inf ` ? i.e. 50% foo dU dSigma (1"
)


@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="needs pdflatex")
def test_latex_reads_whatever_the_text_is(tmp_path: Path) -> None:
    shuffled = random.Random(0)
    texts = [
        "a^b^c",
        "e5_(_)",
        "sqrt(",
        "a_ _ b",
        "a_i_ b",
        "(a_ )",
        "a^(b^2'c)",
        'a^(b^2"c)',
        "[x",
    ]
    shards = [*SHARDS.split(), " ", " x ", "(1 2; 3 4)"]
    texts += ["".join(shuffled.choices(shards, k=shuffled.randint(1, 9))) for _ in range(1500)]
    made = "\n".join(rf"\item {latex(text)} \item {in_latex((code(text),))}" for text in texts)
    (tmp_path / "all.tex").write_text(
        r"\documentclass{article}\usepackage[T1]{fontenc}\usepackage{amssymb,mathtools}"
        rf"\begin{{document}}\begin{{itemize}}{made}\end{{itemize}}\end{{document}}"
    )
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "all.tex"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout[-1500:]


@pytest.mark.parametrize("text", ["caf\u00e9", "bell\a", "\x00", "\x01", "\x0c", "\x1c", "\x7f"])
def test_other_characters_are_refused(text: str) -> None:
    for make in (latex, escaped, lambda text: in_latex((code(text),))):
        with pytest.raises(InputError, match="no printable ASCII"):
            make(text)


@pytest.mark.parametrize("text", ["", "\\input{x}", "1_0", "1e", "1e-\\x", "-", "nan"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no number"):
        number(text)


def test_numbers_and_words() -> None:
    assert number("0.0e+00") == "0.0"
    assert number("1e-06") == "10^{-6}"
    assert in_latex(said("Refuted by norm-divergence: G2017")) == (
        r"Refuted by \dlnsee{dln:norm-divergence}{Gradient flow drives every norm to infinity}: "
        r"\cite{G2017}"
    )
    assert in_latex(said("the two infinite-depth exponents")) == "the two infinite-depth exponents"
    assert listed([]) == "none"
    assert in_latex((code("a_b/c --d"),)) == r"\texttt{a\_\allowbreak{}b/\allowbreak{}c -{}-d}"
    assert re.sub(r"\\allowbreak\{\}", "", in_latex((code("0123456789abcdef" * 4),))) == (
        rf"\texttt{{{'0123456789abcdef' * 4}}}"
    )
