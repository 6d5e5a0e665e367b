"""Counterexamples again: both sides from nothing but the statement and the point."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from flint import fmpq

from dlnproof.claims.check import TWICE, ExactCheck, Sides
from dlnproof.claims.schema import AsPrinted, Claim
from dlnproof.core.verdict import Route, Verdict
from dlnproof.depth import INFINITE, show_depth
from dlnproof.errors import InputError, NothingSelectedError
from dlnproof.files.fields import rational
from dlnproof.files.json import named
from dlnproof.numeric.exact.points import ExactPoint, PointKey, Stratum
from dlnproof.record.counterexamples import Counterexample, FormulaCounterexample, exact_point
from dlnproof.record.reading import CounterexampleFile, counterexamples_in
from dlnproof.run.compare import Comparison, compare_exact
from dlnproof.run.jobs import alone
from dlnproof.run.point import described
from dlnproof.run.printed import DIGITS, compare_printed, exact_checks
from dlnproof.run.select import claims_named


@dataclass(frozen=True)
class Given:
    """A counterexample that can be computed again: a point, and the two numbers of the file."""

    claim: str
    statement: str
    at: ExactPoint
    left: fmpq
    right: fmpq


@dataclass(frozen=True)
class Chosen:
    """What is to be computed again; ``inexact`` says where balls decided, which is not.

    ``formula`` is a counterexample to a user's formula, which the judge computes.
    """

    exact: tuple[Given, ...] = ()
    inexact: tuple[str, ...] = ()
    formula: FormulaCounterexample | None = None


def chosen(name: str, claim: str | None = None, as_printed: int | None = None) -> Chosen:
    """Return the counterexamples in a file ("-": standard input), of one claim or statement only.

    Every number is an exact rational of bounded size, every point lies on the balanced manifold.
    Raises :class:`InputError`, and :class:`NothingSelectedError` where there is nothing to replay.
    """
    with named(name):
        file = counterexamples_in(name)
        if claim is not None and (file.formula or file.alone):
            what = "the counterexample to a formula" if file.formula else "one counterexample alone"
            raise InputError(f"holds {what}; leave out --claim")
        if file.formula:
            return Chosen(formula=file.formula)
        if file.alone:
            return Chosen((_given(file.alone),))
        return _selected(file, claim, as_printed)


def _selected(file: CounterexampleFile, claim: str | None, as_printed: int | None) -> Chosen:
    ids = [entry for entry, _, _ in file.claims]
    claims_named(ids)  # whatever a file calls a claim is not repeated before it is known
    if claim is not None:
        claims_named([claim])
        if claim not in ids:
            listed = ", ".join(ids) or "nothing"
            raise InputError(f"--claim: got {claim!r}, but it holds {listed}")
    exact: list[Given] = []
    inexact: list[str] = []
    for here, printed, kept in file.claims:
        if claim not in (None, here):
            continue
        if as_printed is not None and as_printed > printed:
            raise InputError(
                f"--as-printed: got {as_printed}, expected at most {printed}, the number of "
                f"printed statements of {here!r}"
            )
        for each in kept:
            if as_printed in (None, each.printed):
                if each.route in (None, Route.EXACT):
                    exact.append(_given(each.found))
                else:
                    inexact.append(f"{here}, {each.route}")
    if not exact:
        raise NothingSelectedError("nothing to replay: it holds no exact counterexample of these")
    return Chosen(tuple(exact), tuple(inexact))


def _given(found: Counterexample) -> Given:
    at = exact_point(found)
    left, right = (rational(getattr(found, side), side, 10**9) for side in ("left", "right"))
    return Given(found.claim, found.statement, at, left, right)


@dataclass(frozen=True)
class Replay:
    """What became of a counterexample: the two values found now ("" where none), and why not.

    ``name`` is that of the printed statement, "" for the claim's own; ``sides`` is what the values
    are, which the file's word is not taken for.
    """

    given: Given
    name: str
    left: str
    right: str
    why: str
    sides: Sides = TWICE

    @property
    def confirmed(self) -> bool:
        """Whether the statement fails at the point with the values in the file."""
        return not self.why

    @property
    def title(self) -> str:
        """What was replayed, for a heading."""
        name = f"as printed: {self.name}" if self.name else "as stated here"
        return f"{self.given.claim}, {name}"

    def as_json(self) -> dict[str, Any]:
        """Return the outcome as JSON data."""
        return {
            "claim": self.given.claim,
            "as_printed": self.name or None,
            "statement": self.given.statement,
            "N": show_depth(self.given.at.depth),
            "d": self.given.at.width,
            "t": [str(t) for t in self.given.at.roots],
            "file": {"left": str(self.given.left), "right": str(self.given.right)},
            "computed": {"left": self.left, "right": self.right} if self.left else None,
            "confirmed": self.confirmed,
            **({"why": self.why} if self.why else {}),
        }


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
    name = "" if printed is None else printed.name
    why = _outside(printed, check, given.at)
    if why:
        return Replay(given, name, "", "", why)
    try:
        with alone(DIGITS):
            found = _compare(claim, printed, check, given.at)
    except Exception as error:
        return Replay(given, name, "", "", f"it cannot be computed here ({described(error)})")
    if found.verdict is not Verdict.REFUTED:
        return Replay(
            given, name, "", "", "left and right agree: the statement holds at this point"
        )
    why = ""
    if (found.left, found.right) != (str(given.left), str(given.right)):
        why = "the statement fails at this point, but with other values than those in the file"
    return Replay(given, name, found.left, found.right, why, found.sides)


def _statement(claim: Claim, statement: str) -> AsPrinted | None:
    """Return the printed statement of this text; None for the claim's own, named by its title."""
    if statement == claim.title:
        return None
    for printed in claim.as_printed:
        if printed.statement == statement:
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
    return compared
