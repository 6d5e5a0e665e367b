"""Equations in pieces: replacing parts of a term, and working in the scope of a binder.

Nothing here is trusted: every step is a rule of the kernel.
"""

from __future__ import annotations

from collections.abc import Callable

from dlnproof.kernel.logic import (
    assume,
    cut,
    exchange,
    instance,
    reflexive,
    rewrite,
    sides,
    specialise,
    transitive,
)
from dlnproof.kernel.ranges import congruence
from dlnproof.kernel.terms import (
    Symbol,
    Term,
    equal,
    every,
    fresh,
    fresh_for,
    opened,
    substitute,
    within,
)
from dlnproof.kernel.theorem import Refused, Theorem
from dlnproof.tactics.settle import settle


def changed(term: Term, *equations: Theorem) -> Theorem:
    """Return: the term is what it becomes by equations used one after the other, everywhere."""
    x = fresh(term.sort)
    begun = equal(x.term, term)
    found = instance(rewrite(assume(begun), *equations), {x: term})
    return cut(found, reflexive(term))


def then(theorem: Theorem, *equations: Theorem) -> Theorem:
    """Return a = c from a = b, where c is what b becomes by equations."""
    for equation in equations:
        theorem = transitive(theorem, changed(sides(theorem)[1], equation))
    return theorem


def transport(theorem: Theorem, x: Symbol, sentence: Term, equation: Theorem) -> Theorem:
    """Return P(b) from P(a) and a = b, for the sentence P(x)."""
    a, b = sides(equation)
    y = fresh(a.sort)
    moved = rewrite(assume(substitute(sentence, {x: y.term})), assume(equal(y.term, b)))
    found = cut(instance(moved, {y: a}), theorem)
    return cut(found, equation) if equation.conclusion in found.hypotheses else found


def valued(theorem: Theorem, equation: Theorem) -> Theorem:
    """Return a derivative, a gradient or a limit with another form of its value."""
    if theorem.conclusion.op not in ("derivative", "gradient", "limit", "limit0"):
        raise Refused(f"{theorem.conclusion} is no derivative, gradient or limit")
    return exchange(theorem, equation, theorem.conclusion.data - 1)


def inside(binder: Term, equation: Callable[..., Theorem], *known: Theorem | Term) -> Theorem:
    """Return: a sum, product or diagonal matrix is that of what stands in its scope, changed.

    ``equation`` gets new variables, and returns what the body is equal to at them. What it needs of
    them is settled by what is known, or wanted for all in range.
    """
    names = fresh_for(binder)
    found = equation(*(name.term for name in names))
    ranges = ranges_of(binder, names)
    if known:
        found = settle(found, *known, *ranges)
    for hypothesis in found.hypotheses - frozenset(ranges):
        if any(name in hypothesis.free for name in names):
            wanted = assume(every(names, ranges, hypothesis))
            found = cut(found, specialise(wanted, *(name.term for name in names)))
    return congruence(binder, found, *names)


def ranges_of(binder: Term, names: tuple[Symbol, ...]) -> tuple[Term, ...]:
    """Return what a sum, product or diagonal matrix says of its index."""
    if binder.op in ("sum", "prod"):
        return within(names[0], *binder.args[:2])
    if binder.op == "diag":
        return within(names[0], 1, binder.args[0])
    return ()


def body(binder: Term, *values: Term) -> Term:
    """Return what stands in the scope of a binder over one term."""
    [found] = opened(binder, *values)
    return found
