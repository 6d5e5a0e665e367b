"""How the operator moves along a path whose singular values differ, for every N and d."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

from dlnproof.claims.deduction import Deduction
from dlnproof.definitions.completion import SVD_OF_END
from dlnproof.definitions.geometry import OPERATOR, coefficient, framed, pair, rate
from dlnproof.definitions.hypotheses import (
    DEPTH,
    DURING,
    EIGENVALUES_AT,
    FRAMES_MOVE,
    PATH,
    POSITIVE_AT,
    STRICT_AT,
    during,
)
from dlnproof.definitions.letters import (
    N,
    U,
    V,
    W,
    X,
    Y,
    Z,
    d,
    eigenvalue_at,
    end_at,
    end_velocity_at,
    i,
    k,
    l,
    left_at,
    left_velocity_at,
    m,
    right_at,
    right_velocity_at,
    s,
    sigma_at,
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
from dlnproof.kernel.spectral import other_inverse
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
GIVEN: Final = (*DEPTH, *PATH, *SVD_OF_END[:3], *POSITIVE_AT, *STRICT_AT, *FRAMES_MOVE)
KNOWN: Final = (*GIVEN, *EIGENVALUES_AT)
PLACE: Final = (*within(i, 1, d), *within(l, 1, d))
HERE: Final = (*PLACE, *DURING)
UNLIKE, LIKE = different(I, L), equal(I, L)

LEFT: Final = transpose(left_at(T)) * left_velocity_at(T)
"""U^T U', which is skew."""
RIGHT: Final = transpose(right_at(T)) * right_velocity_at(T)
Z_T: Final = transpose(left_at(T)) * Z.term * right_at(T)
"""U^T Z V."""


def svd(time: Term) -> tuple[Theorem, ...]:
    """W = U Sigma V^T, U^T U = I and V^T V = I, at a time."""
    return tuple(specialise(assume(h), time) for h in SVD_OF_END[:3])


def inverses() -> tuple[Theorem, ...]:
    """U U^T = I and V V^T = I, at time t."""
    return tuple(map(other_inverse, svd(T)[1:]))


def entries(term: Term) -> Theorem:
    """Return an entry, by those of what a matrix is put together of; not of products."""

    def apart(term: Term) -> Theorem | None:
        if term.op != "entry":
            return None
        matrix = term.args[0]
        plain = matrix.op in ("+", "-", "T", "scale", "O", "diag")
        if plain or (matrix.op == "*" and "diag" in (part.op for part in matrix.args)):
            return entry_of(*term.args)
        return None

    return repeated(term, rules(apart))


# --- frames ---------------------------------------------------------------------------------------


def skew(place: int) -> Theorem:
    """(U^T U')_li = -(U^T U')_il, and so for V: U^T U is constant."""
    frame, velocity = ((left_at, left_velocity_at), (right_at, right_velocity_at))[place]
    found = differentiate(transpose(frame(S)) * frame(S), s, T, assume(FRAMES_MOVE[place]))
    found = derivative_congruence(found, svd(S)[1 + place], s, t_0, t_1)
    turn = transpose(frame(T)) * velocity(T)
    plain = words(found.conclusion.args[1], transpose(turn) + turn)
    none = one_value(valued(found, plain), derivative_constant(identity(d), T))
    whole, zero = (entries(entry(side, I, L)) for side in sides(none))
    told = transitive(symmetric(whole), at_place(sides(whole)[0], 0, none), zero)
    told = field(entry(turn, L, I), -entry(turn, I, L), (number(1), told))
    return settle(told, *GIVEN, *HERE)


@cache
def velocity() -> Theorem:
    """Sigma' = (U^T U')^T Sigma + U^T W' V + Sigma V^T V'."""
    whole = transpose(left_at(S)) * end_at(S) * right_at(S)
    found = differentiate(whole, s, T, assume(PATH[0]), *map(assume, FRAMES_MOVE))
    middle = transpose(left_at(T)) * end_velocity_at(T) * right_at(T)

    def sizes(time: Term) -> Term:
        return diagonal(k, d, sigma_at(k.term, time))

    value = transpose(LEFT) * sizes(T) + middle + sizes(T) * RIGHT
    found = valued(found, same_words(found.conclusion.args[1], value, *svd(T)))
    same = same_words(whole, sizes(S), *svd(S))
    return settle(derivative_congruence(found, same, s, t_0, t_1), *GIVEN, *DURING)


def entry_moves(row: Term, column: Term) -> Theorem:
    """An entry of Sigma has this derivative, in terms of the entries of U^T U', V^T V'."""
    found = derivative_entry(velocity(), row, column)
    value = entries(found.conclusion.args[1])
    entry_at = entry(diagonal(k, d, sigma_at(k.term, S)), row, column)
    plain = entry_of(*entry_at.args)
    return derivative_congruence(valued(found, value), plain, s)


@cache
def values_move() -> Theorem:
    """sigma_i' = u_i^T W' v_i."""
    found = entry_moves(I, I)
    half = sigma_at(I, T) / 2
    turns = ((half, instance(skew(place), {l: I})) for place in (0, 1))
    value = field(found.conclusion.args[1], rate(I), *turns)
    place = within(i, 1, d)
    return generalise(
        settle(valued(found, value), *GIVEN, *DURING, *place), (i, t), *place, *DURING
    )


@cache
def balance() -> Theorem:
    """(U^T U')_li sigma_l + u_i^T W' v_l + sigma_i (V^T V')_il = 0 for i != l."""
    found = one_value(entry_moves(I, L), derivative_constant(number(0), T))
    return settle(found, *GIVEN, *HERE, UNLIKE)


def turns(place: int) -> Theorem:
    """(U^T U')_il, or (V^T V')_il, for i != l: the balance of i and l, and that of l and i."""
    here, there = balance(), instance(balance(), {i: L, l: I})
    a, b = sigma_at(I, T), sigma_at(L, T)
    own, other = framed(end_velocity_at(T), I, L), framed(end_velocity_at(T), L, I)
    p, r = (a, b) if place else (b, a)
    gap = b**2 - a**2
    parts = ((-p, here), (-r, there), (b**2, skew(place)), (a * b, skew(1 - place)))
    turn = entry((LEFT, RIGHT)[place], I, L)
    value = p / gap * own + r / gap * other
    found = field(turn, value, *((c / gap, theorem) for c, theorem in parts))
    found = settle(found, in_either_order(different(gap, 0), I, L), *GIVEN, *HERE, UNLIKE)
    return generalise(found, (i, l, t), *HERE, UNLIKE)


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
    e = unit(d, I, L)
    frames = operator_spectrum.left, operator_spectrum.right
    told = same_words(transpose(U) * (value * pair(I, L)) * V, value * e, *frames)
    whole = at_place(coefficient(value * pair(I, L), I, L), 0, told)
    found = then(whole, entry_of(value * e, I, L), entry_of(e, I, L))
    return transitive(found, field_in((value,), value * number(1), value))


def value_is(kind: str) -> Theorem:
    """lambda_il in closed form, of one kind, at all times."""
    x = fresh(REAL)
    closed = specialise(operator_spectrum.derive().concluded[kind], I, L)
    same = transitive(symmetric(eigenvector(x)), closed)
    own, value = (multiple(side.args[0]) for side in sides(same))
    whole = changed(sides(own)[0], same)
    return along(transitive(symmetric(own), whole, value), x)


def moves(value: Theorem, slope: Term, *known: Term) -> Theorem:
    """lambda_il' = lambda_il times a slope, from what lambda_il is at all times."""
    found = differentiate(sides(value)[1], s, T, values_move())
    here = instance(value, {s: T})
    multiple_ = sides(here)[1] * slope
    found = valued(found, field(found.conclusion.args[1], multiple_))
    found = derivative_congruence(found, symmetric(value), s, t_0, t_1)
    found = valued(found, changed(multiple_, symmetric(here)))
    return settle(found, *KNOWN, *HERE, *known)


@cache
def distinct() -> Theorem:
    """lambda_il' for i != l."""
    a, b = sigma_at(I, T), sigma_at(L, T)
    roots, squares = a ** (2 / N) - b ** (2 / N), a**2 - b**2

    def parts(x: Term) -> tuple[Term, Term]:
        return 2 * x / squares, 2 / N * (x ** (2 / N) / x) / roots

    (lower, upper), (lower_b, upper_b) = parts(a), parts(b)
    slope = (lower - upper) * rate(I) + (upper_b - lower_b) * rate(L)
    gaps = (in_either_order(different(gap, 0), I, L) for gap in (roots, squares))
    value = settle(
        value_is("distinct"), instance(apart(I, L), {t: S}), *KNOWN, *during(S), *PLACE, UNLIKE
    )
    return settle(moves(value, slope, UNLIKE), *gaps, *KNOWN, *HERE, UNLIKE)


@cache
def coincident() -> Theorem:
    """lambda_ii'."""
    slope = (2 - 2 / N) / sigma_at(I, T) * rate(I)
    value = instance(value_is("coincident"), {l: I})
    value = settle(value, reflexive(sigma_at(I, S)), *KNOWN, *during(S), *PLACE)
    return settle(moves(value, slope), *KNOWN, *HERE)


def slope_of(theorem: Theorem) -> Term:
    """Return the derivative that a theorem tells."""
    return theorem.conclusion.args[1]


@cache
def eigenvalues_move() -> Theorem:
    """lambda_il' for all i and l."""
    slope = choose(LIKE, slope_of(coincident()), slope_of(distinct()))
    x = fresh(INT)
    alike = derivative(s, eigenvalue_at(I, x.term, S), T, slope_of(coincident()))
    found = (
        valued(theorem, symmetric(ranges.chosen(slope, assume(case))))
        for theorem, case in (
            (transport(coincident(), x, alike, assume(LIKE)), LIKE),
            (distinct(), UNLIKE),
        )
    )
    told = settle(cases(*found, on=(LIKE, UNLIKE)), *KNOWN, *HERE)
    return generalise(told, (i, l, t), *HERE)


# --- the operator is differentiable ---------------------------------------------------------------

IMAGE: Final = OPERATOR(N, end_at(S), Z.term)
"""A_{N,W(s)}(Z)."""
X_T: Final = derivative(s, IMAGE, T, X.term)
"""The derivative of the operator is X."""


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
    return settle(transitive(found, summed), *KNOWN, *during(S))


@cache
def differentiable() -> Theorem:
    """A_{N,W(s)}(Z) has a derivative in s: it is a sum of what has."""
    known = (*map(assume, FRAMES_MOVE), eigenvalues_move())
    found = differentiate(sides(expansion())[1], s, T, *known)
    found = derivative_congruence(found, symmetric(expansion()), s, t_0, t_1)
    return settle(found, *KNOWN, *DURING)


# --- what it is -----------------------------------------------------------------------------------

A_T: Final = substitute(transpose(left_at(T)) * IMAGE * right_at(T), {s: T})
"""U^T A(Z) V."""


def lam(row: Term, column: Term) -> Term:
    """Return lambda_il at time t."""
    return eigenvalue_at(row, column, T)


@cache
def image_entry() -> Theorem:
    """u_i^T A(Z) v_l = lambda_il u_i^T Z v_l, at all times."""
    x = fresh(REAL)
    return along(coefficient_of(eigenvector(x)), x)


def framed_moves(middle: Term, value: Term | None, *known: Theorem) -> Theorem:
    """(U^T M V)' = (U^T U')^T U^T M V + U^T M' V + U^T M V V^T V', by entries."""
    whole = transpose(left_at(S)) * middle * right_at(S)
    found = differentiate(whole, s, T, *map(assume, FRAMES_MOVE), *known)
    here = substitute(whole, {s: T})
    plain = transpose(LEFT) * here
    if value is not None:
        plain += transpose(left_at(T)) * value * right_at(T)
    plain += here * RIGHT
    frames = (other_inverse(theorem) for theorem in svd(T)[1:])
    found = valued(found, same_words(slope_of(found), plain, *frames))
    found = derivative_entry(found, I, L)
    return settle(valued(found, entries(slope_of(found))), *KNOWN, *HERE)


def from_column(v: Term) -> Term:
    """Return (lambda_il - lambda_im) Z_im (V^T V')_ml."""
    return (lam(I, L) - lam(I, v)) * entry(Z_T, I, v) * entry(RIGHT, v, L)


def from_row(v: Term) -> Term:
    """Return (lambda_il - lambda_ml) (U^T U')_im Z_ml."""
    return (lam(I, L) - lam(v, L)) * entry(LEFT, I, v) * entry(Z_T, v, L)


TURNING: Final = total(m, 1, d, from_column(M) - from_row(M))
"""What the frames add."""


def over_frames(one: Term, known: Theorem) -> tuple[Theorem, Theorem]:
    """((U^T U')^T M)_il = -sum_m (U^T U')_im M_ml, and (M V^T V')_il = sum_m M_im (V^T V')_ml.

    ``known`` says what M_il is.
    """
    first, second = entry_of(transpose(LEFT) * one, I, L), entry_of(one * RIGHT, I, L)
    x = fresh(REAL)

    def before(v: Term) -> Theorem:
        turn = transitive(entry_of(transpose(LEFT), I, v), instance(skew(0), {l: v}))
        told = at_place(body(sides(first)[1], v), 0, turn)
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


@cache
def turning() -> Theorem:
    """What the frames add, by what lambda_il is a factor of and what not."""
    own, x = lam(I, L), fresh(REAL)

    def parts(v: Term) -> Theorem:
        a, b, row, column = (
            entry(*at) for at in ((LEFT, I, v), (RIGHT, v, L), (Z_T, v, L), (Z_T, I, v))
        )
        with_own = own * (column * b) - own * (a * row)
        without = lam(I, v) * column * b - a * (lam(v, L) * row)
        return field(body(TURNING, v), with_own - without)

    told = inside(TURNING, parts)
    told = then(told, ranges.sum_of_sums(sides(told)[1]))
    told = then(told, *(ranges.sum_of_sums(part) for part in sides(told)[1].args))
    for part in sides(told)[1].args[0].args:
        plain = total(m, 1, d, body(part, M).args[1])
        told = then(told, symmetric(ranges.linear_image(plain, x, own * x.term)))
    return settle(told, *KNOWN, *HERE)


def operator_moves(rate_: Theorem, put: Mapping[Symbol, Term], *known: Term) -> Theorem:
    """u_i^T A' v_l, from lambda_il'."""
    whole = framed_moves(IMAGE, X.term, assume(X_T))
    image = settle(image_entry(), *KNOWN, *during(S), *PLACE)
    moving = instance(derivative_congruence(whole, image, s, t_0, t_1), put)
    product = derivative_product(rate_, instance(framed_moves(Z.term, None), put))
    same = one_value(moving, product)
    here = instance(image, {s: T})
    of_image, of_z = over_frames(A_T, here), over_frames(Z_T, reflexive(entry(Z_T, I, L)))
    own = lam(I, L)
    parts = [(number(-1), theorem) for theorem in (*of_image, turning())]
    parts += [(own, theorem) for theorem in of_z]
    found = framed(X.term, I, L)
    value = slope_of(rate_) * entry(Z_T, I, L) + TURNING
    combination = [(substitute(c, put), instance(theorem, put)) for c, theorem in parts]
    ends = (substitute(x, put) for x in (found, value))
    told = field_in((slope_of(rate_),), *ends, (number(1), same), *combination)
    still = transpose(left_at(T)) * IMAGE * right_at(T)
    moved = differentiate(still, s, T, assume(X_T))
    moved = valued(moved, words(slope_of(moved), found.args[0]))
    moved = derivative_entry(moved, *(substitute(index, put) for index in (I, L)))
    moved = instance(valued(moved, told), {X: slope_of(differentiable())})
    return settle(cut(moved, differentiable()), *KNOWN, *HERE, *known)


# --- in terms of W' alone -------------------------------------------------------------------------


def velocity_at(row: Term, column: Term) -> Term:
    """Return u_i^T W' v_l."""
    return framed(end_velocity_at(T), row, column)


def quotient(v: Term, end: Term, other: Term) -> Term:
    """Return a divided difference of lambda_il, in the index ``end``; 0 where m is that."""
    gap = sigma_at(end, T) ** 2 - sigma_at(v, T) ** 2
    return choose(equal(v, end), number(0), (lam(I, L) - other) / gap)


@cache
def divided() -> Theorem:
    """The same sum with divided differences of the eigenvalues, and with W' in place of turns."""

    def half(v: Term, place: int) -> Theorem:
        """A summand with a turn of a frame, which W' tells where m is not i, or l."""
        row, column = (v, L) if place else (I, v)
        end, other, z = ((I, lam(v, L), entry(Z_T, v, L)), (L, lam(I, v), entry(Z_T, I, v)))[place]
        turn = specialise(turns(place), row, column, T)
        turned = sides(turn)[0]
        slope = quotient(v, end, other)
        rates = sigma_at(v, T) * velocity_at(row, column) + sigma_at(end, T) * velocity_at(
            column, row
        )
        old, new = (lam(I, L) - other) * turned * z, slope * rates * z
        signed, factor = (new, rates * z) if place else (-new, -rates * z)
        like, unlike = equal(v, end), different(v, end)
        same = changed(other, assume(like))
        one, two = (ranges.chosen(slope, assume(case)) for case in (like, unlike))
        found = [
            field(old, signed, (-(turned * z), same), (-factor, one)),
            field(old, signed, ((lam(I, L) - other) * z, turn), (-factor, two)),
        ]
        gap = different(sigma_at(end, T) ** 2 - sigma_at(v, T) ** 2, 0)
        known = (*KNOWN, *HERE, *within(v.data, 1, d))
        found[1] = settle(found[1], settle(in_either_order(gap, end, v), unlike))
        settled = (settle(f, *known, case) for f, case in zip(found, (like, unlike), strict=True))
        return cases(*settled, on=(like, unlike))

    def summand(v: Term) -> Theorem:
        row, column = half(v, 0), half(v, 1)
        value = sides(column)[1] + sides(row)[1].args[1]
        return field(body(TURNING, v), value, (number(1), column), (number(-1), row))

    found = settle(inside(TURNING, summand, *KNOWN, *HERE), *KNOWN, *HERE)
    return generalise(found, (i, l, t, Z), *HERE)


# --- all of it ------------------------------------------------------------------------------------


@cache
def derive() -> Deduction:
    """Return the theorems about the derivative of the operator, for all N and d."""
    proof = Deduction("operator-derivative")
    proof.show("skew", generalise(skew(0), (i, l, t), *HERE), "As $U^TU$ is constant,")
    proof.show("velocity", velocity(), "and $U^TWV$ is diagonal:")
    proof.conclude("values", values_move(), "On the diagonal this is")
    proof.show("balance", balance(), "and off it, for $i\\ne l$,")
    proof.conclude(
        "left", turns(0), "That is two equations in $(U^TU')_{i,l}$ and $(V^TV')_{i,l}$,"
    )
    proof.conclude("right", turns(1), "so")
    unlike = generalise(distinct(), (i, l, t), *HERE, UNLIKE)
    proof.conclude("eigenvalue", unlike, "The closed form of an eigenvalue is differentiated:")
    row = (*within(i, 1, d), *DURING)
    alike = generalise(coincident(), (i, t), *row)
    proof.conclude("eigenvalue-coincident", alike, "and on the diagonal")
    proof.show("expansion", expansion(), "The operator is a sum of what is differentiable,")
    proof.show("image-entry", image_entry(), "and, as it is symmetric,")
    proof.show("turning", turning(), "What the frames add is one sum:")
    unlike = operator_moves(distinct(), {}, UNLIKE)
    unlike = generalise(unlike, (i, l, t, Z), *HERE, UNLIKE)
    proof.conclude("distinct", unlike, "Both sides are differentiated by the product rule.")
    alike = generalise(operator_moves(coincident(), {l: I}), (i, t, Z), *row)
    proof.conclude("coincident", alike, "On the diagonal, in the same way,")
    proof.conclude("divided", divided(), "With what the frames' turns are,")
    return proof
