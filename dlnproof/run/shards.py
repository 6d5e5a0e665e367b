"""A run in shards, each of some of its claims: made anywhere, merged into the one record of all."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Final

from dlnproof.errors import InputError
from dlnproof.files.fields import show
from dlnproof.files.json import dumps, named, read_json, shown, uncollected
from dlnproof.limits import SHARDS
from dlnproof.record.points import Place
from dlnproof.record.reading import record_in
from dlnproof.record.record import ClaimRecord, Record
from dlnproof.run.planning import Plan

SHARD_SCHEMA: Final = "dlnproof-shard/1"


@dataclass(frozen=True)
class Shard:
    """Of so many shards one, counted from 1: of every so many claims of the plan, one."""

    number: int
    of: int

    @classmethod
    def named(cls, text: str) -> Shard:
        """Return the shard that is written ``I/N``. Raises :class:`InputError`."""
        if match := re.fullmatch(r"([0-9]{1,9})/([0-9]{1,9})", text, flags=re.ASCII):
            number, of = int(match[1]), int(match[2])
            if 1 <= number <= of <= SHARDS.most:
                return cls(number, of)
        raise InputError(
            f"--shard: got {text!r}, expected I/N with 1 <= I <= N <= {SHARDS.most}, such as 2/4"
        )

    def __str__(self) -> str:
        return f"{self.number}/{self.of}"

    def part(self, plan: Plan) -> Plan:
        """Return what is to be done of a plan; its settings are those of the whole."""
        claims = plan.claims[self.number - 1 :: self.of]
        mine = {claim.id for claim in claims}
        return replace(plan, claims=claims, jobs=tuple(j for j in plan.jobs if j.claim in mine))


@dataclass(frozen=True)
class Made:
    """What one shard found, and the file that holds it."""

    shard: Shard
    record: Record
    name: str


@dataclass(frozen=True)
class Piece:
    """What a run found of one claim, and the points to which its evidence refers."""

    claim: ClaimRecord
    points: tuple[Place, ...]


def shard_text(shard: Shard, record: Record) -> str:
    """Return what a shard found as the text of its file, which is no record."""
    return dumps({"schema": SHARD_SCHEMA, "shard": str(shard), "record": record.as_json()})


def read_shard(name: str) -> Made:
    """Return the shard in a file ("-": standard input). Raises :class:`InputError`."""
    with named(name), uncollected():
        data: Any = read_json(name, "a shard")
        if not isinstance(data, dict) or data.get("schema") != SHARD_SCHEMA:
            found = data.get("schema") if isinstance(data, dict) else data
            raise InputError(
                f"got {show(found)}, expected schema {SHARD_SCHEMA}; write one with "
                "'check --shard I/N --json FILE'"
            )
        if data.keys() != {"schema", "shard", "record"}:
            raise InputError(
                f"got the fields {', '.join(map(show, data))}, expected schema, shard and record"
            )
        shard = Shard.named(str(data["shard"]))
        kept = record_in(data["record"])
        if not kept.intact:
            raise InputError("was changed after it was written; make that shard again")
        return Made(shard, kept.record, name)


def merged(found: Iterable[Made]) -> Record:
    """Return the record that all shards of a run make, as the run would in one piece.

    Raises :class:`InputError` where they are not of one run, or not all of it, each once.
    """
    shards = sorted(found, key=lambda made: (made.shard.of, made.shard.number))
    for made in shards[1:]:
        _of_one_run(shards[0], made)
    of = shards[0].shard.of
    numbers = [made.shard.number for made in shards]
    for one, other in pairwise(shards):
        if one.shard == other.shard:
            raise InputError(
                f"{shown(other.name)}: is shard {other.shard}, as {shown(one.name)} is; expected "
                "each once"
            )
    if missing := [str(Shard(k, of)) for k in range(1, of + 1) if k not in numbers]:
        raise InputError(f"merge: got no shard {', '.join(missing[:20])}, expected all {of}")
    first = shards[0].record
    files = {name: digest for made in shards for name, digest in made.record.run.files.items()}
    return joined(replace(first, run=replace(first.run, files=files)), _in_order(shards))


def _of_one_run(one: Made, other: Made) -> None:
    """Refuse shards of two runs, or that two versions or surroundings made."""
    a, b = one.record, other.record
    shared = a.run.files.keys() & b.run.files.keys()
    for what, x, y in (
        ("number of shards", one.shard.of, other.shard.of),
        ("version", a.version, b.version),
        ("commit", a.commit, b.commit),
        ("command", a.command, b.command),
        ("seed", a.seed, b.seed),
        ("settings", *(replace(run, files={}).as_json() for run in (a.run, b.run))),
        ("file of claims", *({f: r.run.files[f] for f in shared} for r in (a, b))),
        ("surroundings", a.environment.as_json(), b.environment.as_json()),
    ):
        if x != y:
            raise InputError(
                f"{shown(other.name)}: is of another {what} than {shown(one.name)}: got "
                f"{show(y)}, expected {show(x)}; all shards are of one run"
            )


def _in_order(shards: Sequence[Made]) -> list[Piece]:
    """Return the claims in the order of the run."""
    claims = [made.record.claims for made in shards]
    of, count = len(shards), sum(map(len, claims))
    if [len(c) for c in claims] != [len(range(k, count, of)) for k in range(of)]:
        raise InputError("merge: the shards' numbers of claims do not fit; make them again")
    return [Piece(claims[k % of][k // of], shards[k % of].record.points) for k in range(count)]


def joined(run: Record, pieces: Iterable[Piece]) -> Record:
    """Return the record of a run with what was found of its claims, each point numbered once."""
    places: dict[tuple[Place, int], int] = {}
    claims = tuple(_renumbered(piece, places) for piece in pieces)
    return replace(run, claims=claims, points=tuple(place for place, _ in places))


def _renumbered(piece: Piece, places: dict[tuple[Place, int], int]) -> ClaimRecord:
    """Return a claim whose evidence refers to the points of the whole, new ones numbered.

    Points of one claim may coincide; they stay several.
    """
    seen: Counter[Place] = Counter()
    points = []
    for point in piece.points:
        points.append((point, seen[point]))
        seen[point] += 1
    evidence = []
    for each in piece.claim.evidence:
        at = getattr(each, "at", None)
        if at is not None:
            numbers = tuple(places.setdefault(points[k], len(places)) for k in at)
            each = replace(each, at=numbers)  # type: ignore[call-arg]  # noqa: PLW2901
        evidence.append(each)
    return replace(piece.claim, evidence=tuple(evidence))
