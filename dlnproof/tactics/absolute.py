"""Absolute values, which are roots of squares; and what squares say of numbers."""

from __future__ import annotations

from dlnproof.kernel.logic import absurd, assume, cases, contradiction, cut, reflexive
from dlnproof.kernel.numbers import field_in
from dlnproof.kernel.signs import (
    certificate,
    chain,
    decided,
    power_monotone,
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
    return unique_root(above, reflexive(power(x, 2)))


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


def below_by_squares(squares: Theorem, above: Theorem) -> Theorem:
    """Return a <= b from a^2 <= b^2 and 0 <= b."""
    a = squares.conclusion.args[0].args[0]
    roots = power_monotone(square_nonnegative(a), squares, absolute(a).args[1])
    return chain(below_absolute(a, 1), roots, absolute_of_nonnegative(above))


def length(x: Term, y: Term) -> Term:
    """Return the root of x^2 + y^2."""
    return root(power(x, 2) + power(y, 2))


def length_nonnegative(x: Term, y: Term) -> Theorem:
    """Return 0 <= root(x^2 + y^2)."""
    return power_nonnegative(_sum_of_squares(x, y), length(x, y).args[1])


def length_squared(x: Term, y: Term) -> Theorem:
    """Return root(x^2 + y^2)^2 = x^2 + y^2."""
    sum_ = power(x, 2) + power(y, 2)
    return cut(field_in([sum_], power(length(x, y), 2), sum_), _sum_of_squares(x, y))


def _sum_of_squares(x: Term, y: Term) -> Theorem:
    return certificate(at_most(ZERO, power(x, 2) + power(y, 2)), [[x], [y]], (), [x, y])


def triangle_of_lengths(x: tuple[Term, Term], y: tuple[Term, Term]) -> Theorem:
    """Return |x + y| <= |x| + |y| for two vectors with two coordinates: their lengths."""
    (a, b), (c, d) = x, y
    r, s = length(a, b), length(c, d)
    one, other = length_nonnegative(a, b), length_nonnegative(c, d)
    letters = [a, b, c, d, r, s]
    squared = [length_squared(a, b), length_squared(c, d)]
    both = certificate(at_most(ZERO, r * s), [[one, other]], (), [r, s])
    cauchy = certificate(
        at_most(power(a * c + b * d, 2), power(r * s, 2)),
        [[a * d - b * c]],
        [(power(s, 2), squared[0]), (power(a, 2) + power(b, 2), squared[1])],
        letters,
    )
    mixed = below_by_squares(cauchy, both)
    sum_ = power(a + c, 2) + power(b + d, 2)
    below = certificate(
        at_most(sum_, power(r + s, 2)),
        [[2, mixed]],
        [(number(1), squared[0]), (number(1), squared[1])],
        letters,
    )
    above = certificate(at_most(ZERO, r + s), [[one], [other]], (), [r, s])
    whole = power_monotone(_sum_of_squares(a + c, b + d), below, root(sum_).args[1])
    return chain(whole, absolute_of_nonnegative(above))


def zero_of_square(theorem: Theorem) -> Theorem:
    """Return x = 0 from x^2 = 0."""
    x = theorem.conclusion.args[0].args[0]
    distinct = assume(different(x, ZERO))
    wrong = certificate(less(ZERO, ZERO), [[distinct]], [(number(-1), theorem)], [x])
    false = absurd(wrong, decided(at_most(ZERO, ZERO)))
    return contradiction(false, equal(x, ZERO))


def positive_factor(above: Theorem, whole: Theorem) -> Theorem:
    """Return 0 < x from 0 <= x and 0 < x y."""
    x, (one, other) = above.conclusion.args[1], whole.conclusion.args[1].args
    rest = other if one == x else one
    zero = assume(equal(x, ZERO))
    wrong = certificate(less(ZERO, ZERO), [[whole]], [(-rest, zero)], [x, rest])
    false = absurd(wrong, decided(at_most(ZERO, ZERO)))
    return stricter(above, turned(contradiction(false, different(x, ZERO))))
