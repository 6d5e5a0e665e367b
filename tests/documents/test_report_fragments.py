"""The committed LaTeX is what is generated now, and it compiles wherever it is included."""

import io
import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from itertools import groupby, pairwise
from pathlib import Path

import pytest
from conftest import built
from matplotlib.figure import Figure

from dlnproof import __version__
from dlnproof.claims import CATALOGUE, CLAIMS
from dlnproof.claims.schema import Claim
from dlnproof.documents.appendix.tree import appendix_files
from dlnproof.documents.document import MAIN, write_document
from dlnproof.documents.figures.catalogue import of_record
from dlnproof.documents.fragment import fragment
from dlnproof.record.record import Record
from dlnproof.run.jobs import derive_claim

COMMITTED = Path(__file__).parents[2] / "derivations" / "tex"
MOST_OVERFULL = 5.0
"""Points by which a line may stick out of its column."""

each_claim = pytest.mark.parametrize("claim", CLAIMS.values(), ids=list(CLAIMS))


def generated() -> dict[str, str]:
    return {claim.slug: fragment(claim, derive_claim(claim)) for claim in CLAIMS.values()}


def contents(directory: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in directory.iterdir()}


# --- the text -------------------------------------------------------------------------------------


def test_what_is_committed_is_what_is_generated_now(tmp_path: Path) -> None:
    write_document(tmp_path, generated(), __version__)
    assert contents(tmp_path) == contents(COMMITTED)


@pytest.mark.long
@pytest.mark.parametrize("seed", ["0", "1"])
def test_and_in_another_process_with_another_hash_seed(seed: str, tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-c",
        "from dlnproof.cli.main import main; main()",
        "derive",
        "-o",
        ".",
    ]
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=True)
    assert contents(tmp_path) == contents(COMMITTED)


def test_committed_files_are_ascii_with_unix_lines() -> None:
    for text in contents(COMMITTED).values():
        assert text.isascii()
        assert b"\r" not in text


def sides_of(display: str) -> list[str]:
    """Return what a display equates, line by line, without its layout."""
    plain = re.sub(
        r"\\label\{[^}]*\}|\\(?:begin|end)\{[a-z*]*\}|\\q?quad|\\text\{.*?\$\}|&|\s", "", display
    )
    return [side.strip(".,") for side in plain.replace(r"\\", "").split("=")]


@each_claim
def test_no_display_equates_what_is_printed_alike(claim: Claim) -> None:
    """X = X is taken for a slip, and 0 = 0 says nothing."""
    text = fragment(claim, derive_claim(claim))
    proof = text[text.index(r"\begin{proof}") :]
    displays = re.findall(
        r"\\begin\{(equation\*?|align\*|gather\*)\}(.*?)\\end\{\1\}", proof, re.DOTALL
    )
    displays += [("", found) for found in re.findall(r"\\\[(.*?)\\\]", proof, re.DOTALL)]
    for _, display in displays:
        for row in display.split(",\\\\"):
            sides = sides_of(row)
            assert all(a != b for a, b in pairwise(sides)), row
    for inline in re.findall(r"\$([^$]*)\$", proof):
        sides = sides_of(inline)
        assert all(a != b for a, b in pairwise(sides)), inline


@each_claim
def test_a_fragment_stands_alone(claim: Claim) -> None:
    text = (COMMITTED / f"{claim.slug}.tex").read_text("ascii")
    labels = re.findall(r"\\label\{([^}]*)\}", text)
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


@pytest.mark.long
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
    path = (directory / main).with_suffix(".log")
    found: list[str] = []
    # latexmk tells files by times in whole seconds: on occasion it stops a pass too early
    for more in ([], ["-g"]):
        done = subprocess.run([*command, *more], cwd=directory, capture_output=True, check=False)
        assert path.with_suffix(".pdf").exists() == (done.returncode == 0)
        found = complaints(path, main)
        if not any("may have changed" in complaint for complaint in found):
            break
    return found


def complaints(path: Path, main: str) -> list[str]:
    """Return what a log of LaTeX complains of."""
    # TeX wraps its log at 79 characters
    log = re.sub(r"(?<=^.{79})\n", "", path.read_text("latin-1"), flags=re.MULTILINE)
    found, file = [], main
    for line in log.splitlines():
        opened = re.findall(r"\(\./(?:\w+/)*(\w+\.tex)", line)
        file = opened[-1] if opened else file
        overfull = re.match(r"Overfull \\hbox \(([0-9.]+)pt too wide\)", line)
        if (overfull and float(overfull[1]) > MOST_OVERFULL) or re.search(
            r"^!|undefined|multiply|may have changed", line
        ):
            found.append(f"{file}: {line}")
    return found


def test_the_standalone_document_compiles(latexmk: str, tmp_path: Path) -> None:
    shutil.copytree(COMMITTED, tmp_path, dirs_exist_ok=True)
    assert problems(latexmk, tmp_path, MAIN) == []


_WRAPPER = r"""\documentclass[{options}]{{{name}}}
\usepackage{{amsmath,amssymb,amsthm,mathtools}}
\usepackage[hidelinks]{{hyperref}}
\begin{{document}}
\input{{conventions}}
{inputs}
\bibliographystyle{{plain}}
\bibliography{{references}}
\end{{document}}
"""


def included(latexmk: str, directory: Path, name: str, options: str) -> list[str]:
    columns = 1 + (name == "IEEEtran" or "twocolumn" in options)
    fragments = {c.slug: fragment(c, derive_claim(c), columns=columns) for c in CLAIMS.values()}
    write_document(directory, fragments, "1.2.3", columns=columns)
    inputs = "\n".join(rf"\input{{{claim.slug}}}" for claim in CLAIMS.values())
    text = _WRAPPER.format(name=name, options=options, inputs=inputs)
    (directory / "paper.tex").write_text(text, encoding="ascii")
    return problems(latexmk, directory, "paper.tex")


@pytest.mark.long
@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("amsart", "11pt"),
        ("article", "10pt"),
        ("article", "11pt"),
        ("article", "10pt,twocolumn"),
        ("IEEEtran", "conference"),
    ],
)
def test_fragments_compile_inside_other_documents(
    name: str, options: str, latexmk: str, tmp_path: Path
) -> None:
    assert included(latexmk, tmp_path, name, options) == []


_PAPER = r"""\documentclass[{options}]{{{name}}}
\usepackage{{amsmath,amssymb,amsthm,mathtools,booktabs,longtable,graphicx}}
{hyperref}
\title{{A paper}}\author{{Somebody}}
\begin{{document}}
\maketitle
\section{{Introduction}}
{body}
\section{{Afterwards}}
The columns of the paper: \the\columnwidth.
\bibliographystyle{{plain}}
\bibliography{{references}}
\end{{document}}
"""
HYPERREF = r"\usepackage[hidelinks]{hyperref}"
PAPERS = [
    ("amsart", "10pt", HYPERREF),
    ("article", "10pt", ""),
    ("article", "11pt", HYPERREF),
    ("article", "10pt,twocolumn", ""),
    ("IEEEtran", "conference", HYPERREF),
]


@pytest.fixture(scope="module")
def appendix(whole_record: Record, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The appendix of the whole catalogue, with stand-ins for its figures."""
    picture = io.BytesIO()
    Figure(figsize=(7, 4)).savefig(picture, format="pdf")
    directory = tmp_path_factory.mktemp("appendix")
    drawn = dict.fromkeys(of_record(whole_record), picture.getvalue())
    assert drawn
    for name, content in appendix_files(whole_record, drawn).items():
        (directory / name).parent.mkdir(exist_ok=True)
        (directory / name).write_bytes(content)
    return directory


def in_paper(latexmk: str, given: tuple[str, str, str], tree: Path, body: str) -> list[str]:
    name, options, hyperref = given
    text = _PAPER.format(name=name, options=options, hyperref=hyperref, body=body)
    (tree / "paper.tex").write_text(text, encoding="ascii")
    return problems(latexmk, tree, "paper.tex")


@pytest.mark.long  # a document
def test_the_appendix_alone_compiles(appendix: Path, latexmk: str, tmp_path: Path) -> None:
    shutil.copytree(appendix, tmp_path, dirs_exist_ok=True)
    assert problems(latexmk, tmp_path, MAIN) == []


@pytest.mark.long
@pytest.mark.parametrize("given", PAPERS, ids=lambda given: f"{given[0]}-{given[1]}")
def test_the_appendix_compiles_inside_papers(
    given: tuple[str, str, str], appendix: Path, latexmk: str, tmp_path: Path
) -> None:
    shutil.copytree(appendix, tmp_path, dirs_exist_ok=True)
    begin = r"\appendices" if given[0] == "IEEEtran" else r"\appendix"
    assert in_paper(latexmk, given, tmp_path, rf"{begin}\input{{appendix}}") == []


@pytest.mark.long
@pytest.mark.parametrize("given", PAPERS, ids=lambda given: f"{given[0]}-{given[1]}")
def test_its_fragments_compile_without_it(
    given: tuple[str, str, str],
    appendix: Path,
    whole_record: Record,
    latexmk: str,
    tmp_path: Path,
) -> None:
    shutil.copytree(appendix, tmp_path, dirs_exist_ok=True)
    if given[0] == "IEEEtran" or "twocolumn" in given[1]:
        for name, content in appendix_files(whole_record, {}, columns=2).items():
            if name.startswith("claims/"):
                (tmp_path / name).write_bytes(content)
    assert in_paper(latexmk, given, tmp_path, fragments_by_chapter()) == []


def fragments_by_chapter() -> str:
    """What puts the claims into a paper, a section each chapter: IEEEtran counts by letters."""
    chapters = groupby(CATALOGUE, lambda name: name.partition(".")[0])
    return "\n".join(
        line
        for chapter, names in chapters
        for line in (rf"\section{{{chapter}}}", *map(_input, names))
    )


def _input(name: str) -> str:
    return rf"\input{{claims/{name.rpartition('.')[2]}}}"


@pytest.mark.long
@pytest.mark.parametrize("columns", [1, 2])
def test_coq_beside_the_sentences_fits(
    columns: int, whole_record: Record, latexmk: str, tmp_path: Path
) -> None:
    for name, content in appendix_files(built(whole_record), {}, columns=columns).items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    if columns == 1:
        assert problems(latexmk, tmp_path, MAIN) == []
    else:
        assert in_paper(latexmk, PAPERS[-1], tmp_path, fragments_by_chapter()) == []


@pytest.mark.long
def test_the_short_one_is_short(whole_record: Record, latexmk: str, tmp_path: Path) -> None:
    for name, content in appendix_files(whole_record, {}, short=True).items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    assert problems(latexmk, tmp_path, MAIN) == []
    log = (tmp_path / "main.log").read_text("latin-1").replace("\n", "")
    [pages] = re.findall(r"Output written on main\.pdf \((\d+) pages", log)
    assert int(pages) <= len(CLAIMS) / 4 + 1  # a page for four claims


@pytest.mark.long
def test_arxivs_tree_compiles_with_pdflatex_alone(
    whole_record: Record, latexmk: str, tmp_path: Path
) -> None:
    for name, content in appendix_files(whole_record, {}, flat=True).items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    command = [str(Path(latexmk).with_name("pdflatex")), "-interaction=nonstopmode", MAIN]
    for _ in range(3):
        subprocess.run(command, cwd=tmp_path, capture_output=True, check=True)
    assert complaints(tmp_path / "main.log", MAIN) == []


def test_the_appendix_of_one_claim_in_a_folder_of_its_own(
    whole_record: Record, latexmk: str, tmp_path: Path
) -> None:
    one = tuple(claim for claim in whole_record.claims if claim.id == "volume-form")
    for name, content in appendix_files(replace(whole_record, claims=one), {}).items():
        (tmp_path / "folder" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "folder" / name).write_bytes(content)
    shutil.copy(tmp_path / "folder" / "references.bib", tmp_path)
    body = r"\newcommand{\dlnpath}{folder/}\appendix\input{\dlnpath appendix}"
    assert in_paper(latexmk, PAPERS[1], tmp_path, body) == []


@each_claim
def test_no_sentence_begins_with_a_small_letter_or_ends_before_it_is_over(claim: Claim) -> None:
    text = (COMMITTED / f"{claim.slug}.tex").read_text("ascii")
    displays = re.findall(
        r"([.,:]?)(?:\n  \\end\{split\})?\n\\(?:end\{[a-z]+\*?\}|\])\n+\(?([A-Za-z$\\])", text
    )
    assert displays
    for mark, following in displays:
        assert not (mark == "." and following.islower()), (mark, following)
        assert not (mark == "," and following.isupper()), (mark, following)
