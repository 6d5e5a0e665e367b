"""Equations used inside a term, also in the scope of binders, where their indices are bound."""

from __future__ import annotations

from collections.abc import Callable

from dlnproof.kernel.logic import assume, reflexive, sides, transitive, transport
from dlnproof.kernel.ranges import congruence
from dlnproof.kernel.terms import (
    BUILDERS,
    PROP,
    SortError,
    Term,
    equal,
    fresh,
    fresh_for,
    opened,
    rebuild,
    within,
)
from dlnproof.kernel.theorem import Refused, Theorem
from dlnproof.tactics.settle import settle

Conversion = Callable[[Term], Theorem | None]
"""Finds an equation with a term on its left; None, or a refusal, where there is none."""


def by(*equations: Theorem) -> Conversion:
    """Convert the left sides of equations, or of instances of equations for all."""

    def convert(term: Term) -> Theorem | None:
        for equation in equations:
            if equation.conclusion.op == "=" and sides(equation)[0] == term:
                return equation
        return None

    return convert


def tried(*rules: Conversion) -> Conversion:
    """Convert by the first of the rules that applies."""

    def convert(term: Term) -> Theorem | None:
        for rule in rules:
            try:
                found = rule(term)
            except (Refused, SortError, ValueError, IndexError):
                continue
            if found is not None and sides(found)[0] != sides(found)[1]:
                return found
        return None

    return convert


def converted(term: Term, conversion: Conversion, *known: Theorem | Term) -> Theorem:
    """Return term = what it becomes by the conversion, at all outermost places where it applies.

    Hypotheses of what is found in the scope of a binder are settled by what is known, and by what
    the binder says of its variables.
    """
    found = conversion(term)
    if found is not None:
        return found
    whole = reflexive(term)
    if term.op in BUILDERS:
        return _in_scope(term, conversion, known)
    for k, arg in enumerate(term.args):
        if arg.sort == PROP:
            continue
        inner = converted(arg, conversion, *known)
        if _changes(inner):
            whole = transitive(whole, at_place(sides(whole)[1], k, inner))
    return whole


def repeated(term: Term, conversion: Conversion, *known: Theorem | Term) -> Theorem:
    """Convert until nothing more is found."""
    whole = reflexive(term)
    while True:
        step = converted(sides(whole)[1], conversion, *known)
        if not _changes(step):
            return whole
        whole = transitive(whole, step)


def _changes(theorem: Theorem) -> bool:
    left, right = sides(theorem)
    return left != right


def at_place(term: Term, place: int, equation: Theorem) -> Theorem:
    """Return f(.., a, ..) = f(.., b, ..) from a = b, for an argument outside all scopes."""
    left, _ = sides(equation)
    x = fresh(left.sort)
    args = list(term.args)
    args[place] = x.term
    if term.op in BUILDERS:
        names = fresh_for(term)
        inside = opened(term, *(name.term for name in names))
        context = BUILDERS[term.op](args[: term.data], names, inside)
    else:
        context = rebuild(term, args, {})
    return transport(reflexive(term), x, equal(term, context), equation)


def _in_scope(term: Term, conversion: Conversion, known: tuple[Theorem | Term, ...]) -> Theorem:
    names = fresh_for(term)
    if len(term.args) != term.data + 1 or term.op == "every":
        return reflexive(term)
    [body] = opened(term, *(name.term for name in names))
    inner = converted(body, conversion, *known, *_said(term, names))
    if not _changes(inner):
        return reflexive(term)
    if any(name in h.free for h in inner.hypotheses for name in names):
        inner = settle(inner, *known, *map(assume, _said(term, names)))
    return congruence(term, inner, *names)


def _said(binder: Term, names: tuple[object, ...]) -> list[Term]:
    """Return what a binder says of its variables."""
    v = names[0]
    match binder.op:
        case "sum" | "prod":
            return list(within(v, *binder.args[:2]))  # type: ignore[arg-type]
        case "diag":
            return list(within(v, 1, binder.args[0]))  # type: ignore[arg-type]
        case "array":
            ends = zip(names, binder.args[:2], strict=True)
            return [c for name, end in ends for c in within(name, 1, end)]  # type: ignore[arg-type]
    return []
