"""Sentences with one change: of a sign, a coefficient, an exponent, an index, a range, ..."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from dlnproof.kernel.terms import (
    BUILDERS,
    INT,
    REAL,
    SortError,
    Symbol,
    Term,
    at_most,
    divide,
    equal,
    fresh_for,
    less,
    multiply,
    number,
    opened,
    power,
    rebuild,
    transpose,
)

Change = tuple[str, Callable[[], Term]]
"""A kind, and what makes the changed term; it raises SortError where the parts do not fit."""


def changes(term: Term, scope: Sequence[Symbol] = ()) -> Iterator[Change]:
    """Yield a kind and a term, for each term that differs from this one at one place."""
    yield from ((kind, partial(_given, other)) for kind, other in _own(term, scope))
    if term.op in BUILDERS:
        yield from _in_binder(term, scope)
    elif term.op not in ("polynomial", "number"):
        for place, arg in enumerate(term.args):
            for kind, other in changes(arg, scope):
                yield _kind_at(term, place, kind), partial(_with, term, place, other)


def _given(term: Term) -> Term:
    return term


def _with(term: Term, place: int, other: Callable[[], Term]) -> Term:
    """Return a term with another argument."""
    return rebuild(term, (*term.args[:place], other(), *term.args[place + 1 :]), {})


def _kind_at(term: Term, place: int, kind: str) -> str:
    """Return the kind of a change of an argument: an integer may be an exponent or an index."""
    if kind == "integer":
        if term.op in ("^", "root") and place == 1:
            return "exponent"
        return "index" if term.op in ("symbol", "entry", "unit", "defined") else kind
    return kind


def _in_binder(term: Term, scope: Sequence[Symbol]) -> Iterator[Change]:
    names = fresh_for(term)
    outer = term.args[: term.data]
    inner = opened(term, *(name.term for name in names))
    inside = (*scope, *(name for name in names if name.sort == INT))
    kinds = {"sum": "range", "prod": "range", "limit0": "limit", "limit": "limit"}
    kinds |= {"derivative": "derivative", "gradient": "derivative"}

    def bound(
        left: Sequence[Term],
        right: Sequence[Term],
        other: Callable[[], Term] | None = None,
        place: int = 0,
    ) -> Term:
        """Return the binder with another argument, which counts from the first outside."""
        every = [*left, *right]
        if other is not None:
            every[place] = other()
        return BUILDERS[term.op](tuple(every[: len(left)]), names, tuple(every[len(left) :]))

    for place, arg in enumerate(outer):
        for kind, other in changes(arg, scope):
            own = "range" if kind == "integer" else kinds.get(term.op, kind)
            yield own, partial(bound, outer, inner, other, place)
    for place, arg in enumerate(inner):
        condition = term.op == "every" and place < len(inner) - 1
        for kind, other in changes(arg, inside):
            where = len(outer) + place
            yield "condition" if condition else kind, partial(bound, outer, inner, other, where)
        if condition:
            yield "quantifier", partial(bound, outer, (*inner[:place], *inner[place + 1 :]))


def changed(term: Term) -> Iterator[tuple[str, Term]]:
    """Yield a kind and a term, for each other term that differs at one place, each once."""
    seen = {term}
    for kind, make in changes(term):
        try:
            other = make()
        except SortError:
            continue
        if other not in seen:
            seen.add(other)
            yield kind, other


def _own(term: Term, scope: Sequence[Symbol]) -> Iterator[tuple[str, Term]]:
    """Yield what a term may be instead."""
    try:
        yield from _others(term, scope)
    except SortError:
        return


def _others(  # noqa: PLR0912, PLR0915 - a table, of what may stand instead
    term: Term, scope: Sequence[Symbol]
) -> Iterator[tuple[str, Term]]:
    args = term.args
    if term.sort == INT:
        yield "integer", term + 1
        yield "integer", term - 1
        if term.op == "symbol" and term.data in scope:
            for v in scope:
                if v != term.data:
                    yield "integer", v.term
        return
    match term.op:
        case "number":
            yield "coefficient", number(term.data + 1)
            yield "coefficient", number(-term.data) if term.data else number(-1)
            yield "coefficient", number(2 * term.data) if term.data else number(2)
        case "+":
            yield "sign", args[0] - args[1]
            yield "term", args[0]
        case "-":
            yield "sign", args[0] + args[1]
            yield "sign", args[1] - args[0]
        case "*":
            yield "factor", args[0] if term.sort == args[0].sort else multiply(2, term)
            yield "factor", args[1] if term.sort == args[1].sort else multiply(2, term)
            if term.sort.rows is not None:
                yield "order", multiply(args[1], args[0])
        case "/":
            yield "factor", args[0]
            yield "factor", divide(args[1], args[0])
        case "^":
            yield "exponent", args[0]
            yield "exponent", power(args[0], args[1] + 1)
            yield "exponent", power(args[0], -args[1])
        case "T":
            yield "order", args[0]
        case "log":
            yield "function", args[0]
        case "if":
            yield "case", args[1]
            yield "case", args[2]
        case "=" if args[0].sort != INT:
            yield "relation", equal(multiply(2, args[0]), args[1])
            yield "relation", equal(args[0], multiply(-1, args[1]))
        case "<=":
            yield "relation", at_most(args[1], args[0])
            yield "relation", less(args[0], args[1])
        case "<":
            yield "relation", less(args[1], args[0])
        case "!=":
            yield "relation", equal(*args)
        case "symbol" | "defined" | "sum" | "prod" | "trace" | "entry" | "det" | "mapdet":
            if term.sort == REAL:
                yield "coefficient", multiply(2, term)
                yield "sign", multiply(-1, term)
            elif term.sort.rows is not None:
                yield "order", transpose(term)
                yield "sign", multiply(-1, term)
        case "diag" | "inverse" | "root" | "framedet" | "integral":
            yield "coefficient", multiply(2, term)
        case _:
            return
