"""A formula against the definition, at one exact point or at all that are tried."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dlnproof.judge.places import Place, measured, point_at
from dlnproof.judge.targets import Target
from dlnproof.language.arithmetic import UnclearError, UndefinedError, Value, ball
from dlnproof.language.comparing import Relation, compared
from dlnproof.language.radical import Radical, TooLargeError
from dlnproof.language.tree import Node
from dlnproof.language.value import Allowance, value_at
from dlnproof.numeric.exact.points import ExactPoint
from dlnproof.quantities.quantity import Indices


@dataclass(frozen=True)
class Finding:
    """What was found at a point, for one choice of the free indices: definition, formula."""

    indices: Indices
    relation: Relation
    left: Value
    right: Value | None = None
    why: str = ""


def findings(target: Target, tree: Node, place: Place, allowed: Allowance) -> Iterator[Finding]:
    """Yield the comparison at a place for every choice of the free indices."""
    for known in measured(target.name, place).items():
        yield compared_at(target, tree, point_at(place), known, allowed)


def compared_at(
    target: Target, tree: Node, at: ExactPoint, known: tuple[Indices, Value], allowed: Allowance
) -> Finding:
    """Compare a formula with the value of its target that is ``known`` at a point."""
    indices, left = known
    free = dict(zip(target.free, indices, strict=True))
    try:
        right = value_at(tree, at.depth, at.sigma, free, allowed)
    except UndefinedError as error:
        return Finding(indices, Relation.UNDEFINED, left, why=str(error))
    except UnclearError as error:
        return Finding(indices, Relation.UNCLEAR, left, why=str(error))
    relation = compared(left, right)
    why = "a value is too large, or its ball too wide" if relation is Relation.UNCLEAR else ""
    return Finding(indices, relation, left, right, why)


def ratio(finding: Finding) -> Value | None:
    """Return formula / definition, or None where that has no value."""
    left, right = finding.left, finding.right
    if right is None or ball(left).contains(0):
        return None
    if isinstance(left, Radical) and isinstance(right, Radical):
        try:
            return right * left.inverse()
        except TooLargeError:
            pass
    return ball(right) / ball(left)
