"""The metric and its volume along the logarithms of the singular values, at infinite depth."""

from __future__ import annotations

from functools import cache
from typing import Final

from dlnproof.claims.deduction import Deduction, lent
from dlnproof.definitions.geometry import (
    INFINITE_METRIC_DETERMINANT,
    coefficient,
    infinite_metric,
    pair,
)
from dlnproof.definitions.hypotheses import DURING, POSITIVE, STRICT, SVD, WIDTH
from dlnproof.definitions.letters import W, X, d, i, l, n, s, sigma, sigma_at, t
from dlnproof.definitions.radial import log_rate
from dlnproof.kernel import limits, ranges
from dlnproof.kernel.determinants import inverse_linear, linear_multiple
from dlnproof.kernel.logic import (
    cut,
    generalise,
    instance,
    reflexive,
    sides,
    specialise,
    transitive,
)
from dlnproof.kernel.numbers import field
from dlnproof.kernel.terms import Term, different, log, number, opened, product, root, within
from dlnproof.kernel.theorem import Theorem
from dlnproof.kernel.words import words
from dlnproof.tactics.agreement import joined, same
from dlnproof.tactics.differentiate import differentiate
from dlnproof.tactics.equations import changed, then, valued
from dlnproof.tactics.settle import settle

from ..metric.metric_diagonalization import product_with_pair
from ..volume.paths import (
    ALONG,
    S,
    T,
    apart,
    at,
    derived,
    distinct,
    in_either_order,
    log_of_pairs,
    summed,
    values_move,
)
from . import infinite_depth
from .infinite_depth import DIFFERENT, LARGE, NUMBER

I, L = i.term, l.term
PLACE: Final = within(i, 1, d)
BOTH: Final = (*PLACE, *within(l, 1, d))
STATIC: Final = (*WIDTH, *SVD, *POSITIVE, *STRICT)
OWN: Final = pair(I, I)


def logs(index: Term) -> Term:
    """Return log sigma_i^2."""
    return log(sigma(index) ** 2)


@cache
def radial() -> Theorem:
    """g(X, sigma_i u_i v_i^T) = (1 / sigma_i) u_i^T X v_i."""
    used = lent("infinite-depth", infinite_depth.inverse_at_pair())
    map_ = cut(inverse_linear(infinite_depth.linear_operator()), infinite_depth.regular())
    solved = linear_multiple(map_, sigma(I), OWN)
    solved = then(solved, specialise(used, I, I))
    choice = next(part for part in sides(solved)[1].parts() if part.op == "if")
    solved = then(solved, ranges.chosen(choice, reflexive(sigma(I))))
    value = sides(solved)[1].args[1].args[0]
    solved = transitive(solved, words(sides(solved)[1], (sigma(I) * value) * OWN))
    told = changed(infinite_metric(W, X.term, sigma(I) * OWN), solved)
    told = then(told, product_with_pair(sigma(I) * value, I, I))
    told = transitive(told, field(sides(told)[1], 1 / sigma(I) * coefficient(X.term, I, I)))
    return settle(told, *STATIC, *PLACE)


def inverse_eigenvalue(a: Term, b: Term) -> Term:
    """Return 1 / lambda_il."""
    return (log(a**2) - log(b**2)) / (a**2 - b**2)


@cache
def density() -> Theorem:
    """sqrt(det g) prod_i sigma_i prod_{i<l} (sigma_i^2 - sigma_l^2), in logarithms."""
    known: tuple[Theorem | Term, ...] = (*STATIC, *given())
    whole = infinite_depth.metric_root()
    whole = settle(then(whole, distinct(sides(whole)[1].args[1], inverse_eigenvalue)), *known)
    own, off = sides(whole)[1].args
    values = product(i, 1, d, sigma(I))
    gaps = product(i, 1, d, product(l, I + 1, d, sigma(I) ** 2 - sigma(L) ** 2))
    told = changed(root(INFINITE_METRIC_DETERMINANT(W)) * (values * gaps), whole)
    told = transitive(told, field(sides(told)[1], (own * values) * (off * gaps)))
    told = then(told, joined(own, values, *known), joined(off, gaps, *known))
    of_logs = product(i, 1, d, product(l, I + 1, d, logs(I) - logs(L)))
    return settle(transitive(told, same(sides(told)[1], of_logs, *known)), *known)


def given() -> tuple[Theorem, ...]:
    """Return that eigenvalues, and what divides them, are not 0."""
    return infinite_depth.value_positive(), infinite_depth.divisors()


@cache
def logarithm() -> Theorem:
    """Its logarithm is a sum over pairs."""
    of_pairs = sides(density())[1]
    told = changed(log(sides(density())[0]), density())
    return settle(then(told, log_of_pairs(of_pairs)), *STATIC, *given())


def logs_at(index: Term) -> Term:
    """Return log sigma_i^2 at time t."""
    return log(sigma_at(index, T) ** 2)


def of_pair(one: Term, other: Term) -> Term:
    """Return what a pair adds."""
    a, b = logs_at(one), logs_at(other)
    return 2 / (a - b) * log_rate(one) + 2 / (b - a) * log_rate(other)


@cache
def volume() -> Theorem:
    """(log of the density)' is a sum over pairs, of what their logarithms move by."""

    def change(value: Term) -> Theorem:
        return settle(summed(value, of_pair, *ALONG, *DURING), *ALONG, *DURING)

    return derived(instance(logarithm(), at(S)), change)


# --- as a limit -----------------------------------------------------------------------------------


@cache
def drift_tends() -> Theorem:
    """2 / (n (sigma_i^(2/n) - sigma_l^(2/n))) -> 2 / (log sigma_i^2 - log sigma_l^2)."""
    apart = lent("infinite-depth", infinite_depth.difference_tends())
    found = limits.limit_quotient(limits.limit_constant(limits.INFINITY, number(2)), apart)
    [function] = opened(found.conclusion, n.term)
    x, y = (sigma(index) ** (2 / NUMBER) for index in (I, L))
    known = (*POSITIVE, *BOTH, DIFFERENT)
    plain = settle(field(function, 2 / (NUMBER * (x - y))), *known, LARGE)
    return settle(limits.limit_congruence(found, plain, n, 1), *known, infinite_depth.divisors())


OWN_DRIFT: Final = (1 - 1 / NUMBER) * sigma(I) ** (1 - 2 / NUMBER)


@cache
def own_tends() -> Theorem:
    """(1 - 1/n) sigma_i^(1-2/n) -> sigma_i."""
    outer = differentiate((1 - S) * sigma(I) ** (1 - 2 * S), s, number(0))
    found = limits.limit_through(outer, limits.limit_reciprocal())
    found = valued(found, field(found.conclusion.args[0], sigma(I)))
    [function] = opened(found.conclusion, n.term)
    plain = settle(field(function, OWN_DRIFT), *POSITIVE, *PLACE, LARGE)
    return settle(limits.limit_congruence(found, plain, n, 1), *POSITIVE, *PLACE)


UNLIKE: Final = different(I, L)


@cache
def opposite() -> Theorem:
    """What a pair adds at one of its values is minus what it adds at the other."""
    a, b = logs_at(I), logs_at(L)
    gaps = (in_either_order(different(gap, 0), I, L) for gap in (a - b, b - a))
    found = settle(field(2 / (a - b) + 2 / (b - a), number(0)), *gaps)
    return generalise(settle(found, *ALONG, *DURING, *BOTH, UNLIKE), (i, l, t), *AT_PAIR)


AT_PAIR: Final = (*BOTH, *DURING, UNLIKE)


@cache
def derive() -> Deduction:
    """Return the theorems about infinite depth, for all d."""
    proof = Deduction("dyson-at-infinite-depth")
    at_time = settle(instance(radial(), at(T)), *ALONG, *DURING, *PLACE)
    proof.show("along", radial(), "In the basis of the $u_iv_l^T$ the metric is diagonal, so")
    proof.conclude("radial", generalise(at_time, (i, t, X), *PLACE, *DURING), "At each time")
    proof.show("density", density(), "Pair by pair,")
    proof.show("logarithm", logarithm(), "and where the singular values differ,")
    proof.show("values", values_move(), "As each singular value is simple,")
    proof.conclude("volume", volume(), "So")
    proof.conclude("opposite", opposite(), "In the two places of a pair")
    found = instance(drift_tends(), at(T))
    found = settle(settle(found, apart(I, L)), *ALONG, *AT_PAIR)
    proof.conclude("pair", generalise(found, (i, l, t), *AT_PAIR), "By a difference quotient")
    found = settle(instance(own_tends(), at(T)), *ALONG, *PLACE, *DURING)
    proof.conclude("value", generalise(found, (i, t), *PLACE, *DURING), "and by continuity")
    return proof
