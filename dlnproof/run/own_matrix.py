"""Claims at a user's own matrix: what each says there, by the evaluator that shares no rule.

What holds at one point is proved of none: a sentence is exact there, or enclosed, or sampled.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from flint import arb, fmpq_mat

from dlnproof.claims.deduction import told
from dlnproof.claims.schema import Claim
from dlnproof.core.verdict import Verdict, worst
from dlnproof.definitions import letters
from dlnproof.depth import INFINITE, Depth, show_depth
from dlnproof.errors import InputError
from dlnproof.kernel.terms import Term
from dlnproof.limits import MOST_AT_DEPTH, MOST_AT_WIDTH
from dlnproof.numeric.interpretation import Point
from dlnproof.numeric.own_points import DETERMINED, DRAWN, own_point
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
    """

    claim: Claim
    sentences: dict[str, tuple[Verdict, str]] = field(default_factory=dict)
    idle: tuple[str, ...] = ()
    inapplicable: str = ""

    @property
    def verdict(self) -> Verdict:
        """The worst over the sentences; UNEXAMINED where there is none."""
        if not self.sentences:
            return Verdict.UNEXAMINED
        return worst(verdict for verdict, _ in self.sentences.values())


def evaluated(claims: Sequence[Claim], W: fmpq_mat, depth: Depth) -> list[AtMatrix]:
    """Return what each claim says at W and balanced factors of it.

    Raises :class:`InputError` where W is too wide, or too deep.
    """
    if W.nrows() > MOST_AT_WIDTH or (depth != INFINITE and depth > MOST_AT_DEPTH):
        raise InputError(
            f"--at: got width {W.nrows()} at depth {show_depth(depth)}, expected at most "
            f"{MOST_AT_WIDTH} and {MOST_AT_DEPTH}: determinants of maps of matrices are computed; "
            "'dlnproof evaluate' takes any"
        )
    try:
        point = own_point(W, depth)
        _check_apart(point)
    except Unknown as error:
        raise InputError(
            f"--at: {error}, expected singular values that are apart; rescale or round the entries"
        ) from None
    at = At(point, WORKING_BITS)
    return [_at(claim, at, depth) for claim in claims]


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


def _at(claim: Claim, at: At, depth: Depth) -> AtMatrix:
    says = claim.says()
    if why := _beyond(claim, tuple(says.values()), depth):
        return AtMatrix(claim, inapplicable=why)
    for hypothesis in claim.given:
        found = at.truth(hypothesis, {})
        if not found.guess:
            how = "does not hold" if found.guess is False else "cannot be told"
            return AtMatrix(claim, inapplicable=f"its hypothesis {how}: {told(hypothesis)}")
    sentences: dict[str, tuple[Verdict, str]] = {}
    idle = []
    for name, sentence in says.items():
        found = at.truth(sentence, {})
        if found.vacuous and found.guess is not False:
            idle.append(name)
        else:
            sentences[name] = _verdict(found), found.shown
    return AtMatrix(claim, sentences, tuple(idle))


def _verdict(found: Answer) -> Verdict:
    if found.guess is None:
        return Verdict.UNDECIDED
    if not found.guess:
        return Verdict.REFUTED
    if found.sampled:
        return Verdict.SAMPLED
    return Verdict.EXACT if found.value else Verdict.ENCLOSED


def _beyond(claim: Claim, sentences: tuple[Term, ...], depth: Depth) -> str:
    """Return why a matrix and a depth are not what a claim speaks of, or nothing."""
    if not sentences:
        return "it has no sentences"
    free = {x.name for term in (*sentences, *claim.given) for x in term.free}
    if others := sorted(free - DETERMINED - DRAWN):
        return f"it speaks of {', '.join(others)}, which a matrix does not determine"
    if depth == INFINITE:
        return "it speaks of finite depth" if "N" in free else ""
    return "" if claim.finite else "it speaks of infinite depth (--depth inf)"
