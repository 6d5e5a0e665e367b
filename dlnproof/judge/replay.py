"""Counterexamples to formulas again: both sides from the target, the text and the point alone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from dlnproof.core.verdict import Verdict
from dlnproof.depth import INFINITE
from dlnproof.errors import InputError, NothingSelectedError
from dlnproof.files.fields import integer, mapping, show, text
from dlnproof.judge.comparison import compared_at
from dlnproof.judge.judgement import understand
from dlnproof.judge.places import DIGITS
from dlnproof.judge.targets import Target, target_named
from dlnproof.judge.trial import MOST_STEPS
from dlnproof.language.comparing import shown
from dlnproof.language.tree import Node
from dlnproof.language.value import Allowance
from dlnproof.limits import MOST_FORMULA_DEPTH, MOST_FORMULA_WIDTH
from dlnproof.numeric.exact.points import ExactPoint
from dlnproof.record.counterexamples import exact_point
from dlnproof.record.record import COUNTEREXAMPLE_SCHEMAS, FORMULA_SCHEMA
from dlnproof.run.jobs import alone
from dlnproof.run.point import described
from dlnproof.run.replayed import Replay

_MAX_TEXT: Final = 10**6  # characters of a value in a file


@dataclass(frozen=True)
class FormulaCounterexample:
    """A formula, its target, a point, free indices, and the two values found to differ there."""

    target: Target
    statement: str
    tree: Node
    at: ExactPoint
    indices: tuple[int, ...]
    left: str
    right: str


def formula_counterexample(data: dict[str, Any]) -> FormulaCounterexample:
    """Return the counterexample in the JSON of ``formula``, or in one alone.

    Raises :class:`InputError`, and :class:`NothingSelectedError` where the formula has none.
    """
    if data.get("schema") == FORMULA_SCHEMA:
        if data.get("counterexample") is None:
            raise NothingSelectedError("nothing to replay: the formula has no counterexample")
        data = mapping(data["counterexample"], "counterexample")
    if data.get("schema") not in COUNTEREXAMPLE_SCHEMAS:
        raise InputError(f"got a counterexample of schema {show(data.get('schema'))}")
    target = target_named(text(data, "target"))
    statement = text(data, "statement")
    at = exact_point(data)
    if (at.depth == INFINITE) is target.finite:
        expected = "an integer" if target.finite else "inf"
        raise InputError(f"N: got {show(data.get('N'))}, expected {expected} for {target.name!r}")
    if (target.finite and at.depth > MOST_FORMULA_DEPTH) or at.width > MOST_FORMULA_WIDTH:
        raise InputError(
            f"expected N <= {MOST_FORMULA_DEPTH} and d <= {MOST_FORMULA_WIDTH} for a formula"
        )
    if at.rank < at.width:
        raise InputError("t: got a zero, expected t_d > 0: formulas are for invertible W")
    given = mapping(data.get("indices", {}), "indices")
    if set(given) != set(target.free):
        wanted = ", ".join(target.free) or "none"
        raise InputError(f"indices: got {len(given)}, expected {wanted} for {target.name!r}")
    indices = tuple(integer(given, name, at.width) for name in target.free)
    left, right = text(data, "left"), text(data, "right")
    if max(len(left), len(right)) > _MAX_TEXT:
        raise InputError(f"left, right: expected at most {_MAX_TEXT} characters")
    tree = understand(target, statement)
    return FormulaCounterexample(target, statement, tree, at, indices, left, right)


def replay_formula(given: FormulaCounterexample) -> Replay:
    """Measure and evaluate at the point of a counterexample, and compare with its values."""
    target = given.target
    title = f"formula for {target.name}: {given.statement}"
    values = given.left, given.right
    of = {"target": target.name}
    replayed = partial(Replay, title, of, given.statement, given.at, values)
    try:
        with alone(DIGITS):
            left, allowed = target.quantity.values(given.at)[given.indices], Allowance(MOST_STEPS)
            known = given.indices, left
            verdict, right, why = compared_at(target, given.tree, given.at, known, allowed)
            if right is None:
                return replayed(why=f"the formula has no value there: {why}")
            now = shown(left), shown(right)
    except (InputError, ArithmeticError) as error:
        return replayed(why=f"it cannot be computed here ({described(error)})")
    if verdict is not Verdict.REFUTED:
        return replayed(why="left and right agree: the formula holds at this point")
    other = "the formula fails at this point, but with other values than those in the file"
    return replayed(now, "" if now == values else other)
