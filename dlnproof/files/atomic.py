"""The one way to write files: whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from dlnproof.errors import InputError
from dlnproof.files import changes
from dlnproof.files.staging import staging


def write_text(path: Path, text: str) -> None:
    """Write a file of UTF-8, as :func:`write_bytes` does."""
    write_bytes(path, text.encode("utf-8"))


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file whole or not at all. Raises :class:`InputError` when it cannot be written."""
    if path.exists() and not path.is_file():  # a device or a pipe must not be replaced by a file
        raise InputError(f"output file '{path}': is not a regular file; expected a file to write")
    try:
        write_files(path.parent, {path.name: content})
    except OSError as error:
        raise InputError(
            f"output file '{path}': cannot write ({error.strerror}); expected a file in a "
            "directory that exists and can be written"
        ) from None


def write_files(directory: Path, files: Mapping[str, bytes]) -> None:
    """Write files into a directory: first beside their places, then one after another into them."""
    with staging(directory) as at:
        changes.make_folder(new := at / "new")
        for name, content in files.items():
            changes.write(new / name, content)
        for name in files:
            changes.replace(new / name, directory / name)


@contextmanager
def made(directory: Path) -> Iterator[None]:
    """Make a directory and its parents; if the block fails, those that are new are gone again."""
    new = [path for path in (directory, *directory.parents) if not os.path.lexists(path)]
    try:
        directory.mkdir(parents=True, exist_ok=True)
        yield
    except BaseException:
        for path in new:
            with suppress(OSError):
                path.rmdir()  # removes nothing but an empty directory
        raise
