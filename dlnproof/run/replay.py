"""Counterexamples again: both sides from nothing but the statement and the point."""

from __future__ import annotations

from functools import partial

from dlnproof.claims.check import ExactCheck
from dlnproof.claims.schema import AsPrinted, Claim
from dlnproof.core.verdict import Verdict
from dlnproof.depth import INFINITE, show_depth
from dlnproof.errors import InputError
from dlnproof.notation.plain import plain
from dlnproof.numeric.exact.points import ExactPoint, PointKey, Stratum
from dlnproof.run.chosen import Given
from dlnproof.run.compare import Comparison, compare_exact
from dlnproof.run.jobs import alone
from dlnproof.run.point import described
from dlnproof.run.printed import DIGITS, compare_printed, exact_checks
from dlnproof.run.questions import asked
from dlnproof.run.replayed import Replay
from dlnproof.run.select import claims_named


def replay(given: Given) -> Replay:
    """Measure and predict at the point of a counterexample, and compare with its values.

    Raises :class:`InputError` for a statement that the catalogue does not have, and for a point
    that it does not speak of.
    """
    [claim] = claims_named([given.claim])
    printed = _statement(claim, given.statement)
    checks = exact_checks(claim)
    if not checks or given.at.depth == INFINITE:
        raise InputError(
            f"claim {claim.id!r}, N = {show_depth(given.at.depth)}: there is no check in rationals "
            "to replay; expected a claim of finite depth, and an integer N"
        )
    if given.at.rank < given.at.width and not claim.singular:
        raise InputError(f"t: got a zero, expected t_d > 0: {claim.id!r} speaks of invertible W")
    [check] = checks
    name = "as stated here" if printed is None else f"as printed: {printed.name}"
    of = {"claim": claim.id, "as_printed": None if printed is None else printed.name}
    values = str(given.left), str(given.right)
    replayed = partial(Replay, f"{claim.id}, {name}", of, given.statement, given.at, values)
    if why := _outside(printed, check, given.at):
        return replayed(why=why)
    try:
        with alone(DIGITS):
            found = _compare(claim, printed, check, given.at)
    except Exception as error:
        return replayed(why=f"it cannot be computed here ({described(error)})")
    if found.verdict is not Verdict.REFUTED:
        return replayed(why="left and right agree: the statement holds at this point")
    now = found.left, found.right
    other = "the statement fails at this point, but with other values than those in the file"
    return replayed(now, "" if now == values else other, found.sides)


def _statement(claim: Claim, statement: str) -> AsPrinted | None:
    """Return the printed statement of this text; None for the claim's own, named by its title."""
    if statement == claim.title:
        return None
    for printed in claim.as_printed:
        if plain(printed.statement) == statement:
            return printed
    raise InputError(
        f"statement: got {statement[:80]!r}, expected the title of {claim.id!r} or one of its "
        f"printed statements; 'dlnproof errata {claim.id}' shows them"
    )


def _outside(printed: AsPrinted | None, check: ExactCheck, at: ExactPoint) -> str:
    """Return why a point is no test of the statement, or ""."""
    if printed is not None and at.depth < printed.least_depth:
        return f"the statement is printed for N >= {printed.least_depth} only"
    if at.rank < at.width:
        stratum = Stratum.DEFICIENT
    else:
        stratum = Stratum.SIMPLE if at.distinct else Stratum.PAIR
    if not check.visits([PointKey(at.depth, at.width, stratum, 1, 0, 0)]):
        return "the claim says nothing, or nothing that could fail, at such a point"
    return ""


def _compare(
    claim: Claim, printed: AsPrinted | None, check: ExactCheck, at: ExactPoint
) -> Comparison:
    compared = None if printed is None else compare_printed(claim, printed, check, at)
    if compared is None:  # the claim's own statement, or printed as that
        predicted = check.predict(claim.parts, at)
        compared = compare_exact(check.measure(at), predicted, partial(check.sides, at))
        refuted, _ = asked(check.questions, at)
        compared = refuted if refuted and compared.verdict.holds else compared
    return compared
