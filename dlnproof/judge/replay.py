"""Counterexamples to formulas again: both sides from the target, the text and the point alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from dlnproof.depth import INFINITE, show_depth
from dlnproof.errors import InputError
from dlnproof.files.fields import integer, show
from dlnproof.judge.comparison import compared_at
from dlnproof.judge.judgement import understand
from dlnproof.judge.places import DIGITS
from dlnproof.judge.targets import Target, target_named
from dlnproof.judge.trial import MOST_STEPS
from dlnproof.language.comparing import Relation, shown
from dlnproof.language.tree import Node
from dlnproof.language.value import Allowance
from dlnproof.limits import MOST_FORMULA_DEPTH, MOST_FORMULA_WIDTH
from dlnproof.numeric.exact.points import ExactPoint
from dlnproof.record.counterexamples import FormulaCounterexample, exact_point
from dlnproof.run.jobs import alone
from dlnproof.run.point import described

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


@dataclass(frozen=True)
class FormulaReplay:
    """What became of a counterexample: the two values found now ("" where none), and why not."""

    given: GivenFormula
    left: str
    right: str
    why: str

    @property
    def confirmed(self) -> bool:
        """Whether the formula fails at the point with the values in the file."""
        return not self.why

    @property
    def title(self) -> str:
        """What was replayed, for a heading."""
        return f"formula for {self.given.target.name}: {self.given.statement}"

    def as_json(self) -> dict[str, Any]:
        """Return the outcome as JSON data."""
        return {
            "target": self.given.target.name,
            "statement": self.given.statement,
            "N": show_depth(self.given.at.depth),
            "d": self.given.at.width,
            "t": [str(t) for t in self.given.at.roots],
            "file": {"left": self.given.left, "right": self.given.right},
            "computed": {"left": self.left, "right": self.right} if self.left else None,
            "confirmed": self.confirmed,
            **({"why": self.why} if self.why else {}),
        }


def resolved(found: FormulaCounterexample) -> GivenFormula:
    """Return a counterexample whose target, formula, point and indices have a meaning.

    Raises :class:`InputError`.
    """
    target = target_named(found.target)
    at = exact_point(found)
    if (at.depth == INFINITE) is target.finite:
        expected = "an integer" if target.finite else "inf"
        got = show(show_depth(found.N))
        raise InputError(f"N: got {got}, expected {expected} for {target.name!r}")
    most = MOST_FORMULA_DEPTH, MOST_FORMULA_WIDTH
    if (target.finite and at.depth > most[0]) or at.width > most[1]:
        raise InputError(f"expected N <= {most[0]} and d <= {most[1]} for a formula")
    if at.rank < at.width:
        raise InputError("t: got a zero, expected t_d > 0: formulas are for invertible W")
    if set(found.indices) != set(target.free):
        wanted = ", ".join(target.free) or "none"
        raise InputError(
            f"indices: got {len(found.indices)}, expected {wanted} for {target.name!r}"
        )
    indices = tuple(integer(found.indices[name], name, at.width) for name in target.free)
    if max(len(found.left), len(found.right)) > _MAX_TEXT:
        raise InputError(f"left, right: expected at most {_MAX_TEXT} characters")
    tree = understand(target, found.statement)
    return GivenFormula(target, found.statement, tree, at, indices, found.left, found.right)


def replay_formula(given: GivenFormula) -> FormulaReplay:
    """Measure and evaluate at the point of a counterexample, and compare with its values."""
    try:
        with alone(DIGITS):
            return _compared(given)
    except (InputError, ArithmeticError) as error:
        return FormulaReplay(given, "", "", f"it cannot be computed here ({described(error)})")


def _compared(given: GivenFormula) -> FormulaReplay:
    left = given.target.measure(given.at)[given.indices]
    allowed = Allowance(MOST_STEPS)
    found = compared_at(given.target, given.tree, given.at, (given.indices, left), allowed)
    if found.right is None:
        return FormulaReplay(given, "", "", f"the formula has no value there: {found.why}")
    now = shown(left), shown(found.right)
    if found.relation is not Relation.DIFFERENT:
        why = "left and right agree: the formula holds at this point"
        return FormulaReplay(given, "", "", why)
    why = ""
    if now != (given.left, given.right):
        why = "the formula fails at this point, but with other values than those in the file"
    return FormulaReplay(given, *now, why)
