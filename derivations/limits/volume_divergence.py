"""Orders of the volumes as singular values vanish, for every N, d and k."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import Final

from dlnproof.claims.deduction import Deduction
from dlnproof.definitions.letters import N, d, e, i, j, l
from dlnproof.definitions.orbits import TURNED, turned
from dlnproof.definitions.vanishing import (
    DENSITY_LIMIT,
    FORM_LIMIT,
    INFINITE_DENSITY_LIMIT,
    INFINITE_FORM_LIMIT,
    ORBIT_AT,
    ORBIT_LIMIT,
    VALUE,
)
from dlnproof.kernel import limits, signs
from dlnproof.kernel.calculus import derivative_identity, derivative_power
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
from dlnproof.kernel.numbers import field_in
from dlnproof.kernel.orbits import group_positive
from dlnproof.kernel.ranges import chosen
from dlnproof.kernel.terms import Family, Term, log, number, opened, positive, unfolded
from dlnproof.kernel.theorem import Theorem
from dlnproof.tactics.agreement import same
from dlnproof.tactics.equations import body, valued
from dlnproof.tactics.rewriting import by, repeated
from dlnproof.tactics.settle import proved, settle
from dlnproof.tactics.tending import tends

from ..orbit import frames, orbit_volume
from ..orbit.tangents import Q, value
from ..volume import volume_form
from . import infinite_depth
from .orders import INDEX, LOG, PAIR, E, I, L, rest_tends, tends_to
from .vanishing import GIVEN, PUT, S_I, S_L, index_order_of, moved, pair_order_of, places


def order_of(
    told: Theorem,
    index: tuple[Term, Term] | None,
    pair: tuple[Term, Term, Term],
    constant_: Term,
    logs: Term | None = None,
) -> Theorem:
    """Return the limit of what is a product over indices and pairs, over its order."""
    base, weight, mixed_form = pair
    rest = pair_order_of(base, weight, mixed_form, logs)
    left = sides(rest)[1].args[1]
    left = left if logs is None else left.args[1]
    reciprocal = limits.limit_reciprocal_log()
    mixed_limit = settle(tends(mixed_form, e, reciprocal), *GIVEN, *PAIR)
    limit = settle(rest_tends(left, mixed_limit), *GIVEN, *PAIR)
    own = None if index is None else (index_order_of(*index), index[1])
    found = tends_to(told, own, (rest, weight, logs), limit, *GIVEN)
    value_ = found.conclusion.args[0]
    whole = unfold(constant_) if constant_.op == "defined" else reflexive(constant_)
    told = same(value_, sides(whole)[1], *GIVEN)
    told = settle(transitive(told, symmetric(whole)), *GIVEN)
    return valued(found, told)


A_I, A_L = S_I ** (2 / N), S_L ** (2 / N)
SMALL: Final = E ** (2 / N)
APART: Final = S_I**2 - S_L**2
MIXED: Final = S_I**2 - E**2 * S_L**2
ROOT: Final = (S_I ** (1 / N - 1), 1 / N - 1)
LOGS: Final = log(S_I**2) - log(S_L**2)
ONE: Final = number(1)
FAR: Final = LOGS * (1 / LOG) + 2


@cache
def form() -> Theorem:
    """Return the order of sqrt(det g) |det dW|."""
    pair = (N * (A_I - A_L), 2 / N, N * (A_I - SMALL * A_L))
    return order_of(moved(volume_form.derive().concluded["form"]), ROOT, pair, FORM_LIMIT())


@cache
def density() -> Theorem:
    """Return the order of sqrt(det g)."""
    base = N * ((A_I - A_L) / APART)
    pair = (base, 2 / N - 2, N * (A_I - SMALL * A_L) / MIXED)
    return order_of(moved(volume_form.metric_root()), ROOT, pair, DENSITY_LIMIT())


@cache
def infinite_form() -> Theorem:
    """Return the order of sqrt(det g_inf) |det dW|."""
    pair = (LOGS, number(0), FAR)
    told = moved(infinite_depth.derive().concluded["form"])
    return order_of(told, (ONE / S_I, -ONE), pair, INFINITE_FORM_LIMIT, ONE)


@cache
def infinite_density() -> Theorem:
    """Return the order of sqrt(det g_inf)."""
    pair = (ONE / (APART / LOGS), number(-2), FAR / MIXED)
    told = moved(infinite_depth.metric_root())
    return order_of(told, (ONE / S_I, -ONE), pair, INFINITE_DENSITY_LIMIT(), ONE)


# --- the orbit ------------------------------------------------------------------------------------

ORBIT_GIVEN: Final = (*GIVEN, TURNED)


@cache
def pairs_of_orbit() -> Theorem:
    """Return vol(orbit) = c_d^(N-1) root(prod of (...) over pairs), at sigma_i(e)."""
    put = {Q: Family((j,), turned(j.term)), value: Family((i,), VALUE(I, E) ** (1 / N))}
    found = instance(frames.volume(), put)
    pair = settle(instance(orbit_volume.distinct(), PUT), *places(), *PAIR)
    each_pair = generalise(pair, (i, l), *PAIR)
    found = transitive(found, repeated(sides(found)[1], by(each_pair)))
    return settle(found, TURNED, *places())


def positive_pairs(whole: Term, *known: Theorem | Term) -> Theorem:
    """Return that a product over pairs is positive, of choices between what is."""
    inner = body(whole, I)
    told = positive_choice(body(inner, L), *known, *PAIR)
    row = signs.product_nonnegative(settle(told, *known, *PAIR), l, I + 1, d)
    return settle(signs.product_nonnegative(settle(row, *known, *INDEX), i, 1, d), *known)


def positive_choice(term: Term, *known: Theorem | Term) -> Theorem:
    """Return that a number is positive, in both cases of each choice."""
    if term.op != "if":
        return proved(positive(term), *known)
    found = []
    on = (term.args[0], negation(term.args[0]))
    for case in on:
        told = chosen(term, assume(case))
        above = positive_choice(sides(told)[1], *known, case)
        found.append(rewrite(above, symmetric(told)))
    return cases(*found, on=on)


@cache
def orbit() -> Theorem:
    """Return the order of vol(orbit)."""
    told = pairs_of_orbit()
    group, density_ = sides(told)[1].args
    whole = density_.args[0]
    weight = 2 - 2 / N
    mixed_form = MIXED / (A_I - SMALL * A_L)
    rest = pair_order_of(APART / (A_I - A_L), weight, mixed_form, None)
    mixed_limit = settle(tends(mixed_form, e), *GIVEN, *PAIR)
    limit = settle(rest_tends(sides(rest)[1].args[1], mixed_limit), *GIVEN, *PAIR)
    found = tends_to(reflexive(whole), None, (rest, weight, None), limit, *GIVEN)
    value_ = found.conclusion.args[0]
    inner = unfolded(ORBIT_LIMIT()).args[1].args[0]
    told_value = same(value_, inner, *GIVEN)
    found = valued(found, settle(told_value, *GIVEN))
    above = positive_pairs(inner, *GIVEN)
    outer = derivative_power(derivative_identity(inner), number(Fraction(1, 2)))
    found = limits.limit_through(cut(outer, above), found)
    found = limits.limit_product(limits.limit_constant(limits.ZERO, group), found)
    function = opened(found.conclusion, E)[0]
    exponent = function.args[1].args[0].args[1].args[1]
    aim = ORBIT_AT / E ** (exponent / 2)
    large = positive_pairs(whole, *places())
    equation = field_in((group, ORBIT_AT), function, aim, (-1 / E ** (exponent / 2), told))
    equation = settle(equation, large, TURNED, *places())
    found = limits.limit_congruence(found, equation, e, 1)
    return settle(valued(found, symmetric(unfold(ORBIT_LIMIT()))), *ORBIT_GIVEN)


# --- the limits are positive ----------------------------------------------------------------------


@cache
def limits_positive() -> dict[str, Theorem]:
    """Return that each limit is positive."""
    found = {}
    for name, limit in LIMITS.items():
        whole = unfold(limit) if limit.op == "defined" else reflexive(limit)
        value_ = sides(whole)[1]
        pairs_ = value_.args[1]
        above = positive_pairs(pairs_.args[0] if pairs_.op == "^" else pairs_, *GIVEN)
        told = proved(positive(value_), above, group_positive(d), *GIVEN)
        told = rewrite(told, symmetric(whole)) if limit.op == "defined" else told
        found[name] = settle(told, *GIVEN)
    return found


LIMITS: Final = {
    "form": FORM_LIMIT(),
    "density": DENSITY_LIMIT(),
    "orbit": ORBIT_LIMIT(),
    "infinite-form": INFINITE_FORM_LIMIT,
    "infinite-density": INFINITE_DENSITY_LIMIT(),
}


@cache
def derive() -> Deduction:
    """Return the theorems about the orders of the volumes, for all N, d and k."""
    proof = Deduction("volume-divergence")
    for name, theorem, said in (
        ("form", form(), "Each value and pair has its own order; multiplied,"),
        ("density", density(), "without the Jacobian"),
        ("orbit", orbit(), "and for the orbit"),
        ("infinite-form", infinite_form(), "At infinite depth mixed pairs have a logarithm:"),
        ("infinite-density", infinite_density(), "and without the Jacobian"),
    ):
        proof.conclude(name, theorem, said)
        proof.conclude(f"{name}-positive", limits_positive()[name])
    return proof
