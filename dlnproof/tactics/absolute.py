"""Absolute values, which are roots of squares; and what squares say of numbers."""

from __future__ import annotations

from dlnproof.kernel.logic import absurd, assume, cases, contradiction, cut
from dlnproof.kernel.numbers import field, field_in
from dlnproof.kernel.signs import (
    apart,
    certificate,
    decided,
    power_nonnegative,
    stricter,
    turned,
    unique_root,
    weaker,
)
from dlnproof.kernel.terms import Term, at_most, different, equal, less, number, power, root
from dlnproof.kernel.theorem import Theorem

ZERO = number(0)


def absolute(x: Term) -> Term:
    """Return |x|, the root of x^2."""
    return root(power(x, 2))


def square_nonnegative(x: Term) -> Theorem:
    """Return 0 <= x^2."""
    return certificate(at_most(ZERO, power(x, 2)), [[x]], (), [x])


def absolute_nonnegative(x: Term) -> Theorem:
    """Return 0 <= |x|."""
    return power_nonnegative(square_nonnegative(x), root(x).args[1])


def absolute_squared(x: Term) -> Theorem:
    """Return |x|^2 = x^2."""
    square = power(x, 2)
    found = field_in([square], power(absolute(x), 2), square)
    return cut(found, square_nonnegative(x)) if found.hypotheses else found


def absolute_of_nonnegative(above: Theorem) -> Theorem:
    """Return |x| = x from 0 <= x."""
    x = above.conclusion.args[1]
    return unique_root(above, field(power(x, 2), power(x, 2)))


def absolute_of_negative(below: Theorem) -> Theorem:
    """Return |x| = -x from x <= 0."""
    x = below.conclusion.args[0]
    above = certificate(at_most(ZERO, -x), [[below]], (), [x])
    return unique_root(above, field_in([x], power(-x, 2), power(x, 2)))


def below_absolute(x: Term, sign: int) -> Theorem:
    """Return x <= |x|, or -x <= |x|."""
    value, size = (x if sign > 0 else -x), absolute(x)
    goal, letters = at_most(value, size), [x, size]
    above, below = assume(at_most(ZERO, x)), assume(less(x, ZERO))
    one = absolute_of_nonnegative(above)
    other = absolute_of_negative(weaker(below))
    first: list[list[Theorem | int]] = [] if sign > 0 else [[above, 2]]
    second: list[list[Theorem | int]] = [] if sign < 0 else [[below, 2]]
    return cases(
        certificate(goal, first, [(number(1), one)], letters),
        certificate(goal, second, [(number(1), other)], letters),
        on=(above.conclusion, below.conclusion),
    )


def triangle(a: Term, b: Term) -> Theorem:
    """Return |a + b| <= |a| + |b|."""
    size, letters = absolute(a + b), [a, b, absolute(a), absolute(b), absolute(a + b)]
    goal = at_most(size, absolute(a) + absolute(b))
    above, below = assume(at_most(ZERO, a + b)), assume(less(a + b, ZERO))
    one = absolute_of_nonnegative(above)
    other = absolute_of_negative(weaker(below))
    first = [[below_absolute(a, 1)], [below_absolute(b, 1)]]
    second = [[below_absolute(a, -1)], [below_absolute(b, -1)]]
    return cases(
        certificate(goal, first, [(number(-1), one)], letters),
        certificate(goal, second, [(number(-1), other)], letters),
        on=(above.conclusion, below.conclusion),
    )


def absolute_of_product(a: Term, b: Term) -> Theorem:
    """Return |a b| = |a| |b|."""
    one, other = absolute_nonnegative(a), absolute_nonnegative(b)
    whole = absolute(a) * absolute(b)
    above = certificate(at_most(ZERO, whole), [[one, other]], (), [absolute(a), absolute(b)])
    squared = field_in(
        [a, b, absolute(a), absolute(b)],
        power(whole, 2),
        power(a * b, 2),
        (power(absolute(b), 2), absolute_squared(a)),
        (power(a, 2), absolute_squared(b)),
    )
    return unique_root(above, squared)


def zero_of_square(theorem: Theorem) -> Theorem:
    """Return x = 0 from x^2 = 0."""
    x = theorem.conclusion.args[0].args[0]
    distinct = assume(different(x, ZERO))
    wrong = certificate(less(ZERO, ZERO), [[distinct]], [(number(-1), theorem)], [x])
    false = absurd(wrong, decided(at_most(ZERO, ZERO)))
    return contradiction(false, equal(x, ZERO))


def positive_factor(above: Theorem, other: Term, one: Theorem) -> Theorem:
    """Return 0 < x from 0 <= x and x y = 1."""
    x = above.conclusion.args[1]
    wrong = field_in(
        [x, other], number(1), ZERO, (number(-1), one), (other, assume(equal(x, ZERO)))
    )
    false = absurd(wrong, decided(different(number(1), ZERO)))
    return stricter(above, turned(contradiction(false, different(x, ZERO))))


def nonzero(above: Theorem) -> Theorem:
    """Return x != 0 from 0 < x."""
    return apart(above)
