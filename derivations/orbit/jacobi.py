"""Determinants of the matrices with a + b on the diagonal and -r beside it, r^2 = a b."""

from __future__ import annotations

from functools import cache

from dlnproof.definitions.letters import j, k, n
from dlnproof.kernel.arrays import empty_determinant, entry_of_array, last_row, single_determinant
from dlnproof.kernel.induction import induction
from dlnproof.kernel.logic import (
    assume,
    generalise,
    instance,
    sides,
    specialise,
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


def evaluated(theorem: Theorem, *known: Term) -> Theorem:
    """Make the choices on the right of an equation that are decided by what is known."""
    return settle(transitive(theorem, repeated(sides(theorem)[1], decided, *known)), *known)


def recurrence(matrix: Term) -> Theorem:
    """Return D_m = f(m, m) D_{m-1} - f(m - 1, m) f(m, m - 1) D_{m-2}, its choices made."""
    size = matrix.args[0]
    at = fresh(INT)
    zeros = []
    for row, col in ((size, at.term), (at.term, size)):
        [value] = opened(matrix, row, col)
        known = (at_most(1, at.term), at_most(at.term, size - 2))
        zero = settle(repeated(value, decided, *known, at_most(2, size)), *known, at_most(2, size))
        zeros.append(generalise(zero, at, *known))
    return evaluated(last_row(determinant(matrix), *zeros), at_most(2, size))


def _sequence(one: Term, other: Term) -> Theorem:
    """Return D_{n+1} = a D_n + b^(n+1) for each 0 <= n, with a and b in either order."""
    d0, d1 = determinant(jacobi(M)), determinant(jacobi(M + 1))
    sentence = equal(d1, one * d0 + power(other, M + 1))
    at_zero = {n: M * 0}
    first = single_determinant(substitute(d1, at_zero))
    first = evaluated(transitive(first, entry_of_array(jacobi(1), 1, 1)))
    nothing = empty_determinant(substitute(d0, at_zero))
    base = field(*substitute(sentence, at_zero).args, (number(1), first), (-one, nothing))
    raised = power_of_sum(other, M + 1, 1)
    powers = (power(other, M + 1), power(other, M + 2))
    step = field_in(
        powers,
        *substitute(sentence, {n: M + 1}).args,
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
    one, other = (specialise(t, M) for t in (_sequence(a, b), _sequence(b, a)))
    goal = (a - b) * determinant(jacobi(M)), power(a, M + 1) - power(b, M + 1)
    powers = (power(a, M + 1), power(b, M + 1))
    found = field_in(powers, *goal, (number(1), other), (number(-1), one))
    return generalise(found, n, at_most(0, M))


@cache
def coincident() -> Theorem:
    """Return D_n = (n + 1) a^n for each 0 <= n, for b = a."""
    steps = specialise(instance(_sequence(a, b), {b.data: a}), M)
    at = determinant(substitute(jacobi(M), {b.data: a}))
    sentence = equal(at, number(M + 1) * power(a, M))
    zero = {n: M * 0}
    base = field(
        *substitute(sentence, zero).args, (number(1), empty_determinant(substitute(at, zero)))
    )
    raised = power_of_sum(a, M, 1)
    step = field_in(
        (power(a, M), power(a, M + 1)),
        *substitute(sentence, {n: M + 1}).args,
        (number(1), steps),
        (a, assume(sentence)),
        (-number(M + 1), raised),
    )
    known = at_most(0, M)
    return induction(n, sentence, base, settle(step, known, sentence), start=0)
