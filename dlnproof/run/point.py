"""One check at one point: the statement's outcome, and each wrong variant's."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial

from dlnproof.claims.check import (
    ConvergentCheck,
    EnclosureCheck,
    ExactCheck,
    Groups,
    Parts,
    PointCheck,
)
from dlnproof.claims.schema import Claim
from dlnproof.core.verdict import Verdict
from dlnproof.numeric.exact.points import ExactPoint, PointKey, point
from dlnproof.run.compare import (
    Comparison,
    apart,
    compare_convergent,
    compare_enclosed,
    compare_exact,
)
from dlnproof.run.questions import Answer, asked


@dataclass(frozen=True)
class PointResult:
    """What was found at one point: the statement's outcome, and each wrong variant's.

    A variant that predicts what the statement predicts there is VACUOUS: the point is no test.
    ``groups`` are the places of the groups that were compared, each with the number of all, and
    ``moved`` those of which a wrong variant predicts something else; ``answers`` is what became of
    the questions.
    """

    key: PointKey
    comparison: Comparison
    mutants: Mapping[str, Verdict]
    seconds: float
    groups: frozenset[tuple[int, int]] = frozenset()
    moved: frozenset[tuple[int, int]] = frozenset()
    answers: Mapping[str, Answer] = field(default_factory=dict)


def check_at(claim: Claim, check: PointCheck, key: PointKey, digits: int) -> PointResult:
    """Check a claim at a point. What goes wrong in it is an ERROR there, and nowhere else."""
    start = time.perf_counter()
    mutants: dict[str, Verdict] = {}
    groups: frozenset[tuple[int, int]] = frozenset()
    moved: set[tuple[int, int]] = set()
    answers: Mapping[str, Answer] = {}
    try:
        at = point(key)
        predicted = check.predict(claim.parts, at)
        compare = comparer(check, at, digits)
        comparison = compare(predicted, claim.parts)
        groups = frozenset((k, len(predicted)) for k, group in enumerate(predicted) if group)
        if isinstance(check, ExactCheck):
            refuted, answers = asked(check.questions, at)
            comparison = refuted if refuted and comparison.verdict.holds else comparison
    except Exception as error:
        comparison = Comparison(Verdict.ERROR, why=described(error))
    else:
        for mutant in claim.mutants:
            if set(mutant.parts) & check.covers:
                try:
                    parts = claim.with_parts(mutant.parts)
                    variant = check.predict(parts, at)
                    found = compare(variant, parts).verdict
                    told = apart(variant, predicted)
                    mutants[mutant.name] = found if told else Verdict.VACUOUS
                    moved |= {(k, len(predicted)) for k in told}
                except Exception:  # a failure of ours must not count as a rejection
                    mutants[mutant.name] = Verdict.ERROR
    seconds = time.perf_counter() - start
    return PointResult(key, comparison, mutants, seconds, groups, frozenset(moved), answers)


def moved_at(claim: Claim, check: PointCheck, key: PointKey) -> set[tuple[int, int]]:
    """Return the groups of which a wrong variant predicts something else at a point."""
    at, moved = point(key), set[tuple[int, int]]()
    predicted = check.predict(claim.parts, at)
    for mutant in claim.mutants:
        if set(mutant.parts) & check.covers:
            with suppress(Exception):  # what fails moves nothing
                told = apart(check.predict(claim.with_parts(mutant.parts), at), predicted)
                moved |= {(k, len(predicted)) for k in told}
    return moved


def comparer(
    check: PointCheck, at: ExactPoint, digits: int
) -> Callable[[Groups, Parts], Comparison]:
    """Measure once at a point; return the comparison of that measurement with a prediction.

    The parts are those that were predicted from; only a check that reads its data by them looks.
    """
    if isinstance(check, ConvergentCheck):
        ladder = [check.measure(at, step, digits) for step in check.ladder(at)]
        fine = check.measure(at, check.fine(digits), digits)
        truncates = check.truncates(at)

        def convergent(predicted: Groups, parts: Parts) -> Comparison:
            steps = [check.read(parts, data) for data in ladder]
            last = check.read(parts, fine)
            return compare_convergent(check, steps, last, predicted, digits, truncates=truncates)

        return convergent
    measured = check.measure(at)
    if isinstance(check, EnclosureCheck):
        return lambda predicted, parts: compare_enclosed(check, measured, predicted, digits)
    return lambda predicted, parts: compare_exact(measured, predicted, partial(check.sides, at))


def described(error: BaseException) -> str:
    """Return an exception on one line of ASCII, without the machine's directories: records travel.

    Nor has it what a terminal obeys, which is shown as what it is.
    """
    text = " ".join(f"{type(error).__name__}: {error}".split())
    text = "".join(c if c.isascii() and c.isprintable() else ascii(c)[1:-1] for c in text)
    return re.sub(r"(?<![\w.])(?:[A-Za-z]:)?(?:[/\\][\w.+@-]+)+[/\\]", "", text)[:300]
