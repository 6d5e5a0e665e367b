"""Claims at a user's own matrix: what each says there, by the evaluator that shares no rule.

What holds at one point is proved of none: a sentence is exact there, or enclosed, or sampled.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any, Final

from flint import arb, fmpq_mat

from dlnproof.claims.deduction import told
from dlnproof.claims.schema import Claim
from dlnproof.core.verdict import Verdict, worst
from dlnproof.definitions import letters
from dlnproof.depth import INFINITE, Depth, show_depth
from dlnproof.errors import InputError
from dlnproof.kernel.terms import Term
from dlnproof.limits import MOST_AT_DEPTH, MOST_AT_WIDTH
from dlnproof.numeric.drawings import DETERMINED, EVER_DRAWN, Drawing, drawing_of
from dlnproof.numeric.interpretation import Point
from dlnproof.numeric.own_points import OwnGeometry, own_geometry
from dlnproof.numeric.sentences import Answer, At
from dlnproof.numeric.values import Unknown, balls

WORKING_BITS: Final = 640
"""Precision at which sentences are evaluated, below that of the point."""
_APART: Final = arb(2) ** -500
"""The least relative gap of distinct singular values, of which quotients keep 40 digits."""


@dataclass(frozen=True)
class AtMatrix:
    """What a claim says at a matrix: the verdict on each sentence, or why it says nothing there.

    ``sentences``: those that have a case there, each EXACT (decided in rationals, or by balls that
    are apart), ENCLOSED (both sides in balls that overlap in 40 digits), SAMPLED (the same, of some
    of all that it speaks of), REFUTED or UNDECIDED, with what was compared. ``idle`` have no case.
    ``drawn`` is what was drawn for it, in words: a sentence about that is sampled.
    """

    claim: Claim
    sentences: dict[str, tuple[Verdict, str]] = field(default_factory=dict)
    idle: tuple[str, ...] = ()
    drawn: str = ""
    inapplicable: str = ""

    @property
    def verdict(self) -> Verdict:
        """The worst over the sentences; UNEXAMINED where there is none."""
        if not self.sentences:
            return Verdict.UNEXAMINED
        return worst(verdict for verdict, _ in self.sentences.values())

    def as_json(self) -> dict[str, Any]:
        """Return it as JSON data."""
        return {
            "id": self.claim.id,
            "verdict": self.verdict.value,
            "sentences": [
                {"name": name, "verdict": verdict.value, "shown": shown}
                for name, (verdict, shown) in self.sentences.items()
            ],
            "without_a_case": list(self.idle),
            "drawn": self.drawn or None,
            "not_evaluated": self.inapplicable or None,
        }


def evaluated(
    claims: Sequence[Claim],
    W: fmpq_mat,
    depth: Depth,
    progress: Callable[[str, int], None] = lambda what, pieces: None,
) -> list[AtMatrix]:
    """Return what each claim says at W and balanced factors of it.

    ``progress`` is told each claim, and 1, when it is done. Raises :class:`InputError` where W is
    too wide, or too deep.
    """
    if W.nrows() > MOST_AT_WIDTH or (depth != INFINITE and depth > MOST_AT_DEPTH):
        raise InputError(
            f"--at: got width {W.nrows()} at depth {show_depth(depth)}, expected at most "
            f"{MOST_AT_WIDTH} and {MOST_AT_DEPTH}: determinants of maps of matrices are computed; "
            "'dlnproof evaluate' takes any"
        )
    try:
        places = _Places(own_geometry(W, depth))
    except Unknown as error:
        raise InputError(
            f"--at: {error}, expected singular values that are apart; rescale or round the entries"
        ) from None
    found = []
    for claim in claims:
        found.append(_at(claim, places, depth))
        progress(claim.id, 1)
    return found


class _Places:
    """The point of a geometry, and those that are drawn: each made when it is asked for."""

    def __init__(self, geometry: OwnGeometry) -> None:
        self._geometry = geometry
        self._own = At(geometry.point(), WORKING_BITS)
        self._drawn: dict[str, list[At]] = {}
        _check_apart(self._own.point)

    def too_wide(self, drawing: Drawing | None) -> str:
        """Return why matrices of this width are not what claims on a drawing speak of."""
        wanted = drawing.width if drawing else None
        return "" if wanted in (None, self._geometry.width) else f"it speaks of width {wanted}"

    def of(self, drawing: Drawing | None) -> list[At]:
        """Return the points of a drawing, or the one where nothing is drawn."""
        if drawing is None:
            return [self._own]
        if drawing.what not in self._drawn:
            points = drawing.at(self._geometry)
            self._drawn[drawing.what] = [At(point, WORKING_BITS) for point in points]
        return self._drawn[drawing.what]


def _check_apart(point: Point) -> None:
    """Raise :class:`Unknown` for values so near one another that balls take them to coincide."""
    d = point.values["d"]
    for a, b in pairwise(point.of(letters.sigma, (i,), None) for i in range(1, d + 1)):
        gap = balls(a) - balls(b)
        if a is not b and not gap > _APART * balls(a):
            raise Unknown(
                f"got singular values that differ by {gap.str(3, radius=False)} alone, which "
                f"{WORKING_BITS} bits do not tell apart"
            )


def _at(claim: Claim, places: _Places, depth: Depth) -> AtMatrix:
    says = claim.says()
    free = frozenset(x.name for term in (*says.values(), *claim.given) for x in term.free)
    others = free - DETERMINED
    drawing = drawing_of(others) if others else None
    if why := _beyond(claim, free, drawing, depth) or places.too_wide(drawing):
        return AtMatrix(claim, inapplicable=why)
    choice = drawing.free if drawing else frozenset[str]()
    sentences: dict[str, tuple[Verdict, str]] = {}
    reasons = []
    for at in places.of(drawing):
        if why := _unmet(claim, at):
            reasons.append(why)
            continue
        for name, seen, shown in _seen(says, at, choice):
            if name not in sentences or worst((sentences[name][0], seen)) is seen:
                sentences[name] = seen, shown
    drawn = drawing.what if drawing else ""
    if len(reasons) == len(places.of(drawing)):
        return AtMatrix(claim, drawn=drawn, inapplicable=reasons[0])
    if not sentences:
        return AtMatrix(claim, drawn=drawn, inapplicable="none of its sentences has a case here")
    idle = tuple(name for name in says if name not in sentences)
    ordered = {name: sentences[name] for name in says if name in sentences}
    return AtMatrix(claim, ordered, idle, drawn)


def _unmet(claim: Claim, at: At) -> str:
    """Return which hypothesis of a claim does not hold at a point, or nothing."""
    for hypothesis in claim.given:
        found = at.truth(hypothesis, {})
        if not found.guess:
            how = "does not hold" if found.guess is False else "cannot be told"
            return f"its hypothesis {how}: {told(hypothesis)}"
    return ""


def _seen(
    says: Mapping[str, Term], at: At, choice: frozenset[str]
) -> Iterator[tuple[str, Verdict, str]]:
    """Yield the verdict on each sentence that has a case at a point, and what was compared."""
    for name, sentence in says.items():
        found = at.truth(sentence, {})
        if not found.vacuous or found.guess is False:
            chosen = any(x.name in choice for x in sentence.free)
            yield name, _verdict(replace(found, sampled=found.sampled or chosen)), found.shown


def _verdict(found: Answer) -> Verdict:
    if found.guess is None:
        return Verdict.UNDECIDED
    if not found.guess:
        return Verdict.REFUTED
    if found.sampled:
        return Verdict.SAMPLED
    return Verdict.EXACT if found.value else Verdict.ENCLOSED


def _beyond(claim: Claim, free: frozenset[str], drawing: Drawing | None, depth: Depth) -> str:
    """Return why a matrix and a depth are not what a claim speaks of, or nothing."""
    if not claim.sentences:
        return "it has no sentences"
    if drawing is None and (others := free - DETERMINED):
        unknown = sorted(others - EVER_DRAWN or others)
        return f"it speaks of {', '.join(unknown)}, which a matrix does not determine"
    if depth == INFINITE:
        return "it speaks of finite depth" if "N" in free else ""
    return "" if claim.finite else "it speaks of infinite depth (--depth inf)"
