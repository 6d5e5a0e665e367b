"""Matrices with few rows and columns, written out: entries, traces, determinants.

Where the size is a letter, that it is the number of rows becomes a hypothesis.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from operator import add

from dlnproof.kernel.determinants import (
    determinant_of,
    determinant_of_two,
    orthogonal_determinant,
)
from dlnproof.kernel.entries import entry_of, entry_off_unit, same_entries, trace_of_entries
from dlnproof.kernel.indices import indices
from dlnproof.kernel.logic import (
    assume,
    cases,
    sides,
    transitive,
    unfold,
)
from dlnproof.kernel.numbers import field
from dlnproof.kernel.ranges import single, top
from dlnproof.kernel.terms import (
    INT,
    REAL,
    Symbol,
    Term,
    at_most,
    constant_of,
    determinant,
    different,
    entry,
    equal,
    fresh,
    integer,
    number,
    opened,
    power,
    trace,
    transpose,
)
from dlnproof.kernel.theorem import Theorem
from dlnproof.tactics.cancelling import same_traces
from dlnproof.tactics.equations import changed, transport
from dlnproof.tactics.rewriting import at_place, repeated, rules
from dlnproof.tactics.settle import settle


def written_out(term: Term, *equations: Theorem, rows: int = 2) -> Theorem:
    """Return a term = what it is in entries of letters, all matrices having so many rows.

    The equations are used for what they have on their left.
    """

    def counted(term: Term) -> Theorem | None:
        """Return sum_{k=1}^n f = sum_{k=1}^rows f, from n = rows."""
        if term.op not in ("sum", "prod") or term.sort != REAL or term.args[0] != integer(1):
            return None
        end = term.args[1]
        return None if end.op == "polynomial" else at_place(term, 1, assume(equal(end, rows)))

    steps = (_by(*equations), counted, _range, _entry, _trace, _determinant)
    return repeated(term, rules(*steps))


def _by(*equations: Theorem) -> Callable[[Term], Theorem | None]:
    def convert(term: Term) -> Theorem | None:
        for equation in equations:
            if equation.conclusion.args[0] == term:
                return equation
        return unfold(term) if term.op == "defined" else None

    return convert


def _range(term: Term) -> Theorem | None:
    """Return a sum or product over constants without its last member."""
    if term.op not in ("sum", "prod") or any(constant_of(end) is None for end in term.args[:2]):
        return None
    return single(term) if term.args[0] == term.args[1] else top(term)


def _entry(term: Term) -> Theorem | None:
    if term.op != "entry":
        return None
    matrix, i, l = term.args
    if matrix.op == "unit" and matrix.args[1:] != (i, l):
        return entry_off_unit(matrix, i, l, by_row=matrix.args[1] != i)
    return entry_of(matrix, i, l)


def _trace(term: Term) -> Theorem | None:
    return trace_of_entries(term.args[0]) if term.op == "trace" else None


def _determinant(term: Term) -> Theorem | None:
    return determinant_of_two(term.args[0]) if term.op == "det" else None


def same_numbers(left: Term, right: Term, *equations: Theorem, rows: int = 2) -> Theorem:
    """Return left = right for numbers made of small matrices: equal when written out."""
    one, other = (written_out(side, *equations, rows=rows) for side in (left, right))
    return field(left, right, (number(1), one), (number(-1), other))


def same_matrices(left: Term, right: Term, *equations: Theorem, rows: int = 2) -> Theorem:
    """Return left = right for small square matrices whose entries are equal."""
    places = [(i, l) for i in range(1, rows + 1) for l in range(1, rows + 1)]
    found = [
        same_numbers(entry(left, i, l), entry(right, i, l), *equations, rows=rows)
        for i, l in places
    ]
    return matrices_with(dict(zip(places, found, strict=True)), rows=rows)


def matrices_with(entries: dict[tuple[int, int], Theorem], *, rows: int = 2) -> Theorem:
    """Return A = B from A_il = B_il for all i and l."""
    left, right = (side.args[0] for side in entries[1, 1].conclusion.args)
    size = left.sort.shape[0]
    i, l = fresh(INT), fresh(INT)

    def at(row: Term, col: Term) -> Term:
        return equal(entry(left, row, col), entry(right, row, col))

    numbers = range(1, rows + 1)
    in_rows = [
        at_each([entries[row, col] for col in numbers], l, at(integer(row), l.term), size)
        for row in numbers
    ]
    found = at_each(in_rows, i, at(i.term, l.term), size)
    return settle(same_entries(found, i, l), equal(size, rows))


def at_each(theorems: Sequence[Theorem], v: Symbol, sentence: Term, size: Term) -> Theorem:
    """Return P(v) for 1 <= v <= size, from P(1), ..., P(size)."""
    rows, index = len(theorems), v.term
    given = (at_most(1, index), at_most(index, size), equal(size, rows))
    others = tuple(different(index, k) for k in range(1, rows))
    last = indices(equal(integer(rows), index), *others, *given)
    found = transport(theorems[-1], v, sentence, last)
    for k in range(rows - 1, 0, -1):
        here = equal(index, k)
        chosen = indices(equal(integer(k), index), here, *given)
        one = transport(theorems[k - 1], v, sentence, chosen)
        found = cases(one, found, on=(here, different(index, k)))
    return settle(found, equal(size, rows))


# --- singular values ------------------------------------------------------------------------------


def squares_of_values(svd: Theorem, left: Theorem, right: Theorem, *, rows: int = 2) -> Theorem:
    """Return Tr(W^T W) = sigma_1^2 + sigma_2^2 + ..., from W = U Sigma V^T with U, V orthogonal."""
    w, whole = sides(svd)
    middle = whole.args[0].args[1]
    plain = changed(trace(transpose(w) * w), svd)
    inside = same_traces(sides(plain)[1], trace(middle * middle), left, right)
    first, *others = (power(opened(middle, integer(k))[0], 2) for k in range(1, rows + 1))
    values = same_numbers(trace(middle * middle), reduce(add, others, first), rows=rows)
    return transitive(plain, inside, values)


def square_of_product(svd: Theorem, left: Theorem, right: Theorem) -> Theorem:
    """Return (sigma_1 sigma_2)^2 = (det W)^2, from W = U Sigma V^T with U, V orthogonal."""
    w, whole = sides(svd)
    (u, middle), v = whole.args[0].args, whole.args[1].args[0]
    plain = changed(determinant(w), svd)
    factors = transitive(plain, repeated(sides(plain)[1], rules(determinant_of)))
    first, second = (opened(middle, integer(k))[0] for k in (1, 2))
    product, a, b = first * second, determinant(u), determinant(v)
    values = written_out(sides(determinant_of(determinant(middle)))[1])
    one, other = orthogonal_determinant(left), orthogonal_determinant(right)
    told = field(determinant(w), a * product * b, (number(1), factors), (a * b, values))
    return field(
        power(product, 2),
        power(determinant(w), 2),
        (-power(product, 2), one),
        (-power(a, 2) * power(product, 2), other),
        (-(determinant(w) + a * product * b), told),
    )
