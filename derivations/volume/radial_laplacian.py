"""The metric and its volume along the roots of the singular values, for every N and d."""

from __future__ import annotations

from functools import cache
from typing import Final

from dlnproof.claims.deduction import Deduction
from dlnproof.definitions.geometry import METRIC, coefficient, pair
from dlnproof.definitions.hypotheses import DURING
from dlnproof.definitions.letters import N, W, X, d, i, l, sigma, sigma_at, t
from dlnproof.definitions.radial import root_rate
from dlnproof.kernel import ranges
from dlnproof.kernel.determinants import inverse_linear, linear_multiple
from dlnproof.kernel.logic import cut, generalise, instance, sides, transitive, unfold
from dlnproof.kernel.numbers import field, log_of_product
from dlnproof.kernel.terms import Term, log, number, product, within
from dlnproof.kernel.theorem import Theorem
from dlnproof.kernel.words import words
from dlnproof.tactics.agreement import joined, same
from dlnproof.tactics.equations import changed, then
from dlnproof.tactics.settle import settle

from ..metric.metric_diagonalization import (
    inverse_at_pair,
    linear_operator,
    product_with_pair,
    regular,
)
from .paths import ALONG, STATIC, S, T, at, derived, distinct, log_of_pairs, summed, values_move
from .volume_form import metric_root, root_of_metric
from .volume_gradient import inverse_eigenvalue

I, L = i.term, l.term
PLACE: Final = within(i, 1, d)
SPEED: Final = N * sigma(I) ** (1 - 1 / N)
"""How sigma_i moves with its root."""
OF_PAIR: Final = N * (sigma(I) ** (2 / N) - sigma(L) ** (2 / N))


@cache
def radial() -> Theorem:
    """g(X, N sigma_i^(1-1/N) u_i v_i^T) = N sigma_i^(1/N-1) u_i^T X v_i."""
    own = pair(I, I)
    map_ = cut(inverse_linear(linear_operator()), regular())
    solved = linear_multiple(map_, SPEED, own)
    solved = then(solved, instance(inverse_at_pair(), {l: I}))
    choice = next(part for part in sides(solved)[1].parts() if part.op == "if")
    solved = then(solved, ranges.chosen(choice, field(sigma(I), sigma(I))))
    factor = N * sigma(I) ** (1 / N - 1)
    value = sides(solved)[1].args[1].args[0]
    solved = transitive(solved, words(sides(solved)[1], (SPEED * value) * own))
    told = then(unfold(METRIC(N, W, X.term, SPEED * own)), solved)
    told = then(told, product_with_pair(SPEED * value, I, I))
    told = transitive(told, field(sides(told)[1], factor * coefficient(X.term, I, I)))
    return settle(told, *STATIC, *PLACE)


@cache
def density() -> Theorem:
    """sqrt(det g) prod_i N sigma_i^(1-1/N) prod_{i<l} (sigma_i^2 - sigma_l^2), in roots."""
    whole = metric_root()
    whole = settle(then(whole, distinct(sides(whole)[1].args[1], inverse_eigenvalue)), *STATIC)
    own, off = sides(whole)[1].args
    speeds = product(i, 1, d, SPEED)
    gaps = product(i, 1, d, product(l, I + 1, d, sigma(I) ** 2 - sigma(L) ** 2))
    told = changed(root_of_metric() * (speeds * gaps), whole)
    told = transitive(told, field(sides(told)[1], (own * speeds) * (off * gaps)))
    told = then(told, joined(own, speeds, *STATIC), joined(off, gaps, *STATIC))
    of_n = product(i, 1, d, number(N))
    of_pairs = product(i, 1, d, product(l, I + 1, d, OF_PAIR))
    return settle(transitive(told, same(sides(told)[1], of_n * of_pairs, *STATIC)), *STATIC)


@cache
def logarithm() -> Theorem:
    """Its logarithm: a sum over pairs, and what does not move."""
    of_n, of_pairs = sides(density())[1].args
    told = changed(log(sides(density())[0]), density())
    told = then(told, log_of_product(of_n, of_pairs), log_of_pairs(of_pairs))
    return settle(told, *STATIC)


def of_pair(one: Term, other: Term) -> Term:
    """Return what a pair adds."""
    a, b = (sigma_at(v, T) ** (1 / N) for v in (one, other))
    return 2 * a / (a**2 - b**2) * root_rate(one) + 2 * b / (b**2 - a**2) * root_rate(other)


@cache
def volume() -> Theorem:
    """(log of the density)' is a sum over pairs, of what their roots move by."""

    def change(value: Term) -> Theorem:
        pairs = value.args[1]
        found = transitive(field(value, pairs), summed(pairs, of_pair, *ALONG, *DURING))
        return settle(found, *ALONG, *DURING)

    return derived(instance(logarithm(), at(S)), change)


@cache
def derive() -> Deduction:
    """Return the theorems about the radial part of the Laplacian, for all N and d."""
    proof = Deduction("radial-laplacian")
    at_time = settle(instance(radial(), at(T)), *ALONG, *DURING, *PLACE)
    proof.show("along", radial(), "In the basis of the $u_iv_l^T$ the metric is diagonal, so")
    proof.conclude("radial", generalise(at_time, (i, t, X), *PLACE, *DURING), "At each time")
    proof.show("density", density(), "Pair by pair,")
    proof.show("logarithm", logarithm(), "and where the singular values differ,")
    proof.show("values", values_move(), "As each singular value is simple,")
    proof.conclude("volume", volume(), "So")
    return proof
