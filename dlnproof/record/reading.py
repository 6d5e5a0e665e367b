"""Records read back from their files: checked field by field, and for what was changed since."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from dlnproof.core.verdict import Route, Verdict
from dlnproof.errors import InputError
from dlnproof.files.fields import entries, integer, mapping, show, text
from dlnproof.files.json import read_json, shown
from dlnproof.record.fields import counterexample, details, environment, settings
from dlnproof.record.record import SCHEMA, ClaimRecord, Evidence, PrintedRecord, Record, digest_of

_W = TypeVar("_W", bound=StrEnum)


@dataclass(frozen=True)
class RecordFile:
    """A record, the digest that its file states, and that of what the file holds."""

    record: Record
    stated: str
    digest: str

    @property
    def intact(self) -> bool:
        """Whether the file holds what its digest was taken of."""
        return self.stated == self.digest


def read_record(name: str) -> RecordFile:
    """Return the record in a file ("-": standard input).

    What a record says twice (a claim's verdict, which follows from its evidence) must agree. Raises
    :class:`InputError` for anything that is no record of this schema; a record that was changed
    after its digest was taken is read, and says so (``intact``).
    """
    try:
        data = read_json(name, "a record")
        if not isinstance(data, dict) or data.get("schema") != SCHEMA:
            what = f"schema {show(data.get('schema'))}" if isinstance(data, dict) else show(data)
            raise InputError(f"got {what}, expected {SCHEMA}; write one with 'check --json FILE'")
        record = _record(data)
        _same(record.as_json() | {"digest": text(data, "digest")}, data, "record")
    except RecursionError:
        raise InputError(f"{shown(name)}: is nested too deeply for a record") from None
    except InputError as error:
        raise InputError(f"{shown(name)}: {error}") from None
    return RecordFile(record, data["digest"], digest_of(data))


def intact_record(name: str) -> Record:
    """Return the record in a file. Raises :class:`InputError` where it was changed, too."""
    found = read_record(name)
    if not found.intact:
        raise InputError(
            f"{shown(name)}: was changed after it was written: it states the digest "
            f"{found.stated[:16]}..., what it holds has {found.digest[:16]}...; make it again with "
            f"{found.record.command!r}"
        )
    return found.record


def _record(data: dict[str, Any]) -> Record:
    if not isinstance(data.get("seed"), int) or isinstance(data["seed"], bool):
        raise InputError(f"seed: got {show(data.get('seed'))}, expected an integer")
    claims = tuple(_claim(mapping(entry, "claims")) for entry in entries(data, "claims"))
    _once("claim", [claim.id for claim in claims])
    return Record(
        version=text(data, "version"),
        command=text(data, "command"),
        seed=data["seed"],
        claims=claims,
        run=settings(mapping(data.get("run"), "run")),
        points=tuple(mapping(entry, "points") for entry in entries(data, "points")),
        commit=text(data, "commit"),
        environment=environment(mapping(data.get("environment"), "environment")),
    )


def _claim(data: dict[str, Any]) -> ClaimRecord:
    evidence = tuple(_evidence(mapping(e, "evidence")) for e in entries(data, "evidence"))
    printed = tuple(_printed(mapping(p, "as_printed")) for p in entries(data, "as_printed"))
    _once("route", [found.route for found in evidence])
    _once("printed statement", [found.name for found in printed])
    return ClaimRecord(
        id=text(data, "id"),
        title=text(data, "title"),
        source=text(data, "source"),
        parts=tuple(mapping(data.get("sentences"), "sentences")),
        evidence=evidence,
        as_printed=printed,
        measured=_texts(data, "measured"),
        formal=_texts(data, "formal"),
    )


def _evidence(data: dict[str, Any]) -> Evidence:
    mutants = mapping(data.get("mutants"), "mutants")
    return Evidence(
        route=_word(data, "route", Route),
        verdict=_word(data, "verdict", Verdict),
        details=details(
            {k: v for k, v in data.items() if k not in ("route", "verdict", "mutants")}
        ),
        tried=integer(mutants, "tried", 10**6, least=0),
        survivors=_texts(mutants, "survivors"),
    )


def _printed(data: dict[str, Any]) -> PrintedRecord:
    if data.get("counterexample") is not None:
        counterexample(data, "counterexample")
    return PrintedRecord(
        name=text(data, "name"),
        source=text(data, "source"),
        witness=text(data, "witness"),
        statement=text(data, "statement"),
        verdict=_word(data, "verdict", Verdict),
        route=_word(data, "route", Route),
        explanation=text(data, "explanation"),
        counterexample=data.get("counterexample"),
    )


def _texts(data: dict[str, Any], name: str) -> tuple[str, ...]:
    found = entries(data, name) if name in data else []
    return tuple(text({name: entry}, name) for entry in found)


def _word(data: dict[str, Any], name: str, words: type[_W]) -> _W:
    value = text(data, name)
    if value not in set(words):
        raise InputError(f"{name}: got {show(value)}, expected one of {', '.join(words)}")
    return words(value)


def _once(what: str, names: Sequence[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise InputError(f"{what} {show(name)} stands twice")
        seen.add(name)


def _same(made: Any, given: Any, where: str) -> None:
    """Refuse data that is not what it was read as: the first place where they differ is named."""
    if isinstance(made, dict) and isinstance(given, dict):
        for key in dict.fromkeys((*given, *made)):
            if key not in made or key not in given:
                which = "missing" if key in made else "unknown"
                raise InputError(f"{where}: field {show(key)} is {which}")
            _same(made[key], given[key], str(key))
    elif isinstance(made, list) and isinstance(given, list) and len(made) == len(given):
        for mine, theirs in zip(made, given, strict=True):
            _same(mine, theirs, where)
    elif json.dumps(made) != json.dumps(given):
        raise InputError(
            f"{where}: got {show(given)}, but the rest of the record gives {show(made)}"
        )
