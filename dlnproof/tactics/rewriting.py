"""Equations used inside a term, also in the scope of binders, where their indices are bound."""

from __future__ import annotations

from collections.abc import Callable

from dlnproof.kernel.indices import indices
from dlnproof.kernel.logic import (
    assume,
    exchange,
    negation,
    reflexive,
    sides,
    specialise,
    transitive,
)
from dlnproof.kernel.ranges import chosen, congruence
from dlnproof.kernel.terms import (
    BUILDERS,
    PROP,
    SortError,
    Term,
    fresh_for,
    opened,
    within,
)
from dlnproof.kernel.theorem import Refused, Theorem
from dlnproof.tactics.matching import matched, pattern
from dlnproof.tactics.settle import settle

Known = tuple[Theorem | Term, ...]

Conversion = Callable[[Term, Known], Theorem | None]
"""Finds an equation with a term on its left, from what is known at its place, or None."""


def by(*equations: Theorem) -> Conversion:
    """Convert the left sides of equations, or of instances of equations for all."""

    def convert(term: Term, known: Known) -> Theorem | None:
        for equation in equations:
            if equation.conclusion.op == "=":
                if sides(equation)[0] == term:
                    return equation
            elif found := _instance(equation, term):
                return settle(found, *known)
        return None

    return convert


def _instance(theorem: Theorem, term: Term) -> Theorem | None:
    """Return what a theorem about all says with a term on the left, if it is an equation."""
    opened_all, sentence = pattern(theorem.conclusion, deep=False)
    if not opened_all or sentence.op != "=":
        return None
    [names] = opened_all
    put = matched(sentence.args[0], term, frozenset(names))
    if put is None or any(name not in put for name in names):
        return None
    found = specialise(theorem, *(put[name] for name in names))
    return found if sides(found)[0] == term else None


def rules(*tried: Callable[[Term], Theorem | None]) -> Conversion:
    """Convert by the first of the rules that applies."""

    def convert(term: Term, known: Known) -> Theorem | None:
        for rule in tried:
            try:
                found = rule(term)
            except (Refused, SortError, ValueError, IndexError):
                continue
            if found is not None and _changes(found):
                return found
        return None

    return convert


def first(*conversions: Conversion) -> Conversion:
    """Convert by the first conversion that finds something."""

    def convert(term: Term, known: Known) -> Theorem | None:
        return next((f for c in conversions if (f := c(term, known)) is not None), None)

    return convert


def decided(term: Term, known: Known) -> Theorem | None:
    """Make a choice whose condition on integers is decided by what is known."""
    if term.op != "if":
        return None
    facts = [k.conclusion if isinstance(k, Theorem) else k for k in known]
    try:
        against = negation(term.args[0])
    except Refused:
        return None
    for goal in (term.args[0], against):
        try:
            found = chosen(term, indices(goal, *facts))
        except Refused:
            continue
        theorems = [k for k in known if isinstance(k, Theorem)]
        return settle(found, *theorems) if theorems else found
    return None


def converted(term: Term, conversion: Conversion, *known: Theorem | Term) -> Theorem:
    """Return term = what it becomes by the conversion, at all outermost places where it applies.

    Hypotheses of what is found in the scope of a binder are settled by what is known, and by what
    the binder says of its variables.
    """
    return _converted(term, conversion, known) or reflexive(term)


def _converted(term: Term, conversion: Conversion, known: Known) -> Theorem | None:
    """Return what a term becomes, or None if that is itself."""
    found = conversion(term, known)
    if found is not None:
        return found if _changes(found) else None
    if term.op in BUILDERS:
        return _in_scope(term, conversion, known)
    whole: Theorem | None = None
    for k, arg in enumerate(term.args):
        inner = None if arg.sort == PROP else _converted(arg, conversion, known)
        if inner is not None:
            step = at_place(term if whole is None else sides(whole)[1], k, inner)
            whole = step if whole is None else transitive(whole, step)
    return whole


def repeated(term: Term, conversion: Conversion, *known: Theorem | Term) -> Theorem:
    """Convert until nothing more is found."""
    whole = reflexive(term)
    while (step := _converted(sides(whole)[1], conversion, known)) is not None:
        whole = transitive(whole, step)
    return whole


def _changes(theorem: Theorem) -> bool:
    left, right = sides(theorem)
    return left != right


def at_place(term: Term, place: int, equation: Theorem) -> Theorem:
    """Return f(.., a, ..) = f(.., b, ..) from a = b, for an argument outside all scopes."""
    return exchange(reflexive(term), equation, 1, place)


def _in_scope(term: Term, conversion: Conversion, known: Known) -> Theorem | None:
    names = fresh_for(term)
    if len(term.args) != term.data + 1 or term.op == "every":
        return None
    [body] = opened(term, *(name.term for name in names))
    inner = _converted(body, conversion, (*known, *_said(term, names)))
    if inner is None:
        return None
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
