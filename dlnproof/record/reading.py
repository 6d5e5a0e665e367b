"""Files of records and counterexamples, read back: by their types, and for what was changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dlnproof.core.verdict import Route
from dlnproof.errors import InputError
from dlnproof.files.fields import mapping, show, sized, text
from dlnproof.files.json import named, read_json, shown, uncollected
from dlnproof.files.typed import same, word
from dlnproof.record.counterexamples import (
    COUNTEREXAMPLE_SCHEMA,
    COUNTEREXAMPLE_SCHEMAS,
    Counterexample,
    FormulaCounterexample,
)
from dlnproof.record.record import (
    ERRATA_SCHEMA,
    FORMULA_SCHEMA,
    FORMULA_SCHEMAS,
    SCHEMA,
    Record,
    digest_of,
)


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
    with named(name), uncollected():
        try:
            return record_in(read_json(name, "a record"))
        except RecursionError:
            raise InputError("is nested too deeply for a record") from None


def record_in(data: Any) -> RecordFile:
    """Return the record that JSON data holds. Raises :class:`InputError`."""
    if not isinstance(data, dict) or data.get("schema") != SCHEMA:
        what = f"schema {show(data.get('schema'))}" if isinstance(data, dict) else show(data)
        raise InputError(f"got {what}, expected {SCHEMA}; write one with 'check --json FILE'")
    record = Record.from_json(data)
    stated = text(data.get("digest"), "digest")
    made, digest = record.as_json(), digest_of(data)
    if made["digest"] != digest:  # something is not what it was read as: it is named
        same(made | {"digest": stated}, data)
    return RecordFile(record, stated, digest)


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


@dataclass(frozen=True)
class Kept:
    """A counterexample that a claim's entry in a file holds: of a route, or of what is printed.

    ``printed`` counts the claim's printed statements from 1.
    """

    route: Route | None
    printed: int | None
    found: Counterexample


@dataclass(frozen=True)
class CounterexampleFile:
    """What a file holds: one counterexample at most, to a formula or a claim, or those of claims.

    ``claims`` has, by claim, how many printed statements the file says it has, and what was kept;
    None where the file is of one counterexample. ``edited``: it is a record with another digest.
    """

    formula: FormulaCounterexample | None = None
    alone: Counterexample | None = None
    claims: tuple[tuple[str, int, tuple[Kept, ...]], ...] | None = None
    edited: bool = False


def counterexamples_in(name: str) -> CounterexampleFile:
    """Return the counterexamples in a file ("-": standard input).

    The file is a record, the JSON of ``errata`` or ``formula``, or one counterexample. Raises
    :class:`InputError`.
    """
    data = read_json(name, "a record or counterexample")
    schema = data.get("schema") if isinstance(data, dict) else None
    if schema in FORMULA_SCHEMAS:
        found = data.get("counterexample")
        return CounterexampleFile(None if found is None else FormulaCounterexample.from_json(found))
    if schema in COUNTEREXAMPLE_SCHEMAS:
        if "target" in data:
            return CounterexampleFile(FormulaCounterexample.from_json(data))
        return CounterexampleFile(alone=Counterexample.from_json(data))
    if schema in (SCHEMA, ERRATA_SCHEMA):
        entries = enumerate(sized(data.get("claims"), "claims"))
        claims = tuple(_entry(e, f"claims[{n}]") for n, e in entries)
        edited = schema == SCHEMA and data.get("digest") != digest_of(data)
        return CounterexampleFile(claims=claims, edited=edited)
    raise InputError(
        f"got schema {show(schema)}, expected {SCHEMA}, {ERRATA_SCHEMA}, {FORMULA_SCHEMA} or "
        f"{COUNTEREXAMPLE_SCHEMA}"
    )


def _entry(data: Any, where: str) -> tuple[str, int, tuple[Kept, ...]]:
    entry = mapping(data, where)
    claim = text(entry.get("id"), f"{where}.id")
    kept = tuple(_kept(entry, where))
    for each in kept:
        if each.found.claim != claim:
            raise InputError(f"{where}: got a counterexample of {show(each.found.claim)}")
    return claim, len(entry["as_printed"]), kept


def _kept(entry: dict[str, Any], where: str) -> Iterator[Kept]:
    for field in ("evidence", "as_printed") if "evidence" in entry else ("as_printed",):
        for number, each in enumerate(sized(entry.get(field), f"{where}.{field}")):
            place = f"{where}.{field}[{number}]"
            data = mapping(each, place).get("counterexample")
            if data is None:
                continue
            if field == "evidence":
                route = Route(word(Route).read(each.get("route"), f"{place}.route"))
                yield Kept(route, None, Counterexample.from_json(data, f"{place}.counterexample"))
                continue
            found = Counterexample.from_json(data, f"{place}.counterexample")
            if found.statement != each.get("statement"):
                raise InputError(f"{place}: its counterexample is of another statement")
            yield Kept(None, number + 1, found)
