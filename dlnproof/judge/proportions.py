r"""Formulas up to a constant (``\propto``): which constant, or where the ratio is seen to vary.

The constant may depend on N and d, not on the singular values or on i and l.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from dlnproof.core.verdict import Verdict
from dlnproof.errors import InputError
from dlnproof.files.fields import shortened
from dlnproof.judge.comparison import Finding, findings, ratio
from dlnproof.judge.constants import factor_off
from dlnproof.judge.offsets import without
from dlnproof.judge.places import places
from dlnproof.judge.targets import Target
from dlnproof.judge.trial import MOST_STEPS, Trial, tried
from dlnproof.language import tree
from dlnproof.language.comparing import compared, shown
from dlnproof.language.tree import Node, Operation
from dlnproof.language.value import Allowance
from dlnproof.language.written import plain_text

CONSTANT: Final = ", up to a constant: it is "
"""What is said between what a proportion holds for, and its constant."""


def up_to_constant(target: Target, formula: Node) -> Trial:
    """Try a formula that is meant up to a constant. Called at the working precision.

    Raises :class:`InputError` for a logarithm, of which proportions say nothing.
    """
    if target.log:
        raise InputError(
            f"formula: {target.name} is a logarithm, of which a proportion says nothing; write = "
            "and the constant"
        )
    trial = tried(target, formula)
    if trial.verdict.holds:
        return _named(trial, tree.ONE)
    by = factor_off(target, formula, Allowance(MOST_STEPS))
    if by is not None and by.constant:
        corrected = tried(target, without(target, formula, by))
        if corrected.verdict.holds:
            above, below = by.missing, by.extra
            return _named(corrected, above if below == tree.ONE else Operation("/", above, below))
    return _compared(target, formula)


def _named(trial: Trial, constant: Node) -> Trial:
    scope = f"{trial.scope}{CONSTANT}{plain_text(constant)} times the formula"
    return Trial(trial.verdict, scope, trial.notes, trial.pairs)


def _compared(target: Target, formula: Node) -> Trial:
    """Look for two spectra of one depth and width at which the ratios differ."""
    first: dict[tuple[object, int], Finding] = {}
    for found in _findings(target, formula):
        size = found.place.depth, found.place.width
        before = first.setdefault(size, found)
        one, other = ratio(before), ratio(found)
        if one is None or other is None:
            if one is None:
                del first[size]
            continue
        if compared(one, other) is Verdict.REFUTED:
            depth = f"N = {found.place.depth}, " if target.finite else ""
            why = " and ".join(
                f"{shortened(shown(value))} times the right value {_at(target, each)}"
                for value, each in ((one, before), (other, found))
            )
            notes = (f"the formula is {why}",)
            return Trial(Verdict.REFUTED, f"{depth}d = {found.place.width}", notes, ())
    why = "up to which constant it holds, if it does, is not known"
    return Trial(Verdict.UNDECIDED, "no pair (N, d)", (why,), ())


def _findings(target: Target, formula: Node) -> Iterator[Finding]:
    allowed = Allowance(MOST_STEPS)
    for place in places(target, distinct=True):
        for found in findings(target, formula, place, allowed):
            if found.right is not None and not found.coincides:
                yield found


def _at(target: Target, found: Finding) -> str:
    root = "sigma^(1/N)" if target.finite else "sigma"
    indices = zip(target.free, found.indices, strict=True)
    chosen = "".join(f", {name} = {index}" for name, index in indices)
    return f"at {root} = ({', '.join(found.place.roots)}){chosen}"
