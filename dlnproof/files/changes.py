"""Each change that is made to the file system, in one place: what a crash can fall between.

What is written lies on the disk before it takes the place of anything. :func:`watch` sees each
change before it is made; :mod:`dlnproof.files.crashes` ends the process there.
"""

from __future__ import annotations

import errno
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any, Final

See = Callable[[str, Path], None]
_CWD_FD: Final = -100  # AT_FDCWD of Linux: paths are as they are
_EXCHANGE, _SWAP = 2, 2  # RENAME_EXCHANGE of Linux, RENAME_SWAP of macOS
_UNSUPPORTED: Final = (
    errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EPERM,
)  # fmt: skip
"""How systems, file systems and sandboxes say that they have no such call."""
_seen: list[See] = []


@contextmanager
def watch(see: See) -> Iterator[None]:
    """Tell ``see`` of each change in the block, before it is made: what is done, and where."""
    _seen.append(see)
    try:
        yield
    finally:
        _seen.remove(see)


def _about_to(what: str, path: Path) -> None:
    for see in _seen:
        see(what, path)


def make_folder(path: Path) -> None:
    """Make a folder, which is not there yet."""
    _about_to("make", path)
    path.mkdir()


def write(path: Path, content: bytes) -> None:
    """Write a new file; when this returns it lies on the disk."""
    _about_to("write", path)
    with path.open("xb") as stream:
        stream.write(content)
        stream.flush()
        _about_to("sync", path)
        _sync(stream.fileno())


def carry(source: Path, place: Path) -> None:
    """Let a file, or a symbolic link, be at another place as well: the same one, or else a copy."""
    _about_to("carry", place)
    try:
        os.link(source, place, follow_symlinks=False)
    except (OSError, NotImplementedError):  # file systems without links, files of other users
        shutil.copy2(source, place, follow_symlinks=False)


def replace(source: Path, place: Path) -> None:
    """Put a file in the place of another, or a folder where there is none."""
    _about_to("replace", place)
    source.replace(place)
    sync_folder(place.parent)


def exchange(one: Path, other: Path) -> bool:
    """Let two folders change places in one step; False where the system has no such step."""
    call = _exchanging()
    if call is None:
        return False
    _about_to("exchange", other)
    wrong = call(os.fsencode(one), os.fsencode(other))
    if wrong in _UNSUPPORTED:
        return False
    if wrong:
        raise OSError(wrong, os.strerror(wrong))
    sync_folder(other.parent)
    return True


def discard(path: Path) -> None:
    """Remove a folder and all that it holds, as far as that can be done, links as what they are."""
    for place, folders, files in os.walk(path, topdown=False):
        for each in (Path(place, name) for name in (*files, *folders)):
            with suppress(OSError):
                _remove_folder(each) if each.is_dir() and not each.is_symlink() else remove(each)
    with suppress(OSError):
        _remove_folder(path)


def _remove_folder(path: Path) -> None:
    _about_to("remove", path)
    path.rmdir()


def remove(path: Path) -> None:
    """Remove a file."""
    _about_to("remove", path)
    path.unlink()


def sync_folder(path: Path) -> None:
    """Let the names in a folder lie on the disk."""
    if os.name == "nt":  # which opens no folders
        return
    _about_to("sync", path)
    handle = os.open(path, os.O_RDONLY)
    try:
        _sync(handle)
    finally:
        os.close(handle)


def _sync(handle: int) -> None:
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in _UNSUPPORTED:
            raise


@cache
def _exchanging() -> Callable[[bytes, bytes], int] | None:
    """Return the system's call that exchanges two names; it returns an error number, 0 for none."""
    import ctypes

    names = {"linux": "renameat2", "darwin": "renamex_np"}
    call: Any = None
    with suppress(OSError, AttributeError, TypeError):
        call = getattr(ctypes.CDLL(None, use_errno=True), names.get(sys.platform, ""))
    if call is None:
        return None

    def exchanged(one: bytes, other: bytes) -> int:
        if sys.platform == "darwin":
            failed = call(one, other, ctypes.c_uint(_SWAP))
        else:
            failed = call(_CWD_FD, one, _CWD_FD, other, ctypes.c_uint(_EXCHANGE))
        return ctypes.get_errno() if failed else 0

    return exchanged
