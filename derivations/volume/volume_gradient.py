"""The gradient of the volume density, along any path of matrices, for every N and d."""

from __future__ import annotations

from functools import cache

from dlnproof.claims.deduction import Deduction
from dlnproof.definitions.geometry import rate
from dlnproof.definitions.hypotheses import DURING
from dlnproof.definitions.letters import N, sigma_at
from dlnproof.kernel import ranges
from dlnproof.kernel.logic import instance, sides
from dlnproof.kernel.numbers import field, log_of_product
from dlnproof.kernel.terms import Term, log
from dlnproof.kernel.theorem import Theorem
from dlnproof.tactics.equations import body, changed, inside, then
from dlnproof.tactics.settle import settle

from .paths import (
    ALONG,
    STATIC,
    S,
    T,
    at,
    derived,
    distinct,
    log_of_pairs,
    summed,
    values_move,
)
from .volume_form import metric_root, root_of_metric


def inverse_eigenvalue(a: Term, b: Term) -> Term:
    """Return 1 / lambda_il."""
    return N * ((a ** (2 / N) - b ** (2 / N)) / (a**2 - b**2))


@cache
def logarithm() -> Theorem:
    """The logarithm of sqrt(det g): a sum over i, and one over pairs."""
    root = metric_root()
    root = settle(then(root, distinct(sides(root)[1].args[1], inverse_eigenvalue)), *STATIC)
    own, pairs = sides(root)[1].args
    told = changed(log(root_of_metric()), root)
    told = then(told, log_of_product(own, pairs), ranges.log_of_product(own), log_of_pairs(pairs))
    return settle(told, *STATIC)


def own(index: Term) -> Term:
    """Return what sigma_i alone adds."""
    return (1 / N - 1) / sigma_at(index, T) * rate(index)


def of_pair(one: Term, other: Term) -> Term:
    """Return what a pair adds."""
    a, b = sigma_at(one, T), sigma_at(other, T)
    roots, squares = a ** (2 / N) - b ** (2 / N), a**2 - b**2

    def parts(x: Term) -> tuple[Term, Term]:
        return 2 / N * x ** (2 / N - 1) / roots, 2 * x / squares

    (upper, lower), (upper_b, lower_b) = parts(a), parts(b)
    return (upper - lower) * rate(one) + (lower_b - upper_b) * rate(other)


@cache
def gradient() -> Theorem:
    """(log sqrt(det g))' = sum_i ... u_i^T W' v_i, with the sum over pairs."""

    def change(value: Term) -> Theorem:
        single, pairs = value.args
        singles = inside(single, lambda one: field(body(single, one), own(one)), *ALONG, *DURING)
        return changed(value, singles, summed(pairs, of_pair, *ALONG, *DURING))

    return derived(instance(logarithm(), at(S)), change)


@cache
def derive() -> Deduction:
    """Return the theorems about the gradient of the density, for all N and d."""
    proof = Deduction("volume-gradient")
    proof.show("logarithm", logarithm(), "Where the singular values differ,")
    proof.show("values", values_move(), "As each singular value is simple,")
    proof.conclude("gradient", gradient(), "So")
    return proof
