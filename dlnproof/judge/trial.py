"""Trying a formula: decided for all N and d where it can be, and at points in any case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from dlnproof.core.verdict import Verdict
from dlnproof.judge.comparison import Finding, Relation, findings
from dlnproof.judge.places import Place, far_places, places
from dlnproof.judge.proofs import Outcome, decide
from dlnproof.judge.targets import Target
from dlnproof.judge.tree import Node
from dlnproof.judge.value import Allowance

MOST_STEPS: Final = 400_000
"""How many nodes are visited for all values of one formula."""

_EQUAL: Final = (Relation.EXACT, Relation.ENCLOSED)


@dataclass(frozen=True)
class Seen:
    """A finding, and where."""

    place: Place
    finding: Finding

    @property
    def relation(self) -> Relation:
        """How the two values compare."""
        return self.finding.relation

    @property
    def coincides(self) -> bool:
        """Whether the singular values that matter are not distinct (i = l included)."""
        roots = self.place.roots
        at = [roots[k - 1] for k in self.finding.indices] or roots
        return len(set(at)) < len(at)


@dataclass(frozen=True)
class Trial:
    """The verdict on a formula, for what it was reached, and what was seen on the way.

    ``found`` is the counterexample; ``notes`` say what holds at N = 1, at d = 1 and at coincident
    singular values, and what could not be decided.
    """

    verdict: Verdict
    scope: str
    notes: tuple[str, ...] = ()
    found: Seen | None = None


def tried(target: Target, formula: Node) -> Trial:
    """Decide a formula. Called at the working precision."""
    outcome = decide(target, formula)
    proved = outcome.verdict is Verdict.PROVED
    tries = [places(target, distinct=distinct, few=proved) for distinct in (True, False)]
    if outcome.verdict is Verdict.REFUTED:
        tries.append(far_places(target))
    seen: list[Seen] = []
    allowed = Allowance(MOST_STEPS)
    for place in chain(*tries):
        for finding in findings(target, formula, place, allowed):
            seen.append(Seen(place, finding))
            if finding.relation is Relation.DIFFERENT:
                return _refuted(target, seen[-1], proved=proved)
    if not any(s.relation in _EQUAL and not s.coincides for s in seen):
        return _never(seen)
    notes = _apart(seen, outcome)
    if proved:
        return Trial(Verdict.PROVED, "all N, all d" if target.finite else "all d", notes)
    return _at_points(seen, outcome, notes)


def _at_points(seen: Sequence[Seen], outcome: Outcome, notes: tuple[str, ...]) -> Trial:
    """Return what points alone show, where no counterexample was found among them."""
    equal = [finding for finding in seen if finding.relation in _EQUAL]
    unclear = [finding for finding in seen if finding.relation is Relation.UNCLEAR]
    notes = (f"not decided for all N and d: {outcome.why}", *notes)
    if outcome.verdict in (Verdict.REFUTED, Verdict.ERROR) or unclear:
        failing = (f"not computed somewhere: {unclear[0].finding.why}",) if unclear else ()
        return Trial(Verdict.UNDECIDED, _scope(equal), (*failing, *notes))
    exact = all(finding.relation is Relation.EXACT for finding in equal)
    points = len({finding.place for finding in equal})
    kind = "exactly" if exact else "as balls, to 30 digits or more,"
    notes = (f"equal {kind} at {points} points; no degree bound is claimed", *notes)
    return Trial(Verdict.EXACT if exact else Verdict.ENCLOSED, _scope(equal), notes)


def _never(seen: Sequence[Seen]) -> Trial:
    """Return the trial of a formula that has no value where singular values are distinct."""
    unclear = [finding for finding in seen if finding.relation is Relation.UNCLEAR]
    first = (unclear or [s for s in seen if not s.coincides])[0]
    what = "it could not be computed" if unclear else "it has no value"
    why = f"{what} at any point with distinct singular values: {first.finding.why}"
    return Trial(Verdict.UNDECIDED if unclear else Verdict.VACUOUS, "no point", (why,))


def _refuted(target: Target, seen: Seen, *, proved: bool) -> Trial:
    # what two independent engines prove and a point refutes is our mistake, and must be said
    if proved:
        disagree = ("the proof and the definition disagree; please report it",)
        return Trial(Verdict.ERROR, "no point", disagree, seen)
    at = seen.place
    depth = f"N = {int(at.depth)}, " if target.finite else ""
    return Trial(Verdict.REFUTED, f"{depth}d = {at.width}", (), seen)


def _scope(equal: Sequence[Seen]) -> str:
    depths = sorted({finding.place.depth for finding in equal})
    widths = sorted({finding.place.width for finding in equal})
    return f"N = {', '.join(map(str, depths))}; d = {', '.join(map(str, widths))}"


def _apart(seen: Sequence[Seen], outcome: Outcome) -> tuple[str, ...]:
    """Return what was seen at N = 1, at d = 1 and at coincidences, each looked at separately."""
    proved = outcome.verdict is Verdict.PROVED
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
    without = [f for f in apart if f.relation is Relation.UNDEFINED and f.place.depth != 1]
    if without:
        roots = ", ".join(without[0].place.roots)
        why = without[0].finding.why
        notes.append(f"elsewhere: it has no value at some points, such as ({roots}) ({why})")
    return tuple(notes)


def _summary(found: Sequence[Seen], proved: bool) -> str:
    others = [finding for finding in found if finding.relation not in _EQUAL]
    if not others:
        return "holds" if proved else f"holds at the {len({f.place for f in found})} points tried"
    first = others[0]
    what = "it has no value" if first.relation is Relation.UNDEFINED else "not decided"
    if len(others) == len(found):
        return f"{what} ({first.finding.why}); nothing is claimed there"
    return f"{what} at some points ({first.finding.why}); it holds at the others tried"
