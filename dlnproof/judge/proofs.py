"""Deciding a formula for all N and d: against the closed form that a claim proves.

The closed form's equality with the target's definition is the claim's derivation.
"""

from __future__ import annotations

from dataclasses import replace

from dlnproof.core.verdict import Verdict, worst
from dlnproof.judge.depths import closed_at, formula_at
from dlnproof.judge.targets import Target
from dlnproof.judge.widths import closed_at_two, formula_at_two
from dlnproof.language import deciding
from dlnproof.language.deciding import ALL, DECIDED, Cases, Closed, Eigenvalues, Outcome
from dlnproof.language.exponents import NotReducibleError
from dlnproof.language.group_volume import CLAIM as GROUP_VOLUME
from dlnproof.language.group_volume import with_group
from dlnproof.language.scalars import simplified
from dlnproof.language.tree import Node
from dlnproof.run.jobs import proof_verdict


def decide(target: Target, tree: Node) -> Outcome:
    """Decide whether a formula equals its target for every N (if finite) and every d.

    Where it is not decided as it stands, its factors in N and d alone are brought to one form.
    """
    outcome = _decided(target.closed, target.relative(tree), ALL)
    if target.where and not outcome.decided:
        outcome = replace(_where(target, tree), restricted=True)
    if not target.provable:
        return _measured(target, outcome)
    if outcome.decided:
        return _resting_on(target.claims, outcome)
    return _with_group(target, tree, outcome)


def _measured(target: Target, outcome: Outcome) -> Outcome:
    """Return what it is worth that a formula is, or is not, a closed form that is only measured."""
    [claim] = target.claims
    link = f"that the closed form of {claim} is this quantity is measured at points, not proved"
    if outcome.decided:
        return Outcome(Verdict.UNDECIDED, f"it is the closed form of {claim} there; {link}")
    if outcome.verdict is Verdict.REFUTED:
        return Outcome(Verdict.REFUTED, f"it is not the closed form of {claim}")
    return Outcome(Verdict.UNDECIDED, link)


def _with_group(target: Target, tree: Node, outcome: Outcome) -> Outcome:
    """Decide a formula in which the volume of O_d is written out, by the claim that states it."""
    other = None if target.other is None else with_group(target.other)
    again = with_group(tree)
    if (again, other) == (tree, target.other):
        return outcome
    found = decide(replace(target, other=other), again)
    return _resting_on((GROUP_VOLUME,), found) if found.decided else outcome


def _decided(closed: Closed, tree: Node, cases: Cases) -> Outcome:
    outcome = deciding.decide(closed, tree, cases)
    if outcome.verdict is Verdict.UNDECIDED and (other := simplified(tree)) != tree:
        again = deciding.decide(closed, other, cases)
        outcome = outcome if again.verdict is Verdict.UNDECIDED else again
    return outcome


def _where(target: Target, tree: Node) -> Outcome:
    """Decide a formula where what is assumed holds."""
    closed, formula = target.closed, target.relative(tree)
    depth = target.where.fixed("N")
    if depth is not None:
        closed, formula = closed_at(closed, depth), formula_at(formula, depth)
    cases = target.where.cases(target.free)
    outcome = _decided(closed, formula, cases)
    width = target.where.fixed("d")
    if width == 2 and not isinstance(closed, Eigenvalues) and not outcome.decided:
        try:
            there = replace(cases, after=False)  # sigma_1 >= sigma_2
            outcome = _decided(closed_at_two(closed), formula_at_two(formula), there)
        except NotReducibleError as error:
            outcome = Outcome(Verdict.UNDECIDED, str(error))
    elif width not in (None, 1) and outcome.verdict is Verdict.REFUTED:
        outcome = Outcome(Verdict.UNDECIDED, "it is not so for all d")
    return outcome


def _resting_on(claims: tuple[str, ...], outcome: Outcome) -> Outcome:
    """Return the weaker of what was decided of the closed form, and what was of its claims."""
    verdicts = {claim: proof_verdict(claim) for claim in claims}
    for claim, verdict in verdicts.items():
        if verdict not in DECIDED:
            return Outcome(Verdict.UNDECIDED, f"the claim {claim} is neither proved nor derived")
    derived = tuple(claim for claim in claims if verdicts[claim] is Verdict.DERIVED)
    return replace(outcome, verdict=worst([outcome.verdict, *verdicts.values()]), derived=derived)
