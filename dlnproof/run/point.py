"""One check at one point: the statement's outcome, and each wrong variant's."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from dlnproof.claims.check import ConvergentCheck, EnclosureCheck, Groups, Parts, PointCheck
from dlnproof.claims.schema import Claim
from dlnproof.core.verdict import Verdict
from dlnproof.numeric.exact.points import ExactPoint, PointKey, point
from dlnproof.run.compare import (
    Comparison,
    compare_convergent,
    compare_enclosed,
    compare_exact,
    same,
)


@dataclass(frozen=True)
class PointResult:
    """What was found at one point: the statement's outcome, and each wrong variant's.

    A variant that predicts what the statement predicts there is VACUOUS: the point is no test.
    """

    key: PointKey
    comparison: Comparison
    mutants: Mapping[str, Verdict]
    seconds: float


def check_at(claim: Claim, check: PointCheck, key: PointKey, digits: int) -> PointResult:
    """Check a claim at a point. What goes wrong in it is an ERROR there, and nowhere else."""
    start = time.perf_counter()
    mutants: dict[str, Verdict] = {}
    try:
        at = point(key)
        predicted = check.predict(claim.parts, at)
        compare = comparer(check, at, digits)
        comparison = compare(predicted, claim.parts)
    except Exception as error:
        comparison = Comparison(Verdict.ERROR, why=described(error))
    else:
        for mutant in claim.mutants:
            if set(mutant.parts) & check.covers:
                try:
                    parts = claim.with_parts(mutant.parts)
                    variant = check.predict(parts, at)
                    found = compare(variant, parts).verdict
                    mutants[mutant.name] = Verdict.VACUOUS if same(variant, predicted) else found
                except Exception:  # a failure of ours must not count as a rejection
                    mutants[mutant.name] = Verdict.ERROR
    return PointResult(key, comparison, mutants, time.perf_counter() - start)


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
    """Return an exception on one line, without the machine's directories: records travel."""
    text = " ".join(f"{type(error).__name__}: {error}".split())
    return re.sub(r"(?<![\w.])(?:[A-Za-z]:)?(?:[/\\][\w.+@-]+)+[/\\]", "", text)[:300]
