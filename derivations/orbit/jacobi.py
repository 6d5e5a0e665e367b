"""Determinants of the matrices with a + b on the diagonal and -r beside it, r^2 = a b."""

from __future__ import annotations

from functools import cache

from dlnproof.definitions.letters import j, k, n
from dlnproof.kernel import signs
from dlnproof.kernel.arrays import empty_determinant, entry_of_array, last_row, single_determinant
from dlnproof.kernel.induction import induction
from dlnproof.kernel.logic import (
    assume,
    generalise,
    instance,
    rewrite,
    sides,
    specialise,
    symmetric,
    transitive,
)
from dlnproof.kernel.numbers import field, field_in, power_of_sum
from dlnproof.kernel.terms import (
    INT,
    REAL,
    Term,
    array,
    at_most,
    choose,
    determinant,
    equal,
    fresh,
    number,
    opened,
    positive,
    power,
    substitute,
    variable,
)
from dlnproof.kernel.theorem import Theorem
from dlnproof.tactics.rewriting import decided, repeated
from dlnproof.tactics.settle import settle

a, b, r = (variable(name, REAL).term for name in "abr")
SQUARE = equal(r * r, a * b)
J, K, M = j.term, k.term, n.term


def beside(row: Term, col: Term, here: Term, by: Term) -> Term:
    """Return an entry of a tridiagonal matrix: on its diagonal, beside it, and elsewhere 0."""
    after = choose(equal(row + 1, col), by, choose(equal(row, col + 1), by, number(0)))
    return choose(equal(row, col), here, after)


def jacobi(size: Term | int) -> Term:
    """Return the matrix with a + b on the diagonal, and -r beside it."""
    return array(j, k, size, size, beside(J, K, a + b, -r))


def cornered(size: Term | int) -> Term:
    """Return the matrix with 2(a + b) on the diagonal, but a + b first, and -2r beside it."""
    here = choose(equal(J, 1), a + b, 2 * (a + b))
    return array(j, k, size, size, beside(J, K, here, -(2 * r)))


def evaluated(theorem: Theorem, *known: Term) -> Theorem:
    """Make the choices on the right of an equation that are decided by what is known."""
    return settle(transitive(theorem, repeated(sides(theorem)[1], decided, *known)), *known)


def recurrence(matrix: Term, *known_: Term) -> Theorem:
    """Return D_m = f(m, m) D_{m-1} - f(m - 1, m) f(m, m - 1) D_{m-2}, its choices made."""
    size = matrix.args[0]
    at = fresh(INT)
    zeros = []
    for row, col in ((size, at.term), (at.term, size)):
        [value] = opened(matrix, row, col)
        known = (at_most(1, at.term), at_most(at.term, size - 2))
        facts = (*known, *known_, at_most(2, size))
        zero = settle(repeated(value, decided, *facts), *facts)
        zeros.append(generalise(zero, at, *known))
    return evaluated(last_row(determinant(matrix), *zeros), *known_, at_most(2, size))


def sequence(one: Term, other: Term) -> Theorem:
    """Return D_{n+1} = a D_n + b^(n+1) for each 0 <= n, with a and b in either order."""
    d0, d1 = determinant(jacobi(M)), determinant(jacobi(M + 1))
    sentence = equal(d1, one * d0 + power(other, M + 1))
    at_zero = {n: M * 0}
    first = single_determinant(substitute(d1, at_zero))
    first = evaluated(transitive(first, entry_of_array(jacobi(1), 1, 1)))
    nothing = empty_determinant(substitute(d0, at_zero))
    left, right = substitute(sentence, at_zero).args
    base = field(left, right, (number(1), first), (-one, nothing))
    raised = power_of_sum(other, M + 1, 1)
    left, right = substitute(sentence, {n: M + 1}).args
    powers = (power(other, M + 1), power(other, M + 2))
    step = field_in(
        powers,
        left,
        right,
        (number(1), recurrence(jacobi(M + 2))),
        (other, assume(sentence)),
        (-d0, assume(SQUARE)),
        (number(-1), raised),
    )
    known = at_most(0, M)
    return induction(n, sentence, base, settle(step, known, sentence, SQUARE), start=0)


@cache
def closed_form() -> Theorem:
    """Return (a - b) D_n = a^(n+1) - b^(n+1) for each 0 <= n."""
    one, other = (specialise(t, M) for t in (sequence(a, b), sequence(b, a)))
    left, right = (a - b) * determinant(jacobi(M)), power(a, M + 1) - power(b, M + 1)
    powers = (power(a, M + 1), power(b, M + 1))
    found = field_in(powers, left, right, (number(1), other), (number(-1), one))
    return generalise(found, n, at_most(0, M))


@cache
def coincident() -> Theorem:
    """Return D_n = (n + 1) a^n for each 0 <= n, for b = a."""
    steps = specialise(instance(sequence(a, b), {b.data: a}), M)
    at = determinant(substitute(jacobi(M), {b.data: a}))
    sentence = equal(at, number(M + 1) * power(a, M))
    zero = {n: M * 0}
    left, right = substitute(sentence, zero).args
    base = field(left, right, (number(1), empty_determinant(substitute(at, zero))))
    raised = power_of_sum(a, M, 1)
    left, right = substitute(sentence, {n: M + 1}).args
    step = field_in(
        (power(a, M), power(a, M + 1)),
        left,
        right,
        (number(1), steps),
        (a, assume(sentence)),
        (-number(M + 1), raised),
    )
    known = at_most(0, M)
    return induction(n, sentence, base, settle(step, known, sentence), start=0)


def _cornered_sequence(one: Term, other: Term) -> Theorem:
    """Return P_{n+1} = 2a P_n + (b - a) (2b)^n for each 0 <= n, with a and b in either order."""
    p0, p1 = determinant(cornered(M)), determinant(cornered(M + 1))
    sentence = equal(p1, 2 * one * p0 + (other - one) * power(2 * other, M))
    at_zero = {n: M * 0}
    first = single_determinant(substitute(p1, at_zero))
    first = evaluated(transitive(first, entry_of_array(cornered(1), 1, 1)))
    nothing = empty_determinant(substitute(p0, at_zero))
    left, right = substitute(sentence, at_zero).args
    base = field(left, right, (number(1), first), (-2 * one, nothing))
    raised = power_of_sum(2 * other, M, 1)
    left, right = substitute(sentence, {n: M + 1}).args
    step = field_in(
        (power(2 * other, M), power(2 * other, M + 1)),
        left,
        right,
        (number(1), recurrence(cornered(M + 2), at_most(0, M))),
        (2 * other, assume(sentence)),
        (-4 * p0, assume(SQUARE)),
        (-(other - one), raised),
    )
    known = at_most(0, M)
    return induction(n, sentence, base, settle(step, known, sentence, SQUARE), start=0)


def two_corners(size: Term) -> Term:
    """Return the matrix with 2(a + b) on the diagonal, a + b in both corners, and -2r beside it."""
    inner = choose(equal(J, size), a + b, 2 * (a + b))
    return array(j, k, size, size, beside(J, K, choose(equal(J, 1), a + b, inner), -(2 * r)))


@cache
def corners() -> Theorem:
    """Return 2 D = (a - b) ((2a)^n - (2b)^n) for the matrix of size n + 1, for each 1 <= n."""
    matrix, known = two_corners(M + 1), at_most(1, M)
    told = settle(recurrence(matrix, known), known)
    one, other = (
        specialise(t, M - 1) for t in (_cornered_sequence(a, b), _cornered_sequence(b, a))
    )
    whole = determinant(matrix)
    raised = [power_of_sum(2 * x, M - 1, 1) for x in (a, b)]
    powers = [power(2 * x, M - 1) for x in (a, b)] + [power(2 * x, M) for x in (a, b)]
    smallest = sides(told)[1].args[1].args[1]
    # (a + b) P_n - 4 r^2 P_{n-1} = a (P_n - 2 b P_{n-1}) + b (P_n - 2 a P_{n-1})
    found = field_in(
        powers,
        2 * whole,
        (a - b) * (powers[2] - powers[3]),
        (number(2), told),
        (2 * b, one),
        (2 * a, other),
        (-8 * smallest, assume(SQUARE)),
        (-(a - b), raised[0]),
        (a - b, raised[1]),
    )
    return generalise(settle(found, known, SQUARE), n, known)


@cache
def positive_determinants() -> Theorem:
    """Return 0 < D_n for each 0 <= n, for a, b > 0: of D_{n+1} = a D_n + b^(n+1)."""
    det = determinant(jacobi(M))
    sentence, above = positive(det), (positive(a), positive(b))
    one = symmetric(empty_determinant(substitute(det, {n: M * 0})))
    base = rewrite(signs.decided(positive(number(1))), one)
    raised = signs.power_positive(assume(above[1]), M + 1)
    told = specialise(sequence(a, b), M)
    after = signs.certificate(
        positive(sides(told)[0]),
        [[assume(above[0]), assume(sentence)], [raised]],
        [(number(1), told)],
    )
    known = at_most(0, M)
    return induction(n, sentence, base, settle(after, known, sentence, *above, SQUARE), start=0)
