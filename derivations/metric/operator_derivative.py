"""How the operator moves along a path whose singular values differ, for every N and d."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Final

from dlnproof.claims.deduction import Deduction
from dlnproof.definitions.completion import SVD_OF_END
from dlnproof.definitions.geometry import OPERATOR, coefficient, pair
from dlnproof.definitions.hypotheses import (
    DEPTH,
    DURING,
    EIGENVALUES_AT,
    POSITIVE_AT,
    STRETCHING,
    STRICT_AT,
    TURNING,
    during,
)
from dlnproof.definitions.letters import (
    N,
    W,
    X,
    Y,
    Z,
    d,
    eigenvalue_at,
    end_at,
    i,
    k,
    l,
    left_at,
    left_turn_at,
    m,
    right_at,
    right_turn_at,
    s,
    sigma_at,
    stretch_at,
    t,
    t_0,
    t_1,
)
from dlnproof.kernel import ranges
from dlnproof.kernel.calculus import (
    derivative_congruence,
    derivative_constant,
    derivative_entry,
    derivative_product,
    one_value,
)
from dlnproof.kernel.determinants import linear_multiple
from dlnproof.kernel.entries import entry_of
from dlnproof.kernel.logic import (
    assume,
    cases,
    cut,
    generalise,
    instance,
    reflexive,
    sides,
    specialise,
    symmetric,
    transitive,
)
from dlnproof.kernel.numbers import field, field_in
from dlnproof.kernel.terms import (
    INT,
    REAL,
    Symbol,
    Term,
    choose,
    derivative,
    diagonal,
    different,
    entry,
    equal,
    fresh,
    identity,
    number,
    substitute,
    total,
    transpose,
    unit,
    within,
)
from dlnproof.kernel.theorem import Theorem
from dlnproof.kernel.words import words
from dlnproof.tactics.cancelling import same_words
from dlnproof.tactics.differentiate import differentiate
from dlnproof.tactics.equations import body, changed, inside, then, transport, valued
from dlnproof.tactics.rewriting import at_place, repeated, rules
from dlnproof.tactics.settle import settle

from ..factors.end_to_end_flow import coefficient_of
from ..volume.paths import apart, at, in_either_order
from . import metric_diagonalization, operator_spectrum

S, T, I, L, M = (letter.term for letter in (s, t, i, l, m))
GIVEN: Final = (*DEPTH, *STRETCHING, *SVD_OF_END[:3], *POSITIVE_AT, *STRICT_AT, *TURNING)
KNOWN: Final = (*GIVEN, *EIGENVALUES_AT)
PLACE: Final = (*within(i, 1, d), *within(l, 1, d))
HERE: Final = (*PLACE, *DURING)
UNLIKE, LIKE = different(I, L), equal(I, L)

FRAMES: Final = (left_at, right_at)
TURNS: Final = (left_turn_at(T), right_turn_at(T))
"""alpha = U^T U' and beta = V^T V', which are skew."""
H: Final = stretch_at(T)
"""U^T W' V."""


def svd(time: Term) -> tuple[Theorem, ...]:
    """W = U Sigma V^T, U^T U = I and V^T V = I, at a time."""
    return tuple(specialise(assume(h), time) for h in SVD_OF_END[:3])


def framed(matrix: Term, time: Term) -> Term:
    """Return U^T M V, at a time."""
    return transpose(left_at(time)) * matrix * right_at(time)


def sizes(time: Term) -> Term:
    """Return Sigma, at a time."""
    return diagonal(k, d, sigma_at(k.term, time))


def slope_of(theorem: Theorem) -> Term:
    """Return the derivative that a theorem tells."""
    return theorem.conclusion.args[1]


def for_all(theorem: Theorem, *conditions: Term) -> Theorem:
    """Return a theorem for all i, l and t, with more conditions."""
    return generalise(theorem, (i, l, t), *HERE, *conditions)


def entries(term: Term) -> Theorem:
    """Return an entry, by those of what a matrix is put together of; not of products."""

    def apart_(term: Term) -> Theorem | None:
        if term.op != "entry":
            return None
        matrix = term.args[0]
        plain = matrix.op in ("+", "-", "T", "scale", "O")
        scaled = matrix.op == "*" and "diag" in (part.op for part in matrix.args)
        return entry_of(*term.args) if plain or scaled else None

    return repeated(term, rules(apart_))


# --- singular values and vectors ------------------------------------------------------------------


@cache
def skew(place: int) -> Theorem:
    """alpha_li = -alpha_il, or beta_li = -beta_il: U^T U is constant."""
    frame, turn = FRAMES[place](S), TURNS[place]
    found = differentiate(transpose(frame) * frame, s, T, assume(TURNING[place]))
    found = derivative_congruence(found, svd(S)[1 + place], s, t_0, t_1)
    plain = same_words(slope_of(found), transpose(turn) + turn, svd(T)[1 + place])
    none = one_value(valued(found, plain), derivative_constant(identity(d), T))
    whole, zero = (entries(entry(side, I, L)) for side in sides(none))
    told = transitive(symmetric(whole), at_place(sides(whole)[0], 0, none), zero)
    told = field(entry(turn, L, I), -entry(turn, I, L), (number(1), told))
    return for_all(settle(told, *GIVEN, *HERE))


@cache
def velocity() -> Theorem:
    """Sigma' = alpha^T Sigma + H + Sigma beta."""
    whole = framed(end_at(S), S)
    found = differentiate(whole, s, T, *map(assume, (*STRETCHING, *TURNING)))
    value = transpose(TURNS[0]) * sizes(T) + H + sizes(T) * TURNS[1]
    found = valued(found, same_words(slope_of(found), value, *svd(T)))
    same = same_words(whole, sizes(S), *svd(S))
    found = settle(derivative_congruence(found, same, s, t_0, t_1), *GIVEN, *DURING)
    return generalise(found, t, *DURING)


def entry_moves(row: Term, column: Term) -> Theorem:
    """An entry of Sigma has this derivative, by those of alpha, H and beta."""
    found = derivative_entry(specialise(velocity(), T), row, column)
    plain = entry_of(sizes(S), row, column)
    return derivative_congruence(valued(found, entries(slope_of(found))), plain, s)


@cache
def values_move() -> Theorem:
    """sigma_i' = H_ii."""
    found = entry_moves(I, I)
    half = sigma_at(I, T) / 2
    turns = ((half, specialise(skew(place), I, I, T)) for place in (0, 1))
    value = field(slope_of(found), entry(H, I, I), *turns)
    row = within(i, 1, d)
    return generalise(settle(valued(found, value), *GIVEN, *DURING, *row), (i, t), *row, *DURING)


@cache
def balance() -> Theorem:
    """alpha_li sigma_l + H_il + sigma_i beta_il = 0 for i != l."""
    found = one_value(entry_moves(I, L), derivative_constant(number(0), T))
    return for_all(settle(found, *GIVEN, *HERE, UNLIKE), UNLIKE)


@cache
def turns(place: int) -> Theorem:
    """alpha_il, or beta_il, for i != l: from the balance of i and l, and that of l and i."""
    here, there = specialise(balance(), I, L, T), specialise(balance(), L, I, T)
    own, other = (specialise(skew(k), I, L, T) for k in (place, 1 - place))
    a, b = sigma_at(I, T), sigma_at(L, T)
    p, q = (a, b) if place else (b, a)
    gap = b**2 - a**2
    parts = ((-p, here), (-q, there), (b**2, own), (a * b, other))
    value = p / gap * entry(H, I, L) + q / gap * entry(H, L, I)
    found = field(entry(TURNS[place], I, L), value, *((c / gap, told) for c, told in parts))
    found = settle(found, in_either_order(different(gap, 0), I, L), *GIVEN, *HERE, UNLIKE)
    return for_all(found, UNLIKE)


# --- eigenvalues ----------------------------------------------------------------------------------


def along(theorem: Theorem, x: Symbol) -> Theorem:
    """Return what holds of one matrix, and of x as an eigenvalue, for those at each time."""
    found = instance(theorem, {**at(S), x: eigenvalue_at(I, L, S)})
    return settle(found, *KNOWN, *during(S), *PLACE)


def eigenvector(x: Symbol) -> Theorem:
    """A(u_i v_l^T) = x u_i v_l^T."""
    return assume(equal(OPERATOR(N, W, pair(I, L)), x.term * pair(I, L)))


def multiple(value: Term) -> Theorem:
    """u_i^T (c u_i v_l^T) v_l = c."""
    e, whole = unit(d, I, L), coefficient(value * pair(I, L), I, L)
    frames = operator_spectrum.left, operator_spectrum.right
    told = at_place(whole, 0, same_words(whole.args[0], value * e, *frames))
    found = then(told, entry_of(value * e, I, L), entry_of(e, I, L))
    return transitive(found, field_in((value,), value * number(1), value))


def value_is(kind: str) -> Theorem:
    """lambda_il in closed form, of one kind, at all times."""
    x = fresh(REAL)
    closed = specialise(operator_spectrum.derive().concluded[kind], I, L)
    same = transitive(symmetric(eigenvector(x)), closed)
    own, value = (multiple(side.args[0]) for side in sides(same))
    return along(transitive(symmetric(own), changed(sides(own)[0], same), value), x)


def moves(value: Theorem, slope: Term, *known: Theorem | Term) -> Theorem:
    """lambda_il' = lambda_il times a slope, from what lambda_il is at all times."""
    found = differentiate(sides(value)[1], s, T, values_move())
    here = instance(value, {s: T})
    product = sides(here)[1] * slope
    found = valued(found, field(slope_of(found), product))
    found = derivative_congruence(found, symmetric(value), s, t_0, t_1)
    found = valued(found, changed(product, symmetric(here)))
    return settle(found, *known, *KNOWN, *HERE)


@cache
def distinct() -> Theorem:
    """lambda_il' for i != l."""
    a, b = sigma_at(I, T), sigma_at(L, T)
    roots, squares = a ** (2 / N) - b ** (2 / N), a**2 - b**2

    def parts(x: Term) -> tuple[Term, Term]:
        return 2 * x / squares, 2 / N * x ** (2 / N - 1) / roots

    (lower, upper), (lower_b, upper_b) = parts(a), parts(b)
    slope = (lower - upper) * entry(H, I, I) + (upper_b - lower_b) * entry(H, L, L)
    known = (*KNOWN, *during(S), *PLACE, UNLIKE)
    value = settle(value_is("distinct"), instance(apart(I, L), {t: S}), *known)
    gaps = (in_either_order(different(gap, 0), I, L) for gap in (roots, squares))
    return moves(value, slope, *gaps, UNLIKE)


@cache
def coincident() -> Theorem:
    """lambda_ii'."""
    slope = (2 - 2 / N) / sigma_at(I, T) * entry(H, I, I)
    value = instance(value_is("coincident"), {l: I})
    value = settle(value, reflexive(sigma_at(I, S)), *KNOWN, *during(S), *PLACE)
    return moves(value, slope)


@cache
def eigenvalues_move() -> Theorem:
    """lambda_il' for all i and l."""
    slope, x = choose(LIKE, slope_of(coincident()), slope_of(distinct())), fresh(INT)
    alike = derivative(s, eigenvalue_at(I, x.term, S), T, slope_of(coincident()))
    one = transport(coincident(), x, alike, assume(LIKE))
    found = (
        valued(theorem, symmetric(ranges.chosen(slope, assume(case))))
        for theorem, case in ((one, LIKE), (distinct(), UNLIKE))
    )
    return for_all(settle(cases(*found, on=(LIKE, UNLIKE)), *KNOWN, *HERE))


# --- the operator is differentiable ---------------------------------------------------------------

IMAGE: Final = OPERATOR(N, end_at(S), Z.term)
"""A_{N,W(s)}(Z)."""
X_T: Final = derivative(s, IMAGE, T, X.term)
"""X is the derivative of A(Z)."""


@cache
def expansion() -> Theorem:
    """A(Z) = sum_i sum_l (u_i^T Z v_l) lambda_il u_i v_l^T, at all times."""
    whole = instance(metric_diagonalization.expansion(), {Y: Z.term, **at(S)})
    map_ = instance(metric_diagonalization.linear_operator(), at(S))
    found = transitive(changed(IMAGE, whole), metric_diagonalization.through(map_, whole))
    double = sides(found)[1]

    def summand(v: Term, w: Term) -> Theorem:
        factor, vector = body(body(double, v), w).args[2].args
        told = linear_multiple(map_, factor, vector)
        return then(told, specialise(assume(EIGENVALUES_AT[0]), v, w, S))

    def row(v: Term) -> Theorem:
        known = (*KNOWN, *during(S), *within(v.data, 1, d))
        return inside(body(double, v), lambda w: summand(v, w), *known)

    summed = inside(double, row, *KNOWN, *during(S))
    found = settle(transitive(found, summed), *KNOWN, *during(S))
    return generalise(found, (s, Z), *during(S))


@cache
def differentiable() -> Theorem:
    """A_{N,W(s)}(Z) has a derivative in s: it is a sum of what has."""
    known = (*map(assume, TURNING), eigenvalues_move())
    told = specialise(expansion(), S, Z.term)
    found = differentiate(sides(told)[1], s, T, *known)
    found = derivative_congruence(found, symmetric(told), s, t_0, t_1)
    return settle(found, *KNOWN, *DURING)


# --- what it is -----------------------------------------------------------------------------------

A_T, Z_T = framed(OPERATOR(N, end_at(T), Z.term), T), framed(Z.term, T)


def lam(row: Term, column: Term) -> Term:
    """Return lambda_il at time t."""
    return eigenvalue_at(row, column, T)


@cache
def image_entry() -> Theorem:
    """u_i^T A(Z) v_l = lambda_il u_i^T Z v_l, at all times."""
    x = fresh(REAL)
    found = along(coefficient_of(eigenvector(x)), x)
    return generalise(found, (i, l, s, Z), *PLACE, *during(S))


def framed_moves(middle: Term, value: Term | None, *known: Theorem) -> Theorem:
    """(U^T M V)' = alpha^T U^T M V + U^T M' V + U^T M V beta, by entries."""
    found = differentiate(framed(middle, S), s, T, *map(assume, TURNING), *known)
    here = substitute(framed(middle, S), {s: T})
    plain = transpose(TURNS[0]) * here
    if value is not None:
        plain += framed(value, T)
    plain += here * TURNS[1]
    found = derivative_entry(valued(found, words(slope_of(found), plain)), I, L)
    return settle(valued(found, entries(slope_of(found))), *KNOWN, *HERE)


def over_frames(one: Term, known: Theorem) -> tuple[Theorem, Theorem]:
    """(alpha^T M)_il = -sum_m alpha_im M_ml, and (M beta)_il = sum_m M_im beta_ml.

    ``known`` says what M_il is.
    """
    turned, turn = transpose(TURNS[0]), TURNS[1]
    first, second = entry_of(turned * one, I, L), entry_of(one * turn, I, L)
    x = fresh(REAL)

    def before(v: Term) -> Theorem:
        told = transitive(entry_of(turned, I, v), specialise(skew(0), I, v, T))
        told = at_place(body(sides(first)[1], v), 0, told)
        told = transitive(told, at_place(sides(told)[1], 1, instance(known, {i: v})))
        minus, value = sides(told)[1].args
        return transitive(told, field_in((value,), sides(told)[1], -(minus.args[1] * value)))

    def after(v: Term) -> Theorem:
        return at_place(body(sides(second)[1], v), 0, instance(known, {l: v}))

    left = inside(sides(first)[1], before, *KNOWN, *HERE)
    plain = total(m, 1, d, body(sides(left)[1], M).args[1])
    out = symmetric(ranges.linear_image(plain, x, -x.term))
    right = inside(sides(second)[1], after, *KNOWN, *HERE)
    return transitive(first, left, out), transitive(second, right)


# Of what stands in a row of U^T Z V (place 0: what alpha adds), and in a column (1: beta).


def at_index(place: int, v: Term) -> tuple[Term, Term, Term]:
    """Return lambda_ml, alpha_im and Z_ml; or lambda_im, beta_ml and Z_im."""
    row, column = ((v, L), (I, v))[place]
    return lam(row, column), entry(TURNS[place], *((I, v), (v, L))[place]), entry(Z_T, row, column)


def by_turn(place: int, turn: Term, value: Term) -> Term:
    """Return alpha_im Z_ml, or Z_im beta_ml."""
    return value * turn if place else turn * value


def turned(place: int, v: Term) -> Term:
    """Return (lambda_il - lambda_ml) alpha_im Z_ml, or (lambda_il - lambda_im) Z_im beta_ml."""
    other, turn, z = at_index(place, v)
    return (lam(I, L) - other) * by_turn(place, turn, z)


def divided(place: int, v: Term) -> Term:
    """Return the same with a divided difference of lambda_il, and W' in place of the turn."""
    (other, _, z), end = at_index(place, v), (I, L)[place]
    row, column = ((I, v), (v, L))[place]
    gap = sigma_at(end, T) ** 2 - sigma_at(v, T) ** 2
    slope = choose(equal(v, end), number(0), (lam(I, L) - other) / gap)
    rates = sigma_at(v, T) * entry(H, row, column) + sigma_at(end, T) * entry(H, column, row)
    return slope * rates * z


def over_all(summand: Callable[[int, Term], Term], place: int) -> Term:
    """Return the sum over m."""
    return total(m, 1, d, summand(place, M))


@cache
def spread(place: int) -> Theorem:
    """The sum of lambda_il z - lambda_ml z is lambda_il times that of z less that of the other."""
    own, x = lam(I, L), fresh(REAL)

    def parts(v: Term) -> Theorem:
        other, turn, z = at_index(place, v)
        both = own * by_turn(place, turn, z) - by_turn(place, turn, other * z)
        return field(turned(place, v), both)

    told = inside(over_all(turned, place), parts)
    told = then(told, ranges.sum_of_sums(sides(told)[1]))
    scaled = sides(told)[1].args[0]
    plain = total(m, 1, d, body(scaled, M).args[1])
    told = then(told, symmetric(ranges.linear_image(plain, x, own * x.term)))
    return for_all(settle(told, *KNOWN, *HERE))


def without_turn(place: int, v: Term) -> Theorem:
    """A summand with W' is one with a turn, but for the sign of alpha: both are 0 where m is i."""
    other, turn, z = at_index(place, v)
    sign, end = number(1 if place else -1), (I, L)[place]
    new, old = divided(place, v), sign * turned(place, v)
    slope, rates = new.args[0].args
    like, unlike = slope.args[0], different(v, end)
    told = specialise(turns(place), *((I, v), (v, L))[place], T)
    none, some = (ranges.chosen(slope, assume(case)) for case in (like, unlike))
    same = changed(other, assume(like))
    found = (
        field(new, old, (rates * z, none), (sign * turn * z, same)),
        field(new, old, (rates * z, some), (-(sign * (lam(I, L) - other) * z), told)),
    )
    gap = in_either_order(different(slope.args[2].args[1], 0), end, v)
    known = (*KNOWN, *HERE, *within(v.data, 1, d))
    one, two = settle(found[0], *known, like), settle(found[1], settle(gap, unlike), *known, unlike)
    return cases(one, two, on=(like, unlike))


@cache
def of_velocity(place: int) -> Theorem:
    """What the turns of one frame add, by divided differences and W'."""
    told = inside(over_all(divided, place), lambda v: without_turn(place, v), *KNOWN, *HERE)
    sign, x = number(1 if place else -1), fresh(REAL)
    out = ranges.linear_image(over_all(turned, place), x, sign * x.term)
    return for_all(settle(then(told, symmetric(out)), *KNOWN, *HERE))


def operator_moves(rate: Theorem, put: Mapping[Symbol, Term], *known: Term) -> Theorem:
    """u_i^T A' v_l, from lambda_il'."""
    own, z = lam(I, L), entry(Z_T, I, L)
    image, here = (specialise(image_entry(), I, L, time, Z.term) for time in (S, T))
    moving = framed_moves(IMAGE, X.term, assume(X_T))
    moving = instance(derivative_congruence(moving, image, s, t_0, t_1), put)
    product = derivative_product(rate, instance(framed_moves(Z.term, None), put))
    of_frames = (specialise(told, I, L, T) for told in (of_velocity(0), of_velocity(1), spread(1)))
    parts = [(number(-1), told) for told in (*over_frames(A_T, here), *of_frames)]
    parts += [(own, told) for told in over_frames(Z_T, reflexive(z))]
    parts.append((number(1), specialise(spread(0), I, L, T)))
    value = slope_of(rate) * z + over_all(divided, 0) + over_all(divided, 1)
    told = field_in(
        (slope_of(rate),),
        substitute(entry(framed(X.term, T), I, L), put),
        substitute(value, put),
        (number(1), one_value(moving, product)),
        *((substitute(c, put), instance(theorem, put)) for c, theorem in parts),
    )
    still = transpose(left_at(T)) * IMAGE * right_at(T)
    found = differentiate(still, s, T, assume(X_T))
    found = valued(found, words(slope_of(found), framed(X.term, T)))
    found = derivative_entry(found, *(substitute(index, put) for index in (I, L)))
    found = cut(instance(valued(found, told), {X: slope_of(differentiable())}), differentiable())
    inside_ = left_at(T) * Z.term * transpose(right_at(T))
    plain = same_words(framed(inside_, T), Z.term, *svd(T)[1:])
    found = instance(found, {Z: inside_})
    return settle(valued(found, changed(slope_of(found), plain)), *KNOWN, *HERE, *known)


# --- all of it ------------------------------------------------------------------------------------


@cache
def derive() -> Deduction:
    """Return the theorems about the derivative of the operator, for all N and d."""
    proof = Deduction("operator-derivative")
    row = (*within(i, 1, d), *DURING)
    proof.show("skew", skew(0), "As $U^TU$ is constant,")
    proof.show("velocity", velocity(), "and $U^TWV$ is $\\Sigma$,")
    proof.conclude("values", values_move(), "On the diagonal this is")
    proof.show("balance", balance(), "and off it")
    proof.conclude("left", turns(0), "These are two equations for each pair, so")
    proof.conclude("right", turns(1), "and")
    unlike = for_all(distinct(), UNLIKE)
    proof.conclude("eigenvalue", unlike, "An eigenvalue in closed form is differentiated:")
    alike = generalise(coincident(), (i, t), *row)
    proof.conclude("eigenvalue-coincident", alike, "and on the diagonal")
    proof.show("expansion", expansion(), "The operator is a sum of what is differentiable,")
    proof.show("image-entry", image_entry(), "and it is symmetric, so")
    proof.show("turned", spread(0), "By the product rule $\\alpha$ adds, up to the sign,")
    proof.show("divided", of_velocity(0), "or, by what $\\alpha$ is,")
    unlike = operator_moves(distinct(), {}, UNLIKE)
    unlike = generalise(unlike, (i, l, t, Z), *HERE, UNLIKE)
    proof.conclude("distinct", unlike, "With the same for $\\beta$,")
    alike = generalise(operator_moves(coincident(), {l: I}), (i, t, Z), *row)
    proof.conclude("coincident", alike, "and on the diagonal")
    return proof
