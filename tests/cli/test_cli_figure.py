"""``dlnproof figure``: one file, whole, or one line that says why not."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import Cli

from dlnproof.cli.main import main
from dlnproof.documents.figures import catalogue, volume
from dlnproof.errors import OK, USAGE

FEW = ["--runs", "3"]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(volume, "CELLS", 20)  # drawn sooner
    return tmp_path


def names(directory: Path) -> list[str]:
    """Return what a directory holds, hidden files included."""
    return sorted(path.name for path in directory.iterdir())


@pytest.mark.long
def test_a_pdf_in_this_directory_unless_told_otherwise(here: Path, cli: Cli) -> None:
    assert cli(["figure", "volume", *FEW]) == ("Written: volume.pdf\n", "")
    assert names(here) == ["volume.pdf"]
    first = Path("volume.pdf").read_bytes()
    assert first.startswith(b"%PDF-")
    assert main(["figure", "volume", *FEW, "--seed", "1", "-o", "again.pdf"]) == OK
    assert Path("again.pdf").read_bytes() != first


def test_the_extension_decides_and_a_link_stays_one(here: Path) -> None:
    Path("kept").mkdir()
    Path("x.SVG").symlink_to("kept/x.svg")
    assert main(["figure", "volume", *FEW, "-o", "x.SVG"]) == OK
    assert Path("x.SVG").is_symlink()
    assert Path("kept/x.svg").read_text(encoding="utf-8").startswith("<?xml")
    assert names(here / "kept") == ["x.svg"]


@pytest.mark.parametrize(
    ("words", "fragments"),
    [
        ([], ["FIGURE"]),
        (["norm"], ["got 'norm'", "outcomes-3x3, descent-versus-flow, noise, entropy"]),
        (["norms", "-o", "x.jpg"], ["-o: got 'x.jpg'", ".pdf, .png, .svg"]),
        (["norms", "-o", "x"], ["-o: got 'x'", ".pdf"]),
        (["norms", "-o", "-"], ["-o: got '-'", ".pdf"]),
        (["norms", "-o", ""], ["-o: got ''"]),
        (["norms", "-o", "nowhere/x.pdf"], ["'nowhere' is not a directory"]),
        (["norms", "-o", "directory.pdf"], ["which is a directory"]),
        (["norms", "-o", "pipe.pdf"], ["which is not a regular file"]),
        (["curvature", "--runs", "5"], ["--runs: got '5'", "curvature, which trains nothing"]),
        (["geodesics", "--seed", "0"], ["--seed: got '0'", "geodesics, which trains nothing"]),
        (["norms", "--runs", "0"], ["--runs: got '0'"]),
        (["norms", "--runs", "1e3"], ["--runs: got '1e3'"]),
        (["norms", "--seed", "-1"], ["--seed: got '-1'"]),
        (["norms", "volume"], ["got 'volume'"]),
    ],
)
def test_bad_input_is_one_line_and_status_4_before_any_run(
    words: list[str],
    fragments: list[str],
    here: Path,
    cli: Cli,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(name: str) -> object:
        raise AssertionError(f"{name} was loaded")

    monkeypatch.setattr(catalogue, "import_module", fail)
    Path("directory.pdf").mkdir()
    os.mkfifo("pipe.pdf")
    out, err = cli(["figure", *words], USAGE)
    assert out == ""
    assert err.count("\n") == 1
    assert err.startswith("dlnproof figure: ")
    for fragment in fragments:
        assert fragment in err
    assert names(here) == ["directory.pdf", "pipe.pdf"]


def test_without_matplotlib_one_line_says_what_to_install(
    here: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogue, "find_spec", lambda name: None)
    out, err = cli(["figure", "norms", *FEW], USAGE)
    assert out == ""
    assert err.count("\n") == 1
    assert "pip install 'dlnproof[figures]'" in err
    assert names(here) == []


def test_a_full_disk_leaves_what_was_there(
    here: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, content: bytes) -> None:
        raise OSError(28, "No space left on device")

    Path("x.pdf").write_text("old")
    monkeypatch.setattr("dlnproof.files.changes.write", full)
    err = cli.refused(["figure", "volume", *FEW, "-o", "x.pdf"])
    assert "No space left on device" in err
    assert Path("x.pdf").read_text() == "old"
    assert names(here) == ["x.pdf"]


def test_help_loads_neither_numpy_nor_matplotlib() -> None:
    code = (
        "import sys\nfrom dlnproof.cli.main import main\nassert main(['figure', '--help']) == 0\n"
        "sys.stderr.write(' '.join({'numpy', 'matplotlib', 'json'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr == ""
    assert "descent-versus-flow" in done.stdout
