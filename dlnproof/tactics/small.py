"""Sums and products over a range of constants written out, and choices that constants decide."""

from __future__ import annotations

from dlnproof.kernel import ranges
from dlnproof.kernel.entries import entry_of, entry_off_unit
from dlnproof.kernel.indices import indices
from dlnproof.kernel.logic import negation, reflexive, transitive
from dlnproof.kernel.terms import INT, Term, constant_of
from dlnproof.kernel.theorem import Refused, Theorem
from dlnproof.tactics.rewriting import Known, repeated


def written_out(theorem: Theorem) -> Theorem:
    """Return an equation with the ranges of constants on its right written out."""
    right = theorem.conclusion.args[1]
    return transitive(theorem, repeated(right, _step))


def _step(term: Term, _known: Known) -> Theorem | None:
    if term.op in ("sum", "prod"):
        lo, hi = (constant_of(end) for end in term.args[:2])
        if lo is None or hi is None:
            return None
        if hi < lo:
            return ranges.empty(term)
        return ranges.single(term) if lo == hi else ranges.top(term)
    return decided(term) if term.op == "if" else None


def decided(choice: Term) -> Theorem | None:
    """Return which value a choice has, if its condition is about two constants, or two the same."""
    condition = choice.args[0]
    if condition.op != "=":
        return None
    a, b = condition.args
    if a == b:
        return ranges.chosen(choice, reflexive(a))
    if a.sort == INT and constant_of(a - b) is not None:
        return ranges.chosen(choice, indices(negation(condition)))
    return None


def of_units(term: Term, _known: Known) -> Theorem | None:
    """Return an entry, at constants, of a matrix put together of units; for ``repeated``."""
    if term.op != "entry":
        return None
    matrix, row, col = term.args
    if matrix.op != "unit" or matrix.args[1:] == (row, col):
        return entry_of(matrix, row, col) if matrix.op in ("+", "-", "scale", "unit") else None
    return entry_off_unit(matrix, row, col, by_row=matrix.args[1] != row)


def reduced(choice: Term) -> Theorem:
    """Return which value a choice by two constants has."""
    found = decided(choice)
    if found is None:
        raise Refused(f"{choice} is not decided by constants")
    return found
