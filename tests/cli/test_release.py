"""What is not fit to be published is refused in a line, before anything is built."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from dlnproof import __version__

ROOT = Path(__file__).parents[2]
FILES = (".ci/release", ".ci/stage", "CITATION.cff", "CHANGELOG.md", "dlnproof/version.py")

pytestmark = pytest.mark.skipif(os.name != "posix", reason="a script of a POSIX shell")


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """A repository that is fit for release, as far as it is looked at before the build."""
    for name in FILES:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    log = tmp_path / "CHANGELOG.md"
    log.write_text(log.read_text().replace("(unreleased)", "(2027-03-01)", 1))
    git(tmp_path, "init", "-q")
    return committed(tmp_path)


def git(folder: Path, *words: str) -> None:
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *who, *words], cwd=folder, check=True, capture_output=True)


def committed(folder: Path) -> Path:
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "all")
    return folder


def refused(sources: Path, version: str = __version__) -> str:
    """Return what is said of sources that are not fit; a build would fail for want of a file."""
    ended = subprocess.run(
        [sources / ".ci" / "release", version],
        env={**os.environ, "PATH": f"{sources}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode != 0
    assert not (sources / "dist").exists()
    return ended.stderr


def said(why: str, version: str = __version__) -> str:
    return f"not fit for release {version}: {why}\n"


def test_what_is_fit_is_built(sources: Path) -> None:
    python = sources / "python3"
    python.write_text("#!/bin/sh\necho it would be built >&2\nexit 1\n")
    python.chmod(0o755)
    assert refused(committed(sources)) == "it would be built\n"


def test_changes_that_are_not_committed(sources: Path) -> None:
    (sources / "new").touch()
    assert refused(sources) == said("changes that are not committed")


@pytest.mark.parametrize(
    ("file", "old", "new", "why"),
    [
        ("dlnproof/version.py", __version__, "7.0", "dlnproof/version.py has another version"),
        ("CITATION.cff", __version__, "7.0", "CITATION.cff has another version"),
        ("CHANGELOG.md", "2027-03-01", "unreleased", "CHANGELOG.md has no section '## {} (YYYY-MM"),
        ("CHANGELOG.md", "2027-03-01", "in March", "CHANGELOG.md has no section '## {} (YYYY-MM"),
        ("CITATION.cff", "MIT", "MIT # OWNER", "OWNER stands for what is unknown in CITATION.cff"),
    ],
)
def test_another_version_no_date_or_a_placeholder(
    sources: Path, file: str, old: str, new: str, why: str
) -> None:
    path = sources / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    assert refused(committed(sources)).startswith(said(why.format(__version__)).rstrip("\n"))
