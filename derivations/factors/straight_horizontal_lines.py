"""Straight lines of balanced factors in horizontal directions, for every N and d."""

from __future__ import annotations

from functools import cache
from typing import Final

from dlnproof.claims.deduction import Deduction
from dlnproof.definitions.hypotheses import DEPTH
from dlnproof.definitions.letters import (
    N,
    X,
    Y,
    Z,
    d,
    direction,
    factor,
    j,
    m,
    s,
)
from dlnproof.definitions.orbits import TURNED
from dlnproof.definitions.orbits import turned as frames
from dlnproof.definitions.tower import HORIZONTAL, INVERSE, POLAR, TOWER, E, K, P
from dlnproof.kernel import ranges
from dlnproof.kernel.induction import induction
from dlnproof.kernel.logic import (
    assume,
    generalise,
    instance,
    rewrite,
    sides,
    specialise,
    symmetric,
    transitive,
)
from dlnproof.kernel.signs import (
    antisymmetric,
    certificate,
    gram_trace_zero,
)
from dlnproof.kernel.spectral import (
    other_inverse,
    psd_form,
    psd_power,
    root_power,
    root_psd,
    symmetric_of,
)
from dlnproof.kernel.terms import (
    INT,
    Term,
    at_most,
    each,
    equal,
    every,
    fresh,
    identity,
    inner,
    integer,
    number,
    product,
    psd_root,
    transpose,
    within,
    zero,
)
from dlnproof.kernel.theorem import Theorem
from dlnproof.kernel.words import traces, words
from dlnproof.tactics.cancelling import same_words
from dlnproof.tactics.equations import changed
from dlnproof.tactics.settle import proved, settle

from . import balanced_polar_tower
from .balanced_polar_tower import own
from .end_to_end_flow import above, below, turned

GIVEN: Final = (POLAR[0], *INVERSE, TURNED, *TOWER, *HORIZONTAL)
J, M, S = j.term, m.term, s.term
A, B, C = X.term, Y.term, Z.term
ZERO: Final = number(0)
INSIDE: Final = within(j, 1, N - 1)
FACTORS: Final = within(j, 1, N)
definite, after = assume(POLAR[0]), assume(INVERSE[0])
before: Final = other_inverse(after)
level: Final = symmetric_of(definite)
"""P^T = P."""


# --- the direction --------------------------------------------------------------------------------


def counted(sentence: Term, base: Theorem, step: Theorem) -> Theorem:
    """Return a sentence for m = 0, ..., N, by induction."""
    known = (*GIVEN, sentence, at_most(0, M), at_most(M + 1, N))
    start = settle(base, *GIVEN)
    return settle(induction(m, sentence, start, settle(step, *known), start=0, end=N), *GIVEN)


def nothing(left: Term, right: Term, empty: Term, at: Term | int) -> Theorem:
    """The empty product is R R^T."""
    none = turned(ranges.empty(empty))
    return words(left, right, (None, none, None), (-identity(d), other_inverse(own(at)), None))


@cache
def first_factors() -> Theorem:
    """(W_m ... W_1)^T = R_0 P^m R_m^T."""

    def both(count: Term) -> tuple[Term, Term]:
        return transpose(below(count + 1)), frames(0) * P**count * transpose(frames(count))

    sentence = equal(*both(M))
    base = nothing(*both(integer(0)), below(integer(1)), 0)
    made = specialise(assume(TOWER[0]), M + 1)
    used = (turned(ranges.top(below(M + 2))), assume(sentence), turned(made), own(M), level)
    return counted(sentence, base, same_words(*both(M + 1), *used))


@cache
def last_factors() -> Theorem:
    """(W_N ... W_{N-m+1})^T = R_{N-m} P^m R_N^T."""

    def both(count: Term) -> tuple[Term, Term]:
        at = N - count
        return transpose(above(at)), frames(at) * P**count * transpose(frames(N))

    sentence = equal(*both(M))
    base = nothing(*both(integer(0)), above(N), N)
    made = specialise(assume(TOWER[0]), N - M)
    longer = turned(ranges.bottom(above(N - M - 1)))
    used = (longer, assume(sentence), turned(made), own(N - M), level)
    return counted(sentence, base, same_words(*both(M + 1), *used))


def power(before_: Term | int, after_: Term | int) -> Term:
    """Return P^a K P^b."""
    return P ** integer(before_) * K * P ** integer(after_)


JOINT: Final = power(N - 1 - J, J - 1)


@cache
def lift() -> Theorem:
    """H_j = R_j P^(N-j) K P^(j-1) R_{j-1}^T."""
    given = specialise(assume(HORIZONTAL[0]), J)
    parts = specialise(last_factors(), N - J), specialise(first_factors(), J - 1)
    target = frames(J) * power(N - J, J - 1) * transpose(frames(J - 1))
    used = (*parts, own(N), own(0))
    found = transitive(given, same_words(sides(given)[1], target, *used))
    return settle(found, *GIVEN, *FACTORS)


def moved(at: Term) -> Term:
    """Return W_j + s H_j."""
    return factor(at) + S * direction(at)


@cache
def upper() -> Theorem:
    """W_{j+1} + s H_{j+1} = R_{j+1} (P + s M P) R_j^T with M = P^(N-1-j) K P^(j-1)."""
    made, way = specialise(assume(TOWER[0]), J + 1), instance(lift(), {j: J + 1})
    target = frames(J + 1) * (P + S * (JOINT * P)) * transpose(frames(J))
    return settle(same_words(moved(J + 1), target, made, way), *GIVEN, *INSIDE)


@cache
def lower() -> Theorem:
    """W_j + s H_j = R_j (P + s P M) R_{j-1}^T."""
    made = specialise(assume(TOWER[0]), J)
    target = frames(J) * (P + S * (P * JOINT)) * transpose(frames(J - 1))
    return settle(same_words(moved(J), target, made, lift()), *GIVEN, *INSIDE)


def normality(value: Term) -> Term:
    """Return M^T M - M M^T."""
    return transpose(value) * value - value * transpose(value)


@cache
def grams() -> Theorem:
    """A^T A - B B^T = s^2 R P (X^T X - X X^T) P R^T for such A and B, and any X in place of M."""
    one = frames(J + 1) * (P + S * (A * P)) * transpose(frames(J))
    other = frames(J) * (P + S * (P * A)) * transpose(frames(J - 1))
    left = transpose(one) * one - other * transpose(other)
    right = S**2 * (frames(J) * P * normality(A) * P * transpose(frames(J)))
    found = same_words(left, right, own(J + 1), own(J - 1), level)
    return settle(found, *GIVEN, *INSIDE)


BALANCE: Final = (
    transpose(moved(J + 1)) * moved(J + 1),
    moved(J) * transpose(moved(J)),
)


@cache
def defect() -> Theorem:
    """What is not balanced at s is s^2 R_j P (M^T M - M M^T) P R_j^T."""
    told = instance(grams(), {X: JOINT})
    found = rewrite(told, symmetric(upper()), symmetric(lower()))
    return settle(found, *GIVEN, *INSIDE)


# --- normal and commuting matrices ----------------------------------------------------------------


def normal(value: Term) -> Term:
    """Return: M^T M = M M^T."""
    return equal(transpose(value) * value, value * transpose(value))


@cache
def putnam() -> Theorem:
    """A^T C = C B^T from A C = C B, for normal A and B: of both differences the lengths agree."""
    own_, other, given = assume(normal(A)), assume(normal(B)), assume(equal(A * C, C * B))
    gap, back = A * C - C * B, transpose(A) * C - C * transpose(B)
    parts = (
        (transpose(gap), given, None),
        (-transpose(C), own_, C),
        (transpose(C) * C, other, None),
    )
    none = gram_trace_zero(traces(inner(back, back), ZERO, *parts))
    return words(transpose(A) * C, C * transpose(B), (None, none, None))


@cache
def root_commutes() -> Theorem:
    """Y P = P Y from Y P^2 = P^2 Y: C = Y P - P Y has P C + C P = 0, and P is positive definite."""
    given = assume(equal(B * P**2, P**2 * B))
    gap = B * P - P * B
    one, two = (psd_form(definite, x) for x in (gap, transpose(gap)))
    first, second = (sentence.conclusion.args[1] for sentence in (one, two))
    both = traces(
        first + second,
        ZERO,
        (transpose(gap), given, None),
        (transpose(gap) * gap, level, None),
        (-gap * transpose(gap), level, None),
    )
    low = certificate(at_most(first, ZERO), [[two]], [(number(-1), both)])
    none = antisymmetric(low, one)
    half = psd_root(P, 2)
    square, flat = root_power(definite, 2), symmetric_of(root_psd(definite, 2))
    short = traces(
        inner(half * gap, half * gap),
        ZERO,
        (transpose(gap), flat, half * gap),
        (transpose(gap), square, gap),
        (number(1), none, None),
    )
    gone = gram_trace_zero(short)
    return words(
        B * P,
        P * B,
        (-identity(d), before, gap),
        (-E, square, gap),
        (E * half, gone, None),
    )


# --- what a straight line has ---------------------------------------------------------------------

ALWAYS: Final = every(s, (), each(j, 1, N - 1, equal(*BALANCE)))
TWO, MORE = equal(N, integer(2)), at_most(3, N)
COMMUTES: Final = equal(K * P, P * K)


@cache
def joint_normal() -> Theorem:
    """M_j is normal, as the line is balanced at s = 1."""
    straight = specialise(specialise(assume(ALWAYS), number(1)), J)
    told = instance(defect(), {s: number(1)})
    frame = frames(J)
    middle = frame * P * normality(A) * P * transpose(frame)
    around = E * transpose(frame) * middle * frame * E
    bare = same_words(around, normality(A), own(J), before, after)
    none = assume(equal(middle, zero(d)))
    ends = E * transpose(frame), frame * E
    parts = ((-identity(d), bare, None), (ends[0], none, ends[1]))
    found = words(transpose(A) * A, A * transpose(A), *parts)
    there = instance(none, {X: JOINT}).conclusion.args[0]
    gone = words(there, zero(d), (-identity(d), told, None), (None, straight, None))
    gone = settle(gone, *GIVEN, ALWAYS, *INSIDE)
    return settle(instance(found, {X: JOINT}), gone, *GIVEN, ALWAYS, *INSIDE)


@cache
def square_of_two() -> Theorem:
    """K^T K = K K^T, as M_1 = K for two factors."""
    found = rewrite(instance(joint_normal(), {j: integer(1)}), assume(TWO))
    found = words(transpose(K) * K, K * transpose(K), (None, found, None))
    return settle(found, *GIVEN, ALWAYS, TWO)


@cache
def commutes() -> Theorem:
    """K P = P K: M_1 P = P M_2, so P M_1 = M_2 P, and M_2 commutes with P^2."""
    one, two = (instance(joint_normal(), {j: integer(k)}) for k in (1, 2))
    first, second = power(N - 2, 0), power(N - 3, 1)
    meet = words(first * P, P * second)
    crossed = settle(instance(putnam(), {X: first, Y: second, Z: P}), one, two, meet)
    back = words(
        P * first,
        second * P,
        (None, turned(crossed), None),
        (-identity(d), level, first),
        (second, level, None),
    )
    squares = words(second * P**2, P**2 * second, (-identity(d), back, P))
    told = settle(instance(root_commutes(), {Y: second}), squares)
    unit = specialise(balanced_polar_tower.powers(), N - 3)
    less = P ** (N - 3)
    gap, out = K * P - P * K, E ** (N - 3)
    found = words(
        K * P,
        P * K,
        (-identity(d), unit, gap),
        (out, told, E),
        (-(out * less * gap), after, None),
    )
    return settle(found, *GIVEN, ALWAYS, MORE)


@cache
def powers_commute() -> Theorem:
    """K P^m = P^m K."""
    sentence = equal(K * P**M, P**M * K)
    base = words(K * P ** integer(0), P ** integer(0) * K)
    parts = ((None, assume(sentence), P), (P**M, assume(COMMUTES), None))
    return counted(sentence, base, words(K * P ** (M + 1), P ** (M + 1) * K, *parts))


def passes(index: Term, *known: Term) -> Theorem:
    """K P^m = P^m K, at an index in range by what is known."""
    return settle(specialise(powers_commute(), index), COMMUTES, *known)


def level_power(exponent: Term) -> Theorem:
    """(P^n)^T = P^n."""
    return symmetric_of(psd_power(definite, exponent))


@cache
def through() -> tuple[Theorem, Theorem]:
    """For a symmetric Y that commutes with K: Y K^T K Y and Y K K^T Y, as they stand around Y K."""
    flat, same = assume(equal(transpose(B), B)), assume(equal(K * B, B * K))
    one = words(
        transpose(B * K) * (B * K),
        B * transpose(K) * K * B,
        (transpose(K), flat, B * K),
        (-(transpose(K) * B), same, None),
        (-identity(d), turned(same), K * B),
        (-transpose(K), flat, K * B),
        (None, flat, transpose(K) * K * B),
    )
    other = words(
        B * K * transpose(B * K), B * K * transpose(K) * B, (B * K * transpose(K), flat, None)
    )
    return one, other


@cache
def square() -> Theorem:
    """K^T K = K K^T: M_1 = P^(N-2) K is normal, and P commutes with K."""
    exponent = N - 2
    less, out = P**exponent, E**exponent
    one, other = (instance(theorem, {Y: less}) for theorem in through())
    own_ = instance(joint_normal(), {j: integer(1)})
    own_ = words(
        transpose(less * K) * (less * K), less * K * transpose(less * K), (None, own_, None)
    )
    middle = transitive(symmetric(one), own_, other)
    unit = specialise(balanced_polar_tower.powers(), exponent)
    gap, back = transpose(K) * K - K * transpose(K), other_inverse(unit)
    found = words(
        transpose(K) * K,
        K * transpose(K),
        (-identity(d), unit, gap),
        (-(out * less * gap), back, None),
        (out, middle, out),
    )
    found = settle(found, level_power(exponent), passes(exponent, MORE), *GIVEN, ALWAYS, MORE)
    return settle(found, commutes())


# --- what makes a line straight -------------------------------------------------------------------


def balanced(joint: Theorem) -> Theorem:
    """The line is balanced at a joint whose M_j is normal."""
    frame = frames(J)
    parts = ((None, defect(), None), (S**2 * (frame * P), joint, P * transpose(frame)))
    return words(*BALANCE, *parts)


@cache
def straight() -> Theorem:
    """A line with a normal K that commutes with P is balanced."""
    less = P ** (N - 2)
    one, other = (instance(theorem, {Y: less}) for theorem in through())
    middle = words(sides(one)[1], sides(other)[1], (less, assume(normal(K)), less))
    own_ = transitive(one, middle, symmetric(other))
    same = words(JOINT, less * K, (P ** (N - 1 - J), passes(J - 1, *INSIDE), None))
    joint = rewrite(own_, symmetric(same))
    level_ = settle(level_power(N - 2), POLAR[0], *INSIDE)
    known = (*GIVEN, normal(K), COMMUTES, *INSIDE)
    found = settle(balanced(joint), level_, passes(N - 2, *INSIDE), *known)
    found = generalise(found, j, *INSIDE)
    return generalise(found, s, normal(K), COMMUTES)


@cache
def straight_of_two() -> Theorem:
    """A line of two factors with a normal K is balanced, as M_1 = K."""
    at_one = proved(equal(J, integer(1)), TWO, *INSIDE)
    same = changed(JOINT, assume(TWO), at_one)
    same = transitive(same, words(sides(same)[1], K))
    joint = rewrite(assume(normal(K)), symmetric(same))
    found = settle(balanced(joint), *GIVEN, TWO, normal(K), *INSIDE)
    found = generalise(found, j, *INSIDE)
    return generalise(found, s, TWO, normal(K))


# --- the product along the line -------------------------------------------------------------------


@cache
def image() -> Theorem:
    """The product is R_N (P + s P^(N-1) K)^N R_0^T, where K and P commute."""
    step = P + S * (P ** (N - 1) * K)
    made, way = specialise(assume(TOWER[0]), J), lift()
    target = frames(J) * step * transpose(frames(J - 1))
    around = S * (frames(J) * P ** (N - J)), transpose(frames(J - 1))
    parts = (
        (None, made, None),
        (S * identity(d), way, None),
        (around[0], passes(J - 1, *FACTORS), around[1]),
    )
    each_ = settle(words(moved(J), target, *parts), *GIVEN, COMMUTES, *FACTORS)
    k = fresh(INT)
    whole = product(k, 1, N, moved(k.term))
    told = ranges.congruence(whole, each_, j)
    towers = balanced_polar_tower.derive().concluded["converse-product"]
    found = settle(transitive(told, specialise(towers, step)), *GIVEN, *DEPTH, COMMUTES)
    return generalise(found, s, *DEPTH, COMMUTES)


@cache
def image_of_two() -> Theorem:
    """(W_2 + s H_2) (W_1 + s H_1) = R_2 (I + s K) P^2 (I + s K) R_0^T, for two factors."""
    one = identity(d)
    found = []
    for k in (2, 1):
        way = rewrite(instance(lift(), {j: integer(k)}), assume(TWO))
        made = specialise(assume(TOWER[0]), integer(k))
        step = (one + S * K) * P if k == 2 else P * (one + S * K)
        target = frames(k) * step * transpose(frames(k - 1))
        parts = ((None, made, None), (S * one, way, None))
        found.append(words(moved(integer(k)), target, *parts))
    whole = changed(moved(integer(2)) * moved(integer(1)), *found)
    target = frames(2) * (one + S * K) * P**2 * (one + S * K) * transpose(frames(0))
    whole = transitive(whole, same_words(sides(whole)[1], target, own(1)))
    return generalise(settle(whole, *GIVEN, TWO), s, TWO)


@cache
def derive() -> Deduction:
    """Return the theorems about straight lines of balanced factors, for all N and d."""
    proof = Deduction("straight-horizontal-lines")
    proof.show("first", first_factors(), "By induction over the number $m$ of factors,")
    proof.show("last", last_factors(), "and from the other end")
    proof.conclude("lift", generalise(lift(), j, *FACTORS), "So")
    proof.show("upper", upper(), "At a joint the line has, with $M=P^{N-1-j}KP^{j-1}$ written out,")
    proof.show("lower", lower(), "and")
    found = generalise(generalise(defect(), s), j, *INSIDE)
    proof.conclude("defect", found, "What is linear in $s$ cancels:")
    proof.show("powers", powers_commute(), "Where $K$ commutes with $P$,")
    proof.conclude("straight", straight(), "so $M$ is normal with $K$, and")
    proof.conclude("straight-two", straight_of_two(), "For two factors $M$ is $K$:")
    proof.show("joint", joint_normal(), "Conversely, as $P$ has an inverse,")
    found = generalise(square_of_two(), (), TWO, ALWAYS)
    proof.conclude("normal-two", found, "so, for two factors,")
    proof.show("putnam", putnam(), "For normal matrices (Fuglede and Putnam) the lengths agree:")
    proof.show("root", root_commutes(), "As $P$ is positive definite,")
    found = generalise(commutes(), (), MORE, ALWAYS)
    proof.conclude("commutes", found, "With $M_1P=PM_2$ both give")
    found = generalise(square(), (), MORE, ALWAYS)
    proof.conclude("normal", found, "and so, as powers of $P$ drop out,")
    proof.conclude("image", image(), "Then all factors are $R_j(P+sP^{N-1}K)R_{j-1}^T$:")
    proof.conclude("image-two", image_of_two(), "For two factors,")
    return proof
