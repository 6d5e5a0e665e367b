"""The finished claims of a run that was ended, kept: the same run goes on from them."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from time import monotonic

from dlnproof.errors import InputError
from dlnproof.files import changes
from dlnproof.files.atomic import write_text
from dlnproof.record.record import Record
from dlnproof.run.shards import Piece, Shard, read_shard, shard_text

AFTER = 10.0
"""Seconds for which nothing is kept: what takes no longer is done again."""


class DamagedClaimWarning(RuntimeWarning):
    """A file of a finished claim is damaged: the claim is checked again."""


class Kept:
    """Finished claims, each a shard of its own, in a directory named by a digest of all that
    determines the run.

    Runs of other claims or settings, by another version or in other surroundings, have another
    directory, so what they keep is never mixed. A file that is damaged counts as absent.
    """

    def __init__(self, directory: Path, run: Record, claims: Sequence[str]) -> None:
        """``run`` is the record without what it finds, ``claims`` are those that it is about."""
        self._run, self._claims = run, claims
        self._directory = directory
        self._path = directory / run.digest[:16]
        self._began = monotonic()
        self._waiting: list[Piece] = []

    def load(self) -> Iterator[Piece]:
        """Yield what is kept of each claim; what cannot be used is told as a warning."""
        for claim in self._claims:
            file = self._file(claim)
            if not os.path.lexists(file):
                continue
            try:
                made = read_shard(str(file)).record
                [found] = made.claims
                if found.id != claim or replace(made, claims=(), points=()) != self._run:
                    raise InputError(f"{str(file)!r}: is of another run")
            except ValueError as error:  # InputError among them
                said = f"{error}; the claim is checked again"
                warnings.warn(said, DamagedClaimWarning, stacklevel=3)
            else:
                yield Piece(found, made.points)

    def save(self, piece: Piece) -> None:
        """Keep a claim. Raises :class:`InputError` where it cannot be written."""
        self._waiting.append(piece)
        if monotonic() - self._began < AFTER:
            return
        try:
            self._path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InputError(f"{str(self._path)!r}: cannot write ({error.strerror})") from None
        for each in self._waiting:
            shard = Shard(self._claims.index(each.claim.id) + 1, len(self._claims))
            found = replace(self._run, claims=(each.claim,), points=each.points)
            write_text(self._file(each.claim.id), shard_text(shard, found))
        self._waiting.clear()

    def remove(self) -> None:
        """Remove what is kept of this run, and the directory if no other run has kept anything."""
        changes.discard(self._path)
        with suppress(OSError):  # absent, or another run's claims are in it
            self._directory.rmdir()

    def _file(self, claim: str) -> Path:
        return self._path / f"{self._claims.index(claim):04d}.json"
