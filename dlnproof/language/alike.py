"""Terms that print alike: equal up to associativity, signs, and where integers become numbers.

Sums and products keep their order; nothing else is identified, but an index that is at most another
minus one with one that is less, and conditions of a sentence in another order.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from dlnproof.kernel.terms import (
    INT,
    Sort,
    Term,
    constant_of,
    integer,
    opened,
    power,
    variable,
)

Form = tuple[Any, ...]
"""A term taken apart: what it is, and what it is made of."""


def same(one: Term, other: Term) -> bool:
    """Whether two terms print alike."""
    return alike(one) == alike(other)


def alike(term: Term, depth: int = 0) -> Form:
    """Return a form that two terms share if they print alike."""
    if term.sort == INT:
        known = constant_of(term)
        return ("integer", term) if known is None else ("number", Fraction(known))
    match term.op:
        case "number":
            return ("number", term.data)
        case "real":
            return alike(term.args[0])
        case "+" | "-":
            return _sum(_summands(term, 1, depth))
        case "*" | "scale":
            return _product(_factors(term, depth))
        case "/":
            return _quotient(*(alike(arg, depth) for arg in term.args))
        case "psdpower" if _whole(alike(term.args[1])) is not None:
            return _power(*(alike(arg, depth) for arg in term.args))
        case "^":
            return _power(*(alike(arg, depth) for arg in term.args))
        case "<=" | "<" if term.args[0].sort.kind != "matrix":
            return _ordered(term.op, *(alike(arg, depth) for arg in term.args))
        case "every":
            return _every(term, depth)
    inner = _inside(term, depth)
    name: Form = (term.op,)
    if term.op in ("symbol", "defined"):
        name = (term.op, term.data.name, len(term.args))
    return (*name, *(_sort(v.sort) for v in term.variables), *inner)


def _inside(term: Term, depth: int) -> list[Form]:
    if not term.variables:
        return [alike(arg, depth) for arg in term.args]
    names = _names(term, depth)
    outer = [alike(arg, depth) for arg in term.args[: term.data]]
    return outer + [alike(x, depth + len(names)) for x in opened(term, *names)]


def _names(term: Term, depth: int) -> list[Term]:
    """Return a letter for each variable of a binder, by how deep it stands."""
    found: list[Term] = []
    for place, v in enumerate(term.variables):
        found.append(variable(f"bound {depth + place}", v.sort).term)
    return found


def _sort(sort: Sort) -> Form:
    return (sort.kind, sort.rows, sort.cols)


def _whole(form: Form) -> Term | None:
    """Return the integer term that a form is, if it is one."""
    if form[0] == "integer":
        return form[1]  # type: ignore[no-any-return]
    if form[0] == "number" and form[1].denominator == 1:
        return integer(int(form[1]))
    return None


def _summands(term: Term, sign: int, depth: int) -> list[tuple[int, Form]]:
    if term.op in ("+", "-") and term.sort != INT:
        left, right = term.args
        other = sign if term.op == "+" else -sign
        return _summands(left, sign, depth) + _summands(right, other, depth)
    return [(sign, alike(term, depth))]


def _sum(summands: list[tuple[int, Form]]) -> Form:
    found: list[tuple[int, Form]] = []
    flat = [
        (sign * inner, x)
        for sign, form in summands
        for inner, x in (form[1] if form[0] == "terms" else [(1, form)])
    ]
    for sign, form in flat:
        whole = _whole(form)
        before = _whole(found[-1][1]) if found else None
        if whole is not None and before is not None:  # integers side by side are one
            found[-1] = (1, alike(before + sign * whole))
        elif whole is not None:
            found.append((1, alike(sign * whole)))
        elif form[0] == "number":
            found.append((1, ("number", sign * form[1])))
        else:
            found.append((sign, form))
    if len(found) == 1 and found[0][0] == 1:
        return found[0][1]
    return ("terms", tuple(found))


def _factors(term: Term, depth: int) -> list[Form]:
    if term.op in ("*", "scale") and term.sort != INT:
        return [f for arg in term.args for f in _factors(arg, depth)]
    return [alike(term, depth)]


def _product(factors: list[Form]) -> Form:
    """Return a product: its sign apart, integers side by side as one."""
    sign = 1
    found: list[Form] = []
    for form in factors:
        if form[0] == "terms" and len(form[1]) == 1:  # minus something
            sign, form = sign * form[1][0][0], form[1][0][1]  # noqa: PLW2901
        whole, before = _whole(form), _whole(found[-1]) if found else None
        if whole is not None and before is not None:
            form = alike(before * whole)  # noqa: PLW2901
            del found[-1]
        negative, form = _signed(form)  # noqa: PLW2901
        sign = -sign if negative else sign
        if form != ("number", Fraction(1)):
            found.append(form)
    if ("number", Fraction(0)) in found:
        sign = 1
    found = found or [("number", Fraction(1))]
    form = found[0] if len(found) == 1 else ("product", tuple(found))
    return form if sign == 1 else _sum([(-1, form)])


def _signed(form: Form) -> tuple[bool, Form]:
    """Return whether a form begins with a minus, and the form without it, all signs changed."""
    if form[0] == "number":
        return form[1] < 0, ("number", abs(form[1]))
    if form[0] == "integer" and form[1].op == "polynomial" and form[1].data[0][1] < 0:
        return True, alike(-form[1])
    if form[0] == "terms" and (form[1][0][0] < 0 or _signed(form[1][0][1])[0]):
        return True, _sum([(-1, form)])
    return False, form


def _quotient(above: Form, below: Form) -> Form:
    if above[0] == below[0] == "number" and below[1]:
        return ("number", above[1] / below[1])
    negative, size = _signed(above) if above[0] != "terms" else (False, above)
    return _sum([(-1, ("/", size, below))]) if negative else ("/", above, below)


def _power(base: Form, exponent: Form) -> Form:
    whole, times = _whole(base), _whole(exponent)
    known = None if times is None else constant_of(times)
    if whole is not None and known is not None and known >= 0:
        return alike(power(whole, known))
    return base if known == 1 else ("^", base, exponent)


def _ordered(op: str, left: Form, right: Form) -> Form:
    """Return an inequality: of integers, that a difference is not negative."""
    one, other = _whole(left), _whole(right)
    if one is None or other is None:
        return (op, left, right)
    return ("<=", other - one - (1 if op == "<" else 0))


def _every(term: Term, depth: int) -> Form:
    """Return a sentence for all variables of those that stand one in the other, at once."""
    sorts: list[Form] = []
    conditions: list[Term] = []
    while term.op == "every":
        names = _names(term, depth)
        depth += len(names)
        sorts += [_sort(name.sort) for name in names]
        *given, term = opened(term, *names)
        conditions += given
    told = tuple(sorted({alike(x, depth) for x in conditions}, key=repr))
    return ("every", tuple(sorts), told, alike(term, depth))
