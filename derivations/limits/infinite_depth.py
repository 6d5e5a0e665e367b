"""Infinite depth: the operator, its volume form, and the limit with its rate (CMV2023)."""

from __future__ import annotations

from functools import cache
from typing import Final

from dlnproof.claims.deduction import Deduction
from dlnproof.definitions.geometry import (
    INFINITE_METRIC_DETERMINANT,
    INFINITE_OPERATOR,
    METRIC_DETERMINANT,
    pair,
)
from dlnproof.definitions.hypotheses import FRAME, ORDERED, POSITIVE, STRICT, SVD, WIDTH
from dlnproof.definitions.letters import N, U, V, W, X, Z, d, i, k, l, n, s, sigma, t
from dlnproof.kernel import integrals, limits, ranges
from dlnproof.kernel.determinants import (
    eigenbasis_determinant,
    inverse_linear,
    inverse_value,
    linear_by_form,
    linear_multiple,
)
from dlnproof.kernel.entries import unit_scaled
from dlnproof.kernel.logic import (
    absurd,
    assume,
    cases,
    contradiction,
    cut,
    generalise,
    instance,
    rewrite,
    sides,
    specialise,
    symmetric,
    transitive,
    unfold,
)
from dlnproof.kernel.numbers import field, field_in, log_of_power, log_of_product, log_of_quotient
from dlnproof.kernel.powers import psd_power_by_eigenvalues
from dlnproof.kernel.signs import (
    certificate,
    chain,
    log_injective,
    power_injective,
    sum_monotone,
    sum_nonnegative,
    unique_root,
)
from dlnproof.kernel.spectral import orthonormal_units
from dlnproof.kernel.terms import (
    REAL,
    Term,
    at_most,
    choose,
    different,
    equal,
    fresh,
    less,
    log,
    map_inverse,
    number,
    opened,
    positive,
    product,
    root,
    substitute,
    total,
    transpose,
    unit,
    within,
)
from dlnproof.kernel.theorem import Theorem
from dlnproof.kernel.words import words
from dlnproof.tactics.agreement import joined, same, squared
from dlnproof.tactics.differentiate import differentiate
from dlnproof.tactics.equations import body, changed, inside, then, valued
from dlnproof.tactics.rewriting import at_place, by, converted
from dlnproof.tactics.settle import proved, settle

from ..limits import hyperbolic
from ..metric import operator_spectrum
from ..metric.operator_spectrum import PLACE, left, right
from ..metric.resolvents import grams, square
from ..volume import svd_jacobian, volume_form

GIVEN: Final = (*WIDTH, *SVD, *POSITIVE)
I, K, L, S, T = i.term, k.term, l.term, s.term, t.term
ZERO, ONE = number(0), number(1)
UNIT_INTERVAL: Final = (at_most(ZERO, T), at_most(T, ONE))
PAIR: Final = pair(I, L)
A_OF_Z: Final = INFINITE_OPERATOR(W, Z.term)
SAME: Final = equal(sigma(I), sigma(L))
DIFFERENT: Final = different(sigma(I), sigma(L))


# --- the operator ---------------------------------------------------------------------------------


def power(whole: Term, frame: Theorem, own: Theorem, exponent: Term) -> Theorem:
    """(Q diag(sigma_i^2) Q^T)^x = Q diag((sigma_i^2)^x) Q^T."""
    sign = proved(positive(square(K)), *POSITIVE, *within(k, 1, d))
    spread = psd_power_by_eigenvalues(own, sign, k, exponent)
    return transitive(changed(whole, frame), spread)


@cache
def integrand() -> Theorem:
    """A_inf(Z) is the integral of U diag((sigma_i^2)^(1-s)) U^T Z V diag((sigma_i^2)^s) V^T."""
    opened_ = unfold(A_OF_Z)
    whole = sides(opened_)[1]
    inner = body(whole, T)
    one, two = inner.args[0].args[0], inner.args[1]
    powers = (
        power(one, grams()[0], left, 1 - T),
        power(two, grams()[1], right, T),
    )
    same_ = changed(inner, *powers)
    found = transitive(opened_, integrals.integral_congruence(same_, t, ZERO, ONE))
    return settle(found, *GIVEN)


def curve(at: Term) -> Term:
    """Return (sigma_i^2)^(1-s) (sigma_l^2)^s."""
    return square(I) ** (1 - at) * square(L) ** at


@cache
def at_pair() -> Theorem:
    """A_inf(u_i v_l^T) is the integral of (sigma_i^2)^(1-s) (sigma_l^2)^s u_i v_l^T."""
    found = instance(integrand(), {Z: PAIR})
    inner = body(sides(found)[1], T)
    first, second = inner.args[0].args[0].args[0].args[1], inner.args[1].args[0].args[1]
    e, turn = unit(d, I, L), transpose(V)
    at_i, at_l = unit_scaled(first * e), unit_scaled(e * second)
    same_ = words(
        inner,
        curve(T) * PAIR,
        (U * first, left, e * turn * V * second * turn),
        (U * first * e, right, second * turn),
        (U, at_i, second * turn),
        (sides(at_i)[1].args[0] * U, at_l, turn),
    )
    found = transitive(found, integrals.integral_congruence(same_, t, ZERO, ONE))
    return settle(found, *GIVEN, *PLACE)


def integrated(primitive: Term, *conditions: Theorem | Term) -> Theorem:
    """The integral of the eigenvalue's curve times u_i v_l^T, from a primitive function."""
    rate = differentiate(primitive, s, T)
    plain = words(rate.conclusion.args[1], curve(T) * PAIR)
    moving = differentiate(curve(S) * PAIR, s, T)
    known = (*POSITIVE, *PLACE, *conditions)
    found = integrals.fundamental(
        settle(valued(rate, plain), *known), settle(moving, *known), t, ZERO, ONE
    )
    return settle(found, *known)


LOG_I, LOG_L = log(square(I)), log(square(L))
EIGENVALUE: Final = (square(I) - square(L)) / (LOG_I - LOG_L)


@cache
def logs_differ() -> Theorem:
    """log sigma_i^2 != log sigma_l^2 for sigma_i != sigma_l."""
    equal_logs = log_injective(assume(equal(LOG_I, LOG_L)))
    one, other = (proved(at_most(ZERO, sigma(x)), *POSITIVE, *PLACE) for x in (I, L))
    found = absurd(power_injective(one, other, equal_logs), assume(DIFFERENT))
    return settle(contradiction(found, different(LOG_I, LOG_L)), *POSITIVE, *PLACE, DIFFERENT)


@cache
def distinct() -> Theorem:
    """A_inf(u_i v_l^T) = (sigma_i^2 - sigma_l^2) / (log sigma_i^2 - log sigma_l^2) u_i v_l^T."""
    differ = logs_differ()
    found = integrated((curve(S) / (LOG_L - LOG_I)) * PAIR, differ, DIFFERENT)
    told = transitive(at_pair(), found)
    last = words(sides(told)[1], EIGENVALUE * PAIR)
    return settle(transitive(told, last), *GIVEN, *PLACE, differ, DIFFERENT)


@cache
def coincident() -> Theorem:
    """A_inf(u_i v_l^T) = sigma_i^2 u_i v_l^T for sigma_i = sigma_l: the curve is constant."""
    alike = symmetric(assume(SAME))
    plain = transitive(
        changed(curve(T), alike), field(square(I) ** (1 - T) * square(I) ** T, square(I))
    )
    fixed = square(I) * PAIR
    at = at_place(curve(T) * PAIR, 0, plain)
    told = transitive(
        settle(at_pair(), *GIVEN, *PLACE),
        settle(integrals.integral_congruence(settle(at, *POSITIVE, *PLACE), t, ZERO, ONE)),
    )
    rate = differentiate(S * fixed, s, T)
    rate = valued(rate, words(rate.conclusion.args[1], fixed))
    whole = integrals.fundamental(rate, differentiate(fixed, s, T), t, ZERO, ONE)
    told = transitive(told, whole)
    return settle(transitive(told, words(sides(told)[1], fixed)), *GIVEN, *PLACE, SAME)


VALUE: Final = choose(SAME, square(I), EIGENVALUE)
BASIS: Final = orthonormal_units(left, right)


@cache
def eigenvectors() -> Theorem:
    """A_inf(u_i v_l^T) = lambda_il u_i v_l^T for all i, l, with lambda_il by cases."""
    found = []
    for case, told in ((SAME, coincident()), (DIFFERENT, distinct())):
        chosen = at_place(VALUE * PAIR, 0, ranges.chosen(VALUE, assume(case)))
        found.append(transitive(told, symmetric(chosen)))
    return generalise(cases(*found, on=(SAME, DIFFERENT)), (i, l), *PLACE)


@cache
def value_positive() -> Theorem:
    """0 < lambda_il: the logarithm is increasing."""
    known = (*POSITIVE, *PLACE)
    found = []
    for case in (less(sigma(I), sigma(L)), SAME, less(sigma(L), sigma(I))):
        which = assume(SAME) if case == SAME else settle(logs_apart(case), *known, case)
        told = ranges.chosen(VALUE, which)
        sign = proved(positive(sides(told)[1]), *known, case)
        found.append(rewrite(sign, symmetric(told)))
    less_, more = less(sigma(I), sigma(L)), less(sigma(L), sigma(I))
    return generalise(cases(*found, on=(less_, SAME, more)), (i, l), *PLACE)


def logs_apart(case: Term) -> Theorem:
    """sigma_i != sigma_l, from an order of them."""
    return proved(DIFFERENT, case)


@cache
def linear_operator() -> Theorem:
    """A_inf is linear: so is each value of the integrand, which is continuous."""
    inner = body(sides(integrand())[1], T)
    map_ = linear_by_form(Z, inner)
    moving = differentiate(body(sides(integrand())[1], S), s, T)
    known = (*POSITIVE, *UNIT_INTERVAL)
    whole = integrals.linear_integral(
        settle(map_, *known), settle(moving, *known), Z, t, (ZERO, ONE)
    )
    return settle(ranges.within_scope(whole, symmetric(integrand()), Z), *GIVEN)


@cache
def regular() -> Theorem:
    """det A_inf != 0: it is the product of the eigenvalues, which are positive."""
    found = cut(eigenbasis_determinant(BASIS, eigenvectors(), Z, A_OF_Z), linear_operator())
    some = proved(different(sides(found)[1], 0), *GIVEN, value_positive())
    return rewrite(some, symmetric(settle(found, *GIVEN)))


@cache
def inverse_at_pair() -> Theorem:
    """A_inf^-1(u_i v_l^T) = (1 / lambda_il) u_i v_l^T."""
    told = linear_multiple(linear_operator(), 1 / VALUE, PAIR)
    told = then(told, specialise(eigenvectors(), I, L))
    equation = transitive(told, words(sides(told)[1], PAIR))
    found = inverse_value(linear_operator(), equation, (1 / VALUE) * PAIR)
    found = settle(cut(found, regular()), *GIVEN, *PLACE, value_positive())
    return generalise(found, (i, l), *PLACE)


@cache
def divisors() -> Theorem:
    """log sigma_i^2 - log sigma_l^2 != 0 for all i, l with sigma_i != sigma_l."""
    found = proved(different(LOG_I - LOG_L, ZERO), logs_differ())
    return generalise(found, (i, l), *PLACE, DIFFERENT)


# --- the volume form ------------------------------------------------------------------------------

DETERMINANT: Final = INFINITE_METRIC_DETERMINANT(W)
ON_DIAGONAL: Final = product(i, 1, d, 1 / sigma(I))
OFF_DIAGONAL: Final = product(i, 1, d, product(l, I + 1, d, 1 / VALUE))


@cache
def determinant() -> Theorem:
    """det g_inf = prod_i 1/lambda_ii prod_{i<l} 1/lambda_il 1/lambda_li."""
    map_ = cut(inverse_linear(linear_operator()), regular())
    found = eigenbasis_determinant(BASIS, inverse_at_pair(), X, map_inverse(Z, A_OF_Z, X.term))
    found = transitive(unfold(DETERMINANT), cut(found, map_))
    return settle(then(found, ranges.pairs(sides(found)[1])), *GIVEN)


@cache
def metric_root() -> Theorem:
    """sqrt(det g_inf) = prod_i 1/sigma_i prod_{i<l} 1/lambda_il: positive, with this square."""
    known = (*GIVEN, value_positive(), divisors())
    found = ON_DIAGONAL * OFF_DIAGONAL
    apart = field(found**2, ON_DIAGONAL**2 * OFF_DIAGONAL**2)
    squares_ = then(apart, squared(ON_DIAGONAL, *known), squared(OFF_DIAGONAL, *known))
    whole = transitive(squares_, same(sides(squares_)[1], sides(determinant())[1], *known))
    above = proved(at_most(ZERO, found), *known)
    told = transitive(changed(root(DETERMINANT), determinant()), unique_root(above, whole))
    return settle(told, *known)


@cache
def form() -> Theorem:
    """sqrt(det g_inf) |det dW| = prod_i 1/sigma_i prod_{i<l} (log sigma_i^2 - log sigma_l^2)."""
    known = (*GIVEN, *ORDERED, *FRAME, value_positive(), divisors())
    jacobian = svd_jacobian.derive().concluded["jacobian"]
    told = changed(root(DETERMINANT) * sides(jacobian)[0], metric_root(), jacobian)
    pairs = sides(jacobian)[1]
    apart = field(sides(told)[1], ON_DIAGONAL * (OFF_DIAGONAL * pairs))
    told = then(transitive(told, apart), joined(OFF_DIAGONAL, pairs, *known))
    closed = ON_DIAGONAL * product(i, 1, d, product(l, I + 1, d, LOG_I - LOG_L))
    return settle(transitive(told, same(sides(told)[1], closed, *known)), *known)


# --- the limit ------------------------------------------------------------------------------------

NUMBER: Final = number(n.term)
LARGE: Final = at_most(1, n.term)
FINITE: Final = root(METRIC_DETERMINANT(n.term, W))


def scaled(index: Term) -> Term:
    """Return sigma_i^(2/n)."""
    return sigma(index) ** (2 / NUMBER)


@cache
def power_tends() -> Theorem:
    """sigma_i^(1/n - 1) -> 1 / sigma_i."""
    outer = differentiate(sigma(I) ** (S - 1), s, ZERO)
    found = limits.limit_through(outer, limits.limit_reciprocal())
    found = valued(found, field(found.conclusion.args[0], 1 / sigma(I)))
    return settle(found, *POSITIVE, *within(i, 1, d))


@cache
def difference_tends() -> Theorem:
    """n (sigma_i^(2/n) - sigma_l^(2/n)) -> log sigma_i^2 - log sigma_l^2: a difference quotient."""
    slope = differentiate(square(I) ** S - square(L) ** S, s, ZERO)
    quotient = limits.limit_quotient_at_zero(slope)
    late = settle(proved(positive(1 / NUMBER), LARGE))
    found = limits.limit_after(quotient, limits.limit_reciprocal(), late, n, 1)
    found = valued(found, field(found.conclusion.args[0], LOG_I - LOG_L))
    [function] = opened(found.conclusion, n.term)
    plain = field(function, NUMBER * (scaled(I) - scaled(L)))
    plain = settle(plain, *POSITIVE, *PLACE, LARGE)
    return settle(limits.limit_congruence(found, plain, n, 1), *POSITIVE, *PLACE)


@cache
def finite_form() -> Theorem:
    """sqrt(det g^n) |det dW| as products, for 1 <= n."""
    found = instance(volume_form.derive().concluded["form"], {N.data: n.term})
    return settle(found, *GIVEN, *ORDERED, *FRAME, LARGE)


@cache
def form_tends() -> Theorem:
    """sqrt(det g^n) |det dW| tends to sqrt(det g_inf) |det dW|."""
    pair_ = limits.limit_range_product(
        settle(difference_tends(), *POSITIVE, *within(i, 1, d), *within(l, I + 1, d)), l, I + 1, d
    )
    pairs = limits.limit_range_product(settle(pair_, *WIDTH, *within(i, 1, d)), i, 1, d)
    single = limits.limit_range_product(power_tends(), i, 1, d)
    found = limits.limit_product(single, pairs)
    found = limits.limit_congruence(found, symmetric(finite_form()), n, 1)
    return settle(found, *GIVEN, *ORDERED, *FRAME)


@cache
def operator_tends() -> Theorem:
    """A_{n,W}(u_i v_l^T) tends to A_inf(u_i v_l^T): so do the eigenvalues."""
    spectrum = operator_spectrum.derive().concluded
    fixed = limits.limit_constant(limits.INFINITY, PAIR)
    top = limits.limit_constant(limits.INFINITY, square(I) - square(L))
    apart = limits.limit_quotient(top, difference_tends())
    other = limits.limit_through(
        differentiate(square(I) / (square(I) ** S), s, ZERO), limits.limit_reciprocal()
    )
    other = valued(other, field(other.conclusion.args[0], square(I)))
    found = []
    for name, tends, case, infinite in (
        ("coincident", other, SAME, coincident()),
        ("distinct", apart, DIFFERENT, distinct()),
    ):
        told = specialise(instance(spectrum[name], {N.data: n.term}), I, L)
        value = sides(told)[1].args[0]
        [function] = opened(tends.conclusion, n.term)
        known = (*POSITIVE, *PLACE, LARGE, case)
        plain = settle(field(function, value), *known, logs_differ())
        values = limits.limit_congruence(settle(tends, *POSITIVE, *PLACE), plain, n, 1)
        whole = limits.limit_product(values, fixed)
        whole = limits.limit_congruence(whole, settle(symmetric(told), *GIVEN, *known), n, 1)
        whole = valued(whole, symmetric(infinite))
        found.append(settle(whole, *GIVEN, *PLACE, divisors(), case))
    return generalise(cases(*found, on=(SAME, DIFFERENT)), (i, l), *PLACE)


# --- the rate -------------------------------------------------------------------------------------

HALF: Final = 1 / (2 * NUMBER)
RATIO: Final = square(I) / square(L)
PAIRS: Final = (*within(i, 1, d), *within(l, I + 1, d))
QUOTIENT: Final = NUMBER * (scaled(I) - scaled(L)) / (LOG_I - LOG_L)
CONDITIONS: Final = (LARGE, *STRICT)


def shared(index: Term) -> Term:
    """Return (1/n) log sigma_i."""
    return (1 / NUMBER) * log(sigma(index))


def at_pair_of(theorem: Theorem) -> Theorem:
    """Return what holds of sinh(y)/y at y = log(sigma_i / sigma_l) / n."""
    return settle(instance(theorem, HERE), *known_of_pair())


HERE: Final = {hyperbolic.R: RATIO, hyperbolic.X: HALF}
SPREAD: Final = substitute(hyperbolic.sinh(hyperbolic.x) / (hyperbolic.SCALE * hyperbolic.x), HERE)


@cache
def known_of_pair() -> tuple[Theorem, ...]:
    """What is known of a pair i < l: log(sigma_i^2 / sigma_l^2) is positive, a difference."""
    known = (*POSITIVE, *PAIRS, *STRICT)
    told = settle(log_of_quotient(square(I), square(L)), *known)
    sign = rewrite(proved(positive(LOG_I - LOG_L), *known), symmetric(told))
    facts = (sign, proved(positive(RATIO), *known), proved(positive(HALF), LARGE))
    return (*facts, told, proved(positive(LOG_I - LOG_L), *known), *map(assume, (*known, LARGE)))


@cache
def log_of_pair() -> Theorem:
    """log(n (a_i - a_l) / (log sigma_i^2 - log sigma_l^2)) in three summands."""
    known = known_of_pair()
    apart, told = known[4], known[3]
    roots = sigma(I) ** (1 / NUMBER) * sigma(L) ** (1 / NUMBER)
    spread = changed(SPREAD, told)
    same_ = field(QUOTIENT, roots * sides(spread)[1])
    found = transitive(same_, changed(sides(same_)[1], symmetric(spread)))
    one = proved(positive(number(1)))
    above = chain(one, at_pair_of(hyperbolic.above_one()))
    found = then(
        changed(log(QUOTIENT), found),
        log_of_product(roots, SPREAD),
        log_of_product(*roots.args),
        *(log_of_power(sigma(x), 1 / NUMBER) for x in (I, L)),
    )
    return settle(found, *known, above, apart)


JACOBIAN: Final = sides(svd_jacobian.derive().concluded["jacobian"])[0]
RATIO_OF_FORMS: Final = (FINITE * JACOBIAN) / (root(DETERMINANT) * JACOBIAN)
ALL: Final = (*GIVEN, *ORDERED, *FRAME, *CONDITIONS)


def over_pairs(term: Term) -> Term:
    """Return the sum over i < l."""
    return total(i, 1, d, total(l, I + 1, d, term))


@cache
def ratio_of_products() -> Theorem:
    """The ratio of the volume forms as a product over indices, and over pairs."""
    told = changed(RATIO_OF_FORMS, finite_form(), form())
    f, g = (body(part.args[0], I) for part in sides(told)[1].args)
    single = product(i, 1, d, f / g)
    pairs = product(i, 1, d, product(l, I + 1, d, QUOTIENT))
    parted = inside(pairs, lambda v: ranges.product_of_products(body(pairs, v)), *ALL)
    parted = then(parted, ranges.product_of_products(sides(parted)[1]))
    both = then(changed(single * pairs, ranges.product_of_products(single)), parted)
    last = field(sides(told)[1], sides(both)[1])
    known = (*ALL, logs_positive())
    return settle(transitive(told, last, symmetric(both)), *known)


@cache
def logs_positive() -> Theorem:
    """0 < log sigma_i^2 - log sigma_l^2 for i < l."""
    found = generalise(known_of_pair()[4], l, *within(l, I + 1, d))
    return generalise(found, i, *within(i, 1, d))


@cache
def log_of_ratio() -> Theorem:
    """The logarithm of the ratio: (1/n) log sigma_i, and those of all pairs."""
    whole = ratio_of_products()
    single, pairs = sides(whole)[1].args
    one = body(single, I)
    plain = field(one, sigma(I) ** (1 / NUMBER))
    at_index = then(changed(log(one), plain), log_of_power(sigma(I), 1 / NUMBER))
    at_index = generalise(settle(at_index, *POSITIVE, *within(i, 1, d)), i, *within(i, 1, d))
    at_pair_ = generalise(log_of_pair(), (i, l), *PAIRS)
    told = then(
        changed(log(sides(whole)[0]), whole),
        log_of_product(single, pairs),
        ranges.log_of_product(single),
        ranges.log_of_product(pairs),
    )
    inner = inside(sides(told)[1].args[1], lambda v: ranges.log_of_product(body(pairs, v)), *ALL)
    told = then(told, inner)
    last = converted(sides(told)[1], by(at_index, at_pair_), *map(assume, ALL))
    positive_ = quotient_positive()
    return settle(transitive(told, last), *ALL, logs_positive(), positive_)


def quotient_positive() -> Theorem:
    """0 < n (a_i - a_l) / (log sigma_i^2 - log sigma_l^2) for i < l."""
    known = (*known_of_pair(), *map(assume, ALL))
    found = generalise(proved(positive(QUOTIENT), *known), l, *within(l, I + 1, d))
    return generalise(found, i, *within(i, 1, d))


LOGS: Final = total(i, 1, d, shared(I))
BY_PAIRS: Final = over_pairs(shared(I) + shared(L))
REST: Final = over_pairs(log(SPREAD))
RATES: Final = total(i, 1, d, number(d) * (LOG_I / 2))


@cache
def counted() -> Theorem:
    """Each index lies in d - 1 pairs: the sum over indices and pairs is (1/n) sum_i of the rate."""
    inner = inside(BY_PAIRS, lambda v: ranges.sum_of_sums(body(BY_PAIRS, v)), *ALL)
    told = then(inner, ranges.sum_of_sums(sides(inner)[1]))
    one, two = sides(told)[1].args
    first = inside(one, lambda v: ranges.constant(body(one, v)), *ALL)
    turned = ranges.exchange(two)
    rows = sides(turned)[1]
    second = then(turned, inside(rows, lambda v: ranges.constant(body(rows, v)), *ALL))
    told = then(told, first, second)
    parts = [body(x, I) for x in (LOGS, *sides(told)[1].args)]
    joined_ = total(i, 1, d, parts[0] + (parts[1] + parts[2]))
    apart = ranges.sum_of_sums(joined_)
    apart = then(apart, ranges.sum_of_sums(sides(apart)[1].args[1]))
    x = fresh(REAL)
    out = ranges.linear_image(RATES, x, (1 / NUMBER) * x.term)
    scope = sides(out)[1]

    def at(index: Term) -> Term:
        return substitute(parts[0] + (parts[1] + parts[2]), {i: index})

    def summand(index: Term) -> Theorem:
        value = body(scope, index)
        double = changed(value, log_of_power(sigma(index), 2))
        return transitive(double, field(sides(double)[1], at(index)))

    same_ = transitive(out, inside(scope, summand, *ALL))
    whole = changed(LOGS + BY_PAIRS, told)
    return settle(transitive(whole, symmetric(apart), symmetric(same_)), *ALL)


@cache
def log_with_rate() -> Theorem:
    """The logarithm of the ratio is (1/n) sum_i of the rate, and a rest for each pair."""
    told = log_of_ratio()
    pairs = sides(told)[1].args[1]
    inner = inside(pairs, lambda v: ranges.sum_of_sums(body(pairs, v)), *ALL)
    told = then(told, inner, ranges.sum_of_sums(sides(inner)[1]))
    letters = (LOGS, BY_PAIRS, REST, RATES)
    last = field_in(letters, sides(told)[1], (1 / NUMBER) * RATES + REST, (number(1), counted()))
    return settle(transitive(told, last), *ALL)


def lower() -> Theorem:
    """The rest is not negative."""
    above = at_pair_of(hyperbolic.log_above())
    one = sum_nonnegative(above, l, I + 1, d)
    rest = settle(sum_nonnegative(settle(one, *ALL, *within(i, 1, d)), i, 1, d), *ALL)
    left_, _ = sides(log_with_rate())
    goal = at_most((1 / NUMBER) * RATES, left_)
    letters = (RATES, REST, left_)
    found = certificate(goal, [[rest]], [(number(1), log_with_rate())], letters)
    return generalise(settle(found, *ALL), n, LARGE, *STRICT)


SQUARES_OF_PAIRS: Final = over_pairs((LOG_I - LOG_L) ** 2)


def upper() -> Theorem:
    """The rest is at most the sum of the squares of all pairs, over 24 n^2."""
    bound = at_pair_of(hyperbolic.below_square())
    scaled_ = 1 / (24 * NUMBER**2)
    value = sides_of(bound)[1]
    plain = then(changed(value, known_of_pair()[3]))
    plain = transitive(plain, field(sides(plain)[1], scaled_ * (LOG_I - LOG_L) ** 2))
    bound = settle(rewrite(bound, plain), *ALL, *PAIRS)
    one = settle(sum_monotone(bound, l, I + 1, d), *ALL, *within(i, 1, d))
    rest = settle(sum_monotone(one, i, 1, d), *ALL)
    x = fresh(REAL)
    inner_ = total(l, I + 1, d, (LOG_I - LOG_L) ** 2)
    inner = ranges.linear_image(inner_, x, scaled_ * x.term)
    out = ranges.linear_image(SQUARES_OF_PAIRS, x, scaled_ * x.term)
    out = then(out, inside(sides(out)[1], lambda v: at_index(inner, v), *ALL))
    left_, _ = sides(log_with_rate())
    goal = at_most(left_, (1 / NUMBER) * RATES + scaled_ * SQUARES_OF_PAIRS)
    many = sides(out)[1]
    letters = (RATES, REST, left_, SQUARES_OF_PAIRS, many)
    parts = [(number(-1), log_with_rate()), (number(1), out)]
    found = certificate(goal, [[rest]], parts, letters)
    return generalise(settle(found, *ALL), n, LARGE, *STRICT)


def at_index(theorem: Theorem, index: Term) -> Theorem:
    """Return what holds of i for another index."""
    return instance(theorem, {i: index})


def sides_of(theorem: Theorem) -> tuple[Term, Term]:
    """Return the two sides of an inequality."""
    one, other = theorem.conclusion.args
    return one, other


@cache
def derive() -> Deduction:
    """Return the theorems about infinite depth, for all d."""
    proof = Deduction("infinite-depth")
    proof.show("integrand", integrand(), "Real powers act on the eigenvalues:")
    proof.show("at-pair", at_pair(), "and at $u_iv_l^T$ the integrand is a number times it.")
    found = generalise(distinct(), (i, l), *PLACE, DIFFERENT)
    proof.conclude("distinct", found, "By the fundamental theorem of calculus")
    found = generalise(coincident(), (i, l), *PLACE, SAME)
    proof.conclude("coincident", found, "where the integrand is constant")
    proof.show("positive", value_positive(), "As the logarithm is increasing,")
    proof.show("linear", linear_operator(), "The integrand is linear and continuous; so")
    proof.show("determinant", determinant(), "In the basis of the $u_iv_l^T$")
    proof.show("root", metric_root(), "which is the square of a positive product:")
    proof.conclude("form", form(), "Times the Jacobian, pair by pair,")
    proof.show("difference", difference_tends(), "A difference quotient tends to the derivative:")
    proof.conclude("operator-limit", operator_tends(), "So the eigenvalues tend to those above,")
    proof.conclude("limit", form_tends(), "and the volume forms to the one above.")
    proof.show("sinh-above", hyperbolic.above_one(), "With $\\sinh$ for $(r^x-r^{-x})/2$,")
    proof.show("sinh-below", hyperbolic.below_square(), "and, by its derivative,")
    proof.show("log-of-ratio", log_of_ratio(), "The logarithm of the ratio of the forms is a sum.")
    proof.show("counted", counted(), "Each index lies in $d-1$ pairs:")
    proof.conclude("lower", lower(), "The rest of each pair is not negative,")
    proof.conclude("upper", upper(), "and at most a square.")
    return proof
