"""Infinite depth: the operator, its volume form, and the limit with its rate (CMV2023)."""

from __future__ import annotations

from collections.abc import Callable
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
from dlnproof.derivations.metric.operator_spectrum import PLACE, left, right, squares, svd
from dlnproof.derivations.volume import svd_jacobian, volume_form
from dlnproof.kernel import integrals, ranges
from dlnproof.kernel.calculus import derivative_value
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
    reflexive,
    rewrite,
    sides,
    specialise,
    symmetric,
    transitive,
    unfold,
)
from dlnproof.kernel.numbers import field
from dlnproof.kernel.powers import psd_power_by_eigenvalues
from dlnproof.kernel.signs import log_injective, power_injective, unique_root
from dlnproof.kernel.spectral import orthonormal_units
from dlnproof.kernel.terms import (
    Term,
    at_most,
    choose,
    diagonal,
    different,
    equal,
    integral,
    less,
    log,
    map_inverse,
    number,
    positive,
    product,
    root,
    transpose,
    unit,
    within,
    zero,
)
from dlnproof.kernel.theorem import Theorem
from dlnproof.kernel.words import words
from dlnproof.tactics.agreement import joined, same, squared
from dlnproof.tactics.cancelling import same_words
from dlnproof.tactics.differentiate import differentiate
from dlnproof.tactics.equations import body, changed, inside, then
from dlnproof.tactics.rewriting import at_place
from dlnproof.tactics.settle import proved, settle

GIVEN: Final = (*WIDTH, *SVD, *POSITIVE)
I, K, L, S, T = i.term, k.term, l.term, s.term, t.term
ZERO, ONE = number(0), number(1)
UNIT_INTERVAL: Final = (at_most(ZERO, T), at_most(T, ONE))
PAIR: Final = pair(I, L)
A_OF_Z: Final = INFINITE_OPERATOR(W, Z.term)
SAME: Final = equal(sigma(I), sigma(L))
DIFFERENT: Final = different(sigma(I), sigma(L))


def square(index: Term) -> Term:
    """Return sigma_i^2."""
    return sigma(index) ** 2


# --- the operator ---------------------------------------------------------------------------------


@cache
def frames() -> tuple[Theorem, Theorem]:
    """W W^T = U diag(sigma_i^2) U^T, and W^T W = V diag(sigma_i^2) V^T."""
    found = []
    for whole, q, other in ((W * transpose(W), U, right), (transpose(W) * W, V, left)):
        both = changed(whole, svd)
        target = q * diagonal(k, d, square(K)) * transpose(q)
        told = same_words(sides(both)[1], target, other, squares())
        found.append(transitive(both, told))
    return found[0], found[1]


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
        power(one, frames()[0], left, 1 - T),
        power(two, frames()[1], right, T),
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
        settle(derivative_value(rate, plain), *known), settle(moving, *known), t, ZERO, ONE
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
    plain = transitive(changed(curve(T), alike), field(square(I) ** (1 - T) * square(I) ** T, square(I)))
    fixed = square(I) * PAIR
    at = at_place(curve(T) * PAIR, 0, plain)
    told = transitive(
        settle(at_pair(), *GIVEN, *PLACE),
        settle(integrals.integral_congruence(settle(at, *POSITIVE, *PLACE), t, ZERO, ONE)),
    )
    rate = differentiate(S * fixed, s, T)
    rate = derivative_value(rate, words(rate.conclusion.args[1], fixed))
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


if __name__ == "__main__":
    import time
    for f in (eigenvectors, value_positive, linear_operator, regular, inverse_at_pair, determinant, metric_root, form):
        t0=time.time(); r=f(); print(f.__name__, time.time()-t0, r.conclusion, [h for h in r.hypotheses if h not in (*GIVEN,*ORDERED, *FRAME)])
