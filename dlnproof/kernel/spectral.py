"""Positive semidefinite matrices, their roots, orthogonal matrices and bases made of them."""

from __future__ import annotations

from typing import Final

from dlnproof.kernel.logic import sides
from dlnproof.kernel.terms import (
    INT,
    Symbol,
    Term,
    at_most,
    diagonal,
    entry,
    equal,
    fresh,
    identity,
    integer,
    multiply,
    number,
    orthonormal,
    power,
    psd,
    psd_root,
    total,
    trace,
    transpose,
    unit,
    within,
    zero,
)
from dlnproof.kernel.theorem import Named, Refused, Theorem, mint
from dlnproof.kernel.words import in_range, needed, nonnegative

ROOT: Final = Named(
    "Uniqueness of the positive semidefinite root",
    "Horn and Johnson, Matrix Analysis, 2nd ed., Theorem 7.2.6",
)
"""For every integer n >= 1 a positive semidefinite matrix has exactly one such n-th root."""


def _psd(theorem: Theorem) -> Term:
    if theorem.conclusion.op != "psd":
        raise Refused(f"{theorem.conclusion} does not say that a matrix is positive semidefinite")
    return theorem.conclusion.args[0]


# --- positive semidefinite ------------------------------------------------------------------------


def psd_gram(value: Term) -> Theorem:
    """Return: M^T M is positive semidefinite."""
    return mint("Gram", psd(transpose(value) * value))


def psd_congruence(theorem: Theorem, value: Term) -> Theorem:
    """Return: M A M^T is positive semidefinite, for such an A."""
    a = _psd(theorem)
    return mint("congruence of forms", psd(value * a * transpose(value)), [theorem])


def psd_identity(size: Term | int) -> Theorem:
    """Return: I is positive semidefinite."""
    return mint("psd I", psd(identity(size)))


def psd_zero(size: Term | int) -> Theorem:
    """Return: O is positive semidefinite."""
    return mint("psd O", psd(zero(size)))


def psd_diagonal(theorem: Theorem, v: Symbol, size: Term | int) -> Theorem:
    """Return: diag(f) is positive semidefinite, from 0 <= f(v) for 1 <= v <= size (discharged).

    The index is free in no other hypothesis.
    """
    sentence = theorem.conclusion
    if sentence.op != "<=" or sentence.args[0] != number(0):
        raise Refused(f"{sentence} does not say that an entry is >= 0")
    ranges = frozenset(within(v, 1, size))
    _free_in_none(v, theorem, ranges)
    return mint("psd diagonal", psd(diagonal(v, size, sentence.args[1])), [theorem], less=ranges)


def psd_sum(theorem: Theorem, other: Theorem) -> Theorem:
    """Return: A + B is positive semidefinite, for such A and B."""
    return mint("psd sum", psd(_psd(theorem) + _psd(other)), [theorem, other])


def psd_multiple(factor: Theorem, theorem: Theorem) -> Theorem:
    """Return: c A is positive semidefinite, for such an A and 0 <= c."""
    sentence = factor.conclusion
    if sentence.op != "<=" or sentence.args[0] != number(0):
        raise Refused(f"{sentence} does not say that a number is >= 0")
    return mint("psd multiple", psd(multiply(sentence.args[1], _psd(theorem))), [factor, theorem])


def psd_total(theorem: Theorem, v: Symbol, lo: Term | int, hi: Term | int) -> Theorem:
    """Return: the sum over v = lo, ..., hi of such matrices is positive semidefinite.

    The range of the index is discharged; it is free in no other hypothesis.
    """
    lo, hi = integer(lo), integer(hi)
    ranges = frozenset(within(v, lo, hi))
    _free_in_none(v, theorem, ranges)
    whole = psd(total(v, lo, hi, _psd(theorem)))
    return mint("psd total", whole, [theorem], less=ranges, more=needed(at_most(lo - 1, hi)))


def psd_power(theorem: Theorem, exponent: Term | int) -> Theorem:
    """Return: A^n is positive semidefinite, for such an A and 0 <= n."""
    n = integer(exponent)
    return mint("psd power", psd(power(_psd(theorem), n)), [theorem], more=nonnegative(n))


def symmetric_of(theorem: Theorem) -> Theorem:
    """Return A^T = A, for a positive semidefinite A."""
    a = _psd(theorem)
    return mint("psd symmetric", equal(transpose(a), a), [theorem])


def psd_form(theorem: Theorem, value: Term) -> Theorem:
    """Return 0 <= Tr(M^T A M), for a positive semidefinite A."""
    form = trace(transpose(value) * _psd(theorem) * value)
    return mint("psd form", at_most(number(0), form), [theorem])


def psd_entry(theorem: Theorem, index: Term | int) -> Theorem:
    """Return 0 <= A_ii, for a positive semidefinite A and an index in range."""
    a, i = _psd(theorem), integer(index)
    more = in_range(a.sort.shape[0], i)
    return mint("psd entry", at_most(number(0), entry(a, i, i)), [theorem], more=more)


def _free_in_none(v: Symbol, theorem: Theorem, discharged: frozenset[Term]) -> None:
    for hypothesis in theorem.hypotheses - discharged:
        if v in hypothesis.free:
            raise Refused(f"{v.name} is free in the hypothesis {hypothesis}")


# --- roots ----------------------------------------------------------------------------------------


def root_unique(positive: Theorem, equation: Theorem) -> Theorem:
    """Return root(B, n) = X, for a positive semidefinite X with X^n = B, and 1 <= n."""
    x = _psd(positive)
    left, b = sides(equation)
    if left.op != "^" or left.args[0] != x:
        raise Refused(f"{left} is no power of {x}")
    n = left.args[1]
    sentence = equal(psd_root(b, n), x)
    more = needed(at_most(1, n))
    return mint("root unique", sentence, [positive, equation], more=more, named=ROOT)


def root_power(theorem: Theorem, degree: Term | int) -> Theorem:
    """Return root(B, n)^n = B, for a positive semidefinite B and 1 <= n."""
    b, n = _psd(theorem), integer(degree)
    sentence = equal(power(psd_root(b, n), n), b)
    return mint("root power", sentence, [theorem], more=needed(at_most(1, n)), named=ROOT)


def root_psd(theorem: Theorem, degree: Term | int) -> Theorem:
    """Return: root(B, n) is positive semidefinite, for such a B and 1 <= n."""
    b, n = _psd(theorem), integer(degree)
    more = needed(at_most(1, n))
    return mint("root psd", psd(psd_root(b, n)), [theorem], more=more, named=ROOT)


# --- orthogonal matrices --------------------------------------------------------------------------


def other_inverse(theorem: Theorem) -> Theorem:
    """Return B A = I from A B = I, for square matrices."""
    left, right = sides(theorem)
    if left.op != "*" or left.sort.kind != "matrix":
        raise Refused(f"{left} is no product of matrices")
    a, b = left.args
    size = a.sort.shape[0]
    if b.sort != a.sort or right != identity(size):
        raise Refused(f"{theorem.conclusion} is not A B = I for square matrices")
    return mint("other inverse", equal(b * a, identity(size)), [theorem])


def orthogonal(theorem: Theorem) -> Term:
    """Return the square matrix Q of a theorem Q^T Q = I."""
    left, right = sides(theorem)
    if left.op == "*" and left.args[0] == transpose(left.args[1]):
        q = left.args[1]
        rows, cols = q.sort.shape
        if rows == cols and right == identity(rows):
            return q
    raise Refused(f"{theorem.conclusion} is not Q^T Q = I for a square matrix")


def orthonormal_units(left: Theorem, right: Theorem) -> Theorem:
    """Return: the U unit(i, l) V^T are an orthonormal basis, for orthogonal U and V."""
    u, v = orthogonal(left), orthogonal(right)
    if u.sort != v.sort:
        raise Refused(f"{u} and {v} are of different sizes")
    size, i, l = u.sort.shape[0], fresh(INT), fresh(INT)
    body = u * unit(size, i.term, l.term) * transpose(v)
    return mint("orthonormal units", orthonormal(i, l, size, body), [left, right])
