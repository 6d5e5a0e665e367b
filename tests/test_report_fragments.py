"""The committed LaTeX is what is generated now, and it compiles wherever it is included."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from dlnproof import __version__
from dlnproof.claims import CLAIMS
from dlnproof.core.claim import Claim
from dlnproof.report.document import MAIN, write_document
from dlnproof.report.fragment import fragment
from dlnproof.run.jobs import derive_claim

COMMITTED = Path(__file__).parent.parent / "derivations" / "tex"
MOST_OVERFULL = 5.0
"""Points by which a line may stick out of its column."""

MOST_WIDE_DISPLAYS = 17
"""Displays that are too wide for a 10pt two-column article: known, and no more than these."""

each_claim = pytest.mark.parametrize("claim", CLAIMS.values(), ids=list(CLAIMS))


def generated() -> dict[str, str]:
    return {claim.slug: fragment(claim, derive_claim(claim)) for claim in CLAIMS.values()}


def contents(directory: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in directory.iterdir()}


# --- the text -------------------------------------------------------------------------------------


def test_what_is_committed_is_what_is_generated_now(tmp_path: Path) -> None:
    write_document(tmp_path, generated(), __version__)
    assert contents(tmp_path) == contents(COMMITTED)


@pytest.mark.parametrize("seed", ["0", "1"])
def test_and_in_another_process_with_another_hash_seed(seed: str, tmp_path: Path) -> None:
    command = [sys.executable, "-c", "from dlnproof.cli import main; main()", "derive", "-o", "."]
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=True)
    assert contents(tmp_path) == contents(COMMITTED)


def test_committed_files_are_ascii_with_unix_lines() -> None:
    for text in contents(COMMITTED).values():
        assert text.isascii()
        assert b"\r" not in text


@each_claim
def test_a_fragment_stands_alone(claim: Claim) -> None:
    text = (COMMITTED / f"{claim.slug}.tex").read_text("ascii")
    labels = re.findall(r"\\label\{([^}]*)\}", text)
    assert labels
    assert len(set(labels)) == len(labels)
    assert all(label.startswith(f"dln:{claim.id}:") for label in labels)
    assert set(re.findall(r"\\(?:eq)?ref\{([^}]*)\}", text)) <= set(labels)
    defined = set(re.findall(r"\\providecommand\{(\\[a-zA-Z]+)\}", text))
    assert all(name.startswith(r"\dln") for name in defined)
    assert set(re.findall(r"\\dln[a-zA-Z]*", text)) <= defined
    keys = {
        key
        for found in re.findall(r"\\cite(?:\[[^]]*\])?\{([^}]*)\}", text)
        for key in found.split(",")
    }
    bibliography = (COMMITTED / "references.bib").read_text("ascii")
    assert keys
    assert all(f"{{{key}," in bibliography for key in keys)


@each_claim
def test_a_wrong_variant_never_prints_as_a_complete_proof(claim: Claim) -> None:
    for mutant in claim.mutants:
        if set(mutant.parts) <= claim.empirical:
            continue  # measured, not derived
        text = fragment(claim, derive_claim(claim, claim.with_parts(mutant.parts)))
        assert "This proof is not complete" in text
    assert "not complete" not in fragment(claim, derive_claim(claim))


# --- LaTeX ----------------------------------------------------------------------------------------


@pytest.fixture
def latexmk() -> str:
    found = shutil.which("latexmk")
    if found is None:
        if os.environ.get("DLNPROOF_REQUIRE_TEX") == "1":
            pytest.fail("latexmk is required (DLNPROOF_REQUIRE_TEX=1) and is not on this machine")
        pytest.skip("latexmk is not on this machine")
    return found


def problems(latexmk: str, directory: Path, main: str) -> list[str]:
    """Compile; return what LaTeX complains of, lines that stick out and references included."""
    command = [latexmk, "-pdf", "-interaction=nonstopmode", "-halt-on-error", main]
    done = subprocess.run(command, cwd=directory, capture_output=True, check=False)
    path = (directory / main).with_suffix(".log")
    # TeX wraps its log at 79 characters
    log = re.sub(r"(?<=^.{79})\n", "", path.read_text("latin-1"), flags=re.MULTILINE)
    found, file = [], main
    for line in log.splitlines():
        opened = re.findall(r"\(\./(\w+\.tex)", line)
        file = opened[-1] if opened else file
        overfull = re.match(r"Overfull \\hbox \(([0-9.]+)pt too wide\)", line)
        if (overfull and float(overfull[1]) > MOST_OVERFULL) or re.search(
            r"^!|undefined|multiply", line
        ):
            found.append(f"{file}: {line}")
    assert path.with_suffix(".pdf").exists() == (done.returncode == 0)
    return found


def test_the_standalone_document_compiles(latexmk: str, tmp_path: Path) -> None:
    shutil.copytree(COMMITTED, tmp_path, dirs_exist_ok=True)
    assert problems(latexmk, tmp_path, MAIN) == []


_WRAPPER = r"""\documentclass[{options}]{{{name}}}
\usepackage{{amsmath,amssymb,amsthm,mathtools}}
\usepackage[hidelinks]{{hyperref}}
\emergencystretch=2em
\begin{{document}}
\input{{conventions}}
{inputs}
\bibliographystyle{{plain}}
\bibliography{{references}}
\end{{document}}
"""


def included(latexmk: str, directory: Path, name: str, options: str) -> list[str]:
    shutil.copytree(COMMITTED, directory, dirs_exist_ok=True)
    inputs = "\n".join(rf"\input{{{claim.slug}}}" for claim in CLAIMS.values())
    text = _WRAPPER.format(name=name, options=options, inputs=inputs)
    (directory / "paper.tex").write_text(text, encoding="ascii")
    return problems(latexmk, directory, "paper.tex")


@pytest.mark.parametrize("name", ["amsart", "article"])
def test_fragments_compile_inside_other_documents(name: str, latexmk: str, tmp_path: Path) -> None:
    assert included(latexmk, tmp_path, name, "11pt") == []


def test_fragments_compile_in_two_columns(latexmk: str, tmp_path: Path) -> None:
    found = included(latexmk, tmp_path, "article", "10pt,twocolumn")
    wide = [line for line in found if "Overfull" in line]
    assert found == wide
    assert len(wide) <= MOST_WIDE_DISPLAYS, wide
