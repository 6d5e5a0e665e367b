"""Directories as output: the whole tree at once or not at all, and nothing of the user's lost."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dlnproof.errors import InputError
from dlnproof.files import changes
from dlnproof.files.atomic import made, write_files
from dlnproof.files.staging import exchange, moved_away, recover, staging

SUMS: Final = "SHA256SUMS"
_RECORDS: Final = ("record.json", "anc/record.json", "anc/findings.json")
_SCHEMAS: Final = (b"dlnproof-record", b"dlnproof-paper")  # of whatever number
_MOST_LISTED: Final = 2**24
_MOST: Final = 2**28
"""Bytes of a list of checksums, and of any file of ours: longer ones are not read, nor ours."""
_COMPILED: Final = frozenset(
    [".aux", ".bbl", ".blg", ".fdb_latexmk", ".fls", ".log", ".out", ".pdf", ".synctex.gz", ".toc"]
)


@dataclass(frozen=True)
class OutputTree:
    """A directory to be written whole, with a list of the checksums of its files.

    What is there already is replaced if it is as we wrote it: by that list, which is ours where it
    lists a record that is there (what LaTeX made of our files counts as ours, too). Otherwise it is
    refused, or with ``force`` kept beside the new files. Raises :class:`InputError` on
    construction, before any work, where it could not be written, and again when writing.
    """

    target: Path
    force: bool = False

    def __post_init__(self) -> None:
        if not str(self.target).strip() or "\0" in str(self.target):
            raise self._refused("which names no directory")
        try:
            if self._here() in (Path.cwd(), *Path.cwd().parents):
                raise self._refused("which holds the current directory")
            if self.target.exists() and not self.target.is_dir():
                raise self._refused("which is not a directory")
            parent = next(p for p in self._here().parents if os.path.lexists(p))
            if not parent.is_dir() or not os.access(parent, os.W_OK | os.X_OK):
                raise self._refused(f"but {str(parent)!r} cannot be written")
            recover(parent)
            if not self._here().exists() and (away := moved_away(self._here())):
                raise self._refused(f"which a run that was killed moved to {str(away)!r}")
            self._refuse_foreign()
        except OSError as error:
            raise self._refused(f"which cannot be used ({error.strerror})") from None

    def write(self, files: Mapping[str, bytes]) -> None:
        """Write the files (by relative path) and their checksums; all of them, or none."""
        here = self._here()
        try:
            with made(here.parent), staging(here.parent) as at:
                new = at / "new"
                self._put(new, files)
                self._refuse_foreign()  # what came while we worked
                exchange(new, here, at)
        except OSError as error:
            raise self._refused(f"cannot write there ({error.strerror})") from None

    def _put(self, new: Path, files: Mapping[str, bytes]) -> None:
        changes.make_folder(new)
        for name in self._foreign() if self.force else ():
            source = self.target / name
            if source.is_dir() and not source.is_symlink():
                _at(new, f"{name}/.").mkdir(exist_ok=True)
            elif source.is_symlink() or source.is_file():
                changes.carry(source, _at(new, name))
            else:
                raise self._refused(f"where {name} is neither a file nor a directory")
        _fill(new, {**files, SUMS: checksums(files)}, self._here())

    def _refuse_foreign(self) -> None:
        if self.force or not (foreign := list(self._foreign())):
            return
        more = f" and {len(foreign) - 3} more" if len(foreign) > 3 else ""
        raise self._refused(
            f"which holds files that are not as dlnproof wrote them "
            f"({', '.join(foreign[:3])}{more}); --force keeps files of other names and "
            "replaces those of the same"
        )

    def _foreign(self) -> Iterator[str]:
        """Yield the files and empty directories that are not as the list of checksums has them."""
        listed = self._listed()
        for path in sorted(self.target.rglob("*")):
            name = path.relative_to(self.target).as_posix()
            if path.is_dir() and not path.is_symlink():
                if not any(path.iterdir()):
                    yield name
            elif (
                path.is_symlink()
                or not path.is_file()
                or not (
                    (name == SUMS and listed)
                    or (name in listed and _has(path, listed[name]))
                    or _compiled(name, path, listed)
                )
            ):
                yield name

    def _listed(self) -> dict[str, str]:
        """Return the checksums by file, if they are ours: a record of ours is among the files."""
        with suppress(OSError, ValueError):
            lines = _beginning(self.target / SUMS, _MOST_LISTED).decode("ascii").splitlines()
            listed = {name: digest for digest, _, name in (s.partition("  ") for s in lines)}
            records = [self.target / name for name in _RECORDS if name in listed]
            begun = [_beginning(record, 200) for record in records]
            if any(schema in text for schema in _SCHEMAS for text in begun):
                return listed
        return {}

    def _here(self) -> Path:
        return _led_to(self.target)  # a symbolic link stays one

    def _refused(self, why: str) -> InputError:
        return InputError(
            f"-o: got {str(self.target)!r}, {why}; expected a new or empty directory, or one that "
            "an earlier run wrote"
        )


def _led_to(path: Path) -> Path:
    """Return where links lead. Raises :class:`OSError` where that is a circle.

    What ``Path.resolve`` raises for one differs between versions of Python, ``realpath`` leaves it.
    """
    found = Path(os.path.realpath(path))
    if found.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
    return found


def _compiled(name: str, path: Path, listed: Mapping[str, str]) -> bool:
    """Whether LaTeX made a file out of one of ours."""
    suffix = "".join(path.suffixes)
    return suffix in _COMPILED and f"{name.removesuffix(suffix)}.tex" in listed


def checksums(files: Mapping[str, bytes]) -> bytes:
    """Return a list of checksums of files that ``sha256sum -c`` reads where the files lie."""
    lines = [f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files)]
    return "".join(lines).encode("ascii")


def _has(path: Path, digest: str) -> bool:
    """Whether a file has a SHA-256; it is read in pieces."""
    with path.open("rb") as stream:
        small = os.fstat(stream.fileno()).st_size <= _MOST
        return small and hashlib.file_digest(stream, "sha256").hexdigest() == digest


def _beginning(path: Path, size: int) -> bytes:
    """Return the first bytes of a regular file; of anything else, which may never end, none."""
    if not path.is_file():
        return b""
    with path.open("rb") as stream:
        return stream.read(size)


def _at(root: Path, name: str) -> Path:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def _fill(new: Path, files: Mapping[str, bytes], here: Path) -> None:
    """Write files into a new folder, which is to stand in the place of another."""
    for name, content in files.items():
        place = _at(new, name)
        if os.path.lexists(place):  # a link there is not followed
            changes.remove(place)
        changes.write(place, content)
    for path in (new, *new.rglob("*")):
        if path.is_dir() and not path.is_symlink():
            changes.sync_folder(path)
    with suppress(OSError):
        shutil.copymode(here, new)


def write_among(directory: Path, files: Mapping[str, bytes]) -> None:
    """Write files into a directory, made if need be, beside others that it holds: all, or none.

    The directory is exchanged for one that has the others, too. One that holds folders, or the
    current directory, and one that another directory cannot take the place of, is written into file
    after file. Raises :class:`OSError`.
    """
    here = _led_to(directory)
    for path in (here, *here.parents):
        if os.path.lexists(path) and not path.is_dir():
            why = errno.EEXIST if path == here else errno.ENOTDIR
            raise OSError(why, os.strerror(why))
    with made(here.parent):
        recover(here.parent)  # it may put this very directory back
        others = [p for p in here.iterdir() if p.name not in files] if here.exists() else []
        if here in (Path.cwd(), *Path.cwd().parents) or not all(map(_carried, others)):
            write_files(here, files)
            return
        try:
            with staging(here.parent) as at:
                changes.make_folder(new := at / "new")
                for path in others:
                    changes.carry(path, new / path.name)
                _fill(new, files, here)
                exchange(new, here, at)
        except OSError:  # no right to the directory above, a place where a disk is mounted
            if not here.exists():
                raise
            write_files(here, files)


def _carried(path: Path) -> bool:
    return path.is_symlink() or path.is_file()
