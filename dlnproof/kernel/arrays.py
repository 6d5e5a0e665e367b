"""Matrices by their entries, and determinants over indices and pairs of indices."""

from __future__ import annotations

from dlnproof.kernel.determinants import BLOCKS, LAPLACE
from dlnproof.kernel.terms import (
    Term,
    array,
    at_most,
    determinant,
    different,
    each,
    entry,
    equal,
    every,
    fresh_for,
    integer,
    number,
    opened,
    product,
    substitute,
    within,
)
from dlnproof.kernel.theorem import Refused, Theorem, mint
from dlnproof.kernel.words import in_range, needed, nonnegative


def entry_of_array(matrix: Term, row: Term | int, col: Term | int) -> Theorem:
    """Return what stands in a row and a column, in range, of a matrix given by its entries."""
    if matrix.op != "array":
        raise Refused(f"{matrix} is not given by its entries")
    i, l = integer(row), integer(col)
    rows, cols = matrix.args[:2]
    more = [*in_range(rows, i), *in_range(cols, l)]
    return mint("entry of array", equal(entry(matrix, i, l), opened(matrix, i, l)[0]), more=more)


def empty_determinant(term: Term) -> Theorem:
    """Return: the determinant of a matrix without rows is 1."""
    if term.op != "det" or term.args[0].sort.shape[0] != integer(0):
        raise Refused(f"{term} is not the determinant of a matrix without rows")
    return mint("empty determinant", equal(term, number(1)))


def single_determinant(term: Term) -> Theorem:
    """Return: the determinant of a matrix with one row is its entry."""
    if term.op != "det" or term.args[0].sort.shape[0] != integer(1):
        raise Refused(f"{term} is not the determinant of a matrix with one row")
    return mint("single determinant", equal(term, entry(term.args[0], 1, 1)))


def last_row(term: Term, row: Theorem, column: Theorem) -> Theorem:
    """Return D_n = f(n, n) D_{n-1} - f(n-1, n) f(n, n-1) D_{n-2}, D_n = det f(i, l)_{i, l <= n}.

    For 2 <= n. ``row``: f(n, k) = 0 for each 1 <= k <= n - 2, and ``column``: f(k, n) = 0.
    """
    if term.op != "det" or term.args[0].op != "array":
        raise Refused(f"{term} is no determinant of a matrix given by its entries")
    [matrix] = term.args
    n = matrix.args[0]
    i, l = fresh_for(matrix)

    def f(row: Term, col: Term) -> Term:
        return opened(matrix, row, col)[0]

    if row.conclusion != each(i, 1, n - 2, equal(f(n, i.term), number(0))):
        raise Refused("expected that the last row is 0, but for its last two entries")
    if column.conclusion != each(i, 1, n - 2, equal(f(i.term, n), number(0))):
        raise Refused("expected that the last column is 0, but for its last two entries")
    body = f(i.term, l.term)
    smaller, smallest = (determinant(array(i, l, m, m, body)) for m in (n - 1, n - 2))
    found = f(n, n) * smaller - f(n - 1, n) * f(n, n - 1) * smallest
    more = needed(at_most(2, n))
    return mint("last row", equal(term, found), [row, column], more=more, named=LAPLACE)


def apart(term: Term) -> tuple[Term, Term]:
    """Return what is wanted for a determinant by pairs: entries of two pairs are 0.

    Of pairs i < l and m < n with i != m; and with l != n.
    """
    if term.op != "pairdet":
        raise Refused(f"{term} is no determinant over pairs")
    count, size = term.args[:2]
    names = fresh_for(term)
    j, i, l, k, m, n = names
    [body] = opened(term, *(name.term for name in names))
    known = [*within(j, 1, count), at_most(1, i.term), at_most(i.term + 1, l.term)]
    known += [at_most(l.term, size), *within(k, 1, count), at_most(1, m.term)]
    known += [at_most(m.term + 1, n.term), at_most(n.term, size)]
    zero = equal(body, number(0))
    first, second = different(i.term, m.term), different(l.term, n.term)
    return every(names, [*known, first], zero), every(names, [*known, second], zero)


def by_pairs(term: Term, first: Theorem, second: Theorem) -> Theorem:
    """Return: the determinant is the product over i < l of those of the blocks of the pairs.

    The theorems say that entries of two different pairs are 0: see :func:`apart`.
    """
    if (first.conclusion, second.conclusion) != apart(term):
        raise Refused("expected that the entries of different pairs are 0")
    count, size = term.args[:2]
    names = fresh_for(term)
    j, i, l, k, m, n = names
    [body] = opened(term, *(name.term for name in names))
    block = array(j, k, count, count, substitute(body, {m: i.term, n: l.term}))
    blocks = product(i, 1, size, product(l, i.term + 1, size, determinant(block)))
    more = [*nonnegative(count), *nonnegative(size)]
    return mint("by pairs", equal(term, blocks), [first, second], more=more, named=BLOCKS)
