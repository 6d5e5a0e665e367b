"""Sentences with one change: of a sign, a coefficient, an exponent, an index, a range, ..."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

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

Change = tuple[str, Term]


def changes(term: Term, scope: Sequence[Symbol] = ()) -> Iterator[Change]:
    """Yield a kind and a term, for each term that differs from this one at one place."""
    yield from _own(term, scope)
    yield from _inside(term, scope)


def _inside(term: Term, scope: Sequence[Symbol]) -> Iterator[Change]:
    if term.op in BUILDERS:
        yield from _in_binder(term, scope)
    elif term.op not in ("polynomial", "number"):
        for place, arg in enumerate(term.args):
            for kind, other in changes(arg, scope):
                args = (*term.args[:place], other, *term.args[place + 1 :])
                yield from _built(_kind_at(term, place, kind), term, args)


def _kind_at(term: Term, place: int, kind: str) -> str:
    """Return the kind of a change of an argument: an integer may be an exponent or an index."""
    if kind == "integer":
        if term.op in ("^", "root") and place == 1:
            return "exponent"
        return "index" if term.op in ("symbol", "entry", "unit", "defined") else kind
    return kind


def _built(kind: str, term: Term, args: Sequence[Term]) -> Iterator[Change]:
    try:
        yield kind, rebuild(term, tuple(args), {})
    except SortError:
        return


def _in_binder(term: Term, scope: Sequence[Symbol]) -> Iterator[Change]:
    names = fresh_for(term)
    outer = term.args[: term.data]
    inner = opened(term, *(name.term for name in names))
    inside = (*scope, *(name for name in names if name.sort == INT))
    kinds = {"sum": "range", "prod": "range", "limit0": "limit", "limit": "limit"}
    kinds |= {"derivative": "derivative", "gradient": "derivative"}
    for place, arg in enumerate(outer):
        for kind, other in changes(arg, scope):
            own = "range" if kind == "integer" else kinds.get(term.op, kind)
            yield from _bound(own, term, (*outer[:place], other, *outer[place + 1 :]), names, inner)
    for place, arg in enumerate(inner):
        condition = term.op == "every" and place < len(inner) - 1
        for kind, other in changes(arg, inside):
            parts = (*inner[:place], other, *inner[place + 1 :])
            yield from _bound("condition" if condition else kind, term, outer, names, parts)
        if condition:
            less_ = (*inner[:place], *inner[place + 1 :])
            yield from _bound("quantifier", term, outer, names, less_)


def _bound(
    kind: str,
    term: Term,
    outer: Sequence[Term],
    names: tuple[Symbol, ...],
    inner: Sequence[Term],
) -> Iterator[Change]:
    try:
        yield kind, BUILDERS[term.op](tuple(outer), names, tuple(inner))
    except SortError:
        return


def _own(term: Term, scope: Sequence[Symbol]) -> Iterator[Change]:
    """Yield what a term may be instead."""
    try:
        yield from _others(term, scope)
    except SortError:
        return


def _others(  # noqa: PLR0912, PLR0915 - a table, of what may stand instead
    term: Term, scope: Sequence[Symbol]
) -> Iterator[Change]:
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


def hypothesis_changes(
    sentence: Term, given: Sequence[Term]
) -> Iterator[tuple[str, Term, tuple[Term, ...]]]:
    """Yield the sentence with one hypothesis less, or with one changed."""
    for place, hypothesis in enumerate(given):
        others = (*given[:place], *given[place + 1 :])
        yield "hypothesis", sentence, others
        for _, other in changes(hypothesis):
            yield "hypothesis", sentence, (*others, other)
