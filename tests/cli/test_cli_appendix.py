"""``dlnproof appendix``: what it writes, when it refuses, and its exit status."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import Cli

from dlnproof.cli.main import main
from dlnproof.core.verdict import Verdict
from dlnproof.documents.appendix import tree
from dlnproof.documents.figures import catalogue
from dlnproof.errors import FAILED, INTERRUPTED, NOTHING, OK, USAGE
from dlnproof.files.tree import SUMS
from dlnproof.record.reading import read_record
from dlnproof.record.record import Record

EXAMPLE = Path(__file__).parents[2] / "examples" / "my_claims.py"
QUICK = ["svd-jacobian", "--quick", "--depth", "2", "--width", "1..2", "--jobs", "1"]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An appendix of one claim, made once."""
    target = tmp_path_factory.mktemp("appendix") / "out"
    assert main(["appendix", *QUICK, "-o", str(target)]) == OK
    return target


@pytest.fixture
def record(made: Path, tmp_path: Path) -> Path:
    path = tmp_path / "record.json"
    shutil.copy(made / "anc" / "record.json", path)
    return path


def contents(directory: Path) -> dict[str, bytes]:
    return {
        path.relative_to(directory).as_posix(): path.read_bytes()
        for path in directory.rglob("*")
        if path.is_file()
    }


def test_files_are_written_listed_and_stated_by_their_checksums(
    made: Path, tmp_path: Path, cli: Cli
) -> None:
    target = tmp_path / "again"
    out = cli(["appendix", *QUICK, "-o", str(target)]).out
    files = contents(target)
    assert files == contents(made)
    number = len(files) - 2
    assert out == (
        f"Written: {target / 'appendix.tex'}, {target / 'main.tex'} and {number} other files\n"
    )
    listed = (target / SUMS).read_text("ascii").splitlines()
    assert {line.partition("  ")[2] for line in listed} == set(files) - {SUMS}


def test_the_record_in_it_is_intact_and_its_checker_runs(made: Path) -> None:
    assert read_record(str(made / "anc" / "record.json")).intact
    command = [sys.executable, "anc/verify_record.py", "anc/record.json"]
    done = subprocess.run(command, cwd=made, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.long
@pytest.mark.parametrize("seed", ["0", "1"])
def test_the_same_record_gives_the_same_bytes_in_another_process(
    seed: str, made: Path, record: Path, tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "dlnproof", "appendix", "--record", str(record), "-o", "o"]
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    subprocess.run(command, cwd=tmp_path, env=environment, check=True, capture_output=True)
    assert contents(tmp_path / "o") == contents(made)


def test_arxivs_tree_is_flat(record: Path, tmp_path: Path) -> None:
    target = tmp_path / "o"
    assert main(["appendix", "--record", str(record), "--arxiv", "-o", str(target)]) == OK
    assert [path.name for path in target.iterdir() if path.is_dir()] == ["anc"]
    assert (target / "claim_svd_jacobian.tex").exists()
    assert r"\input{\dlnpath claim_svd_jacobian}" in (target / "appendix.tex").read_text()


@pytest.mark.parametrize("name", ["appendix", "main", "paragraph"])
def test_a_claim_of_any_name_overwrites_nothing(name: str, tmp_path: Path) -> None:
    text = EXAMPLE.read_text("ascii").replace('"volume-density"', f'"{name}"')
    (tmp_path / "mine.py").write_text(text)
    target = tmp_path / "o"
    grid = ["--quick", "--depth", "2", "--width", "1..2", "--no-figures"]
    words = ["appendix", str(tmp_path / "mine.py"), *grid, "--arxiv", "-o", str(target)]
    assert main(words) == OK
    assert r"\dlntop" in (target / "appendix.tex").read_text()
    assert r"\documentclass" in (target / "main.tex").read_text()
    assert rf"\label{{dln:{name}}}" in (target / f"claim_{name}.tex").read_text()
    assert "Its derivation stands" in (target / "paragraph.tex").read_text()


def test_a_failing_claim_is_written_said_and_exit_1(record: Path, tmp_path: Path, cli: Cli) -> None:
    found = read_record(str(record)).record
    [claim] = found.claims
    evidence = (replace(claim.evidence[0], verdict=Verdict.REFUTED), *claim.evidence[1:])
    failing = replace(found, claims=(replace(claim, evidence=evidence),))
    record.write_text(failing.dumps())
    target = tmp_path / "o"
    assert (
        "Not confirmed: svd-jacobian."
        in cli(["appendix", "--record", str(record), "-o", str(target)], FAILED).out
    )
    page = " ".join((target / "appendix.tex").read_text().split())
    assert r"\textbf{The claim does not hold: refuted.}" in page
    assert r"\textbf{It is not confirmed.}" in (target / "paragraph.tex").read_text()


# --- refusals -------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in a folder with a file, and with a folder that holds one."""
    monkeypatch.chdir(tmp_path)
    Path("file").touch()
    Path("full").mkdir()
    Path("full/mine.txt").touch()


def test_a_record_edited_by_hand_is_refused(record: Path, tmp_path: Path, cli: Cli) -> None:
    text = record.read_text()
    record.write_text(text.replace('"points": 1', '"points": 2', 1))
    assert record.read_text() != text
    words = ["--record", str(record), "-o", str(tmp_path / "o")]
    assert "was changed after it was written" in cli.refused(["appendix", *words])
    assert not (tmp_path / "o").exists()


@pytest.mark.parametrize(
    ("words", "status", "fragment"),
    [
        ([], USAGE, "-o"),
        (["nonsense", "-o", "o"], USAGE, "'nonsense', which is not in the catalogue"),
        (["orbit-volume", "--depth", "inf", "-o", "o"], NOTHING, "nothing selected"),
        (["--record", "nowhere.json", "-o", "o"], USAGE, "file 'nowhere.json'"),
        (["--record", "x.json", "--quick", "-o", "o"], USAGE, "got --quick too"),
        (["svd-jacobian", "-o", "."], USAGE, "holds the current directory"),
        (["svd-jacobian", "-o", "file"], USAGE, "which is not a directory"),
        (["svd-jacobian", "-o", "full"], USAGE, "(mine.txt); --force keeps"),
    ],
)
@pytest.mark.usefixtures("folder")
def test_usage(words: list[str], status: int, fragment: str, cli: Cli) -> None:
    assert fragment in cli.refused(["appendix", *words], status)
    assert sorted(path.name for path in Path().iterdir()) == ["file", "full"]


def test_a_foreign_directory_with_force(record: Path, tmp_path: Path) -> None:
    target = tmp_path / "o"
    target.mkdir()
    (target / "mine.txt").write_text("mine")
    words = ["appendix", "--record", str(record), "--force", "-o", str(target)]
    assert main(words) == OK
    assert (target / "mine.txt").read_text() == "mine"
    assert (target / "main.tex").exists()


def test_an_interrupted_run_leaves_the_old_tree(
    made: Path, record: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "o"
    shutil.copytree(made, target)

    def interrupted(record: Record, drawn: Mapping[str, bytes], **form: int) -> dict[str, bytes]:
        raise KeyboardInterrupt

    monkeypatch.setattr(tree, "appendix_files", interrupted)
    words = ["appendix", "--record", str(record), "-o", str(target)]
    assert main(words) == INTERRUPTED
    assert contents(target) == contents(made)


def test_without_matplotlib_figures_are_refused_with_a_way_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cli: Cli
) -> None:
    monkeypatch.setattr(catalogue, "find_spec", lambda name: None)
    words = [*QUICK, "-o", str(tmp_path / "o")]
    assert "--no-figures" in cli.refused(["appendix", *words])
    assert main(["appendix", *words, "--no-figures"]) == OK


def test_figures_are_made_with_the_records_seed(
    record: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dlnproof.cli.folder.of_record", lambda record: ["norms"])
    monkeypatch.setattr(
        "dlnproof.cli.folder.drawn", lambda record, *given: {"norms": f"{record.seed}".encode()}
    )
    words = ["appendix", "--record", str(record), "-o", str(tmp_path / "o")]
    assert main(words) == OK
    assert (tmp_path / "o" / "figures" / "norms.pdf").read_bytes() == b"0"
    assert main([*words, "--no-figures"]) == OK
    assert not (tmp_path / "o" / "figures").exists()


# --- the PDF --------------------------------------------------------------------------------------


def test_without_latexmk_the_tree_is_written_and_one_line_says_why_there_is_no_pdf(
    record: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    cli: Cli,
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    target = tmp_path / "o"
    err = cli(["appendix", "--record", str(record), "--pdf", "-o", str(target)], USAGE).err
    assert "latexmk was not found" in err
    assert err.count("\n") == 1
    assert (target / "main.tex").exists()


@pytest.mark.long
@pytest.mark.skipif(shutil.which("latexmk") is None, reason="needs latexmk")
def test_the_pdf_depends_on_nothing_but_the_record(record: Path, tmp_path: Path) -> None:
    found = []
    for name in ("one", "deeper/two"):
        target = tmp_path / name
        words = ["appendix", "--record", str(record), "--pdf", "-o", str(target)]
        assert main(words) == OK
        found.append((target / "main.pdf").read_bytes())
        assert main(words) == OK  # the PDF is no foreign file
    assert found[0].startswith(b"%PDF")
    assert found[0] == found[1]
