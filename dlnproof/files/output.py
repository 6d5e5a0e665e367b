"""Where results go: standard output and files, whole or not at all, with one clear line if not."""

from __future__ import annotations

import os
import sys

from dlnproof.errors import InputError

TYPE_CHECKING = False  # neither typing nor pathlib is needed for --help
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path
    from typing import Any


def emit(text: str) -> None:
    """Write text on standard output. A reader that has gone (``| head -1``) is no error.

    Characters that the terminal's encoding lacks are escaped. Raises :class:`InputError` where
    output is closed or cannot be written.
    """
    if sys.stdout is None:  # closed by the caller, as in 'dlnproof list >&-'
        raise InputError("standard output: it is closed; redirect it to a file or a terminal")
    try:
        try:
            sys.stdout.write(text)
        except UnicodeEncodeError:
            sys.stdout.write(text.encode("ascii", "backslashreplace").decode("ascii"))
        sys.stdout.flush()
    except BrokenPipeError:
        _discard_the_rest()
    except OSError as error:
        _discard_the_rest()
        raise InputError(
            f"standard output: cannot write ({error.strerror}); redirect it to where there is room"
        ) from None


def _discard_the_rest() -> None:
    """Point standard output at nothing, so that the interpreter's last flush is silent."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def output_file(option: str, name: str | None, reads: Iterable[str | None] = ()) -> Path | None:
    """Return the file an option names (None: no file, or ``-``), refused now if it cannot be
    written rather than after the work, or is one that the command ``reads``.

    Raises :class:`InputError`.
    """
    if name is None or name == "-":
        return None
    from contextlib import suppress
    from pathlib import Path

    def refuse(why: str) -> InputError:
        return InputError(
            f"{option}: got {name!r}, {why}; expected a file in a directory that exists and can be "
            "written, or - for standard output"
        )

    path = Path(name)
    try:
        if not name.strip() or "\0" in name:
            raise refuse("which names no file")
        if path.is_dir():
            raise refuse("which is a directory")
        if path.is_file() and any(_is_read(path, x) for x in reads if x):
            raise refuse("which is read: it would be lost")
        if not path.parent.is_dir():
            raise refuse(f"but {str(path.parent)!r} is not a directory")
        if _is_stream(path):
            return path
        with suppress(FileNotFoundError):  # a new file
            path.stat()
        parent = path.resolve().parent  # where a link leads
        if not parent.is_dir():
            raise refuse(f"a link into {str(parent)!r}, which is not a directory")
        if not os.access(parent, os.W_OK | os.X_OK):
            raise refuse(f"but {str(parent)!r} is read-only")
    except FileNotFoundError:
        raise refuse("but the current directory is gone") from None
    except (OSError, ValueError) as error:  # a name too long, links in a circle
        if isinstance(error, InputError):
            raise
        raise refuse(f"no usable file name ({getattr(error, 'strerror', error)})") from None
    return path


def _is_read(path: Path, name: str) -> bool:
    """Whether a file is the one of a name, which may also say what of it: ``runs.npz:W``."""
    from contextlib import suppress

    for each in (name, name.rpartition(":")[0]):
        with suppress(OSError, ValueError):
            if path.samefile(each):
                return True
    return False


def write_output(path: Path, text: str) -> None:
    """Write a result to a file, whole or not at all. Raises :class:`InputError`.

    Devices and pipes (``/dev/stderr``, ``>(jq)``) are written to, never replaced; a symbolic link
    stays one, and its target is written.
    """
    if not _is_stream(path):
        from dlnproof.files.atomic import write_text

        write_text(path.resolve(), text)
        return
    try:
        with path.open("w", encoding="utf-8") as stream:
            stream.write(text)
    except OSError as error:
        raise InputError(
            f"output file {str(path)!r}: cannot write ({error.strerror}); expected a file, or a "
            "device or pipe that takes text"
        ) from None


class Results:
    """Where a result goes in both its forms: its data to the file of ``--json``, its text shown.

    ``-`` prints the data in place of the text. Raises :class:`InputError` on construction, before
    the work, where the file cannot be written, or is one of those that the command ``reads``.
    """

    def __init__(self, name: str | None, *reads: str | None) -> None:
        self._printed, self._path = name == "-", output_file("--json", name, reads)

    def deliver(self, data: Any, shown: Callable[[], str]) -> None:
        """Write the data, show the text.

        First the file: whoever reads the output may leave; and the output in any case. Raises
        :class:`InputError`.
        """
        from dlnproof.files.json import dumps

        text = dumps(data)
        try:
            if self._path is not None:
                write_output(self._path, text)
        finally:
            emit(text if self._printed else shown())


def _is_stream(path: Path) -> bool:
    return path.exists() and not path.is_file()


def kept_beside(option: str, output: Path) -> Path:
    """Return the directory beside a file that keeps what is finished of it, refused now if it
    cannot be one. Raises :class:`InputError`.
    """
    path = output.with_name(f"{output.name}.partial")
    if path.exists() and not path.is_dir():
        raise InputError(
            f"{option}: got {str(output)!r}, but {str(path)!r}, where what is finished is kept, is "
            "a file; expected another name, or move it away"
        )
    return path
