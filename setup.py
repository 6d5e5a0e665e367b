"""Find the packages; bake the commit and the checker into what is built. See pyproject.toml."""

import subprocess
from pathlib import Path
from runpy import run_path

from setuptools import find_packages, setup
from setuptools.command.build_py import build_py
from setuptools.command.sdist import sdist

SOURCES = Path(__file__).resolve().parent
BAKED = Path("dlnproof") / "COMMIT"


def commit() -> str | None:
    """Return the commit checked out here, "-modified" if files differ; None where git knows none.

    The repository is named, so that one around an unpacked archive is not taken for ours.
    """
    git = ["git", f"--git-dir={SOURCES / '.git'}", f"--work-tree={SOURCES}"]
    try:
        head, changes = (
            subprocess.run(
                [*git, *words], cwd=SOURCES, capture_output=True, text=True, check=True
            ).stdout.strip()
            for words in (["rev-parse", "HEAD"], ["status", "--porcelain"])
        )
    except (OSError, subprocess.CalledProcessError):  # no git, no repository, no commit yet
        return None
    return f"{head}-modified" if changes else head


COMMIT = commit()  # now: an archive is made in a directory of the sources, which are then modified


def bake(directory: Path) -> None:
    """Write the commit, where there is one, into a copy of the sources."""
    if COMMIT is not None:
        (directory / BAKED).unlink(missing_ok=True)  # it may be a link to an original
        (directory / BAKED).write_text(f"{COMMIT}\n", encoding="ascii")


class BuildWithCommit(build_py):
    """Copy the package, with the commit (an archive of sources brings its own) and the checker."""

    def run(self) -> None:
        """Build; an editable installation has no commit, its files may change any time."""
        if self.editable_mode:
            super().run()
            return
        built = Path(self.build_lib)
        (built / BAKED).unlink(missing_ok=True)  # left by an earlier build
        super().run()
        bake(built)
        checker = built / "dlnproof" / "verify_record.py"
        checker.unlink()  # it may be a link to an original
        assemble = run_path(str(SOURCES / "referee" / "assemble.py"))["assembled"]
        checker.write_text(assemble(), encoding="ascii")


class SourcesWithCommit(sdist):
    """Archive the sources, and the commit with them, for what is built from the archive."""

    def make_release_tree(self, base_dir: str, files: list[str]) -> None:
        """Fill the archive's directory, with the commit."""
        super().make_release_tree(base_dir, files)
        bake(Path(base_dir))


def packages() -> list[str]:
    """Return the package's, and those of the folders that stand beside it and are put inside."""
    found = find_packages(str(SOURCES), include=["dlnproof", "dlnproof.*"])
    for folder in ("derivations", "checks", "referee", "formal"):
        inside = find_packages(str(SOURCES / folder))
        found += [f"dlnproof.{folder}", *(f"dlnproof.{folder}.{name}" for name in inside)]
    return sorted(found)


if __name__ == "__main__":
    setup(packages=packages(), cmdclass={"build_py": BuildWithCommit, "sdist": SourcesWithCommit})
