"""Papers: marks, macros, notation, rows; each formula judged where it stands."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from xml.etree import ElementTree

import pytest
from conftest import Cli

from dlnproof.documents.layout import Screen
from dlnproof.documents.papers import paper_text
from dlnproof.errors import FAILED, IN_PART, INTERRUPTED, NOTHING, OK, USAGE, InputError
from dlnproof.language.tokens import joined, tokens
from dlnproof.papers.corrections import corrected, rewrite
from dlnproof.papers.displays import displays
from dlnproof.papers.judged import Judged, Paper, paper
from dlnproof.papers.macros import expanded, macros

EIGENVALUE = r"\frac{1}{N}\sum_{j=1}^{N}\sigma_i^{2(N-j)/N}\sigma_l^{2(j-1)/N}"


def judged(tmp_path: Path, text: str, **others: str) -> Paper:
    for name, content in {"main": text, **others}.items():
        (tmp_path / f"{name}.tex").write_text(content)
    return paper(tmp_path / "main.tex")


def one(tmp_path: Path, text: str) -> Judged:
    [found] = judged(tmp_path, text).formulas
    return found


@pytest.mark.parametrize(
    "text",
    [
        "% dlnproof: eigenvalue\n\\[ \\lambda_{il} = FORMULA. \\]",
        "\\begin{equation} % dlnproof: eigenvalue\n \\lambda = FORMULA \\end{equation}",
        "\\begin{equation}\n \\lambda = FORMULA, % dlnproof: eigenvalue\n\\end{equation}",
        "\\begin{equation*}\n \\lambda = FORMULA\n\\end{equation*} % dlnproof: eigenvalue\n",
        "% dlnproof: eigenvalue\nHere $FORMULA$ is meant, and $x$ is not",
        "% dlnproof: eigenvalue\n$$\\lambda_{il} := FORMULA$$",
        "% dlnproof: eigenvalue\n\\(FORMULA\\)",
        "\\begin{align}x&=y\\\\ \\lambda &= FORMULA \\\\ % dlnproof: eigenvalue\n z&=0\\end{align}",
        "\\begin{align}x&=y\\\\\n% dlnproof: eigenvalue\n \\lambda &= FORMULA\\end{align}",
        "\\begin{gather}\\lambda\\coloneqq FORMULA % dlnproof: eigenvalue\n\\end{gather}",
        "% dlnproof: eigenvalue\n\\begin{align*}\\lambda_{il} = \\lambda &= FORMULA\\end{align*}",
        "% dlnproof: eigenvalue\n\\begin{equation}\\begin{split}\\lambda={}&FORMULA\\\\&\\cdot 1"
        "\\end{split}\\end{equation}",
        "\\begin{alignat}{2}\\lambda &= FORMULA &\\qquad& i \\ne l % dlnproof: eigenvalue\n"
        "\\end{alignat}",
        "% dlnproof: eigenvalue\n\\[\\lambda = FORMULA \\quad\\text{for } i \\ne l.\\]",
        "% dlnproof: eigenvalue\n\\[\\lambda = FORMULA, i \\ne l \\tag{3} \\label{eq:l}\\]",
    ],
)
def test_a_mark_is_on_what_it_stands_at(text: str, tmp_path: Path) -> None:
    found = judged(tmp_path, text.replace("FORMULA", EIGENVALUE)).formulas
    assert {f.verdict for f in found if "sum" in f.formula} == {"proved"}, found
    wrong = text.replace("FORMULA", EIGENVALUE.replace("(j-1)", "j"))
    again = judged(tmp_path, wrong).formulas
    assert {f.verdict for f in again if "sum" in f.formula} == {"refuted"}, again


def test_each_side_of_a_chain_is_judged_where_it_stands(tmp_path: Path) -> None:
    chain = (
        "% dlnproof: svd-jacobian\n"
        "\\begin{align}\n"
        "  J &= \\operatorname{van}(\\Sigma^2) \\label{eq:j}\\\\\n"
        "    &= \\prod_{i<l}(\\sigma_i^2-\\sigma_l^2)\\\\\n"
        "    &= \\prod_{i<l}(\\sigma_i-\\sigma_l).\n"
        "\\end{align}\n"
    )
    found = judged(tmp_path, chain).formulas
    assert [(f.line, f.column, f.verdict, f.label) for f in found] == [
        (3, 8, "proved", "eq:j"),
        (4, 8, "proved", "eq:j"),
        (5, 8, "refuted", "eq:j"),
    ]


@pytest.mark.parametrize(
    "unread",
    [
        "\\begin{IEEEeqnarray}{l}\n\\det(\\Sigma) % dlnproof: svd-jacobian\n\\end{IEEEeqnarray}",
        "\\begin{dmath*} J = \\det(\\Sigma) \\end{dmath*} % dlnproof: svd-jacobian",
        "% dlnproof: svd-jacobian\n\\begin{empheq}{align} J = \\det(\\Sigma) \\end{empheq}",
        "\\newenvironment*{eq}{$$}{$$}\n% dlnproof: svd-jacobian\n\\begin{eq}\\det\\Sigma\\end{eq}",
        "\\ensuremath{\\det(\\Sigma)} % dlnproof: svd-jacobian",
        "The Jacobian is % dlnproof: svd-jacobian",
    ],
)
def test_a_mark_on_what_is_not_read_is_on_nothing_else(unread: str, tmp_path: Path) -> None:
    text = f"{unread}\nand\n\\[ J = \\operatorname{{van}}(\\Sigma^2) \\]\n"
    found = one(tmp_path, text)
    assert (found.verdict, "cannot be read as a formula" in found.unread) == ("unread", True)
    again = judged(tmp_path, f"{text}% dlnproof: svd-jacobian\n$\\operatorname{{van}}(\\Sigma)$")
    assert sorted(each.verdict for each in again.formulas) == ["refuted", "unread"]


ORBIT = r"\frac12\sum_{i<l}\log\frac{\sigma_i^2-\sigma_l^2}{\sigma_i^{2/N}-\sigma_l^{2/N}}"


@pytest.mark.parametrize(
    ("target", "chain"),
    [
        ("entropy", rf"S(W) := \log\vol(\mathcal{{O}}_W) = (N-1)\log c_d+{ORBIT}"),
        ("entropy", rf"S = \ln\operatorname{{vol}}\bigl(O_W\bigr) = (N-1)\log c_d+{ORBIT}"),
        ("orbit-volume", rf"V = e^{{S(W)}} = c_d^{{N-1}}\exp\Bigl({ORBIT}\Bigr)"),
        (
            "volume-density",
            r"v = \sqrt{\det g^N} = \det(\Sigma)^{\frac1N-1}\prod_{i<l}"
            r"N\frac{\sigma_i^{2/N}-\sigma_l^{2/N}}{\sigma_i^2-\sigma_l^2}",
        ),
        (
            "volume-form",
            r"d\mathrm{vol}_{g^N} = \sqrt{\det g^N}\,dW = N^{d(d-1)/2}"
            r"\det(\Sigma)^{\frac1N-1}\operatorname{van}(\Sigma^{2/N})\,d\Sigma\,dU\,dV",
        ),
        ("operator-trace", r"T = \operatorname{tr}\mathcal{A}_{N,W} = \sum_{i,l}\lambda_{il}"),
        (
            "factors-squared-norm",
            r"R = \sum_{j}\lVert W_j\rVert_F^2 = N\sum_{i=1}^r\sigma_i^{2/N}",
        ),
    ],
)
def test_a_side_that_only_names_the_quantity_is_no_formula(
    target: str, chain: str, tmp_path: Path
) -> None:
    macros_ = r"\newcommand{\vol}{\operatorname{vol}}"
    text = f"{macros_}\n\\[ {chain} \\] % dlnproof: {target}"
    assert one(tmp_path, text).verdict == "proved"
    other = "squared-norm" if target == "factors-squared-norm" else "factors-squared-norm"
    found = judged(tmp_path, text.replace(f": {target}", f": {other}")).formulas
    assert found[0].verdict == "unread"  # it names another quantity
    alone = text[: text.rindex(" = ")] + r" \] % dlnproof: " + target
    assert one(tmp_path, alone).verdict == "unread"  # and there is no formula


def test_norms_are_of_any_rank_and_read_as_traces(tmp_path: Path) -> None:
    text = (
        r"\[ x = \|W\|_F^2 = \left\lVert W\right\rVert^{2}_{\mathrm{F}} = \operatorname{tr}(WW^T)"
        r" = \sum_{i=1}^{r}\sigma_i^2 = \sum_{i=1}^r\sigma_i \] % dlnproof: squared-norm"
    )
    found = judged(tmp_path, text)
    assert [x.verdict for x in found.formulas] == ["proved"] * 4 + ["refuted"]
    assert found.formulas[-1].correction == r"\sum_{i} \sigma_{i}^{2}"
    other = one(tmp_path, r"$y = \sum_{i=1}^r\sigma_i$ % dlnproof: svd-jacobian")
    assert "the index r is not bound" in other.unread


def test_a_mark_on_one_of_several_equations_only(tmp_path: Path) -> None:
    text = "% dlnproof: entropy\n\\begin{align}a&=b\\\\c&=d\\end{align}"
    assert one(tmp_path, text).unread.endswith("put the mark on one row")


def test_letters_are_those_that_the_author_names(tmp_path: Path) -> None:
    text = (
        "% dlnproof: let L = N, n = d, s = sigma, k = i, m = l, \\Lambda = Sigma\n"
        "% dlnproof: eigenvalue\n"
        "$\\frac{1}{L}\\sum_{j=1}^{L}s_k^{2(L-j)/L}s_m^{2(j-1)/L}$\n"
        "% dlnproof: volume-form\n"
        "$n\\det(\\Lambda^2)^{\\frac{1-L}{2L}}\\operatorname{van}(\\Lambda^{2/L})$\n"
        "% dlnproof: volume-form\n"
        "$\\det(\\Lambda^2)^{\\frac{1-L}{2L}}\\operatorname{van}(\\Lambda^{2/L})"
        "\\,d\\Lambda\\,dU\\,dV$\n"
    )
    first, second, third = judged(tmp_path, text).formulas
    assert first.verdict == "proved"
    assert second.verdict == third.verdict == "refuted"
    assert third.correction == (
        r"L^{\frac{n(n-1)}{2}} \, \det(\Lambda^{2})^{\frac{1-L}{2L}} \, "
        r"\operatorname{van}(\Lambda^{2/L})"
    )


def test_a_mark_says_what_is_assumed(tmp_path: Path) -> None:
    text = (
        "% dlnproof: eigenvalue where k = l, N >= 2\n"
        "$\\lambda_{kk} = \\sigma_k^{2-2/N}$\n"
        "% dlnproof: eigenvalue where i != l\n"
        "$\\lambda = \\sigma_i^{2-2/N}$\n"
        "\\[\\dlncheck[eigenvalue where N = 2]{\\frac{\\sigma_i+\\sigma_j}{2}}\\]\n"
        "% dlnproof: = \\operatorname{van}(\\Sigma)^2\n"
        "$D = \\prod_{i\\ne j}|\\sigma_i-\\sigma_j|$\n"
    )
    found = judged(tmp_path, text).formulas
    assert [f.verdict for f in found] == ["proved", "refuted", "proved", "proved"]
    first = found[0].judgement
    assert first is not None
    assert (first.where, first.scope) == ("i = l, N >= 2", "N >= 2, all d where i = l")


CASES = (
    "% dlnproof: eigenvalue\n\\begin{equation}\\lambda_{ij}=\\begin{cases}\n"
    "  \\dfrac{\\sigma_i^2-\\sigma_j^2}{N(\\sigma_i^{2/N}-\\sigma_j^{2/N})}, & FIRST\\\\[2pt]\n"
    "  \\sigma_i^{2-2/N} & SECOND\n\\end{cases}.\\end{equation}"
)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("\\sigma_i\\ne\\sigma_j,", "\\sigma_i=\\sigma_j"),
        ("\\text{if } \\sigma_i \\neq \\sigma_j", "\\text{otherwise}."),
        ("\\text{if $\\sigma_i\\ne\\sigma_j$}", "\\text{if $i = j$}"),
        ("\\quad \\text{for } \\sigma_i \\ne \\sigma_j,", "\\mathrm{else}"),
    ],
)
def test_each_case_is_judged_under_its_condition(first: str, second: str, tmp_path: Path) -> None:
    text = CASES.replace("FIRST", first).replace("SECOND", second)
    found = judged(tmp_path, text).formulas
    assert [(f.line, f.verdict) for f in found] == [(3, "proved"), (4, "proved")], found
    wrong = judged(tmp_path, text.replace("2-2/N", "2-1/N")).formulas
    assert [f.verdict for f in wrong] == ["proved", "refuted"]
    elsewhere = judged(tmp_path, text.replace("{N(", "{2N(")).formulas
    assert [f.verdict for f in elsewhere] == ["refuted", "proved"]


@pytest.mark.parametrize(
    "text",
    [
        CASES.replace("FIRST", "i<j").replace("SECOND", "\\text{otherwise}"),
        CASES.replace("FIRST", "x=y").replace("SECOND", "i=j"),
        CASES.replace("FIRST", "").replace("SECOND", "i=j"),
        CASES.replace("FIRST", "i=j").replace("SECOND", "i=j").replace("=\\begin", "=2\\begin"),
        CASES.replace("FIRST", "i=j").replace("SECOND", "i=j").replace("s}.", "s} + 1."),
    ],
)
def test_no_case_distinction(text: str, tmp_path: Path) -> None:
    assert {f.verdict for f in judged(tmp_path, text).formulas} & {"unread"}


def test_an_authors_conventions_are_said_once(tmp_path: Path) -> None:
    text = (
        "% dlnproof: let L = N, n = d, \\Delta = van; normalization = sum; van = j-i\n"
        "% dlnproof: volume-form\n"
        "$\\rho = (-1)^{n(n-1)/2}L^{-n/2}\\det(\\Sigma)^{\\frac1L-1}\\Delta(\\Sigma^{2/L})$\n"
        "% dlnproof: volume-form\n"
        "$\\rho = L^{-n/2}\\det(\\Sigma)^{\\frac1L-1}\\Delta(\\Sigma^{2/L})$\n"
        "% dlnproof: normalization = mean\n"
        "% dlnproof: volume-form\n"
        "$\\rho = (-1)^{n(n-1)/2}L^{n(n-1)/2}\\det(\\Sigma)^{\\frac1L-1}\\Delta(\\Sigma^{2/L})$\n"
    )
    first, second, third = judged(tmp_path, text).formulas
    assert (first.verdict, first.target) == ("proved", "submersion-volume-form")
    assert (second.verdict, third.verdict) == ("refuted", "proved")
    assert second.correction == (
        r"L^{-\frac{n}{2}} \, \det(\Sigma)^{\frac{1}{L}-1} \, \Delta (-\Sigma^{2/L})"
    )


def test_what_was_guessed_is_said(
    tmp_path: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    guessed, said = "% dlnproof: svd-jacobian\n$\\Delta(\\Sigma^2)$", "\\Delta is read as van"
    Path("main.tex").write_text(guessed)
    assert said in cli(["paper", "main.tex"]).out
    Path("main.tex").write_text(f"% dlnproof: let \\Delta = van\n{guessed}")
    assert said not in cli(["paper", "main.tex"]).out


def test_what_is_meant_up_to_a_constant(
    tmp_path: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    density = r"\det(\Sigma)^{\frac1N-1}\operatorname{van}(\Sigma^{2/N})"
    Path("main.tex").write_text(f"% dlnproof: volume-form\n$\\rho \\propto {density}$")
    says = cli(["paper", "main.tex"]).out.splitlines()[0]
    assert "all N, all d, up to a constant: it is N**(d*(d - 1)/2) times the formula" in says
    assert one(tmp_path, f"% dlnproof: volume-form\n$\\rho = {density}$").verdict == "refuted"
    wrong = density.replace("2/N", "1/N")
    found = one(tmp_path, f"% dlnproof: volume-form\n$\\rho \\propto {wrong}$")
    assert found.verdict == "refuted"


def test_a_macro_marks_its_argument(tmp_path: Path) -> None:
    text = (
        "\\newcommand{\\dlncheck}[2][]{#2}\n"
        f"\\[ \\lambda = \\dlncheck[eigenvalue]{{{EIGENVALUE}}} \\]\n"
        "% dlnproof: svd-jacobian\n"
        "$\\prod_{i<l}(\\dlncheck[eigenvalue]{\\sigma_i-\\sigma_l})(\\sigma_i+\\sigma_l)$\n"
    )
    found = judged(tmp_path, text).formulas
    assert [(f.line, f.target, f.verdict) for f in found] == [
        (2, "eigenvalue", "proved"),
        (4, "svd-jacobian", "proved"),
        (4, "eigenvalue", "refuted"),
    ]


def test_a_letter_does_not_mean_two_things(tmp_path: Path) -> None:
    text = "% dlnproof: let L = N\n% dlnproof: svd-jacobian\n$L\\operatorname{van}(\\Sigma^{N})$"
    assert "N is used beside L, which stands for it" in one(tmp_path, text).unread


@pytest.mark.parametrize("says", ["let L", "let L = depth", "let LL = N", "let = N"])
def test_a_wrong_notation_is_refused_where_it_stands(says: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"main\.tex:2:1: let: "):
        judged(tmp_path, f"\n% dlnproof: {says}\n$x$")


def test_macros_are_expanded(tmp_path: Path) -> None:
    text = (
        "\\newcommand{\\sv}[2][2]{\\sigma_{#2}^{#1}}\n"
        "\\renewcommand*\\ln{\\log}\n"
        "\\DeclareMathOperator{\\vdm}{van}\n"
        "\\def\\both#1#2{#1 #2}\\let\\again=\\both\n"
        "% dlnproof: svd-jacobian\n"
        "$\\prod_{i<l}(\\sv{i}-\\sv{l})$\n"
        "% dlnproof: svd-jacobian\n"
        "$\\again{\\vdm}{(\\Sigma^2)}$\n"
        "% dlnproof: svd-jacobian\n"
        "$\\prod_{i<l}(\\sv[1]{i}-\\sv[1]{l})$\n"
    )
    assert [f.verdict for f in judged(tmp_path, text).formulas] == ["proved", "proved", "refuted"]


def test_what_is_no_mark(tmp_path: Path) -> None:
    text = (
        "\\begin{verbatim}\n% dlnproof: entropy\n$x$\n\\end{verbatim}\n"
        "\\verb|% dlnproof: entropy| 50\\% dlnproof: entropy $x$\n% a comment on dlnproof\n$x$\n"
    )
    assert judged(tmp_path, text).formulas == ()


def test_files_that_it_takes_in_are_read(tmp_path: Path) -> None:
    main = "\\input{one}\\include{two}\\input three.tex \\input{four}\\input{" + "x" * 5_000 + "}"
    main += "\\input{five}\\input{/five}"
    wrong = "% dlnproof: svd-jacobian\n$\\operatorname{van}(\\Sigma)$"
    (tmp_path / "five").write_text(wrong)  # TeX looks for five.tex first, and for this then
    found = judged(tmp_path, main, one="\n" + wrong, two=wrong, three=wrong)
    assert [(Path(f.file).name, f.line) for f in found.formulas] == [
        ("one.tex", 3),
        ("two.tex", 2),
        ("three.tex", 2),
        ("five", 2),
    ]
    missing, too_long, _ = found.missing
    assert missing.endswith("main.tex:1:42: four: no such file")
    assert too_long.endswith(f": {'x' * 57}...: no such file")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("% dlnproof: entropi\n$x$", "did you mean entropy?"),
        ("% dlnproof: entropy\n$\\foo x$", "has no meaning here"),
        ("% dlnproof: entropy\n$S \\le x$", r"got the relation \le"),
        ("% dlnproof: entropy\n$S \\propto\\det\\Sigma$", "is a logarithm"),
        ("% dlnproof: entropy where i = l\n$\\log\\det\\Sigma$", "expected some of sigma distinct"),
        ("% dlnproof: entropy\n$S =$", "got no formula after the relation"),
        ("% dlnproof: entropy\n\\[S=\\begin{array}{c}1\\end{array}\\]", "the environment array"),
        (
            "% dlnproof: entropy\n\\[S=\\begin{cases}1\\\\2\\end{cases}\\]",
            "formula & its condition",
        ),
        ("\\def\\x{\\x\\x}\n% dlnproof: entropy\n$\\x$", "expands without end"),
    ],
)
def test_what_cannot_be_read_is_no_verdict(text: str, why: str, tmp_path: Path) -> None:
    found = one(tmp_path, text)
    assert (found.verdict, found.judgement) == ("unread", None)
    assert why in found.unread


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"\\input{main}", "taken in by itself"),
        (b"\xff\xfe", "no UTF-8 text"),
        (b"a\0b", r"control character U\+0000"),
        (
            b"% dlnproof: entropy\n$x",
            r"main\.tex:2:1: got mathematics that does not close, expected \$",
        ),
        (b"% dlnproof: entropy\n", r"main\.tex:1:1: got a mark after the last formula"),
        (b"x" * (4 * 10**6 + 1), "larger than 4000000 bytes"),
        (b"\\begin{align}a{", r"main\.tex:1:1: got mathematics .*, expected \\end\{align\}"),
        (b"\\begin{align", r"main\.tex:1:7: got a brace that is not closed"),
        (b"\\input{../outside}", "expected a file in the paper's folder"),
    ],
)
def test_what_is_no_paper_is_refused(content: bytes, why: str, tmp_path: Path) -> None:
    (tmp_path / "outside.tex").write_text("x")
    folder = tmp_path / "paper"
    folder.mkdir()
    (folder / "main.tex").write_bytes(content)
    with pytest.raises(InputError, match=why):
        paper(folder / "main.tex")


def test_macros_by_the_million_end() -> None:
    many = "".join(f"\\def\\a{'b' * k}{{x}}" for k in range(300)) + "\\def\\z#1{#1#1#1}" * 1000
    known = macros(list(tokens(many)))
    with pytest.raises(InputError, match="expands without end, or beyond what is read"):
        expanded(list(tokens("\\z{" * 40 + "x" + "}" * 40)), known)


MANY = r"""\begin{verbatim} \verb| \def\a{ \newcommand{\a}[ \begin{align} $x$ { \let\a\b \end
    \def\a#1{}\a \dlncheck[ \input{ \\ [ $\sigma_"""


@pytest.mark.skipif(not shutil.which("vim"), reason="needs vim")
def test_vim_finds_the_places_in_what_is_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("main.tex").write_text("% dlnproof: svd-jacobian\n$\\operatorname{van}(\\Sigma)$\n")
    Path("said").write_text(paper_text(paper("main.tex"), Screen()))
    listed = "map(getqflist(), '[bufname(v:val.bufnr), v:val.lnum, v:val.col, v:val.text]')"
    script = ["cgetfile said", f"call writefile([json_encode({listed})], 'list')", "qa!"]
    command = ["vim", "-Nu", "NONE", "-es", *(word for line in script for word in ("-c", line))]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL, timeout=60)
    [place, last] = json.loads(Path("list").read_text())
    assert [*place[:3], place[3].split(":")[0]] == ["main.tex", 2, 2, " refuted svd-jacobian"]
    assert last == ["", 0, 0, "1 marked formula: 1 refuted."]


@pytest.mark.long
@pytest.mark.parametrize(("formula", "status"), [("\\Sigma^2", OK), ("\\Sigma", FAILED)])
def test_the_action_shows_findings_beside_the_lines(
    formula: str, status: int, tmp_path: Path
) -> None:
    """Its steps are run as a workflow runs them; what they install is installed here."""
    text = (Path(__file__).parents[2] / "action.yml").read_text()
    install, *steps = re.findall(r"run: (.+)", text)
    assert install == 'python3 -m pip install --quiet "$GITHUB_ACTION_PATH"'
    assert len(re.findall(r"PAPER: \$\{\{ inputs.paper \}\}\n +run:", text)) == 3
    assert re.search(r"RECORD: \$\{\{ inputs.record \}\}\n +run:", text)
    main = tmp_path / "my paper.tex"
    main.write_text(f"% dlnproof: svd-jacobian\n$\\operatorname{{van}}({formula})$")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    inputs = {"PAPER": main.name, "RECORD": "no record.json", "GITHUB_STEP_SUMMARY": "summary.md"}
    judge, *others = (
        subprocess.run(
            ["bash", "-e", "-c", step],
            cwd=tmp_path,
            env={**os.environ, "PATH": path, **inputs},
            capture_output=True,
            text=True,
            check=False,
        )
        for step in steps
    )
    assert judge.returncode == status
    assert ("::error file=my paper.tex,line=2,col=2::refuted" in judge.stdout) is (status != OK)
    assert [done.returncode for done in others] == [OK, OK, USAGE]
    assert others[-1].stderr.startswith("dlnproof verify: file 'no record.json': ")
    suites = ElementTree.parse(tmp_path / "dlnproof-junit.xml").getroot()
    assert len(suites.findall(".//failure")) == (status != OK)
    told = (tmp_path / "summary.md").read_text().splitlines()
    assert told[-1].startswith("    1 marked formula: 1 ")


def test_the_hook_runs_the_command() -> None:
    text = (Path(__file__).parents[2] / ".pre-commit-hooks.yaml").read_text()
    assert re.search(r"^ +entry: dlnproof paper$", text, re.MULTILINE)
    assert re.search(r"^ +pass_filenames: false$", text, re.MULTILINE)


def test_what_the_page_shows_is_what_is_printed(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    root = Path(__file__).parents[2]
    page = (root / "docs" / "paper.md").read_text()
    [shown] = re.findall(r"^\$ dlnproof (paper \S+)\n(.+?)^```", page, re.MULTILINE | re.DOTALL)
    monkeypatch.chdir(root)
    assert cli(shown[0].split()).out == shown[1]


def test_groups_as_deep_as_they_are_many_end(tmp_path: Path) -> None:
    """Nothing is called once more for each."""
    for inside in ("x", ""):
        text = "{" * 10_000 + inside + "}" * 10_000
        assert one(tmp_path, f"% dlnproof: entropy\n\\[{text} = x\\]").verdict == "unread"


@pytest.mark.long
@pytest.mark.parametrize("piece", [*MANY.split(), "%a\n", "% dlnproof: let L = N\n"])
def test_a_million_of_anything_ends(piece: str, tmp_path: Path) -> None:
    """It is judged, or refused in a line; that it ends is what is tried."""
    (tmp_path / "main.tex").write_text(piece * (10**6 // len(piece)))
    with suppress(InputError):
        paper(tmp_path / "main.tex")
    (tmp_path / "main.tex").write_text(
        f"% dlnproof: entropy\n\\[{piece * (10**5 // len(piece))}\\]"
    )
    with suppress(InputError):
        paper(tmp_path / "main.tex")


def test_tokens_are_the_text_again() -> None:
    text = "a\\b{c} % d\n\\\\ \\% \\@e"
    assert "".join(t.text for t in tokens(text)) == text
    assert joined(tokens("\\sigma % c\nx")) == "\\sigma \nx"


def test_equations_of_a_display() -> None:
    text = "\\begin{align}a&=b\\\\[2pt]&+c\\\\{x\\\\y}&=z\\end{align}"
    [found] = displays(list(tokens(text)))
    assert not hasattr(found, "says")
    texts = ["".join(t.text for t in e.solid) for e in found.equations]
    assert texts == ["a=b+c", "{x\\\\y}=z"]


RIGHT = "% dlnproof: svd-jacobian\n\\[ J = \\operatorname{van}(\\Sigma^2) \\label{eq:j} \\]\n"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("words alone % dlnproof: eigenvalue", IN_PART),
        ("$x$ % dlnproof: eigenvalu", IN_PART),
        ("% dlnproof: eigenvalue", USAGE),
        ("% dlnproof: let q q", USAGE),
    ],
)
def test_the_status_of_a_slip_in_a_mark(text: str, status: int, tmp_path: Path, cli: Cli) -> None:
    (tmp_path / "main.tex").write_text(RIGHT + text)
    cli(["paper", str(tmp_path / "main.tex")], status)


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ("", OK),
        ("% dlnproof: entropy\n$\\foo$", IN_PART),
        ("% dlnproof: svd-jacobian\n$\\operatorname{van}(\\Sigma^2)|N-70|/(70-N)$", IN_PART),
        ("% dlnproof: svd-jacobian\n$\\operatorname{van}(\\Sigma)$", FAILED),
        ("% dlnproof: svd-jacobian\n$\\operatorname{van}(\\Sigma)$ $\\foo$", FAILED),
    ],
)
def test_the_command_line(
    more: str, status: int, tmp_path: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("main.tex").write_text(RIGHT + more)
    said = cli(["paper", "main.tex"], status).out.splitlines()
    assert said[0] == (
        "main.tex:2:8: proved svd-jacobian (eq:j): all N, all d, by the derivation of svd-jacobian"
    )
    commands = cli(["paper", "main.tex", "--format", "github"], status).out.splitlines()[:-1]
    level = "error" if status == FAILED else "warning"
    assert [line.split(" ")[0] for line in commands] == [f"::{level}"] * (status != OK)
    assert all("file=main.tex,line=4,col=2::" in line for line in commands)
    data = json.loads(cli(["paper", "main.tex", "--format", "json"], status).out)
    assert [f["line"] for f in data["formulas"]] == [2, 4][: len(data["formulas"])]
    assert data["formulas"][0]["judgement"]["verdict"] == "proved"


def test_what_a_macro_marks_is_not_suggested(tmp_path: Path) -> None:
    text = r"$J = \dlncheck[svd-jacobian]{\operatorname{van}(\Sigma^2)}$"
    (tmp_path / "main.tex").write_text(text)
    [found] = paper(tmp_path / "main.tex", suggest=True).formulas
    assert not found.suggested


def test_a_paper_without_marks(tmp_path: Path, cli: Cli) -> None:
    (tmp_path / "main.tex").write_text("$x$")
    assert "no formula is marked" in cli.refused(["paper", str(tmp_path / "main.tex")], NOTHING)
    assert "no such file" in cli.refused(["paper", str(tmp_path / "other.tex")])


def test_what_nobody_marked_is_suggested(
    tmp_path: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    pairs = r"\prod_{i<l}(\sigma_i^2-\sigma_l^2)"
    text = rf"$J=\operatorname{{van}}(\Sigma^2)=\sigma_1$, $x$, $\sigma$, ${pairs}$"
    Path("main.tex").write_text(text)
    cli.refused(["paper", "main.tex"], NOTHING)
    *found, counts = cli(["paper", "main.tex", "--suggest"]).out.splitlines()
    told = "proved svd-jacobian: nobody marked it; write % dlnproof: svd-jacobian"
    assert found == [f"main.tex:1:{text.index(s) + 1}: {told}" for s in (r"\operator", r"\prod")]
    assert counts == "0 marked formulas. 2 formulas recognised that nobody marked."


WRONG = "Before\r\n$\\operatorname{van}(\\Sigma)\\,d\\Sigma\\,dU\\,dV$, % after\r\n"


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_correction_is_put_in_its_place_and_nowhere_else(
    mark: bytes, tmp_path: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = f"% dlnproof: svd-jacobian\r\n{WRONG}% \u00e4\r\n% dlnproof: svd-jacobian\r\n{WRONG}"
    file = Path("main.tex")
    file.write_bytes(mark + text.encode())
    before = file.read_bytes()
    said = cli(["paper", "main.tex", "--fix"], USAGE)
    assert "there is no terminal to ask on; add --yes" in said.err
    assert file.read_bytes() == before
    cli(["paper", "main.tex", "--fix", "--yes"], FAILED)
    right = text.replace("van}(\\Sigma)", "van}(\\Sigma^{2})")
    assert file.read_bytes() == mark + right.encode()
    cli(["paper", "main.tex", "--fix", "--yes"])
    assert file.read_bytes() == mark + right.encode()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (r"\[J\is\operatorname{van}(\Sigma)\]", "a macro holds its relation"),
        (r"\begin{multline}J=\operatorname{van}\\ (\Sigma)\end{multline}", "laid out over rows"),
        ("\\[J=\\operatorname{van}% here\n(\\Sigma)\\]", "laid out over rows"),
        (r"\[J=\operatorname{van}\input{other}\]", "it stands in two files"),
        (r"\[J=\operatorname{van}\both\]", "a macro holds its end, or its measure"),
    ],
)
def test_what_cannot_be_put_in_its_place_is_told(
    text: str, why: str, tmp_path: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("other.tex").write_text(r"(\Sigma)")
    Path("main.tex").write_text(
        f"\\newcommand\\is{{=}}\\newcommand\\both{{(\\Sigma)\\,d\\Sigma\\,dU\\,dV}}\n"
        f"% dlnproof: svd-jacobian\n{text}"
    )
    before = Path("main.tex").read_bytes()
    said = cli(["paper", "main.tex", "--fix", "--yes"], FAILED).out
    assert "left as it is" in said
    assert why in said
    assert Path("main.tex").read_bytes() == before


def test_a_file_that_changed_meanwhile_is_left(tmp_path: Path) -> None:
    file = tmp_path / "main.tex"
    file.write_text(f"% dlnproof: svd-jacobian\n{WRONG}")
    texts = corrected(paper(file).corrections)
    file.write_text("else")
    with pytest.raises(InputError, match="has changed since it was read"):
        rewrite(texts)
    assert file.read_text() == "else"


def test_sarif_names_what_is_not_confirmed(
    tmp_path: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    wrong = "% dlnproof: svd-jacobian\n$\\operatorname{van}(\\Sigma)$\n"
    Path("main.tex").write_text(f"{RIGHT}{wrong}% dlnproof: entropi\n$x$ {RIGHT[23:]}")
    words = ["paper", "main.tex", "--suggest", "--format", "sarif"]
    data = json.loads(cli(words, FAILED).out)
    [run] = data["runs"]
    assert data["version"] == "2.1.0"
    assert run["tool"]["driver"]["name"] == "dlnproof"
    found = [(r["ruleId"], r["level"]) for r in run["results"]]
    assert found == [("svd-jacobian", "error"), ("unread", "warning"), ("svd-jacobian", "note")]
    [first, *_] = [r["locations"][0]["physicalLocation"] for r in run["results"]]
    assert first == {
        "artifactLocation": {"uri": "main.tex"},
        "region": {"startLine": 4, "startColumn": 2},
    }


def test_a_watched_paper_is_judged_again_when_a_file_of_it_changes(tmp_path: Path) -> None:
    main, other = tmp_path / "main.tex", tmp_path / "other.tex"
    main.write_text("\\input{other}")
    other.write_text(RIGHT)
    words = [sys.executable, "-u", "-m", "dlnproof", "paper", "main.tex", "--watch"]
    with subprocess.Popen(words, cwd=tmp_path, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = iter(process.stdout)
        assert "proved" in next(said)
        assert "1 proved" in next(said)
        other.write_text("% dlnproof: svd-jacobian\n$x")
        assert "does not close" in next(said)
        main.write_text("% dlnproof: svd-jacobian\n$\\operatorname{van}(\\Sigma)$")
        assert "main.tex:2:2: refuted" in next(said)
        process.send_signal(signal.SIGINT)
        process.wait(60)
    assert process.returncode == INTERRUPTED


@pytest.mark.parametrize("words", [["--yes"], ["--watch", "--fix"]])
def test_options_that_do_not_go_together(words: list[str], cli: Cli) -> None:
    assert "expected" in cli.refused(["paper", "main.tex", *words])


VAN = "\\DeclareMathOperator{\\van}{van}\n"
JACOBIAN = " % dlnproof: svd-jacobian\n"


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (r"\[ J = \van(\Sigma^2)\,\text{det}(\Sigma) \]", "unread"),
        (r"\[ J = \van(\Sigma^2)\,\textrm{ det}(\Sigma) \]", "unread"),
        (r"\[ J = \van(\Sigma^2)\quad + 7 \]", "refuted"),
        (r"\[ J = \van(\Sigma^2)\qquad +\, 7 \]", "refuted"),
        (r"\[ J = \van(\Sigma^2)\qquad 7 \]", "unread"),
        (r"\[ J = \van(\Sigma^2), N \]", "unread"),
        (r"\[\begin{split} J &= \van(\Sigma^2) \\ &\quad\times 7 \end{split}\]", "refuted"),
        (r"\begin{multline} J = \van(\Sigma^2) \\ \quad\times 7 \end{multline}", "refuted"),
        (r"\[ J = 1 \quad\text{for } d = 1 \]", "proved"),
        (r"\[ J = 1 \quad\text{if the width is one} \]", "unread"),
        (r"\[ J = 1 \quad\text{where } x = 1 \]", "unread"),
        (r"\[ J = \van(\Sigma^2), \quad\text{for all } N, d. \]", "proved"),
        (r"\[ J = \van(\Sigma^2), \quad\text{where $N$ is any}. \tag{3} \]", "unread"),
        (r"\[ J = \van(\Sigma^2), \quad\text{where Sigma is diagonal}. \tag{3} \]", "proved"),
        (r"\[ J = \van(\Sigma^2) \quad \forall N \]", "proved"),
        (r"\[ J =\quad \van(\Sigma^2) \quad(N\ge 2) \label{a}\]", "proved"),
    ],
)
def test_what_stands_behind_a_formula_is_understood_or_it_is_unread(
    text: str, verdict: str, tmp_path: Path
) -> None:
    found = one(tmp_path, VAN + text + JACOBIAN)
    assert found.verdict == verdict, found


@pytest.mark.parametrize("relation", [r"\not=", r"\not\equiv", r"\ne"])
def test_a_relation_that_is_negated_is_none(relation: str, tmp_path: Path) -> None:
    found = one(tmp_path, VAN + rf"\[ J {relation} \van(\Sigma^2) \]" + JACOBIAN)
    assert "got the relation" in found.unread


@pytest.mark.parametrize("said", ["i=l, N=2", r"i=l \text{ and } N=2", r"N = 2 \wedge i = l"])
def test_otherwise_than_several_conditions_is_unread(said: str, tmp_path: Path) -> None:
    text = CASES.replace("FIRST", said).replace("SECOND", r"\text{otherwise}")
    assert {f.verdict for f in judged(tmp_path, text).formulas} == {"unread"}


@pytest.mark.parametrize(
    ("row", "verdict"),
    [
        (r"&\quad\cdot 7", "refuted"),
        (r"&{}\times 7", "refuted"),
        (r"&\phantom{=}\times 7", "refuted"),
        (r"&\mathrel{\phantom{=}}\times 7", "refuted"),
        (r"&\hspace{1cm}+ 7", "refuted"),
        (r"&\qquad\prod_{i<l} N", "refuted"),
        (r"& N^{d}", "refuted"),
        (r"&\quad\times 1", "proved"),
        (r"K &\is 7", "proved"),
        (r"-K &= 7", "unread"),
        (r"&\text{if the depth is } N = 2", "unread"),
        (r"\intertext{and} K &= 7", "proved"),
    ],
)
def test_a_row_without_a_relation_goes_on_with_the_one_before(
    row: str, verdict: str, tmp_path: Path
) -> None:
    text = "\\newcommand{\\is}{=}\\begin{align} J &= \\van(\\Sigma^2) \\\\"
    found = one(tmp_path, f"{VAN}{text}{JACOBIAN}{row}\n\\end{{align}}")
    assert found.verdict == verdict, found


def test_two_rows_without_a_relation_may_be_two_formulas(tmp_path: Path) -> None:
    text = f"\\begin{{align}}&\\van(\\Sigma^2)\\\\{JACOBIAN}&N^d\\end{{align}}"
    assert "got a row without a relation" in one(tmp_path, VAN + text).unread
    text = text.replace("align", "gather").replace("&", "")
    assert one(tmp_path, VAN + text).verdict == "proved"


@pytest.mark.parametrize(
    ("preamble", "formula", "verdict"),
    [
        (r"\newcommand{\p}{1}\providecommand{\p}{2}", r"\van(\Sigma^{\p})", "refuted"),
        (r"\providecommand{\p}{2}", r"\van(\Sigma^{\p})", "proved"),
        (
            r"\providecommand{\det}{17}",
            r"\frac{\det(\Sigma)}{\det(\Sigma)}\van(\Sigma^2)",
            "proved",
        ),
        (r"\providecommand{\pi}{1}", r"\pi\van(\Sigma^2)", "refuted"),
        (r"\providecommand{\frac}[2]{#2}", r"\frac{7}{1}\van(\Sigma^2)", "refuted"),
        (r"\providecommand{\bar}[1]{#1}", r"\bar{\van}(\Sigma^2)", "unread"),
        (r"\newcommand{\ten}{12}", r"\frac\ten{2}\van(\Sigma^2)", "refuted"),
        (r"\newcommand{\ten}{12}", r"\frac{1}\ten 12\van(\Sigma^2)", "proved"),
        (r"\newcommand{\ten}{12}", r"\frac \ten\ten\van(\Sigma^2)", "proved"),
        (r"\newcommand{\ten}{12}", r"\sqrt[1]\ten\van(\Sigma^2)", "refuted"),
        (r"\newcommand{\p}{2}\gdef\p{1}", r"\van(\Sigma^{\p})", "unread"),
        (r"\newcommand{\p}{2}\DeclareRobustCommand{\p}{1}", r"\van(\Sigma^{\p})", "unread"),
        (r"\DeclareRobustCommand{\p}{2}", r"\van(\Sigma^{\p})", "proved"),
        (r"\newcommand{\p}{2}\NewDocumentCommand{\p}{}{1}", r"\van(\Sigma^{\p})", "unread"),
        (r"\newcommand{\p}{2}{\renewcommand{\p}{1}}", r"\van(\Sigma^{\p})", "unread"),
        (r"\newcommand{\p}{2}\newcommand{\q}{\def\p{1}}\q", r"\van(\Sigma^{\p})", "unread"),
        (r"\newcommand{\p}{2}\renewcommand{\p}{1}", r"\van(\Sigma^{\p})", "unread"),
        (r"\newcommand{\p}{2}\renewcommand{\p}{2}", r"\van(\Sigma^{\p})", "proved"),
        (r"\iffalse\renewcommand{\van}{\det}\fi", r"\van(\Sigma^2)", "unread"),
        (r"\newif\ifa\newcommand{\p}{2}", r"\van(\Sigma^{\p})", "proved"),
        (r"\begin{document}\renewcommand{\det}{2}", r"\det\van(\Sigma^2)", "unread"),
        (r"\begin{document}\newcommand{\p}{2}", r"\van(\Sigma^{\p})", "proved"),
        (
            r"\newcommand{\p}{2}\expandafter\def\csname p\endcsname{1}",
            r"\van(\Sigma^{\p})",
            "unread",
        ),
        (r"\newcommand{\p}{2}\@namedef{p}{1}", r"\van(\Sigma^{\p})", "unread"),
        (r"\let\p\q\def\q{2}", r"\van(\Sigma^{\p})", "unread"),
    ],
)
def test_a_macro_prints_what_it_prints_in_tex_or_is_unread(
    preamble: str, formula: str, verdict: str, tmp_path: Path
) -> None:
    found = one(tmp_path, f"{VAN}{preamble}\n\\[ J = {formula} \\]{JACOBIAN}")
    assert found.verdict == verdict, found
    assert ("the macro" in found.unread) is (verdict == "unread" and r"\bar" not in formula)


def test_files_that_are_not_there_are_told_and_known(tmp_path: Path) -> None:
    text = f"{VAN}\\include{{macros}}\\input{{more.tex}}\\[ J = \\van(\\Sigma^2) \\]{JACOBIAN}"
    found = judged(tmp_path, text)
    assert [x.rpartition(": ")[0].rpartition(": ")[2] for x in found.missing] == [
        "macros",
        "more.tex",
    ]
    assert found.absent == (str(tmp_path / "macros.tex"), str(tmp_path / "more.tex"))
    assert judged(tmp_path, text, macros="", more="").absent == ()


def test_packages_beside_a_paper_are_read_for_macros(tmp_path: Path) -> None:
    (tmp_path / "mine.sty").write_text("\\newcommand{\\p}{1}\\RequirePackage{amsmath,other} $")
    (tmp_path / "other.sty").write_text("\\newcommand{\\q}{2}\\RequirePackage{mine}")
    (tmp_path / "dlnproof.sty").write_text("\\newcommand{\\p}{2}")
    text = f"\\usepackage[x]{{amsmath, mine}}\\usepackage{{dlnproof}}{VAN}"
    text += f"\\[ \\van(\\Sigma^{{\\p}}) = \\van(\\Sigma^{{\\q}}) \\]{JACOBIAN}"
    found = judged(tmp_path, text.replace("\\[", "\\[ J = "))
    assert [f.verdict for f in found.formulas] == ["refuted", "proved"]
    assert [Path(name).name for name in found.files] == ["main.tex", "mine.sty", "other.sty"]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        (r"J = 7\,CHECK", ""),
        (r"J = CHECK + 7", ""),
        (r"J = (CHECK)", ""),
        (r"J = CHECK.", "eq:a"),
        (r"J = {} CHECK, \quad \text{for all } N", "eq:a"),
        (r"J = CHECK, \quad N = 2", ""),
        (r"CHECK = J", ""),
    ],
)
def test_what_is_checked_in_a_side_has_no_label(text: str, label: str, tmp_path: Path) -> None:
    check = text.replace("CHECK", r"\dlncheck[svd-jacobian]{\van(\Sigma^2)}")
    found = one(tmp_path, f"{VAN}\\[ \\label{{eq:a}} {check} \\]")
    assert (found.verdict, found.label) == ("proved", label)


def test_a_macro_marks_a_formula_in_text(tmp_path: Path) -> None:
    define = "\\renewcommand\\dlncheck[2][]{#2}"
    check = r"It is \dlncheck[svd-jacobian]{$\van(\Sigma^2)$}, and $x$"
    found = one(tmp_path, VAN + define + check)
    assert (found.verdict, found.formula) == ("proved", r"\operatorname{van}(\Sigma^2)")
    with pytest.raises(InputError, match=r"expected one formula in it"):
        one(tmp_path, VAN + check.replace("$", ""))


@pytest.mark.parametrize(
    ("macro", "measure"),
    [
        (r"\newcommand{\dd}{\,d}", r"\dd\Sigma\dd U\dd V"),
        (r"\newcommand{\de}{\mathrm{d}}", r"\,\de\Sigma\,\de U\,\de V"),
        (r"\newcommand{\dd}{\mathop{}\!\mathrm{d}}", r"\dd\Sigma\dd U\dd V"),
        ("", r"\,\dd\Sigma\,\dd{U}\,\dd V"),  # of the package physics
        (r"\newcommand{\all}{\,d\Sigma\,dU\,dV}", r"\all"),
        (r"\newcommand{\dif}[1]{\,d#1}", r"\dif{\Sigma}\dif U\dif V"),
    ],
)
def test_a_correction_leaves_the_measure_whatever_macros_print_it(
    macro: str, measure: str, tmp_path: Path
) -> None:
    found = judged(
        tmp_path,
        f"{macro}\n% dlnproof: svd-jacobian\n\\[J = \\operatorname{{van}}(\\Sigma){measure}.\\]",
    )
    [(before, after)] = corrected(found.corrections).values()
    assert after == before.replace(r"(\Sigma)", r"(\Sigma^{2})")
    (tmp_path / "main.tex").write_text(after)
    [again] = paper(tmp_path / "main.tex").formulas
    assert again.verdict == "proved"


PAIRS = r"\prod_{i<l}(\sigma_i^2-\sigma_l^2)"


@pytest.mark.parametrize(
    ("end", "column", "says"),
    [
        (r"\;\prod_i d\sigma_i\,dU\,dV", 0, ""),
        (r"\prod_{i=1}^d \mathrm{d}\sigma_i\,dU\,dV", 0, ""),
        (r"\, d\sigma_1\cdots d\sigma_d\,dU\wedge dV", 0, ""),
        (r"\, d\sigma_1\,d\sigma_2\cdots d\sigma_d\,dV\,dU", 0, ""),
        (r"\,d V", 2, "the end 'd V' is not a measure known here, expected d\\Sigma\\,dU\\,dV"),
        (r"\,d\Sigma\,dU\,dX", 2, r"the end 'd\Sigma\,dU\,dX' is not"),
        (r"\,dW", 2, "the end 'dW' is not"),
        (r"\,dU\,dV", 2, r"the end 'dU\,dV' is not"),
        (r"\,\prod_i d\sigma_i", 2, r"the end '\prod_i d\sigma_i' is not"),
        (r"\prod_{i=1}^N d\sigma_i\,dU\,dV", 19, r"the end 'dU\,dV' is not"),
        (r"\prod_i d\sigma_l\,dU\,dV", 19, r"the end 'dU\,dV' is not"),
        (r"\prod_i d\sigma_i \frac{1}{2}", None, r"got 'd\sigma', which may be a differential"),
        (r"d \sigma_1", None, r"got 'd \sigma', which may be a differential"),
        (r"\,\dd\sigma_1\cdots\dd\sigma_d\,\dd U\dd V", 0, ""),
        (r"\,\dd\sigma_1\,dU\,dV", 2, r"the end '\dd\sigma_1\,dU\,dV' is not"),
        (r"\prod_i d{\sigma_i} 2", None, r"got 'd{\sigma', which may be a differential"),
        (r"\dd\Sigma\,2", None, r"got '\dd\Sigma', which may be a differential"),
        (r"\prod_i d\log\sigma_i", None, r"got 'd\log\sigma', which may be a differential"),
    ],
)
def test_a_measure_is_the_targets_or_the_formula_is_unread(
    end: str, column: int | None, says: str, tmp_path: Path
) -> None:
    found = one(tmp_path, f"% dlnproof: svd-jacobian\n${PAIRS}{end}$")
    assert found.verdict == ("unread" if says else "proved")
    assert says in found.unread
    if says and column is not None:
        assert found.column == 2 + len(PAIRS) + end.index(says.split("'")[1])


@pytest.mark.parametrize(
    "text",
    [r"\prod_i d s_i \prod_{i<l}(s_i^2-s_l^2)", r"\prod_{i<l}(s_i^2-s_l^2)\prod_i ds_i dX"],
)
@pytest.mark.parametrize("let", ["s = sigma", "s = sigma, n = d", "s = sigma, d = N, n = d"])
def test_a_d_before_a_singular_value_is_never_taken_for_the_width(
    text: str, let: str, tmp_path: Path
) -> None:
    assert one(tmp_path, f"% dlnproof: let {let}\n% dlnproof: svd-jacobian\n${text}$").unread


@pytest.mark.parametrize(
    "text", [r"\sum_{i=1}^d\sigma_i^2", r"\frac1d d\cdot\operatorname{tr}(\Sigma^2)"]
)
def test_a_width_that_can_be_nothing_else_is_the_width(text: str, tmp_path: Path) -> None:
    assert one(tmp_path, f"% dlnproof: squared-norm\n${text}$").verdict == "proved"


def test_what_an_authors_commands_stand_for_is_said_of_macros_too(tmp_path: Path) -> None:
    start = (
        r"\newcommand{\sv}{\mathsf{S}}\DeclareMathOperator{\vdm}{Vdm}\newcommand{\dd}{\,d}"
        "\n% dlnproof: let \\sv = Sigma, \\vdm = van, X = W, P = U, Q = V\n"
    )
    text = r"\[dX = \vdm(\sv)\dd\sv\dd P\dd Q\]"
    found = judged(tmp_path, f"{start}% dlnproof: svd-jacobian\n{text}")
    [(before, after)] = corrected(found.corrections).values()
    assert after == before.replace(r"\vdm(\sv)", r"\vdm (\sv^{2})")
    (tmp_path / "main.tex").write_text(after)
    assert [x.verdict for x in paper(tmp_path / "main.tex").formulas] == ["proved"]


@pytest.mark.parametrize(
    ("macro", "let", "wrong", "right"),
    [
        (r"\newcommand{\vdm}[1]{V(#1)}", r"\vdm = van", r"\vdm{\Sigma}", r"\vdm{\Sigma^{2}}"),
        (
            r"\newcommand{\sv}[1]{s_{#1}}",
            r"\sv = sigma",
            r"\prod_{i<j} \left(\sv{i}-\sv j\right)",
            r"\prod_{i<j} (\sv{i}^{2}-\sv{j}^{2})",
        ),
        (
            r"\newcommand{\vdm}[1]{V(#1)}",
            r"\vdm = van",
            r"\vdm{\frac{\Sigma^4+\Sigma^2}{\Sigma^2}}2",
            r"\vdm{\frac{\Sigma^{4}+\Sigma^{2}}{\Sigma^{2}}}",
        ),
    ],
)
def test_corrections_give_an_authors_macros_their_arguments(
    macro: str, let: str, wrong: str, right: str, tmp_path: Path
) -> None:
    found = judged(tmp_path, f"{macro}\n% dlnproof: let {let}\n% dlnproof: svd-jacobian\n${wrong}$")
    assert [x.correction for x in found.formulas] == [right]
    [(_, after)] = corrected(found.corrections).values()
    (tmp_path / "main.tex").write_text(after)
    assert [x.verdict for x in paper(tmp_path / "main.tex").formulas] == ["proved"]


@pytest.mark.parametrize(
    ("macro", "let", "got"),
    [
        (r"\newcommand{\sv}[2]{s_{#1}^{#2}}", r"\sv = sigma", "with 2 arguments;"),
        (r"\newcommand{\sv}[1][i]{s_{#1}}", r"\sv = sigma", "with 1 argument, one optional;"),
        (r"\newcommand{\depth}[1]{L}", r"\depth = N", "with 1 argument;"),
    ],
)
def test_macros_that_can_stand_for_nothing(macro: str, let: str, got: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=rf"main.tex:2:1: let: got .*, a macro {got}"):
        judged(tmp_path, f"{macro}\n% dlnproof: let {let}\n% dlnproof: svd-jacobian\n$x$")


def test_a_formula_with_its_measure_is_recognised_where_d_is_no_width(tmp_path: Path) -> None:
    text = r"\[ J = \prod_{i<l}(\sigma_i^2-\sigma_l^2)\,d\Sigma\,dU\,dV \]"
    (tmp_path / "main.tex").write_text(f"% dlnproof: let n = d\n{text}")
    found = paper(tmp_path / "main.tex", suggest=True).formulas
    assert [(x.target, x.verdict, x.suggested) for x in found] == [("svd-jacobian", "proved", True)]


def test_where_the_letters_come_from_may_stand_behind_a_formula(tmp_path: Path) -> None:
    start = "% dlnproof: let X = W, P = U, Q = V\n% dlnproof: svd-jacobian\n"
    text = r"\[ J = \operatorname{van}(\Sigma^2), \qquad \text{where } X = P\Sigma Q^\top. \]"
    assert one(tmp_path, start + text).verdict == "proved"


@pytest.mark.parametrize(
    "text",
    [
        r"\prod_{i<l}\abs*{\sigma_i^2-\sigma_l^2}",
        r"\prod_{i<l}\abs[\big]{\br{\sigma_i-\sigma_l}\br*{\sigma_i+\sigma_l}}",
    ],
)
def test_paired_delimiters_are_read_in_any_size(text: str, tmp_path: Path) -> None:
    start = "\\DeclarePairedDelimiter\\abs{\\lvert}{\\rvert}\\DeclarePairedDelimiter{\\br}{(}{)}\n"
    start += "% dlnproof: svd-jacobian\n"
    assert one(tmp_path, f"{start}${text}$").verdict == "proved"
    assert one(tmp_path, f"{start}$2{text}$").verdict == "refuted"


def test_a_matrix_in_sans_serif_is_the_matrix(tmp_path: Path) -> None:
    start = "% dlnproof: let S = Sigma\n% dlnproof: svd-jacobian\n"
    for text in (
        r"\mathsf{van}(\mathsf{S}^2)\,d\mathsf{S}\,dU\,dV",
        r"\mathsf{van}(\mathsf S^2)\,d\mathsf S\,dU\,dV",
    ):
        assert one(tmp_path, f"{start}${text}$").verdict == "proved"
