"""Directories as output: the whole tree at once or not at all, and nothing of the user's lost."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from dlnproof.errors import InputError

SUMS: Final = "SHA256SUMS"
_COMPILED: Final = frozenset(
    [".aux", ".bbl", ".blg", ".fdb_latexmk", ".fls", ".log", ".out", ".pdf", ".synctex.gz", ".toc"]
)


@dataclass(frozen=True)
class OutputTree:
    """A directory to be written whole, with a list of checksums at ``sums`` (a relative path).

    What is there already is replaced if it is as we wrote it, by that list (what LaTeX made of it
    counts as ours). Otherwise it is refused, or with ``force`` kept beside the new files. Raises
    :class:`InputError` on construction, before any work, where it could not be written.
    """

    target: Path
    sums: str
    force: bool = False

    def __post_init__(self) -> None:
        if not str(self.target).strip() or "\0" in str(self.target):
            raise self._refused("which names no directory")
        try:
            if self._here() in (Path.cwd(), *Path.cwd().parents):
                raise self._refused("which holds the current directory")
            if self.target.exists() and not self.target.is_dir():
                raise self._refused("which is no directory")
            if not self.force and (foreign := list(self._foreign())):
                more = f" and {len(foreign) - 3} more" if len(foreign) > 3 else ""
                raise self._refused(
                    f"which holds files that are not as dlnproof wrote them "
                    f"({', '.join(foreign[:3])}{more}); --force keeps files of other names and "
                    "replaces those of the same"
                )
            parent = next(p for p in self._here().parents if os.path.lexists(p))
            if not parent.is_dir() or not os.access(parent, os.W_OK | os.X_OK):
                raise self._refused(f"but {str(parent)!r} cannot be written")
        except OSError as error:
            raise self._refused(f"which cannot be used ({error.strerror})") from None

    def write(self, files: Mapping[str, bytes]) -> None:
        """Write the files (by relative path) and their checksums; all of them, or none."""
        here = self._here()
        made = [path for path in here.parents if not os.path.lexists(path)]
        try:
            here.parent.mkdir(parents=True, exist_ok=True)
            with TemporaryDirectory(dir=here.parent, prefix=".dlnproof-") as staging:
                new, old = Path(staging) / "new", Path(staging) / "old"
                self._put(new, files)
                _exchange(here, new, old)
        except BaseException as error:
            for path in made:
                with suppress(OSError):
                    path.rmdir()  # removes nothing but an empty directory
            if isinstance(error, OSError):
                raise self._refused(f"cannot write there ({error.strerror})") from None
            raise

    def _put(self, new: Path, files: Mapping[str, bytes]) -> None:
        new.mkdir()
        if self.force:
            for name in self._foreign():
                _at(new, name).write_bytes((self.target / name).read_bytes())
        for name, content in files.items():
            _at(new, name).write_bytes(content)
        listed = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
        lines = [f"{digest}  {name}\n" for name, digest in sorted(listed.items())]
        _at(new, self.sums).write_text("".join(lines), encoding="ascii", newline="\n")

    def _foreign(self) -> Iterator[str]:
        """Yield the files in the directory that are not as the list of checksums has them."""
        listed: dict[str, str] = {}
        with suppress(OSError, ValueError):
            for line in (self.target / self.sums).read_text("ascii").splitlines():
                digest, _, name = line.partition("  ")
                listed[name] = digest
        for path in sorted(self.target.rglob("*")):
            name = path.relative_to(self.target).as_posix()
            if path.is_dir() and not path.is_symlink():
                continue
            if name == self.sums and listed:
                continue
            if name in listed and _sum(path) == listed[name]:
                continue
            compiled = f"{name.removesuffix(''.join(path.suffixes))}.tex" in listed
            if not (compiled and "".join(path.suffixes) in _COMPILED):
                yield name

    def _here(self) -> Path:
        return self.target.resolve()  # a symbolic link stays one

    def _refused(self, why: str) -> InputError:
        return InputError(
            f"-o: got {str(self.target)!r}, {why}; expected a new or empty directory, or one that "
            "an earlier run wrote"
        )


def _at(root: Path, name: str) -> Path:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def _sum(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _exchange(here: Path, new: Path, old: Path) -> None:
    """Put ``new`` in the place of ``here``; if that fails, what was there is there again."""
    if not here.exists():
        new.rename(here)
        return
    here.rename(old)
    try:
        new.rename(here)
    except BaseException:
        old.rename(here)
        raise
    with suppress(OSError):
        shutil.copymode(old, here)
