"""Powers and roots of Q diag(f) Q^T for orthogonal Q, and the geometric sum.

Nothing here is trusted: every step is a rule of the kernel.
"""

from __future__ import annotations

from collections.abc import Callable

from dlnproof.kernel.entries import diagonals
from dlnproof.kernel.logic import assume, sides, specialise, symmetric, transitive
from dlnproof.kernel.numbers import field, field_in, power_of_sum, zeroth_power
from dlnproof.kernel.ranges import linear_image, telescope
from dlnproof.kernel.spectral import (
    orthogonal,
    other_inverse,
    psd_congruence,
    psd_diagonal,
    root_unique,
)
from dlnproof.kernel.terms import (
    INT,
    REAL,
    Term,
    at_most,
    each,
    fresh,
    fresh_for,
    integer,
    multiply,
    number,
    power,
    total,
    transpose,
)
from dlnproof.kernel.theorem import Theorem
from dlnproof.kernel.words import slide, words
from dlnproof.tactics.equations import body, changed, inside, then


def conjugate(q: Term, middle: Term) -> Term:
    """Return Q M Q^T."""
    return q * middle * transpose(q)


def conjugate_power(given: Theorem, middle: Term, exponent: Term | int) -> Theorem:
    """Return (Q M Q^T)^n = Q M^n Q^T, from Q^T Q = I, for 0 <= n."""
    q, n = orthogonal(given), integer(exponent)
    other = other_inverse(given)
    right = middle * transpose(q)
    moved = then(slide(q, right, n), words(right * q, middle, (middle, given, None)))
    powers = changed(conjugate(q, middle) ** n, words(conjugate(q, middle), q * right))
    block = (q * right) ** n
    last = words(
        block,
        conjugate(q, middle**n),
        (block, symmetric(other), None),
        (None, moved, transpose(q)),
    )
    return transitive(powers, last)


def thin_power(given: Theorem, middle: Term, exponent: Term | int) -> Theorem:
    """Return (Q M Q^T)^n = Q M^n Q^T, from Q^T Q = I, for 1 <= n: Q may be no square."""
    q, n = sides(given)[0].args[1], integer(exponent)
    turns = middle * transpose(q)
    passing = then(slide(q, turns, n - 1), words(turns * q, middle, (middle, given, None)))
    return words(conjugate(q, middle) ** n, conjugate(q, middle**n), (None, passing, turns))


def root_of(
    given: Theorem,
    equation: Theorem,
    entries: Term,
    degree: Term,
    told: Callable[[Term, Term], Theorem] = field,
    *,
    power_of: Callable[[Theorem, Term, Term], Theorem] = conjugate_power,
) -> Theorem:
    """Return root(B, n) = Q diag(f) Q^T, from B = Q diag(b) Q^T where f^n = b, 0 <= f.

    That 0 <= f(k), what f(k)^n = b(k) needs, for all k, and 1 <= n stay as hypotheses. The last
    equation is found by ``told``. Q is orthogonal, or with ``thin_power`` has orthonormal columns.
    """
    q, target = sides(equation)[1].args[0].args
    size, k = entries.args[0], fresh(INT)
    signed = each(k, 1, size, at_most(number(0), body(entries, k.term)))
    definite = psd_congruence(psd_diagonal(specialise(assume(signed), k.term), k, size), q)
    powers = diagonals(entries**degree)
    scope = sides(powers)[1]
    each_power = inside(scope, lambda k: told(body(scope, k), body(target, k)))
    conjugated = then(power_of(given, entries, degree), powers, each_power)
    return root_unique(definite, transitive(conjugated, symmetric(equation)))


def gram(given: Theorem, left: Term, middle: Term) -> Theorem:
    """Return (L M Q^T)(L M Q^T)^T = L M M^T L^T, from Q^T Q = I."""
    q = orthogonal(given)
    whole = left * middle * transpose(q)
    squared = left * (middle * transpose(middle)) * transpose(left)
    return words(
        whole * transpose(whole),
        squared,
        (left * middle, given, transpose(middle) * transpose(left)),
    )


def geometric(a: Term, b: Term, n: Term) -> Theorem:
    """Return (a - b) sum_j a^(n-j) b^(j-1) = a^n - b^n, for any a and b, and 0 <= n."""
    j = fresh(INT)
    whole = total(j, 1, n, power(a, n - j.term) * power(b, j.term - 1))
    x = fresh(REAL)
    pulled = linear_image(whole, x, (a - b) * x.term)

    def step(index: Term) -> Theorem:
        """(a - b) a^(n-j) b^(j-1) = a^(n+1-j) b^(j-1) - a^(n-j) b^j."""
        up, down = power(a, n - index), power(b, index - 1)
        more, less = power(a, n - index + 1), power(b, index)
        one, other = power_of_sum(a, n - index, 1), power_of_sum(b, index - 1, 1)
        letters = (a, b, up, down, more, less)
        parts = ((-down, one), (up, other))
        return field_in(letters, (a - b) * (up * down), more * down - up * less, *parts)

    scope = sides(pulled)[1]
    steps = inside(scope, step, at_most(0, n))
    told = transitive(pulled, steps, telescope(sides(steps)[1]))
    first, last = power(a, n), power(b, n)
    ends = [zeroth_power(a), zeroth_power(b)]
    letters = (first, last, *(sides(end)[0] for end in ends))
    whole_ = sides(told)[1]
    return transitive(
        told, field_in(letters, whole_, first - last, (-last, ends[0]), (first, ends[1]))
    )


def pulled_out(whole: Term) -> Theorem:
    """Return sum_k c(k) M = (sum_k c(k)) M, for a matrix or number M free of the index."""
    [v] = fresh_for(whole)
    coefficient, matrix = body(whole, v.term).args
    lo, hi = whole.args[:2]
    x = fresh(REAL)
    image = multiply(x.term, matrix)
    return symmetric(linear_image(total(v, lo, hi, coefficient), x, image))
