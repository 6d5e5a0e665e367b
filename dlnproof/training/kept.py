"""Finished chunks, kept on disk until the run they belong to is whole."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

from dlnproof.errors import InputError
from dlnproof.training.completion import Completion
from dlnproof.training.runs import Runs
from dlnproof.training.settings import Settings
from dlnproof.training.store import arrays_of, packed, problem_json, unpacked, write_bytes
from dlnproof.version import __version__


class Kept:
    """The finished chunks of one run, in a directory named by a digest of all that determines it.

    Runs with other settings, or another version of the software, have another directory, so what
    they keep is never mixed. A file that is not whole counts as absent: the SHA-256 of its NPZ,
    whose own checksums cover the arrays but not the headers, stands before it.
    """

    def __init__(self, directory: Path, problem: Completion, settings: Settings) -> None:
        self._problem, self._settings = problem, settings.as_json()
        determined = [__version__, problem_json(problem), self._settings]
        digest = hashlib.sha256(json.dumps(determined, sort_keys=True).encode()).hexdigest()
        self.directory = directory
        self.path = directory / digest[:16]

    def load(self, index: int, count: int) -> Runs | None:
        """Return the runs of a chunk, or None where it is not kept."""
        try:
            content = self._file(index).read_bytes()
            data = content[hashlib.sha256().digest_size :]
            if content != _sealed(data):
                return None
            runs = unpacked(data, self._problem, self._settings)
        except (OSError, InputError):
            return None
        return runs if len(runs) == count else None

    def save(self, index: int, runs: Runs) -> None:
        """Keep the runs of a chunk. Raises :class:`InputError` where it cannot be written."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InputError(f"{str(self.path)!r}: cannot write ({error.strerror})") from None
        write_bytes(self._file(index), _sealed(packed(arrays_of(runs))))

    def remove(self) -> None:
        """Remove what is kept of this run, and the directory if no other run has kept anything."""
        shutil.rmtree(self.path, ignore_errors=True)
        try:
            self.directory.rmdir()
        except OSError:  # absent, or another run's chunks are in it
            return

    def _file(self, index: int) -> Path:
        return self.path / f"{index:06d}.npz"


def _sealed(data: bytes) -> bytes:
    return hashlib.sha256(data).digest() + data
