"""Showing that two numbers are equal that are made of sums, products and choices in the same way.

Nothing here is trusted: every step is a rule of the kernel.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from dlnproof.kernel.logic import (
    assume,
    cases,
    cut,
    negation,
    reflexive,
    sides,
    symmetric,
    transitive,
)
from dlnproof.kernel.numbers import field
from dlnproof.kernel.ranges import chosen, constant, product_of_powers, product_of_products
from dlnproof.kernel.signs import turned
from dlnproof.kernel.terms import REAL, SortError, Term, fresh_for, number, product
from dlnproof.kernel.theorem import Refused, Theorem
from dlnproof.tactics.equations import body, changed, inside, ranges_of, then
from dlnproof.tactics.factors import nonzero
from dlnproof.tactics.settle import settle


def same(left: Term, right: Term, *known: Theorem | Term) -> Theorem:
    """Return left = right, by arithmetic; what stands in the scope of sums and products likewise.

    A choice is taken apart into its two cases. Hypotheses are settled by what is known.
    """
    if left == right:
        return reflexive(left)
    trivial = [c for side in (left, right) for c in _outside(side, "if") if _is_trivial(c)]
    if trivial:
        return _chosen(trivial[0], left, right, known)
    choice = next(_outside(left, "if"), None) or next(_outside(right, "if"), None)
    if choice is not None:
        return _by_cases(choice.args[0], left, right, known)
    try:
        found = settle(field(left, right), *known)
    except Refused:
        return _by_parts(left, right, known)
    return _without_zeros(found, known)


def _without_zeros(theorem: Theorem, known: tuple[Theorem | Term, ...]) -> Theorem:
    """Discharge that numbers are not zero whose factors are not."""
    for hypothesis in theorem.hypotheses:
        if hypothesis.op == "!=" and hypothesis.args[1] == number(0):
            with suppress(Refused):
                theorem = cut(theorem, nonzero(hypothesis, *known))
    return theorem


def _is_trivial(choice: Term) -> bool:
    """Whether a choice is by a condition x = x."""
    condition = choice.args[0]
    return condition.op == "=" and condition.args[0] == condition.args[1]


def _chosen(choice: Term, left: Term, right: Term, known: tuple[Theorem | Term, ...]) -> Theorem:
    """Return left = right after a choice by x = x is made in both."""
    equation = chosen(choice, reflexive(choice.args[0].args[0]))
    one, other = (
        changed(side, equation) if _has(side, choice) else reflexive(side) for side in (left, right)
    )
    return transitive(one, same(sides(one)[1], sides(other)[1], *known), symmetric(other))


def _by_cases(
    condition: Term, left: Term, right: Term, known: tuple[Theorem | Term, ...]
) -> Theorem:
    """Return left = right where a condition holds, and where it does not."""
    on = (condition, negation(condition))
    found = []
    for case in on:
        given = assume(case)
        one, other = (_decided(side, given) for side in (left, right))
        middle = same(sides(one)[1], sides(other)[1], *known, given)
        found.append(transitive(one, middle, symmetric(other)))
    return cases(*found, on=on)


def _decided(term: Term, given: Theorem) -> Theorem:
    """Return what a term is where its choices by one condition are decided."""
    other = turned_round(given)
    whole = reflexive(term)
    for choice in dict.fromkeys(_outside(term, "if")):
        own = choice.args[0]
        for theorem in (given, other):
            if theorem.conclusion in (own, negation(own)):
                whole = transitive(whole, changed(sides(whole)[1], chosen(choice, theorem)))
                break
    if given.conclusion.op == "=" and _has(sides(whole)[1], given.conclusion.args[1]):
        whole = transitive(whole, changed(sides(whole)[1], symmetric(given)))
    return whole


def turned_round(theorem: Theorem) -> Theorem:
    """Return b = a from a = b, and b != a from a != b; other sentences as they are."""
    if theorem.conclusion.op == "=":
        return symmetric(theorem)
    return turned(theorem) if theorem.conclusion.op == "!=" else theorem


def _has(term: Term, part: Term) -> bool:
    return any(x == part for x in term.parts())


def _by_parts(left: Term, right: Term, known: tuple[Theorem | Term, ...]) -> Theorem:
    """Return left = right after what is bound on the left became what is bound on the right.

    Products of ones are 1 before.
    """
    one, other = (_without_ones(side, known) for side in (left, right))
    wanted = [x for x in _bound(sides(other)[1]) if x not in set(_bound(sides(one)[1]))]
    for part in _bound(sides(one)[1]):
        for target in wanted if part not in set(_bound(sides(other)[1])) else ():
            equation = _in_scope(part, target, known)
            if equation is not None:
                one = then(one, equation)
                wanted.remove(target)
                break
    if sides(one)[1] != sides(other)[1]:
        one = transitive(one, settle(field(sides(one)[1], sides(other)[1]), *known))
    return settle(transitive(one, symmetric(other)), *known)


def _without_ones(term: Term, known: tuple[Theorem | Term, ...]) -> Theorem:
    """Return what a term is where products of ones are 1."""
    whole = reflexive(term)
    for part in _bound(term):
        if part.op == "prod":
            with suppress(Refused, SortError):
                whole = then(whole, _of_ones(part, known))
    return whole


def _of_ones(part: Term, known: tuple[Theorem | Term, ...]) -> Theorem:
    """Return prod f = 1 where f = 1."""

    def one(*values: Term) -> Theorem:
        inner = (*known, *ranges_of(part, tuple(value.data for value in values)))
        f = body(part, *values)
        return _of_ones(f, inner) if f.op == "prod" else same(f, number(1), *inner)

    ones = inside(part, one, *known)
    found = then(ones, constant(sides(ones)[1]))
    return settle(transitive(found, field(sides(found)[1], number(1))), *known)


def _in_scope(part: Term, target: Term, known: tuple[Theorem | Term, ...]) -> Theorem | None:
    """Return that two sums or products over one range are equal, or None."""
    if part.op != target.op or part.args[: part.data] != target.args[: target.data]:
        return None

    def equation(*values: Term) -> Theorem:
        names = tuple(value.data for value in values)
        inner = (*known, *ranges_of(part, names))
        return same(body(part, *values), body(target, *values), *inner)

    try:
        return inside(part, equation, *known)
    except (Refused, SortError):
        return None


def _bound(term: Term) -> list[Term]:
    """Return the sums and products in a number that are in no other's scope."""
    return list(dict.fromkeys((*_outside(term, "sum"), *_outside(term, "prod"))))


def _outside(term: Term, op: str) -> Iterator[Term]:
    """Yield what has an operation, in numbers, outside the scope of all binders."""
    if term.op == op and term.sort == REAL:
        yield term
    elif term.op in ("+", "-", "*", "/", "^", "real"):
        for arg in term.args:
            yield from _outside(arg, op)


# --- products over one range ----------------------------------------------------------------------


def joined(one: Term, other: Term, *known: Theorem | Term) -> Theorem:
    """Return (prod f)(prod g) = prod f g over one range; of double products likewise."""
    [v] = fresh_for(one)
    f, g = body(one, v.term), body(other, v.term)
    lo, hi = one.args[:2]
    whole = product(v, lo, hi, f * g)
    found = symmetric(product_of_products(whole))
    if sides(found)[0] != one * other:
        raise Refused(f"{one} and {other} are not over one range")
    if f.op == g.op == "prod":
        found = then(found, inside(whole, lambda w: joined(*body(whole, w).args, *known), *known))
    return settle(found, *known)


def squared(whole: Term, *known: Theorem | Term) -> Theorem:
    """Return (prod f)^2 = prod f^2; of a double product likewise."""
    [v] = fresh_for(whole)
    f = body(whole, v.term)
    lo, hi = whole.args[:2]
    squares = product(v, lo, hi, f**2)
    found = symmetric(product_of_powers(squares, natural=True))
    if f.op == "prod":
        found = then(found, inside(squares, lambda w: squared(body(squares, w).args[0], *known)))
    return settle(found, *known)
