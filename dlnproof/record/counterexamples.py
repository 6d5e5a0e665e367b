"""Counterexamples as files hold them: read and bounded, never evaluated."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import inf
from typing import TYPE_CHECKING, Any, Final

from flint import fmpq, fmpq_mat

from dlnproof.core.verdict import Route
from dlnproof.depth import Depth
from dlnproof.errors import InputError, NothingSelectedError
from dlnproof.files.fields import entries, integer, mapping, rational, show, sized, text
from dlnproof.files.json import read_json, shown
from dlnproof.limits import MOST_DEPTH, MOST_WIDTH
from dlnproof.numeric.exact.points import ExactPoint, identity
from dlnproof.record.record import (
    COUNTEREXAMPLE_SCHEMA,
    COUNTEREXAMPLE_SCHEMAS,
    ERRATA_SCHEMA,
    FORMULA_SCHEMA,
    SCHEMA,
)
from dlnproof.run.select import claims_named

if TYPE_CHECKING:
    from dlnproof.judge.replay import FormulaCounterexample

MAX_ENTRY: Final = 300  # characters of a coordinate; its powers and determinants stay affordable


@dataclass(frozen=True)
class Counterexample:
    """A point, and the two numbers found to differ there: measured and stated."""

    claim: str
    statement: str
    at: ExactPoint
    left: fmpq
    right: fmpq


@dataclass(frozen=True)
class Counterexamples:
    """What a file holds; ``inexact`` says where it has counterexamples in balls, left out.

    ``formulas`` are counterexamples to a user's formula.
    """

    exact: tuple[Counterexample, ...]
    inexact: tuple[str, ...] = ()
    formulas: tuple[FormulaCounterexample, ...] = ()


def read_counterexamples(
    name: str, claim: str | None = None, as_printed: int | None = None
) -> Counterexamples:
    """Return the counterexamples in a file ("-": standard input), of one claim or statement only.

    The file is a record, the JSON of ``errata`` or ``formula``, or one counterexample. Every number
    is an exact rational of bounded size (a formula's values may have roots and powers of pi), every
    point lies on the balanced manifold. Raises :class:`InputError`, and
    :class:`NothingSelectedError` where there is nothing to replay.
    """
    try:
        data = read_json(name, "a record or counterexample")
        schema = data.get("schema") if isinstance(data, dict) else None
        alone = schema in COUNTEREXAMPLE_SCHEMAS
        if schema == FORMULA_SCHEMA or (alone and "target" in data):
            from dlnproof.judge.replay import formula_counterexample

            if claim is not None:
                raise InputError("holds the counterexample to a formula; leave out --claim")
            return Counterexamples((), formulas=(formula_counterexample(data),))
        if alone:
            if claim is not None:
                raise InputError("holds one counterexample alone; leave out --claim")
            return Counterexamples((_counterexample(data),))
        if schema in (SCHEMA, ERRATA_SCHEMA):
            return _selected(entries(data, "claims"), claim, as_printed)
        raise InputError(
            f"got schema {show(schema)}, expected {SCHEMA}, {ERRATA_SCHEMA}, {FORMULA_SCHEMA} or "
            f"{COUNTEREXAMPLE_SCHEMA}"
        )
    except InputError as error:
        raise type(error)(f"{shown(name)}: {error}") from None


def _selected(found: list[Any], claim: str | None, as_printed: int | None) -> Counterexamples:
    ids = [text(mapping(entry, "claims"), "id") for entry in found]
    claims_named(ids)  # whatever a file calls a claim is not repeated before it is known
    if claim is not None:
        claims_named([claim])
        if claim not in ids:
            listed = ", ".join(ids) or "nothing"
            raise InputError(f"--claim: got {claim!r}, but it holds {listed}")
    exact: list[Counterexample] = []
    inexact: list[str] = []
    for entry, here in zip(found, ids, strict=True):
        for route, data in _found(entry, as_printed) if claim in (None, here) else ():
            if data.get("claim") != here:
                raise InputError(f"{here}: got a counterexample of {show(data.get('claim'))}")
            if route in (None, Route.EXACT):
                exact.append(_counterexample(data))
            else:
                inexact.append(f"{here}, {route}")
    if not exact:
        raise NothingSelectedError("nothing to replay: it holds no exact counterexample of these")
    return Counterexamples(tuple(exact), tuple(inexact))


def _found(entry: Any, as_printed: int | None) -> Iterator[tuple[Route | None, dict[str, Any]]]:
    """Yield the counterexamples in a claim's entry, those of its routes with the route."""
    if as_printed is None and "evidence" in entry:
        for evidence in entries(entry, "evidence"):
            if mapping(evidence, "evidence").get("counterexample") is not None:
                route = text(evidence, "route")
                if route not in set(Route):
                    raise InputError(f"route: got {show(route)}, expected {', '.join(Route)}")
                yield Route(route), mapping(evidence["counterexample"], "counterexample")
    printed = entries(entry, "as_printed")
    if as_printed is not None and as_printed > len(printed):
        raise InputError(
            f"--as-printed: got {as_printed}, expected at most {len(printed)}, the number of "
            f"printed statements of {entry['id']!r}"
        )
    for number, statement in enumerate(printed, 1):
        if as_printed in (None, number):
            found = mapping(statement, "as_printed").get("counterexample")
            if found is not None:
                if mapping(found, "counterexample").get("statement") != statement.get("statement"):
                    raise InputError("a counterexample: it is of another statement than its entry")
                yield None, found


def _counterexample(data: dict[str, Any]) -> Counterexample:
    schema = data.get("schema")
    if schema not in COUNTEREXAMPLE_SCHEMAS:
        raise InputError(f"got a counterexample of schema {show(schema)}")
    claim, statement = text(data, "claim"), text(data, "statement")
    at = exact_point(data)
    left, right = (rational(data.get(side), side, 10**9) for side in ("left", "right"))
    return Counterexample(claim, statement, at, left, right)


def exact_point(data: dict[str, Any]) -> ExactPoint:
    """Return the point of a counterexample, which lies on the balanced manifold."""
    depth: Depth = inf if data.get("N") == "inf" else integer(data, "N", MOST_DEPTH)
    width = integer(data, "d", MOST_WIDTH)
    coordinates = mapping(data.get("point"), "point")
    t = entries(coordinates, "t", width)
    roots = tuple(rational(x, f"t_{k}", MAX_ENTRY) for k, x in enumerate(t, 1))
    if roots[0] <= 0 or roots[-1] < 0 or any(a < b for a, b in pairwise(roots)):
        raise InputError("t: expected t_1 >= ... >= t_d >= 0 with t_1 > 0")
    frames = entries(coordinates, "Q", 2 if depth == inf else int(depth) + 1)
    return ExactPoint(depth, roots, tuple(_frame(Q, k, width) for k, Q in enumerate(frames)))


def _frame(rows: Any, k: int, width: int) -> fmpq_mat:
    name = f"Q_{k}"
    values = [
        rational(x, name, MAX_ENTRY)
        for row in sized(rows, name, width)
        for x in sized(row, f"a row of {name}", width)
    ]
    Q = fmpq_mat(width, width, values)
    if Q.transpose() * Q != identity(width):
        raise InputError(f"{name}: not orthogonal; expected Q^T Q = I exactly")
    return Q
