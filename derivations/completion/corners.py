"""The density of the metric at 2 x 2 matrices, and how it changes with the singular values."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

from dlnproof.definitions.hypotheses import DEPTH
from dlnproof.definitions.letters import N, W, d, e, i, k, l, sigma
from dlnproof.definitions.small import ORTHOGONAL_2, density, r_1, r_2, s_1, s_2, through
from dlnproof.kernel.limits import (
    ZERO,
    limit_congruence,
    limit_constant,
    limit_difference,
    limit_power,
    limit_product,
    limit_quotient,
)
from dlnproof.kernel.logic import (
    assume,
    cases,
    cut,
    generalise,
    instance,
    negation,
    reflexive,
    rewrite,
    sides,
    symmetric,
    transitive,
    unfold,
)
from dlnproof.kernel.numbers import field
from dlnproof.kernel.ranges import bottom, chosen, reverse, sum_of_sums
from dlnproof.kernel.signs import (
    as_numbers,
    certificate,
    chain,
    power_antitone,
    power_monotone,
    sum_monotone,
    weaker,
)
from dlnproof.kernel.terms import (
    INT,
    REAL,
    Family,
    Symbol,
    Term,
    at_most,
    choose,
    different,
    equal,
    fresh,
    integer,
    less,
    number,
    opened,
    positive,
    substitute,
    total,
    variable,
    within,
)
from dlnproof.kernel.theorem import Theorem
from dlnproof.tactics.equations import body, changed, inside, then, valued
from dlnproof.tactics.rewriting import Known
from dlnproof.tactics.settle import proved, settle
from dlnproof.tactics.small import written_out
from dlnproof.tactics.spectra import geometric

from ..metric import metric_diagonalization
from ..volume import volume_form

S, T, E = s_1.term, s_2.term, e.term
GIVEN = (*DEPTH, *ORTHOGONAL_2)
POSITIVE = (positive(S), positive(T))
CHOICE = choose(equal(k.term, 1), S, T)
PUT: dict[Symbol, Term | Family] = {
    d.data: integer(2),
    sigma: Family((k,), CHOICE),
    W.data: through(S, T),
}


def positive_values() -> Theorem:
    """Return: each of sigma_1, sigma_2 is positive."""
    found = []
    condition = CHOICE.args[0]
    for case, value in ((condition, S), (negation(condition), T)):
        told = symmetric(chosen(CHOICE, assume(case)))
        found.append(rewrite(assume(positive(value)), told))
    both = cases(*found, on=(condition, negation(condition)))
    return generalise(both, k, *within(k, 1, 2))


@cache
def density_by_eigenvalue() -> Theorem:
    """Return the density as (sigma_1^(1/N) / sigma_1) (sigma_2^(1/N) / sigma_2) / lambda_12."""
    told = volume_form.metric_root()
    off = volume_form.OFF_DIAGONAL
    entry = symmetric(metric_diagonalization.entry_value())

    def row(v: Term) -> Theorem:
        return inside(
            body(off, v),
            lambda w: instance(entry, {i: v, l: w}),
            *volume_form.GIVEN,
            *within(v.data, 1, d),
        )

    told = then(told, inside(off, row, *volume_form.GIVEN))
    small = written_out(instance(told, PUT))
    known: Known = (*GIVEN, *POSITIVE, positive_values(), reflexive(through(S, T)))
    small = settle(small, *known)
    return transitive(unfold(density(S, T)), small)


A, B = S ** (2 / N), T ** (2 / N)
J = fresh(INT)
SUM = total(J, 1, N, A ** (N - J.term) * B ** (J.term - 1))
"""N lambda_12, with a = sigma_1^(2/N), b = sigma_2^(2/N)."""


def fall(x: Term) -> Term:
    """Return x^(-(1 - 1/N))."""
    return x**-GAP


GAP = 1 - 1 / N


@cache
def density_by_powers() -> Theorem:
    """Return the density as sigma_1^(-(1-1/N)) sigma_2^(-(1-1/N)) N / sum_j a^(N-j) b^(j-1)."""
    told = density_by_eigenvalue()
    [whole] = [x for x in sides(told)[1].parts() if x.op == "sum"]
    summed = inside(whole, lambda j: field(body(whole, j), body(SUM, j)), *GIVEN, *POSITIVE)
    told = then(told, summed)
    value = fall(S) * fall(T) * (N / SUM)
    return settle(transitive(told, field(sides(told)[1], value)), *GIVEN, *POSITIVE)


@cache
def density_value() -> Theorem:
    """Return the density where the singular values differ."""
    told = density_by_powers()
    value = fall(S) * fall(T) * (N * (A - B) / (S**2 - T**2))
    summed = settle(geometric(A, B, N), *GIVEN, *POSITIVE)
    part = field(SUM, (S**2 - T**2) / (A - B), (1 / (A - B), summed))
    told = then(told, part)
    told = transitive(told, field(sides(told)[1], value))
    return settle(told, *GIVEN, *POSITIVE, different(S, T))


@cache
def leading() -> Theorem:
    """Return sigma_2^(1-1/N) density -> N sigma_1^(3/N-3) as sigma_2 -> 0."""
    told = instance(density_value(), {s_2: E})
    factor = E**GAP
    constant = N * S ** (1 / N - 1)
    a, b = S ** (2 / N), E ** (2 / N)
    rest = constant * ((a - b) / (S**2 - E**2))
    near = (positive(E), less(E, S), positive(S))
    equation = changed(factor * sides(told)[0], told)
    equation = settle(transitive(equation, field(sides(equation)[1], rest)), *GIVEN, *near)
    up = limit_difference(limit_constant(ZERO, a), limit_power(2 / N))
    down = limit_difference(limit_constant(ZERO, S**2), limit_power(integer(2)))
    found = limit_product(limit_constant(ZERO, constant), limit_quotient(up, down))
    found = limit_congruence(found, symmetric(equation), e, S)
    value = found.conclusion.args[0]
    found = valued(found, field(value, N * S ** (3 / N - 3)))
    return settle(found, *GIVEN, positive(S))


def singular() -> Theorem:
    """Return 1 / density -> 0 as sigma_2 -> 0, for 2 <= N."""
    found = limit_quotient(limit_power(GAP), leading())
    [quotient] = opened(found.conclusion, E)
    whole = sides(instance(density_value(), {s_2: E}))[0]
    near = (positive(E), less(E, S), positive(S))
    above = settle(density_positive(), *GIVEN, *near)
    equation = settle(field(quotient, 1 / whole), *GIVEN, *near, instance(above, {s_2: E}))
    found = limit_congruence(found, equation, e, S)
    found = valued(found, field(found.conclusion.args[0], number(0)))
    return settle(cut(found, gap()), *GIVEN, positive(S))


@cache
def density_positive() -> Theorem:
    """Return 0 < density."""
    told = density_by_eigenvalue()
    return rewrite(proved(positive(sides(told)[1]), *GIVEN, *POSITIVE), symmetric(told))


@cache
def gap() -> Theorem:
    """Return 0 < 1 - 1/N for 2 <= N."""
    depth = assume(at_most(2, N))
    low = certificate(less(number(1), number(N)), [[as_numbers(depth)], [1]])
    inverse = proved(positive(1 / number(N)), depth)
    return settle(certificate(positive(GAP), [[low, inverse]]), depth)


# --- at a fixed second singular value -------------------------------------------------------------

R = r_1.term


@cache
def decreasing() -> Theorem:
    """Return density(r, t) < density(s, t) for s < r, for 2 <= N."""
    given: Known = (*GIVEN, *POSITIVE, less(S, R), at_most(2, N))
    above = chain(assume(positive(S)), assume(less(S, R)))
    known: Known = (*given, above, settle(gap(), *given))
    upper = substitute(SUM, {s_1: R})
    j = fresh(INT)
    f, g = body(SUM, j.term), body(upper, j.term)
    ranges = within(j, 1, N)
    larger = weaker(power_monotone(assume(positive(S)), assume(less(S, R)), 2 / N))
    powers = power_monotone(proved(positive(A), *known), larger, N - j.term)
    factor = proved(positive(B ** (j.term - 1)), *known)
    summand = settle(certificate(at_most(f, g), [[powers, factor]]), *known, *ranges)
    grows = sum_monotone(summand, j, 1, N)
    falls = power_antitone(assume(positive(S)), assume(less(S, R)), GAP)
    one = density_by_powers()
    other = instance(one, {s_1: R})
    shared = proved(positive(fall(T) * N), *known)
    inverse = [proved(positive(1 / x), *known) for x in (SUM, upper)]
    found = certificate(
        less(sides(other)[0], sides(one)[0]),
        [
            [shared, falls, inverse[0]],
            [shared, proved(positive(fall(R)), *known), grows, *inverse],
        ],
        [(number(1), one), (number(-1), other)],
    )
    return settle(found, *known)


# --- at a fixed determinant -----------------------------------------------------------------------

Q = r_2.term
a, b, c, g = (variable(name, REAL).term for name in ("a", "b", "a'", "b'"))
p, q = variable("p").term, variable("q").term
SPREAD = (positive(a), positive(b), positive(c), positive(g), at_most(b, a), equal(a * b, c * g))


def product_power(exponent: Term) -> Theorem:
    """Return a^n b^n = a'^n b'^n from a b = a' b'."""
    same_ = changed((a * b) ** exponent, assume(SPREAD[-1]))
    left, right = a**exponent * b**exponent, c**exponent * g**exponent
    first = symmetric(field((a * b) ** exponent, left))
    return transitive(first, same_, field((c * g) ** exponent, right))


def spread(*, strict: bool) -> Theorem:
    """Return a^(q+p) b^q + a^q b^(q+p) <= the same of a', b', for a <= a', b <= a, ab = a'b'.

    For p, q >= 0; strict for a < a' and 0 < p.
    """
    order = (less if strict else at_most)(a, c)
    above, second = assume(order), assume(at_most(b, a))
    one = power_monotone(weaker(assume(positive(a))), above, p)
    two = power_monotone(weaker(assume(positive(b))), chain(second, above), p)
    depths = (at_most(1 if strict else 0, p), at_most(0, q))
    known: Known = (*SPREAD, order, *depths)
    common = proved(positive(c**q * g**q), *known)
    inverse = proved(positive(1 / c**p), *known)
    low, high = (x ** (q + p) * y**q + x**q * y ** (q + p) for x, y in ((a, b), (c, g)))
    equations = [
        (-(a**p + b**p), product_power(q)),
        (-(c**q * g**q) / c**p, product_power(p)),
    ]
    goal = (less if strict else at_most)(low, high)
    return settle(certificate(goal, [[common, one, two, inverse]], equations), *known)


def symmetric_sum(x: Term, y: Term) -> Theorem:
    """Return sum_j (x^(N-j) y^(j-1) + x^(j-1) y^(N-j)) = 2 sum_j x^(N-j) y^(j-1)."""
    one, other = x ** (N - J.term) * y ** (J.term - 1), x ** (J.term - 1) * y ** (N - J.term)
    told = sum_of_sums(total(J, 1, N, one + other))
    single = total(J, 1, N, one)
    told = then(told, symmetric(reverse(single)))
    return transitive(told, field(sides(told)[1], 2 * single))


def summands_spread(*, strict: bool) -> Theorem:
    """Return the j-th summand of the symmetric sum at a, b <= that at a', b'; strict for j = 1."""
    j = J.term

    def at(depth: Term, width: Term) -> Theorem:
        return instance(spread(strict=strict), {q.data: depth, p.data: width})

    if strict:
        return at(integer(0), N - 1)
    upper, lower = at(j - 1, N + 1 - 2 * j), at(N - j, 2 * j - 1 - N)
    goal = upper.conclusion
    turned = certificate(goal, [[lower]])
    on = (at_most(0, N + 1 - 2 * j), negation(at_most(0, N + 1 - 2 * j)))
    ranges = within(J, 1, N)
    cases_ = [settle(x, case, *ranges) for x, case in zip((upper, turned), on, strict=True)]
    return cases(*cases_, on=on)


@cache
def sums_spread() -> Theorem:
    """Return sum_j a^(N-j) b^(j-1) < the same of a', b', for a < a', b <= a, ab = a'b', 2 <= N."""
    two = [symmetric_sum(x, y) for x, y in ((a, b), (c, g))]
    wholes = [sides(x)[0] for x in two]
    parted = [bottom(x) for x in wholes]
    first = summands_spread(strict=True)
    rest = sum_monotone(summands_spread(strict=False), J, 2, N)
    half = number(Fraction(1, 2))
    low, high = (sides(x)[1].args[1] for x in two)
    equations = [(-half, two[1]), (half, parted[1]), (half, two[0]), (-half, parted[0])]
    found = certificate(less(low, high), [[Fraction(1, 2), x] for x in (first, rest)], equations)
    return settle(found, *SPREAD, less(a, c), at_most(2, N))


def fixed_product() -> Theorem:
    """Return density(r) < density(s) for s_1 < r_1, s_2 <= s_1, s_1 s_2 = r_1 r_2, for 2 <= N."""
    product = equal(S * T, R * Q)
    given: Known = (*GIVEN, *POSITIVE, positive(R), positive(Q), less(S, R), at_most(T, S), product)
    given = (*given, at_most(2, N))
    x, y = R ** (2 / N), Q ** (2 / N)
    sums = instance(sums_spread(), {a.data: A, b.data: B, c.data: x, g.data: y})
    powers = changed((S * T) ** (2 / N), assume(product))
    same_powers = transitive(
        symmetric(field((S * T) ** (2 / N), A * B)), powers, field((R * Q) ** (2 / N), x * y)
    )
    rising = power_monotone(weaker(assume(positive(S))), assume(less(S, R)), 2 / N)
    falling = power_monotone(weaker(assume(positive(T))), assume(at_most(T, S)), 2 / N)
    sums = settle(sums, *given, same_powers, rising, falling)
    one = density_by_powers()
    other = instance(one, {s_1: R, s_2: Q})
    falls = changed((S * T) ** -GAP, assume(product))
    falls = transitive(
        symmetric(field((S * T) ** -GAP, fall(S) * fall(T))),
        falls,
        field((R * Q) ** -GAP, fall(R) * fall(Q)),
    )
    common = proved(positive(fall(S) * fall(T) * N), *given)
    low, high = sums.conclusion.args
    inverse = [proved(positive(1 / x), *given) for x in (low, high)]
    found = certificate(
        less(sides(other)[0], sides(one)[0]),
        [[common, sums, *inverse]],
        [(number(1), one), (number(-1), other), (N / high, falls)],
    )
    return settle(found, *given)
