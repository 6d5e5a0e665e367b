"""Which counterexamples in a file are computed again: bounded, exact, of claims that are known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flint import fmpq

from dlnproof.core.verdict import Route
from dlnproof.errors import InputError, NothingSelectedError
from dlnproof.files.fields import rational
from dlnproof.files.json import named
from dlnproof.numeric.exact.points import ExactPoint
from dlnproof.record.counterexamples import Counterexample, FormulaCounterexample, exact_point
from dlnproof.record.reading import Kept, counterexamples_in
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

    ``formula`` is a counterexample to a user's formula, which the judge computes. ``edited``: they
    are of a record that was changed after it was written.
    """

    exact: tuple[Given, ...] = ()
    inexact: tuple[str, ...] = ()
    formula: FormulaCounterexample | None = None
    edited: bool = False


def chosen(name: str, claim: str | None = None, as_printed: int | None = None) -> Chosen:
    """Return the counterexamples in a file ("-": standard input), of one claim or statement only.

    Every number is an exact rational of bounded size, every point lies on the balanced manifold.
    Raises :class:`InputError`, and :class:`NothingSelectedError` where there is nothing to replay.
    """
    with named(name):
        file = counterexamples_in(name)
        if file.claims is not None:
            return replace(_selected(file.claims, claim, as_printed), edited=file.edited)
        if claim is not None:
            what = "one counterexample alone" if file.alone else "the counterexample to a formula"
            raise InputError(f"holds {what}; leave out --claim")
        if file.alone is not None:
            return Chosen((_given(file.alone),))
        if file.formula is None:
            raise NothingSelectedError("nothing to replay: the formula has no counterexample")
        return Chosen(formula=file.formula)


def _selected(
    claims: Sequence[tuple[str, int, Sequence[Kept]]], claim: str | None, as_printed: int | None
) -> Chosen:
    ids = [entry for entry, _, _ in claims]
    claims_named(ids)  # whatever a file calls a claim is not repeated before it is known
    if claim is not None:
        claims_named([claim])
        if claim not in ids:
            listed = ", ".join(ids) or "nothing"
            raise InputError(f"--claim: got {claim!r}, but it holds {listed}")
    exact: list[Given] = []
    inexact: list[str] = []
    for here, printed, kept in claims:
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
