"""Sequences: powers of what is less than 1 tend to 0."""

from __future__ import annotations

from dlnproof.kernel.indices import indices
from dlnproof.kernel.induction import induction
from dlnproof.kernel.limits import (
    INFINITY,
    limit_constant,
    limit_product,
    limit_reciprocal,
    squeeze,
)
from dlnproof.kernel.logic import assume, specialise, transitive
from dlnproof.kernel.numbers import field, field_in, power_of_sum, zeroth_power
from dlnproof.kernel.signs import certificate, positive_integer
from dlnproof.kernel.terms import (
    Symbol,
    Term,
    at_most,
    equal,
    integer,
    less,
    number,
    power,
)
from dlnproof.kernel.theorem import Theorem
from dlnproof.tactics.absolute import (
    absolute,
    absolute_nonnegative,
    absolute_of_nonnegative,
    absolute_of_product,
    below_absolute,
)
from dlnproof.tactics.equations import changed, valued
from dlnproof.tactics.settle import proved, settle

ONE, ZERO = number(1), number(0)


def next_power(x: Term, n: Term) -> Theorem:
    """Return x^(n+1) = x^n x, for 0 <= n."""
    found = power_of_sum(x, n, 1)
    whole, once = power(x, n), power(x, 1)
    last = field_in([x, whole], whole * once, whole * x)
    return transitive(found, last)


def absolute_of_power(x: Term, n: Symbol) -> Theorem:
    """Return |x^n| = |x|^n for all 0 <= n."""
    size = absolute(x)
    sentence = equal(absolute(power(x, n.term)), power(size, n.term))
    here, above = zeroth_power(x), zeroth_power(size)
    ones = changed(absolute(power(x, 0)), here)
    unit = absolute_of_nonnegative(proved(at_most(ZERO, ONE)))
    base = field_in(
        [absolute(power(x, 0)), absolute(ONE), power(size, 0)],
        absolute(power(x, 0)),
        power(size, 0),
        (ONE, ones),
        (ONE, unit),
        (-ONE, above),
    )
    known = assume(sentence)
    later = changed(absolute(power(x, n.term + 1)), next_power(x, n.term))
    both = absolute_of_product(power(x, n.term), x)
    powers = [power(x, n.term), power(x, n.term + 1), power(x, n.term) * x]
    letters = [size, power(size, n.term), power(size, n.term + 1), *map(absolute, powers)]
    step = field_in(
        letters,
        absolute(power(x, n.term + 1)),
        power(size, n.term + 1),
        (ONE, later),
        (ONE, both),
        (size, known),
        (-ONE, next_power(size, n.term)),
    )
    return induction(n, sentence, base, step, start=0)


def bernoulli(h: Term, n: Symbol, above: Theorem) -> Theorem:
    """Return h^n (1 + n (1 - h)) <= 1 for all 0 <= n, from 0 <= h."""
    whole = power(h, n.term)
    sentence = at_most(whole * (1 + n.term * (1 - h)), ONE)
    first = power(h, 0) * (1 + number(integer(0)) * (1 - h))
    base = certificate(at_most(first, ONE), [], [(-ONE, zeroth_power(h))], [h])
    later = power(h, n.term + 1)
    goal = at_most(later * (1 + number(n.term + 1) * (1 - h)), ONE)
    factor = 1 + number(n.term + 1) * (1 - h)
    power_above = proved(at_most(ZERO, whole), above, at_most(0, n.term))
    natural = proved(at_most(ZERO, number(n.term + 1)), at_most(0, n.term))
    step = certificate(
        goal,
        [[assume(sentence)], [power_above, natural, 1 - h]],
        [(-factor, next_power(h, n.term))],
        [h, whole, later],
    )
    return induction(n, sentence, base, settle(step, at_most(0, n.term), above), start=0)


def powers_vanish(x: Term, n: Symbol, size: Theorem) -> Theorem:
    """Return x^n -> 0 as n -> infinity, from |x| < 1."""
    h, at_n = absolute(x), n.term
    one_or_more = at_most(1, at_n)
    rest = 1 - h
    gap = certificate(less(ZERO, rest), [[size]], (), [h])
    natural = indices(at_most(0, at_n), one_or_more)
    whole = power(h, at_n)
    bounded = specialise(bernoulli(h, n, absolute_nonnegative(x)), at_n)
    bounded = settle(bounded, natural)
    positive = positive_integer(assume(one_or_more))
    power_above = proved(at_most(ZERO, whole), absolute_nonnegative(x), natural)
    inverse_n = proved(less(ZERO, 1 / number(at_n)), positive)
    inverse = proved(less(ZERO, 1 / rest), gap)
    bound = (1 / rest) * (1 / number(at_n))
    below = settle(
        certificate(
            at_most(whole, bound),
            [[inverse, inverse_n, bounded], [inverse, inverse_n, power_above]],
            [],
            [h, whole],
        ),
        positive,
        gap,
    )
    same = settle(specialise(absolute_of_power(x, n), at_n), natural)
    high = certificate(
        at_most(power(x, at_n), bound),
        [[below_absolute(power(x, at_n), 1)], [below]],
        [(-ONE, same)],
        [h, whole, bound, power(x, at_n), absolute(power(x, at_n))],
    )
    low = certificate(
        at_most(-bound, power(x, at_n)),
        [[below_absolute(power(x, at_n), -1)], [below]],
        [(-ONE, same)],
        [h, whole, bound, power(x, at_n), absolute(power(x, at_n))],
    )
    to_zero = limit_product(limit_constant(INFINITY, 1 / rest), limit_reciprocal())
    to_zero = valued(to_zero, settle(field_in([h], to_zero.conclusion.args[0], ZERO), gap))
    negative = limit_product(limit_constant(INFINITY, number(-1)), to_zero)
    negative = valued(negative, field(negative.conclusion.args[0], ZERO))
    return squeeze(low, high, [negative, to_zero], n, 1)
