"""Trying a formula: decided for all N and d where it can be, and at points in any case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from dlnproof.core.verdict import Verdict
from dlnproof.depth import Depth
from dlnproof.judge.comparison import Finding, findings
from dlnproof.judge.hypotheses import NONE
from dlnproof.judge.pairs import Pairs, products
from dlnproof.judge.places import far_places, places, places_where
from dlnproof.judge.proofs import decide
from dlnproof.judge.suspects import hole, suspects
from dlnproof.judge.targets import Target
from dlnproof.language.deciding import Outcome
from dlnproof.language.tree import Node, Over
from dlnproof.language.value import Allowance

MOST_STEPS: Final = 400_000
"""How many nodes are visited for all values of one formula."""


@dataclass(frozen=True)
class Trial:
    """The verdict on a formula, for what it was reached, and what was seen on the way.

    ``pairs`` are those (N, d) at which it was compared with the definition and equal, ``found`` is
    the counterexample; ``notes`` say what holds at N = 1, at d = 1 and at coincident singular
    values, and what could not be decided.
    """

    verdict: Verdict
    scope: str
    notes: tuple[str, ...]
    pairs: tuple[Pairs, ...]
    found: Finding | None = None


def tried(target: Target, formula: Node) -> Trial:
    """Decide a formula. Called at the working precision."""
    outcome = decide(target, formula)
    decided = outcome.decided
    if target.where:
        near = iter(places_where(target))
    else:
        by_kind = (places(target, distinct=distinct, few=decided) for distinct in (True, False))
        near = chain(*by_kind, () if decided else far_places(target))
    further = () if decided else suspects(target, formula)
    seen: list[Finding] = []
    allowed = Allowance(MOST_STEPS)
    for place in chain(near, further):
        for finding in findings(target, formula, place, allowed):
            seen.append(finding)
            if finding.verdict is Verdict.REFUTED:
                return _refuted(target, seen, decided=decided)
    if not seen:
        what = (
            "what is assumed" if target.other is None else "the first formula, or what is assumed,"
        )
        why = f"{what} holds at no point tried"
        if target.quantity is not None and target.quantity.widest is not None:
            why += f"; formulas for {target.name} are compared up to d = {target.quantity.widest}"
        return Trial(Verdict.VACUOUS, "no point", (why,), ())
    if not any(s.verdict.holds and not s.coincides for s in seen):
        return _never(seen, formula)
    notes = _apart(seen, outcome)
    if not decided:
        return _at_points(seen, outcome, notes)
    if missing := hole(target, formula):
        where = f"N = {missing[0]}, d = {missing[1]}" if target.finite else f"d = {missing[1]}"
        why = f"it has no value where the definition has one, as at {where}"
        return Trial(Verdict.UNDECIDED, _tried(seen), (why, *notes), _pairs(seen))
    if outcome.derived:
        those = " and of ".join(outcome.derived)
        given = f"the derivation of {those}, or of a claim used there, takes premises in words"
        notes = (given, *notes)
    assumed = target.where if outcome.restricted else NONE
    scope = assumed.scope(finite=target.finite)
    return Trial(outcome.verdict, scope, notes, _pairs(seen))


def _at_points(seen: Sequence[Finding], outcome: Outcome, notes: tuple[str, ...]) -> Trial:
    """Return what points alone show, where no counterexample was found among them."""
    equal = [finding for finding in seen if finding.verdict.holds]
    unclear = [s for s in seen if s.verdict is Verdict.UNDECIDED and not s.coincides]
    pairs, scope = _pairs(seen), _tried(seen)
    notes = (f"not decided for all N and d: {outcome.why}", *notes)
    without = _without_value(seen)
    if without:
        at, why = without[0].place, without[0].why
        where = f"N = {at.depth}, d = {at.width}"
        notes = (f"it has no value where the definition has one, as at {where}: {why}", *notes)
    if outcome.verdict in (Verdict.REFUTED, Verdict.ERROR) or unclear or without:
        failing = (f"not computed somewhere: {unclear[0].why}",) if unclear else ()
        return Trial(Verdict.UNDECIDED, scope, (*failing, *notes), pairs)
    exact = all(finding.verdict is Verdict.EXACT for finding in equal)
    points = len({finding.place for finding in equal})
    where = "one point" if points == 1 else f"{points} points"
    kind = "exactly" if exact else "as balls, to 30 digits or more,"
    notes = (f"equal {kind} at {where}; nothing is claimed elsewhere", *notes)
    return Trial(Verdict.EXACT if exact else Verdict.ENCLOSED, scope, notes, pairs)


def _never(seen: Sequence[Finding], formula: Node) -> Trial:
    """Return the trial of a formula that has no value where singular values are distinct."""
    unclear = [finding for finding in seen if finding.verdict is Verdict.UNDECIDED]
    first = (unclear or [s for s in seen if not s.coincides])[0]
    what = "it could not be computed" if unclear else "it has no value"
    why = f"{what} at any point with distinct singular values: {first.why}"
    notes = [why]
    if any(isinstance(node, Over) and node.relation in (",", "<=") for node in formula.walk()):
        notes.append(
            "a product over all pairs, i = l too, has 0/0 there: write it over i != l, times the "
            "product over i of what the limits at i = l are"
        )
    return Trial(Verdict.UNDECIDED if unclear else Verdict.VACUOUS, "no point", tuple(notes), ())


def _refuted(target: Target, seen: Sequence[Finding], *, decided: bool) -> Trial:
    """Return the trial of a formula that differs from the definition in the last finding."""
    found, pairs = seen[-1], _pairs(seen)
    # what two independent engines prove and a point refutes is our mistake, and must be said
    if decided:
        disagree = ("the proof and the definition disagree; please report it",)
        return Trial(Verdict.ERROR, "no point", disagree, pairs, found)
    at = found.place
    depth = f"N = {int(at.depth)}, " if target.finite else ""
    return Trial(Verdict.REFUTED, f"{depth}d = {at.width}", (), pairs, found)


def _pairs(seen: Sequence[Finding]) -> tuple[Pairs, ...]:
    """Return the pairs (N, d) at which both had a value somewhere, and equal ones.

    Where distinct singular values show anything but that, the pair is left out; that a formula may
    have no value at a coincidence is said in the notes.
    """

    def at(found: Finding) -> tuple[Depth, int]:
        return found.place.depth, found.place.width

    equal = {at(s) for s in seen if s.verdict.holds}
    others = {
        at(s) for s in seen if s.verdict is Verdict.REFUTED or not (s.verdict.holds or s.coincides)
    }
    return products(equal - others)


def _tried(seen: Sequence[Finding]) -> str:
    return "; ".join(map(str, _pairs(seen))) or "no pair (N, d)"


def _apart(seen: Sequence[Finding], outcome: Outcome) -> tuple[str, ...]:
    """Return what was seen at N = 1, at d = 1 and at coincidences, each looked at separately."""
    proved = outcome.decided
    apart = [finding for finding in seen if not finding.coincides]
    groups = [
        ("N = 1", [f for f in apart if f.place.depth == 1], proved),
        ("d = 1", [f for f in seen if f.place.width == 1], proved),
        (
            "coincident singular values",
            [f for f in seen if f.coincides],
            proved and outcome.at_coincidence,
        ),
    ]
    notes = [f"{name}: {_summary(found, by)}" for name, found, by in groups if found]
    return tuple(notes)


def _without_value(seen: Sequence[Finding]) -> list[Finding]:
    """Return where the formula has no value: at N >= 2 and distinct singular values, a failure."""
    undefined = [s for s in seen if s.verdict is Verdict.VACUOUS]
    return [s for s in undefined if not s.coincides and s.place.depth != 1]


def _summary(found: Sequence[Finding], proved: bool) -> str:
    others = [finding for finding in found if not finding.verdict.holds]
    if not others:
        count = len({f.place for f in found})
        points = "one point" if count == 1 else f"{count} points"
        return "holds" if proved else f"holds at the {points} tried"
    first = others[0]
    what = "it has no value" if first.verdict is Verdict.VACUOUS else "not decided"
    if len(others) == len(found):
        return f"{what} ({first.why}); nothing is claimed there"
    return f"{what} at some points ({first.why}); it holds at the others tried"
