"""Counterexamples as data, and the exact points of those that are computed again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Annotated, Final

from flint import fmpq, fmpq_mat

from dlnproof.depth import INFINITE
from dlnproof.errors import InputError
from dlnproof.files.fields import integer, rational, sized
from dlnproof.files.typed import AnyDepth, Printable, PrintableWording, Size, Typed, word
from dlnproof.limits import MOST_DEPTH, MOST_WIDTH
from dlnproof.numeric.exact.points import ExactPoint, identity
from dlnproof.record.points import Coordinates, Row

COUNTEREXAMPLE_SCHEMA: Final = "dlnproof-counterexample/2"
COUNTEREXAMPLE_SCHEMAS: Final = ("dlnproof-counterexample/1", COUNTEREXAMPLE_SCHEMA)
"""Those that are read: the first does not say what its two numbers are."""
MAX_ENTRY: Final = 300  # characters of a coordinate; its powers and determinants stay affordable
Schema = Annotated[str, word(COUNTEREXAMPLE_SCHEMAS)]


@dataclass(frozen=True, kw_only=True)
class Counterexample(Typed):
    """A point, and two values found to differ there: what is measured, and what is stated.

    ``where`` is there if the values are of another point than the one they are computed from.
    """

    schema: Schema
    claim: Printable
    statement: PrintableWording
    N: AnyDepth
    d: Size
    point: Coordinates
    where: PrintableWording | None = None
    left: Printable
    left_is: PrintableWording | None = None
    right: Printable
    right_is: PrintableWording | None = None


@dataclass(frozen=True, kw_only=True)
class FormulaCounterexample(Typed):
    """A user's formula for a target, a point, free indices, and two values that differ there."""

    schema: Schema
    target: str
    statement: str
    N: AnyDepth
    d: Size
    indices: Mapping[str, Size] = field(default_factory=dict)
    point: Coordinates
    left: str
    right: str


def exact_point(found: Counterexample | FormulaCounterexample) -> ExactPoint:
    """Return the point of a counterexample, of bounded size and on the balanced manifold.

    Raises :class:`InputError` for any other.
    """
    if found.N != INFINITE:
        integer(found.N, "N", MOST_DEPTH)
    width = integer(found.d, "d", MOST_WIDTH)
    t = sized(list(found.point.t), "t", width)
    roots = tuple(rational(x, f"t_{k}", MAX_ENTRY) for k, x in enumerate(t, 1))
    if roots[0] <= 0 or roots[-1] < 0 or any(a < b for a, b in pairwise(roots)):
        raise InputError("t: expected t_1 >= ... >= t_d >= 0 with t_1 > 0")
    frames = sized(list(found.point.Q), "Q", 2 if found.N == INFINITE else int(found.N) + 1)
    return ExactPoint(found.N, roots, tuple(_frame(Q, k, width) for k, Q in enumerate(frames)))


def _frame(rows: tuple[Row, ...], k: int, width: int) -> fmpq_mat:
    name = f"Q_{k}"
    values: list[fmpq] = [
        rational(x, name, MAX_ENTRY)
        for row in sized(list(rows), name, width)
        for x in sized(list(row), f"a row of {name}", width)
    ]
    Q = fmpq_mat(width, width, values)
    if Q.transpose() * Q != identity(width):
        raise InputError(f"{name}: not orthogonal; expected Q^T Q = I exactly")
    return Q
