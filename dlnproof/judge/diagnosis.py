"""What is wrong with a refuted formula, where it is a usual slip; the correction is decided too."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Final

from dlnproof.core.verdict import Verdict
from dlnproof.depth import INFINITE
from dlnproof.errors import InputError
from dlnproof.judge.comparison import Finding, findings, ratio
from dlnproof.judge.constants import factor_off
from dlnproof.judge.offsets import Offset, offset, without
from dlnproof.judge.part_slips import Slip, factors_in
from dlnproof.judge.places import Place, point_at
from dlnproof.judge.rescaling import tidy
from dlnproof.judge.slips import slips
from dlnproof.judge.targets import SUMS, TARGETS, Target
from dlnproof.judge.trial import Trial, tried
from dlnproof.language import tree
from dlnproof.language.arithmetic import UndefinedError
from dlnproof.language.comparing import compared
from dlnproof.language.deciding import Eigenvalues
from dlnproof.language.meaning import check_meaning
from dlnproof.language.reading import read
from dlnproof.language.tree import Node, Over
from dlnproof.language.value import Allowance, value_at
from dlnproof.notation.tex import tex

_MOST_STEPS: Final = 150_000

_FINITE: Final = (
    Place(2, ("3", "2")),
    Place(3, ("4", "3/2", "2/3")),
    Place(3, ("3",)),
    Place(2, ("4", "3", "2", "1")),
)
_INFINITE: Final = tuple(Place(INFINITE, place.roots) for place in _FINITE if place.depth != 3)
_SAME_SIZE: Final = (Place(2, ("3", "2")), Place(2, ("5/2", "1/3")))


@dataclass(frozen=True)
class Diagnosis:
    """What is wrong, as a slip says it; the formula without it, and what became of that."""

    text: str
    corrected: Node
    trial: Trial


def diagnosis(target: Target, formula: Node, refuted: Place | None) -> Diagnosis | None:
    """Return the first slip whose correction holds, or None. Called at the working precision.

    ``refuted`` is where the formula was found to be wrong: what is still wrong there is no
    correction, however right it is at the few points where others are wrong.
    """
    allowed = Allowance(_MOST_STEPS)

    def may_hold(corrected: Node) -> bool:
        there = iter(()) if refuted is None else _found(target, corrected, refuted, allowed)
        still_wrong = any(finding.verdict is Verdict.REFUTED for finding in there)
        return not still_wrong and _agrees(target, corrected, allowed)

    try:
        for slip in _candidates(target, formula, refuted, allowed):
            if not may_hold(slip.corrected):
                continue
            for corrected in map(tidy, (*slip.simpler, slip.corrected)):
                if may_hold(corrected):
                    trial = tried(target, corrected)
                    if trial.verdict.holds:
                        return Diagnosis(slip.what, corrected, trial)
    except InputError:  # once corrected it is nested too deep, or takes too many steps
        pass
    return None


def _candidates(
    target: Target, formula: Node, refuted: Place | None, allowed: Allowance
) -> Iterator[Slip]:
    if refuted is None:
        yield from _without_limits(target, formula)
        yield from _at_equal_indices(target, formula)
    by = factor_off(target, formula, allowed)
    usual = list(slips(target, formula))
    yield from (slip for slip in usual if slip.sign)
    if by is not None and by.constant:
        yield from _without(target, formula, by, allowed)
    yield from (slip for slip in usual if not slip.sign)
    if by is not None:
        yield from _without(target, formula, by, allowed)
    for slip in usual:  # two slips: the second one a constant factor
        if _constant_ratio(target, slip.corrected, allowed):
            also = factor_off(target, slip.corrected, allowed)
            if also is not None and also.constant:
                for second in _without(target, slip.corrected, also, allowed):
                    yield Slip(f"{slip.what}; and {second.what}", second.corrected)


def _without_limits(target: Target, formula: Node) -> Iterator[Slip]:
    """Yield the formula with the factors of equal indices, which are 0/0 there, as their limits."""
    for part in factors_in(formula, lambda other: other):
        node = part.node
        if not (isinstance(node, Over) and node.relation in (",", "<=")):
            continue
        apart = replace(node, relation="!=" if node.relation == "," else "<")
        rest = part.with_other(apart)
        by = offset(target, rest)
        if by is not None and not by.constant:
            i, l = node.indices
            yield Slip(
                f"0/0 at {i} = {l}: these factors have to be written apart, as their limits",
                without(target, rest, by),
            )


def _at_equal_indices(target: Target, formula: Node) -> Iterator[Slip]:
    """Yield the value of a quantity at i = l, where that is assumed and the formula has none."""
    cases, closed = target.where.cases(target.free), target.closed
    if not isinstance(closed, Eigenvalues) or cases.before or cases.after:
        return
    i, l = target.free[:2]
    at = point_at((_FINITE if target.finite else _INFINITE)[0])
    try:
        value_at(formula, at.depth, at.sigma, dict.fromkeys(target.free, 1), Allowance(_MOST_STEPS))
    except UndefinedError:
        what = f"it has no value at ${i} = {l}$ (0/0), where the quantity has its limit"
        yield Slip(what, read(tex(closed.coincident)))


def _without(target: Target, formula: Node, by: Offset, allowed: Allowance) -> Iterator[Slip]:
    """Yield the formula without the factor by which it is off."""
    which = ""
    if by.extra == tree.ONE:
        which = ", which is missing"
    elif by.missing == tree.ONE:
        which = ", which should not be there"
    what = f"off by $log({by.text})$" if target.log else f"off by a factor ${by.text}$"
    if (target.free or not target.provable) and _is_the_others(target, formula, allowed):
        right, wrong = ("mean", "sum") if target.name in SUMS else ("sum", "mean")
        which += f': the "{wrong}" normalisation in place of the "{right}" one'
    yield Slip(what + which, without(target, formula, by))


def _is_the_others(target: Target, formula: Node, allowed: Allowance) -> bool:
    """Whether a formula has the values of the quantity in the other normalisation."""
    other = SUMS.get(target.name) or {sum_: mean for mean, sum_ in SUMS.items()}.get(target.name)
    if other is None:
        return False
    return _agrees(replace(TARGETS[other], where=target.where), formula, allowed)


def _agrees(target: Target, formula: Node, allowed: Allowance) -> bool:
    """Whether a formula has the right values at a few points, where nothing coincides."""
    equal = 0
    for place in _FINITE if target.finite else _INFINITE:
        for finding in _found(target, formula, place, allowed):
            if finding.verdict.holds:
                equal += 1
            elif finding.verdict is Verdict.REFUTED or not finding.coincides:
                return False
    return equal > 0


def _constant_ratio(target: Target, formula: Node, allowed: Allowance) -> bool:
    """Whether formula / definition is the same number at two spectra of one size."""
    if not target.finite:
        return False
    first, second = (
        [ratio(f) for f in _found(target, formula, place, allowed)] for place in _SAME_SIZE
    )
    pairs = [(a, b) for a, b in zip(first, second, strict=False) if a is not None and b is not None]
    return bool(pairs) and all(compared(a, b).holds for a, b in pairs)


def _found(target: Target, formula: Node, place: Place, allowed: Allowance) -> Iterator[Finding]:
    with suppress(InputError):
        check_meaning(formula, target.free, finite=target.finite, target=target.name)
        yield from findings(target, formula, place, allowed)
