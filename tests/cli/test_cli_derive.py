"""``dlnproof derive``: LaTeX on standard output or in a directory, whole or not at all."""

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Cli

from dlnproof.claims import CLAIMS
from dlnproof.documents import document
from dlnproof.documents.document import compile_pdf, write_document
from dlnproof.errors import FAILED, USAGE, InputError

SUPPORT = ["conventions.tex", "main.tex", "references.bib"]


def names(directory: Path) -> list[str]:
    """Return what a directory holds, hidden files included."""
    return sorted(path.name for path in directory.iterdir())


def test_to_standard_output(cli: Cli) -> None:
    out, err = cli(["derive", "svd-jacobian", "volume-form"])
    assert out.count(r"\begin{proof}") == 2
    assert err == ""
    assert cli(["derive", "svd-jacobian", "volume-form", "-o", "-"]).out == out


@pytest.mark.long
def test_into_a_directory(tmp_path: Path, cli: Cli) -> None:
    directory = tmp_path / "a" / "b"
    out = cli(["derive", "-o", str(directory)]).out
    expected = sorted([*(f"{claim.slug}.tex" for claim in CLAIMS.values()), *SUPPORT])
    assert names(directory) == expected
    assert sorted(out.split()) == [str(directory / name) for name in expected]
    assert (directory / "svd_jacobian.tex").read_text() == cli(["derive", "svd-jacobian"]).out


def test_a_proof_that_fails_is_status_1_and_named(stating: Callable[[str], None], cli: Cli) -> None:
    stating("svd-jacobian")
    out, err = cli(["derive", "svd-jacobian"], FAILED)
    assert "This proof is not complete" in out
    assert err == "dlnproof derive: not established: svd-jacobian\n"


@pytest.mark.parametrize(
    ("words", "fragment"),
    [
        (["--pdf"], "--pdf: got no directory, expected -o DIR"),
        (["--pdf", "-o", "-"], "--pdf: got no directory"),
        (["-o", ""], "-o: got '', expected a directory"),
        (["-o", "file"], "-o: got 'file', cannot write there (File exists)"),
        (["-o", "file/x"], "(Not a directory)"),
        (["-o", "new/" + "x" * 300], "(File name too long)"),
        (["-o", "taken"], "(main.tex: Is a directory)"),
        (
            ["-o", "circle"],
            "-o: got 'circle', cannot write there (Too many levels of symbolic links)",
        ),
    ],
)
def test_unwritable_directories(
    words: list[str],
    fragment: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    cli: Cli,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("file").touch()
    Path("taken/main.tex").mkdir(parents=True)
    Path("circle").symlink_to("circle")
    err = cli.refused(["derive", "svd-jacobian", *words])
    assert fragment in err
    assert names(Path()) == ["circle", "file", "taken"]
    assert names(Path("taken")) == ["main.tex"]


def test_without_latexmk_the_files_are_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cli: Cli
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    err = cli(["derive", "svd-jacobian", "--pdf", "-o", str(tmp_path / "o")], USAGE).err
    assert "latexmk was not found" in err
    assert "the LaTeX files are written" in err
    assert err.count("\n") == 1
    assert names(tmp_path / "o") == sorted(["svd_jacobian.tex", *SUPPORT])


def _latexmk(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a stand-in for latexmk, a shell script, first on the path."""
    (folder / "latexmk").write_text(f"#!/bin/sh\n{script}\n")
    (folder / "latexmk").chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


def test_the_pdf_is_added_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _latexmk(tmp_path, "cat main.tex svd.tex > main.pdf; touch main.aux main.log", monkeypatch)
    directory = tmp_path / "o"
    write_document(directory, {"svd": "fragment"}, "0")
    before = set(names(directory))
    assert compile_pdf(directory) == directory / "main.pdf"
    assert set(names(directory)) - before == {"main.pdf"}
    assert (directory / "main.pdf").read_text().endswith("fragment")


def test_a_failure_of_latex_is_explained_and_logged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _latexmk(
        tmp_path, r"printf 'x\n! Missing \377 inserted.\n! More' > main.log; exit 12", monkeypatch
    )
    directory = tmp_path / "o"
    write_document(directory, {"svd": "fragment"}, "0")
    with pytest.raises(InputError, match=r"--pdf: LaTeX failed: Missing . inserted; ") as refused:
        compile_pdf(directory)
    assert str(directory / "main.log") in str(refused.value)
    assert names(directory) == sorted(["svd.tex", "main.log", *SUPPORT])


@pytest.mark.long
@pytest.mark.skipif(shutil.which("latexmk") is None, reason="needs latexmk")
def test_latex_accepts_every_fragment(tmp_path: Path, cli: Cli) -> None:
    out = cli(["derive", "--pdf", "-o", str(tmp_path)]).out
    assert (tmp_path / "main.pdf").read_bytes().startswith(b"%PDF")
    assert out.splitlines()[-1] == str(tmp_path / document.MAIN)[:-3] + "pdf"


def test_each_display_is_there_once_laid_out_for_a_page_or_a_column(cli: Cli) -> None:
    page, column = (cli(["derive", "volume-form", *x]).out for x in ([], ["--columns", "2"]))
    both = r"\det g^{N}_{W}=\det(Z\mapsto \mathcal{A}_{N,W}^{-1}(Z))"
    assert page.count(both) == column.count(both) == 1
    definition = r"\mathcal{A}_{N,W}(Z)=\frac{1}{N}\,\sum_{j=1}^{N}(WW^{T})^{(N-j)/N}Z"
    assert definition in page
    assert definition not in column
    assert "--columns" in cli.refused(["derive", "volume-form", "--columns", "3"])


def test_what_nothing_refers_to_has_no_number(cli: Cli) -> None:
    out = cli(["derive", "operator-spectrum", "volume-form"]).out
    labels = set(re.findall(r"\\label\{([^}]*)\}", out))
    assert labels == set(re.findall(r"\\eqref\{([^}]*)\}", out))
