"""A formula against the definition, at one exact point or at all that are tried."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dlnproof.core.verdict import Verdict
from dlnproof.judge.places import Place, point_at
from dlnproof.judge.targets import Target
from dlnproof.language.arithmetic import UnclearError, UndefinedError, Value, ball
from dlnproof.language.comparing import compared
from dlnproof.language.radical import Radical, TooLargeError
from dlnproof.language.tree import Node
from dlnproof.language.value import Allowance, value_at
from dlnproof.numeric.exact.points import ExactPoint
from dlnproof.quantities.quantity import Indices


@dataclass(frozen=True)
class Finding:
    """What was found at a place, for one choice of the free indices: definition, formula.

    The verdict is EXACT or ENCLOSED (equal), REFUTED (different), VACUOUS (the formula has no value
    there) or UNDECIDED. ``coincides``: the singular values that matter are not distinct (i = l
    included), where they may be.
    """

    place: Place
    indices: Indices
    verdict: Verdict
    left: Value
    right: Value | None = None
    why: str = ""
    coincides: bool = False


def findings(target: Target, tree: Node, place: Place, allowed: Allowance) -> Iterator[Finding]:
    """Yield the comparison at a place for every choice of the free indices.

    There is none at a width at which the target is not measured.
    """
    if not target.within(place.width):
        return
    cases = target.where.cases(target.free)
    for indices, left in target.measured(place, allowed).items():
        if not target.where.admit(place.depth, place.roots, indices):
            continue
        verdict, right, why = compared_at(target, tree, point_at(place), (indices, left), allowed)
        at = [place.roots[k - 1] for k in indices[:2]] if target.of_pair else place.roots
        coincides = len(set(at)) < len(at) and (cases.before or cases.after)
        yield Finding(place, indices, verdict, left, right, why, coincides)


def compared_at(
    target: Target, tree: Node, at: ExactPoint, known: tuple[Indices, Value], allowed: Allowance
) -> tuple[Verdict, Value | None, str]:
    """Compare a formula with the value of its target that is ``known`` at a point.

    Return the verdict, the formula's value, and why there is none or it decides nothing.
    """
    indices, left = known
    free = dict(zip(target.free, indices, strict=True))
    try:
        right = value_at(tree, at.depth, at.sigma, free, allowed)
    except UndefinedError as error:
        return Verdict.VACUOUS, None, str(error)
    except UnclearError as error:
        return Verdict.UNDECIDED, None, str(error)
    verdict = compared(left, right)
    unclear = verdict is Verdict.UNDECIDED
    return verdict, right, "a value is too large, or its ball too wide" if unclear else ""


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
