"""Folders beside the output, in which it is prepared: what a killed run leaves is cleared away."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from dlnproof.files import changes

PREFIX: Final = ".dlnproof-"
_MARK: Final = "made-by-dlnproof"
_SAID: Final = (
    b"A run of dlnproof prepares its output here. If it was killed, the next one clears this.\n"
)
_OLD: Final = "old"


@contextmanager
def staging(directory: Path) -> Iterator[Path]:
    """Yield a new folder in a directory, to prepare in it what takes a place there in the end.

    It is gone afterwards. First :func:`recover` is done there.
    """
    with _held(directory):
        changes.make_folder(at := _unused(directory))
        try:
            changes.write(at / _MARK, _SAID)
            yield at
        finally:
            _clear(at)


def recover(directory: Path) -> None:
    """Clear away what killed runs left in a directory, and put back what they had moved away.

    Nothing is touched while another run prepares something there, nor what is not ours: each of our
    folders is marked, or empty, and belongs to the user.
    """
    with _held(directory):
        pass


def moved_away(here: Path) -> Path | None:
    """Return where a killed run moved what stood there, if it could not be put back."""
    places = here.parent.glob(f"{PREFIX}*/{_OLD}/")
    return next((p / here.name for p in places if os.path.lexists(p / here.name)), None)


def exchange(new: Path, here: Path, at: Path) -> None:
    """Put the folder ``new`` in the place of ``here``, in one step where the system has it.

    Else what is there is moved into the staging folder ``at`` first. Whatever is raised, it is back
    in its place; after a crash :func:`recover` puts it back.
    """
    if not here.is_dir():  # where a file came meanwhile, this is refused
        changes.replace(new, here)
        return
    if changes.exchange(new, here):
        return
    changes.make_folder(at / _OLD)
    old = at / _OLD / here.name
    try:
        changes.replace(here, old)
        changes.replace(new, here)
    except BaseException:
        _put_back(at)
        raise
    with suppress(OSError):  # from here on it is not to come back, least of all in part
        changes.replace(old, new)


@contextmanager
def _held(directory: Path) -> Iterator[None]:
    """Let no other run clear away what is in a directory; clear away what no run holds."""
    handle = _locked(directory)
    try:
        yield
    finally:
        if handle is not None:
            os.close(handle)


def _locked(directory: Path) -> int | None:
    """Lock a directory with all others who write there, once alone; None where there are no locks.

    The system lets go of it when the process ends, however it ends.
    """
    try:
        import fcntl

        handle = os.open(directory, os.O_RDONLY)
    except (ImportError, OSError):  # Windows; a directory that cannot be listed
        return None
    try:
        with suppress(OSError):  # others write there now
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            _clear_strays(directory)
        with suppress(OSError):  # no locks on this file system
            fcntl.flock(handle, fcntl.LOCK_SH)
    except BaseException:
        os.close(handle)
        raise
    return handle


def _clear_strays(directory: Path) -> None:
    with os.scandir(directory) as entries:
        found = [Path(e.path) for e in entries if e.name.startswith(PREFIX) and _ours(Path(e.path))]
    for at in found:
        _put_back(at)
        _clear(at)


def _ours(path: Path) -> bool:
    try:
        status = path.lstat()
        if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.getuid():
            return False
        names = [each.name for each in path.iterdir()]
    except OSError:
        return False
    return not names or _MARK in names


def _put_back(at: Path) -> None:
    """Put back what was moved into a staging folder, where nothing came in its place."""
    with suppress(OSError):  # nothing was moved
        for old in (at / _OLD).iterdir():
            if not os.path.lexists(place := at.parent / old.name):
                changes.replace(old, place)


def _clear(at: Path) -> None:
    """Remove a staging folder; its mark goes last, and stays with what cannot be removed."""
    with suppress(OSError):
        for path in at.iterdir():
            if path.is_dir() and not path.is_symlink():
                changes.discard(path)
            elif path.name != _MARK:
                changes.remove(path)
        if [path.name for path in at.iterdir()] == [_MARK]:
            changes.remove(at / _MARK)
        at.rmdir()


def _unused(directory: Path) -> Path:
    """Return a name that nothing in a directory has."""
    return directory / f"{PREFIX}{os.urandom(4).hex()}"
