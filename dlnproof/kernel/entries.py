"""Rules about entries of matrices, diagonal matrices, and matrices with a single 1.

An entry, or a unit, whose index is out of range has some value that no rule knows: each rule has
``1 <= i`` and ``i <= d`` among its hypotheses, unless that is plain.
"""

from __future__ import annotations

from collections.abc import Callable

from dlnproof.kernel.logic import sides
from dlnproof.kernel.terms import (
    INT,
    Symbol,
    Term,
    at_most,
    constant_of,
    diagonal,
    different,
    entry,
    equal,
    fresh,
    identity,
    integer,
    multiply,
    number,
    opened,
    total,
    trace,
    transpose,
    unit,
    within,
    zero,
)
from dlnproof.kernel.theorem import Refused, Theorem, mint
from dlnproof.kernel.words import in_range, needed, nonnegative


def _expect(term: Term, op: str, what: str) -> None:
    if term.op != op:
        raise Refused(f"{term} is no {what}")


def _diag(term: Term) -> tuple[Term, Callable[[Term], Term]]:
    """Return the size of a diagonal matrix, and its entry as a function of the index."""
    _expect(term, "diag", "diagonal matrix")
    return term.args[0], lambda index: opened(term, index)[0]


def _unit(term: Term) -> tuple[Term, Term, Term]:
    _expect(term, "unit", "matrix with a single 1")
    size, i, l = term.args
    return size, i, l


def apart(one: Term, other: Term) -> list[Term]:
    """Return the condition that two integers differ, unless their difference is a constant."""
    known = constant_of(one - other)
    if known is not None and known != 0:
        return []
    return [different(one, other)]


# --- diagonal matrices ----------------------------------------------------------------------------


def diagonals(term: Term) -> Theorem:
    """Return: a sum, difference, product or multiple of diagonal matrices is one of the entries.

    The transpose is the matrix itself; a power is that of the entries, for an exponent >= 0.
    """
    v = fresh(INT)
    args, more = term.args, []
    match term.op:
        case "+" | "-" | "*":
            (size, f), (_, g) = _diag(args[0]), _diag(args[1])
            a, b = f(v.term), g(v.term)
            body = a + b if term.op == "+" else a - b if term.op == "-" else a * b
        case "scale":
            size, f = _diag(args[1])
            body = multiply(args[0], f(v.term))
        case "^":
            size, f = _diag(args[0])
            body, more = f(v.term) ** args[1], nonnegative(args[1])
        case "T":
            size, f = _diag(args[0])
            body = f(v.term)
        case _:
            raise Refused(f"{term} is not made of diagonal matrices")
    return mint("diagonals", equal(term, diagonal(v, size, body)), more=more)


def identity_is_diagonal(size: Term | int) -> Theorem:
    """Return I = diag(1)."""
    return mint("identity", equal(identity(size), diagonal(fresh(INT), size, number(1))))


def zero_is_diagonal(size: Term | int) -> Theorem:
    """Return O = diag(0)."""
    return mint("zero", equal(zero(size), diagonal(fresh(INT), size, number(0))))


# --- units ----------------------------------------------------------------------------------------


def unit_scaled(term: Term) -> Theorem:
    """Return diag(f) unit(i, l) = f(i) unit(i, l), or unit(i, l) diag(f) = f(l) unit(i, l)."""
    _expect(term, "*", "product")
    left, right = term.args
    (size, i, l) = _unit(right if left.op == "diag" else left)
    value = _diag(left)[1](i) if left.op == "diag" else _diag(right)[1](l)
    alone = right if left.op == "diag" else left
    return mint("unit scaled", equal(term, multiply(value, alone)), more=in_range(size, i, l))


def unit_product(term: Term) -> Theorem:
    """Return unit(i, l) unit(l, m) = unit(i, m); and for l != k, unit(i, l) unit(k, m) = O."""
    _expect(term, "*", "product")
    (size, i, l), (_, k, m) = _unit(term.args[0]), _unit(term.args[1])
    ranges = in_range(size, i, l, k, m)
    if l == k:
        return mint("unit product", equal(term, unit(size, i, m)), more=ranges)
    return mint("unit product", equal(term, zero(size)), more=[*ranges, *apart(l, k)])


def between_units(u: Term, middle: Term, v: Term) -> Theorem:
    """Return (unit(i, l) M) unit(k, m) = M_lk unit(i, m)."""
    (size, i, l), (_, k, m) = _unit(u), _unit(v)
    value = multiply(entry(middle, l, k), unit(size, i, m))
    ranges = in_range(size, i, l, k, m)
    return mint("between units", equal(u * middle * v, value), more=ranges)


def sum_of_units(value: Term) -> Theorem:
    """Return A = sum_i sum_l A_il unit(i, l), for a square matrix A of a size >= 0."""
    size, cols = value.sort.shape
    if size != cols:
        raise Refused(f"{value} is not square")
    i, l = fresh(INT), fresh(INT)
    body = multiply(entry(value, i.term, l.term), unit(size, i.term, l.term))
    whole = total(i, 1, size, total(l, 1, size, body))
    return mint("sum of units", equal(value, whole), more=nonnegative(size))


def diagonal_of_units(value: Term) -> Theorem:
    """Return diag(f) = sum_i f(i) unit(i, i), for a size >= 0."""
    size, f = _diag(value)
    i = fresh(INT)
    whole = total(i, 1, size, multiply(f(i.term), unit(size, i.term, i.term)))
    return mint("diagonal of units", equal(value, whole), more=nonnegative(size))


# --- traces ---------------------------------------------------------------------------------------


def trace_of_entries(value: Term) -> Theorem:
    """Return Tr(A) = sum_i A_ii, for a size >= 0."""
    size, i = value.sort.shape[0], fresh(INT)
    whole = total(i, 1, size, entry(value, i.term, i.term))
    return mint("trace of entries", equal(trace(value), whole), more=nonnegative(size))


def trace_of_unit(u: Term) -> Theorem:
    """Return Tr(unit(i, i)) = 1; and Tr(unit(i, l)) = 0 for i != l."""
    size, i, l = _unit(u)
    value = number(1 if i == l else 0)
    more = [*in_range(size, i, l), *([] if i == l else apart(i, l))]
    return mint("trace of a unit", equal(trace(u), value), more=more)


def trace_with_unit(u: Term, value: Term) -> Theorem:
    """Return Tr(unit(i, l) A) = A_li."""
    size, i, l = _unit(u)
    sentence = equal(trace(u * value), entry(value, l, i))
    return mint("trace with a unit", sentence, more=in_range(size, i, l))


# --- entries --------------------------------------------------------------------------------------


def entry_of(value: Term, row: Term | int, col: Term | int) -> Theorem:
    """Return what an entry is by the outermost form of a matrix, for indices in range.

    Of sums, differences, multiples, transposes, sums over ranges, products (with diagonal matrices
    without a sum); of a zero matrix; of diagonal matrices, I and units on their 1, and off it.
    """
    i, l = integer(row), integer(col)
    rows, cols = value.sort.shape
    more = [*in_range(rows, i), *in_range(cols, l)]
    found, others = _entry(value, i, l)
    sentence = equal(entry(value, i, l), found)
    return mint("entry of", sentence, more=[*more, *others])


def _entry(value: Term, i: Term, l: Term) -> tuple[Term, list[Term]]:
    """Return an entry, by the form of the matrix, and what that needs besides the ranges."""
    args = value.args
    match value.op:
        case "+":
            return entry(args[0], i, l) + entry(args[1], i, l), []
        case "-":
            return entry(args[0], i, l) - entry(args[1], i, l), []
        case "scale":
            return multiply(args[0], entry(args[1], i, l)), []
        case "T":
            return entry(args[0], l, i), []
        case "*":
            return _entry_of_product(value, i, l)
        case "sum":
            lo, hi = args[:2]
            v = fresh(INT)
            [body] = opened(value, v.term)
            return total(v, lo, hi, entry(body, i, l)), needed(at_most(lo - 1, hi))
        case "O":
            return number(0), []
        case "I" if i == l:
            return number(1), []
        case "I":
            return number(0), apart(i, l)
        case "diag" if i == l:
            return opened(value, i)[0], []
        case "diag":
            return number(0), apart(i, l)
        case "unit" if args[1:] == (i, l):
            return number(1), []
    raise Refused(f"nothing is known about the entries of {value}")


def _entry_of_product(value: Term, i: Term, l: Term) -> tuple[Term, list[Term]]:
    left, right = value.args
    if left.op == "diag":
        return multiply(opened(left, i)[0], entry(right, i, l)), []
    if right.op == "diag":
        return multiply(entry(left, i, l), opened(right, l)[0]), []
    size, k = right.sort.shape[0], fresh(INT)
    whole = total(k, 1, size, entry(left, i, k.term) * entry(right, k.term, l))
    return whole, nonnegative(size)


def entry_off_unit(u: Term, row: Term | int, col: Term | int, *, by_row: bool) -> Theorem:
    """Return unit(i, l)_km = 0, for k != i (``by_row``) or for m != l."""
    k, m = integer(row), integer(col)
    size, i, l = _unit(u)
    differ = apart(k, i) if by_row else apart(m, l)
    sentence = equal(entry(u, k, m), number(0))
    return mint("entry off a unit", sentence, more=[*in_range(size, i, l, k, m), *differ])


def same_entries(theorem: Theorem, i: Symbol, l: Symbol) -> Theorem:
    """Return A = B from A_il = B_il, for indices i, l that are free in no hypothesis, nor in A, B.

    Discharged is that i and l are in their ranges.
    """
    left, right = sides(theorem)
    if left.op != "entry" or right.op != "entry":
        raise Refused(f"{theorem.conclusion} does not speak of entries")
    if i == l:
        raise Refused("two different indices are needed")
    a, b = left.args[0], right.args[0]
    if left != entry(a, i.term, l.term) or right != entry(b, i.term, l.term):
        raise Refused(f"{theorem.conclusion} is not about the entries {i.name}, {l.name}")
    if {i, l} & (a.free | b.free):
        raise Refused(f"{i.name} or {l.name} is free in a matrix")
    if a.sort != b.sort:
        raise Refused(f"{a} and {b} are of different shapes")
    rows, cols = a.sort.shape
    ranges = frozenset((*within(i, 1, rows), *within(l, 1, cols)))
    for hypothesis in theorem.hypotheses - ranges:
        if {i, l} & hypothesis.free:
            raise Refused(f"{i.name} or {l.name} is free in the hypothesis {hypothesis}")
    return mint("same entries", equal(a, b), [theorem], less=ranges)


def same_orthonormal_parts(theorem: Theorem, x: Symbol) -> Theorem:
    """Return A = B from Tr(X^T A) = Tr(X^T B), for a matrix X that is free in no hypothesis.

    Nor in A or B: the trace form is not degenerate.
    """
    left, right = sides(theorem)
    if left.op != "trace" or right.op != "trace":
        raise Refused(f"{theorem.conclusion} does not speak of traces with one matrix")
    turned = transpose(x.term)
    products = [side.args[0] for side in (left, right)]
    if any(p.op != "*" or p.args[0] != turned for p in products):
        raise Refused(f"{theorem.conclusion} does not have the form Tr(X^T A) = Tr(X^T B)")
    a, b = (p.args[1] for p in products)
    if any(x in part.free for part in (a, b, *theorem.hypotheses)):
        raise Refused(f"{x.name} is free in a matrix or in a hypothesis")
    return mint("nondegenerate", equal(a, b), [theorem])
