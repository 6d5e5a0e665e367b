"""What gradient flow misses of a step of gradient descent, for every N and d."""

from __future__ import annotations

from functools import cache
from typing import Final

from dlnproof.claims.deduction import Deduction
from dlnproof.definitions.end_flow import TARGET, form, misfit
from dlnproof.definitions.geometry import OPERATOR, coefficient
from dlnproof.definitions.hypotheses import BALANCED, DEPTH, POSITIVE, PRODUCT, SVD, WIDTH
from dlnproof.definitions.letters import (
    N,
    W,
    Z,
    direction,
    factor,
    i,
    j,
    k,
    l,
    m,
    s,
    sigma,
    stretched,
)
from dlnproof.definitions.letters import (
    X as X_LETTER,
)
from dlnproof.definitions.steps import downhill, energy, line, over, pairing, slope
from dlnproof.kernel import ranges
from dlnproof.kernel.logic import assume, cases, generalise, instance, sides, symmetric, transitive
from dlnproof.kernel.numbers import field
from dlnproof.kernel.ranges import chosen
from dlnproof.kernel.terms import (
    REAL,
    Family,
    Put,
    Symbol,
    Term,
    choose,
    fresh,
    inner,
    number,
    substitute,
    total,
    transpose,
    within,
)
from dlnproof.kernel.theorem import Theorem
from dlnproof.kernel.words import traces, words
from dlnproof.tactics.cancelling import same_traces
from dlnproof.tactics.differentiate import differentiate
from dlnproof.tactics.equations import body, changed, inside, then, valued
from dlnproof.tactics.rewriting import by, converted
from dlnproof.tactics.settle import settle

from ..metric.metric_diagonalization import summands
from ..metric.operator_spectrum import DIFFERENT, SAME, coincident, distinct
from .balanced_is_flattest import BOTH, TIMES, in_parts, operated_part, parts_of
from .end_to_end_flow import above, below, left_powers, operator, right_powers

I, J, K, L, M, X = i.term, j.term, k.term, l.term, m.term, X_LETTER.term
GIVEN: Final = (*DEPTH, *PRODUCT, *BALANCED)
VALUES: Final = (*DEPTH, *WIDTH, *SVD, *POSITIVE, *PRODUCT)
RANGE: Final = within(j, 1, N)
ZERO: Final = number(0)
OFF: Final = over(factor, 1, N) - TARGET


# --- derivatives along a line of factors ----------------------------------------------------------


def at_start(theorem: Theorem, moves: Symbol) -> Theorem:
    """Return a derivative at s = 0 with W_k in place of W_k + 0 M_k."""
    w, x = factor(K), moves(K)
    rate = differentiate(line(moves)(K), s, ZERO).conclusion.args[1]
    plain = by(generalise(words(w + ZERO * x, w), k), generalise(words(rate, x), k))
    return valued(theorem, converted(theorem.conclusion.args[1], plain))


def moved(moves: Symbol, lo: Term | int, hi: Term | int) -> Term:
    """Return the sum of W_hi ... W_{m+1} M_m W_{m-1} ... W_lo."""
    return total(m, lo, hi, over(factor, M + 1, hi) * moves(M) * over(factor, lo, M - 1))


def of_product(moves: Symbol, lo: Term | int, hi: Term | int) -> Theorem:
    """That is the derivative of the product from lo to hi."""
    return at_start(differentiate(over(line(moves), lo, hi), s, ZERO), moves)


@cache
def of_slope(moves: Symbol) -> Theorem:
    """The derivative of g_j: of each of its three parts."""
    ends = ((J + 1, N), (1, N), (1, J - 1))
    found = differentiate(
        slope(line(moves), J), s, ZERO, *(of_product(moves, *both) for both in ends)
    )
    found = at_start(found, moves)
    whole, left, right = moved(moves, 1, N), transpose(above(J)), transpose(below(J))
    parts = (
        transpose(moved(moves, J + 1, N)) * OFF * right
        + left * whole * right
        + left * OFF * transpose(moved(moves, 1, J - 1))
    )
    return settle(valued(found, words(found.conclusion.args[1], parts)), *RANGE)


# --- the second derivative of the loss ------------------------------------------------------------


def after(one: Symbol, other: Symbol) -> Term:
    """Return Tr((W - Y)^T (..M_m..) H_j (..W_1)), summed over m > j."""
    return inner(OFF, moved(one, J + 1, N) * other(J) * below(J))


def before(one: Symbol, other: Symbol) -> Term:
    """Return Tr((W - Y)^T (W_N..) H_j (..M_m..)), summed over m < j."""
    return inner(OFF, above(J) * other(J) * moved(one, 1, J - 1))


def at_once(one: Symbol, other: Symbol) -> Term:
    """Return Tr(dphi(M)^T (W_N ... W_{j+1}) H_j (W_{j-1} ... W_1))."""
    return inner(moved(one, 1, N), above(J) * other(J) * below(J))


def second(one: Symbol, other: Symbol) -> Term:
    """Return the summand of the second derivative of the loss, along M and H."""
    return after(one, other) + at_once(one, other) + before(one, other)


def summed(summand: Term) -> Term:
    """Return the sum over j."""
    return total(j, 1, N, summand)


def pair(later: Term, earlier: Term) -> Term:
    """Return Tr((W - Y)^T W_N .. H_k .. M_j .. W_1) for k > j."""
    between = over(factor, earlier + 1, later - 1)
    last, first = above(later) * direction(later), stretched(earlier) * below(earlier)
    return inner(OFF, last * between * first)


def parted(whole: Term, image: Term, swapped: bool) -> Theorem:
    """A sum of traces with a sum inside, as one over pairs j, m: L(sum of M_m) = sum of L(M_m)."""
    inside_ = moved(stretched, 1, J - 1) if swapped else moved(direction, J + 1, N)
    one = ranges.linear_image(inside_, X.data, image)
    double = sides(one)[1]

    def flat(v: Term) -> Theorem:
        return traces(body(double, v), pair(J, v) if swapped else pair(v, J))

    return settle(
        ranges.congruence(whole, settle(transitive(one, inside(double, flat)), *RANGE), j), *DEPTH
    )


@cache
def crossed() -> Theorem:
    """The pairs m > j along H and M are the pairs m < j along M and H."""
    one = parted(
        summed(after(direction, stretched)), inner(OFF, X * stretched(J) * below(J)), swapped=False
    )
    other = parted(
        summed(before(stretched, direction)), inner(OFF, above(J) * direction(J) * X), swapped=True
    )
    swap = ranges.exchange(sides(one)[1])
    return settle(transitive(one, swap, symmetric(other)), *DEPTH)


@cache
def met() -> Theorem:
    """The sum of what meets dphi(M) is Tr(dphi(M)^T dphi(H))."""
    image = inner(moved(stretched, 1, N), X)
    whole = moved(direction, 1, N)
    return settle(symmetric(ranges.linear_image(whole, X.data, image)), *DEPTH)


SWAP: Final[Put] = {
    direction: Family((j,), stretched(J)),
    stretched: Family((j,), direction(J)),
}


@cache
def in_three(one: Symbol, other: Symbol) -> Theorem:
    """The second derivative is the sum of its three parts."""
    whole = summed(second(one, other))
    first = ranges.sum_of_sums(whole)
    last = ranges.sum_of_sums(sides(first)[1].args[0])
    return settle(then(first, last), *DEPTH)


@cache
def symmetry() -> Theorem:
    """The second derivative along M and H is that along H and M."""
    one, other = in_three(stretched, direction), in_three(direction, stretched)
    back = instance(crossed(), SWAP)
    turned = instance(met(), SWAP)
    told = then(one, met(), back, symmetric(crossed()))
    goal = then(other, turned)
    meets = traces(sides(turned)[1], sides(met())[1])
    goal = then(goal, meets)
    return transitive(told, field(sides(told)[1], sides(goal)[1]), symmetric(goal))


# --- what a step misses ---------------------------------------------------------------------------


@cache
def slopes() -> Theorem:
    """The loss moves along H by the sum of Tr(g_j^T H_j)."""
    found = differentiate(misfit(over(line(direction), 1, N)), s, ZERO, of_product(direction, 1, N))
    found = at_start(found, direction)
    whole = moved(direction, 1, N)
    image = ranges.linear_image(whole, X.data, inner(OFF, X))
    each_ = ranges.congruence(
        sides(image)[1],
        traces(
            inner(OFF, above(J) * direction(J) * below(J)), inner(slope(factor, J), direction(J))
        ),
        j,
    )
    told = traces(found.conclusion.args[1], sides(image)[0])
    return settle(valued(found, transitive(told, image, each_)), *DEPTH)


@cache
def pairing_moves() -> Theorem:
    """The sum of Tr(g_j^T H_j) moves along M by the second derivative along M and H."""
    found = differentiate(pairing(line(stretched)), s, ZERO, of_slope(stretched))
    found = at_start(found, stretched)
    value = found.conclusion.args[1]
    plain = inside(
        value, lambda v: traces(body(value, v), substitute(second(stretched, direction), {j: v}))
    )
    return settle(valued(found, plain), *DEPTH)


GRADIENTS: Final[Put] = {stretched: Family((j,), slope(factor, J))}


@cache
def energy_moves() -> Theorem:
    """The sum of |g_j|^2 moves along H by twice the second derivative along H and g."""
    found = differentiate(energy(line(direction)), s, ZERO, of_slope(direction))
    found = at_start(found, direction)
    value = found.conclusion.args[1]
    summand = substitute(second(direction, stretched), GRADIENTS)
    plain = inside(value, lambda v: traces(body(value, v), 2 * substitute(summand, {j: v})))
    x = fresh(REAL)
    out = symmetric(ranges.linear_image(summed(summand), x, 2 * x.term))
    return settle(valued(found, transitive(plain, out)), *DEPTH)


@cache
def correction() -> Theorem:
    """A quarter of the sum of |g_j|^2 moves along H by half of what <g, H> moves by along g."""
    half, quarter = number(1) / 2, number(1) / 4
    one, other = energy_moves(), instance(pairing_moves(), GRADIENTS)
    function = quarter * energy(line(direction)) - half * pairing(line(downhill))
    found = differentiate(function, s, ZERO, one, other)
    told = changed(found.conclusion.args[1], instance(symmetry(), GRADIENTS))
    return settle(valued(found, transitive(told, field(sides(told)[1], ZERO))), *DEPTH)


# --- at balanced factors --------------------------------------------------------------------------

REST: Final = W - TARGET
OPERATED: Final[Put] = {Z: REST}


@cache
def as_form() -> Theorem:
    """The sum of |g_j|^2 is N Tr((W - Y)^T A(W - Y)), for balanced factors."""
    begun = changed(energy(factor), symmetric(assume(PRODUCT[0])))
    whole, roots = sides(begun)[1], instance(operator(), OPERATED)
    image = ranges.linear_image(sides(roots)[1], X.data, inner(REST, X))

    def summand(v: Term) -> Theorem:
        used = (instance(powers, {j: v}) for powers in (left_powers(), right_powers()))
        return same_traces(body(whole, v), body(sides(image)[1], v), *used)

    told = transitive(begun, inside(whole, summand, *GIVEN), symmetric(image))
    told = then(told, symmetric(roots))
    return settle(transitive(told, traces(sides(told)[1], form(W, REST))), *GIVEN)


LENGTH: Final = choose(SAME, N * sigma(I) ** (2 - 2 / N), N * sides(distinct())[1])
"""N lambda_il."""


@cache
def eigenvalue() -> Theorem:
    """N lambda_il, by cases."""
    found = []
    for case, closed in ((SAME, coincident()), (DIFFERENT, distinct())):
        told = changed(TIMES, closed)
        last = symmetric(chosen(LENGTH, assume(case)))
        told = transitive(told, field(sides(told)[1], sides(last)[0]), last)
        found.append(settle(told, *VALUES, *BOTH, case))
    return settle(cases(*found, on=(SAME, DIFFERENT)), *VALUES, *BOTH)


@cache
def by_values() -> Theorem:
    """The sum of |g_j|^2 is that of N lambda_il (u_i^T (W - Y) v_l)^2, for balanced factors."""
    image = N * OPERATOR(N, W, REST)
    told = then(as_form(), symmetric(traces(inner(REST, image), form(W, REST))))
    told = then(told, parts_of(REST, image))
    part = then(instance(operated_part(), OPERATED), eigenvalue())
    told = then(told, in_parts(sides(told)[1], part))
    size = coefficient(REST, I, L)

    def squared(term: Term, v: Term, w: Term) -> Theorem:
        return field(term, substitute(LENGTH * size**2, {i: v, l: w}))

    told = then(told, summands(sides(told)[1], squared))
    return settle(told, *VALUES, *BALANCED)


@cache
def derive() -> Deduction:
    """Return the theorems about what a step misses, for all N and d."""
    proof = Deduction("gd-backward-error")
    proof.conclude("gradient", slopes(), "By the product rule")
    proof.show("pairing", pairing_moves(), "Each gradient has three parts, so along any $b$")
    proof.show("pairs", crossed(), "Of two factors the one is after the other:")
    proof.show("symmetry", symmetry(), "So the second derivative is symmetric,")
    proof.conclude("correction", correction(), "and along the gradient itself")
    proof.show("form", as_form(), "Products of balanced factors are powers:")
    proof.show("eigenvalue", eigenvalue(), "With the eigenvalues")
    found = generalise(by_values(), (), *BALANCED)
    proof.conclude("balanced", found, "the operator is diagonal:")
    return proof
