"""The gradient of the entropy, log vol(O_W), along any path of matrices, for every N and d."""

from __future__ import annotations

from functools import cache

from dlnproof.claims.deduction import Deduction
from dlnproof.definitions.geometry import rate
from dlnproof.definitions.hypotheses import BALANCED, BALANCED_AT, DURING, PRODUCT, PRODUCT_AT
from dlnproof.definitions.letters import N, d, factor, factor_at, j, sigma_at
from dlnproof.kernel import ranges
from dlnproof.kernel.logic import instance, sides, specialise, transitive
from dlnproof.kernel.numbers import field, log_of_power, log_of_product
from dlnproof.kernel.orbits import group_positive
from dlnproof.kernel.terms import REAL, Family, Term, fresh, log, number
from dlnproof.kernel.theorem import Theorem
from dlnproof.tactics.equations import body, changed, inside, then
from dlnproof.tactics.settle import settle

from ..volume.paths import (
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
from . import orbit_volume

KNOWN = (*STATIC, *BALANCED, *PRODUCT)


def eigenvalue(a: Term, b: Term) -> Term:
    """Return N lambda_il."""
    return (a**2 - b**2) / (a ** (2 / N) - b ** (2 / N))


@cache
def logarithm() -> Theorem:
    """log vol(O_W) = (N - 1) log c_d + 1/2 sum_{i<l} log(N lambda_il)."""
    found = settle(specialise(orbit_volume.derive().concluded["volume"]), *KNOWN)
    pairs = sides(found)[1].args[1].args[0]
    found = settle(then(found, distinct(pairs, eigenvalue)), *KNOWN)
    group, root = sides(found)[1].args
    told = changed(log(sides(found)[0]), found)
    told = then(
        told,
        log_of_product(group, root),
        log_of_power(*group.args),
        log_of_power(*root.args),
        log_of_pairs(root.args[0]),
    )
    return settle(told, group_positive(d), *KNOWN)


def of_pair(one: Term, other: Term) -> Term:
    """Return what a pair adds."""
    a, b = sigma_at(one, T), sigma_at(other, T)
    roots, squares = a ** (2 / N) - b ** (2 / N), a**2 - b**2

    def parts(x: Term) -> tuple[Term, Term]:
        return x / squares, 1 / N * x ** (2 / N - 1) / roots

    (lower, upper), (lower_b, upper_b) = parts(a), parts(b)
    return (lower - upper) * rate(one) + (upper_b - lower_b) * rate(other)


@cache
def gradient() -> Theorem:
    """(log vol(O_W))' is a sum over pairs."""
    told = instance(logarithm(), {**at(S), factor: Family((j,), factor_at(j.term, S))})

    def change(value: Term) -> Theorem:
        pairs, x = value.args[1].args[1].args[1], fresh(REAL)
        halved = number(1) / 2 * x.term

        def row(one: Term) -> Theorem:
            return ranges.linear_image(body(pairs, one), x, halved)

        found = field(value, number(1) / 2 * pairs)
        found = then(found, ranges.linear_image(pairs, x, halved))
        found = then(found, inside(sides(found)[1], row, *ALONG, *DURING))
        return transitive(found, summed(sides(found)[1], of_pair, *ALONG, *DURING))

    return derived(told, change, *BALANCED_AT, *PRODUCT_AT)


@cache
def derive() -> Deduction:
    """Return the theorems about the gradient of the entropy, for all N and d."""
    proof = Deduction("entropy-gradient")
    proof.show("logarithm", logarithm(), "Where the singular values differ,")
    proof.show("values", values_move(), "As each singular value is simple,")
    proof.conclude("gradient", gradient(), "So")
    return proof
