"""Derivatives by the form of a function. Nothing here is trusted: every step is a rule."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from dlnproof.kernel import calculus
from dlnproof.kernel.logic import assume, cut, specialise
from dlnproof.kernel.terms import (
    INT,
    SortError,
    Symbol,
    Term,
    every,
    fresh,
    fresh_for,
    integer,
    opened,
    substitute,
    within,
)
from dlnproof.kernel.theorem import Refused, Theorem
from dlnproof.tactics.matching import matched

_TWO: Final[dict[str, Callable[[Theorem, Theorem], Theorem]]] = {
    "+": calculus.derivative_sum,
    "-": calculus.derivative_difference,
    "*": calculus.derivative_product,
    "scale": calculus.derivative_product,
    "/": calculus.derivative_quotient,
}
_ONE: Final[dict[str, Callable[[Theorem], Theorem]]] = {
    "T": calculus.derivative_transpose,
    "trace": calculus.derivative_trace,
    "log": calculus.derivative_log,
}
_RANGES: Final[dict[str, Callable[..., Theorem]]] = {
    "sum": calculus.derivative_total,
    "prod": calculus.derivative_range_product,
    "diag": calculus.derivative_diagonal,
}


def differentiate(function: Term, s: Symbol, point: Term, *known: Theorem) -> Theorem:
    """Return the derivative of a function of s at a point, by its form.

    ``known`` are derivatives, or sentences that there are some for all indices or times.
    """

    if s not in function.free:
        return calculus.derivative_constant(function, point)
    if function == s.term:
        return calculus.derivative_identity(point)
    for theorem in known:
        found = _instance(theorem, function, s, point)
        if found is not None:
            return found
    return _by_form(function, s, lambda part: differentiate(part, s, point, *known))


def _by_form(function: Term, s: Symbol, of: Callable[[Term], Theorem]) -> Theorem:
    if function.op in _TWO:
        return _TWO[function.op](*map(of, function.args))
    if function.op in _ONE:
        return _ONE[function.op](of(function.args[0]))
    if function.op == "entry":
        return calculus.derivative_entry(of(function.args[0]), *function.args[1:])
    if function.op == "^":
        base, exponent = function.args
        if s not in exponent.free:
            return calculus.derivative_power(of(base), exponent)
        if s not in base.free:
            return calculus.derivative_exponential(base, of(exponent))
    if function.op in _RANGES:
        k = fresh(INT)
        [body] = opened(function, k.term)
        ends = (
            function.args[: function.data]
            if function.data == 2
            else (integer(1), *function.args[:1])
        )
        found = _for_all(of(body), k, *ends)
        return _RANGES[function.op](found, k, *function.args[: function.data])
    raise Refused(f"the derivative of {function} in {s.name} is not known")


def _for_all(theorem: Theorem, k: Symbol, lo: Term, hi: Term) -> Theorem:
    """Return a theorem that wants what it needs of an index for all in a range."""
    conditions = within(k, lo, hi)
    for hypothesis in theorem.hypotheses - frozenset(conditions):
        if k in hypothesis.free:
            wanted = assume(every(k, conditions, hypothesis))
            theorem = cut(theorem, specialise(wanted, k.term))
    return theorem


def _instance(theorem: Theorem, function: Term, s: Symbol, point: Term) -> Theorem | None:
    """Return what a theorem says of the function at the point, if it does."""
    sentence, names = theorem.conclusion, list[tuple[Symbol, ...]]()
    while sentence.op == "every":
        names.append(fresh_for(sentence))
        *_, sentence = opened(sentence, *(v.term for v in names[-1]))
    if sentence.op != "derivative" or s in sentence.free:
        return None
    variables = frozenset(v for group in names for v in group)
    [pattern] = opened(sentence, s.term)
    values = matched(pattern, function, variables)
    if values is None:
        return None
    where = matched(substitute(sentence.args[0], values), point, variables)
    if where is None or (values | where).keys() != variables:
        return None
    values |= where
    try:
        for group in names:
            theorem = specialise(theorem, *(values[v] for v in group))
    except (Refused, SortError):
        return None
    return theorem
