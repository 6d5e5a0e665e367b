"""What is built knows the commit of its sources, is complete, and runs; so do the sources."""

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from dlnproof import __version__
from dlnproof.claims.studies import checker

ROOT = Path(__file__).parents[2]
SOURCES = (
    "dlnproof", "derivations", "checks", "referee", "formal", "setup.py", "pyproject.toml",
    "README.md", "LICENSE", ".gitignore",
)  # fmt: skip
SMALL = ("--depth", "1", "--width", "1", "--digits", "20")
NOT_SOURCES = shutil.ignore_patterns("__pycache__", "COMMIT", "*.egg-info", "*.vo*", "*.glob")
BUILD = "import sys; from setuptools import build_meta; build_meta.build_{}(sys.argv[1])"

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")


def run(words: list[str], at: Path) -> str:
    outside = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
    names = {f"GIT_{who}_{what}": "a@b" for who in ("AUTHOR", "COMMITTER") for what in (
        "NAME", "EMAIL"
    )}  # fmt: skip
    done = subprocess.run(
        words, cwd=at, env=outside | names, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def built(what: str, sources: Path, to: Path) -> Path:
    """Build a wheel or an archive of sources and return it."""
    to.mkdir()
    run([sys.executable, "-c", BUILD.format(what), str(to)], sources)
    [made] = to.iterdir()
    return made


def baked(wheel: Path) -> str | None:
    """Return the commit in a wheel."""
    with zipfile.ZipFile(wheel) as archive:
        if "dlnproof/COMMIT" not in archive.namelist():
            return None
        return archive.read("dlnproof/COMMIT").decode("ascii")


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """A copy of the sources, of no repository."""
    copy = tmp_path / "sources"
    copy.mkdir()
    for name in SOURCES:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, copy / name, ignore=NOT_SOURCES)
        else:
            shutil.copy(ROOT / name, copy / name)
    return copy


def committed(sources: Path) -> str:
    """Make a repository of the sources and return its only commit."""
    run(["git", "init", "-q"], sources)
    run(["git", "add", "-A"], sources)
    run(["git", "commit", "-q", "-m", "sources", "--no-gpg-sign"], sources)
    return run(["git", "rev-parse", "HEAD"], sources)


@pytest.mark.long  # a build
@needs_git
def test_a_wheel_of_a_checkout_has_its_commit(
    sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = committed(sources)
    pip = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation"]
    run([*pip, "--no-index", "-w", str(tmp_path / "wheel"), "."], sources)
    [wheel] = (tmp_path / "wheel").iterdir()
    assert wheel.name.startswith(f"dlnproof-{__version__}-")
    assert baked(wheel) == f"{head}\n"
    assert not (sources / "dlnproof" / "COMMIT").exists()  # the sources stay as they are
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "installed")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "installed"))
    said = run([sys.executable, "-m", "dlnproof", "cite"], tmp_path)
    assert f"commit {head}\n" in said


@needs_git
def test_changed_sources_are_called_modified(sources: Path, tmp_path: Path) -> None:
    head = committed(sources)
    with (sources / "dlnproof" / "formulas.py").open("a") as file:
        file.write("# changed\n")
    assert baked(built("wheel", sources, tmp_path / "wheel")) == f"{head}-modified\n"


def test_sources_of_no_repository_have_no_commit(sources: Path, tmp_path: Path) -> None:
    left = sources / "build" / "lib" / "dlnproof"
    left.mkdir(parents=True)
    (left / "COMMIT").write_text("0" * 40)  # of an earlier build, in the same place
    assert baked(built("wheel", sources, tmp_path / "wheel")) is None


@pytest.mark.long
@needs_git
def test_an_archive_keeps_the_commit_in_a_repository_of_somebody_else(
    sources: Path, tmp_path: Path
) -> None:
    head = committed(sources)
    archive = built("sdist", sources, tmp_path / "archive")
    other = tmp_path / "other"
    other.mkdir()
    run(["tar", "-xf", str(archive)], other)
    run(["git", "init", "-q"], other)
    run(["git", "commit", "-q", "--allow-empty", "-m", "not ours", "--no-gpg-sign"], other)
    [unpacked_sources] = (path for path in other.iterdir() if path.name != ".git")
    assert baked(built("wheel", unpacked_sources, tmp_path / "wheel")) == f"{head}\n"
    again = built("sdist", unpacked_sources, tmp_path / "again")
    with tarfile.open(again) as unpacked:
        member = unpacked.extractfile(f"{unpacked_sources.name}/dlnproof/COMMIT")
        assert member is not None
        assert member.read() == f"{head}\n".encode()


def test_a_wheel_without_git_is_complete(
    sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))  # no git there
    with zipfile.ZipFile(built("wheel", sources, tmp_path / "wheel")) as archive:
        found = set(archive.namelist())
        whole = archive.read("dlnproof/verify_record.py").decode("ascii")
    assert whole == checker(())  # in one file, put together from its parts
    assert "dlnproof/COMMIT" not in found
    assert {"dlnproof/py.typed", "dlnproof/documents/references.bib"} < found
    assert "dlnproof/formal/theorems.json" in found
    for folder, installed in (
        ("dlnproof", "dlnproof"),
        ("derivations", "dlnproof/derivations"),
        ("checks", "dlnproof/checks"),
        ("referee", "dlnproof/referee"),
    ):
        for path in (sources / folder).rglob("*.py"):
            name = path.relative_to(sources / folder).as_posix()
            assert f"{installed}/{name}" in found, f"pyproject.toml: {folder}/{name} is left out"


# --- what runs, and where -------------------------------------------------------------------------

BESIDE = ("derivations", "checks", "referee", "formal")
"""The folders that stand beside the package, and are installed in it."""

WHERE = f"""
from importlib import import_module
for name in {BESIDE}:
    print(*import_module(f"dlnproof.{{name}}").__path__)
"""


@pytest.mark.long
@pytest.mark.parametrize("form", ["checkout", "archive"])
def test_sources_run_in_their_folder_whatever_is_installed(
    form: str, sources: Path, tmp_path: Path
) -> None:
    """Python finds the package of the current folder first, and then must find the rest there."""
    if form == "archive":
        unpacked = tmp_path / "unpacked"
        unpacked.mkdir()
        run(["tar", "-xf", str(built("sdist", sources, tmp_path / "archive"))], unpacked)
        [sources] = unpacked.iterdir()
    found = run([sys.executable, "-c", WHERE], sources).split("\n")
    assert found == [str(sources / name) for name in BESIDE]
    for words in (["derive"], ["check", *SMALL, "--jobs", "2"]):  # in processes of their own
        run([sys.executable, "-m", "dlnproof", *words, "svd-jacobian"], sources)


@pytest.mark.long
def test_a_wheel_runs_unpacked_and_zipped(
    sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wheel = built("wheel", sources, tmp_path / "wheel")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "installed")
    for place in (wheel, tmp_path / "installed"):
        monkeypatch.setenv("PYTHONPATH", str(place))
        found = run([sys.executable, "-c", WHERE], tmp_path).split("\n")
        assert found == [str(place / "dlnproof" / name) for name in BESIDE]
        for words in (["explain"], ["report", *SMALL, "--no-figures", "-o", f"{place}.site"]):
            run([sys.executable, "-m", "dlnproof", *words, "svd-jacobian"], tmp_path)
