"""The verification appendix of an author's paper, and the package that shows verdicts in it."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import Cli

from dlnproof.documents.appendix.paper import FINDINGS, FORMULAS, formulas_again, paper_files
from dlnproof.documents.appendix.tree import SUMS
from dlnproof.errors import FAILED, OK, USAGE, InputError
from dlnproof.judge.judgement import Judgement
from dlnproof.papers.judged import Judged, Paper, paper
from dlnproof.papers.numbers import numbers

SOURCE = r"""\documentclass{article}
\usepackage{amsmath,amssymb,amsthm,mathtools,booktabs,longtable}
\usepackage{checked/dlnproof}
\newcommand{\sv}[1]{s_{#1}}
\DeclareMathOperator{\van}{van}
% dlnproof: let L = N, s = sigma, k = i, m = l
\begin{document}
% dlnproof: eigenvalue
\begin{equation}\label{eq:eigenvalue}
  \lambda_{km}=\frac1L\sum_{j=1}^{L}\sv{k}^{2(L-j)/L}\sv{m}^{2(j-1)/L}
\end{equation}
\begin{equation}\label{eq:jacobian}
  J = \dlncheck[svd-jacobian]{\van(\Sigma^2)} = \dlncheck[svd-jacobian]{\van(\Sigma)}
\end{equation}
\[ c_d^{L-1}\frac{\van(\Sigma^2)}{\van(\Sigma^{2/L})} \] % dlnproof: orbit-volume
\begin{equation}\label{eq:integral} x = \int y % dlnproof: eigenvalue
\end{equation}
Verdicts: \dlnverdict{eq:eigenvalue}, \dlnverdict{eq:jacobian}, \dlnverdict{eq:integral},
\dlnvalue{refuted} of \dlnvalue{marked}.
\end{document}
"""
DOC = (Path(__file__).parents[2] / "docs" / "paper.md").read_text()
AUX = r"""\relax
\newlabel{eq:eigenvalue}{{1}{1}{}{equation.0.1}{}}
\newlabel{eq:jacobian}{{A.2}{1}{}{equation.0.2}{}}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("paper")
    (made / "main.tex").write_text(SOURCE)
    (made / "main.aux").write_text(AUX)
    return made


@pytest.fixture(scope="module")
def found(folder: Path) -> Paper:
    return paper(folder / "main.tex")


@pytest.fixture(scope="module")
def files(found: Paper, folder: Path) -> dict[str, str]:
    made = paper_files(found, folder / "main.tex", folder / "checked")
    return {name: content.decode("ascii") for name, content in made.items()}


def judgement(each: Judged) -> Judgement:
    assert each.judgement is not None
    return each.judgement


def flat(text: str) -> str:
    return " ".join(text.split())


def test_the_tree(files: dict[str, str], found: Paper, folder: Path) -> None:
    again = paper_files(found, folder / "main.tex", folder / "checked")
    assert {name: content.decode() for name, content in again.items()} == files
    assert set(files) == {
        *("appendix.tex", "main.tex", "paragraph.tex", "references.bib", "main.bbl"),
        *(
            "dlnproof.sty",
            "verdicts.tex",
            "claims/operator_spectrum.tex",
            "claims/svd_jacobian.tex",
        ),
        *(
            "anc/README",
            FINDINGS,
            FORMULAS,
            "anc/counterexample-3.json",
            "anc/counterexample-4.json",
            SUMS,
        ),
    }
    listed = dict(line.split("  ")[::-1] for line in files[SUMS].splitlines())
    assert listed == {
        name.removeprefix("anc/"): hashlib.sha256(text.encode()).hexdigest()
        for name, text in files.items()
        if name.startswith("anc/") and name != SUMS
    }


def test_the_short_one_names_the_derivations(
    files: dict[str, str], found: Paper, folder: Path
) -> None:
    short = paper_files(found, folder / "main.tex", folder / "checked", short=True)
    left = {"claims/operator_spectrum.tex", "claims/svd_jacobian.tex"}
    assert set(files) - set(short) == left  # the books of theorems that are assumed are cited still
    text = flat(short["appendix.tex"].decode("ascii")).replace(r"\allowbreak{}", "")
    assert r"dlnproof derive operator-spectrum svd-jacobian -o derivations" in text
    assert short["anc/findings.json"].decode("ascii") == files[FINDINGS]


def test_an_appendix_that_the_paper_takes_in_is_no_part_of_it(
    found: Paper, folder: Path, tmp_path: Path
) -> None:
    made = paper_files(found, folder / "main.tex", folder / "checked", short=True)
    (tmp_path / "appendix.tex").write_bytes(made["appendix.tex"])
    (tmp_path / "main.tex").write_text(r"""$\lambda$ \input{appendix} \input{appendix}""")
    again = paper(tmp_path / "main.tex", suggest=True)
    assert (again.formulas, [*again.files]) == ((), [str(tmp_path / "main.tex")])


def test_the_table_names_an_unnumbered_formula_by_its_place_alone(files: dict[str, str]) -> None:
    rows = [line for line in files["appendix.tex"].split("\n") if r"\tabularnewline" in line]
    [row] = [row for row in rows if r"\texttt{main.tex:15}" in row]
    assert row.startswith(r"unnumbered & \texttt{")


def test_counterexamples_are_listed_once(files: dict[str, str]) -> None:
    last = flat(files["appendix.tex"]).rpartition("judge the formulas again")[2]
    assert last.count("replay") == 1
    assert last.count("counterexample-") == sum("counterexample-" in name for name in files)


def test_labels_and_macros_are_ours(files: dict[str, str]) -> None:
    text = "".join(text for name, text in files.items() if name.endswith(".tex"))
    labels = re.findall(r"\\label\{([^}]*)\}", text)
    assert len(labels) == len(set(labels))
    assert all(label.startswith("dln:") for label in labels)


def test_the_recipe_for_a_paper_is_what_it_takes(files: dict[str, str]) -> None:
    [recipe] = re.findall(r"usepackage\{([a-z,]*longtable)\}", DOC)
    [needed] = re.findall("% Packages: (.*);", files["appendix.tex"])
    assert recipe.split(",") == needed.split(", ")
    assert "`checked/main.bbl`" in DOC  # for a paper without \bibliography
    assert "main.bbl" in files
    assert files["main.bbl"].startswith(r"\begin{thebibliography}")


def test_what_is_for_readers_names_files_that_are_there(
    files: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = files["anc/README"]
    assert "dlnproof replay counterexample-3.json\n" in told
    assert "anc/counterexample-3.json" in files
    (tmp_path / "main.tex").write_text("% dlnproof: svd-jacobian\n$\\operatorname{van}(\\Sigma^2)$")
    found = paper(tmp_path / "main.tex")
    monkeypatch.setattr("dlnproof.documents.appendix.paper.commit", lambda: "0123456789" * 4)
    made = paper_files(found, tmp_path / "main.tex", tmp_path / "checked", short=True)
    assert b"\n\\dlnset{commit}{012345678901}\n" in made["verdicts.tex"]  # TeX breaks no such word
    told = made["anc/README"].decode()
    assert f"(commit {'0123456789' * 4})" in told
    assert "counterexample" not in told
    assert told.endswith("judges the formulas again.\n")


def test_equations_have_the_numbers_that_latex_gave_them(
    files: dict[str, str], tmp_path: Path
) -> None:
    text = files["appendix.tex"]
    assert r"Equation~\dlneq{eq:eigenvalue}{(1)}" in text
    assert r"Equation~\dlneq{eq:jacobian}{(A.2)}" in text
    assert r"Equation~\dlneq{eq:integral}{\texttt{eq:integral}}" in text  # LaTeX has not seen it
    assert r"the formula in line 15 of \texttt{main.tex}" in flat(files["paragraph.tex"])
    (tmp_path / "main.aux").write_text(r"\@input{one.aux}" + "\n" + r"\newlabel{a}{{3}{1}}")
    (tmp_path / "one.aux").write_text(r"\newlabel{b}{{2.1}{1}}\newlabel{c}{{\x}{1}}")
    assert numbers(tmp_path / "main.tex") == {"a": "3", "b": "2.1"}
    assert numbers(tmp_path / "other.tex") == {}


def test_formulas_are_told_in_the_authors_letters(files: dict[str, str]) -> None:
    text = flat(files["appendix.tex"])
    assert r"The paper writes $L$ for $N$, $s$ for $\sigma$, $k$ for $i$, $m$ for $l$." in text
    formulas = text.split(r"\dlnsection{The formulas}")[1].split(r"\dlnsection")[0]
    assert r"\sum_{j=1}^{L} s_{k}^{\frac{2(L-j)}{L}}" in formulas
    assert r"\sigma_{k}" not in formulas
    assert r"\sqrt{\frac{" in formulas  # the orbit's corrected formula
    assert r"the definition gives $4\sqrt{10}\,\pi$" in formulas.replace(r" \, ", r"\,").replace(
        r"4 \sqrt", r"4\sqrt"
    )


def test_the_paragraph_counts_what_was_found(files: dict[str, str]) -> None:
    said = flat(files["paragraph.tex"])
    assert r"\textbf{3 of 5 are not confirmed.}" in said
    assert "2 are proved to be equal to the definition" in said
    assert "2 are refuted by a counterexample" in said
    assert "is not known, since it could not be read" in said
    digest = hashlib.sha256(files[FINDINGS].encode()).hexdigest()
    assert digest in said.replace(r"\allowbreak{}", "")


def test_a_paper_without_a_slip_is_told_so(tmp_path: Path) -> None:
    text = "% dlnproof: svd-jacobian\n$\\operatorname{van}(\\Sigma^2)$\n"
    (tmp_path / "main.tex").write_text(text)
    found = paper(tmp_path / "main.tex")
    made = paper_files(found, tmp_path / "main.tex", tmp_path / "checked")
    said = flat(made["paragraph.tex"].decode())
    assert "textbf" not in said
    assert "The formula in line 2 of" in said
    assert "is proved to be equal to the definition for every depth and width." in said


def test_the_formulas_are_judged_again_without_the_paper(
    files: dict[str, str], found: Paper, tmp_path: Path
) -> None:
    (tmp_path / "formulas.latex").write_text(files[FORMULAS])
    again = paper(tmp_path / "formulas.latex")
    read = [x for x in found.formulas if x.judgement]
    assert [(x.target, x.verdict, x.understood) for x in map(judgement, again.formulas)] == [
        (x.target, x.verdict, x.understood) for x in map(judgement, read)
    ]
    assert formulas_again(again, "x").count("% dlnproof:") == len(read)


def test_counterexamples_are_replayed(files: dict[str, str], tmp_path: Path, cli: Cli) -> None:
    for name in ("anc/counterexample-3.json", "anc/counterexample-4.json"):
        (tmp_path / "one.json").write_text(files[name])
        assert "1 of 1 counterexamples confirmed" in cli(["replay", str(tmp_path / "one.json")]).out


def test_verdicts_are_bound_to_the_files_that_were_read(
    files: dict[str, str], folder: Path, tmp_path: Path
) -> None:
    lines = files["verdicts.tex"].splitlines()
    sums = hashlib.md5(SOURCE.encode(), usedforsecurity=False).hexdigest().upper()
    assert rf"\dlnfile{{main.tex}}{{{sums}}}" in lines
    assert r"\dlnfound{eq:eigenvalue}{proved}" in lines
    assert r"\dlnfound{eq:jacobian}{refuted}" in lines  # the worse of its two sides
    assert r"\dlnset{refuted}{2}" in lines
    shown = re.findall(r"\\dlnset\{([^}]*)\}", files["verdicts.tex"])
    assert set(shown[:4]) == {"version", "commit", "digest", "marked"}
    assert shown[4] == "proved"  # the best first: a label has the last of its formulas'
    assert shown[-1] == "refuted"
    (tmp_path / "checked").mkdir()
    (tmp_path / "main.tex").write_text("% dlnproof: svd-jacobian\n$x$\\input{checked/appendix}")
    (tmp_path / "checked" / "appendix.tex").write_text("ours")
    found = paper(tmp_path / "main.tex")
    made = paper_files(found, tmp_path / "main.tex", tmp_path / "checked")
    assert made["verdicts.tex"].count(b"dlnfile") == 1  # a file that is written now is not bound
    (tmp_path / "main.tex").write_text("% dlnproof: svd-jacobian\n$y$ and more")
    with pytest.raises(InputError, match="has changed since it was read"):
        paper_files(found, tmp_path / "main.tex", tmp_path / "checked")


def shown(folder: Path) -> tuple[str, str]:
    """The line of verdicts that LaTeX prints, and what it warns of."""
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "main.tex"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    text = subprocess.run(
        ["pdftotext", "main.pdf", "-"], cwd=folder, check=True, capture_output=True, text=True
    ).stdout
    log = (folder / "main.log").read_text("latin-1").replace("\n", "")
    [line] = re.findall(r"Verdicts: .*?\.", flat(text))
    return line, log


@pytest.mark.skipif(
    not all(map(shutil.which, ("pdflatex", "pdftotext"))), reason="needs pdflatex and pdftotext"
)
def test_latex_prints_verdicts_until_the_paper_is_edited(
    files: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "main.tex").write_text(SOURCE)
    (tmp_path / "checked").mkdir()
    (tmp_path / "checked" / "dlnproof.sty").write_text(files["dlnproof.sty"])
    line, log = shown(tmp_path)
    assert line == "Verdicts: ??, ??, ??, ?? of ??."
    assert "there are no verdicts" in log
    (tmp_path / "checked" / "verdicts.tex").write_text(files["verdicts.tex"])
    line, log = shown(tmp_path)
    assert line == "Verdicts: proved, refuted, unread, 2 of 5."
    assert "Package dlnproof Warning" not in log
    (tmp_path / "main.tex").write_text(SOURCE.replace(r"\frac1L", r"\frac1N"))
    line, log = shown(tmp_path)
    assert line == "Verdicts: ??, ??, ??, ?? of ??."
    assert "main.tex has changed since dlnproof read it" in log


def test_the_folder_is_written_and_written_again(folder: Path, cli: Cli) -> None:
    out = folder / "checked"
    command = ["paper", str(folder / "main.tex"), "-o", str(out)]
    assert f"Written: {out / 'appendix.tex'} and 15 other files" in cli(command, FAILED).out
    said = cli([*command, "--format", "json"], FAILED).out
    assert json.loads(said)["schema"] == "dlnproof-paper/1"
    (out / "mine.txt").write_text("mine")
    assert "--force keeps files of other names" in cli.refused(command)
    cli([*command, "--force"], FAILED)
    assert (out / "mine.txt").read_text() == "mine"


@pytest.mark.parametrize("power", ["2", "4"])
def test_own_claims_stand_in_the_appendix(power: str, tmp_path: Path, cli: Cli) -> None:
    (tmp_path / "mine.toml").write_text(
        f"[my-jacobian]\nquantity = 'svd-jacobian'\nformula = 'van(Sigma^{power})'\n"
    )
    (tmp_path / "main.tex").write_text(
        "% dlnproof: svd-jacobian\n$\\operatorname{van}(\\Sigma^2)$\n"
    )
    words = ["paper", str(tmp_path / "main.tex"), "-o", str(tmp_path / "checked"), "--short"]
    right = power == "2"
    out = cli([*words, "--claims", str(tmp_path / "mine.toml")], OK if right else FAILED).out
    assert ("Not confirmed: my-jacobian" in out) is not right
    text = flat((tmp_path / "checked" / "appendix.tex").read_text())
    assert "The author states these in \\texttt{mine.toml}" in text
    assert r"\input{\dlnpath claims/own-my_jacobian}" in text
    word = "proved" if right else "refuted"
    heading = r"\dlnsee{dln:my-jacobian}{A formula for the quantity svd-jacobian}"
    assert rf"{heading}: \textbf{{{word}}}" in text
    assert "given what was not established" not in text
    anc = tmp_path / "checked" / "anc"
    assert "claims/record.json" in (anc / "SHA256SUMS").read_text()
    command = ["verify", str(anc / "claims" / "record.json"), "--jobs", "1"]
    assert (anc / "claims" / "mine.toml").read_bytes() == (tmp_path / "mine.toml").read_bytes()
    said = cli.ended([*command, "--with", str(tmp_path / "mine.toml")])[1]
    assert "Files beside the record, made again: 1 of 1 are the same." in said.out
    assert "The record is confirmed." in said.out


def test_the_paper_itself_is_not_replaced(tmp_path: Path, cli: Cli) -> None:
    paper = tmp_path / "main.tex"
    paper.write_text(SOURCE)
    said = cli(["paper", str(paper), "-o", str(tmp_path), "--force"], USAGE)
    assert "would replace" in said.err
    assert "give another folder" in said.err
    assert paper.read_text() == SOURCE


LESS = r"""\documentclass{article}\DeclareMathOperator{\van}{van}\begin{document}
\begin{equation}\label{eq:one} J = 1 \end{equation} % dlnproof: svd-jacobian where d = 1
\begin{equation}\label{eq:all} J = \van(\Sigma^2) \end{equation} % dlnproof: svd-jacobian
\begin{equation}\label{eq:two} \lambda_{il} = \sigma_i % dlnproof: eigenvalue where N = 2, i = l
\end{equation}
\end{document}
"""


def test_what_is_proved_of_less_is_said_of_less(tmp_path: Path) -> None:
    main = tmp_path / "main.tex"
    main.write_text(LESS)
    made = paper_files(paper(main), main, tmp_path / "checked", short=True)
    told = " ".join(made["paragraph.tex"].decode().split())
    assert r"\texttt{eq:one}} is proved to be equal to the definition for all $N$, $d = 1$." in told
    assert r"\texttt{eq:all}} is proved to be equal to the definition for every depth" in told
    assert "definition for $N = 2$, all $d$ where $i = l$." in told
    verdicts = made["verdicts.tex"].decode()
    assert r"\dlnfound{eq:one}{proved for all $N$, $d = 1$}" in verdicts
    assert r"\dlnfound{eq:all}{proved}" in verdicts


CASES = r"""% dlnproof: let L = N, n = d, s = sigma
% dlnproof: eigenvalue
\begin{equation}\label{eq:cases} \lambda_{jk} = \begin{cases}
\frac{s_j^2-s_k^2}{L(s_j^{2/L}-s_k^{2/L})} & j \ne k \\ s_j^{2-2/L} & j = k
\end{cases} \end{equation}
% dlnproof: eigenvalue
\begin{equation}\label{eq:two} \lambda_{jk} = s_j^{2-2/L}, \quad j = k \end{equation}
"""


@pytest.mark.parametrize(
    ("old", "new", "verdict"),
    [
        ("", "", "proved"),
        (r"j \ne k", "j < k", "proved under conditions"),  # j > k is left out
    ],
)
def test_the_cases_of_a_formula_have_one_verdict(
    old: str, new: str, verdict: str, tmp_path: Path
) -> None:
    main = tmp_path / "main.tex"
    main.write_text(CASES.replace(old, new))
    made = paper_files(paper(main), main, tmp_path / "checked", short=True)
    found = made["verdicts.tex"].decode()
    assert rf"\dlnfound{{eq:cases}}{{{verdict}}}" in found
    assert r"\dlnfound{eq:two}{proved for all $L$, all $n$ where $j = k$}" in found
    told = flat(made["paragraph.tex"].decode())
    both = r"2 are proved to be equal to the definition for every depth and width (Equation~\dlneq"
    assert (both in told) is (verdict == "proved")


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (["--pdf"], "--pdf: got no -o"),
        (["--force"], "--force: got no -o"),
        (["--short"], "--short: got no -o"),
        (["--claims", "x.py"], "--claims: got no -o"),
        (["-o", "x", "--claims", "x"], "--claims: got 'x', expected a file of your claims"),
        (["-o", "x", "--watch"], "-o: got --watch beside it"),
        (["-o", "x", "--fix"], "-o: got --fix beside it"),
    ],
)
def test_what_does_not_go_together(options: list[str], why: str, folder: Path, cli: Cli) -> None:
    assert why in cli.refused(["paper", str(folder / "main.tex"), *options])


MACROS = r"""\newcommand{\spectrum}{\varsigma}\newcommand{\sg}[1]{{\spectrum_{#1}^*}}
\newcommand{\vdm}[1]{\mathcal{V}(#1)}\newcommand{\depth}{\bm{h}}
% dlnproof: let \sg = sigma, \vdm = van, \depth = N
"""
WITH_MACROS = r"""
% dlnproof: orbit-volume
\[ c_d^{\depth-1}\prod_{i<l}\frac{\sg{i}^2-\sg{l}^2}{\sg{i}^{2/\depth}-\sg{l}^{2/\depth}} \]
% dlnproof: svd-jacobian
\[ \vdm{\Sigma^2} = \vdm{\Sigma} \]
"""


def test_an_appendix_by_itself_has_what_the_papers_macros_print(tmp_path: Path) -> None:
    main = tmp_path / "main.tex"
    main.write_text(MACROS + WITH_MACROS)
    made = paper_files(paper(main), main, tmp_path / "checked", short=True)
    told = flat(made["appendix.tex"].decode())
    assert r"{{\varsigma_{i}^*}}^{2}-{{\varsigma_{l}^*}}^{2}" in told
    assert r"\mathcal{V}(\Sigma^{2})" in told
    assert r"${{\varsigma_{i}^*}}$ for $\sigma_{i}$" in told
    assert r"\texttt{\textbackslash{}depth} for $N$, which is written here" in told
    for text in (made[name] for name in made if name.endswith(".tex")):
        assert not re.search(rb"\\(?:sg|vdm|depth|spectrum|bm)(?![a-z])", text)


@pytest.mark.long
@pytest.mark.skipif(not shutil.which("latexmk"), reason="needs latexmk")
def test_the_appendix_compiles_by_itself_and_in_the_paper(tmp_path: Path, cli: Cli) -> None:
    inside = "\\appendix\\newcommand{\\dlnpath}{checked/}\\input{checked/appendix}\n"
    inside += "\\bibliographystyle{plain}\\bibliography{checked/references}\n\\end{document}"
    text = SOURCE.replace(r"\int y", "y").replace(r"\end{document}", WITH_MACROS + inside)
    text = text.replace(r"\begin{document}", f"{MACROS}\\usepackage{{bm}}\n\\begin{{document}}")
    for source in (text, text.replace("{article}", "[twocolumn]{article}")):
        main = tmp_path / "main.tex"
        main.write_text(source)
        command = ["paper", str(main), "-o", str(tmp_path / "checked"), "--pdf"]
        cli(command, FAILED)
        assert (tmp_path / "checked" / "main.pdf").is_file()
        latexmk = ["latexmk", "-norc", "-pdf", "-interaction=nonstopmode", "-halt-on-error"]
        subprocess.run([*latexmk, "main.tex"], cwd=tmp_path, check=True, capture_output=True)
        log = (tmp_path / "main.log").read_text("latin-1")
        assert "undefined" not in log.replace("cmtt/m/n' undefined", "")  # a backslash in it
        assert "Package dlnproof Warning" not in log.replace("\n", "")
        cli(command, FAILED)


@pytest.mark.long
@pytest.mark.skipif(not shutil.which("latexmk"), reason="needs latexmk")
def test_latexmk_judges_a_paper_before_latex_runs(tmp_path: Path, files: dict[str, str]) -> None:
    [line] = re.findall(r"^    (\$pdflatex = .*)$", DOC, re.MULTILINE)
    (tmp_path / "rc").write_text(
        line.replace("dlnproof paper", f"{sys.executable} -m dlnproof paper")
    )
    latexmk = ["latexmk", "-norc", "-r", "rc", "-pdf", "-interaction=nonstopmode", "main.tex"]
    for edited in (SOURCE, SOURCE.replace(r"{\van(\Sigma)}", r"{\van(\Sigma\Sigma)}")):
        (tmp_path / "main.tex").write_text(edited)
        subprocess.run(latexmk, cwd=tmp_path, check=True, capture_output=True)
        line, log = shown(tmp_path)
        assert line.startswith("Verdicts: proved,")
        assert "has changed" not in log


def test_conventions_and_what_is_assumed_are_told_and_kept(tmp_path: Path) -> None:
    text = (
        "% dlnproof: let L = N, s = sigma; normalization = sum; van = j-i\n"
        "% dlnproof: eigenvalue where i = l\n\\[ \\lambda = L s_i^{2-2/L} \\]\n"
        "% dlnproof: svd-jacobian\n\\[ J \\propto 3\\operatorname{van}(\\Sigma^2) \\]\n"
    )
    (tmp_path / "main.tex").write_text(text)
    found = paper(tmp_path / "main.tex")
    made = paper_files(found, tmp_path / "main.tex", tmp_path / "checked", short=True)
    said = flat(made["appendix.tex"].decode())
    assert "the operator as the sum of its terms" in said
    assert r"$\operatorname{van}(x)$ for $\prod_{i<j}(x_j-x_i)$" in said
    assert "up to a constant" in said
    (tmp_path / "formulas.latex").write_bytes(made[FORMULAS])
    again = paper(tmp_path / "formulas.latex")
    assert [(x.target, x.verdict, x.where) for x in map(judgement, again.formulas)] == [
        (x.target, x.verdict, x.where) for x in map(judgement, found.formulas)
    ]
    assert [x.where for x in map(judgement, found.formulas)] == ["i = l", ""]


def test_a_file_that_comes_to_be_is_another(tmp_path: Path) -> None:
    main = tmp_path / "main.tex"
    main.write_text(LESS.replace(r"\begin{document}", r"\begin{document}\input{macros}"))
    made = paper_files(paper(main), main, tmp_path / "checked", short=True)
    assert "\n\\dlnfile{macros.tex}{}\n" in made["verdicts.tex"].decode()
