"""What a pair of singular values adds to the Ricci curvature along them, for every N and d."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Final

from dlnproof.claims.deduction import Deduction
from dlnproof.definitions.curvature import COMPLETE, PAIRS, RADIAL, radial
from dlnproof.definitions.hypotheses import DEPTH, POSITIVE, WIDTH
from dlnproof.definitions.letters import D, N, d, i, l, sigma
from dlnproof.kernel.logic import (
    assume,
    generalise,
    rewrite,
    sides,
    specialise,
    symmetric,
    transitive,
)
from dlnproof.kernel.numbers import field
from dlnproof.kernel.signs import sum_nonnegative
from dlnproof.kernel.terms import Term, at_most, entry, number, positive, within
from dlnproof.kernel.theorem import Theorem
from dlnproof.tactics.equations import then
from dlnproof.tactics.settle import proved, settle

from .scalar_curvature import (
    APART,
    DEEP,
    ONE,
    PAIR,
    SAME,
    A,
    B,
    I,
    L,
    above,
    all_of,
    of_two,
    pair_apart,
    pair_same,
    without_sums,
)

GIVEN: Final = (*DEPTH, *WIDTH, *POSITIVE, *COMPLETE, *PAIRS, *RADIAL)


def with_pair(told: Theorem, form: Term, *case: Term) -> Theorem:
    """Return rho_il = ``form``, from what kappa_il is."""
    found = then(specialise(assume(RADIAL[0]), I, L), told)
    return settle(transitive(found, field(sides(found)[1], form)), *GIVEN, *PAIR, *case)


@cache
def apart() -> Theorem:
    """rho_il, where sigma_i != sigma_l."""
    y, z = sigma(I) ** 2, sigma(L) ** 2
    form = (2 / N) * (A * B / (A - B) ** 2 - N**2 * (y * z) / (y - z) ** 2)
    return with_pair(pair_apart(), form, APART)


@cache
def same() -> Theorem:
    """rho_il, where sigma_i = sigma_l."""
    found = then(specialise(assume(RADIAL[0]), I, L), pair_same(), symmetric(assume(SAME)))
    form = (number(N) ** 2 - 1) / (6 * number(N))
    return settle(transitive(found, field(sides(found)[1], form)), *GIVEN, *PAIR, SAME)


def signed(sign: Callable[[Term], Term], *case: Theorem | Term) -> Theorem:
    """Return the sign of rho_il, from that of kappa_il as a sum."""
    told = then(specialise(assume(RADIAL[0]), I, L), of_two())
    known = (*GIVEN, *PAIR, *case, above())
    return settle(rewrite(proved(sign(sides(told)[1]), *known), symmetric(told)), *known)


def not_negative(value: Term) -> Term:
    """Return 0 <= x."""
    return at_most(0, value)


@cache
def nonnegative() -> Theorem:
    """0 <= sum_{i<l} rho_il (D_ii / sigma_i - D_ll / sigma_l)^2."""
    one, other = (entry(D.term, at, at) / sigma(at) for at in (I, L))
    square = (one - other) ** 2
    place = (*within(i, 1, d), *within(l, I + 1, d))
    term = not_negative(radial(I, L) * square)
    sign = proved(term, signed(not_negative), proved(not_negative(square)))
    inner = sum_nonnegative(settle(sign, *GIVEN, *place), l, I + 1, d)
    return settle(sum_nonnegative(inner, i, 1, d), *GIVEN)


@cache
def derive() -> Deduction:
    """Return the theorems about what pairs add, for all N and d."""
    proof = Deduction("ricci-sectional")
    two = (i, l)
    proof.show("pair", all_of(pair_apart(), two, APART), "The sum of a pair telescopes:")
    proof.conclude("apart", all_of(apart(), two, APART), "so that")
    proof.show("same", all_of(pair_same(), two, SAME), "Where the pair coincides,")
    proof.conclude("coincident", all_of(same(), two, SAME), "so that")
    found = generalise(all_of(signed(positive, *DEEP), two), (), *DEEP)
    proof.conclude("positive", found, "No term of the sum is negative, and one is positive.")
    flat = with_pair(without_sums(of_two()), number(0), ONE)
    proof.conclude(
        "flat", generalise(all_of(flat, two), (), ONE), "Of one factor the sum has no term."
    )
    last = generalise(nonnegative(), D)
    proof.conclude("nonnegative", last, "No term is negative:")
    return proof
