"""Formulas in a list, one a line, ``TARGET [where HYPOTHESES]: FORMULA``: judged in one process."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from functools import partial
from typing import Final

from dlnproof.errors import InputError, NothingSelectedError
from dlnproof.files.bounded import text
from dlnproof.files.json import named
from dlnproof.language.authors import Notation
from dlnproof.language.deciding import DECIDED
from dlnproof.limits import MOST_LISTED_BYTES
from dlnproof.papers.displays import asked_of, says_notation
from dlnproof.papers.elsewhere import Judge, answered
from dlnproof.papers.judged import Judged, Paper, judged_once

_EXPECTED: Final = "a formula a line, such as 'svd-jacobian: van(Sigma**2)'"


def listed(name: str, notation: Notation, executor: Executor | None = None) -> Paper:
    """Judge the formulas of a list, a file or "-", standard input: here, or by an executor.

    What stands behind ``#`` is a remark; ``let L = N`` alone on its line is said of all lines below
    it. Raises :class:`InputError` for what is no text, and where there is no formula.
    """
    with named(name):
        lines = text(name, MOST_LISTED_BYTES, _EXPECTED).splitlines()
    found = answered(partial(_judged, name, lines, notation), judged_once, executor)
    if not found:
        raise NothingSelectedError(f"{name}: got no formula, expected {_EXPECTED}")
    return Paper(found, (), noun="formula")


def _judged(name: str, lines: list[str], notation: Notation, judge: Judge) -> Iterator[Judged]:
    for number, line in enumerate(lines, 1):
        written = line.partition("#")[0]
        says, colon, formula = (part.strip() for part in written.partition(":"))
        target, where = asked_of(says)
        column = 1 + written.find(formula) if formula else 1
        if not written.strip():
            continue
        try:
            if says_notation(says) and not colon:
                notation = notation.let(says)
                continue
            if not formula:
                raise InputError(f"got no formula after a colon, expected {_EXPECTED}")
            found = judge(target, formula, where=where, let=notation)
        except InputError as error:
            yield Judged(
                name, number, column, "", target if colon else "", formula, unread=str(error)
            )
        else:
            better = found.correction
            right = None if better is None or better.verdict not in DECIDED else better.formula
            shown = (right.latex if "\\" in formula else right.plain) if right else ""
            yield Judged(name, number, column, "", found.target, formula, found, correction=shown)
