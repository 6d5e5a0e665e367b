"""Questions at a point: the answer is yes of what is measured, and no of the same made wrong."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flint import fmpq

from dlnproof.claims.check import Question, Sides
from dlnproof.core.verdict import Verdict
from dlnproof.numeric.exact.points import ExactPoint
from dlnproof.run.compare import Comparison


@dataclass(frozen=True)
class Answer:
    """What became of a question at one point, beside its answer.

    ``foils`` counts the wrong objects it was asked of, ``fooled`` those of which it was answered
    yes. ``of`` is a digest of what was measured.
    """

    foils: int
    fooled: int
    of: str


def asked(
    questions: Sequence[Question[Any]], at: ExactPoint
) -> tuple[Comparison | None, dict[str, Answer]]:
    """Ask questions at a point; return a refutation, or None, and what became of each."""
    refuted: Comparison | None = None
    answers = {}
    for question in questions:
        found = question.of(at)
        wrong = next(filter(None, _defect(question, found)), None)
        if wrong is not None and refuted is None:
            sides = Sides(question.what, "has to vanish").in_plain_text()
            refuted = Comparison(Verdict.REFUTED, left=str(wrong), right="0", sides=sides)
        foils = question.foils(found)
        fooled = sum(not any(_defect(question, foil)) for foil in foils)
        digest = hashlib.sha256(repr(found).encode()).hexdigest()
        answers[question.what] = Answer(len(foils), fooled, digest)
    return refuted, answers


def _defect(question: Question[Any], found: Any) -> Sequence[fmpq]:
    defect = list(question.defect(found))
    for x in defect:
        if not isinstance(x, fmpq):
            raise TypeError(f"expected rationals, got {x!r}")
    return defect


def idle(answers: Sequence[tuple[int | float, Mapping[str, Answer]]]) -> str:
    """Return why some question could not have been answered no, or "".

    ``answers`` are those of all points, each with its depth.
    """
    for what in dict.fromkeys(name for _, found in answers for name in found):
        here = [(depth, found[what]) for depth, found in answers if what in found]
        if fooled := sum(answer.fooled for _, answer in here):
            return f"'{what}' vanishes too at {fooled} wrong objects, of which it must not"
        if not any(answer.foils for _, answer in here):
            continue  # nothing of the kind could be wrong at these points
        several = len({depth for depth, _ in here}) > 1
        if several and len({answer.of for _, answer in here}) == 1:
            return f"'{what}' is asked of one and the same object at all points"
    return ""
