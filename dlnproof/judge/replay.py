"""Counterexamples to formulas again: both sides from the target, the text and the point alone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Final

from dlnproof.core.verdict import Verdict
from dlnproof.depth import INFINITE, show_depth
from dlnproof.errors import InputError
from dlnproof.files.fields import integer, show
from dlnproof.judge.asked import asked
from dlnproof.judge.comparison import compared_at
from dlnproof.judge.places import DIGITS
from dlnproof.judge.targets import Target
from dlnproof.judge.trial import MOST_STEPS
from dlnproof.language.comparing import shown
from dlnproof.language.tree import Node
from dlnproof.language.value import Allowance
from dlnproof.limits import MOST_FORMULA_DEPTH, MOST_FORMULA_WIDTH
from dlnproof.numeric.exact.points import ExactPoint
from dlnproof.record.counterexamples import FormulaCounterexample, exact_point
from dlnproof.run.jobs import alone
from dlnproof.run.point import described
from dlnproof.run.replayed import Replay

_MAX_TEXT: Final = 10**6  # characters of a value in a file


@dataclass(frozen=True)
class GivenFormula:
    """A formula, its target, a point, free indices, and the two values found to differ there."""

    target: Target
    statement: str
    tree: Node
    at: ExactPoint
    indices: tuple[int, ...]
    left: str
    right: str


def resolved(found: FormulaCounterexample) -> GivenFormula:
    """Return a counterexample whose target, formula, point and indices have a meaning.

    Raises :class:`InputError`.
    """
    given = asked(found.target, found.statement)
    target, tree = given.target, given.tree
    at = exact_point(found)
    if (at.depth == INFINITE) is target.finite:
        expected = "an integer" if target.finite else "inf"
        got = show(show_depth(found.N))
        raise InputError(f"N: got {got}, expected {expected} for {target.name!r}")
    most = MOST_FORMULA_DEPTH, MOST_FORMULA_WIDTH
    if (target.finite and at.depth > most[0]) or at.width > most[1]:
        raise InputError(f"expected N <= {most[0]} and d <= {most[1]} for a formula")
    if not target.within(at.width):
        raise InputError(f"d: got {at.width}, which is wider than {target.name} is measured")
    if at.rank < at.width:
        raise InputError("t: got a zero, expected t_d > 0: formulas are for invertible W")
    if set(found.indices) != set(target.free):
        wanted = ", ".join(target.free) or "none"
        raise InputError(
            f"indices: got {len(found.indices)}, expected {wanted} for {target.name!r}"
        )
    most_of = {"m": int(at.depth) - 1} if "m" in target.free else {}
    indices = tuple(
        integer(found.indices[name], name, most_of.get(name, at.width)) for name in target.free
    )
    if most_of and indices[0] == indices[1]:
        raise InputError(f"indices: got i = l = {indices[0]}, expected two that differ")
    if max(len(found.left), len(found.right)) > _MAX_TEXT:
        raise InputError(f"left, right: expected at most {_MAX_TEXT} characters")
    return GivenFormula(target, found.statement, tree, at, indices, found.left, found.right)


def replay_formula(given: GivenFormula) -> Replay:
    """Measure and evaluate at the point of a counterexample, and compare with its values."""
    target = given.target
    title = f"formula for {target.name}: {given.statement}"
    values = given.left, given.right
    of = {"target": target.name}
    replayed = partial(Replay, title, of, given.statement, given.at, values)
    try:
        with alone(DIGITS):
            left, allowed = target.values(given.at)[given.indices], Allowance(MOST_STEPS)
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
